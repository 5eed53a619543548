import type { CaptureLevel } from '../../core/capture';
import { loudness } from './describe-recorder';

const BAR_PX = 3;
const STEP_PX = 5;

/**
 * Draws levels as bars, the latest at the right edge, in the theme's colours. One channel grows both ways from the
 * middle; of two, the first grows up and the second down.
 */
export function drawLevels(
  canvas: HTMLCanvasElement,
  history: readonly (readonly CaptureLevel[])[],
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { clientWidth: width, clientHeight: height } = canvas;
  canvas.width = width * devicePixelRatio;
  canvas.height = height * devicePixelRatio;
  context.scale(devicePixelRatio, devicePixelRatio);
  const style = getComputedStyle(canvas);
  const [first, second] = ['--accent', '--muted'].map((name) => style.getPropertyValue(name));
  const middle = height / 2;
  const fits = Math.floor(width / STEP_PX);
  history.slice(-fits).forEach((levels, i, shown) => {
    const x = width - (shown.length - i) * STEP_PX;
    const reach = (level: CaptureLevel | undefined): number =>
      Math.max(BAR_PX / 2, loudness(level) * middle);
    const up = reach(levels[0]);
    const down = reach(levels[1] ?? levels[0]);
    context.fillStyle = first ?? '';
    fillBar(context, x, middle - up, levels.length > 1 ? up : up + down);
    if (levels.length === 1) return;
    context.fillStyle = second ?? '';
    fillBar(context, x, middle, down);
  });
}

function fillBar(context: CanvasRenderingContext2D, x: number, y: number, height: number): void {
  context.beginPath();
  context.roundRect(x, y, BAR_PX, height, BAR_PX / 2);
  context.fill();
}
