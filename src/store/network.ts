import { createStore, get, promisifyRequest, set, setMany, type UseStore } from 'idb-keyval';
import type { HostTotal, Overflow } from '../core/network-ledger';
import {
  LOCK_KEY,
  NETWORK_DATABASE,
  NETWORK_STORE,
  reportKey,
  type NetworkReport,
} from '../core/network-report';

/** Reports under arrays, which sort after the strings: the lock, and the totals of requests no longer listed. */
const store: UseStore = createStore(NETWORK_DATABASE, NETWORK_STORE);
const TOTALS_KEY = 'totals';
const REPORTS = (): IDBKeyRange => IDBKeyRange.lowerBound([]);

/** What is stored of the requests so far. */
export interface NetworkRecords {
  readonly reports: readonly NetworkReport[];
  /** Of requests whose reports are gone. */
  readonly older: readonly HostTotal[];
}

/** @throws DOMException where storage is blocked */
export async function readNetworkRecords(): Promise<NetworkRecords> {
  return store('readonly', async (source) => {
    const [reports, older] = await Promise.all([
      promisifyRequest<NetworkReport[]>(source.getAll(REPORTS())),
      promisifyRequest<HostTotal[] | undefined>(source.get(TOTALS_KEY)),
    ]);
    return { reports, older: older ?? [] };
  });
}

/** Keeps a request that the page itself has seen. @throws DOMException where storage is blocked */
export async function writeReport(report: NetworkReport): Promise<void> {
  await set(reportKey(report), report, store);
}

/** Replaces reports by what they sum up to, all or nothing. */
export async function dropReports({ keys, totals }: Overflow): Promise<void> {
  await store('readwrite', (target) => {
    for (const key of keys) target.delete(key);
    target.put(totals, TOTALS_KEY);
    return promisifyRequest(target.transaction);
  });
}

/** Forgets every request. The offline lock stays as it is. */
export async function clearNetworkRecords(): Promise<void> {
  await store('readwrite', (target) => {
    target.delete(REPORTS());
    target.delete(TOTALS_KEY);
    return promisifyRequest(target.transaction);
  });
}

/** Puts back what was cleared. */
export async function restoreNetworkRecords({ reports, older }: NetworkRecords): Promise<void> {
  const entries = reports.map((report): [IDBValidKey, unknown] => [reportKey(report), report]);
  await setMany([[TOTALS_KEY, older], ...entries], store);
}

/** Whether the offline lock is on; false where storage is blocked, since it cannot be switched on there. */
export async function readLock(): Promise<boolean> {
  try {
    return (await get<boolean>(LOCK_KEY, store)) ?? false;
  } catch {
    return false;
  }
}
