import { assertNever } from '../core/errors';
import type { Job, Phase, Truncation } from '../state/jobs.svelte';
import { clock } from '../core/clock';
import { percent, timeLeft } from './format';

/** The line beside the progress bar: what is going on, how far, how long still. */
export function describeProgress(phase: Phase): string {
  switch (phase.kind) {
    case 'queued':
      return 'Waiting for its turn';
    case 'fetching':
      return [`Fetching from ${phase.host}`, ...fetched(phase)].join(' · ');
    case 'decoding':
      if (phase.durationSec === null) return 'Reading the file';
      return `Reading the file · ${clock(phase.decodedSec)} of ${clock(phase.durationSec)}`;
    case 'loading':
      if (phase.totalBytes === 0) return 'Loading the model';
      return `Loading the model · ${percent(phase.loadedBytes / phase.totalBytes)}`;
    case 'transcribing': {
      const parts =
        phase.durationSec > 0
          ? [`${clock(phase.doneSec)} of ${clock(phase.durationSec)}`]
          : ['Transcribing'];
      if (phase.leftSec !== null && phase.leftSec > 0) parts.push(timeLeft(phase.leftSec));
      // Lines break between the facts, never inside one.
      return parts.map((part) => part.replaceAll(' ', '\u00a0')).join(' · ');
    }
    case 'done':
      return 'Done';
    case 'failed':
      return 'Failed';
    case 'cancelled':
      return 'Stopped';
    default:
      return assertNever(phase);
  }
}

/** "12.3 of 40.1 MB", without spaces to break at; nothing before the first byte. */
function fetched({ loadedBytes, totalBytes }: Phase & { readonly kind: 'fetching' }): string[] {
  if (loadedBytes === 0 && totalBytes === null) return [];
  const parts = [loadedBytes, ...(totalBytes === null ? [] : [totalBytes])];
  const sizes = parts.map((bytes) => (bytes / 1e6).toFixed(1)).join(' of ');
  return [`${sizes} MB`.replaceAll(' ', '\u00a0')];
}

/** Why a transcript is of a part of its file only. */
export function describeTruncation({ reason, endSec, declaredSec }: Truncation): string {
  const until = `its sound could be read until ${clock(endSec)}`;
  switch (reason) {
    case 'short': {
      const whole = declaredSec === null ? '' : ` of ${clock(declaredSec)}`;
      return `This file ends early: ${until}${whole}. The transcript is of what is there.`;
    }
    case 'damaged':
      return `Parts of this file are damaged: ${until}, and what cannot be read is silence. The transcript is of what is there.`;
    case 'limit':
      return `Cut off at your limit of ${clock(endSec)}.`;
    default:
      return assertNever(reason);
  }
}

/** For the live region. Coarse on purpose, so that it speaks at most a handful of times for one recording. */
export function announce(job: Job): string {
  const { phase } = job;
  switch (phase.kind) {
    case 'queued':
      return '';
    case 'fetching':
      return `Fetching ${job.name} from ${phase.host}.`;
    case 'decoding':
      return `Reading ${job.name}.`;
    case 'loading':
      return 'Loading the model.';
    case 'transcribing': {
      const quarters = Math.floor((job.fraction ?? 0) * 4) * 25;
      return quarters === 0 ? 'Transcribing.' : `Transcribing, ${String(quarters)} percent done.`;
    }
    case 'done':
      return `Transcript of ${job.name} is ready.`;
    case 'failed':
      return '';
    case 'cancelled':
      return 'Stopped.';
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
