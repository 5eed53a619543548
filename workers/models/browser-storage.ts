import type { StorageUse } from '../../src/core/model-store-api';

/** What the browser says of this site's storage; null where it does not say. */
export async function browserStorage(): Promise<Omit<StorageUse, 'place' | 'modelBytes'>> {
  const { storage } = navigator as { readonly storage?: StorageManager };
  const estimate = await storage?.estimate().catch(() => undefined);
  const persisted = await storage?.persisted().catch(() => undefined);
  return {
    usedBytes: estimate?.usage ?? null,
    quotaBytes: estimate?.quota ?? null,
    persisted: persisted ?? null,
  };
}
