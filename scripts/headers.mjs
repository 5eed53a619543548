/**
 * Threads need a cross-origin isolated page. This one set isolates it in Chromium, cross-site iframes included.
 * @type {Readonly<Record<string, string>>}
 */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Document-Isolation-Policy': 'isolate-and-require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/** A worker obeys the policy of its own response, so every response carries it. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The worker that fetches pasted links: it may reach any host, and nothing hands it any audio. */
const LINK_WORKER = /\/assets\/link\.worker-[\w-]+\.js$/;
const LINK_WORKER_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  'connect-src http: https:',
].join('; ');

/**
 * The headers of a response.
 * `pathname` is the URL's; one file has a policy of its own.
 * `isolated: false` stands for a host that cannot set isolation headers.
 * `policy: false` leaves the content security policy out: the dev server and vitest inject styles and scripts.
 * @param {{ isolated?: boolean, policy?: boolean, pathname?: string }} [options]
 * @returns {Record<string, string>}
 */
export function responseHeaders({ isolated = true, policy = true, pathname = '/' } = {}) {
  const rules = LINK_WORKER.test(pathname) ? LINK_WORKER_POLICY : CONTENT_SECURITY_POLICY;
  return {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    ...(isolated ? ISOLATION : {}),
    ...(policy ? { 'Content-Security-Policy': rules } : {}),
  };
}
