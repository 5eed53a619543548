import type { ErrorCode } from '../core/errors';
import { locale } from './locale.svelte';
import { errors } from './messages/errors';

/** An error as it travels: its sentence is English. Without a code that sentence is all there is. */
export interface Told {
  readonly code?: ErrorCode | undefined;
  readonly message: string;
  readonly details: string;
}

/** An error in the page's language. What its source says is more exact, and stays in the details. */
export function describeError({ code, message, details }: Told): Told {
  const general = code && errors[locale.current]?.[code];
  if (!general) return { message, details };
  return { message: general, details: [message, details].filter(Boolean).join('\n') };
}
