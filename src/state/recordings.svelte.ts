import { toSottoError, type SottoError } from '../core/errors';
import {
  deleteKept,
  findRecordings,
  hideKept,
  openKept,
  showKept,
  type KeptRecording,
} from '../pipeline/recover-recordings';

export type { KeptRecording };

/** How long a deletion can be undone. */
const UNDO_MS = 10_000;

/** The recordings kept on this device. */
export class Recordings {
  list = $state.raw<readonly KeptRecording[]>([]);
  /** The one just deleted, while that can be undone. */
  deleted = $state.raw<KeptRecording | null>(null);
  /** Why a recording could not be opened. */
  problem = $state.raw<SottoError | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Reads the list anew: other tabs record and delete, too. */
  async refresh(signal: AbortSignal): Promise<void> {
    const found = await findRecordings(signal).catch(() => null);
    if (!found) return;
    const unstored = this.list.filter(({ stored }) => !stored);
    const known = [...unstored, this.deleted];
    this.list = [...unstored, ...found.filter(({ id }) => !known.some((kept) => kept?.id === id))];
  }

  /** Puts a new recording on top. */
  add(kept: KeptRecording): void {
    this.list = [kept, ...this.list.filter(({ id }) => id !== kept.id)];
  }

  /** Takes a recording off the list, and off the device once it can no longer be undone. */
  delete(kept: KeptRecording): void {
    this.commit();
    this.list = this.list.filter(({ id }) => id !== kept.id);
    this.deleted = kept;
    void hideKept(kept);
    this.#timer = setTimeout(() => this.commit(), UNDO_MS);
  }

  undo(): void {
    clearTimeout(this.#timer);
    if (!this.deleted) return;
    void showKept(this.deleted);
    this.add(this.deleted);
    this.deleted = null;
  }

  /** Makes the last deletion final. */
  commit(): void {
    clearTimeout(this.#timer);
    if (this.deleted) void deleteKept(this.deleted);
    this.deleted = null;
  }

  /** A recording's sound as a WAV file; null, with `problem` set, where it is gone. */
  async open(signal: AbortSignal, kept: KeptRecording): Promise<File | null> {
    this.problem = null;
    try {
      return await openKept(signal, kept);
    } catch (thrown) {
      if (!signal.aborted) this.problem = toSottoError(thrown, 'storage-blocked');
      return null;
    }
  }
}
