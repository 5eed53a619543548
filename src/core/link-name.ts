/**
 * A name for the file behind a link: what the host calls it, else the end of its path, else the host.
 * @param disposition Content-Disposition (RFC 6266), null where it was not sent or is hidden
 * @param pathname the URL's, percent-encoded
 */
export function linkFileName(disposition: string | null, pathname: string, host: string): string {
  const segment = pathname.split('/').findLast((part) => part !== '') ?? '';
  return clean(dispositionName(disposition ?? '')) || clean(decoded(segment)) || host;
}

/** `filename*=UTF-8''caf%C3%A9.mp3` goes before `filename="cafe.mp3"`. */
function dispositionName(disposition: string): string {
  const extended = /;\s*filename\*\s*=\s*utf-8'[^']*'([^;]+)/i.exec(disposition)?.[1];
  if (extended) return decoded(extended.trim());
  const quoted = /;\s*filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1];
  if (quoted !== undefined) return quoted.replace(/\\(.)/g, '$1');
  return /;\s*filename\s*=\s*([^;\s"]+)/i.exec(disposition)?.[1] ?? '';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** No folders and no control characters. */
function clean(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  return last.replace(/\p{Cc}/gu, '').trim();
}
