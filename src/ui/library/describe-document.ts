import { clock } from '../../core/clock';
import type { Locale } from '../../core/locale';
import type { TranscriptDocument } from '../../core/transcript-document';
import { languageName } from '../format';
import { recent } from '../messages/recent';

/** Length, language and date in a line; how far it is and why where it is not done. */
export function documentFacts(document: TranscriptDocument, locale: Locale, nowMs: number): string {
  const m = recent[locale];
  const { status, durationSec, doneSec, language, createdAtMs } = document;
  const unfinished = status !== 'done' && status !== 'imported';
  const length =
    durationSec === null
      ? []
      : [unfinished ? m.part(clock(doneSec), clock(durationSec)) : clock(durationSec)];
  return [
    ...(m.status[status] ? [m.status[status]] : []),
    ...length,
    ...(language ? [languageIn(language, locale)] : []),
    whenWas(createdAtMs, locale, nowMs),
  ].join(' · ');
}

/** Language and length, as far as they are known: the line below a title. */
export function recordingFacts(language: string | null, durationSec: number | null): string {
  const facts = [language && languageName(language), durationSec && clock(durationSec)];
  return facts.filter(Boolean).join(' · ');
}

/** The first words; null where there are none. */
export function firstLine({ segments }: TranscriptDocument): string | null {
  let line = '';
  for (const { text } of segments) {
    line += text;
    // More than fits a line: the rest is cut by the page.
    if (line.length > 200) break;
  }
  return line.trim() || null;
}

/** How far a transcript is, between 0 and 1; null where its length is not known. */
export function documentFraction({ doneSec, durationSec }: TranscriptDocument): number | null {
  return durationSec ? Math.min(1, doneSec / durationSec) : null;
}

/** "Today, 14:05", "Yesterday, 9:30", "12 Nov", "12 Nov 2025". */
export function whenWas(atMs: number, locale: Locale, nowMs: number): string {
  const m = recent[locale];
  const days = Math.round((midnight(nowMs) - midnight(atMs)) / 86_400_000);
  const at = new Date(atMs);
  if (days === 0 || days === 1) {
    const time = at.toLocaleTimeString(locale, { hour: 'numeric', minute: '2-digit' });
    return `${days === 0 ? m.today : m.yesterday}, ${time}`;
  }
  const sameYear = at.getFullYear() === new Date(nowMs).getFullYear();
  const year = sameYear ? {} : ({ year: 'numeric' } as const);
  return at.toLocaleDateString(locale, { day: 'numeric', month: 'short', ...year });
}

function languageIn(code: string, locale: Locale): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

function midnight(atMs: number): number {
  return new Date(atMs).setHours(0, 0, 0, 0);
}
