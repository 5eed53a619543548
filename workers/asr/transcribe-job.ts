import type { TranscribeEvent } from '../../src/core/asr-api';
import type { AudioOptions } from '../../src/core/audio-options';
import type { DecodingOptions } from '../../src/core/decoding-options';
import type { WhisperTokenizer } from './tokenizer';
import type { WhisperModel } from './whisper-model';

/** Least time between two `partial` events. */
const PARTIAL_INTERVAL_MS = 100;

/** What a transcription needs beside its recording. */
export interface TranscribeJob {
  readonly model: WhisperModel;
  readonly tokenizer: WhisperTokenizer;
  readonly options: DecodingOptions;
  readonly audio: AudioOptions;
  readonly onEvent: (event: TranscribeEvent) => void;
  /** Lets other messages in and throws once the job is cancelled. */
  readonly checkpoint: () => Promise<void>;
}

/** Tells of the text under way, ten times a second at most, and lets other messages in. */
export function announceSteps({
  tokenizer,
  onEvent,
  checkpoint,
}: TranscribeJob): (tokens: readonly number[]) => Promise<void> {
  let announcedAt = performance.now();
  return async (tokens) => {
    await checkpoint();
    if (performance.now() - announcedAt < PARTIAL_INTERVAL_MS) return;
    announcedAt = performance.now();
    onEvent({
      kind: 'partial',
      text: tokenizer.decode(tokens.filter((id) => id < tokenizer.eot)),
    });
  };
}
