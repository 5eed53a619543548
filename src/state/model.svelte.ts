import type { LoadedModel, LoadRequest } from '../core/asr-api';
import { preloadsModel, watchUnload } from '../pipeline/engine-life';
import { prepareModel } from '../pipeline/prepare-model';
import type { FileEvent } from '../pipeline/transcribe-file';

type Status =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading'; readonly fraction: number | null }
  /** Loaded, and being checked on WebGPU. */
  | { readonly kind: 'checking' }
  | { readonly kind: 'ready'; readonly model: LoadedModel }
  | { readonly kind: 'failed' };

/** What the header says about the model. */
export class ModelState {
  status = $state.raw<Status>({ kind: 'idle' });
  readonly #request: () => LoadRequest;
  /** A recording that was queued with another model shows that one while it runs. */
  readonly name = $derived.by(() =>
    this.status.kind === 'ready' ? this.status.model.name : this.#request().name,
  );
  #turn = 0;
  #watching = false;

  /** @param request the chosen model */
  constructor(request: () => LoadRequest) {
    this.#request = request;
  }

  /** Loads the chosen model ahead of the next recording, if a person wants that. A failure shows here briefly and again, in full, with the recording. */
  async warm(signal: AbortSignal): Promise<void> {
    this.#watch(signal);
    if (!preloadsModel()) return;
    const turn = ++this.#turn;
    this.status = { kind: 'loading', fraction: null };
    try {
      const model = await prepareModel(signal, this.#request(), (event) => this.apply(event));
      // A model chosen since then is on its way.
      if (turn === this.#turn) this.status = { kind: 'ready', model };
    } catch {
      if (turn === this.#turn && ['loading', 'checking'].includes(this.status.kind))
        this.status = { kind: signal.aborted ? 'idle' : 'failed' };
    }
  }

  /** A model that was idle for too long is gone until the next recording. */
  #watch(signal: AbortSignal): void {
    if (this.#watching) return;
    this.#watching = true;
    watchUnload(signal, () => (this.status = { kind: 'idle' }));
  }

  apply(event: FileEvent): void {
    if (event.kind === 'model') this.status = { kind: 'ready', model: event.model };
    if (event.kind === 'gpu-check' && this.status.kind !== 'ready')
      this.status = { kind: 'checking' };
    if (event.kind === 'download' && this.status.kind !== 'ready' && event.totalBytes > 0)
      this.status = { kind: 'loading', fraction: event.loadedBytes / event.totalBytes };
  }
}
