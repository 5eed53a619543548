/** Where browsers are to report what the content security policy refused, and where a test asks for it. */
export const VIOLATIONS_PATH = '/csp-violations';

/**
 * Collects what the browser refuses by policy, in pages and in workers, for tests.
 */
export class ViolationCollector {
  /** @type {unknown[]} */
  #violations = [];

  /**
   * The headers with a policy that asks for reports.
   * @param {Record<string, string>} headers
   * @returns {Record<string, string>}
   */
  withReports(headers) {
    const policy = headers['Content-Security-Policy'];
    if (!policy) return headers;
    const reporting = `${policy}; report-uri ${VIOLATIONS_PATH}`;
    return { ...headers, 'Content-Security-Policy': reporting };
  }

  /**
   * Takes a report (POST) or gives all since it was asked last (GET).
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   * @returns {boolean} whether the request was for this
   */
  answer(request, response) {
    if (request.url !== VIOLATIONS_PATH) return false;
    if (request.method === 'GET') {
      response.end(JSON.stringify(this.#violations.splice(0)));
      return true;
    }
    let body = '';
    request.setEncoding('utf8').on('data', (/** @type {string} */ part) => (body += part));
    request.on('end', () => {
      this.#violations.push(JSON.parse(body));
      response.writeHead(204).end();
    });
    return true;
  }
}
