import { SvelteMap } from 'svelte/reactivity';
import type { LoadRequest } from '../core/asr-api';
import { toSottoError, type SottoError } from '../core/errors';
import { downloadPrecision, modelCards, type ModelCard } from '../core/model-cards';
import type { InstallRequest, StorageUse, StoredModel } from '../core/model-store-api';
import { repositoryRequest } from '../core/models';
import type { DeviceClass } from '../core/precisions';
import { DEMO_PRECISIONS } from '../core/check-plan';
import {
  addModel,
  deleteModel,
  downloadModel,
  listModels,
  onModelsChanged,
  pauseDownload,
  readStorageUse,
  reopenLibrary,
  zipModel,
} from '../pipeline/model-library';
import { recallSettings, rememberSettings } from '../pipeline/remembered-settings';
import {
  cardStatus,
  DEMO_ID,
  transferAfter,
  type CardStatus,
  type Transfer,
} from './model-transfer';
import { ThisDevice, type DeviceDecision } from './this-device.svelte';

export type { CardStatus, ModelCard, Transfer };

/** The chosen model was deleted, or is gone: the demo is used instead. */
export interface ModelNotice {
  readonly kind: 'gone' | 'deleted';
  readonly model: string;
}

/** Why models cannot come from a host: downloads run, or the text is no URL that a page may ask. */
export type HostProblem = 'busy' | 'invalid';

/** How long a deletion can be undone. */
const UNDO_MS = 10_000;

/** The models that a person can choose from, what is stored of them, and which one is chosen. */
export class Models {
  stored = $state.raw<readonly StoredModel[]>([]);
  storage = $state.raw<StorageUse | null>(null);
  /** Why nothing could be listed, or what was asked for outside of a card failed. */
  problem = $state.raw<SottoError | null>(null);
  /** What happened to the chosen model without being asked for. */
  notice = $state.raw<ModelNotice | null>(null);
  host = $state(recallSettings().modelHost);
  readonly errors = new SvelteMap<string, SottoError>();
  /** Files being taken in, which no card shows yet. */
  adding = $state.raw<Transfer | null>(null);
  /** The model just deleted, while that can be undone. */
  deleted = $state.raw<{ readonly card: ModelCard; readonly wasChosen: boolean } | null>(null);
  readonly #transfers = new SvelteMap<string, Transfer>();
  /** Repositories asked for on this page. */
  #asked = $state.raw<readonly InstallRequest[]>([]);
  #undoTimer: ReturnType<typeof setTimeout> | undefined;
  #choice = $state.raw(recallSettings().model);
  /** Whether `stored` has been read. */
  #isListed = $state(false);
  readonly #demo: LoadRequest;
  readonly device: ThisDevice;
  readonly cards = $derived(modelCards(this.stored, this.#asked, (id) => this.#classFor(id)));
  readonly chosenId = $derived(this.#choice?.id ?? DEMO_ID);
  readonly isDemo = $derived(this.#choice === null);
  readonly busy = $derived(this.#transfers.size > 0 || this.adding !== null);
  /** Where the chosen model runs, and why. */
  readonly decision = $derived.by(() => this.decide(this.chosenId));
  /** The chosen model, as the next recording will have it. */
  readonly request = $derived.by(() => JSON.parse(this.#requestText) as LoadRequest);
  /** As text, so that what comes out the same is the same: an equal request would be loaded again. */
  readonly #requestText = $derived.by(() => {
    const { device, precision } = this.decision;
    return JSON.stringify({ ...this.requestFor(this.#choice), device, precision });
  });

  /** @param demo the model that comes with the app, with the device and precision asked for, if any */
  constructor(demo: LoadRequest) {
    this.#demo = demo;
    this.device = new ThisDevice(demo);
  }

  /** Name of the model that comes with the app. */
  get demoName(): string {
    return this.#demo.name;
  }

  /** How a model of the store or the one that comes with the app is to be run. @param id as of its card */
  decide(id: string): DeviceDecision {
    const stored = this.stored.find((model) => model.id === id);
    const isKnown = this.#isListed || id === DEMO_ID;
    const precisions = id === DEMO_ID ? DEMO_PRECISIONS : (stored?.precisions ?? []);
    return this.device.decide(id, isKnown ? precisions : null);
  }

  /** Asks for a model wherever it runs best. @param choice null for the one that comes with the app */
  requestFor(choice: { readonly id: string; readonly name: string } | null): LoadRequest {
    const request = { ...this.#demo, threads: this.device.threads };
    if (!choice) return request;
    return { ...request, name: choice.name, source: { kind: 'stored', id: choice.id } };
  }

  /** Looks at the device, and follows what other tabs download and delete. */
  watch(signal: AbortSignal): void {
    void this.device.refresh(signal);
    onModelsChanged(signal, () => void this.refresh(signal));
  }

  /** Looks for the chosen model, which the browser or another tab may have deleted. */
  async verifyChoice(signal: AbortSignal): Promise<void> {
    if (this.#choice) await this.refresh(signal);
  }

  /** Reads anew what is stored, and falls back to the demo where the chosen model is gone. */
  async refresh(signal: AbortSignal): Promise<void> {
    try {
      await this.device.refresh(signal);
      this.stored = await listModels(signal);
      this.#isListed = true;
      this.device.keepNotesOf(this.stored.map(({ id }) => id));
      this.storage = await readStorageUse(signal);
    } catch (thrown) {
      if (!signal.aborted) this.problem = toSottoError(thrown, 'storage-failed');
      return;
    }
    const choice = this.#choice;
    if (!choice || this.stored.some(({ id }) => id === choice.id)) return;
    this.#choose(null);
    this.notice = { kind: 'gone', model: choice.name };
  }

  status(card: ModelCard): CardStatus {
    if (this.deleted?.card.id === card.id) return { kind: 'deleted' };
    return cardStatus(card, this.#transfers.get(card.id) ?? null);
  }

  /** Makes a model the one for recordings added from now on. */
  use(card: ModelCard): void {
    this.notice = null;
    this.#choose(card.id === DEMO_ID ? null : { id: card.id, name: card.title });
  }

  /** Downloads a model, or the rest of it. The click is the consent: the card names size and host. */
  async install(signal: AbortSignal, { id, request }: ModelCard): Promise<void> {
    if (!request || this.#transfers.has(id)) return;
    this.errors.delete(id);
    this.#transfers.set(id, { kind: 'starting' });
    try {
      await downloadModel(signal, request, (event) => {
        const before = this.#transfers.get(id);
        if (before) this.#transfers.set(id, transferAfter(before, event));
      });
    } catch (thrown) {
      if (!signal.aborted) this.#fail(id, thrown);
    }
    await this.refresh(signal);
    this.#transfers.delete(id);
  }

  /** Downloads any Whisper of the host. @returns why the name is none, null where it is on its way */
  installRepository(signal: AbortSignal, repository: string): SottoError | null {
    try {
      const request = repositoryRequest(repository, downloadPrecision(null, this.#classFor(null)));
      this.#asked = [...this.#asked.filter(({ id }) => id !== request.id), request];
      const card = this.cards.find(({ id }) => id === request.id);
      if (card) void this.install(signal, card);
      return null;
    } catch (thrown) {
      return toSottoError(thrown);
    }
  }

  async pause(signal: AbortSignal, { id }: ModelCard): Promise<void> {
    await pauseDownload(signal, id).catch((thrown: unknown) => this.#fail(id, thrown));
  }

  /** Takes in a zip or the files of a folder. */
  async add(signal: AbortSignal, files: readonly File[]): Promise<void> {
    if (files.length === 0 || this.adding) return;
    this.problem = null;
    this.adding = { kind: 'starting' };
    try {
      await addModel(signal, files, (event) => {
        if (this.adding) this.adding = transferAfter(this.adding, event);
      });
    } catch (thrown) {
      if (!signal.aborted) this.problem = toSottoError(thrown, 'storage-failed');
    }
    await this.refresh(signal);
    this.adding = null;
  }

  /** Takes a model out of view, and off the device once it can no longer be undone. */
  delete(signal: AbortSignal, card: ModelCard): void {
    this.commitDelete(signal);
    this.errors.delete(card.id);
    const wasChosen = card.id === this.chosenId;
    if (wasChosen) {
      this.#choose(null);
      this.notice = { kind: 'deleted', model: card.title };
    }
    this.deleted = { card, wasChosen };
    this.#undoTimer = setTimeout(() => this.commitDelete(signal), UNDO_MS);
  }

  undoDelete(): void {
    clearTimeout(this.#undoTimer);
    if (this.deleted?.wasChosen) this.use(this.deleted.card);
    this.deleted = null;
  }

  /** Makes the last deletion final. */
  commitDelete(signal: AbortSignal): void {
    clearTimeout(this.#undoTimer);
    if (this.deleted) void this.#remove(signal, this.deleted.card);
  }

  /** An installed model as a zip file; null, with its error set, where it cannot be read. */
  async zip(signal: AbortSignal, card: ModelCard): Promise<Blob | null> {
    this.errors.delete(card.id);
    try {
      return await zipModel(signal, card.id);
    } catch (thrown) {
      if (!signal.aborted) this.#fail(card.id, thrown);
      return null;
    }
  }

  /** Downloads from another host from now on. @returns why the text is no host, null where it is taken */
  setHost(text: string): HostProblem | null {
    if (this.busy) return 'busy';
    const url = URL.parse(text.trim());
    if (url?.protocol !== 'https:' && url?.hostname !== 'localhost') return 'invalid';
    this.host = url.href.replace(/\/+$/, '');
    rememberSettings({ modelHost: this.host });
    reopenLibrary();
    return null;
  }

  /** What a download is to run on. @param id null for a model that nothing is known of */
  #classFor(id: string | null): DeviceClass {
    return this.decide(id ?? '').deviceClass;
  }

  #choose(choice: { id: string; name: string } | null): void {
    this.#choice = choice;
    rememberSettings({ model: choice });
  }

  async #remove(signal: AbortSignal, { id }: ModelCard): Promise<void> {
    this.#asked = this.#asked.filter((request) => request.id !== id);
    await deleteModel(signal, id).catch((thrown: unknown) => this.#fail(id, thrown));
    await this.refresh(signal);
    if (this.deleted?.card.id === id) this.deleted = null;
  }

  /** A pause is no failure: the card says it. */
  #fail(id: string, thrown: unknown): void {
    const error = toSottoError(thrown, 'storage-failed');
    if (error.code !== 'paused') this.errors.set(id, error);
  }
}
