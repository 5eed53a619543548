import type { CaptureChannel, CaptureLevel } from '../core/capture';
import { assertNever } from '../core/errors';
import type { RecorderPhase } from '../state/recorder.svelte';
import { clock } from '../core/clock';

/** Softer than this is shown as silence, in decibels of full scale. */
const FLOOR_DB = -50;

/** What the recorder is doing, in a word or two. */
export function describeRecorder(phase: RecorderPhase): string {
  switch (phase) {
    case 'idle':
    case 'failed':
      return '';
    case 'asking':
      return 'Waiting for permission';
    case 'recording':
      return 'Recording';
    case 'paused':
      return 'Paused';
    case 'saving':
      return 'Saving';
    default:
      return assertNever(phase);
  }
}

/** The tab's title while a recording has the screen. */
export function recorderTitle(phase: RecorderPhase, recordedSec: number): string {
  return `${phase === 'recording' ? '● ' : ''}${clock(recordedSec)} · ${describeRecorder(phase)} · Sotto`;
}

export function channelName(channel: CaptureChannel): string {
  return channel === 'me' ? 'Me' : 'Them';
}

/** A level as ears weigh it: 0 is silence, 1 is full scale. */
export function loudness(level: CaptureLevel | undefined): number {
  const db = 20 * Math.log10(level?.peak ?? 0);
  return Math.min(1, Math.max(0, 1 - db / FLOOR_DB));
}
