/** Bytes of a whole name in UTF-8: file systems allow 255, encrypted ones 143 for some; browsers add " (1)". */
const MAX_BYTES = 140;
/** What Windows keeps for itself, with any ending. */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(?=$|\s*\.)/i;
/** Path separators and what Windows refuses in a name. */
const FORBIDDEN = /[<>:"/\\|?*\u29f5\u2044\u2215\uff0f\uff3c]+/g;
/**
 * Controls, line ends, and characters without a shape that can make a name read as another: marks and overrides of
 * direction, zero-width space, byte order mark. Joiners stay: Persian and emoji are spelt with them.
 */
const INVISIBLE =
  /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/**
 * A name for a file that every system takes and that reads as what it is.
 * @param title anything; its ending is not looked at. @param extension without the dot. @param fallback where nothing is left
 */
export function safeFileName(title: string, extension: string, fallback: string): string {
  const clean = title
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\t\n\r\v\f\u0085\u2028\u2029]+/g, ' ')
    .replace(INVISIBLE, '')
    .replace(FORBIDDEN, '-')
    .replace(/\s+/g, ' ');
  const room = MAX_BYTES - byteLength(`.${extension}`) - 1;
  const stem = trimEnds(shorten(trimEnds(clean), room)) || fallback;
  return `${RESERVED.test(stem) ? '_' : ''}${stem}.${extension}`;
}

/** No dot at the start, which hides a file, and no dot or space at the end, which Windows drops. */
function trimEnds(name: string): string {
  return name.replace(/^[\s.]+|[\s.]+$/g, '');
}

/** As many whole characters, as readers count them, as fit. */
function shorten(text: string, bytes: number): string {
  if (byteLength(text) <= bytes) return text;
  let kept = '';
  let left = bytes;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    left -= byteLength(segment);
    if (left < 0) break;
    kept += segment;
  }
  return kept;
}

/** Bytes in UTF-8 of well-formed text. */
function byteLength(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
