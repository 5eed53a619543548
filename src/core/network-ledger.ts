import { requestPurpose, type Purpose } from './request-purpose';
import { reportKey, type NetworkReport, type Outcome, type ReportKey } from './network-report';

/** Requests that are listed one by one; of older ones the sums are kept. */
export const LISTED_REQUESTS = 1000;
/** How far apart two recorders may begin to see the same request: a service worker takes its time to start. */
const SAME_REQUEST_MS = 2000;

/** One request, by all that is known of it. */
export interface LedgerEntry {
  readonly startMs: number;
  readonly url: string;
  readonly method: string;
  readonly host: string;
  /** Host that the first one led on to; null where it did not. */
  readonly answeredBy: string | null;
  readonly purpose: Purpose;
  readonly outcome: Outcome;
  readonly sentBytes: number;
  readonly receivedBytes: number | null;
}

/** What went to and came from one host. */
export interface HostTotal {
  readonly host: string;
  readonly requests: number;
  readonly sentBytes: number;
  /** Of the requests whose size is known. */
  readonly receivedBytes: number;
}

export interface Ledger {
  /** The latest first. */
  readonly entries: readonly LedgerEntry[];
  /** Of all requests since the ledger was begun, listed or not; most requests first. */
  readonly totals: readonly HostTotal[];
}

/** What is to become of stored reports that are no longer listed. */
export interface Overflow {
  readonly keys: readonly ReportKey[];
  readonly totals: readonly HostTotal[];
}

interface Merged {
  readonly reports: NetworkReport[];
}

/**
 * The ledger that reports add up to. One request may be told by up to three recorders, and is listed once.
 * @param older totals of requests whose reports are gone
 * @param appUrl of the folder that the app is in
 * @param limit requests that are listed
 */
export function buildLedger(
  reports: readonly NetworkReport[],
  older: readonly HostTotal[],
  appUrl: string,
  limit = LISTED_REQUESTS,
): { readonly ledger: Ledger; readonly overflow: Overflow } {
  const merged = mergeReports(reports);
  const entries = merged.map(({ reports: of }) => toEntry(of, appUrl)).reverse();
  const unlisted = merged.slice(0, Math.max(0, merged.length - limit));
  return {
    ledger: { entries: entries.slice(0, limit), totals: sumByHost(older, entries) },
    overflow: {
      keys: unlisted.flatMap(({ reports: of }) => of.map(reportKey)),
      totals: sumByHost(older, entries.slice(limit)),
    },
  };
}

/** Groups the reports of one request, in the order of their beginnings. */
function mergeReports(reports: readonly NetworkReport[]): Merged[] {
  const merged: Merged[] = [];
  for (const report of [...reports].sort((a, b) => a.startMs - b.startMs)) {
    const same = merged.findLast((entry) => isSameRequest(entry.reports, report));
    if (same) same.reports.push(report);
    else merged.push({ reports: [report] });
  }
  return merged;
}

function isSameRequest(reports: readonly NetworkReport[], other: NetworkReport): boolean {
  // The service worker makes requests of its own, which nobody else sees.
  if (other.recorder === 'service-worker') return false;
  return reports.every(
    ({ recorder, url, method, startMs }) =>
      recorder !== 'service-worker' &&
      recorder !== other.recorder &&
      url === other.url &&
      method === other.method &&
      Math.abs(startMs - other.startMs) <= SAME_REQUEST_MS,
  );
}

function toEntry(reports: readonly NetworkReport[], appUrl: string): LedgerEntry {
  const { url, method, startMs } = reports[0]!;
  const asker = reports.find((report) => report.asker !== '')?.asker ?? '';
  return {
    startMs,
    url,
    method,
    host: hostOf(url),
    answeredBy: reports.find(({ answeredBy }) => answeredBy !== null)?.answeredBy ?? null,
    purpose: requestPurpose(url, asker, appUrl),
    outcome: outcomeOf(reports),
    sentBytes: Math.max(...reports.map(({ sentBytes }) => sentBytes)),
    receivedBytes: reports.reduce<number | null>(
      (most, { receivedBytes }) =>
        receivedBytes === null ? most : Math.max(most ?? 0, receivedBytes),
      null,
    ),
  };
}

/** The one that says most. */
function outcomeOf(reports: readonly NetworkReport[]): Outcome {
  const told = (['locked', 'failed', 'answered'] as const).find((outcome) =>
    reports.some((report) => report.outcome === outcome),
  );
  return told ?? 'sent';
}

/** Requests that the offline lock refused went nowhere, and count for nothing. */
function sumByHost(older: readonly HostTotal[], entries: readonly LedgerEntry[]): HostTotal[] {
  const sums = new Map(older.map((total) => [total.host, total]));
  for (const { host, sentBytes, receivedBytes, outcome } of entries) {
    if (outcome === 'locked') continue;
    const sum = sums.get(host) ?? { host, requests: 0, sentBytes: 0, receivedBytes: 0 };
    sums.set(host, {
      host,
      requests: sum.requests + 1,
      sentBytes: sum.sentBytes + sentBytes,
      receivedBytes: sum.receivedBytes + (receivedBytes ?? 0),
    });
  }
  return [...sums.values()].sort((a, b) => b.requests - a.requests);
}

/** "https://user@host:1/path" → "host:1". */
function hostOf(url: string): string {
  return /^https?:\/\/(?:[^/?#@]*@)?([^/?#]*)/i.exec(url)?.[1]?.toLowerCase() ?? '';
}
