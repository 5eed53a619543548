/**
 * Asks the browser not to evict what this site stores when the disk gets full; workers cannot. Some ask the person, who
 * may take their time.
 * @returns whether it promises that; null where it cannot be asked
 */
export async function askToPersist(): Promise<boolean | null> {
  const { storage } = navigator as { readonly storage?: StorageManager };
  return (await storage?.persist().catch(() => null)) ?? null;
}
