import { toSottoError, type SottoError } from '../core/errors';
import type { TranscriptDocument } from '../core/transcript-document';
import { fetchSample } from '../pipeline/fetch-sample';
import { parseLink } from '../pipeline/parse-link';
import type { RecoveredJob } from '../pipeline/recover-jobs';
import { Job, type JobOptions } from './job.svelte';
import type { JobKeeper } from './job-keeper';
import type { ModelState } from './model.svelte';
import { runJob } from './run-job';

export { Job, type JobOptions, type Truncation } from './job.svelte';
export type { Phase } from './job-phase';

/**
 * The recordings of this page, run one after another in the order of the list. Never two at once: there is one engine
 * with one model, since a second would hold its weights twice, and on most devices a model as large as fits is the one
 * worth having. Nor is the next file read ahead: an hour of sound is 230 MB of samples.
 */
export class Jobs {
  list = $state.raw<readonly Job[]>([]);
  /** Why the sample could not be had, until something else is added. */
  sampleError = $state.raw<SottoError | null>(null);
  /** What was done or failed last, and how many were still to come then. */
  lastEnd = $state.raw<{ readonly job: Job; readonly left: number } | null>(null);
  readonly running = $derived(this.list.find((job) => job.active) ?? null);
  readonly waiting = $derived(this.list.filter((job) => job.waiting));
  readonly retryable = $derived(this.list.filter((job) => job.retryable));
  /** How many are running or waiting. */
  readonly pending = $derived(this.waiting.length + (this.running ? 1 : 0));
  /** What is not done: the queue, and what was stopped or failed. */
  readonly unfinished = $derived(this.list.filter((job) => job.phase.kind !== 'done'));
  /** The transcripts that this page has finished, the latest first. */
  readonly results = $derived(
    this.list.flatMap(({ result }) => (result ? [result] : [])).toReversed(),
  );
  /** Settles when the jobs of a page that is gone are in the list. */
  readonly recovered: Promise<void>;
  readonly keeper: JobKeeper;
  readonly #options: () => JobOptions;
  readonly #model: ModelState;
  /** Aborts when the page goes. */
  readonly #life: AbortSignal;
  #pumping = false;

  /** @param options what is chosen now; a recording keeps what it was queued with */
  constructor(
    signal: AbortSignal,
    options: () => JobOptions,
    model: ModelState,
    keeper: JobKeeper,
  ) {
    this.#life = signal;
    this.#options = options;
    this.#model = model;
    this.keeper = keeper;
    this.recovered = this.#recover(signal);
  }

  /** Queues files or links. @returns their jobs */
  add(sources: readonly (File | URL)[]): readonly Job[] {
    if (sources.length === 0) return [];
    this.sampleError = null;
    const added = sources.map((source) => new Job(source, this.#options()));
    this.list = [...this.list, ...added];
    for (const job of added) this.keeper.begin(job);
    this.#keepOrder();
    void this.#pump();
    return added;
  }

  /** Queues what a link leads to. @returns why it cannot be fetched, else its job */
  addLink(text: string): SottoError | Job {
    try {
      return this.add([parseLink(text)])[0]!;
    } catch (thrown) {
      return toSottoError(thrown);
    }
  }

  /** @returns its job; null, with `sampleError` set, where it cannot be had */
  async addSample(signal: AbortSignal): Promise<Job | null> {
    try {
      return this.add([await fetchSample(signal)])[0] ?? null;
    } catch (thrown) {
      if (!signal.aborted) this.sampleError = toSottoError(thrown);
      return null;
    }
  }

  find(id: string): Job | null {
    return this.list.find((job) => job.id === id) ?? null;
  }

  /** Has the job of a transcript take the name and tags that the transcript got meanwhile. */
  describe({ id, title, tags }: TranscriptDocument): void {
    const job = this.find(id);
    // A finished one is told by whoever shows it.
    if (job && !job.result) job.describe({ ...(title !== job.title && { title }), tags });
  }

  /** Moves a waiting job to a place among the waiting ones, from 0. @returns the place that it took */
  move(job: Job, place: number): number {
    const order = this.waiting.filter((other) => other !== job);
    const taken = Math.min(Math.max(0, place), order.length);
    order.splice(taken, 0, job);
    this.list = this.list.map((other) => (other.waiting ? order.shift()! : other));
    this.#keepOrder();
    return taken;
  }

  /** Ends a job and keeps its text so far. */
  stop(job: Job): void {
    if (!job.active && !job.waiting) return;
    job.stop();
    this.keeper.end(job);
  }

  /** Ends all that is running or waiting. */
  stopAll(): void {
    // The waiting ones first: none of them is to begin because another one ended.
    for (const job of [...this.waiting, ...(this.running ? [this.running] : [])]) this.stop(job);
  }

  /**
   * Runs a job again from where it can go on, with the model that it has; from the start, with what is chosen now,
   * where that model was deleted.
   */
  goOn(job: Job): void {
    const isModelGone =
      job.failure?.code === 'model-missing' && job.options.model.source.kind === 'stored';
    // Where another model was, the chosen one cannot go on; the text stays until there is new.
    if (isModelGone) job.point = null;
    if (!job.point) job.options = this.#options();
    job.goOn();
    this.#again(job);
  }

  /** Runs all again that have ended and may yet be done. */
  goOnAll(): void {
    for (const job of this.retryable) this.goOn(job);
  }

  /** Runs a job again from the start, with what is chosen now. */
  restart(job: Job): void {
    job.options = this.#options();
    job.restart();
    this.#again(job);
  }

  /** Makes what there is of a job that was stopped or failed a finished transcript. */
  async keep(job: Job): Promise<void> {
    this.keeper.begin(job, this.#life);
    try {
      await this.keeper.claim(job);
      job.keep();
      this.keeper.end(job);
    } catch (thrown) {
      job.fail(thrown);
    }
  }

  /** Takes a job that is not running off the list. Its text, if any, stays on the device. */
  dismiss(job: Job): void {
    this.list = this.list.filter((other) => other !== job);
    if (job.segments.length === 0) void this.keeper.discard(job);
  }

  /** Takes a job off the list that another tab has finished. */
  leave(job: Job): void {
    this.list = this.list.filter((other) => other !== job);
  }

  /** Puts a job that was dismissed without any text back on the list, to begin anew. */
  bringBack(job: Job): void {
    this.list = [...this.list, job];
    this.restart(job);
  }

  /** Brings an unfinished transcript of a page that is gone back as a job. @returns null where it cannot go on here */
  async restore(signal: AbortSignal, id: string): Promise<Job | null> {
    await this.recovered;
    const known = this.find(id);
    if (known) return known;
    const found = await this.keeper.recover(signal, id);
    // Both the list and the screen may ask.
    return found && (this.find(id) ?? this.#take(found));
  }

  async #recover(signal: AbortSignal): Promise<void> {
    const found = await this.keeper.recoverAll(signal);
    if (signal.aborted) return;
    for (const job of found) this.#take(job);
    void this.#pump();
  }

  #take(found: RecoveredJob): Job {
    const job = this.keeper.revive(found);
    this.list = [...this.list, job];
    return job;
  }

  #again(job: Job): void {
    this.keeper.begin(job);
    this.#keepOrder();
    void this.#pump();
  }

  #keepOrder(): void {
    this.keeper.keepOrder(this.unfinished);
  }

  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    for (let job = this.waiting[0]; job; job = this.waiting[0]) {
      await runJob(job, this.#model, this.keeper);
      const { kind } = job.phase;
      if (kind === 'done' || kind === 'failed') this.lastEnd = { job, left: this.waiting.length };
    }
    this.#pumping = false;
  }
}
