import { SottoError } from '../../src/core/errors';
import type { InstallRequest } from '../../src/core/model-store-api';
import type { HubListing } from './hub-listing';
import { isMissing } from './hub-request';

/**
 * A listing with the sizes and hashes that the app knows, so that every file is compared with these when it has
 * arrived: a server that was tampered with announces the hash of what it sends.
 * @throws SottoError 'model-untrusted' where the server announces others, before any of it is asked for
 */
export function requireExpected(
  host: string,
  { expected = [] }: InstallRequest,
  listing: HubListing,
): HubListing {
  const files = listing.files.map((file) => {
    const known = expected.find(({ path }) => path === file.path);
    if (!known) return file;
    const { sizeBytes, sha256 } = known;
    const isOther =
      (file.sizeBytes ?? sizeBytes) !== sizeBytes ||
      (file.publishedSha256 ?? sha256) !== (sha256 ?? file.publishedSha256);
    if (isOther)
      throw new SottoError(
        'model-untrusted',
        `${new URL(host).host} has another ${file.path} than the one that Sotto knows, so nothing of it was downloaded. Set another host in the settings, or add the model by its name if you trust this one.`,
        `${file.url}\nhere: ${String(file.sizeBytes)} bytes, SHA-256 ${String(file.publishedSha256)}\nknown: ${String(sizeBytes)} bytes, SHA-256 ${String(sha256)}`,
      );
    return { ...file, sizeBytes, publishedSha256: sha256 ?? file.publishedSha256 };
  });
  return { ...listing, files };
}

/**
 * Mirrors may have a model's newest files without their history: those will do where every one of them is known.
 * @param missing what the server said to the commit that was asked for
 * @throws SottoError 'model-untrusted', or `missing` where the server has no such model at all
 */
export async function listNewest(
  host: string,
  { repository, expected = [] }: InstallRequest,
  missing: SottoError,
  list: (revision: string) => Promise<HubListing>,
): Promise<HubListing> {
  const newest = await list('main').catch((thrown: unknown) => {
    throw isMissing(thrown) ? missing : thrown;
  });
  const isKnown = (path: string): boolean =>
    expected.some((file) => file.path === path && file.sha256 !== null);
  if (newest.files.every(({ path }) => isKnown(path))) return newest;
  throw new SottoError(
    'model-untrusted',
    `${new URL(host).host} does not have the version of ${repository} that Sotto knows, and what it has cannot be checked. Set another host in the settings, or add the model by its name if you trust this one.`,
    missing.details,
  );
}
