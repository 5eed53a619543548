import type { LoadRequest } from '../core/asr-api';
import { toSottoError, type SottoError } from '../core/errors';
import { fetchSample } from '../pipeline/fetch-sample';
import { openLink } from '../pipeline/open-link';
import { parseLink } from '../pipeline/parse-link';
import { SpeedMeter } from '../pipeline/speed-meter';
import { isConversation, transcribeChannels } from '../pipeline/transcribe-channels';
import { transcribeFile, type FileEvent } from '../pipeline/transcribe-file';
import { Job } from './job.svelte';
import type { ModelState } from './model.svelte';

export { Job, type Phase, type Truncation } from './job.svelte';

/** The recordings of this page, run one after another in the order they came. */
export class Jobs {
  list = $state.raw<readonly Job[]>([]);
  selected = $state.raw<Job | null>(null);
  /** Why the sample could not be had, until something else is added. */
  sampleError = $state.raw<SottoError | null>(null);
  readonly running = $derived(this.list.find((job) => job.active) ?? null);
  readonly #request: () => LoadRequest;
  readonly #model: ModelState;
  #queue: Promise<void> = Promise.resolve();

  /** @param request the chosen model; a recording keeps the one that it was queued with */
  constructor(request: () => LoadRequest, model: ModelState) {
    this.#request = request;
    this.#model = model;
  }

  /** Queues files or links; the first of them is shown unless something is at work already. */
  add(sources: readonly (File | URL)[]): void {
    if (sources.length === 0) return;
    this.sampleError = null;
    const added = sources.map((source) => new Job(source));
    if (!this.running) this.selected = added[0] ?? this.selected;
    this.list = [...this.list, ...added];
    for (const job of added) this.#enqueue(job);
  }

  /** Queues what a link leads to. @returns why it cannot be fetched, null where it is on its way */
  addLink(text: string): SottoError | null {
    try {
      this.add([parseLink(text)]);
      return null;
    } catch (thrown) {
      return toSottoError(thrown);
    }
  }

  async addSample(signal: AbortSignal): Promise<void> {
    try {
      this.add([await fetchSample(signal)]);
    } catch (thrown) {
      if (!signal.aborted) this.sampleError = toSottoError(thrown);
    }
  }

  retry(job: Job): void {
    job.reset();
    this.#enqueue(job);
  }

  #enqueue(job: Job): void {
    const { signal } = job;
    const request = this.#request();
    this.#queue = this.#queue.then(() => this.#run(signal, job, request));
  }

  async #run(signal: AbortSignal, job: Job, model: LoadRequest): Promise<void> {
    if (signal.aborted) return;
    const meter = new SpeedMeter(model);
    const apply = (event: FileEvent): void => {
      if (signal.aborted) return;
      meter.apply(event);
      this.#model.apply(event);
      job.apply(event);
    };
    try {
      const options = { model, decoding: {} };
      const file = (job.file ??= await fetchSource(signal, job.source, apply));
      const transcript = isConversation(file)
        ? await transcribeChannels(signal, file, options, apply)
        : await transcribeFile(signal, file, options, apply);
      if (signal.aborted) return;
      meter.finish(transcript.durationSec);
      job.finish(transcript);
    } catch (thrown) {
      // Stopping is silence: the job says "stopped" already.
      if (!signal.aborted) job.fail(thrown);
    }
  }
}

function fetchSource(
  signal: AbortSignal,
  source: File | URL,
  onEvent: (event: FileEvent) => void,
): File | Promise<File> {
  return source instanceof File ? source : openLink(signal, source, onEvent);
}
