import { SAMPLE_RATE_HZ } from '../core/audio-constants';
import { CONVERSATION, type CaptureChannel } from '../core/capture';
import { WAVE_HEADER_BYTES, writeWaveHeader } from '../core/wave';

/** What is known of a recording; kept beside its sound. */
export interface RecordingManifest {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly startedAtMs: number;
  readonly channels: readonly CaptureChannel[];
  readonly sampleRateHz: number;
  /** Pieces of about 1 s, each under a key of its own. */
  readonly chunkCount: number;
  /** Samples of each channel in all chunks. */
  readonly frames: number;
  /** 'open' until the recording was stopped. */
  readonly state: 'open' | 'finished';
  /** When it was deleted, milliseconds since 1970, while that can be undone; else null. */
  readonly deletedAtMs: number | null;
}

/** A recording of ours as a WAV file: 16-bit PCM, one channel for each of the manifest's. */
export class RecordingFile extends File {
  readonly manifest: RecordingManifest;

  /** @param pcm interleaved 16-bit PCM in order; `manifest.frames` may be off where a chunk could not be read */
  constructor(manifest: RecordingManifest, pcm: readonly Blob[]) {
    const channels = manifest.channels.length;
    const bytes = pcm.reduce((sum, { size }) => sum + size, 0);
    const frames = Math.floor(bytes / (2 * channels));
    const header = writeWaveHeader({ channels, sampleRateHz: manifest.sampleRateHz, frames });
    super([header, ...pcm], `${recordingName(manifest)}.wav`, {
      type: 'audio/wav',
      lastModified: manifest.startedAtMs,
    });
    this.manifest = { ...manifest, frames };
  }

  /** The interleaved PCM from one frame up to, not including, another. */
  readFrames(start: number, end: number): Promise<ArrayBuffer> {
    const frameBytes = 2 * this.manifest.channels.length;
    const offset = (frame: number): number => WAVE_HEADER_BYTES + frame * frameBytes;
    return this.slice(offset(start), offset(end)).arrayBuffer();
  }
}

/** A recording of both sides that a database has made a plain file of. */
export function conversationFile(file: File): RecordingFile {
  const shape = { channels: CONVERSATION, sampleRateHz: SAMPLE_RATE_HZ, frames: 0, chunkCount: 0 };
  const facts = { id: file.name, startedAtMs: file.lastModified, deletedAtMs: null } as const;
  const pcm = file.slice(WAVE_HEADER_BYTES);
  return new RecordingFile({ ...facts, ...shape, state: 'finished' }, [pcm]);
}

/** "Recording 2026-11-21 17.05", in local time: colons are not allowed in file names everywhere. */
export function recordingName({ startedAtMs }: RecordingManifest): string {
  const at = new Date(startedAtMs);
  const pad = (value: number): string => String(value).padStart(2, '0');
  const day = [at.getFullYear(), pad(at.getMonth() + 1), pad(at.getDate())].join('-');
  return `Recording ${day} ${pad(at.getHours())}.${pad(at.getMinutes())}`;
}
