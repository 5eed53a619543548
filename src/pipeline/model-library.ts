import type {
  InstallEvent,
  InstallRequest,
  RepairReport,
  SideloadFile,
  StorageUse,
  StoredModel,
} from '../core/model-store-api';
import { ModelStoreClient } from '../rpc/model-store-client';
import type { DownloadNews, ModelNews } from '../rpc/model-watch';
import { readSettings } from '../store/settings';
import { exportModel } from './export-model';
import { installModel } from './install-model';
import { askToPersist } from './keep-storage';
import { whileUnlocked } from './offline-lock';

export type { DownloadNews };

/**
 * The models on this device. Each function rejects with SottoError as `ModelStoreApi` says, and with the signal's
 * reason when aborted.
 */
let client: ModelStoreClient | null = null;

/** The page's one client: its worker knows of every download of this page. */
export function modelLibrary(): ModelStoreClient {
  return (client ??= new ModelStoreClient({ host: readSettings().modelHost }));
}

/** Lets the next call use the host that is remembered now. Downloads of this page end; what has arrived is kept. */
export function reopenLibrary(): void {
  client?.dispose();
  client = null;
}

export function listModels(signal: AbortSignal): Promise<readonly StoredModel[]> {
  return modelLibrary().list(signal);
}

/** Tells of models that come and go and of downloads, in whichever tab, until the signal aborts. */
export function watchModels(signal: AbortSignal, onNews: (news: ModelNews) => void): void {
  modelLibrary().watch(signal, onNews);
}

export function readStorageUse(signal: AbortSignal): Promise<StorageUse> {
  return modelLibrary().storage(signal);
}

/** Downloads a model that a person has agreed to download. */
export function downloadModel(
  signal: AbortSignal,
  request: InstallRequest,
  onEvent: (event: InstallEvent) => void,
): Promise<StoredModel> {
  return whileUnlocked(signal, (until) => installModel(until, request, onEvent, modelLibrary()));
}

/** Stops a download in whichever tab runs it. What has arrived is kept. */
export function pauseDownload(signal: AbortSignal, id: string): Promise<void> {
  return modelLibrary().pause(signal, id);
}

export function deleteModel(signal: AbortSignal, id: string): Promise<void> {
  return modelLibrary().remove(signal, id);
}

/** Deletes what none of a model's complete precisions needs. */
export function deleteUnfinished(signal: AbortSignal, id: string): Promise<void> {
  return modelLibrary().removeUnfinished(signal, id);
}

/** Checks every stored piece of a model, and fetches anew those that are damaged, each alone. */
export function repairModel(signal: AbortSignal, id: string): Promise<RepairReport> {
  return whileUnlocked(signal, (until) => modelLibrary().repair(until, id));
}

/** Stores a model from one zip or from the files of its folder, named after either, and asks the browser to keep it. */
export function addModel(
  signal: AbortSignal,
  files: readonly File[],
  onEvent: (event: InstallEvent) => void,
): Promise<StoredModel> {
  void askToPersist();
  const [first] = files;
  if (files.length === 1 && first && /\.zip$/i.test(first.name))
    return modelLibrary().importZip(signal, first.name.replace(/\.zip$/i, ''), first, onEvent);
  const listed = files.map((file): SideloadFile<Blob> => ({
    path: file.webkitRelativePath || file.name,
    file,
  }));
  const folder = listed[0]?.path.split('/').slice(0, -1)[0];
  return modelLibrary().importFiles(signal, folder ?? 'Model from files', listed, onEvent);
}

/** A stored model as a zip file, for a machine without a network. */
export async function zipModel(signal: AbortSignal, id: string): Promise<Blob> {
  return new Response(await exportModel(signal, id, modelLibrary())).blob();
}
