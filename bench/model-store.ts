import type { InstallRequest } from '../src/core/model-store-api';
import { ModelStoreClient } from '../src/rpc/model-store-client';
import { openModelDatabase } from '../workers/models/open-database';
import { readModelBytes } from '../workers/models/read-model';

const ROUNDS = 3;
const DATABASE = 'bench';
const never = new AbortController().signal;
const ignore = (): void => undefined;

/** Twins are measured where somebody has made them: training/twin.py multilingual base node_modules/.cache/twins/base */
const MODELS = [
  { repository: 'sotto/demo', dtype: 'q8' },
  { repository: 'sotto/twin-base', dtype: 'q8' },
  { repository: 'sotto/twin-base-fp32', dtype: 'fp32' },
] as const;

/** Writing models into IndexedDB and reading them back, on disk, in chunks of 16 MiB. */
export async function run(_audioUrl: string, hubUrl: string): Promise<string> {
  const rows: string[] = [];
  for (const { repository, dtype } of MODELS) {
    const request: InstallRequest = {
      id: repository,
      name: repository,
      repository,
      revision: 'main',
      precision: { encoder: dtype, decoder: dtype },
    };
    if (!(await exists(hubUrl, repository))) continue;
    for (let round = 1; round <= ROUNDS; round++) rows.push(await measure(hubUrl, request));
  }
  return [
    '# Models into IndexedDB and back, on disk, 16 MiB chunks',
    '',
    'install: from a server on the same machine, hashed and verified. import: the same files from Blobs in memory.',
    'read: every chunk into one buffer, its SHA-256 compared. plain: the same bytes through Blob.arrayBuffer.',
    '',
    '| | MB | install, MB/s | import, MB/s | read, MB/s | plain read, MB/s |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

async function exists(hubUrl: string, repository: string): Promise<boolean> {
  return (await fetch(`${hubUrl}/s/bench/${repository}/resolve/main/config.json`)).ok;
}

async function measure(hubUrl: string, request: InstallRequest): Promise<string> {
  const client = new ModelStoreClient({ host: `${hubUrl}/s/bench`, databaseName: DATABASE });
  await client.list(never); // starts the worker
  let sizeBytes = 0;
  const installSec = await seconds(async () => {
    sizeBytes = (await client.install(never, request, ignore)).sizeBytes;
  });
  const paths = (await client.list(never))[0]!.files.map(({ path }) => path);
  const database = await openModelDatabase(DATABASE);
  const readSec = await seconds(async () => {
    for (const path of paths) await readModelBytes(database, request.id, path);
  });
  const blobs = await Promise.all(paths.map((path) => client.readFile(never, request.id, path)));
  const plainSec = await seconds(async () => {
    for (const blob of blobs) await blob.arrayBuffer();
  });
  const files = await Promise.all(
    blobs.map(async (blob, i) => ({ path: paths[i]!, file: new Blob([await blob.arrayBuffer()]) })),
  );
  await client.remove(never, request.id);
  const importSec = await seconds(() => client.importFiles(never, 'imported', files, ignore));
  await client.remove(never, 'imported');
  client.dispose();
  const speeds = [installSec, importSec, readSec, plainSec].map((sec) =>
    (sizeBytes / 1e6 / sec).toFixed(0),
  );
  return `| ${request.repository} | ${(sizeBytes / 1e6).toFixed(1)} | ${speeds.join(' | ')} |`;
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return (performance.now() - startMs) / 1000;
}
