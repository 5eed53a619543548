import { isDescription } from '../../src/core/model-paths';
import type { InstallEvent, InstallRequest, StoreSettings } from '../../src/core/model-store-api';
import { checkDescriptions } from './check-description';
import { isRunnable } from './describe-model';
import { downloadFile, type WantedFile } from './download-file';
import { listNewest, requireExpected } from './expected-files';
import { reserveSpace } from './free-space';
import { listWantedFiles, type HubListing } from './hub-listing';
import { isMissing } from './hub-request';
import { inParallel } from './in-parallel';
import { InstallProgress } from './install-progress';
import { emptyFile, type ModelDatabase } from './model-database';
import { retrying } from './retrying';

export interface InstallContext {
  readonly database: ModelDatabase;
  readonly settings: StoreSettings;
  readonly onEvent: (event: InstallEvent) => void;
}

/**
 * Downloads what is missing of a model. Nothing is asked of the network where nothing is missing.
 * @throws SottoError; the signal's reason when aborted
 */
export async function installModel(
  signal: AbortSignal,
  context: InstallContext,
  request: InstallRequest,
): Promise<void> {
  const { database, settings, onEvent } = context;
  if (isRunnable(await database.files(request.id), request.precision)) return;
  const listing = await resolveListing(signal, context, request);
  await dropOutdated(context, request.id, listing);
  const plan = { model: request.id, files: listing.files };
  await reserveSpace(signal, database, settings.databaseName, plan, () =>
    putPlan(context, request, listing),
  );
  const progress = await InstallProgress.resume(database, listing.files, onEvent);
  const onBytes = (path: string, bytes: number): void => progress.note(path, bytes);
  const tell = (event: InstallEvent): void => {
    progress.flush();
    onEvent(event);
  };
  const download = (signal: AbortSignal, file: WantedFile): Promise<unknown> =>
    downloadFile(signal, { ...context, onEvent: tell, onBytes }, file);
  const missing = await findMissing(database, listing.files);
  const [first, rest] = [missing.filter(isSmall), missing.filter((file) => !isSmall(file))];
  try {
    await inParallel(signal, settings.parallelFiles, first, download);
    await checkDescriptions(database, listing.files);
    await inParallel(signal, settings.parallelFiles, rest, download);
    progress.finish();
  } finally {
    progress.stop();
  }
}

/**
 * A download once begun stays on its commit, whatever the branch names by now, as long as the hub has it. Where it has
 * not even the commit that the app pins, its newest files may be the same.
 */
async function resolveListing(
  signal: AbortSignal,
  { database, settings, onEvent }: InstallContext,
  request: InstallRequest,
): Promise<HubListing> {
  const { repository, revision } = request;
  const origin = (await database.model(request.id))?.origin;
  const isBegun =
    origin?.kind === 'hub' && origin.repository === repository && origin.revision === revision;
  const list = (revision: string): Promise<HubListing> =>
    retrying(
      signal,
      settings,
      async () => {
        const listing = await listWantedFiles(signal, settings, { ...request, revision });
        return requireExpected(settings.host, request, listing);
      },
      ({ message }, waitMs) =>
        onEvent({ kind: 'retry', path: repository, reason: message, waitMs }),
    );
  if (isBegun && origin.commit !== null) {
    const begun = await list(origin.commit).catch(unlessMissing);
    if (begun) return begun;
  }
  return list(revision).catch((thrown: unknown) => {
    if (isMissing(thrown) && isCommit(revision))
      return listNewest(settings.host, request, thrown, list);
    throw thrown;
  });
}

function unlessMissing(thrown: unknown): null {
  if (isMissing(thrown)) return null;
  throw thrown;
}

function isCommit(revision: string): boolean {
  return /^[0-9a-f]{40}$/.test(revision);
}

/** Throws away files of which the server has, or may have, another version now. */
async function dropOutdated(
  { database, settings }: InstallContext,
  model: string,
  { commit, files }: HubListing,
): Promise<void> {
  const origin = (await database.model(model))?.origin;
  const isSameCommit = origin?.kind === 'hub' && !origin.isClaimed && origin.commit === commit;
  for (const file of await database.files(model)) {
    const now = files.find(({ path }) => path === file.path);
    if (!now) continue;
    const isSameSize = (now.sizeBytes ?? file.sizeBytes) === file.sizeBytes;
    const known = file.publishedSha256 ?? file.sha256;
    const isSameVersion =
      now.publishedSha256 === null || known === null ? isSameCommit : now.publishedSha256 === known;
    if (!isSameSize || !isSameVersion)
      await database.resetFile(emptyFile(now, settings.chunkBytes));
  }
}

/** Writes the manifest before the first byte: a model is complete only when every file of its plan is. */
async function putPlan(
  { database, settings }: InstallContext,
  { id, name, repository, revision }: InstallRequest,
  { commit, files }: HubListing,
): Promise<void> {
  const origin = { kind: 'hub', host: settings.host, repository, revision, commit } as const;
  await database.putModel({ id, name, origin, failure: null });
  for (const file of files)
    if (!(await database.file(id, file.path)))
      await database.putFile(emptyFile(file, settings.chunkBytes));
}

async function findMissing(
  database: ModelDatabase,
  wanted: readonly WantedFile[],
): Promise<WantedFile[]> {
  const records = await Promise.all(wanted.map(({ model, path }) => database.file(model, path)));
  return wanted.filter((_, i) => records[i]?.state !== 'complete');
}

function isSmall({ path }: WantedFile): boolean {
  return isDescription(path);
}
