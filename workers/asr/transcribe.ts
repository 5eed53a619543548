import { FRAMES_PER_SEC, WINDOW_FRAMES } from '../../src/core/audio-constants';
import type { TranscribeEvent } from '../../src/core/asr-api';
import type { DecodingOptions } from '../../src/core/decoding-options';
import { skipHallucinations } from '../../src/core/hallucinations';
import { roundHalfEven } from '../../src/core/round';
import { splitAtTimestamps } from '../../src/core/segments';
import type { Segment, Transcript, Word } from '../../src/core/transcript';
import { addWordTimes, endOfSpeech, type OpenSegment } from '../../src/core/word-times';
import { alignWords, requireCrossAttention } from './alignment';
import { decodeWithFallback, type WindowContext, type WindowResult } from './decode-window';
import { detectLanguage } from './detect-language';
import { EncodedWindows } from './encoded-windows';
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
 * @throws SottoError 'bad-option' where the model cannot do what the options ask
 */
export async function transcribe(job: TranscribeJob, recording: Recording): Promise<Transcript> {
  if (job.options.wordTimestamps) requireCrossAttention(job.model);
  const windows = new EncodedWindows(job.model, recording);
  try {
    const loop = new SeekLoop(job, recording, windows, await resolveLanguage(job, windows));
    const seekTo = (sec: number): number => roundHalfEven(sec * FRAMES_PER_SEC);
    const clips = job.options.clipTimestampsSec.length > 0 ? job.options.clipTimestampsSec : [0];
    for (let i = 0; i < clips.length; i += 2) {
      const end = clips[i + 1];
      await loop.run(seekTo(clips[i]!), end === undefined ? recording.contentFrames : seekTo(end));
    }
    return loop.result();
  } finally {
    windows.dispose();
  }
}

/** The state that passes from window to window. */
class SeekLoop {
  private readonly segments: Segment[] = [];
  /** Initial prompt and all text so far, as tokens. */
  private readonly history: number[];
  private readonly initialPrompt: readonly number[];
  private promptFrom = 0;
  private lastSpeechSec = 0;
  private windows = 0;
  private framesMoved = 0;
  private seek = 0;

  constructor(
    private readonly job: TranscribeJob,
    private readonly recording: Recording,
    private readonly encoded: EncodedWindows,
    private language: string,
  ) {
    const { initialPrompt } = job.options;
    this.initialPrompt =
      initialPrompt === null ? [] : job.tokenizer.encode(` ${initialPrompt.trim()}`);
    this.history = [...this.initialPrompt];
  }

  /** Transcribes frames [from, to). */
  async run(from: number, to: number): Promise<void> {
    const end = Math.min(to, this.recording.contentFrames);
    this.seek = from;
    while (this.seek < end) {
      const before = this.seek;
      const settled = await this.transcribeWindow(Math.min(WINDOW_FRAMES, end - before), end);
      this.segments.push(...settled);
      this.framesMoved += this.seek - before;
      this.job.onEvent({
        kind: 'segments',
        segments: settled,
        doneSec: Math.min(this.seek / FRAMES_PER_SEC, this.recording.durationSec),
        durationSec: this.recording.durationSec,
      });
    }
  }

  result(): Transcript {
    return {
      text: this.job.tokenizer.decode(this.history.slice(this.initialPrompt.length)),
      segments: this.segments,
      language: this.language,
      durationSec: this.recording.durationSec,
    };
  }

  /** Decodes the window at `seek`, moves `seek` on, and returns the window's segments. */
  private async transcribeWindow(frames: number, end: number): Promise<Segment[]> {
    const { model, tokenizer, options, onEvent, checkpoint } = this.job;
    onEvent({
      kind: 'window',
      window: ++this.windows,
      windows: this.windows - 1 + this.estimateWindowsLeft(end),
      startSec: this.seek / FRAMES_PER_SEC,
      durationSec: this.recording.durationSec,
    });
    await checkpoint();
    const features = await this.encoded.at(this.seek, frames);
    if (options.multilingual && tokenizer.multilingual)
      this.language = (await detectLanguage(model, tokenizer, features)).language;
    const { language } = this;
    const context: WindowContext = {
      model,
      tokenizer,
      options,
      language,
      onStep: this.announceSteps(),
    };
    const result = await decodeWithFallback(context, features, this.prompt());
    if (isSilent(result, options)) {
      this.seek += frames;
      return [];
    }
    const cut = splitAtTimestamps(result.tokens, tokenizer.timestampBegin, this.seek, frames);
    const windowSeek = this.seek;
    let open: OpenSegment[] = cut.spans.map((span) => ({ ...span, words: [] }));
    this.seek += cut.advanceFrames;
    if (options.wordTimestamps) {
      const textTokens = open.flatMap(({ tokens }) => tokens.filter((id) => id < tokenizer.eot));
      const start = { sequence: tokenizer.sotSequence(language, options.task), language };
      const alignment = await alignWords(model, tokenizer, features, textTokens, frames, start);
      addWordTimes(
        open,
        alignment,
        tokenizer.eot,
        windowSeek / FRAMES_PER_SEC,
        this.lastSpeechSec,
        {
          prepended: options.prependPunctuations,
          appended: options.appendPunctuations,
        },
      );
      const kept = this.settleByWords(open, windowSeek, frames, cut.endsInSingle);
      if (kept === null) return [];
      open = kept;
    }
    return this.settle(open, result, windowSeek);
  }

  /** Moves `seek` by the last word's time and drops what is probably hallucinated; null drops the window. */
  private settleByWords(
    open: OpenSegment[],
    windowSeek: number,
    frames: number,
    endsInSingle: boolean,
  ): OpenSegment[] | null {
    const offsetSec = windowSeek / FRAMES_PER_SEC;
    const lastWordEnd = endOfSpeech(open);
    if (!endsInSingle && lastWordEnd !== null && lastWordEnd > offsetSec)
      this.seek = roundHalfEven(lastWordEnd * FRAMES_PER_SEC);
    const thresholdSec = this.job.options.hallucinationSilenceThresholdSec;
    let kept = open;
    if (thresholdSec !== null) {
      const skip = skipHallucinations(open, {
        thresholdSec,
        windowSeek,
        frames,
        seek: this.seek,
        endsInSingle,
        lastSpeechSec: this.lastSpeechSec,
        contentFrames: this.recording.contentFrames,
      });
      this.seek = skip.seek;
      if (skip.segments === null) return null;
      kept = skip.segments;
    }
    this.lastSpeechSec = endOfSpeech(kept) ?? this.lastSpeechSec;
    return kept;
  }

  private settle(
    open: readonly OpenSegment[],
    result: WindowResult,
    windowSeek: number,
  ): Segment[] {
    const { tokenizer, options } = this.job;
    const settled = open.map((segment, i) =>
      closeSegment(tokenizer, options, segment, result, {
        id: this.segments.length + i,
        seek: windowSeek,
      }),
    );
    for (const { tokens } of settled) this.history.push(...tokens);
    if (!options.conditionOnPreviousText || result.temperature > MAX_PROMPT_TEMPERATURE)
      this.promptFrom = this.history.length;
    return settled;
  }

  /** Tokens of the text before this window. */
  private prompt(): readonly number[] {
    const { model, options } = this.job;
    if (!options.carryInitialPrompt) return this.history.slice(this.promptFrom);
    const room = Math.floor(model.config.max_target_positions / 2) - 1 - this.initialPrompt.length;
    const earlier = this.history.slice(Math.max(this.initialPrompt.length, this.promptFrom));
    return [...this.initialPrompt, ...earlier.slice(-room)];
  }

  /** Windows still to come, this one included, judged by how far each has moved on so far. */
  private estimateWindowsLeft(end: number): number {
    const framesPerWindow =
      this.framesMoved > 0 ? this.framesMoved / (this.windows - 1) : WINDOW_FRAMES;
    return Math.max(1, Math.ceil((end - this.seek) / framesPerWindow));
  }

  private announceSteps(): WindowContext['onStep'] {
    const { tokenizer, onEvent, checkpoint } = this.job;
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
}

async function resolveLanguage(job: TranscribeJob, windows: EncodedWindows): Promise<string> {
  const { model, tokenizer, options, onEvent } = job;
  if (!tokenizer.multilingual || options.language !== null) {
    const language = tokenizer.multilingual ? options.language! : 'en';
    // Refuses an unknown language before any work is done.
    tokenizer.sotSequence(language, options.task);
    onEvent({ kind: 'language', language, probabilities: null });
    return language;
  }
  // The reference pads the recording itself with silence here, so this window is never cut short.
  const features = await windows.at(0, WINDOW_FRAMES);
  const detected = await detectLanguage(model, tokenizer, features);
  onEvent({ kind: 'language', ...detected });
  return detected.language;
}

/** Skips a window that is probably silent, unless its text is probable enough all the same. */
function isSilent(result: WindowResult, options: DecodingOptions): boolean {
  const { noSpeechThreshold, logprobThreshold } = options;
  if (noSpeechThreshold === null || !(result.noSpeechProb > noSpeechThreshold)) return false;
  return logprobThreshold === null || result.avgLogprob <= logprobThreshold;
}

function closeSegment(
  tokenizer: WhisperTokenizer,
  options: DecodingOptions,
  open: OpenSegment,
  result: WindowResult,
  place: { id: number; seek: number },
): Segment {
  const text = tokenizer.decode(open.tokens.filter((id) => id < tokenizer.eot));
  // A segment without length or text is kept as an empty one, as in the reference.
  const empty = open.startSec === open.endSec || text.trim() === '';
  const words: readonly Word[] = empty ? [] : open.words;
  return {
    ...place,
    startSec: open.startSec,
    endSec: open.endSec,
    text: empty ? '' : text,
    tokens: empty ? [] : open.tokens,
    temperature: result.temperature,
    avgLogprob: result.avgLogprob,
    compressionRatio: result.compressionRatio,
    noSpeechProb: result.noSpeechProb,
    // The reference gives an emptied segment an empty word list even where no word times were asked for.
    ...((options.wordTimestamps || empty) && { words }),
  };
}
