import type { DescribeOutcome, WatchedJob } from '../pwa/finish-notice.svelte';
import type { Phase } from '../state/jobs.svelte';
import { locale } from './locale.svelte';
import { pwa } from './messages/pwa';

/** How a recording has ended, if it has. */
export function outcomeOf({ kind }: Phase): WatchedJob['outcome'] {
  if (kind === 'done' || kind === 'failed') return kind;
  return kind === 'cancelled' ? 'stopped' : 'working';
}

/** What a notification says about the end of a recording. */
export const describeOutcome: DescribeOutcome = (name, outcome) => {
  const m = pwa[locale.current];
  return { title: outcome === 'done' ? m.doneTitle : m.failedTitle, body: name };
};
