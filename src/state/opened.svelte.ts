import { toSottoError, type SottoError } from '../core/errors';
import type { TranscriptDocument } from '../core/transcript-document';
import { readTranscriptAudio, watchTranscripts } from '../pipeline/transcript-library';
import type { Job, Jobs } from './jobs.svelte';

/** The transcript on the screen, wherever it is: made by this page, kept by an earlier one, or made in another tab. */
export class Opened {
  readonly id: string;
  /** null until it is read, and where there is none. */
  document = $state.raw<TranscriptDocument | null>(null);
  /** null where it was not kept. */
  audio = $state.raw<File | null>(null);
  /** Whether it has been looked for. */
  loaded = $state(false);
  problem = $state.raw<SottoError | null>(null);
  readonly #jobs: Jobs;
  /** The job that makes it; null where it is finished since before this page, or another tab's. */
  readonly job = $derived.by((): Job | null => this.#jobs.find(this.id));
  /** What there is to read and edit; null while a job is still at it. */
  readonly finished = $derived.by((): TranscriptDocument | null => {
    if (!this.job) return this.document;
    return this.job.result;
  });
  readonly file = $derived.by((): File | null => this.job?.file ?? this.audio);

  constructor(jobs: Jobs, id: string) {
    this.#jobs = jobs;
    this.id = id;
  }

  /** Looks for it on the device; one that is not finished goes on or can be gone on with. */
  async load(signal: AbortSignal): Promise<void> {
    try {
      if (!this.#jobs.find(this.id)) await this.#jobs.restore(signal, this.id);
      this.#follow(signal);
      const document = await this.#jobs.keeper.read(signal, this.id);
      this.audio = document && (await readTranscriptAudio(signal, document));
      this.#receive(document);
    } catch (thrown) {
      if (!signal.aborted) this.problem = toSottoError(thrown, 'storage-blocked');
    } finally {
      if (!signal.aborted) this.loaded = true;
    }
  }

  /** Takes and keeps what a person has changed. @param before from what they changed it */
  change(document: TranscriptDocument, before: TranscriptDocument): void {
    this.#take(document);
    this.#jobs.keeper.save(document, before);
  }

  /** Makes what there is of an unfinished one a finished transcript, to be edited. */
  async keep(signal: AbortSignal): Promise<void> {
    if (this.job) return this.#jobs.keep(this.job);
    if (this.document) this.#take(await this.#jobs.keeper.finishEarly(signal, this.document));
  }

  /** Shows what other tabs make of it. */
  #follow(signal: AbortSignal): void {
    watchTranscripts(signal, ({ id, updatedAtMs }) => {
      const known = this.finished?.updatedAtMs;
      if (id === this.id && (known === undefined || updatedAtMs !== known))
        void this.#reread(signal).catch(() => undefined);
    });
  }

  async #reread(signal: AbortSignal): Promise<void> {
    this.#receive(await this.#jobs.keeper.read(signal, this.id));
  }

  #receive(document: TranscriptDocument | null): void {
    // What a job comes to is known here first.
    if (!this.job?.active && !this.job?.waiting) this.#take(document);
  }

  #take(document: TranscriptDocument | null): void {
    const { job } = this;
    if (!job || !document) this.document = document;
    else if (job.result) job.result = document;
    else if (document.status === 'done') {
      // Another tab has finished what was stopped here.
      this.document = document;
      this.#jobs.leave(job);
    }
  }
}
