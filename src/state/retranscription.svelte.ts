import { regionOf, replaceRegion, type Chosen } from '../core/edit-region';
import { idsOf } from '../core/edit-transcript';
import type { DeviceLost } from '../core/asr-api';
import type { Stretch } from '../core/coverage';
import { toSottoError, type SottoError } from '../core/errors';
import type { GpuRefused } from '../core/gpu-check';
import {
  decodingAgain,
  plainText,
  translationOf,
  type RetranscribeOptions,
} from '../core/retranscription';
import type { Segment } from '../core/transcript';
import type { SpeechRegion } from '../core/voice-activity';
import type { TranscriptDocument } from '../core/transcript-document';
import { retranscribeSpeech, retranscribeWhole } from '../pipeline/retranscribe';
import type { FileEvent } from '../pipeline/transcribe-file';
import { atWork } from './at-work.svelte';
import type { Editor } from './editor.svelte';
import { compareTexts, type TextChange } from './match-words';

/** What new text is to the old; `none` where none came of it. */
export type NewText = 'other' | 'same' | 'none';

/** Where transcribing again is on its way. */
export type AgainPhase =
  | { readonly kind: 'choosing' }
  /** `fraction` of the work, between 0 and 1; null until it is known. */
  | {
      readonly kind: 'working';
      readonly step: 'reading' | 'model' | 'check' | 'text';
      readonly fraction: number | null;
    }
  | {
      readonly kind: 'ready';
      readonly segments: readonly Segment[];
      readonly replaced: Chosen;
      readonly changes: readonly TextChange[];
      readonly text: NewText;
    }
  | { readonly kind: 'failed'; readonly error: SottoError };

/** Transcribing speech again, seeing the difference, and taking it or not; or translating the whole. */
export class Retranscription {
  phase = $state.raw<AgainPhase>({ kind: 'choosing' });
  /** What is to be transcribed again: some of the speech, or the whole into English; null while nobody asks. */
  subject = $state.raw<Chosen | 'whole' | null>(null);
  /** Where speech without text is to be transcribed; null where it is not. */
  readonly lost = $derived.by(() =>
    this.subject === null || this.subject === 'whole' ? null : regionOf(this.subject.lost),
  );
  /** Set when the work had to go on on WASM. */
  deviceLost = $state.raw<DeviceLost | null>(null);
  /** Set when WebGPU did not pass its check, or could not be checked. */
  gpuRefused = $state.raw<GpuRefused | null>(null);
  readonly #editor: Editor;
  #abort = new AbortController();

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  /** Asks how the selected segments, speech that no text came of, or the whole are to be transcribed again. */
  ask(what: 'selected' | readonly Stretch[] | 'whole'): void {
    this.reset();
    if (what === 'whole') this.subject = what;
    else if (what === 'selected') this.subject = { ids: this.#editor.selectedIds, lost: [] };
    else this.subject = { ids: idsOf([]), lost: what };
  }

  /** Stops and forgets all of it. */
  close(): void {
    this.reset();
    this.subject = null;
  }

  /** Transcribes the speech that was asked for again. Nothing is changed until `accept`. */
  async transcribe(file: File, options: RetranscribeOptions): Promise<void> {
    const { subject } = this;
    if (subject === null || subject === 'whole') return;
    const old = this.#editor.shown.filter(({ id }) => subject.ids.has(id));
    const chosen = { spoken: [...old, ...subject.lost], all: this.#editor.segments };
    const region = regionOf(chosen.spoken);
    if (!region) return;
    await this.#work(async (signal) => {
      const decoding = decodingAgain(this.#editor.document, options);
      const request = { model: options.model.request, decoding };
      const listen = (event: FileEvent): void => this.#apply(event, region);
      const { transcript } = await retranscribeSpeech(signal, file, chosen, request, listen);
      if (signal.aborted) return;
      const { segments } = transcript;
      const now = plainText(segments);
      const changes = compareTexts(plainText(old), now);
      const same = changes.every(({ kind }) => kind === 'same');
      const text = now === '' ? 'none' : same ? 'same' : 'other';
      this.phase = { kind: 'ready', segments, replaced: subject, changes, text };
    });
  }

  /** Takes the new text in the place of the old, as one step that can be undone. */
  accept(): void {
    if (this.phase.kind !== 'ready') return;
    const { segments, replaced } = this.phase;
    const before = this.#editor.segments;
    const after = replaceRegion(before, replaced, segments);
    this.#editor.setSegments(after);
    const known = idsOf(before);
    this.#editor.focus(after.find(({ id }) => !known.has(id))?.id ?? null);
    this.close();
  }

  /** Translates the whole recording into English. @returns a transcript of its own; null where it was stopped or failed */
  async translate(
    file: File,
    options: RetranscribeOptions,
    title: string,
  ): Promise<TranscriptDocument | null> {
    let translation: TranscriptDocument | null = null;
    await this.#work(async (signal) => {
      const { document } = this.#editor;
      const decoding = decodingAgain(document, options);
      const request = { model: options.model.request, decoding };
      const made = await retranscribeWhole(signal, file, request, (event) =>
        this.#apply(event, { startSec: 0, endSec: document.durationSec ?? 0 }),
      );
      if (signal.aborted) return;
      const id = crypto.randomUUID();
      translation = translationOf(document, { id, title, nowMs: Date.now(), decoding, ...made });
      this.phase = { kind: 'choosing' };
    });
    return translation;
  }

  /** Stops what is at work and forgets what came of it. */
  reset(): void {
    this.#abort.abort();
    this.phase = { kind: 'choosing' };
    this.deviceLost = null;
    this.gpuRefused = null;
  }

  async #work(task: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.reset();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.phase = { kind: 'working', step: 'reading', fraction: null };
    try {
      await atWork.during(() => task(signal));
    } catch (thrown) {
      if (!signal.aborted) this.phase = { kind: 'failed', error: toSottoError(thrown) };
    }
  }

  #apply(event: FileEvent, { startSec, endSec }: SpeechRegion): void {
    if (this.phase.kind !== 'working') return;
    if (event.kind === 'device-lost') this.deviceLost = event;
    else if (event.kind === 'gpu-refused') this.gpuRefused = event;
    else if (event.kind === 'download')
      this.phase = {
        kind: 'working',
        step: 'model',
        fraction: event.loadedBytes / event.totalBytes,
      };
    else if (event.kind === 'gpu-check')
      this.phase = { kind: 'working', step: 'check', fraction: null };
    else if (event.kind === 'window')
      this.phase = { kind: 'working', step: 'text', fraction: null };
    else if (event.kind === 'segments') {
      const wholeSec = Math.max(1, (endSec || event.durationSec) - startSec);
      const fraction = (event.doneSec - startSec) / wholeSec;
      this.phase = { kind: 'working', step: 'text', fraction: Math.min(1, Math.max(0, fraction)) };
    }
  }
}
