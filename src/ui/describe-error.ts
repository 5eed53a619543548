import type { ErrorCode } from '../core/errors';
import { locale } from './locale.svelte';
import { errors } from './messages/errors';

/** An error as it travels: its sentence is English. */
export interface Told {
  /** Where it is absent, the first line of the details may say it, as that of a failed job does. */
  readonly code?: ErrorCode | undefined;
  readonly message: string;
  readonly details: string;
}

/** An error in the page's language. What its source says is more exact, and stays in the details. */
export function describeError({ code, message, details }: Told): Told {
  const sentences: Readonly<Partial<Record<string, string>>> = errors[locale.current] ?? {};
  const general = sentences[code ?? details.split('\n')[0] ?? ''];
  if (!general) return { message, details };
  return { message: general, details: [message, details].filter(Boolean).join('\n') };
}
