import type { LoadedModel, LoadRequest } from '../core/asr-api';
import { prepareModel } from '../pipeline/prepare-model';
import type { FileEvent } from '../pipeline/transcribe-file';

type Status =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading'; readonly fraction: number | null }
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

  /** @param request the chosen model */
  constructor(request: () => LoadRequest) {
    this.#request = request;
  }

  /** Loads the chosen model ahead of the next recording. A failure shows here briefly and again, in full, with the recording. */
  async warm(signal: AbortSignal): Promise<void> {
    const turn = ++this.#turn;
    this.status = { kind: 'loading', fraction: null };
    try {
      const model = await prepareModel(signal, this.#request(), (event) => this.apply(event));
      // A model chosen since then is on its way.
      if (turn === this.#turn) this.status = { kind: 'ready', model };
    } catch {
      if (turn === this.#turn && this.status.kind === 'loading')
        this.status = { kind: signal.aborted ? 'idle' : 'failed' };
    }
  }

  apply(event: FileEvent): void {
    if (event.kind === 'model') this.status = { kind: 'ready', model: event.model };
    if (event.kind === 'download' && this.status.kind !== 'ready' && event.totalBytes > 0)
      this.status = { kind: 'loading', fraction: event.loadedBytes / event.totalBytes };
  }
}
