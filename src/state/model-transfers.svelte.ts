import { SvelteMap } from 'svelte/reactivity';
import { toSottoError, type SottoError } from '../core/errors';
import { anyPrecision, type ModelCard } from '../core/model-cards';
import type { InstallRequest } from '../core/model-store-api';
import { repositoryRequest } from '../core/models';
import type { DeviceClass } from '../core/precisions';
import {
  addModel,
  deleteUnfinished,
  downloadModel,
  pauseDownload,
  reopenLibrary,
  repairModel,
  zipModel,
  type DownloadNews,
} from '../pipeline/model-library';
import { parseHost } from '../pipeline/parse-host';
import { recallSettings, rememberSettings } from '../pipeline/remembered-settings';
import { STARTING, transferAfter, type Transfer } from './model-transfer';

/** Why models cannot come from a host: downloads run, or the text is no URL that a page may ask. */
export type HostProblem = 'busy' | 'invalid';

/** What a look at a model's files is at: under way, or how many damaged pieces were fetched anew. */
export type FileCheck =
  { readonly kind: 'checking' } | { readonly kind: 'done'; readonly replaced: number };

/** Models on their way to this device and from it: downloads, files taken in, zips, damaged pieces fetched anew. */
export class ModelTransfers {
  host = $state(recallSettings().modelHost);
  /** What failed last with each model. */
  readonly errors = new SvelteMap<string, SottoError>();
  /** Why files could not be taken in, which no card shows. */
  problem = $state.raw<SottoError | null>(null);
  /** Files being taken in, which no card shows yet. */
  adding = $state.raw<Transfer | null>(null);
  /** Repositories asked for on this page, of which nothing may be stored yet. */
  asked = $state.raw<readonly InstallRequest[]>([]);
  readonly #running = new SvelteMap<string, Transfer>();
  readonly #elsewhere = new SvelteMap<string, Transfer>();
  readonly #checks = new SvelteMap<string, FileCheck>();
  readonly #onStored: (signal: AbortSignal) => Promise<void>;
  readonly busy = $derived(this.#running.size > 0 || this.adding !== null);

  /** @param onStored reads anew what is stored, after it may have changed */
  constructor(onStored: (signal: AbortSignal) => Promise<void>) {
    this.#onStored = onStored;
  }

  /** The download of a model; null where none runs. */
  of(id: string): Transfer | null {
    return this.#running.get(id) ?? null;
  }

  /** The download of a model in another tab; null where none runs. */
  elsewhere(id: string): Transfer | null {
    return this.#elsewhere.get(id) ?? null;
  }

  /** What came of checking a model's files; null where that was not asked for. */
  checkOf(id: string): FileCheck | null {
    return this.#checks.get(id) ?? null;
  }

  /** Takes in what becomes of a download in whichever tab. */
  async hear(signal: AbortSignal, news: DownloadNews): Promise<void> {
    const { model } = news;
    const before = this.#elsewhere.get(model);
    if (news.kind === 'ended') {
      if (!before) return;
      await this.#onStored(signal);
      // It may have been taken up again meanwhile.
      if (this.#elsewhere.get(model) === before) this.#elsewhere.delete(model);
    } else if (!this.#running.has(model)) {
      const { event } = news;
      this.#elsewhere.set(model, event ? transferAfter(before ?? STARTING, event) : STARTING);
      this.errors.delete(model);
      if (!before || event?.kind === 'plan') await this.#onStored(signal);
    }
  }

  /** Downloads a model, or the rest of it. The click is the consent: the card names size and host. */
  async install(signal: AbortSignal, id: string, request: InstallRequest): Promise<void> {
    if (this.#running.has(id)) return;
    this.errors.delete(id);
    this.#running.set(id, STARTING);
    try {
      await downloadModel(signal, request, (event) => {
        const before = this.#running.get(id);
        if (before) this.#running.set(id, transferAfter(before, event));
      });
    } catch (thrown) {
      this.fail(signal, id, thrown);
    }
    await this.#onStored(signal);
    this.#running.delete(id);
  }

  /** Downloads any Whisper of the host. @returns why the name is none, null where it is on its way */
  installRepository(
    signal: AbortSignal,
    repository: string,
    device: DeviceClass,
  ): SottoError | null {
    try {
      const best = anyPrecision(device);
      const request = { ...repositoryRequest(repository, best.precision), ...best };
      this.asked = [...this.asked.filter(({ id }) => id !== request.id), request];
      void this.install(signal, request.id, request);
      return null;
    } catch (thrown) {
      return toSottoError(thrown);
    }
  }

  async pause(signal: AbortSignal, id: string): Promise<void> {
    await pauseDownload(signal, id).catch((thrown: unknown) => this.fail(signal, id, thrown));
  }

  /** Takes in a zip or the files of a folder. */
  async add(signal: AbortSignal, files: readonly File[]): Promise<void> {
    if (files.length === 0 || this.adding) return;
    this.problem = null;
    this.adding = STARTING;
    try {
      await addModel(signal, files, (event) => {
        if (this.adding) this.adding = transferAfter(this.adding, event);
      });
    } catch (thrown) {
      if (!signal.aborted) this.problem = toSottoError(thrown, 'storage-failed');
    }
    await this.#onStored(signal);
    this.adding = null;
  }

  /** Compares every stored piece of a model with its hash, and fetches anew what is damaged. */
  async checkFiles(signal: AbortSignal, { id }: ModelCard): Promise<void> {
    if (this.#checks.get(id)?.kind === 'checking') return;
    this.errors.delete(id);
    this.#checks.set(id, { kind: 'checking' });
    try {
      const { replaced } = await repairModel(signal, id);
      this.#checks.set(id, { kind: 'done', replaced: replaced.length });
    } catch (thrown) {
      this.#checks.delete(id);
      this.fail(signal, id, thrown);
    }
  }

  /** Deletes a precision that was begun and not finished; what can be used stays. */
  async dropUnfinished(signal: AbortSignal, { id }: ModelCard): Promise<void> {
    this.errors.delete(id);
    await deleteUnfinished(signal, id).catch((thrown: unknown) => this.fail(signal, id, thrown));
    await this.#onStored(signal);
  }

  /** An installed model as a zip file; null, with its error set, where it cannot be read. */
  async zip(signal: AbortSignal, { id }: ModelCard): Promise<Blob | null> {
    this.errors.delete(id);
    return zipModel(signal, id).catch((thrown: unknown) => this.fail(signal, id, thrown));
  }

  /** Downloads from another host from now on. @returns why the text is no host, null where it is taken */
  setHost(text: string): HostProblem | null {
    if (this.busy) return 'busy';
    const host = parseHost(text);
    if (host === null) return 'invalid';
    this.host = host;
    rememberSettings({ modelHost: host });
    reopenLibrary();
    return null;
  }

  /** Nothing more is to be said of a model that is deleted. */
  forget(id: string): void {
    this.errors.delete(id);
    this.#checks.delete(id);
    this.asked = this.asked.filter((request) => request.id !== id);
  }

  /** Says on a model's card why something did not work. A pause is no failure: the card says it. */
  fail(signal: AbortSignal, id: string, thrown: unknown): null {
    const error = toSottoError(thrown, 'storage-failed');
    if (!signal.aborted && error.code !== 'paused') this.errors.set(id, error);
    return null;
  }
}
