import { WINDOW_FRAMES, FRAMES_PER_SEC } from '../../src/core/audio-constants';
import type { TranscribeEvent } from '../../src/core/asr-api';
import type { DecodingOptions } from '../../src/core/decoding-options';
import { splitAtTimestamps, type TokenSpan } from '../../src/core/segments';
import type { Segment, Transcript } from '../../src/core/transcript';
import { decodeWithFallback, type WindowContext, type WindowResult } from './decode-window';
import { detectLanguage } from './detect-language';
import type { Recording } from './recording';
import type { WhisperTokenizer } from './tokenizer';
import type { WhisperModel } from './whisper-model';

/** Above this temperature a window's text is too wild to prompt the next. Source: whisper/transcribe.py. */
const MAX_PROMPT_TEMPERATURE = 0.5;
/** Least time between two `partial` events. */
const PARTIAL_INTERVAL_MS = 100;

/** What a transcription needs beside its recording. */
export interface TranscribeJob {
  readonly model: WhisperModel;
  readonly tokenizer: WhisperTokenizer;
  readonly options: DecodingOptions;
  readonly onEvent: (event: TranscribeEvent) => void;
  /** Lets other messages in and throws once the job is cancelled. */
  readonly checkpoint: () => Promise<void>;
}

/**
 * Transcribes a finished recording window by window, each starting where the last one's times ended.
 * Source: whisper/transcribe.py transcribe().
 */
export async function transcribe(job: TranscribeJob, recording: Recording): Promise<Transcript> {
  const { model, tokenizer, options, onEvent, checkpoint } = job;
  const language = await resolveLanguage(job, recording);
  const { contentFrames, durationSec } = recording;
  const segments: Segment[] = [];
  const history: number[] = [];
  let promptFrom = 0;
  let seek = 0;
  for (let window = 1; seek < contentFrames; window++) {
    const frames = Math.min(WINDOW_FRAMES, contentFrames - seek);
    onEvent({
      kind: 'window',
      window,
      windows: estimateWindows(window, seek, contentFrames),
      startSec: seek / FRAMES_PER_SEC,
      durationSec,
    });
    await checkpoint();
    const features = await model.encode(await recording.window(seek, frames));
    let result: WindowResult;
    try {
      const context: WindowContext = {
        model,
        tokenizer,
        options,
        language,
        onStep: announceSteps(job),
      };
      result = await decodeWithFallback(context, features, history.slice(promptFrom));
    } finally {
      features.dispose();
    }
    if (isSilent(result, options)) {
      seek += frames;
      onEvent({ kind: 'segments', segments: [], doneSec: doneSec(seek, recording), durationSec });
      continue;
    }
    const { spans, advanceFrames } = splitAtTimestamps(
      result.tokens,
      tokenizer.timestampBegin,
      seek,
      frames,
    );
    const settled = spans.map((span, i) =>
      createSegment(tokenizer, span, result, segments.length + i, seek),
    );
    segments.push(...settled);
    history.push(...settled.flatMap((segment) => segment.tokens));
    if (!options.conditionOnPreviousText || result.temperature > MAX_PROMPT_TEMPERATURE)
      promptFrom = history.length;
    seek += advanceFrames;
    onEvent({
      kind: 'segments',
      segments: settled,
      doneSec: doneSec(seek, recording),
      durationSec,
    });
  }
  return { text: tokenizer.decode(history), segments, language, durationSec };
}

async function resolveLanguage(job: TranscribeJob, recording: Recording): Promise<string> {
  const { model, tokenizer, options, onEvent } = job;
  if (!tokenizer.multilingual || options.language !== null) {
    const language = tokenizer.multilingual ? options.language! : 'en';
    // Refuses an unknown language before any work is done.
    tokenizer.sotSequence(language, options.task);
    onEvent({ kind: 'language', language, probabilities: null });
    return language;
  }
  // The reference pads the recording itself with silence here, so these windows are never cut short.
  const features = await model.encode(await recording.window(0, WINDOW_FRAMES));
  try {
    const detected = await detectLanguage(model, tokenizer, features);
    onEvent({ kind: 'language', ...detected });
    return detected.language;
  } finally {
    features.dispose();
  }
}

/** Skips a window that is probably silent, unless its text is probable enough all the same. */
function isSilent(result: WindowResult, options: DecodingOptions): boolean {
  const { noSpeechThreshold, logprobThreshold } = options;
  if (noSpeechThreshold === null || !(result.noSpeechProb > noSpeechThreshold)) return false;
  return logprobThreshold === null || result.avgLogprob <= logprobThreshold;
}

function createSegment(
  tokenizer: WhisperTokenizer,
  span: TokenSpan,
  result: WindowResult,
  id: number,
  seek: number,
): Segment {
  const text = tokenizer.decode(span.tokens);
  // A segment without length or text is kept as an empty one, as in the reference.
  const empty = span.startSec === span.endSec || text.trim() === '';
  return {
    id,
    seek,
    startSec: span.startSec,
    endSec: span.endSec,
    text: empty ? '' : text,
    tokens: empty ? [] : span.tokens,
    temperature: result.temperature,
    avgLogprob: result.avgLogprob,
    compressionRatio: result.compressionRatio,
    noSpeechProb: result.noSpeechProb,
  };
}

function announceSteps({ tokenizer, onEvent, checkpoint }: TranscribeJob): WindowContext['onStep'] {
  let announcedAt = performance.now();
  return async (tokens) => {
    await checkpoint();
    if (performance.now() - announcedAt < PARTIAL_INTERVAL_MS) return;
    announcedAt = performance.now();
    onEvent({ kind: 'partial', text: tokenizer.decode(tokens) });
  };
}

function doneSec(seek: number, recording: Recording): number {
  return Math.min(seek / FRAMES_PER_SEC, recording.durationSec);
}

/** Windows in all, judged by how far each one has moved on so far. */
function estimateWindows(window: number, seek: number, contentFrames: number): number {
  const framesPerWindow = window > 1 ? seek / (window - 1) : WINDOW_FRAMES;
  return window - 1 + Math.max(1, Math.ceil((contentFrames - seek) / framesPerWindow));
}
