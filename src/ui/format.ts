/** 41_300_000 → "41 MB". */
export function megabytes(bytes: number): string {
  const mb = bytes / 1e6;
  return `${mb < 10 ? mb.toFixed(1) : String(Math.round(mb))} MB`;
}

/** 41_300 → "41 KB", and what is larger as fileSize. */
export function exactSize(bytes: number): string {
  return bytes < 999_500 ? `${String(Math.round(bytes / 1000))} KB` : fileSize(bytes);
}

/** 41_300_000 → "41 MB", 1_610_000_000 → "1.6 GB". */
export function fileSize(bytes: number): string {
  return bytes < 999.5e6 ? megabytes(bytes) : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** 312 → "312 B", 12_345 → "12 kB", 41_300_000 → "41 MB". */
export function byteCount(bytes: number): string {
  if (bytes < 1000) return `${String(bytes)} B`;
  return bytes < 999.5e3 ? `${String(Math.round(bytes / 1000))} kB` : fileSize(bytes);
}

/** 12_300_000 of 41_000_000 → "12.3 of 41.0 MB". */
export function partOfSize(bytes: number, wholeBytes: number): string {
  const [unit, name] = wholeBytes < 999.5e6 ? [1e6, 'MB'] : [1e9, 'GB'];
  const digits = unit === 1e9 ? 2 : 1;
  return `${(bytes / unit).toFixed(digits)} of ${(wholeBytes / unit).toFixed(digits)} ${name}`;
}

/** 95 → "2 min left". Rounded up: nobody minds being early. */
export function timeLeft(sec: number): string {
  if (sec < 55) return `${String(Math.max(5, Math.ceil(sec / 5) * 5))} s left`;
  if (sec < 3600) return `${String(Math.ceil(sec / 60))} min left`;
  return `${(sec / 3600).toFixed(1)} h left`;
}

/** "en" → "English", in the reader's own language. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(undefined, { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

export function percent(fraction: number): string {
  return `${String(Math.round(fraction * 100))} %`;
}
