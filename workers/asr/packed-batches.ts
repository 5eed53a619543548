import type { Tensor } from 'onnxruntime-web';
import { FRAMES_PER_SEC, WINDOW_FRAMES } from '../../src/core/audio-constants';
import type { DecodedSoFar } from '../../src/core/resume-point';
import { splitAtTimestamps } from '../../src/core/segments';
import type { Segment } from '../../src/core/transcript';
import type { SpeechRegion } from '../../src/core/voice-activity';
import { packWindows, type PackedWindow } from '../../src/core/windows';
import type { OpenSegment } from '../../src/core/word-times';
import {
  decodeWithFallback,
  type WindowContext,
  type WindowInput,
  type WindowResult,
} from './decode-window';
import { detectLanguage, resolveLanguage } from './detect-language';
import type { EncodedWindows } from './encoded-windows';
import type { Recording } from './recording';
import { retryWindow } from './retry-window';
import { closeSegment, isSilent, timeWords } from './settle-window';
import { announceSteps, type TranscribeJob } from './transcribe-job';
import type { TranscriptDraft, WindowState } from './transcript-draft';

/** What a window leaves undecoded is decoded by itself if it lasts at least this. */
const MIN_REST_FRAMES = 50;

/** A packed window and what it came to. */
interface Slot {
  readonly window: PackedWindow;
  readonly segments: Segment[];
  retried: boolean;
}

/** A piece of a slot that waits to be decoded: the window itself, then what it has left over. */
interface Piece {
  readonly slot: Slot;
  readonly window: PackedWindow;
}

/**
 * Speech without the silence between, packed into windows that are decoded in batches. No window knows the
 * text before it. Source: WhisperX, and faster-whisper's BatchedInferencePipeline.
 */
export class PackedBatches {
  private readonly context: WindowContext;
  private readonly prompt: readonly number[];

  /** @param soFar where an interrupted transcription stopped */
  constructor(
    private readonly job: TranscribeJob,
    private readonly recording: Recording,
    private readonly encoded: EncodedWindows,
    private readonly draft: TranscriptDraft,
    private readonly soFar: DecodedSoFar | null,
  ) {
    const { model, tokenizer, options } = job;
    this.context = { model, tokenizer, options, onStep: announceSteps(job) };
    this.prompt = options.initialPrompt ? tokenizer.encode(` ${options.initialPrompt.trim()}`) : [];
  }

  /** Transcribes what is in `clips` (mel frames) of the stretches of speech. */
  async run(
    speech: readonly SpeechRegion[],
    clips: readonly { start: number; end: number }[],
  ): Promise<void> {
    const windows = clips.map((clip) => packWindows(clipTo(speech, clip), clip.end));
    const firstWindow = windows.flat()[0];
    await resolveLanguage(this.job, this.draft, () =>
      // Without any speech there is nothing to hear a language in but the beginning.
      firstWindow ? this.encoded.joined(firstWindow) : this.encoded.at(0, WINDOW_FRAMES),
    );
    const count = windows.flat().length;
    let done = 0;
    for (const [clip, packed] of windows.entries()) {
      const { start, end } = clips[clip]!;
      this.draft.skipTo(start / FRAMES_PER_SEC);
      const { batchSize } = this.job.options;
      for (let at = 0; at < packed.length; at += batchSize) {
        const batch = packed.slice(at, at + batchSize);
        if (!this.isDone(clip, batch)) {
          this.announceBatch(batch[0]!, done, count);
          await this.transcribeBatch(clip, batch);
        }
        done += batch.length;
      }
      if (clip < (this.soFar?.point.clip ?? 0)) continue;
      const atEnd = end >= this.recording.contentFrames;
      const endSec = atEnd ? this.recording.durationSec : end / FRAMES_PER_SEC;
      this.draft.add([], endSec);
      this.draft.tell(stateAt(clip, end));
    }
  }

  /** Whether an interrupted transcription had decoded a batch. */
  private isDone(clip: number, [first]: readonly PackedWindow[]): boolean {
    if (!this.soFar) return false;
    const { point } = this.soFar;
    return clip < point.clip || (clip === point.clip && first!.spans[0]!.start < point.seek);
  }

  private async transcribeBatch(clip: number, windows: readonly PackedWindow[]): Promise<void> {
    const slots = windows.map((window): Slot => ({ window, segments: [], retried: false }));
    let pieces: Piece[] = slots.map((slot) => ({ slot, window: slot.window }));
    while (pieces.length > 0) pieces = await this.decodePieces(pieces);
    for (const { window, segments, retried } of slots) {
      const numbered = segments.map((segment, i) => ({
        ...segment,
        id: this.draft.nextId + i,
      }));
      this.draft.add(numbered, window.source.endSec, retried ? 'retried' : 'speech');
    }
    // Told of as a whole: q8 scales by the whole batch, so that a part of one gives other numbers.
    this.draft.tell(stateAt(clip, windows.at(-1)!.spans.at(-1)!.end));
  }

  /** @returns what the pieces have left over */
  private async decodePieces(pieces: readonly Piece[]): Promise<Piece[]> {
    const inputs: WindowInput[] = [];
    const rest: Piece[] = [];
    try {
      for (const { window } of pieces) inputs.push(await this.encode(window));
      const results = await decodeWithFallback(this.context, inputs);
      for (const [i, piece] of pieces.entries()) {
        const left = await this.settlePiece(piece, inputs[i]!, results[i]!);
        if (left) rest.push({ slot: piece.slot, window: left });
      }
    } finally {
      for (const { features } of inputs) features.dispose();
    }
    return rest;
  }

  private async encode(window: PackedWindow): Promise<WindowInput> {
    const { model, tokenizer, options, checkpoint } = this.job;
    await checkpoint();
    const features: Tensor = await this.encoded.take(window);
    let { language } = this.draft;
    if (options.multilingual && tokenizer.multilingual)
      language = (await detectLanguage(model, tokenizer, features)).language;
    return { features, language, prompt: this.prompt };
  }

  /** Adds a piece's segments to its slot. @returns what it has left over, if that is worth decoding */
  private async settlePiece(
    { slot, window }: Piece,
    input: WindowInput,
    first: WindowResult,
  ): Promise<PackedWindow | null> {
    const { tokenizer, options } = this.job;
    let result = first;
    if (isSilent(first, options) || first.text === '') {
      // Only speech is packed, so that a window without text is always worth a second try.
      const again = options.retryEmptyWindows
        ? await retryWindow(this.context, input, first)
        : null;
      if (!again) return null;
      result = again;
      slot.retried = true;
    }
    const { frames } = window;
    const cut = splitAtTimestamps(result.tokens, tokenizer.timestampBegin, 0, frames);
    const open: OpenSegment[] = cut.spans.map((span) => ({ ...span, words: [] }));
    const { features, language } = input;
    if (options.wordTimestamps)
      await timeWords(this.job, open, {
        features,
        frames,
        language,
        startSec: 0,
        lastSpeechSec: 0,
      });
    const place = { id: 0, seek: window.spans[0]!.start };
    for (const segment of open)
      slot.segments.push(closeSegment(this.job, this.toSource(segment, window), result, place));
    const moved = cut.advanceFrames > 0 && frames - cut.advanceFrames >= MIN_REST_FRAMES;
    return moved ? window.after(cut.advanceFrames) : null;
  }

  /** The segment on the source's clock. */
  private toSource(segment: OpenSegment, window: PackedWindow): OpenSegment {
    const { heard } = this.draft;
    return {
      ...segment,
      ...window.toSource(segment, heard),
      words: segment.words.map((word) => ({ ...word, ...window.toSource(word, heard) })),
    };
  }

  private announceBatch(window: PackedWindow, done: number, windows: number): void {
    this.job.onEvent({
      kind: 'window',
      window: done + 1,
      windows,
      startSec: window.source.startSec,
      durationSec: this.recording.durationSec,
    });
  }
}

/** No window knows the text before it, so that where it stands is all there is to know. */
function stateAt(clip: number, seek: number): WindowState {
  return { clip, seek, promptFrom: 0, lastSpeechSec: 0 };
}

function clipTo(
  speech: readonly SpeechRegion[],
  { start, end }: { start: number; end: number },
): SpeechRegion[] {
  return speech
    .map(({ startSec, endSec }) => ({
      startSec: Math.max(startSec, start / FRAMES_PER_SEC),
      endSec: Math.min(endSec, end / FRAMES_PER_SEC),
    }))
    .filter(({ startSec, endSec }) => startSec < endSec);
}
