import type { Segment } from '../core/transcript';

/** Plays one file. Owns its audio element and the object URL that feeds it. */
export class Player {
  currentSec = $state(0);
  durationSec = $state(0);
  playing = $state(false);
  rate = $state(1);
  /** The browser cannot play this file, though its text may be here. */
  unplayable = $state(false);
  readonly #audio = new Audio();
  readonly #url: string;
  readonly #listeners = new AbortController();

  constructor(file: Blob) {
    this.#url = URL.createObjectURL(file);
    this.#audio.preload = 'metadata';
    const on = (type: string, listener: () => void): void =>
      this.#audio.addEventListener(type, listener, { signal: this.#listeners.signal });
    on('timeupdate', () => (this.currentSec = this.#audio.currentTime));
    on('seeking', () => (this.currentSec = this.#audio.currentTime));
    on('durationchange', () => (this.durationSec = this.#audio.duration || 0));
    on('play', () => (this.playing = true));
    on('pause', () => (this.playing = false));
    on('error', () => (this.unplayable = true));
    this.#audio.src = this.#url;
  }

  play(): void {
    // A play() that a pause or a new file overtakes rejects; 'pause' and 'error' tell what became of it.
    this.#audio.play().catch(() => undefined);
  }

  toggle(): void {
    if (this.playing) this.#audio.pause();
    else this.play();
  }

  seek(sec: number): void {
    const lastSec =
      Number.isFinite(this.durationSec) && this.durationSec > 0 ? this.durationSec : sec;
    this.#audio.currentTime = Math.min(Math.max(0, sec), lastSec);
    this.currentSec = this.#audio.currentTime;
  }

  skip(sec: number): void {
    this.seek(this.#audio.currentTime + sec);
  }

  setRate(rate: number): void {
    this.rate = rate;
    this.#audio.playbackRate = rate;
  }

  dispose(): void {
    this.#listeners.abort();
    this.#audio.pause();
    this.#audio.removeAttribute('src');
    this.#audio.load();
    URL.revokeObjectURL(this.#url);
  }
}

/** A seek may land a little before the time asked for, as codecs allow. */
const SEEK_SLACK_SEC = 0.02;

/** Index of the segment that is heard at `sec`, or -1 between and before segments. */
export function segmentAt(segments: readonly Segment[], sec: number): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((segments[middle]?.startSec ?? 0) <= sec + SEEK_SLACK_SEC) low = middle + 1;
    else high = middle;
  }
  const found = segments[low - 1];
  return found && sec < found.endSec ? low - 1 : -1;
}
