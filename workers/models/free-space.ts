import { SottoError } from '../../src/core/errors';

/**
 * Refuses what the device has no room for, before it begins. The browser's guess may be too high; a write that fails
 * then says so too.
 * @throws SottoError 'no-space'
 */
export async function requireSpace(neededBytes: number): Promise<void> {
  const { storage } = navigator as { readonly storage?: StorageManager };
  const estimate = await storage?.estimate().catch(() => undefined);
  if (estimate?.quota === undefined || estimate.usage === undefined) return;
  const freeBytes = Math.max(0, estimate.quota - estimate.usage);
  if (freeBytes >= neededBytes) return;
  throw new SottoError(
    'no-space',
    `This model needs ${inMegabytes(neededBytes)} more, and the browser has room for ${inMegabytes(freeBytes)}. Delete another model, or free space on this device.`,
    JSON.stringify(estimate),
  );
}

function inMegabytes(bytes: number): string {
  return `${String(Math.ceil(bytes / 1e6))} MB`;
}
