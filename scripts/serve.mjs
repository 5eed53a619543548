import { createReadStream, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import process from 'node:process';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ViolationCollector } from './csp-violations.mjs';
import { responseHeaders } from './headers.mjs';

export const DIST = fileURLToPath(new URL('../dist', import.meta.url));

/** @type {Readonly<Record<string, string>>} */
const MIME_TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.flac': 'audio/flac',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.m4a': 'audio/mp4',
  '.mjs': 'text/javascript; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.mp4': 'video/mp4',
  '.ogg': 'audio/ogg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
  '.webm': 'video/webm',
  '.webmanifest': 'application/manifest+json',
};

/**
 * @typedef {object} ServeOptions
 * @property {string} [root] folder of the built app
 * @property {number} [port] 0 takes any free one
 * @property {boolean} [strictPort] fail where the port is taken, instead of trying the next ones
 * @property {boolean} [isolated] send the isolation headers
 * @property {boolean} [headers] false stands for a static host that cannot set any
 * @property {boolean} [collectViolations] for tests: browsers report here what the policy refused
 * @property {string} [basePath] where the app is on the server, "/some/path/"
 * @property {Readonly<Record<string, string>>} [mounts] URL prefix ("/local-files/0/") -> file or folder on disk
 */

/**
 * Serves the built app to this machine only.
 * @param {ServeOptions} [options]
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serve(options = {}) {
  const { root = DIST, port = 4173, strictPort = false, isolated = true } = options;
  const { headers: withHeaders = true, basePath = '/', mounts = {} } = options;
  const collector = options.collectViolations ? new ViolationCollector() : null;
  const places = { ...mounts, [basePath]: root };
  const server = createServer((request, response) => {
    const [pathname = '/'] = (request.url ?? '/').split('?');
    if (collector?.answer(request, response)) return;
    const wanted = withHeaders ? responseHeaders({ isolated, pathname }) : {};
    const headers = collector?.withReports(wanted) ?? wanted;
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    answer(request, response, places).catch(() => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  const bound = await listen(server, port, strictPort || port === 0 ? 1 : 20);
  return {
    url: `http://localhost:${String(bound)}${basePath}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @param {number} attempts how many ports to try, upwards from `port`
 * @returns {Promise<number>} the port taken
 */
function listen(server, port, attempts) {
  return new Promise((resolve, reject) => {
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code !== 'EADDRINUSE' || attempts <= 1) reject(error);
      else listen(server, port + 1, attempts - 1).then(resolve, reject);
    });
    server.listen(port, 'localhost', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {Readonly<Record<string, string>>} places
 */
async function answer(request, response, places) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    return;
  }
  const file = locate(request.url ?? '/', places);
  const info = file === null ? null : await stat(file).catch(() => null);
  if (file === null || !info?.isFile()) {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('not found\n');
    return;
  }
  const etag = `"${info.size.toString(36)}-${Math.floor(info.mtimeMs).toString(36)}"`;
  response.setHeader('ETag', etag);
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('Cache-Control', 'no-cache');
  response.setHeader('Content-Type', MIME_TYPES[path.extname(file)] ?? 'application/octet-stream');
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304).end();
    return;
  }
  const range = requestedRange(request, info.size, etag);
  if (range === 'unsatisfiable') {
    response.writeHead(416, { 'Content-Range': `bytes */${String(info.size)}` }).end();
    return;
  }
  const { start, end } = range ?? { start: 0, end: info.size - 1 };
  if (range) {
    const span = `${String(start)}-${String(end)}/${String(info.size)}`;
    response.setHeader('Content-Range', `bytes ${span}`);
  }
  response.writeHead(range ? 206 : 200, { 'Content-Length': end - start + 1 });
  if (request.method === 'HEAD' || end < start) response.end();
  else await pipeline(createReadStream(file, { start, end }), response);
}

/**
 * The file that a URL names; null where it names none or leaves its folder.
 * @param {string} url
 * @param {Readonly<Record<string, string>>} places URL prefix -> file or folder; the first that fits counts
 * @returns {string | null}
 */
function locate(url, places) {
  let pathname;
  try {
    pathname = decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return null;
  }
  if (pathname.includes('\0')) return null;
  const [prefix, place] =
    Object.entries(places).find(([start]) => pathname.startsWith(start)) ?? [];
  if (prefix === undefined || place === undefined) return null;
  const base = path.resolve(place);
  const rest = pathname.slice(prefix.length);
  if (rest === '')
    return statSync(base, { throwIfNoEntry: false })?.isFile()
      ? base
      : path.join(base, 'index.html');
  const file = path.resolve(base, rest.endsWith('/') ? `${rest}index.html` : rest);
  return file.startsWith(base + path.sep) ? file : null;
}

/**
 * One byte range; several at once, and a range of a file changed since (If-Range), get the whole file.
 * @param {import('node:http').IncomingMessage} request
 * @param {number} size
 * @param {string} etag
 * @returns {{ start: number, end: number } | 'unsatisfiable' | null}
 */
function requestedRange(request, size, etag) {
  const match = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '');
  const condition = request.headers['if-range'];
  if (!match || (match[1] === '' && match[2] === '')) return null;
  if (condition !== undefined && condition !== etag) return null;
  const [first, last] = [match[1] ?? '', match[2] ?? ''];
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(size - 1, Number(last));
  return start <= end ? { start, end } : 'unsatisfiable';
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4173' },
      'strict-port': { type: 'boolean', default: false },
      'no-isolation': { type: 'boolean', default: false },
      'no-headers': { type: 'boolean', default: false },
      'collect-violations': { type: 'boolean', default: false },
      'base-path': { type: 'string', default: '/' },
      root: { type: 'string', default: DIST },
    },
  });
  const { url } = await serve({
    root: values.root,
    basePath: values['base-path'],
    headers: !values['no-headers'],
    collectViolations: values['collect-violations'],
    port: Number(values.port),
    strictPort: values['strict-port'],
    isolated: !values['no-isolation'],
  });
  console.log(`Sotto is at ${url}`);
}
