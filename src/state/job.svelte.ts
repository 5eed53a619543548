import type { DeviceLost } from '../core/asr-api';
import { orderByTime } from '../core/conversation';
import { joinStretches, type Stretch } from '../core/coverage';
import { assertNever, toSottoError, type ErrorCode } from '../core/errors';
import { linkFileName } from '../core/link-name';
import type { Segment, Transcript } from '../core/transcript';
import type { Sound } from '../core/transcript-document';
import type { Truncated } from '../pipeline/decode-file';
import type { FileEvent } from '../pipeline/transcribe-file';

/** Where a recording is on its way. Times are seconds in the source. */
export type Phase =
  | { readonly kind: 'queued' }
  | {
      readonly kind: 'fetching';
      readonly host: string;
      readonly loadedBytes: number;
      /** null where the host does not say. */
      readonly totalBytes: number | null;
    }
  | { readonly kind: 'decoding'; readonly decodedSec: number; readonly durationSec: number | null }
  | { readonly kind: 'loading'; readonly loadedBytes: number; readonly totalBytes: number }
  | {
      readonly kind: 'transcribing';
      readonly window: number;
      readonly windows: number;
      readonly doneSec: number;
      readonly durationSec: number;
      /** Expected wait from the speed so far; null until a window is done. */
      readonly leftSec: number | null;
    }
  | { readonly kind: 'done'; readonly transcript: Transcript; readonly tookSec: number }
  | {
      readonly kind: 'failed';
      readonly message: string;
      readonly details: string;
      readonly retryable: boolean;
    }
  | { readonly kind: 'cancelled' };

/** Failures that the same file will meet again. */
const FILE_FAULTS: ReadonlySet<ErrorCode> = new Set([
  'empty-file',
  'not-media',
  'no-audio',
  'no-samples',
  'no-index',
  'unknown-codec',
  'encrypted',
  'too-large',
  'too-long',
  'link-insecure',
  'link-web-page',
]);

/** Where the sound of a file ended before it should have. */
export type Truncation = Truncated;

/** One recording and what is known of its text so far. */
export class Job {
  readonly id = crypto.randomUUID();
  /** What is to be transcribed: a file, or a link to one. */
  readonly source: File | URL;
  /** null until a link has been fetched; kept then for playing and for another try. */
  file = $state.raw<File | null>(null);
  readonly name = $derived.by(() => this.file?.name ?? nameOf(this.source));
  phase = $state.raw<Phase>({ kind: 'queued' });
  segments = $state.raw<readonly Segment[]>([]);
  /** What became of the recording so far. */
  coverage = $state.raw<readonly Stretch[]>([]);
  /** Text of the window in progress, undecided. */
  partial = $state('');
  language = $state<string | null>(null);
  durationSec = $state<number | null>(null);
  /** null until all of the sound has been heard. */
  sound = $state.raw<Sound | null>(null);
  /** Null while nothing is amiss. */
  truncation = $state.raw<Truncation | null>(null);
  /** Set when the job had to go on on WASM. */
  deviceLost = $state.raw<DeviceLost | null>(null);
  readonly active = $derived(
    ['fetching', 'decoding', 'loading', 'transcribing'].includes(this.phase.kind),
  );
  readonly waiting = $derived(this.phase.kind === 'queued');
  /** Between 0 and 1 while the amount of work is known, else null. */
  readonly fraction = $derived(fractionOf(this.phase));
  /** The finished transcript, or what there is of one that was stopped or failed half way. */
  readonly transcript = $derived.by((): Transcript | null => {
    if (this.phase.kind === 'done') return this.phase.transcript;
    if (this.active || this.segments.length === 0) return null;
    return {
      text: this.segments.map((segment) => segment.text).join(''),
      segments: this.segments,
      language: this.language ?? 'en',
      languageProbabilities: null,
      durationSec: this.durationSec ?? this.segments.at(-1)?.endSec ?? 0,
      coverage: this.coverage,
    };
  });
  #abort = new AbortController();
  #startedAtMs = 0;
  #decodingSinceMs = 0;

  constructor(source: File | URL) {
    this.source = source;
    if (source instanceof File) this.file = source;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Ends the job at once and keeps the text so far. */
  stop(): void {
    if (!this.active && !this.waiting) return;
    this.#abort.abort();
    this.partial = '';
    this.phase = { kind: 'cancelled' };
  }

  /** Makes the job as new, to be run again. */
  reset(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.phase = { kind: 'queued' };
    this.segments = [];
    this.coverage = [];
    this.partial = '';
    this.truncation = null;
    this.deviceLost = null;
    this.#startedAtMs = 0;
    this.#decodingSinceMs = 0;
  }

  apply(event: FileEvent): void {
    switch (event.kind) {
      case 'fetch':
        this.phase = { ...event, kind: 'fetching' };
        return;
      case 'decode':
        this.#startedAtMs ||= performance.now();
        this.durationSec = event.durationSec;
        this.phase = { ...event, kind: 'decoding' };
        return;
      case 'truncated':
        this.truncation = event;
        return;
      case 'download':
        this.phase = { ...event, kind: 'loading' };
        return;
      case 'session':
        if (this.phase.kind !== 'loading')
          this.phase = { kind: 'loading', loadedBytes: 0, totalBytes: 0 };
        return;
      case 'device-lost':
        this.deviceLost = event;
        return;
      case 'model':
        this.#startedAtMs = performance.now();
        return;
      case 'audio':
        this.sound = { peaks: event.peaks, peaksPerSec: event.peaksPerSec, speech: event.speech };
        return;
      case 'language':
        this.language = event.language;
        return;
      case 'window':
        this.#decodingSinceMs ||= performance.now();
        this.#showWindow(event.window, event.windows);
        return;
      case 'partial':
        this.partial = event.text;
        return;
      case 'segments':
        this.segments = appendSegments(this.segments, event.segments);
        this.coverage = joinStretches([...this.coverage, ...event.coverage]);
        this.partial = '';
        this.#showDone(event.doneSec, event.durationSec);
        return;
      default:
        assertNever(event);
    }
  }

  finish(transcript: Transcript): void {
    this.segments = transcript.segments;
    this.coverage = transcript.coverage;
    this.partial = '';
    this.language = transcript.language;
    this.durationSec = transcript.durationSec;
    this.phase = {
      kind: 'done',
      transcript,
      tookSec: (performance.now() - this.#startedAtMs) / 1000,
    };
  }

  fail(thrown: unknown): void {
    const { code, message, details } = toSottoError(thrown);
    this.partial = '';
    this.phase = {
      kind: 'failed',
      message,
      details: [code, message, details].filter(Boolean).join('\n'),
      retryable: !FILE_FAULTS.has(code),
    };
  }

  #showWindow(window: number, windows: number): void {
    const before = this.phase.kind === 'transcribing' ? this.phase : { doneSec: 0, leftSec: null };
    this.phase = {
      kind: 'transcribing',
      window,
      windows: Math.max(window, windows),
      doneSec: before.doneSec,
      durationSec: this.durationSec ?? 0,
      leftSec: before.leftSec,
    };
  }

  #showDone(doneSec: number, durationSec: number): void {
    if (this.phase.kind !== 'transcribing') return;
    const spentSec = (performance.now() - this.#decodingSinceMs) / 1000;
    const leftSec = doneSec > 0 ? ((durationSec - doneSec) * spentSec) / doneSec : null;
    this.phase = { ...this.phase, doneSec, durationSec, leftSec };
  }
}

/** Channels are transcribed one after another: the second one's segments belong between those of the first. */
function appendSegments(before: readonly Segment[], more: readonly Segment[]): readonly Segment[] {
  const all = [...before, ...more];
  return more.some(({ speaker }) => speaker !== undefined) ? orderByTime(all) : all;
}

function nameOf(source: File | URL): string {
  return source instanceof File ? source.name : linkFileName(null, source.pathname, source.host);
}

function fractionOf(phase: Phase): number | null {
  if (phase.kind === 'transcribing' && phase.doneSec > 0 && phase.durationSec > 0)
    return Math.min(1, phase.doneSec / phase.durationSec);
  if ((phase.kind === 'fetching' || phase.kind === 'loading') && phase.totalBytes)
    return Math.min(1, phase.loadedBytes / phase.totalBytes);
  return null;
}
