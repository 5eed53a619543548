import type { Tensor } from 'onnxruntime-web';
import type { PackedWindow } from '../../src/core/windows';
import type { Recording } from './recording';
import type { WhisperModel } from './whisper-model';

/** The encoder's output, one window at a time: the last one is kept, so that asking again costs nothing. */
export class EncodedWindows {
  private last: { key: string; features: Tensor } | null = null;

  constructor(
    private readonly model: WhisperModel,
    private readonly recording: Recording,
  ) {}

  /** Output for frames [seek, seek + frames); valid until the next call. */
  at(seek: number, frames: number): Promise<Tensor> {
    return this.keep(`${seek}+${frames}`, () => this.recording.window(seek, frames));
  }

  /** Output for a packed window; valid until the next call. */
  joined({ spans }: PackedWindow): Promise<Tensor> {
    return this.keep(keyOf(spans), () => this.recording.joined(spans));
  }

  /** Output for a packed window; the caller's to dispose. */
  async take(window: PackedWindow): Promise<Tensor> {
    const features = await this.joined(window);
    this.last = null;
    return features;
  }

  dispose(): void {
    this.last?.features.dispose();
    this.last = null;
  }

  private async keep(key: string, mel: () => Promise<Float32Array>): Promise<Tensor> {
    if (this.last?.key === key) return this.last.features;
    this.dispose();
    const features = await this.model.encode(await mel());
    this.last = { key, features };
    return features;
  }
}

function keyOf(spans: PackedWindow['spans']): string {
  return spans.map(({ start, end }) => `${start}-${end}`).join(' ');
}
