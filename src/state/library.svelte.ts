import { toSottoError, type SottoError } from '../core/errors';
import type { TranscriptDocument } from '../core/transcript-document';
import { listTranscripts, readTranscript, watchTranscripts } from '../pipeline/transcript-library';

/** The transcripts on this device, as they are: other tabs and the queue write them, too. */
export class Library {
  /** The latest first, without deleted ones. */
  list = $state.raw<readonly TranscriptDocument[]>([]);
  /** The list has been read once. */
  loaded = $state(false);
  /** Why nothing could be listed. */
  problem = $state.raw<SottoError | null>(null);
  readonly #onChange: (document: TranscriptDocument) => void;

  /** @param onChange hears of every transcript that was written, here or in another tab */
  constructor(onChange: (document: TranscriptDocument) => void = () => undefined) {
    this.#onChange = onChange;
  }

  /** Reads the list and keeps it true until aborted. */
  async watch(signal: AbortSignal): Promise<void> {
    watchTranscripts(signal, ({ id }) => void this.#reread(signal, id));
    await this.refresh(signal);
  }

  /** Reads the whole list anew. */
  async refresh(signal: AbortSignal): Promise<void> {
    try {
      const all = await listTranscripts(signal);
      this.list = all.filter(({ deletedAtMs }) => deletedAtMs === null);
      this.problem = null;
    } catch (thrown) {
      if (!signal.aborted) this.problem = toSottoError(thrown, 'storage-blocked');
    }
    this.loaded = !signal.aborted;
  }

  find(id: string): TranscriptDocument | null {
    return this.list.find((document) => document.id === id) ?? null;
  }

  /** One changed: the others are not read again, since a running job changes its own after every window. */
  async #reread(signal: AbortSignal, id: string): Promise<void> {
    const changed = await readTranscript(signal, id).catch(() => null);
    if (signal.aborted) return;
    const others = this.list.filter((document) => document.id !== id);
    this.list = changed ? [...others, changed].sort(latestFirst) : others;
    if (changed) this.#onChange(changed);
  }
}

function latestFirst(a: TranscriptDocument, b: TranscriptDocument): number {
  return b.createdAtMs - a.createdAtMs;
}
