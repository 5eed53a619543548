import { FRAMES_PER_SEC, WINDOW_FRAMES } from '../../src/core/audio-constants';
import { PEAKS_PER_SEC } from '../../src/core/peak-meter';
import type { DecodedSoFar } from '../../src/core/resume-point';
import { roundHalfEven } from '../../src/core/round';
import type { Transcript } from '../../src/core/transcript';
import {
  DEFAULT_VOICE_ACTIVITY,
  findSpeech,
  PACKING_SILENCE_MS,
  type SpeechRegion,
} from '../../src/core/voice-activity';
import { requireCrossAttention } from './alignment';
import { resolveLanguage } from './detect-language';
import { EncodedWindows } from './encoded-windows';
import type { HeardRecording } from './incoming-audio';
import { PackedBatches } from './packed-batches';
import { SeekLoop } from './seek-loop';
import type { TranscribeJob } from './transcribe-job';
import { TranscriptDraft } from './transcript-draft';

/** A stretch of the recording in mel frames. */
interface Frames {
  readonly start: number;
  readonly end: number;
}
const EVERYTHING: Frames = { start: 0, end: Infinity };

/**
 * Transcribes a finished recording: window by window, each starting where the last one's times ended
 * (source: whisper/transcribe.py transcribe()), or in fast mode by batches of packed speech.
 * @param soFar what an interrupted transcription of the recording had decoded: this one goes on there
 * @throws SottoError 'bad-option' where the model cannot do what the options ask
 */
export async function transcribe(
  job: TranscribeJob,
  { recording, speechProbabilities, peaks }: HeardRecording,
  soFar: DecodedSoFar | null = null,
): Promise<Transcript> {
  const { options, tokenizer, onEvent } = job;
  if (options.wordTimestamps) requireCrossAttention(job.model);
  const { durationSec } = recording;
  const activity = { ...DEFAULT_VOICE_ACTIVITY, ...options.voiceActivity };
  const exact = { ...activity, minSilenceDurationMs: PACKING_SILENCE_MS, speechPadMs: 0 };
  const heard = findSpeech(speechProbabilities, durationSec, exact);
  onEvent({ kind: 'audio', peaks, peaksPerSec: PEAKS_PER_SEC, speech: heard });
  const draft = new TranscriptDraft(durationSec, heard, tokenizer, onEvent, soFar);
  const windows = new EncodedWindows(job.model, recording);
  try {
    const clips = findClips(options.clipTimestampsSec, recording.contentFrames);
    if (options.mode === 'fast') {
      const packing = { minSilenceDurationMs: PACKING_SILENCE_MS, ...options.voiceActivity };
      const speech = findSpeech(speechProbabilities, durationSec, { ...activity, ...packing });
      await new PackedBatches(job, recording, windows, draft, soFar).run(speech, clips);
    } else {
      const padded = findSpeech(speechProbabilities, durationSec, activity);
      const spoken = job.audio.trimSilence ? framesOf(padded) : EVERYTHING;
      // The reference pads the recording itself with silence here: this window is never cut short.
      await resolveLanguage(job, draft, () => windows.at(spoken.start, WINDOW_FRAMES));
      const speech = options.vadFilter ? padded : null;
      const loop = new SeekLoop(job, recording, windows, draft, { heard, speech }, soFar);
      for (const [i, clip] of clips.entries()) {
        const begun = i === soFar?.point.clip ? soFar.point.seek : clip.start;
        if (i >= (soFar?.point.clip ?? 0))
          await transcribeClip(loop, draft, { ...clip, index: i, begun }, spoken);
      }
    }
    draft.skipTo(durationSec);
    return draft.finish();
  } finally {
    windows.dispose();
  }
}

/** A clip and how far it was transcribed before. */
interface Clip extends Frames {
  readonly index: number;
  readonly begun: number;
}

/** Transcribes what of a clip lies within `spoken`; the rest of it is settled as silence. */
async function transcribeClip(
  loop: SeekLoop,
  draft: TranscriptDraft,
  clip: Clip,
  spoken: Frames,
): Promise<void> {
  const start = Math.min(Math.max(clip.start, spoken.start), clip.end);
  const end = Math.max(Math.min(clip.end, spoken.end), start);
  draft.skipTo(clip.start / FRAMES_PER_SEC);
  if (start > clip.begun) loop.pass(clip.index, start, start / FRAMES_PER_SEC);
  const from = Math.max(start, clip.begun);
  if (end > from) await loop.run(clip.index, from, end);
  if (end < clip.end && clip.begun < clip.end) {
    const endSec = clip.end / FRAMES_PER_SEC;
    // The recording's last frame may be a part of one.
    const atEnd = draft.durationSec - endSec < 1 / FRAMES_PER_SEC;
    loop.pass(clip.index, clip.end, atEnd ? draft.durationSec : endSec);
  }
}

/** From the first to the last of some stretches of speech; empty where there is none. */
function framesOf(speech: readonly SpeechRegion[]): Frames {
  return {
    start: Math.floor((speech[0]?.startSec ?? 0) * FRAMES_PER_SEC),
    end: Math.ceil((speech.at(-1)?.endSec ?? 0) * FRAMES_PER_SEC),
  };
}

/** Stretches to transcribe in mel frames; the last one may lack its end. */
function findClips(secs: readonly number[], contentFrames: number): readonly Frames[] {
  const frames = (secs.length > 0 ? secs : [0]).map((sec) => roundHalfEven(sec * FRAMES_PER_SEC));
  return Array.from({ length: Math.ceil(frames.length / 2) }, (_, i) => ({
    start: frames[2 * i]!,
    end: Math.min(frames[2 * i + 1] ?? contentFrames, contentFrames),
  }));
}
