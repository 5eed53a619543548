import { toSottoError, type ErrorCode } from '../core/errors';
import { linkFileName } from '../core/link-name';
import type { DocumentStatus } from '../core/transcript-document';

/** Where a recording is on its way. Times are seconds in the source. */
export type Phase =
  | { readonly kind: 'queued' }
  | {
      readonly kind: 'fetching';
      readonly host: string;
      readonly loadedBytes: number;
      /** null where the host does not say. */
      readonly totalBytes: number | null;
    }
  | { readonly kind: 'decoding'; readonly decodedSec: number; readonly durationSec: number | null }
  | { readonly kind: 'loading'; readonly loadedBytes: number; readonly totalBytes: number }
  /** The model's text on WebGPU is compared with what is known, before the recording is given to it. */
  | { readonly kind: 'checking' }
  | {
      readonly kind: 'transcribing';
      readonly window: number;
      readonly windows: number;
      readonly doneSec: number;
      readonly durationSec: number;
      /** Expected wait from the speed so far; null until a window is done. */
      readonly leftSec: number | null;
    }
  | { readonly kind: 'done' }
  | {
      readonly kind: 'failed';
      readonly code: ErrorCode;
      readonly message: string;
      readonly details: string;
      readonly retryable: boolean;
    }
  | { readonly kind: 'cancelled' };

/** Failures that the same file will meet again. */
const FILE_FAULTS: ReadonlySet<ErrorCode> = new Set([
  'empty-file',
  'not-media',
  'no-audio',
  'no-samples',
  'no-index',
  'unknown-codec',
  'encrypted',
  'too-large',
  'too-long',
  'link-insecure',
  'link-web-page',
]);

/** Whether something is being done right now. */
export function isActive({ kind }: Phase): boolean {
  return ['fetching', 'decoding', 'loading', 'checking', 'transcribing'].includes(kind);
}

/** What a window that begins makes of a phase. @param at `durationSec` is null where it is not known */
export function windowPhase(
  before: Phase,
  at: Record<'window' | 'windows' | 'doneSec', number> & { readonly durationSec: number | null },
): Phase {
  return {
    kind: 'transcribing',
    ...at,
    windows: Math.max(at.window, at.windows),
    durationSec: at.durationSec ?? 0,
    leftSec: before.kind === 'transcribing' ? before.leftSec : null,
  };
}

/** What a failure makes of a job. */
export function failedPhase(thrown: unknown): Phase & { readonly kind: 'failed' } {
  const { code, message, details } = toSottoError(thrown);
  return {
    kind: 'failed',
    code,
    message,
    details: [code, message, details].filter(Boolean).join('\n'),
    retryable: !FILE_FAULTS.has(code),
  };
}

/** How far a phase is, between 0 and 1; null while the amount of work is unknown. */
export function fractionOf(phase: Phase): number | null {
  if (phase.kind === 'transcribing' && phase.doneSec > 0 && phase.durationSec > 0)
    return Math.min(1, phase.doneSec / phase.durationSec);
  if ((phase.kind === 'fetching' || phase.kind === 'loading') && phase.totalBytes)
    return Math.min(1, phase.loadedBytes / phase.totalBytes);
  return null;
}

/** How a phase is kept: what a closed tab leaves as `working` is gone on with. */
export function statusOf({ kind }: Phase): DocumentStatus {
  if (kind === 'done' || kind === 'failed') return kind;
  return kind === 'cancelled' ? 'stopped' : 'working';
}

/** Would a person miss a job if it were gone: text, or a try that may yet work? */
export function isWorthKeeping(job: {
  readonly segments: readonly unknown[];
  readonly phase: Phase;
}): boolean {
  if (job.segments.length > 0) return true;
  return job.phase.kind === 'failed' ? job.phase.retryable : job.phase.kind !== 'cancelled';
}

/** The name of what is to be transcribed, before it is here. */
export function nameOf(source: File | URL): string {
  return source instanceof File ? source.name : linkFileName(null, source.pathname, source.host);
}

/** A file's name without its ending. */
export function stemOf(name: string): string {
  return name.replace(/\.[^.]+$/, '') || name;
}
