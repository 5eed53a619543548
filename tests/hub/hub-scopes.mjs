/**
 * What one test sees of the stand-in for the hub, and does to it.
 *
 * @typedef {import('./hub-faults.mjs').Fault} Fault
 *
 * @typedef {object} Scope
 * @property {Fault[]} faults used up one by one
 * @property {boolean} listing whether the list of files is there; plain file servers have none
 * @property {boolean} redirect whether large files come from the other origin
 * @property {boolean} hashes whether the server publishes hashes of large files
 * @property {boolean} ownTags whether the server tags files otherwise than the others do
 * @property {boolean} conditions whether the server lets browsers send If-Range
 * @property {string[]} changed paths that have another content, under another commit, from now on
 * @property {RequestNote[]} requests
 * @property {(() => void)[]} held requests that wait to be released
 *
 * @typedef {object} RequestNote
 * @property {string} method
 * @property {string} path inside the repository; "" for the list
 * @property {string | null} range
 * @property {'hub' | 'cdn'} origin
 * @property {number} status
 * @property {number} sentBytes of the body
 */

/** @returns {Scope} */
export function emptyScope() {
  return {
    faults: [],
    listing: true,
    redirect: true,
    hashes: true,
    ownTags: false,
    conditions: true,
    changed: [],
    requests: [],
    held: [],
  };
}

/**
 * A body changes the scope, /release lets requests go on that are held; every answer is the scope.
 * @param {object} exchange
 * @param {import('node:http').IncomingMessage} exchange.request
 * @param {import('node:http').ServerResponse} exchange.response
 * @param {Scope} exchange.scope
 * @param {string[]} exchange.rest
 */
export async function control({ request, response, scope, rest }) {
  let body = '';
  for await (const part of request) body += String(part);
  if (body !== '') Object.assign(scope, JSON.parse(body));
  if (rest[1] === 'release') for (const release of scope.held.splice(0)) release();
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify({ ...scope, held: scope.held.length }));
}

/**
 * @param {Scope} scope
 * @param {import('node:http').IncomingMessage} request
 * @param {string} path
 * @param {'hub' | 'cdn'} origin
 * @returns {RequestNote}
 */
export function noteRequest(scope, request, path, origin) {
  const range = request.headers.range ?? null;
  const note = { method: request.method ?? '', path, range, origin, status: 0, sentBytes: 0 };
  scope.requests.push(note);
  return note;
}
