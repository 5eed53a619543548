import type { Tensor } from 'onnxruntime-web';
import type { Recording } from './recording';
import type { WhisperModel } from './whisper-model';

/** The encoder's output, one window at a time: the last one is kept, so that asking again costs nothing. */
export class EncodedWindows {
  private last: { seek: number; frames: number; features: Tensor } | null = null;

  constructor(
    private readonly model: WhisperModel,
    private readonly recording: Recording,
  ) {}

  /** Output for frames [seek, seek + frames); valid until the next call. */
  async at(seek: number, frames: number): Promise<Tensor> {
    if (this.last?.seek === seek && this.last.frames === frames) return this.last.features;
    this.dispose();
    const features = await this.model.encode(await this.recording.window(seek, frames));
    this.last = { seek, frames, features };
    return features;
  }

  dispose(): void {
    this.last?.features.dispose();
    this.last = null;
  }
}
