import { createServer } from 'node:http';
import { faultOf, sendBody } from './hub-faults.mjs';
import { openRepositories } from './hub-repositories.mjs';
import { control, emptyScope, noteRequest } from './hub-scopes.mjs';

/**
 * A stand-in for the hub: its list of a repository, its `resolve` URLs, the redirect of large files to another origin
 * (a second port), tags, ranges, CORS. Every test works in a scope of its own, `{hub}/s/{scope}`, which is the host
 * that the app is given; faults and counts belong to a scope.
 *
 * @typedef {import('./hub-faults.mjs').Fault} Fault
 *
 * @typedef {import('./hub-scopes.mjs').Scope} Scope
 * @typedef {import('./hub-scopes.mjs').RequestNote} RequestNote
 */

const EXPOSED = [
  'ETag',
  'Accept-Ranges',
  'Content-Range',
  'Content-Length',
  'Content-Encoding',
  'Retry-After',
  'X-Repo-Commit',
  'X-Linked-Size',
  'X-Linked-ETag',
];
const FIRST_COMMIT = '1'.repeat(40);
const SECOND_COMMIT = '2'.repeat(40);

/**
 * @param {{ hubPort?: number, cdnPort?: number }} [ports] 0 takes any free one
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function startHub({ hubPort = 0, cdnPort = 0 } = {}) {
  const repositories = openRepositories();
  /** @type {Map<string, Scope>} */
  const scopes = new Map();
  let cdnUrl = '';
  /** @param {'hub' | 'cdn'} origin @returns {import('node:http').RequestListener} */
  const listener = (origin) => (request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Expose-Headers', EXPOSED.join(', '));
    const [, , name = '', ...rest] = new URL(request.url ?? '/', 'http://hub').pathname.split('/');
    const scope = scopes.get(name) ?? emptyScope();
    scopes.set(name, scope);
    answer({
      request,
      response,
      origin,
      scope,
      rest: rest.map(decodeURIComponent),
      cdnUrl,
      repositories,
      name,
    }).catch((/** @type {unknown} */ error) => {
      console.error(error);
      response.destroy();
    });
  };
  const hub = createServer(listener('hub'));
  const cdn = createServer(listener('cdn'));
  const url = await listen(hub, hubPort);
  cdnUrl = await listen(cdn, cdnPort);
  return {
    url,
    close: async () => {
      for (const server of [hub, cdn]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

/** @param {import('node:http').Server} server @param {number} port @returns {Promise<string>} */
function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, 'localhost', () => {
      const address = server.address();
      resolve(`http://localhost:${String(typeof address === 'object' ? address?.port : 0)}`);
    });
  });
}

/**
 * @typedef {object} Exchange
 * @property {import('node:http').IncomingMessage} request
 * @property {import('node:http').ServerResponse} response
 * @property {'hub' | 'cdn'} origin
 * @property {Scope} scope
 * @property {string} name of the scope
 * @property {string[]} rest of the URL's path, in parts
 * @property {string} cdnUrl
 * @property {ReturnType<typeof openRepositories>} repositories
 */

/** @param {Exchange} exchange */
async function answer(exchange) {
  const { request, response, scope, rest } = exchange;
  if (request.method === 'OPTIONS') {
    const allowed = scope.conditions ? 'Range, If-Range' : 'Range';
    response.writeHead(204, { 'Access-Control-Allow-Headers': allowed }).end();
  } else if (rest[0] === 'control') await control(exchange);
  else if (rest[0] === 'api') list(exchange);
  else await resolve(exchange);
}

/** GET /api/models/{owner}/{name}/revision/{revision}?blobs=true @param {Exchange} exchange */
function list({ request, response, scope, rest, repositories, origin }) {
  const [, , owner = '', name = '', , revision = ''] = rest;
  const files = repositories.get(`${owner}/${name}`);
  const note = noteRequest(scope, request, '', origin);
  const fault = faultOf(scope.faults, '');
  if (fault?.kind === 'status') return fail(response, note, fault);
  if (!scope.listing || !files) return fail(response, note, { status: scope.listing ? 401 : 404 });
  if (/^\d{40}$/.test(revision) && revision !== commitOf(scope))
    return fail(response, note, { status: 404 });
  const siblings = [...files.keys()].map((path) => {
    const { bytes, sha256, isLarge } = versionOf(scope, files, path);
    const lfs =
      isLarge && scope.hashes ? { sha256, size: bytes.length, pointerSize: 134 } : undefined;
    return { rfilename: path, size: bytes.length, lfs };
  });
  note.status = 200;
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify({ id: `${owner}/${name}`, sha: commitOf(scope), siblings }));
}

/** GET or HEAD /{owner}/{name}/resolve/{revision}/{path} @param {Exchange} exchange */
async function resolve(exchange) {
  const {
    request,
    response,
    scope,
    rest,
    cdnUrl,
    repositories,
    origin,
    name: scopeName,
  } = exchange;
  const [owner = '', name = '', , revision = '', ...parts] = rest;
  const path = parts.join('/');
  const files = repositories.get(`${owner}/${name}`);
  const note = noteRequest(scope, request, path, origin);
  if (!files) return fail(response, note, { status: 401 });
  if (!files.has(path) || isUnheardOf(revision)) return fail(response, note, { status: 404 });
  const fault = takesFault(exchange, files, path) ? faultOf(scope.faults, path) : undefined;
  if (fault?.kind === 'stall') await new Promise((go) => scope.held.push(() => go(undefined)));
  const version = versionOf(scope, files, path);
  const file = scope.ownTags ? { ...version, etag: `"own-${version.sha256}"` } : version;
  response.setHeader('X-Repo-Commit', commitOf(scope));
  if (file.isLarge && scope.hashes) {
    response.setHeader('X-Linked-Size', file.bytes.length);
    response.setHeader('X-Linked-ETag', `"${file.sha256}"`);
  }
  if (origin === 'hub' && file.isLarge && scope.redirect) {
    note.status = 302;
    const to = `${cdnUrl}/s/${scopeName}/${owner}/${name}/resolve/${revision}/${path}`;
    response.writeHead(302, { Location: to }).end();
    return;
  }
  if (fault?.kind === 'status') return fail(response, note, { size: file.bytes.length, ...fault });
  response.setHeader('ETag', file.etag);
  response.setHeader('Accept-Ranges', 'bytes');
  await sendBody({ request, response, note, file, fault, hold: (go) => scope.held.push(go) });
}

/**
 * Faults befall the server that sends the file, not the one that redirects to it.
 * @param {Exchange} exchange
 * @param {import('./hub-repositories.mjs').Repository} files
 * @param {string} path
 */
function takesFault({ request, origin, scope }, files, path) {
  const isRedirected = files.get(path)?.first().isLarge === true && scope.redirect;
  return request.method !== 'HEAD' && (origin === 'cdn' || !isRedirected);
}

/** A commit that this hub never had. @param {string} revision */
function isUnheardOf(revision) {
  return /^\d{40}$/.test(revision) && revision !== FIRST_COMMIT && revision !== SECOND_COMMIT;
}

/** @param {Scope} scope */
function commitOf(scope) {
  return scope.changed.length > 0 ? SECOND_COMMIT : FIRST_COMMIT;
}

/**
 * @param {Scope} scope
 * @param {import('./hub-repositories.mjs').Repository} files
 * @param {string} path
 */
function versionOf(scope, files, path) {
  const versions = files.get(path);
  if (!versions) throw new Error(`no ${path}`);
  return scope.changed.includes(path) ? versions.second() : versions.first();
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {RequestNote} note
 * @param {{ status?: number, retryAfter?: string, size?: number }} fault
 */
function fail(response, note, { status = 500, retryAfter, size }) {
  note.status = status;
  if (retryAfter !== undefined) response.setHeader('Retry-After', retryAfter);
  if (status === 416) response.setHeader('Content-Range', `bytes */${String(size)}`);
  response.writeHead(status, { 'Content-Type': 'text/plain' }).end('');
}
