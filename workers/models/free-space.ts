import { SottoError } from '../../src/core/errors';
import { downloadLock } from '../../src/core/model-messages';
import { storedBytes, type FileRecord, type ModelDatabase } from './model-database';
import { heldLocks, withModelLock } from './model-lock';

/** What is to be stored of a model, its files by their paths. A size that is not known counts nothing. */
interface Plan {
  readonly model: string;
  readonly files: readonly { readonly path: string; readonly sizeBytes: number | null }[];
}

/**
 * Has a plan written where the device has room for what it lacks beside what other models still lack, else refuses it
 * before it begins. One plan at a time in all tabs. The browser's guess of the room may be too high; a write that
 * fails then says so too.
 * @param write puts the plan's files into the database, where they count from now on
 * @throws SottoError 'no-space'
 */
export async function reserveSpace(
  signal: AbortSignal,
  database: ModelDatabase,
  databaseName: string,
  plan: Plan,
  write: () => Promise<void>,
): Promise<void> {
  await withModelLock(signal, `sotto-space ${databaseName}`, async () => {
    const models = await database.models();
    const files = (await Promise.all(models.map(({ id }) => database.files(id)))).flat();
    const isOwn = ({ model, path }: FileRecord): boolean =>
      model === plan.model && plan.files.some((file) => file.path === path);
    const own = files.filter(isOwn);
    const total = plan.files.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
    const neededBytes = total - own.reduce((sum, file) => sum + storedBytes(file), 0);
    const running = new Set(await heldLocks());
    // What was begun is among what is reserved: of two that are paused, either may go on where both no longer fit.
    const isBegun = own.length === plan.files.length;
    const others = files.filter(
      (file) => !isOwn(file) && (!isBegun || running.has(downloadLock(databaseName, file.model))),
    );
    await requireSpace(
      neededBytes,
      others.reduce((sum, file) => sum + lackingBytes(file), 0),
    );
    await write();
  });
}

async function requireSpace(neededBytes: number, reservedBytes: number): Promise<void> {
  const { storage } = navigator as { readonly storage?: StorageManager };
  const estimate = await storage?.estimate().catch(() => undefined);
  if (estimate?.quota === undefined || estimate.usage === undefined) return;
  const freeBytes = Math.max(0, estimate.quota - estimate.usage);
  if (neededBytes <= 0 || freeBytes >= neededBytes + reservedBytes) return;
  const needs = `This model needs ${inMegabytes(neededBytes)} more`;
  const room = `and the browser has room for ${inMegabytes(freeBytes)}`;
  throw new SottoError(
    'no-space',
    reservedBytes === 0
      ? `${needs}, ${room}. Delete another model, or free space on this device.`
      : `${needs}, unfinished downloads need ${inMegabytes(reservedBytes)}, ${room}. Delete one of them or another model, or free space on this device.`,
    JSON.stringify(estimate),
  );
}

function lackingBytes(file: FileRecord): number {
  return file.state === 'complete' ? 0 : Math.max(0, (file.sizeBytes ?? 0) - storedBytes(file));
}

function inMegabytes(bytes: number): string {
  return `${String(Math.ceil(bytes / 1e6))} MB`;
}
