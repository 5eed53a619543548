import type { Device } from '../../core/asr-api';
import type { Locale } from '../../core/locale';
import { parsePrecision, type PrecisionKey } from '../../core/precisions';

/** 12.34 → "12×", 3.21 → "3.2×", 0.05 → "0.05×": how much faster than it was spoken. */
export function speedText(speed: number, locale: Locale): string {
  const digits = speed >= 9.95 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 2 };
  return `${new Intl.NumberFormat(locale, digits).format(speed)}×`;
}

/** 1.23 → "1.2 s". */
export function secondsText(sec: number, locale: Locale): string {
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(sec)} s`;
}

/** The day of a moment: "21 Nov 2026". */
export function dayText(atMs: number, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(atMs);
}

/** 0.854 → "85 %". */
export function shareText(fraction: number, locale: Locale): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(
    fraction,
  );
}

/** Bytes of a limit, in the powers of two that limits come in: 2_147_483_648 → "2 GiB". */
export function limitText(bytes: number, locale: Locale): string {
  const [unit, name] = bytes >= 2 ** 30 ? [2 ** 30, 'GiB'] : [2 ** 20, 'MiB'];
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return `${number.format(bytes / unit)} ${name}`;
}

/** "WebGPU" */
export function deviceName(device: Device): string {
  return device === 'webgpu' ? 'WebGPU' : 'WASM';
}

const BITS = { fp32: '32', fp16: '16', q8: '8', q4: '4' } as const;

/** Bits per weight of encoder and decoder: "q8+q8" → "8 bit", "fp16+q4" → "16 + 4 bit". */
export function precisionText(key: PrecisionKey): string {
  const { encoder, decoder } = parsePrecision(key);
  const both = encoder === decoder ? BITS[encoder] : `${BITS[encoder]} + ${BITS[decoder]}`;
  return `${both} bit`;
}
