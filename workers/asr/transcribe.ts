import { FRAMES_PER_SEC, WINDOW_FRAMES } from '../../src/core/audio-constants';
import { roundHalfEven } from '../../src/core/round';
import type { Transcript } from '../../src/core/transcript';
import {
  DEFAULT_VOICE_ACTIVITY,
  findSpeech,
  PACKING_SILENCE_MS,
} from '../../src/core/voice-activity';
import { requireCrossAttention } from './alignment';
import { resolveLanguage } from './detect-language';
import { EncodedWindows } from './encoded-windows';
import { PackedBatches } from './packed-batches';
import type { Recording } from './recording';
import { SeekLoop } from './seek-loop';
import type { TranscribeJob } from './transcribe-job';
import { TranscriptDraft } from './transcript-draft';

/** A finished recording and the probability of speech in every 512 samples of it. */
export interface HeardRecording {
  readonly recording: Recording;
  readonly speechProbabilities: Float32Array;
}

/**
 * Transcribes a finished recording: window by window, each starting where the last one's times ended
 * (source: whisper/transcribe.py transcribe()), or in fast mode by batches of packed speech.
 * @throws SottoError 'bad-option' where the model cannot do what the options ask
 */
export async function transcribe(
  job: TranscribeJob,
  { recording, speechProbabilities }: HeardRecording,
): Promise<Transcript> {
  const { options, tokenizer, onEvent } = job;
  if (options.wordTimestamps) requireCrossAttention(job.model);
  const { durationSec } = recording;
  const activity = { ...DEFAULT_VOICE_ACTIVITY, ...options.voiceActivity };
  const exact = { ...activity, minSilenceDurationMs: PACKING_SILENCE_MS, speechPadMs: 0 };
  const heard = findSpeech(speechProbabilities, durationSec, exact);
  const draft = new TranscriptDraft(durationSec, heard, tokenizer, onEvent);
  const windows = new EncodedWindows(job.model, recording);
  try {
    const clips = findClips(options.clipTimestampsSec, recording.contentFrames);
    if (options.mode === 'fast') {
      const packing = { minSilenceDurationMs: PACKING_SILENCE_MS, ...options.voiceActivity };
      const speech = findSpeech(speechProbabilities, durationSec, { ...activity, ...packing });
      await new PackedBatches(job, recording, windows, draft).run(speech, clips);
    } else {
      // The reference pads the recording itself with silence here: this window is never cut short.
      await resolveLanguage(job, draft, () => windows.at(0, WINDOW_FRAMES));
      const speech = options.vadFilter
        ? findSpeech(speechProbabilities, durationSec, activity)
        : null;
      const loop = new SeekLoop(job, recording, windows, draft, { heard, speech });
      for (const { start, end } of clips) await loop.run(start, end);
    }
    draft.skipTo(durationSec);
    return draft.finish();
  } finally {
    windows.dispose();
  }
}

/** Stretches to transcribe in mel frames; the last one may lack its end. */
function findClips(
  secs: readonly number[],
  contentFrames: number,
): readonly { start: number; end: number }[] {
  const frames = (secs.length > 0 ? secs : [0]).map((sec) => roundHalfEven(sec * FRAMES_PER_SEC));
  return Array.from({ length: Math.ceil(frames.length / 2) }, (_, i) => ({
    start: frames[2 * i]!,
    end: Math.min(frames[2 * i + 1] ?? contentFrames, contentFrames),
  }));
}
