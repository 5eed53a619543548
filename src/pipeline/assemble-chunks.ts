import { SAMPLE_RATE_HZ } from '../core/audio-constants';
import { writePcm16 } from '../core/wave';

/** A killed tab loses what is not written yet: this much and the time that a write takes. */
const CHUNK_FRAMES = SAMPLE_RATE_HZ;

type Channels = readonly Float32Array[];

/** Joins the blocks of a capture to chunks of 1 s of interleaved 16-bit PCM. */
export class ChunkAssembler {
  readonly #channels: number;
  readonly #write: (pcm: ArrayBuffer) => Promise<void>;
  #blocks: Channels[] = [];
  #pendingFrames = 0;
  #frames = 0;
  #written: Promise<void> = Promise.resolve();

  /** @param write called for one chunk after another, not before the last call has resolved; must not reject */
  constructor(channels: number, write: (pcm: ArrayBuffer) => Promise<void>) {
    this.#channels = channels;
    this.#write = write;
  }

  /** Samples of each channel so far. */
  get frames(): number {
    return this.#frames;
  }

  /** @param samples one array for each channel, equally long */
  push(samples: Channels): void {
    const frames = samples[0]?.length ?? 0;
    this.#blocks.push(samples);
    this.#frames += frames;
    this.#pendingFrames += frames;
    if (this.#pendingFrames >= CHUNK_FRAMES) void this.flush();
  }

  /** Writes what is left over, too. Resolves when everything pushed so far is written. */
  flush(): Promise<void> {
    if (this.#pendingFrames > 0) {
      const pcm = writePcm16(this.#joined()).buffer;
      this.#written = this.#written.then(() => this.#write(pcm));
      this.#blocks = [];
      this.#pendingFrames = 0;
    }
    return this.#written;
  }

  #joined(): Channels {
    return Array.from({ length: this.#channels }, (_, c) => {
      const joined = new Float32Array(this.#pendingFrames);
      let at = 0;
      for (const block of this.#blocks) {
        const samples = block[c] ?? new Float32Array();
        joined.set(samples, at);
        at += samples.length;
      }
      return joined;
    });
  }
}
