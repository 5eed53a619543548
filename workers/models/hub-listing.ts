import { SottoError } from '../../src/core/errors';
import { hubFileUrl, hubListingUrl } from '../../src/core/hub';
import {
  filesOfPrecision,
  OPTIONAL_DESCRIPTIONS,
  REQUIRED_DESCRIPTIONS,
} from '../../src/core/model-paths';
import type { InstallRequest, StoreSettings } from '../../src/core/model-store-api';
import { weightPaths } from '../../src/core/precisions';
import type { WantedFile } from './download-file';
import { askHub, isMissing, statusError, type HubAnswer } from './hub-request';
import { plainLength, publishedSha256 } from './response-range';

/** What the server has of a model. */
export interface HubListing {
  /** null where the server does not say; URLs then keep the revision that was asked for. */
  readonly commit: string | null;
  readonly files: readonly WantedFile[];
}

/** The part of the hub's answer that matters here. */
interface Listing {
  readonly sha?: string;
  readonly siblings: readonly Sibling[];
}

interface Sibling {
  readonly rfilename?: string;
  readonly size?: number;
  readonly lfs?: { readonly sha256?: string; readonly size?: number };
}

/**
 * The files that a request needs, with sizes and published hashes: from the hub's list of the repository, or, where a
 * server has none, from the headers of each file. Browsers follow the hub's redirects without showing the redirect's
 * own headers, so on the hub itself only the list has the hashes.
 * @throws SottoError 'model-missing', 'model-gated', 'bad-option' for a host that is none; Interruption
 */
export async function listWantedFiles(
  signal: AbortSignal,
  settings: StoreSettings,
  request: InstallRequest,
): Promise<HubListing> {
  if (!/^https?:$/.test(URL.parse(settings.host)?.protocol ?? ''))
    throw new SottoError(
      'bad-option',
      'The host of models is no web address. Write it like https://huggingface.co in the settings.',
      settings.host,
    );
  const listing =
    (await readListing(signal, settings, request)) ??
    (await readHeadsOfFirst(signal, settings, request));
  const paths = listing.files.map(({ path }) => path);
  const candidates = [request.precision, ...(request.alternatives ?? [])];
  const precision =
    candidates.find((candidate) => weightPaths(candidate).every((path) => paths.includes(path))) ??
    request.precision;
  const missing = [...REQUIRED_DESCRIPTIONS, ...weightPaths(precision)].find(
    (path) => !paths.includes(path),
  );
  if (missing !== undefined)
    throw new SottoError(
      'model-missing',
      `${request.repository} has no ${missing}. Choose another precision or another model.`,
      `${settings.host} at ${request.revision}`,
    );
  const wanted = filesOfPrecision(paths, precision);
  const files = wanted.map((path) => listing.files.find((f) => f.path === path)!);
  return { ...listing, files };
}

async function readListing(
  signal: AbortSignal,
  settings: StoreSettings,
  request: InstallRequest,
): Promise<HubListing | null> {
  const url = hubListingUrl(settings.host, request.repository, request.revision);
  const asked = await askHub(signal, url, {}, settings.idleTimeoutMs);
  const { response, discard } = asked;
  if (response.status >= 400 && response.status < 500 && response.status !== 429) {
    discard(); // a plain file server; or no such model, which the files themselves will say
    return null;
  }
  if (!response.ok) throw statusError(response, request.repository);
  const answer = parseListing(await textOf(asked));
  if (!answer) return null;
  const commit = answer.sha ?? null;
  return {
    commit,
    files: answer.siblings.map(({ rfilename = '', size, lfs }) => ({
      model: request.id,
      path: rfilename,
      url: hubFileUrl(settings.host, request.repository, commit ?? request.revision, rfilename),
      sizeBytes: lfs?.size ?? size ?? null,
      publishedSha256: publishedSha256(lfs?.sha256),
    })),
  };
}

/** null for anything else, such as the start page that many servers send for an unknown path. */
function parseListing(text: string): Listing | null {
  try {
    const value = JSON.parse(text) as Partial<Listing> | null;
    return Array.isArray(value?.siblings) ? (value as Listing) : null;
  } catch {
    return null;
  }
}

async function textOf(answer: HubAnswer): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of answer.pieces()) text += decoder.decode(piece, { stream: true });
  return text + decoder.decode();
}

/** Of the first precision that the server has. */
async function readHeadsOfFirst(
  signal: AbortSignal,
  settings: StoreSettings,
  request: InstallRequest,
): Promise<HubListing> {
  const [precision, ...alternatives] = request.alternatives ?? [];
  return readHeads(signal, settings, request).catch((thrown: unknown) => {
    if (!isMissing(thrown) || !precision) throw thrown;
    return readHeadsOfFirst(signal, settings, { ...request, precision, alternatives });
  });
}

async function readHeads(
  signal: AbortSignal,
  settings: StoreSettings,
  request: InstallRequest,
): Promise<HubListing> {
  const graphs = weightPaths(request.precision);
  const required = [...REQUIRED_DESCRIPTIONS, ...graphs];
  const optional = [...OPTIONAL_DESCRIPTIONS, ...graphs.map((graph) => `${graph}_data`)];
  let commit: string | null = null;
  const files: WantedFile[] = [];
  for (const path of [...required, ...optional]) {
    const revision = commit ?? request.revision;
    const url = hubFileUrl(settings.host, request.repository, revision, path);
    const { response } = await askHub(signal, url, { method: 'HEAD' }, settings.idleTimeoutMs);
    const { headers } = response;
    if (!response.ok && optional.includes(path) && response.status < 500) continue;
    if (!response.ok) throw statusError(response, `${request.repository} (${path})`);
    commit ??= headers.get('X-Repo-Commit');
    const linkedSize = headers.get('X-Linked-Size');
    files.push({
      model: request.id,
      path,
      url,
      sizeBytes: linkedSize === null ? plainLength(headers) : Number(linkedSize),
      publishedSha256: publishedSha256(headers.get('X-Linked-ETag') ?? headers.get('ETag')),
    });
  }
  return { commit, files };
}
