import { assertNever } from '../core/errors';
import type { Job, Phase, Truncation } from '../state/jobs.svelte';
import { clock } from '../core/clock';
import { describeError } from './describe-error';
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
    case 'checking':
      return m.checking;
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

/** The line below a recording in the queue: its progress, or why there is none. */
export function describeJob({ phase, missing }: Job): string {
  if (phase.kind !== 'failed')
    return missing ? progress[locale.current].fileNeeded : describeProgress(phase);
  // What to do about it is said where the recording is opened.
  return describeError(phase).message.split(/(?<=[.!?]) /)[0]!;
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
    case 'fetching':
      return m.fetching(job.name, phase.host);
    case 'decoding':
      return m.reading(job.name);
    case 'loading':
      return m.loading;
    case 'checking':
      return m.checking;
    case 'transcribing': {
      const quarters = Math.floor((job.fraction ?? 0) * 4) * 25;
      return m.transcribing(quarters);
    }
    case 'cancelled':
      return m.stopped;
    case 'queued':
    case 'done':
    case 'failed':
      return '';
    default:
      return assertNever(phase);
  }
}

/**
 * For the live region, wherever one is on the page.
 * @param job what was done or failed last
 * @param left how many are still to come
 */
export function announceEnd({ phase, name }: Job, left: number): string {
  const m = progress[locale.current].told;
  const end = phase.kind === 'done' ? m.done(name) : phase.kind === 'failed' ? m.failed(name) : '';
  return end && left > 0 ? `${end} ${m.left(left)}` : end;
}

/** The tab's title. */
export function pageTitle(job: Job | null): string {
  if (!job) return 'Sotto';
  if (job.active)
    return `${job.fraction === null ? '…' : percent(job.fraction)} · ${job.name} · Sotto`;
  if (job.phase.kind === 'done') return `✓ ${job.name} · Sotto`;
  return `${job.name} · Sotto`;
}
