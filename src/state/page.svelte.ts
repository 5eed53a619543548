import type { LoadRequest } from '../core/asr-api';
import type { SottoError } from '../core/errors';
import { JobKeeper } from './job-keeper';
import { Job, Jobs } from './jobs.svelte';
import { Library } from './library.svelte';
import { isImportable, LibraryActions } from './library-actions.svelte';
import { ModelState } from './model.svelte';
import { Models } from './models.svelte';
import { options } from './options.svelte';
import { Recorder } from './recorder.svelte';
import { Recordings } from './recordings.svelte';
import { View } from './view.svelte';

/** What the page holds, and what a person brings to it wherever they are. */
export class Page {
  settingsOpen = $state(false);
  readonly #life = new AbortController();
  /** Aborts when the page goes. */
  readonly signal = this.#life.signal;
  readonly models: Models;
  readonly model: ModelState;
  readonly jobs: Jobs;
  readonly keeper = new JobKeeper();
  readonly library = new Library((document) => this.jobs.describe(document));
  readonly actions: LibraryActions;
  readonly view = new View();
  readonly recordings = new Recordings();
  readonly recorder = new Recorder(({ kept, discarded }) => {
    this.recordings.add(kept);
    if (discarded) this.recordings.delete(kept);
    else if (kept.file) this.take([kept.file]);
  });
  /** The job on the screen; null where there is none. */
  readonly job = $derived.by(() => (this.view.id === null ? null : this.jobs.find(this.view.id)));
  /** The job that the tab's title tells of. */
  readonly told = $derived.by(() => this.jobs.running ?? this.job);
  /** What the queue beside the screen lists. */
  readonly listed = $derived.by(() =>
    this.view.id === null ? this.jobs.unfinished : this.jobs.list,
  );
  readonly queued = $derived.by(
    () => !this.recorder.live && this.listed.length > (this.view.id === null ? 0 : 1),
  );

  /** @param demo the model that comes with the app, with the device and precision asked for, if any */
  constructor(demo: LoadRequest) {
    this.models = new Models(demo);
    this.model = new ModelState(() => this.models.request);
    const chosen = () => ({ model: this.models.request, ...options.forJob() });
    this.jobs = new Jobs(this.signal, chosen, this.model, this.keeper);
    this.actions = new LibraryActions(this.library, this.jobs);
    this.view.watch(this.signal);
    void this.library.watch(this.signal);
  }

  /** Lets go of everything. */
  leave(): void {
    this.#life.abort();
  }

  /** Queues recordings, and takes in transcripts and backups. */
  take(files: readonly File[]): void {
    this.#show(() => this.jobs.add(files.filter((file) => !isImportable(file)))[0]);
    void this.actions
      .take(this.signal, files)
      .then((imported) => imported && this.view.open(imported.id));
  }

  /** Queues what a link leads to. @returns why it is none; null where it is taken */
  takeLink(text: string): SottoError | null {
    let problem: SottoError | null = null;
    this.#show(() => {
      const added = this.jobs.addLink(text);
      if (added instanceof Job) return added;
      problem = added;
      return null;
    });
    return problem;
  }

  async takeSample(): Promise<void> {
    const sample = await this.jobs.addSample(this.signal);
    if (sample) this.view.open(sample.id);
  }

  goHome(): void {
    this.recorder.dismiss();
    this.view.home();
  }

  /** Queues what `add` adds; the first of it is shown unless something is at work already. */
  #show(add: () => Job | null | undefined): void {
    const busy = this.jobs.running !== null;
    const first = add();
    if (first && !busy) this.view.open(first.id);
  }
}
