import type { InstallEvent } from '../../src/core/model-store-api';
import { TransferRate } from '../../src/core/transfer-rate';
import type { WantedFile } from './download-file';
import { storedBytes, type ModelDatabase } from './model-database';

/** Telling more often than this would cost more than it shows. */
const REPORT_INTERVAL_MS = 100;
/** While nothing arrives the speed is told to fall, until it is zero. */
const SILENCE_INTERVAL_MS = 1000;

/** Adds up the bytes of the files of one install. */
export class InstallProgress {
  readonly #files: ReadonlyMap<string, number>;
  readonly #received: Map<string, number>;
  readonly #onEvent: (event: InstallEvent) => void;
  readonly #rate = new TransferRate();
  #reportedAtMs = -Infinity;
  #isToldAll = true;
  /** Tells the last of the bytes where none follow them, and then that none do. */
  #laterTimer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param files size of each file by its path; 0 where it is not known
   * @param received bytes of each that are here already
   */
  constructor(
    files: ReadonlyMap<string, number>,
    received: Map<string, number>,
    onEvent: (event: InstallEvent) => void,
  ) {
    this.#files = files;
    this.#received = received;
    this.#onEvent = onEvent;
    onEvent({ kind: 'plan', totalBytes: this.#totalBytes(), storedBytes: this.#loadedBytes() });
  }

  /** Counts from what is stored. */
  static async resume(
    database: ModelDatabase,
    files: readonly WantedFile[],
    onEvent: (event: InstallEvent) => void,
  ): Promise<InstallProgress> {
    const received = new Map<string, number>();
    for (const { model, path } of files) {
      const record = await database.file(model, path);
      received.set(path, record ? storedBytes(record) : 0);
    }
    const sizes = new Map(files.map(({ path, sizeBytes }) => [path, sizeBytes ?? 0]));
    return new InstallProgress(sizes, received, onEvent);
  }

  note(path: string, receivedBytes: number): void {
    this.#received.set(path, receivedBytes);
    const waitMs = this.#reportedAtMs + REPORT_INTERVAL_MS - performance.now();
    if (waitMs <= 0) this.#report();
    else if (this.#isToldAll) this.#reportIn(waitMs);
    this.#isToldAll = waitMs <= 0;
  }

  /** Tells what is not told yet, ahead of another event, which says itself why nothing follows. */
  flush(): void {
    if (!this.#isToldAll) this.#report();
    this.stop();
  }

  /** Everything is here. */
  finish(): void {
    this.#report();
  }

  /** Nothing is told from now on. */
  stop(): void {
    clearTimeout(this.#laterTimer);
    this.#laterTimer = undefined;
  }

  #reportIn(waitMs: number): void {
    this.stop();
    this.#laterTimer = setTimeout(() => this.#report(), waitMs);
  }

  #report(): void {
    const nowMs = performance.now();
    this.#reportedAtMs = nowMs;
    this.#isToldAll = true;
    const [loadedBytes, totalBytes] = [this.#loadedBytes(), this.#totalBytes()];
    this.#rate.add(nowMs, loadedBytes);
    const bytesPerSec = this.#rate.bytesPerSec();
    const secondsLeft = this.#rate.secondsLeft(totalBytes - loadedBytes);
    this.#onEvent({ kind: 'progress', loadedBytes, totalBytes, bytesPerSec, secondsLeft });
    if (bytesPerSec === 0) this.stop();
    else this.#reportIn(SILENCE_INTERVAL_MS);
  }

  #loadedBytes(): number {
    return sum(this.#received.values());
  }

  /** A file of unknown size counts as far as it has come. */
  #totalBytes(): number {
    return sum([...this.#files].map(([path, size]) => size || (this.#received.get(path) ?? 0)));
  }
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
