import { isNetworkUrl, type NetworkReport, type Recorder } from './network-report';

/** The part of the browser's PerformanceResourceTiming that is read here. */
export interface ResourceTiming {
  readonly name: string;
  /** Since the time origin, as are all times. */
  readonly startTime: number;
  /** 0 where no service worker was asked; always in Firefox. */
  readonly workerStart: number;
  /** 300 and the body as it came over the wire; 0 from a cache, without an answer, and where the host keeps it secret. */
  readonly transferSize: number;
  readonly decodedBodySize: number;
  /** 0 without an answer, and where the host keeps it secret. */
  readonly responseStatus: number;
}

/** What browsers add to each transfer for its headers. Source: Resource Timing, transferSize. */
const HEADER_BYTES = 300;

/**
 * A request as the browser's resource timing tells it; null where nothing was sent, or where the service worker was
 * asked, which then reports it itself.
 * @param timeOriginMs when the page or worker began, since 1970
 * @param asker URL of the page's or worker's script
 */
export function timingReport(
  timing: ResourceTiming,
  timeOriginMs: number,
  asker: string,
  recorder: Extract<Recorder, 'timing' | 'service-worker'>,
): NetworkReport | null {
  const { name: url, transferSize, decodedBodySize } = timing;
  if (!isNetworkUrl(url) || timing.workerStart > 0) return null;
  // Its own host keeps no sizes secret from a page: nothing came because the service worker had it.
  const isOwn = recorder === 'timing' && originOf(url) === originOf(asker);
  if (transferSize === 0 && (decodedBodySize > 0 || isOwn)) return null;
  return {
    recorder,
    url,
    method: 'GET', // all that Sotto makes, and timings do not tell
    startMs: timeOriginMs + timing.startTime,
    sentBytes: 0,
    receivedBytes: transferSize === 0 ? null : Math.max(0, transferSize - HEADER_BYTES),
    outcome: timing.responseStatus > 0 ? 'answered' : 'sent',
    answeredBy: null,
    asker,
  };
}

/** "https://host:1/path" → "https://host:1". */
function originOf(url: string): string | undefined {
  return /^https?:\/\/[^/?#]*/i.exec(url)?.[0];
}
