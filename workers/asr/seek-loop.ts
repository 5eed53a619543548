import { FRAMES_PER_SEC, WINDOW_FRAMES } from '../../src/core/audio-constants';
import { MIN_LOST_SPEECH_SEC } from '../../src/core/coverage';
import { skipHallucinations } from '../../src/core/hallucinations';
import type { DecodedSoFar } from '../../src/core/resume-point';
import { roundHalfEven } from '../../src/core/round';
import { splitAtTimestamps } from '../../src/core/segments';
import type { Segment } from '../../src/core/transcript';
import { speechWithin, type SpeechRegion } from '../../src/core/voice-activity';
import { endOfSpeech, type OpenSegment } from '../../src/core/word-times';
import { decodeWithFallback, type WindowContext, type WindowResult } from './decode-window';
import { detectLanguage } from './detect-language';
import type { EncodedWindows } from './encoded-windows';
import type { Recording } from './recording';
import { retryWindow } from './retry-window';
import { closeSegment, isSilent, timeWords } from './settle-window';
import { announceSteps, type TranscribeJob } from './transcribe-job';
import type { TranscriptDraft, WindowState } from './transcript-draft';

/** Above this temperature a window's text is too wild to prompt the next. Source: whisper/transcribe.py. */
const MAX_PROMPT_TEMPERATURE = 0.5;

/** Where speech is in a recording. */
interface Voice {
  /** As detected, unpadded. */
  readonly heard: readonly SpeechRegion[];
  /** Padded; windows begin in it. Null where silence is not to be skipped. */
  readonly speech: readonly SpeechRegion[] | null;
}

/** A window's result, and whether it took a second try. */
interface Settled {
  readonly segments: Segment[];
  readonly kind: 'speech' | 'retried';
}

/**
 * Window by window, each beginning where the last one's times ended, and what passes from one to the next.
 * Source: whisper/transcribe.py transcribe().
 */
export class SeekLoop {
  /** Initial prompt and all text so far, as tokens. */
  private readonly history: number[];
  private readonly initialPrompt: readonly number[];
  private promptFrom: number;
  private lastSpeechSec: number;
  private windows = 0;
  private framesMoved = 0;
  private seek = 0;
  private clip = 0;

  /** @param soFar where an interrupted loop stopped */
  constructor(
    private readonly job: TranscribeJob,
    private readonly recording: Recording,
    private readonly encoded: EncodedWindows,
    private readonly draft: TranscriptDraft,
    private readonly voice: Voice,
    soFar: DecodedSoFar | null,
  ) {
    const { initialPrompt } = job.options;
    this.initialPrompt =
      initialPrompt === null ? [] : job.tokenizer.encode(` ${initialPrompt.trim()}`);
    this.history = [...this.initialPrompt, ...draft.segments.flatMap(({ tokens }) => tokens)];
    this.promptFrom = soFar ? this.initialPrompt.length + soFar.point.promptFrom : 0;
    this.lastSpeechSec = soFar?.point.lastSpeechSec ?? 0;
  }

  /** Accounts for the clip up to a frame without decoding it. @param sec the same in seconds */
  pass(clip: number, frame: number, sec: number): void {
    this.clip = clip;
    this.seek = frame;
    this.draft.add([], sec);
    this.draft.tell(this.state());
  }

  /** Transcribes frames [start, end) of a clip; what lies before them is accounted for. */
  async run(clip: number, start: number, end: number): Promise<void> {
    this.clip = clip;
    this.seek = start;
    while (this.seek < end) {
      const before = this.seek;
      this.seek = this.skipSilence(end);
      const frames = Math.min(WINDOW_FRAMES, end - this.seek);
      const nothing: Settled = { segments: [], kind: 'speech' };
      const { segments, kind } = frames > 0 ? await this.transcribeWindow(frames, end) : nothing;
      this.framesMoved += this.seek - before;
      const atEnd = this.seek >= this.recording.contentFrames;
      const settledSec = atEnd ? this.recording.durationSec : this.seek / FRAMES_PER_SEC;
      this.draft.add(segments, settledSec, kind);
      this.draft.tell(this.state());
    }
  }

  private state(): WindowState {
    const { clip, seek, lastSpeechSec } = this;
    return { clip, seek, promptFrom: this.promptFrom - this.initialPrompt.length, lastSpeechSec };
  }

  /** Where the next window begins. */
  private skipSilence(end: number): number {
    const { speech } = this.voice;
    if (!speech) return this.seek;
    const next = speech.find(({ endSec }) => endSec * FRAMES_PER_SEC > this.seek);
    return next ? Math.max(this.seek, Math.floor(next.startSec * FRAMES_PER_SEC)) : end;
  }

  /** Decodes the window at `seek`, moves `seek` on, and returns the window's segments. */
  private async transcribeWindow(frames: number, end: number): Promise<Settled> {
    const { model, tokenizer, options, checkpoint } = this.job;
    this.announceWindow(end);
    await checkpoint();
    const features = await this.encoded.at(this.seek, frames);
    if (options.multilingual && tokenizer.multilingual)
      this.draft.language = (await detectLanguage(model, tokenizer, features)).language;
    const { language } = this.draft;
    const context: WindowContext = { model, tokenizer, options, onStep: announceSteps(this.job) };
    const input = { features, language, prompt: this.prompt() };
    const [first] = await decodeWithFallback(context, [input]);
    let result = first!;
    let kind: Settled['kind'] = 'speech';
    if (isSilent(result, options) || result.text === '') {
      const again = this.hearsSpeech(frames) ? await retryWindow(context, input, result) : null;
      if (again) {
        result = again;
        kind = 'retried';
      } else if (isSilent(result, options)) {
        this.seek += frames;
        return { segments: [], kind };
      }
    }
    const cut = splitAtTimestamps(result.tokens, tokenizer.timestampBegin, this.seek, frames);
    const windowSeek = this.seek;
    let open: OpenSegment[] = cut.spans.map((span) => ({ ...span, words: [] }));
    this.seek += cut.advanceFrames;
    if (options.wordTimestamps) {
      const startSec = windowSeek / FRAMES_PER_SEC;
      const { lastSpeechSec } = this;
      await timeWords(this.job, open, { features, frames, language, startSec, lastSpeechSec });
      const kept = this.settleByWords(open, windowSeek, frames, cut.endsInSingle);
      if (kept === null) return { segments: [], kind };
      open = kept;
    }
    return { segments: this.close(open, result, windowSeek), kind };
  }

  /** Whether a window without text is worth a second try. */
  private hearsSpeech(frames: number): boolean {
    const startSec = this.seek / FRAMES_PER_SEC;
    const heardSec = speechWithin(this.voice.heard, startSec, startSec + frames / FRAMES_PER_SEC);
    return this.job.options.retryEmptyWindows && heardSec >= MIN_LOST_SPEECH_SEC;
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

  private close(open: readonly OpenSegment[], result: WindowResult, windowSeek: number): Segment[] {
    const { options } = this.job;
    const first = this.draft.nextId;
    const segments = open.map((segment, i) =>
      closeSegment(this.job, segment, result, { id: first + i, seek: windowSeek }),
    );
    for (const { tokens } of segments) this.history.push(...tokens);
    if (!options.conditionOnPreviousText || result.temperature > MAX_PROMPT_TEMPERATURE)
      this.promptFrom = this.history.length;
    return segments;
  }

  /** Tokens of the text before this window. */
  private prompt(): readonly number[] {
    const { model, options } = this.job;
    if (!options.carryInitialPrompt) return this.history.slice(this.promptFrom);
    const room = Math.floor(model.config.max_target_positions / 2) - 1 - this.initialPrompt.length;
    const earlier = this.history.slice(Math.max(this.initialPrompt.length, this.promptFrom));
    return [...this.initialPrompt, ...earlier.slice(-room)];
  }

  private announceWindow(end: number): void {
    // Windows still to come, this one included, judged by how far each has moved on so far.
    const framesPerWindow = this.windows > 0 ? this.framesMoved / this.windows : WINDOW_FRAMES;
    const left = Math.max(1, Math.ceil((end - this.seek) / framesPerWindow));
    this.job.onEvent({
      kind: 'window',
      window: ++this.windows,
      windows: this.windows - 1 + left,
      startSec: this.seek / FRAMES_PER_SEC,
      durationSec: this.recording.durationSec,
    });
  }
}
