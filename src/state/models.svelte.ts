import type { LoadRequest } from '../core/asr-api';
import { toSottoError, type SottoError } from '../core/errors';
import { modelCards, type ModelCard } from '../core/model-cards';
import type { StorageUse, StoredModel } from '../core/model-store-api';
import { DEMO_PRECISIONS } from '../core/check-plan';
import { DEMO_ID } from '../core/model-paths';
import type { ModelChoice } from '../core/retranscription';
import { askToPersist } from '../pipeline/keep-storage';
import { deleteModel, listModels, readStorageUse, watchModels } from '../pipeline/model-library';
import { recallSettings, rememberSettings } from '../pipeline/remembered-settings';
import { cardStatus, type CardStatus, type Transfer } from './model-transfer';
import { ModelTransfers, type FileCheck, type HostProblem } from './model-transfers.svelte';
import { ThisDevice, type DeviceDecision } from './this-device.svelte';

export type { CardStatus, FileCheck, HostProblem, ModelCard, Transfer };

/** The chosen model was deleted, or is gone: the demo is used instead. */
export interface ModelNotice {
  readonly kind: 'gone' | 'deleted';
  readonly model: string;
}

/** How long a deletion can be undone. */
const UNDO_MS = 10_000;

/** The models that a person can choose from, what is stored of them, and which one is chosen. */
export class Models {
  stored = $state.raw<readonly StoredModel[]>([]);
  storage = $state.raw<StorageUse | null>(null);
  /** Why what is stored could not be listed. */
  problem = $state.raw<SottoError | null>(null);
  /** What happened to the chosen model without being asked for. */
  notice = $state.raw<ModelNotice | null>(null);
  /** The model just deleted, while that can be undone. */
  deleted = $state.raw<{ readonly card: ModelCard; readonly wasChosen: boolean } | null>(null);
  #undoTimer: ReturnType<typeof setTimeout> | undefined;
  #choice = $state.raw(recallSettings().model);
  /** Whether `stored` has been read. */
  #isListed = $state(false);
  readonly #demo: LoadRequest;
  readonly device: ThisDevice;
  readonly transfers = new ModelTransfers((signal) => this.refresh(signal));
  readonly cards = $derived(
    modelCards(this.stored, this.transfers.asked, (id) => this.decide(id).deviceClass),
  );
  readonly chosenId = $derived(this.#choice?.id ?? DEMO_ID);
  readonly isDemo = $derived(this.#choice === null);
  /** Where the chosen model runs, and why. */
  readonly decision = $derived.by(() => this.decide(this.chosenId));
  /** The chosen model, as the next recording will have it. */
  readonly request = $derived.by(() => JSON.parse(this.#requestText) as LoadRequest);
  /** As text, so that what comes out the same is the same: an equal request would be loaded again. */
  readonly #requestText = $derived.by(() => {
    const { device, precision } = this.decision;
    return JSON.stringify({ ...this.requestFor(this.#choice), device, precision });
  });
  /** Every model that can be used at once, the chosen one first. */
  readonly choices = $derived.by((): readonly ModelChoice[] => {
    const usable = this.cards.filter((card) => card.usable || card.id === DEMO_ID);
    const all = usable.map(({ id, title: name }) => {
      const { device, precision } = this.decide(id);
      const request = this.requestFor(id === DEMO_ID ? null : { id, name });
      return { id, name, request: { ...request, device, precision } };
    });
    return all.sort((a, b) => Number(b.id === this.chosenId) - Number(a.id === this.chosenId));
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
    this.device.watch(signal);
    watchModels(signal, (news) => {
      if (news.kind === 'changed') void this.refresh(signal);
      else void this.transfers.hear(signal, news);
    });
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
      this.problem = null;
    } catch (thrown) {
      if (!signal.aborted) this.problem = toSottoError(thrown, 'storage-failed');
      return;
    }
    const choice = this.#choice;
    if (!choice || this.stored.some(({ id }) => id === choice.id)) return;
    this.#choose(null);
    this.notice = { kind: 'gone', model: choice.name };
  }

  /** Asks the browser to keep what is stored here. @returns whether it promises that */
  async askToKeep(signal: AbortSignal): Promise<boolean> {
    const promised = await askToPersist();
    await this.refresh(signal);
    return promised === true;
  }

  status(card: ModelCard): CardStatus {
    if (this.deleted?.card.id === card.id) return { kind: 'deleted' };
    const { transfers } = this;
    const isAddingHere = transfers.adding !== null;
    return cardStatus(card, transfers.of(card.id), transfers.elsewhere(card.id), isAddingHere);
  }

  /** Makes a model the one for recordings added from now on. */
  use(card: ModelCard): void {
    this.notice = null;
    this.#choose(card.id === DEMO_ID ? null : { id: card.id, name: card.title });
  }

  /** Downloads any Whisper of the host. @returns why the name is none, null where it is on its way */
  installRepository(signal: AbortSignal, repository: string): SottoError | null {
    return this.transfers.installRepository(signal, repository, this.decide('').deviceClass);
  }

  /** Takes a model out of view, and off the device once it can no longer be undone. */
  delete(signal: AbortSignal, card: ModelCard): void {
    this.commitDelete(signal);
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

  #choose(choice: { id: string; name: string } | null): void {
    this.#choice = choice;
    rememberSettings({ model: choice });
  }

  async #remove(signal: AbortSignal, { id }: ModelCard): Promise<void> {
    this.transfers.forget(id);
    await deleteModel(signal, id).catch((thrown: unknown) =>
      this.transfers.fail(signal, id, thrown),
    );
    await this.refresh(signal);
    if (this.deleted?.card.id === id) this.deleted = null;
  }
}
