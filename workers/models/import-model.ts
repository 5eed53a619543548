import { createCRC32 } from 'hash-wasm';
import { SottoError } from '../../src/core/errors';
import type { ModelManifest } from '../../src/core/model-manifest';
import {
  DEMO_ID,
  isDescription,
  isModelPath,
  REQUIRED_DESCRIPTIONS,
} from '../../src/core/model-paths';
import type { ModelOrigin } from '../../src/core/model-store-api';
import { precisionsAmong } from '../../src/core/precisions';
import { checkDescriptions } from './check-description';
import { ChunkWriter } from './chunk-writer';
import { describeModel } from './describe-model';
import { reserveSpace } from './free-space';
import type { InstallContext } from './install-model';
import { InstallProgress } from './install-progress';
import { emptyFile, type FileRecord, type ModelDatabase } from './model-database';

/** A file to take in. */
export interface ImportSource {
  readonly path: string;
  readonly sizeBytes: number;
  /** CRC-32 that an archive claims for it; null where nothing does. */
  readonly crc32: number | null;
  open(): Promise<ReadableStream<Uint8Array>>;
}

/**
 * Stores a model from files, of which those that are no part of a model are left out. Nothing stays behind when it
 * fails.
 * @param manifest what an export of Sotto says of the files: their hashes are compared, their URLs kept for repairs
 * @throws SottoError 'model-invalid', 'model-corrupt', 'bad-archive', 'no-space', 'bad-request' where the id is taken
 */
export async function importModel(
  signal: AbortSignal,
  { database, settings, onEvent }: InstallContext,
  id: string,
  sources: readonly ImportSource[],
  manifest: ModelManifest | null,
): Promise<void> {
  const files = modelFilesAmong(sources);
  await requireFree(database, id);
  const claim = manifest?.origin;
  const origin: ModelOrigin =
    claim?.kind === 'hub' ? { ...claim, isClaimed: true } : { kind: 'files' };
  const record = { id, name: manifest?.name ?? id, origin, failure: null };
  const planned = [...files].map(([path, { sizeBytes }]): FileRecord => {
    const listed = manifest?.files.find((file) => file.path === path);
    const [url, publishedSha256] = [listed?.url ?? null, listed?.sha256 ?? null];
    return emptyFile({ model: id, path, url, sizeBytes, publishedSha256 }, settings.chunkBytes);
  });
  try {
    const plan = { model: id, files: planned };
    await reserveSpace(signal, database, settings.databaseName, plan, async () => {
      await database.putModel(record);
      for (const file of planned) await database.putFile(file);
    });
    await copyAll(signal, { database, onEvent }, planned, files);
  } catch (thrown) {
    await database.dropModel(id);
    throw thrown;
  }
}

async function copyAll(
  signal: AbortSignal,
  { database, onEvent }: Omit<InstallContext, 'settings'>,
  planned: readonly FileRecord[],
  sources: ReadonlyMap<string, ImportSource>,
): Promise<void> {
  const sizes = new Map([...sources].map(([path, { sizeBytes }]) => [path, sizeBytes]));
  const progress = new InstallProgress(sizes, new Map(), onEvent);
  try {
    for (const file of planned) {
      signal.throwIfAborted();
      const writer = await ChunkWriter.open(database, file);
      const source = sources.get(file.path)!;
      await copy(signal, source, writer, (bytes) => progress.note(file.path, bytes));
      await writer.finish();
      await checkDescriptions(database, [file]);
    }
    progress.finish();
  } finally {
    progress.stop();
  }
}

/** What a crash left of an earlier import makes room. */
async function requireFree(database: ModelDatabase, id: string): Promise<void> {
  if (id === DEMO_ID)
    throw new SottoError(
      'bad-request',
      `The name ${id} belongs to the model that comes with Sotto. Rename the folder or zip, and add it again.`,
    );
  const existing = await database.model(id);
  if (!existing) return;
  const { state } = describeModel(existing, await database.files(id));
  if (state === 'complete' || existing.origin.kind === 'hub')
    throw new SottoError('bad-request', `A model named ${id} is here already. Delete it first.`);
  await database.dropModel(id);
}

/** The model's files by their paths inside its folder, which is the one with config.json nearest to the root. */
function modelFilesAmong(sources: readonly ImportSource[]): Map<string, ImportSource> {
  const roots = sources
    .map(({ path }) => path)
    .filter((path) => path === 'config.json' || path.endsWith('/config.json'))
    .map((path) => path.slice(0, -'config.json'.length));
  const root = roots.sort((a, b) => a.length - b.length)[0] ?? '';
  const files = sources
    .filter(({ path }) => path.startsWith(root))
    .map((source) => [placeOf(source.path.slice(root.length)), source] as const)
    .filter(([path]) => isModelPath(path))
    // What is no Whisper is found before its weights are copied.
    .sort(([a], [b]) => Number(isDescription(b)) - Number(isDescription(a)));
  const paths = files.map(([path]) => path);
  if (roots.length === 0 || precisionsAmong(paths).length === 0)
    throw new SottoError(
      'model-invalid',
      'No Whisper model in the ONNX layout is in there. Choose the folder that holds config.json and onnx.',
      roots.length === 0 ? 'no config.json' : 'no pair of encoder and decoder in onnx/',
    );
  const missing = REQUIRED_DESCRIPTIONS.find((path) => !paths.includes(path));
  if (missing === undefined) return new Map(files);
  throw new SottoError(
    'model-invalid',
    `This model lacks ${missing}, without which it cannot write text. Put it beside config.json, and add the model again.`,
  );
}

/** Exporters put the graphs beside config.json, the hub puts them into onnx/. */
function placeOf(path: string): string {
  return isModelPath(`onnx/${path}`) ? `onnx/${path}` : path;
}

async function copy(
  signal: AbortSignal,
  source: ImportSource,
  writer: ChunkWriter,
  onBytes: (receivedBytes: number) => void,
): Promise<void> {
  const crc = source.crc32 === null ? null : (await createCRC32()).init();
  try {
    const reader = (await source.open()).getReader();
    for (;;) {
      signal.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) break;
      crc?.update(value);
      await writer.write(value);
      onBytes(writer.receivedBytes);
    }
  } catch (thrown) {
    if (thrown instanceof SottoError || signal.aborted) throw thrown;
    throw damaged(source.path, String(thrown));
  }
  if (writer.receivedBytes !== source.sizeBytes)
    throw damaged(
      source.path,
      `${String(writer.receivedBytes)} of ${String(source.sizeBytes)} bytes`,
    );
  if (crc && parseInt(crc.digest(), 16) !== source.crc32)
    throw damaged(source.path, 'another CRC-32 than the archive claims');
}

function damaged(path: string, details: string): SottoError {
  return new SottoError(
    'bad-archive',
    `The file ${path} cannot be read. Copy the model again, and add it again.`,
    details,
  );
}
