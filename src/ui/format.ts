import { locale } from './locale.svelte';
import { format } from './messages/format';

/** 41_300_000 → "41 MB", 3_100_000 → "3.1 MB". */
export function megabytes(bytes: number): string {
  const mb = bytes / 1e6;
  return `${decimal(mb, mb < 10 ? 1 : 0)} MB`;
}

/** 41_300 → "41 KB", and what is larger as fileSize. */
export function exactSize(bytes: number): string {
  return bytes < 999_500 ? `${String(Math.round(bytes / 1000))} KB` : fileSize(bytes);
}

/** 41_300_000 → "41 MB", 1_610_000_000 → "1.6 GB". */
export function fileSize(bytes: number): string {
  return bytes < 999.5e6 ? megabytes(bytes) : `${decimal(bytes / 1e9, 1)} GB`;
}

/** 312 → "312 B", 12_345 → "12 kB", 41_300_000 → "41 MB". */
export function byteCount(bytes: number): string {
  if (bytes < 1000) return `${String(bytes)} B`;
  return bytes < 999.5e3 ? `${String(Math.round(bytes / 1000))} kB` : fileSize(bytes);
}

/** 12_300_000 of 41_000_000 → "12.3 of 41.0 MB". */
export function partOfSize(bytes: number, wholeBytes: number): string {
  const [unit, name, digits] = wholeBytes < 999.5e6 ? [1e6, 'MB', 1] : [1e9, 'GB', 2];
  const [part, whole] = [bytes, wholeBytes].map((size) => decimal(size / unit, digits));
  return format[locale.current].of(part!, `${whole!} ${name}`);
}

/** 95 → "2 min left". Rounded up: nobody minds being early. */
export function timeLeft(sec: number): string {
  return format[locale.current].left(aboutTime(sec));
}

function aboutTime(sec: number): string {
  if (sec < 55) return `${String(Math.max(5, Math.ceil(sec / 5) * 5))} s`;
  if (sec < 3600) return `${String(Math.ceil(sec / 60))} min`;
  return `${decimal(sec / 3600, 1)} h`;
}

/** "en" → "English", in the page's language. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(locale.current, { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** 0.5 → "50%". */
export function percent(fraction: number): string {
  return new Intl.NumberFormat(locale.current, { style: 'percent' }).format(fraction);
}

/** A number with so many digits after its point. */
export function decimal(value: number, digits: number): string {
  const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(locale.current, { ...fraction, useGrouping: false }).format(value);
}
