import { SottoError } from '../core/errors';
import { LinkClient } from '../rpc/link-client';
import { reportLink } from './network-ledger';
import { whileUnlocked } from './offline-lock';
import { refuseInsecure } from './parse-link';

/** Bytes that are collected before they become a Blob, which the browser may move to disk. */
const PART_BYTES = 8 << 20;

/** How far a link has been fetched; `totalBytes` is null where the host does not say. */
export interface FetchEvent {
  readonly kind: 'fetch';
  readonly host: string;
  readonly loadedBytes: number;
  readonly totalBytes: number | null;
}

/**
 * Fetches the media file behind a link, in a worker that is told nothing but the link. Tells which host is asked
 * before it is asked. Nothing is tried twice.
 * @throws SottoError; the signal's reason when aborted
 */
export function openLink(
  signal: AbortSignal,
  url: URL,
  onEvent: (event: FetchEvent) => void,
  client: Pick<LinkClient, 'open'> = new LinkClient(),
): Promise<File> {
  refuseInsecure(url, location.protocol);
  return whileUnlocked(signal, (until) => fetchLink(until, url, onEvent, client));
}

async function fetchLink(
  signal: AbortSignal,
  url: URL,
  onEvent: (event: FetchEvent) => void,
  client: Pick<LinkClient, 'open'>,
): Promise<File> {
  onEvent({ kind: 'fetch', host: url.host, loadedBytes: 0, totalBytes: null });
  const startMs = Date.now();
  const link = await client.open(signal, url.href).catch((thrown: unknown) => {
    reportLink(url, startMs, null, 0);
    throw thrown;
  });
  const parts = new BlobParts();
  try {
    const { host, fileName, type, totalBytes } = link.info;
    const freeBytes = await freeStorageBytes();
    let chunk: Uint8Array<ArrayBuffer> | null = new Uint8Array();
    for (; chunk; chunk = await link.next(signal)) {
      parts.add(chunk);
      const { loadedBytes } = parts;
      requireRoom(Math.max(totalBytes ?? 0, loadedBytes), freeBytes);
      onEvent({ kind: 'fetch', host, loadedBytes, totalBytes });
    }
    return new File(parts.finish(), fileName, { type });
  } finally {
    link.close();
    reportLink(url, startMs, link.info.host, parts.loadedBytes);
  }
}

/** Collects bytes without ever holding the whole file in one buffer. */
class BlobParts {
  loadedBytes = 0;
  readonly #parts: Blob[] = [];
  #pending: Uint8Array<ArrayBuffer>[] = [];
  #pendingBytes = 0;

  add(bytes: Uint8Array<ArrayBuffer>): void {
    this.loadedBytes += bytes.length;
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    if (this.#pendingBytes >= PART_BYTES) this.finish();
  }

  finish(): Blob[] {
    this.#parts.push(new Blob(this.#pending));
    this.#pending = [];
    this.#pendingBytes = 0;
    return this.#parts;
  }
}

/** Infinity where the browser does not say. */
async function freeStorageBytes(): Promise<number> {
  const { quota, usage } = await navigator.storage.estimate().catch((): StorageEstimate => ({}));
  return quota === undefined ? Infinity : quota - (usage ?? 0);
}

function requireRoom(neededBytes: number, freeBytes: number): void {
  if (neededBytes <= freeBytes) return;
  const gb = (bytes: number): string => `${(bytes / 1e9).toFixed(bytes < 1e10 ? 2 : 0)} GB`;
  throw new SottoError(
    'link-too-large',
    `This file needs ${gb(neededBytes)}, and the browser has ${gb(freeBytes)} free. Free some space, or choose a smaller file.`,
  );
}
