import type { NumberControl, OptionControl } from '../../core/option-controls';
import { isOptionValue } from '../../core/option-values';
import { locale } from '../locale.svelte';
import type { options } from '../messages/options';

type Words = (typeof options)['en'];

/** A number, a text or numbers as a field has them; an empty field is null. */
export type FieldValue = number | string | readonly number[] | null;

/** What a field shows of a value. Lists keep the decimal point, since commas part their numbers. */
export function fieldText(value: FieldValue): string {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'number' ? numberText(value) : String(value ?? '');
}

function numberText(value: number): string {
  return value.toLocaleString(locale.current, { useGrouping: false, maximumFractionDigits: 6 });
}

/** What was written into a field; undefined where it means nothing there. Decimals may have a comma, but not in lists. */
export function parseField(control: OptionControl, text: string): FieldValue | undefined {
  const value = readField(control, text);
  return isOptionValue(control, value) ? value : undefined;
}

function readField(control: OptionControl, text: string): FieldValue {
  if (control.kind === 'numbers')
    return text
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map(Number);
  const empty = text.trim() === '';
  if (control.kind === 'text') return empty && control.nullable ? null : text;
  return empty ? null : Number(text.trim().replace(',', '.').replace('−', '-'));
}

/** What a field takes, as a sentence. */
export function rangeSentence(control: OptionControl, m: Words): string {
  if (control.kind === 'numbers') return m.listRange(rangeOf(control.each, m));
  return control.kind === 'number' ? rangeOf(control, m) : '';
}

function rangeOf({ min, max, step }: NumberControl, m: Words): string {
  const range = step < 1 ? m.numberRange : m.wholeRange;
  return range(numberText(min), max === undefined ? null : numberText(max));
}

/** A default as words: "2.4", "on", "none". */
export function valueText(value: unknown, m: Words, empty: string | undefined): string {
  if (typeof value === 'boolean') return value ? m.on : m.off;
  if (value === null || value === '') return empty ?? m.nothing;
  return fieldText(value as FieldValue);
}
