import { DEFAULT_STORE_SETTINGS } from '../../src/core/model-store-api';
import { IndexedDbDatabase } from './indexeddb-database';
import { MemoryDatabase } from './memory-database';
import type { ModelDatabase } from './model-database';

/**
 * The store of models; in memory where the browser refuses storage (a frame of another site with third-party storage
 * blocked, some private windows).
 */
export async function openModelDatabase(
  name = DEFAULT_STORE_SETTINGS.databaseName,
): Promise<ModelDatabase> {
  try {
    return await IndexedDbDatabase.open(name);
  } catch {
    return new MemoryDatabase();
  }
}
