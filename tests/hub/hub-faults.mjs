import { once } from 'node:events';

/**
 * What goes wrong with one request of a file (or several, by `times`).
 * @typedef {object} Fault
 * @property {string} path inside the repository; "" is the list of files
 * @property {'status' | 'truncate' | 'close-delimited' | 'hold' | 'stall' | 'flip' | 'ignore-range' | 'page'} kind
 *   status: answers with `status`. truncate: breaks the connection off after `after` bytes, when released. close-delimited: sends no
 *   length and ends properly after `after` bytes. hold: sends nothing more after `after` bytes until released.
 *   stall: answers when released, as things are then. flip: changes the byte at `after`. ignore-range: sends the whole file. page: sends a web
 *   page instead
 * @property {number} [status]
 * @property {string} [retryAfter]
 * @property {number} [after]
 * @property {number} [times] 1 unless told
 */

/** Small pieces, so that what has been sent is close to what has arrived. */
const PIECE_BYTES = 64 * 1024;

const PAGE = '<!doctype html><title>Log in to this network</title>';

/**
 * Takes the next fault of this path off the list.
 * @param {Fault[]} faults
 * @param {string} path
 * @returns {Fault | undefined}
 */
export function faultOf(faults, path) {
  const index = faults.findIndex((fault) => fault.path === path);
  const fault = faults[index];
  if (!fault) return undefined;
  fault.times = (fault.times ?? 1) - 1;
  if (fault.times <= 0) faults.splice(index, 1);
  return fault;
}

/**
 * @param {object} exchange
 * @param {import('node:http').IncomingMessage} exchange.request
 * @param {import('node:http').ServerResponse} exchange.response
 * @param {import('./hub-scopes.mjs').RequestNote} exchange.note
 * @param {{ bytes: Buffer, etag: string }} exchange.file
 * @param {Fault | undefined} exchange.fault
 * @param {(release: () => void) => void} exchange.hold
 */
export async function sendBody({ request, response, note, file, fault, hold }) {
  if (fault?.kind === 'page') {
    note.status = 200;
    response.setHeader('Content-Length', PAGE.length);
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(PAGE);
    return;
  }
  const size = file.bytes.length;
  const range = fault?.kind === 'ignore-range' ? null : requestedRange(request, size, file.etag);
  if (range === 'unsatisfiable') {
    note.status = 416;
    response.writeHead(416, { 'Content-Range': `bytes */${String(size)}` }).end();
    return;
  }
  const { start, end } = range ?? { start: 0, end: size };
  note.status = range ? 206 : 200;
  if (range) response.setHeader('Content-Range', `bytes ${start}-${end - 1}/${String(size)}`);
  if (fault?.kind === 'close-delimited') response.removeHeader('Transfer-Encoding');
  else response.setHeader('Content-Length', end - start);
  response.writeHead(note.status, { 'Content-Type': 'application/octet-stream' });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const after = fault?.after ?? 0;
  const bytes = fault?.kind === 'flip' ? flipped(file.bytes, after) : file.bytes;
  const isCut = fault?.kind === 'truncate' || fault?.kind === 'close-delimited';
  const stop = isCut || fault?.kind === 'hold' ? Math.min(end, start + after) : end;
  await send(response, note, bytes.subarray(start, stop));
  if (fault?.kind === 'hold' || fault?.kind === 'truncate')
    await new Promise((resolve) => hold(() => resolve(undefined)));
  if (fault?.kind === 'hold') {
    await send(response, note, bytes.subarray(stop, end));
  }
  if (fault?.kind === 'truncate') response.destroy();
  else response.end();
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {import('./hub-scopes.mjs').RequestNote} note
 * @param {Buffer} bytes
 */
async function send(response, note, bytes) {
  const closed = once(response, 'close');
  for (let at = 0; at < bytes.length && !response.destroyed; at += PIECE_BYTES) {
    const piece = bytes.subarray(at, at + PIECE_BYTES);
    note.sentBytes += piece.length;
    // On its way when this resolves: a connection broken off then loses nothing that was counted.
    const sent = new Promise((resolve) => response.write(piece, () => resolve(undefined)));
    await Promise.race([sent, closed]);
  }
}

/** @param {Buffer} bytes @param {number} at */
function flipped(bytes, at) {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {number} size
 * @param {string} etag
 * @returns {{ start: number, end: number } | 'unsatisfiable' | null} end is exclusive; null is the whole file
 */
function requestedRange(request, size, etag) {
  const match = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  const condition = request.headers['if-range'];
  if (!match || (condition !== undefined && condition !== etag)) return null;
  const start = Number(match[1]);
  const end = match[2] === '' ? size : Math.min(size, Number(match[2]) + 1);
  return start < end ? { start, end } : 'unsatisfiable';
}
