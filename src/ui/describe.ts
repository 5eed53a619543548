import { assertNever } from '../core/errors';
import type { Job, Phase, Truncation } from '../state/jobs.svelte';
import { clock } from '../core/clock';
import { decimal, percent, timeLeft } from './format';
import { locale } from './locale.svelte';
import { progress } from './messages/progress';

/** The line beside the progress bar: what is going on, how far, how long still. */
export function describeProgress(phase: Phase): string {
  const m = progress[locale.current];
  switch (phase.kind) {
    case 'queued':
      return m.queued;
    case 'fetching':
      return [m.fetching(phase.host), ...fetched(phase)].join(' · ');
    case 'decoding':
      if (phase.durationSec === null) return m.reading;
      return `${m.reading} · ${m.of(clock(phase.decodedSec), clock(phase.durationSec))}`;
    case 'loading':
      if (phase.totalBytes === 0) return m.loading;
      return `${m.loading} · ${percent(phase.loadedBytes / phase.totalBytes)}`;
    case 'transcribing': {
      const parts =
        phase.durationSec > 0
          ? [m.of(clock(phase.doneSec), clock(phase.durationSec))]
          : [m.transcribing];
      if (phase.leftSec !== null && phase.leftSec > 0) parts.push(timeLeft(phase.leftSec));
      // Lines break between the facts, never inside one.
      return parts.map((part) => part.replaceAll(' ', '\u00a0')).join(' · ');
    }
    case 'done':
      return m.done;
    case 'failed':
      return m.failed;
    case 'cancelled':
      return m.stopped;
    default:
      return assertNever(phase);
  }
}

/** "12.3 of 40.1 MB", without spaces to break at; nothing before the first byte. */
function fetched({ loadedBytes, totalBytes }: Phase & { readonly kind: 'fetching' }): string[] {
  if (loadedBytes === 0 && totalBytes === null) return [];
  const loaded = decimal(loadedBytes / 1e6, 1);
  const size =
    totalBytes === null
      ? `${loaded} MB`
      : progress[locale.current].of(loaded, `${decimal(totalBytes / 1e6, 1)} MB`);
  return [size.replaceAll(' ', '\u00a0')];
}

/** Why a transcript is of a part of its file only. */
export function describeTruncation({ reason, endSec, declaredSec }: Truncation): string {
  const whole = declaredSec === null ? null : clock(declaredSec);
  return progress[locale.current].truncated[reason](clock(endSec), whole);
}

/** For the live region. Coarse on purpose, so that it speaks at most a handful of times for one recording. */
export function announce(job: Job): string {
  const { phase } = job;
  const m = progress[locale.current].told;
  switch (phase.kind) {
    case 'queued':
      return '';
    case 'fetching':
      return m.fetching(job.name, phase.host);
    case 'decoding':
      return m.reading(job.name);
    case 'loading':
      return m.loading;
    case 'transcribing': {
      const quarters = Math.floor((job.fraction ?? 0) * 4) * 25;
      return m.transcribing(quarters);
    }
    case 'done':
      return m.done(job.name);
    case 'failed':
      return '';
    case 'cancelled':
      return m.stopped;
    default:
      return assertNever(phase);
  }
}

/** The tab's title. */
export function pageTitle(job: Job | null): string {
  if (!job) return 'Sotto';
  if (job.active)
    return `${job.fraction === null ? '…' : percent(job.fraction)} · ${job.name} · Sotto`;
  if (job.phase.kind === 'done') return `✓ ${job.name} · Sotto`;
  return `${job.name} · Sotto`;
}
