import { SAMPLE_RATE_HZ } from '../core/audio-constants';
import type { CaptureChannel } from '../core/capture';
import { SottoError } from '../core/errors';
import { RecordingFile, type RecordingManifest } from './recording-file';
import { readChunks, writeRecording, type Chunk } from './recordings';

/**
 * Keeps one recording on this device as it arrives. What the device does not take is kept in memory instead, so
 * that the file at the end is whole either way.
 */
export class RecordingWriter {
  #manifest: RecordingManifest;
  /** Chunks not on the device yet, the oldest first. */
  #waiting: Chunk[] = [];
  #writing: Promise<void> = Promise.resolve();
  #refused = false;
  readonly #onRefused: (error: SottoError) => void;

  /** @param onRefused called once, with 'storage-full' or 'storage-blocked', when the device takes no more */
  constructor(channels: readonly CaptureChannel[], onRefused: (error: SottoError) => void) {
    this.#manifest = {
      id: crypto.randomUUID(),
      startedAtMs: Date.now(),
      channels,
      sampleRateHz: SAMPLE_RATE_HZ,
      chunkCount: 0,
      frames: 0,
      state: 'open',
      deletedAtMs: null,
    };
    this.#onRefused = onRefused;
  }

  get id(): string {
    return this.#manifest.id;
  }

  /** Appends interleaved 16-bit PCM, about a second of it. Resolves when it is on the device or was refused. */
  append(pcm: Chunk): Promise<void> {
    this.#waiting.push(pcm);
    this.#writing = this.#writing.then(() => (this.#refused ? undefined : this.#write('open')));
    return this.#writing;
  }

  /** Ends the recording and gives it as a file. `stored` is false where part of it is in memory only. */
  async finish(): Promise<{ readonly file: RecordingFile; readonly stored: boolean }> {
    await this.#writing;
    // Room may have been made since it was refused.
    await this.#write('finished');
    const pcm = [...(await this.#readStored()), new Blob(this.#waiting)];
    const file = new RecordingFile({ ...this.#manifest, state: 'finished' }, pcm);
    return { file, stored: this.#waiting.length === 0 };
  }

  async #write(state: RecordingManifest['state']): Promise<void> {
    const chunks = [...this.#waiting];
    const bytes = chunks.reduce((sum, { byteLength }) => sum + byteLength, 0);
    const manifest = {
      ...this.#manifest,
      state,
      chunkCount: this.#manifest.chunkCount + chunks.length,
      frames: this.#manifest.frames + bytes / (2 * this.#manifest.channels.length),
    };
    try {
      await writeRecording(manifest, chunks);
      this.#manifest = manifest;
      this.#waiting.splice(0, chunks.length);
    } catch (thrown) {
      this.#refuse(thrown);
    }
  }

  /** What cannot be read back, because the person cleared the site's data, must not cost what is in memory. */
  #readStored(): Promise<Blob[]> {
    return readChunks(this.#manifest).catch((thrown: unknown) => {
      this.#refuse(thrown);
      return [];
    });
  }

  #refuse(thrown: unknown): void {
    if (!this.#refused) this.#onRefused(storageError(thrown));
    this.#refused = true;
  }
}

function storageError(thrown: unknown): SottoError {
  const name = thrown instanceof DOMException ? thrown.name : '';
  const goesOn = 'The recording goes on in memory: save it when you stop.';
  return name === 'QuotaExceededError'
    ? new SottoError('storage-full', `This device has no room left. ${goesOn}`, String(thrown))
    : new SottoError(
        'storage-blocked',
        `The browser does not let Sotto store anything here. ${goesOn}`,
        String(thrown),
      );
}
