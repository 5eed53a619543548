import type { Device } from '../../src/core/asr-api';
import { buildOf, chooseBuild } from '../../src/core/engine-build';
import { BIG_FILES, type AppFile } from './app-files';
import { pathOf, urlOf } from './scope';

const CACHE = 'sotto-big-files';

/** The big file of this version at a path; null where there is none. */
export function bigFileAt(path: string): AppFile | null {
  return BIG_FILES.get(path) ?? null;
}

/** A file that only tabs of an older version ask for: its name has the hash of its content. */
export function matchOldBigFile(path: string): Promise<Response | undefined> {
  if (!path.startsWith('assets/')) return Promise.resolve(undefined);
  return caches.match(urlOf(path), { cacheName: CACHE, ignoreSearch: true });
}

/** A big file from the cache, else from the network; what comes from there is kept. */
export async function answerBigFile(event: FetchEvent, file: AppFile): Promise<Response> {
  const cached = await caches.match(keyOf(file), { cacheName: CACHE });
  if (cached) return cached;
  const response = await fetch(event.request);
  if (response.status === 200) event.waitUntil(keep(file, response.clone()));
  return response;
}

/** Keeps what an engine on `device` needs, and the files of the app among `urls`. */
export async function keepForOffline(device: Device, urls: readonly string[]): Promise<void> {
  const paths = new Set(urls.map(pathOf));
  for (const file of BIG_FILES.values()) {
    if (!paths.has(file.url) && !isOfEngine(file, device)) continue;
    if (await caches.match(keyOf(file), { cacheName: CACHE })) continue;
    const response = await fetch(urlOf(file.url)).catch(() => null);
    if (response?.status === 200) await keep(file, response);
  }
}

/** Deletes what this version has no use for. Call it where no older version runs. */
export async function forgetOldBigFiles(): Promise<void> {
  const cache = await caches.open(CACHE);
  const current = new Set([...BIG_FILES.values()].map(keyOf));
  for (const { url } of await cache.keys()) if (!current.has(url)) await cache.delete(url);
}

/** Keeps a response that is what the build listed: a server may hold another version by now. */
async function keep(file: AppFile, response: Response): Promise<void> {
  const { status, statusText, headers } = response;
  const bytes = await response.arrayBuffer();
  if ((await integrityOf(bytes)) !== file.integrity) return;
  const cache = await caches.open(CACHE);
  // A full disk keeps it from working without a network, nothing else.
  await cache
    .put(keyOf(file), new Response(bytes, { status, statusText, headers }))
    .catch(() => undefined);
}

function keyOf({ url, integrity }: AppFile): string {
  return `${urlOf(url)}?integrity=${encodeURIComponent(integrity)}`;
}

function isOfEngine({ url }: AppFile, device: Device): boolean {
  const build = buildOf(url);
  // A page that loses WebGPU goes on on WASM.
  if (build !== null)
    return build === chooseBuild(device, WebAssembly) || build === chooseBuild('wasm', WebAssembly);
  // WebGPU is not given a recording before it has passed a check.
  if (url.startsWith('samples/')) return device === 'webgpu';
  return url.startsWith('assets/'); // the voice detector
}

async function integrityOf(bytes: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `sha256-${btoa(String.fromCharCode(...hash))}`;
}
