import type { NetworkReport } from '../../src/core/network-report';
import { keepReport } from '../network-reports';
import { scope } from './scope';

/**
 * Leaves a request to the browser, or refuses it, and reports it either way.
 * @param locked as the lock is known at this moment: the answer cannot wait, because what is awaited here is fetched by
 *   this worker, and its policy lets it reach the app's own host only
 */
export function passOrRefuse(event: FetchEvent, locked: boolean): void {
  if (locked) event.respondWith(Response.error());
  event.waitUntil(reportPassing(event, locked));
}

/** Reports a request that the offline lock refused. */
export function reportRefused(url: string, method: string, asker: string): Promise<void> {
  return keepReport({ ...seen(url, method, asker), outcome: 'locked' });
}

async function reportPassing({ request, clientId }: FetchEvent, locked: boolean): Promise<void> {
  const { url, method } = request;
  const report = seen(url, method, '');
  const body = request.body === null ? null : request.clone();
  const asker = (await scope.clients.get(clientId))?.url ?? '';
  if (locked) await keepReport({ ...report, asker, outcome: 'locked' });
  else await keepReport({ ...report, asker, sentBytes: await sizeOf(body) });
}

async function sizeOf(body: Request | null): Promise<number> {
  return body ? (await body.arrayBuffer()).byteLength : 0;
}

/** Of a request that begins now. */
function seen(url: string, method: string, asker: string): NetworkReport {
  return {
    recorder: 'passer',
    url,
    method,
    startMs: Date.now(),
    sentBytes: 0,
    receivedBytes: null,
    outcome: 'sent',
    answeredBy: null,
    asker,
  };
}
