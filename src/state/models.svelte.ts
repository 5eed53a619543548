import { SvelteMap } from 'svelte/reactivity';
import type { LoadRequest } from '../core/asr-api';
import { toSottoError, type SottoError } from '../core/errors';
import { downloadPrecision, modelCards, type ModelCard } from '../core/model-cards';
import type { InstallRequest, StorageUse, StoredModel } from '../core/model-store-api';
import { repositoryRequest } from '../core/models';
import type { DeviceClass } from '../core/precisions';
import type { ModelChoice } from '../core/retranscription';
import {
  addModel,
  deleteModel,
  downloadModel,
  listModels,
  pauseDownload,
  readStorageUse,
  reopenLibrary,
  zipModel,
} from '../pipeline/model-library';
import { probeDevice } from '../pipeline/probe-device';
import { recallSettings, rememberSettings } from '../pipeline/remembered-settings';
import {
  cardStatus,
  DEMO_ID,
  transferAfter,
  type CardStatus,
  type Transfer,
} from './model-transfer';

export type { CardStatus, ModelCard, Transfer };

/** How long a deletion can be undone. */
const UNDO_MS = 10_000;

/** The models that a person can choose from, what is stored of them, and which one is chosen. */
export class Models {
  stored = $state.raw<readonly StoredModel[]>([]);
  storage = $state.raw<StorageUse | null>(null);
  /** Why nothing could be listed, or what was asked for outside of a card failed. */
  problem = $state.raw<SottoError | null>(null);
  /** What happened to the chosen model without being asked for. */
  notice = $state<string | null>(null);
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
  #device = $state.raw<DeviceClass>('wasm');
  readonly #demo: LoadRequest;
  readonly cards = $derived(modelCards(this.stored, this.#asked, this.#device));
  readonly chosenId = $derived(this.#choice?.id ?? DEMO_ID);
  readonly isDemo = $derived(this.#choice === null);
  readonly busy = $derived(this.#transfers.size > 0 || this.adding !== null);
  /** The chosen model, as the next recording will have it. */
  readonly request = $derived.by((): LoadRequest => {
    const choice = this.#choice;
    return choice ? this.#stored(choice) : this.#demo;
  });
  /** Every model that can be used at once, the chosen one first. */
  readonly choices = $derived.by((): readonly ModelChoice[] => {
    const usable = this.cards.filter((card) => card.usable || card.id === DEMO_ID);
    const all = usable.map(({ id, title: name }) => {
      return { id, name, request: id === DEMO_ID ? this.#demo : this.#stored({ id, name }) };
    });
    return all.sort((a, b) => Number(b.id === this.chosenId) - Number(a.id === this.chosenId));
  });

  /** @param demo the model that comes with the app, with the device and precision asked for, if any */
  constructor(demo: LoadRequest) {
    this.#demo = demo;
  }

  /** Looks for the chosen model, which the browser or another tab may have deleted. */
  async verifyChoice(signal: AbortSignal): Promise<void> {
    if (this.#choice) await this.refresh(signal);
  }

  /** Reads anew what is stored, and falls back to the demo where the chosen model is gone. */
  async refresh(signal: AbortSignal): Promise<void> {
    try {
      this.#device = await probeDevice(this.#demo.device);
      this.stored = await listModels(signal);
      this.storage = await readStorageUse(signal);
    } catch (thrown) {
      if (!signal.aborted) this.problem = toSottoError(thrown, 'storage-failed');
      return;
    }
    const choice = this.#choice;
    if (!choice || this.stored.some(({ id }) => id === choice.id)) return;
    this.#choose(null);
    this.notice = `${choice.name} is no longer on this device. The demo model is used instead.`;
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
      const request = repositoryRequest(repository, downloadPrecision(null, this.#device));
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
      this.notice = `${card.title} was deleted. The demo model is used instead.`;
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
  setHost(text: string): string | null {
    if (this.busy) return 'Pause the downloads first, then change the host.';
    const url = URL.parse(text.trim());
    if (url?.protocol !== 'https:' && url?.hostname !== 'localhost')
      return 'Write the host as a URL that begins with https://.';
    this.host = url.href.replace(/\/+$/, '');
    rememberSettings({ modelHost: this.host });
    reopenLibrary();
    return null;
  }

  #stored({ id, name }: { id: string; name: string }): LoadRequest {
    return { ...this.#demo, name, source: { kind: 'stored', id } };
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
