import { toSottoError, type SottoError } from '../core/errors';
import { finishEarly } from '../core/finish-early';
import type { TranscriptDocument } from '../core/transcript-document';
import {
  readTranscript,
  readTranscriptAudio,
  watchTranscripts,
} from '../pipeline/transcript-library';
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
      if (this.#jobs.find(this.id)) return;
      const document = await readTranscript(signal, this.id);
      this.audio = document && (await readTranscriptAudio(signal, document));
      this.document = document;
      if (this.document?.status === 'working') this.#follow(signal);
    } catch (thrown) {
      if (!signal.aborted) this.problem = toSottoError(thrown, 'storage-blocked');
    } finally {
      if (!signal.aborted) this.loaded = true;
    }
  }

  /** Takes and keeps what a person has changed. */
  change(document: TranscriptDocument): void {
    if (this.job) this.job.result = document;
    else this.document = document;
    this.#jobs.keeper.save(document);
  }

  /** Makes what there is of an unfinished one a finished transcript, to be edited. */
  async keep(): Promise<void> {
    if (this.job) await this.#jobs.keep(this.job);
    else if (this.document) this.change({ ...finishEarly(this.document), updatedAtMs: Date.now() });
  }

  /** Shows what another tab decides, until it is done with it. */
  #follow(signal: AbortSignal): void {
    watchTranscripts(signal, ({ id }) => {
      if (id === this.id && this.document?.status === 'working') void this.#reread(signal);
    });
  }

  async #reread(signal: AbortSignal): Promise<void> {
    this.document = await readTranscript(signal, this.id).catch(() => this.document);
  }
}
