import { packResult, SottoError, type RpcResult } from '../../src/core/errors';
import { MANIFEST_NAME, parseManifest } from '../../src/core/model-manifest';
import {
  DEFAULT_STORE_SETTINGS,
  type InstallEvent,
  type InstallRequest,
  type ModelStoreApi,
  type RepairReport,
  type SideloadFile,
  type StorageUse,
  type StoredModel,
  type StoreSettings,
} from '../../src/core/model-store-api';
import { browserStorage } from './browser-storage';
import { describeModel } from './describe-model';
import { dropUnfinished } from './drop-unfinished';
import { importModel, type ImportSource } from './import-model';
import { storedBytes, type ModelDatabase } from './model-database';
import { tellTabs } from './model-channel';
import { withModelLock } from './model-lock';
import { openModelDatabase } from './open-database';
import { readModelBlob } from './read-model';
import { repairModel } from './repair-model';
import { RunningCalls } from './running-calls';
import { lockName, SharedInstalls, whileTelling } from './shared-install';
import { listZip, type ZipEntry } from './zip-reader';

/** The model store behind ModelStoreApi. */
export class ModelStore implements ModelStoreApi<Blob> {
  #settings = DEFAULT_STORE_SETTINGS;
  #database: Promise<ModelDatabase> | null = null;
  readonly #calls = new RunningCalls();
  readonly #installs = new SharedInstalls();

  async configure(settings: Partial<StoreSettings>): Promise<void> {
    this.#settings = { ...this.#settings, ...settings };
    this.#database = null;
  }

  list(): Promise<RpcResult<readonly StoredModel[]>> {
    return packResult(async () => {
      const database = await this.#open();
      const records = await database.models();
      return Promise.all(
        records.map(async (record) => describeModel(record, await database.files(record.id))),
      );
    });
  }

  storage(): Promise<RpcResult<StorageUse>> {
    return packResult(async () => {
      const database = await this.#open();
      const files = (await database.models()).map(({ id }) => database.files(id));
      const modelBytes = (await Promise.all(files))
        .flat()
        .reduce((sum, file) => sum + storedBytes(file), 0);
      return { place: database.place, modelBytes, ...(await browserStorage()) };
    });
  }

  install(
    call: string,
    request: InstallRequest,
    onEvent: (event: InstallEvent) => void,
  ): Promise<RpcResult<StoredModel>> {
    return this.#calls.runTelling(call, onEvent, async (abort, tell) => {
      const database = await this.#open();
      const context = { database, settings: this.#settings, onEvent: tell };
      try {
        await this.#installs.install(abort, context, request);
      } finally {
        this.#announce();
      }
      return this.#describe(request.id);
    });
  }

  async cancel(call: string): Promise<void> {
    this.#calls.cancel(call);
  }

  async pause(id: string): Promise<void> {
    this.#installs.pause(this.#settings.databaseName, id);
  }

  repair(call: string, id: string): Promise<RpcResult<RepairReport>> {
    return this.#calls.run(call, async ({ signal }) => {
      const database = await this.#open();
      const settings = this.#settings;
      return this.#locked(signal, id, () => repairModel(signal, { database, settings }, id));
    });
  }

  importFiles(
    call: string,
    id: string,
    files: readonly SideloadFile<Blob>[],
    onEvent: (event: InstallEvent) => void,
  ): Promise<RpcResult<StoredModel>> {
    const sources = files.map(({ path, file }): ImportSource => ({
      path,
      sizeBytes: file.size,
      crc32: null,
      open: async () => file.stream(),
    }));
    return this.#calls.runTelling(call, onEvent, ({ signal }, tell) =>
      this.#import(signal, id, sources, tell),
    );
  }

  importZip(
    call: string,
    id: string,
    zip: Blob,
    onEvent: (event: InstallEvent) => void,
  ): Promise<RpcResult<StoredModel>> {
    return this.#calls.runTelling(call, onEvent, async ({ signal }, tell) =>
      this.#import(signal, id, await listZip(zip), tell),
    );
  }

  readFile(id: string, path: string): Promise<RpcResult<Blob>> {
    return packResult(async () => readModelBlob(await this.#open(), id, path));
  }

  remove(id: string): Promise<RpcResult<null>> {
    return packResult(async () => {
      await this.pause(id);
      const database = await this.#open();
      await this.#locked(new AbortController().signal, id, () => database.dropModel(id));
      this.#announce();
      return null;
    });
  }

  removeUnfinished(id: string): Promise<RpcResult<null>> {
    return packResult(async () => {
      await this.pause(id);
      const database = await this.#open();
      await this.#locked(new AbortController().signal, id, () => dropUnfinished(database, id));
      this.#announce();
      return null;
    });
  }

  async #import(
    signal: AbortSignal,
    id: string,
    sources: readonly (ImportSource | ZipEntry)[],
    onEvent: (event: InstallEvent) => void,
  ): Promise<StoredModel> {
    const database = await this.#open();
    const listing = sources.find(({ path }) => path.split('/').at(-1) === MANIFEST_NAME);
    const manifest = listing
      ? parseManifest(await new Response(await listing.open()).text())
      : null;
    const name = manifest?.id ?? id;
    const context = { database, settings: this.#settings, onEvent };
    try {
      await this.#locked(signal, name, () =>
        whileTelling(signal, context, name, (telling) =>
          importModel(signal, telling, name, sources, manifest),
        ),
      );
    } finally {
      this.#announce();
    }
    return this.#describe(name);
  }

  async #describe(id: string): Promise<StoredModel> {
    const database = await this.#open();
    const record = await database.model(id);
    if (!record) throw new SottoError('model-missing', 'This model was deleted meanwhile.');
    return describeModel(record, await database.files(id));
  }

  #announce(): void {
    tellTabs(this.#settings.databaseName, { kind: 'change' });
  }

  #locked<T>(signal: AbortSignal, id: string, work: () => Promise<T>): Promise<T> {
    return withModelLock(signal, lockName(this.#settings.databaseName, id), work);
  }

  #open(): Promise<ModelDatabase> {
    return (this.#database ??= openModelDatabase(this.#settings.databaseName));
  }
}
