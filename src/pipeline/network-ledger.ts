import { buildLedger, type Ledger } from '../core/network-ledger';
import type { NetworkReport } from '../core/network-report';
import { timingReport } from '../core/timing-report';
import {
  clearNetworkRecords,
  dropReports,
  readNetworkRecords,
  restoreNetworkRecords,
  writeReport,
} from '../store/network';

/** Stands for the worker that fetches links, as the ledger knows it. */
const LINK_WORKER = '/link.worker';

/** Reports what this page loads, from its first file on, until the signal aborts. */
export function recordNetwork(signal: AbortSignal): void {
  const observer = new PerformanceObserver((list) => {
    for (const timing of list.getEntries() as PerformanceResourceTiming[]) {
      const report = timingReport(timing, performance.timeOrigin, document.baseURI, 'timing');
      if (report) keep(report);
    }
  });
  for (const type of ['navigation', 'resource']) observer.observe({ type, buffered: true });
  signal.addEventListener('abort', () => observer.disconnect(), { once: true });
}

/** Every request of the app on this device, also of other tabs. @throws DOMException where storage is blocked */
export async function readLedger(signal: AbortSignal): Promise<Ledger> {
  const { reports, older } = await readNetworkRecords();
  signal.throwIfAborted();
  const appUrl = new URL('.', document.baseURI).href;
  const { ledger, overflow } = buildLedger(reports, older, appUrl);
  if (overflow.keys.length > 0) await dropReports(overflow);
  return ledger;
}

/** Forgets every request. @returns what takes that back */
export async function clearLedger(signal: AbortSignal): Promise<() => Promise<void>> {
  const records = await readNetworkRecords();
  signal.throwIfAborted();
  await clearNetworkRecords();
  return () => restoreNetworkRecords(records);
}

/**
 * Reports a link that was fetched: its worker ends with the file, too soon for a word of its own.
 * @param answeredBy host that the link led to in the end; null where there was no answer
 */
export function reportLink(
  url: URL,
  startMs: number,
  answeredBy: string | null,
  receivedBytes: number,
): void {
  keep({
    recorder: 'program',
    url: url.href.replace(/#.*$/, ''), // never sent
    method: 'GET',
    startMs,
    sentBytes: 0,
    receivedBytes: answeredBy === null ? null : receivedBytes,
    outcome: answeredBy === null ? 'failed' : 'answered',
    answeredBy: answeredBy === url.host ? null : answeredBy,
    asker: LINK_WORKER,
  });
}

/** Where the browser refuses storage there is no ledger, and nothing else is missing. */
function keep(report: NetworkReport): void {
  writeReport(report).catch(() => undefined);
}
