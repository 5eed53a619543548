import WaveSurfer from 'wavesurfer.js/dist/wavesurfer.js';
import type { Sound } from '../../core/transcript-document';
import { drawBars, drawSpeech } from './draw-bars';
import { onThemeChange } from './theme-changes';
import { adoptFrame } from './wavesurfer-frame';

adoptFrame();

/** What a waveform is drawn on and for. */
export interface WaveStripParts {
  /** wavesurfer's own canvases and cursor go in here. */
  readonly container: HTMLElement;
  /** Behind it: where speech is. */
  readonly wash: HTMLCanvasElement;
  readonly media: HTMLMediaElement;
  readonly sound: Sound;
  readonly durationSec: number;
  /** A click or a drag went there, in seconds. */
  readonly onSeek: (sec: number) => void;
}

/**
 * Draws a waveform that follows a media element, in the colours that the container's style names. The peaks are given:
 * wavesurfer decodes nothing. @returns ends it
 */
export function drawWaveStrip(parts: WaveStripParts): () => void {
  const { container, wash, media, sound, durationSec, onSeek } = parts;
  const look = (): Parameters<WaveSurfer['setOptions']>[0] => {
    const style = getComputedStyle(container);
    const colour = (name: string): string => style.getPropertyValue(name);
    const colours = { speech: colour('--wave-speech'), silence: colour('--wave-silence') };
    return {
      height: container.clientHeight,
      cursorColor: colour('--wave-cursor'),
      progressColor: colour('--wave-played'),
      renderFunction: (_peaks, context) => {
        const { width, height } = context.canvas;
        const size = { width: width / devicePixelRatio, height: height / devicePixelRatio };
        context.scale(devicePixelRatio, devicePixelRatio);
        drawBars(context, size, sound, durationSec, colours);
      },
    };
  };
  const surfer = WaveSurfer.create({
    container,
    media,
    peaks: [sound.peaks],
    duration: durationSec,
    cursorWidth: 2,
    hideScrollbar: true,
    // By default it seeks once more 200 ms after a drag, whatever has been done since.
    dragToSeek: { debounceTime: 0 },
    ...look(),
  });
  surfer.on('interaction', onSeek);
  surfer.on('drag', (part) => onSeek(part * durationSec));
  const draw = (): void => {
    shade(wash, sound, durationSec);
    surfer.setOptions(look());
  };
  const sizes = new ResizeObserver(() => shade(wash, sound, durationSec));
  sizes.observe(wash);
  const endTheme = onThemeChange(draw);
  return () => {
    sizes.disconnect();
    endTheme();
    surfer.destroy();
  };
}

function shade(canvas: HTMLCanvasElement, { speech }: Sound, durationSec: number): void {
  const context = canvas.getContext('2d');
  const { clientWidth: width, clientHeight: height } = canvas;
  if (!context || width === 0) return;
  canvas.width = Math.round(width * devicePixelRatio);
  canvas.height = Math.round(height * devicePixelRatio);
  context.scale(canvas.width / width, canvas.height / height);
  const colour = getComputedStyle(canvas).getPropertyValue('--wave-wash');
  drawSpeech(context, { width, height }, speech, durationSec, colour);
}
