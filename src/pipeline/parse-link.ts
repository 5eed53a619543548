import { SottoError } from '../core/errors';

/** What was typed or pasted, as a URL that can be fetched. @throws SottoError 'link-invalid' */
export function parseLink(text: string): URL {
  const url = urlOf(text.trim());
  if (!url)
    throw new SottoError(
      'link-invalid',
      'This is not a link. A link looks like https://example.org/talk.mp3.',
    );
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new SottoError(
      'link-invalid',
      `Sotto fetches links that begin with https:// or http://, and this one begins with ${url.protocol} Paste another link, or drop the file here.`,
    );
  if (url.username || url.password)
    throw new SottoError(
      'link-invalid',
      'This link has a name or password in it, which browsers refuse to send. Download the file yourself and drop it here.',
    );
  return url;
}

/**
 * Browsers keep secure pages from hosts that are not, without saying so; a host on this machine counts as secure.
 * @param pageProtocol as in location.protocol
 * @throws SottoError 'link-insecure'
 */
export function refuseInsecure(url: URL, pageProtocol: string): void {
  const local = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|.+\.localhost)$/.test(url.hostname);
  if (url.protocol !== 'http:' || local || pageProtocol !== 'https:') return;
  throw new SottoError(
    'link-insecure',
    'This link begins with http://, and browsers do not let a secure page fetch it. Try it with https://, or download the file yourself and drop it here.',
  );
}

function urlOf(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
