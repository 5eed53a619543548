import type { Segment } from '../core/transcript';
import type { SpeechRegion } from '../core/voice-activity';

/** How fast a recording can be heard, at least and at most. */
export const RATES = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const;

/** Plays one file. Owns its audio element and the object URL that feeds it. */
export class Player {
  /** Where it plays; while it does, brought up to date with every frame. */
  currentSec = $state(0);
  durationSec = $state(0);
  playing = $state(false);
  rate = $state(1);
  /** What is played over and over; null plays on. */
  loop = $state.raw<SpeechRegion | null>(null);
  /** The browser cannot play this file, though its text may be here. */
  unplayable = $state(false);
  readonly #audio = new Audio();
  readonly #url: string;
  readonly #listeners = new AbortController();
  #frame = 0;
  /** Where playing ends by itself. */
  #untilSec = Infinity;

  constructor(file: Blob) {
    this.#url = URL.createObjectURL(file);
    this.#audio.preload = 'metadata';
    const on = (type: string, listener: () => void): void =>
      this.#audio.addEventListener(type, listener, { signal: this.#listeners.signal });
    // Frames rest in a hidden tab, where a loop has to go on.
    on('timeupdate', () => this.#follow());
    on('seeking', () => (this.currentSec = this.#audio.currentTime));
    on('durationchange', () => (this.durationSec = this.#audio.duration || 0));
    on('play', () => this.#begin());
    on('pause', () => this.#end());
    // A loop of what is said last ends with the recording.
    on('ended', () => this.loop && this.playFrom(this.loop.startSec));
    on('error', () => (this.unplayable = true));
    this.#audio.src = this.#url;
  }

  /** For what draws along with it; nobody else loads, plays or pauses it. */
  get media(): HTMLAudioElement {
    return this.#audio;
  }

  play(): void {
    this.#untilSec = Infinity;
    // A play() that a pause or a new file overtakes rejects; 'pause' and 'error' tell what became of it.
    this.#audio.play().catch(() => undefined);
  }

  pause(): void {
    this.#audio.pause();
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  /** Plays from here on, out of a loop that it is not in. */
  playFrom(sec: number): void {
    this.seekFreely(sec);
    this.play();
  }

  /** Goes anywhere; out of the loop ends it. */
  seekFreely(sec: number): void {
    if (this.loop && (sec < this.loop.startSec || sec >= this.loop.endSec)) this.loop = null;
    this.#untilSec = Infinity;
    this.seek(sec);
  }

  /** Plays a stretch once. */
  playStretch({ startSec, endSec }: SpeechRegion): void {
    this.playFrom(startSec);
    this.#untilSec = endSec;
  }

  /** Plays a stretch over and over; null plays on after it. */
  setLoop(region: SpeechRegion | null): void {
    this.loop = region;
    if (region) this.playFrom(region.startSec);
  }

  seek(sec: number): void {
    const lastSec =
      Number.isFinite(this.durationSec) && this.durationSec > 0 ? this.durationSec : sec;
    this.#audio.currentTime = Math.min(Math.max(0, sec), lastSec);
    this.currentSec = this.#audio.currentTime;
  }

  skip(sec: number): void {
    this.seekFreely(this.#audio.currentTime + sec);
  }

  /** Faster by a step of `RATES`, or slower by -1. */
  stepRate(by: 1 | -1): void {
    const next =
      by > 0 ? RATES.find((rate) => rate > this.rate) : RATES.findLast((rate) => rate < this.rate);
    this.setRate(next ?? this.rate);
  }

  setRate(rate: number): void {
    this.rate = rate;
    this.#audio.playbackRate = rate;
  }

  dispose(): void {
    this.#listeners.abort();
    cancelAnimationFrame(this.#frame);
    this.#audio.pause();
    this.#audio.removeAttribute('src');
    this.#audio.load();
    URL.revokeObjectURL(this.#url);
  }

  #begin(): void {
    this.playing = true;
    cancelAnimationFrame(this.#frame);
    const tick = (): void => {
      this.#follow();
      this.#frame = requestAnimationFrame(tick);
    };
    this.#frame = requestAnimationFrame(tick);
  }

  #end(): void {
    this.playing = false;
    cancelAnimationFrame(this.#frame);
  }

  #follow(): void {
    const sec = this.#audio.currentTime;
    if (this.playing && sec >= this.#untilSec) {
      this.#untilSec = Infinity;
      this.pause();
    }
    if (this.playing && this.loop && sec >= this.loop.endSec) this.seek(this.loop.startSec);
    else this.currentSec = sec;
  }
}

/** A seek may land a little before the time asked for, as codecs allow. */
const SEEK_SLACK_SEC = 0.02;

/** Index of the segment that is heard at `sec`, or -1 between and before segments. */
export function segmentAt(segments: readonly Segment[], sec: number): number {
  return stretchAt(segments, sec);
}

/** Index of the last of these stretches, in order of start, that begins before `sec` and is not over; else -1. */
export function stretchAt(stretches: readonly SpeechRegion[], sec: number): number {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.startSec ?? 0) <= sec + SEEK_SLACK_SEC) low = middle + 1;
    else high = middle;
  }
  const found = stretches[low - 1];
  return found && sec < found.endSec ? low - 1 : -1;
}
