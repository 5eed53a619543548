import type { Sound } from '../../core/transcript-document';
import type { SpeechRegion } from '../../core/voice-activity';

/** CSS colours. */
export interface BarColours {
  readonly speech: string;
  readonly silence: string;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const BAR_PX = 2;
const BAR_STEP_PX = 3;
/** Of silence too something is seen. */
const MIN_BAR_PX = 2;
/** Air above and below the loudest bar, as a share of the height. */
const MARGIN = 0.1;
/** Quieter recordings are drawn as if this were their loudest sample, so that noise stays small. */
const MIN_SCALE = 0.02;

/**
 * Draws bars around the middle line, the loudest as high as there is room.
 * @param context its unit is a CSS pixel
 */
export function drawBars(
  context: CanvasRenderingContext2D,
  { width, height }: Size,
  { peaks, peaksPerSec, speech }: Sound,
  durationSec: number,
  colours: BarColours,
): void {
  const secPerPx = durationSec / width;
  const loudest = peaks.reduce((most, peak) => Math.max(most, peak), MIN_SCALE);
  let region = 0;
  for (let x = 0; x < width; x += BAR_STEP_PX) {
    const [fromSec, toSec] = [x * secPerPx, (x + BAR_STEP_PX) * secPerPx];
    while (region < speech.length && speech[region]!.endSec <= fromSec) region++;
    const spoken = region < speech.length && speech[region]!.startSec < toSec;
    const peak = loudestIn(peaks, fromSec * peaksPerSec, toSec * peaksPerSec) / loudest;
    const bar = Math.max(MIN_BAR_PX, peak * height * (1 - 2 * MARGIN));
    context.fillStyle = spoken ? colours.speech : colours.silence;
    context.beginPath();
    context.roundRect(x, (height - bar) / 2, BAR_PX, bar, BAR_PX / 2);
    context.fill();
  }
}

/** Draws a wash over the whole height wherever there is speech. */
export function drawSpeech(
  context: CanvasRenderingContext2D,
  { width, height }: Size,
  speech: readonly SpeechRegion[],
  durationSec: number,
  colour: string,
): void {
  const pxPerSec = width / durationSec;
  context.clearRect(0, 0, width, height);
  context.fillStyle = colour;
  for (const { startSec, endSec } of speech)
    context.fillRect(startSec * pxPerSec, 0, (endSec - startSec) * pxPerSec, height);
}

/** The largest of peaks [from, to), of one at least. */
function loudestIn(peaks: Float32Array, from: number, to: number): number {
  const first = Math.floor(from);
  return peaks
    .subarray(first, Math.max(first + 1, Math.floor(to)))
    .reduce((most, peak) => Math.max(most, peak), 0);
}
