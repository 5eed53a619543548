import type { DeviceLost } from '../core/asr-api';
import { addSegments, mergeSounds } from '../core/conversation';
import { joinStretches, type Stretch } from '../core/coverage';
import { assertNever } from '../core/errors';
import { finishEarly } from '../core/finish-early';
import type { GpuRefused } from '../core/gpu-check';
import type { DecodedSoFar, ResumePoint } from '../core/resume-point';
import type { Segment, Transcript } from '../core/transcript';
import type { Provenance, Sound, TranscriptDocument } from '../core/transcript-document';
import type { Truncated } from '../pipeline/decode-file';
import type { LibraryChange } from '../pipeline/library-changes';
import { expectAgain, restoreFile, type ExpectedFile } from '../pipeline/recover-jobs';
import { isConversation } from '../pipeline/transcribe-channels';
import type { FileEvent, FileOptions } from '../pipeline/transcribe-file';
import { documentOf, personalOf } from './job-document';
import {
  failedPhase,
  fractionOf,
  isActive,
  nameOf,
  stemOf,
  windowPhase,
  type Phase,
} from './job-phase';
import { Pace } from './pace';

/** Where the sound of a file ended before it should have. */
export type Truncation = Truncated;

/** With what a recording is transcribed: what was chosen when it was queued. */
export type JobOptions = Pick<FileOptions, 'model' | 'decoding' | 'audio' | 'limits'>;

/** One recording and what is known of its text so far. */
export class Job {
  /** Also the id of its transcript. */
  readonly id: string;
  /** What is to be transcribed: a file, or a link to one; null where a reload lost it. */
  readonly source: File | URL | null;
  readonly createdAtMs: number;
  options: JobOptions;
  /** Jobs run in ascending order of it. */
  position = 0;
  /** Which file it was, where it has to be chosen again. */
  expected: ExpectedFile | null = null;
  /** null until a link has been fetched; kept then for playing and for another try. */
  file = $state.raw<File | null>(null);
  readonly name = $derived.by(
    () => this.file?.name ?? (this.source ? nameOf(this.source) : this.#sourceName),
  );
  /** What a person said of it in the library. */
  given = $state.raw<LibraryChange>({});
  readonly title = $derived.by(() => this.given.title ?? stemOf(this.name));
  phase = $state.raw<Phase>({ kind: 'queued' });
  segments = $state.raw<readonly Segment[]>([]);
  /** What became of the recording so far. */
  coverage = $state.raw<readonly Stretch[]>([]);
  /** Text of the window in progress, undecided. */
  partial = $state('');
  language = $state<string | null>(null);
  languageProbabilities = $state.raw<Transcript['languageProbabilities']>(null);
  durationSec = $state<number | null>(null);
  /** How far into the source all is decided. */
  doneSec = $state(0);
  /** Where to go on; null where it would have to start over. */
  point = $state.raw<ResumePoint | null>(null);
  /** null until all of the sound has been heard. */
  sound = $state.raw<Sound | null>(null);
  /** Null while nothing is amiss. */
  truncation = $state.raw<Truncation | null>(null);
  /** Set when the job had to go on on WASM. */
  deviceLost = $state.raw<DeviceLost | null>(null);
  /** Set when WebGPU did not pass its check, or could not be checked. */
  gpuRefused = $state.raw<GpuRefused | null>(null);
  provenance: Provenance | null = null;
  /** The finished transcript, as it was last edited. */
  result = $state.raw<TranscriptDocument | null>(null);
  readonly active = $derived(isActive(this.phase));
  readonly waiting = $derived(this.phase.kind === 'queued');
  /** Between 0 and 1 while the amount of work is known, else null. */
  readonly fraction = $derived(fractionOf(this.phase));
  /** It was stopped or failed half way, and what there is can be kept as it is. */
  readonly keepable = $derived(
    (this.phase.kind === 'cancelled' || this.phase.kind === 'failed') && this.segments.length > 0,
  );
  /** The file is not here and has to be chosen again before the job can go on. */
  readonly missing = $derived.by(() => this.file === null && !(this.source instanceof URL));
  /** It has ended, and may yet be done. */
  readonly retryable = $derived.by(
    () => !this.missing && (this.phase.kind === 'cancelled' || this.failure?.retryable === true),
  );
  #sourceName = '';
  #abort = new AbortController();
  #pace = new Pace();
  /** The text so far is of a run that cannot be gone on with: it stays until this one has some. */
  #startsOver = false;

  /** @param before the transcript of a page that is gone, to go on with */
  constructor(
    source: File | URL | null,
    options: JobOptions,
    before: TranscriptDocument | null = null,
  ) {
    this.source = source;
    this.options = options;
    this.id = before?.id ?? crypto.randomUUID();
    this.createdAtMs = before?.createdAtMs ?? Date.now();
    if (source instanceof File) this.file = source;
    if (before) this.#take(before);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** What the engine needs to go on; null where it starts over. */
  get soFar(): DecodedSoFar | null {
    const { segments, coverage, point } = this;
    return point && { segments, coverage, point };
  }

  /** Why it failed; null where it did not. */
  get failure(): Omit<Phase & { readonly kind: 'failed' }, 'kind'> | null {
    if (this.phase.kind !== 'failed') return null;
    const { code, message, details, retryable } = this.phase;
    return { code, message, details, retryable };
  }

  /** The file cannot be read any more. */
  loseFile(): void {
    if (!this.file) return;
    this.expected = expectAgain(this.file);
    this.file = null;
  }

  /** Takes the file that was lost; while nothing is decided it may have been changed since. @returns whether it is that file */
  provide(file: File): boolean {
    const { expected } = this;
    if (expected && file.name !== expected.name) return false;
    if (expected && this.point && file.size !== expected.sizeBytes) return false;
    this.file = restoreFile(file, expected?.recording ?? null);
    return true;
  }

  /** Takes the name and tags that it has in the library. */
  describe(change: LibraryChange): void {
    this.given = { ...this.given, ...change };
    if (this.result) this.result = { ...this.result, ...change };
  }

  /** Takes how far another tab got with it. @param options with what */
  catchUp(further: TranscriptDocument, options: JobOptions): void {
    this.#take(further);
    this.options = options;
  }

  /** The job as it is kept on the device. */
  toDocument(): TranscriptDocument {
    return documentOf(this);
  }

  /** Ends the job at once and keeps the text so far. */
  stop(): void {
    if (!this.active && !this.waiting) return;
    this.#abort.abort();
    this.partial = '';
    this.phase = { kind: 'cancelled' };
  }

  /** Makes the job ready to be run again, from where it can go on. */
  goOn(): void {
    this.#renew();
    this.#startsOver = this.point === null;
    if (this.#startsOver) this.#forget();
  }

  /** Makes the job as new, to be run again. */
  restart(): void {
    this.#renew();
    this.#clear();
    this.#forget();
  }

  apply(event: FileEvent): void {
    switch (event.kind) {
      case 'fetch':
        this.phase = { ...event, kind: 'fetching' };
        return;
      case 'decode':
        this.durationSec = event.durationSec ?? this.durationSec;
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
      case 'gpu-check':
        this.phase = { kind: 'checking' };
        return;
      case 'gpu-refused':
        this.gpuRefused = event;
        return;
      case 'device-lost':
        this.deviceLost = event;
        return;
      case 'model':
        return;
      case 'audio':
        this.#hear(event);
        return;
      case 'language':
        this.language = event.language;
        this.languageProbabilities = event.probabilities;
        return;
      case 'window':
        this.#showWindow(event.window, event.windows);
        return;
      case 'partial':
        this.partial = event.text;
        return;
      case 'segments':
        if (this.#startsOver) this.#clear();
        this.segments = addSegments(this.segments, event.segments);
        this.coverage = joinStretches([...this.coverage, ...event.coverage]);
        this.point = event.point;
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
    this.languageProbabilities = transcript.languageProbabilities;
    this.durationSec = transcript.durationSec;
    this.doneSec = transcript.durationSec;
    this.phase = { kind: 'done' };
    this.result = this.toDocument();
  }

  /** Makes what there is a finished transcript, which is not gone on with. */
  keep(): void {
    this.result = finishEarly(this.toDocument());
    this.coverage = this.result.coverage;
    this.point = null;
    this.phase = { kind: 'done' };
  }

  fail(thrown: unknown): void {
    this.partial = '';
    this.phase = failedPhase(thrown);
  }

  #clear(): void {
    this.deviceLost = null;
    this.gpuRefused = null;
    this.segments = [];
    this.coverage = [];
    this.point = null;
    this.#startsOver = false;
  }

  #forget(): void {
    this.doneSec = 0;
    this.sound = null;
  }

  /** Of channels transcribed apart each is heard by itself. */
  #hear({ peaks, peaksPerSec, speech }: Sound): void {
    const heard = { peaks, peaksPerSec, speech };
    const apart = this.file !== null && isConversation(this.file);
    this.sound = apart && this.sound ? mergeSounds(this.sound, heard) : heard;
  }

  #take(before: TranscriptDocument): void {
    this.#sourceName = before.sourceName;
    this.given = personalOf(before);
    this.segments = before.segments;
    this.coverage = before.coverage;
    this.language = before.language;
    this.languageProbabilities = before.languageProbabilities;
    this.durationSec = before.durationSec;
    this.doneSec = before.doneSec;
    this.point = before.resume;
    this.sound = before.sound;
    this.provenance = before.provenance;
  }

  #renew(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.phase = { kind: 'queued' };
    this.partial = '';
    this.truncation = null;
    this.result = null;
    this.#pace = new Pace();
  }

  #showWindow(window: number, windows: number): void {
    const { doneSec, durationSec } = this;
    this.#pace.decode(doneSec);
    this.phase = windowPhase(this.phase, { window, windows, doneSec, durationSec });
  }

  #showDone(doneSec: number, durationSec: number): void {
    this.doneSec = doneSec;
    if (this.phase.kind !== 'transcribing') return;
    const leftSec = this.#pace.leftSec(doneSec, durationSec);
    this.phase = { ...this.phase, doneSec, durationSec, leftSec };
  }
}
