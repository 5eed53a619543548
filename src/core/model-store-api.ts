import type { RpcResult } from './errors';
import { DEFAULT_HUB } from './hub';
import type { Precision, PrecisionKey } from './precisions';

/** How the store works. Everything but the host is for tests and unusual networks. */
export interface StoreSettings {
  /** Hub, mirror or own server that answers `{host}/{repository}/resolve/{revision}/{path}`. */
  readonly host: string;
  readonly databaseName: string;
  /** Files are kept in pieces of this size; a crash loses at most one unfinished piece per file. */
  readonly chunkBytes: number;
  /** Files downloaded at once. */
  readonly parallelFiles: number;
  /** A connection that sends nothing for this long is given up and asked again. */
  readonly idleTimeoutMs: number;
  /** Tries in a row without one new byte before a download is given up. */
  readonly attempts: number;
  /** Wait before the first retry; doubled for each further one, up to `maxRetryMs`. */
  readonly baseRetryMs: number;
  readonly maxRetryMs: number;
}

export const DEFAULT_STORE_SETTINGS: StoreSettings = {
  host: DEFAULT_HUB,
  databaseName: 'sotto-models',
  chunkBytes: 16 * 2 ** 20,
  parallelFiles: 3,
  idleTimeoutMs: 30_000,
  attempts: 6,
  baseRetryMs: 1000,
  maxRetryMs: 60_000,
};

/** Which model to install. An id installed before gets this precision added. */
export interface InstallRequest {
  /** Name in the store. */
  readonly id: string;
  /** Name shown to people. */
  readonly name: string;
  /** "owner/name". */
  readonly repository: string;
  readonly revision: string;
  readonly precision: Precision;
  /** What will do, in this order, where the repository does not have that precision. */
  readonly alternatives?: readonly Precision[];
  /** What the app knows of the files. A server that has others is refused. */
  readonly expected?: readonly ExpectedFile[];
}

/** A file as it must be. */
export interface ExpectedFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** null where only the size is known. */
  readonly sha256: string | null;
}

/** Where a model came from. */
export type ModelOrigin =
  | {
      readonly kind: 'hub';
      readonly host: string;
      readonly repository: string;
      /** As asked. */
      readonly revision: string;
      /** What that named when the download began; null where the server does not say. */
      readonly commit: string | null;
      /** A zip says so, which anybody can write. */
      readonly isClaimed?: boolean;
    }
  | { readonly kind: 'files' };

export interface StoredFile {
  readonly path: string;
  /** null where the server has not said yet. */
  readonly sizeBytes: number | null;
  readonly storedBytes: number;
  readonly state: 'partial' | 'complete';
  readonly url: string | null;
  readonly etag: string | null;
  /** Of the bytes here; null until complete. */
  readonly sha256: string | null;
  /** 'sha256': the hash that the hub publishes or the app knows. 'list': the one in the model's zip. 'size': there is none. */
  readonly verifiedBy: 'sha256' | 'list' | 'size';
}

export interface StoredModel {
  readonly id: string;
  readonly name: string;
  readonly origin: ModelOrigin;
  /** 'complete' when every file is; a model with one precision complete can be run at that one meanwhile. */
  readonly state: 'partial' | 'complete';
  readonly precisions: readonly PrecisionKey[];
  /** What the files take when complete, as far as known. */
  readonly sizeBytes: number;
  readonly storedBytes: number;
  readonly files: readonly StoredFile[];
}

export interface StorageUse {
  /** 'memory' where the browser refuses storage (private windows, frames of other sites): gone with the page. */
  readonly place: 'indexeddb' | 'memory';
  readonly modelBytes: number;
  /** All that this site stores, and may store. null where the browser does not say; both are the browser's guess. */
  readonly usedBytes: number | null;
  readonly quotaBytes: number | null;
  /** Whether the browser has promised not to evict it. */
  readonly persisted: boolean | null;
}

export type InstallEvent =
  /** The sizes are known; the first byte has not been asked for. */
  | { readonly kind: 'plan'; readonly totalBytes: number; readonly storedBytes: number }
  | {
      readonly kind: 'progress';
      readonly loadedBytes: number;
      readonly totalBytes: number;
      /** Mean of the last seconds; null at the beginning. */
      readonly bytesPerSec: number | null;
      readonly secondsLeft: number | null;
    }
  /** A file is asked for again after this wait. */
  | {
      readonly kind: 'retry';
      readonly path: string;
      readonly reason: string;
      readonly waitMs: number;
    }
  /** The server would not continue a file, or has another one now: it begins again. */
  | { readonly kind: 'restart'; readonly path: string }
  /** Another tab downloads this model; its progress follows. */
  | { readonly kind: 'elsewhere' };

export interface RepairReport {
  readonly checkedBytes: number;
  /** Pieces that were not what was downloaded, each replaced. */
  readonly replaced: readonly { readonly path: string; readonly index: number }[];
  readonly refetchedBytes: number;
}

/** A file of a folder or list that a person chose; `path` as they see it ("whisper-base/onnx/…"). */
export interface SideloadFile<Source> {
  readonly path: string;
  readonly file: Source;
}

/**
 * The contract between the window and the model store's worker: it downloads, verifies and keeps models.
 *
 * `Source` is Blob on both sides; this layer has no name for it. Failures: 'offline', 'hub-failed' (the server keeps
 * failing), 'model-missing', 'model-gated', 'model-changed', 'model-untrusted' (not what the app knows), 'model-corrupt'
 * (verification failed), 'model-invalid' (not a Whisper), 'no-space', 'storage-failed', 'paused', 'aborted'.
 */
export interface ModelStoreApi<Source> {
  /** Call it first, if at all. */
  configure(settings: Partial<StoreSettings>): Promise<void>;

  list(): Promise<RpcResult<readonly StoredModel[]>>;

  storage(): Promise<RpcResult<StorageUse>>;

  /**
   * Downloads what is missing of a model and verifies it; what is here already is not asked for again, and no request
   * is made where nothing is missing. While another tab does it, follows that one, and takes over if it dies.
   * @param call any name; `cancel` takes it
   */
  install(
    call: string,
    request: InstallRequest,
    onEvent: (event: InstallEvent) => void,
  ): Promise<RpcResult<StoredModel>>;

  /** Ends a call. A download run by it stops as by `pause`; one that was only followed goes on. */
  cancel(call: string): Promise<void>;

  /** Stops a model's download in whichever tab runs it. What has arrived stays. Those who waited get 'paused'. */
  pause(id: string): Promise<void>;

  /** Checks every stored piece and fetches anew those that have changed. */
  repair(call: string, id: string): Promise<RpcResult<RepairReport>>;

  /**
   * Stores a model from files; `cancel` stops it, and nothing of it stays then.
   * @returns 'bad-request' where the id is taken, 'model-invalid' where no model is there
   */
  importFiles(
    call: string,
    id: string,
    files: readonly SideloadFile<Source>[],
    onEvent: (event: InstallEvent) => void,
  ): Promise<RpcResult<StoredModel>>;

  /** The same from a zip: one of ours, which names its model, or any of a model's folder. @returns also 'bad-archive' */
  importZip(
    call: string,
    id: string,
    zip: Source,
    onEvent: (event: InstallEvent) => void,
  ): Promise<RpcResult<StoredModel>>;

  /** One complete file, verified. @returns 'model-missing', 'model-corrupt' */
  readFile(id: string, path: string): Promise<RpcResult<Source>>;

  /** Deletes a model with all its files, stopping its download first. */
  remove(id: string): Promise<RpcResult<null>>;

  /** Deletes what none of a model's complete precisions needs, stopping its download first. */
  removeUnfinished(id: string): Promise<RpcResult<null>>;
}
