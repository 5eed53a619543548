/** Where models are downloaded from unless another host (a mirror, one's own server) is set. */
export const DEFAULT_HUB = 'https://huggingface.co';

/** URL of one file, in the hub's form `{host}/{repository}/resolve/{revision}/{path}`. */
export function hubFileUrl(
  host: string,
  repository: string,
  revision: string,
  path: string,
): string {
  const file = path.split('/').map(encodeURIComponent).join('/');
  return `${trimmed(host)}/${repository}/resolve/${encodeURIComponent(revision)}/${file}`;
}

/** URL of the hub's list of a repository's files with sizes and hashes. Plain file servers have none. */
export function hubListingUrl(host: string, repository: string, revision: string): string {
  const path = `${repository}/revision/${encodeURIComponent(revision)}`;
  return `${trimmed(host)}/api/models/${path}?blobs=true`;
}

function trimmed(host: string): string {
  return host.replace(/\/+$/, '');
}
