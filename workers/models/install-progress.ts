import type { InstallEvent } from '../../src/core/model-store-api';
import { TransferRate } from '../../src/core/transfer-rate';
import type { WantedFile } from './download-file';
import { storedBytes, type ModelDatabase } from './model-database';

/** Telling more often than this would cost more than it shows. */
const REPORT_INTERVAL_MS = 100;

/** Adds up the bytes of the files of one install. */
export class InstallProgress {
  readonly #files: ReadonlyMap<string, number>;
  readonly #received: Map<string, number>;
  readonly #onEvent: (event: InstallEvent) => void;
  readonly #rate = new TransferRate();
  #reportedAtMs = -Infinity;
  /** Tells the last of the bytes where none follow them. */
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

  get missingBytes(): number {
    return Math.max(0, this.#totalBytes() - this.#loadedBytes());
  }

  note(path: string, receivedBytes: number): void {
    this.#received.set(path, receivedBytes);
    const nowMs = performance.now();
    const waitMs = this.#reportedAtMs + REPORT_INTERVAL_MS - nowMs;
    if (waitMs <= 0) this.#report(nowMs);
    else this.#laterTimer ??= setTimeout(() => this.#report(performance.now()), waitMs);
  }

  /** Tells what is not told yet, ahead of another event. */
  flush(): void {
    if (this.#laterTimer !== undefined) this.#report(performance.now());
  }

  /** Everything is here. */
  finish(): void {
    this.#report(performance.now());
  }

  /** Nothing is told from now on. */
  stop(): void {
    clearTimeout(this.#laterTimer);
    this.#laterTimer = undefined;
  }

  #report(nowMs: number): void {
    this.stop();
    this.#reportedAtMs = nowMs;
    const [loadedBytes, totalBytes] = [this.#loadedBytes(), this.#totalBytes()];
    this.#rate.add(nowMs, loadedBytes);
    this.#onEvent({
      kind: 'progress',
      loadedBytes,
      totalBytes,
      bytesPerSec: this.#rate.bytesPerSec(),
      secondsLeft: this.#rate.secondsLeft(totalBytes - loadedBytes),
    });
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
