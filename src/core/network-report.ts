/** Database of src/store/network.ts, of the service worker and of the workers: all write reports, only the page reads. */
export const NETWORK_DATABASE = 'sotto-network';
export const NETWORK_STORE = 'reports';
/** Key of the offline lock, a boolean, beside the reports, whose keys are arrays. */
export const LOCK_KEY = 'lock';
/** Tells every page and worker that the offline lock was switched; the message is a boolean. */
export const LOCK_CHANNEL = 'sotto-lock';

/**
 * Who saw a request:
 * - 'service-worker' made it itself, to fill its cache or for a page or worker
 * - 'passer' the service worker, which left it to the browser
 * - 'timing' the page or worker that it was for, by the browser's resource timing
 * - 'program' the code that made it, which counts bytes where the browser keeps them to itself
 */
export type Recorder = 'service-worker' | 'passer' | 'timing' | 'program';

/** What is known of a request: not where it led; an answer; none; or that the offline lock refused it. */
export type Outcome = 'sent' | 'answered' | 'failed' | 'locked';

/** One request as one of those who saw it tells it. */
export interface NetworkReport {
  readonly recorder: Recorder;
  readonly url: string;
  readonly method: string;
  /** Since 1970. */
  readonly startMs: number;
  /** Bytes of its body. */
  readonly sentBytes: number;
  /** Bytes of the answer's body as they came over the wire; null where nobody tells. */
  readonly receivedBytes: number | null;
  readonly outcome: Outcome;
  /** Where the answer came from in the end, where that is another host; null where it is not, or is not known. */
  readonly answeredBy: string | null;
  /** URL of the page's or worker's script that asked; '' where it is not known. */
  readonly asker: string;
}

/** Key in the store: the same request told twice by the same recorder is stored once. */
export type ReportKey = [startMs: number, recorder: Recorder, url: string];

export function reportKey({ startMs, recorder, url }: NetworkReport): ReportKey {
  return [startMs, recorder, url];
}

/** Where a request was for something outside of the browser: the rest never leaves it. */
export function isNetworkUrl(url: string): boolean {
  return /^https?:/i.test(url);
}
