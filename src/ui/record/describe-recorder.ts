import type { CaptureLevel } from '../../core/capture';
import type { RecorderPhase } from '../../state/recorder.svelte';
import { clock } from '../../core/clock';
import { locale } from '../locale.svelte';
import { record } from '../messages/record';

/** Softer than this is shown as silence, in decibels of full scale. */
const FLOOR_DB = -50;

/** What the recorder is doing, in a word or two. */
export function describeRecorder(phase: RecorderPhase): string {
  return record[locale.current].phases[phase];
}

/** The tab's title while a recording has the screen. */
export function recorderTitle(phase: RecorderPhase, recordedSec: number): string {
  return `${phase === 'recording' ? '● ' : ''}${clock(recordedSec)} · ${describeRecorder(phase)} · Sotto`;
}

/** A level as ears weigh it: 0 is silence, 1 is full scale. */
export function loudness(level: CaptureLevel | undefined): number {
  const db = 20 * Math.log10(level?.peak ?? 0);
  return Math.min(1, Math.max(0, 1 - db / FLOOR_DB));
}
