import { DEFAULT_HUB } from '../core/hub';

/** Names of this machine, which need no encryption. */
const OWN_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/**
 * What a person wrote as the host of models, as a URL without a slash at its end; nothing is the usual hub.
 * @returns null for what a page may not ask, or what is no host
 */
export function parseHost(text: string): string | null {
  const written = text.trim() || DEFAULT_HUB;
  const url = URL.parse(written.includes('://') ? written : `https://${written}`);
  // Chromium takes a space for a part of a name.
  if (!url || /[^\w.:[\]-]/.test(url.hostname)) return null;
  if (url.username || url.password || url.search || url.hash) return null;
  const isOwn = url.protocol === 'http:' && OWN_NAMES.includes(url.hostname);
  return url.protocol === 'https:' || isOwn ? url.href.replace(/\/+$/, '') : null;
}
