import type { NetworkReport } from '../../src/core/network-report';
import { keepReport } from '../network-reports';

/** The report of one request by the code that makes it: browsers do not tell the size of what other hosts send. */
export class RequestReport {
  readonly #url: string;
  readonly #method: string;
  readonly #startMs = Date.now();

  constructor(url: string, method = 'GET') {
    this.#url = url;
    this.#method = method;
  }

  /** @param receivedBytes so far; telling more later replaces it */
  answered(response: Response, receivedBytes: number): void {
    const { host } = new URL(response.url);
    const answeredBy = host === new URL(this.#url).host ? null : host;
    this.#keep({ outcome: 'answered', receivedBytes, answeredBy });
  }

  failed(): void {
    this.#keep({ outcome: 'failed', receivedBytes: null, answeredBy: null });
  }

  #keep(result: Pick<NetworkReport, 'outcome' | 'receivedBytes' | 'answeredBy'>): void {
    void keepReport({
      recorder: 'program',
      url: this.#url,
      method: this.#method,
      startMs: this.#startMs,
      sentBytes: 0,
      asker: self.location.href,
      ...result,
    });
  }
}
