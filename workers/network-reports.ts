import { createStore, set } from 'idb-keyval';
import {
  NETWORK_DATABASE,
  NETWORK_STORE,
  reportKey,
  type NetworkReport,
  type Recorder,
} from '../src/core/network-report';
import { timingReport } from '../src/core/timing-report';

const store = createStore(NETWORK_DATABASE, NETWORK_STORE);

/** Keeps a report for the ledger. Where the browser refuses storage there is no ledger, and nothing else is missing. */
export async function keepReport(report: NetworkReport): Promise<void> {
  await set(reportKey(report), report, store).catch(() => undefined);
}

/** Reports what this worker loads, from its first file on. */
export function reportTimings(recorder: Extract<Recorder, 'timing' | 'service-worker'>): void {
  const observer = new PerformanceObserver((list) => {
    for (const timing of list.getEntries() as PerformanceResourceTiming[]) {
      const report = timingReport(timing, performance.timeOrigin, self.location.href, recorder);
      if (report) void keepReport(report);
    }
  });
  observer.observe({ type: 'resource', buffered: true });
}
