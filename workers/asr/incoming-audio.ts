import type { AudioOptions } from '../../src/core/audio-options';
import { LoudnessMeter, normalizingGain } from '../../src/core/loudness';
import { PeakMeter } from '../../src/core/peak-meter';
import type { MelSpectrum } from './mel';
import { Recording } from './recording';
import type { VoiceDetector, VoiceTrack } from './voice-detector';

/** A finished recording and what was heard in it. */
export interface HeardRecording {
  readonly recording: Recording;
  /** Probability of speech in every 512 samples. */
  readonly speechProbabilities: Float32Array;
  /** Largest absolute sample of every 50 ms, as recorded. */
  readonly peaks: Float32Array<ArrayBuffer>;
}

/** All that becomes of samples on their way in. */
export class IncomingAudio {
  private readonly recording: Recording;
  private readonly voice: VoiceTrack;
  private readonly peaks = new PeakMeter();
  private readonly loudness: LoudnessMeter | null;

  /** @param checkpoint awaited between steps; throws to stop */
  constructor(
    spectrum: MelSpectrum,
    detector: VoiceDetector,
    options: AudioOptions,
    checkpoint: () => Promise<void>,
  ) {
    this.recording = new Recording(spectrum);
    this.voice = detector.listen(checkpoint);
    this.loudness = options.normalizeLoudness ? new LoudnessMeter() : null;
  }

  /** Appends mono samples at 16 kHz. */
  async push(samples: Float32Array): Promise<void> {
    this.peaks.push(samples);
    this.loudness?.push(samples);
    await this.recording.push(samples);
    await this.voice.push(samples);
  }

  /** No more audio comes. */
  async finish(): Promise<HeardRecording> {
    const { recording } = this;
    await recording.finish(this.loudness ? normalizingGain(this.loudness.measure()) : 1);
    const speechProbabilities = await this.voice.finish();
    return { recording, speechProbabilities, peaks: this.peaks.finish() };
  }
}
