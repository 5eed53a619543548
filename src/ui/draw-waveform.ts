import type { SpeechRegion } from '../core/voice-activity';

/** What a waveform shows. Times are seconds in the source. */
export interface Sound {
  /** Largest absolute sample of each stretch of 1 / peaksPerSec seconds. */
  readonly peaks: Float32Array;
  readonly peaksPerSec: number;
  readonly durationSec: number;
  readonly speech: readonly SpeechRegion[];
}

/** CSS colours. */
export interface WaveformColours {
  readonly speech: string;
  readonly wash: string;
  readonly silence: string;
}

const BAR_PX = 2;
const BAR_STEP_PX = 3;
/** Of silence too something is seen. */
const MIN_BAR_PX = 2;
/** Air above and below the loudest bar. */
const MARGIN_PX = 6;
/** Quieter recordings are drawn as if this were their loudest sample, so that noise stays small. */
const MIN_SCALE = 0.02;

/**
 * Draws bars around the middle line, the loudest as high as there is room; speech has a wash behind it.
 * @param context scaled so that its unit is a CSS pixel
 */
export function drawWaveform(
  context: CanvasRenderingContext2D,
  size: { readonly width: number; readonly height: number },
  { peaks, peaksPerSec, durationSec, speech }: Sound,
  colours: WaveformColours,
): void {
  const { width, height } = size;
  const pxPerSec = width / durationSec;
  context.clearRect(0, 0, width, height);
  context.fillStyle = colours.wash;
  for (const { startSec, endSec } of speech)
    context.fillRect(startSec * pxPerSec, 0, (endSec - startSec) * pxPerSec, height);
  const loudest = peaks.reduce((most, peak) => Math.max(most, peak), MIN_SCALE);
  let region = 0;
  for (let x = 0; x < width; x += BAR_STEP_PX) {
    const fromSec = x / pxPerSec;
    const toSec = (x + BAR_STEP_PX) / pxPerSec;
    while (region < speech.length && speech[region]!.endSec <= fromSec) region++;
    const spoken = region < speech.length && speech[region]!.startSec < toSec;
    const peak = loudestIn(peaks, fromSec * peaksPerSec, toSec * peaksPerSec) / loudest;
    const bar = Math.max(MIN_BAR_PX, peak * (height - 2 * MARGIN_PX));
    context.fillStyle = spoken ? colours.speech : colours.silence;
    context.beginPath();
    context.roundRect(x, (height - bar) / 2, BAR_PX, bar, BAR_PX / 2);
    context.fill();
  }
}

/** The largest of peaks [from, to), of one at least. */
function loudestIn(peaks: Float32Array, from: number, to: number): number {
  const first = Math.floor(from);
  return peaks
    .subarray(first, Math.max(first + 1, Math.floor(to)))
    .reduce((most, peak) => Math.max(most, peak), 0);
}
