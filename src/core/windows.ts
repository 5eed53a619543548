import { FRAMES_PER_SEC, WINDOW_FRAMES } from './audio-constants';
import { speechWithin, type SpeechRegion } from './voice-activity';

/** A piece of the source in mel frames (10 ms), so that every time in it falls on a frame of the source. */
interface FrameSpan {
  readonly start: number;
  readonly end: number;
}

/** A window that joins pieces of the source and leaves out what lies between them. */
export class PackedWindow {
  /** @param spans pieces in source order, none overlapping; a span's `end` is exclusive */
  constructor(readonly spans: readonly FrameSpan[]) {}

  /** Mel frames of audio in the window. */
  get frames(): number {
    return this.spans.reduce((sum, { start, end }) => sum + end - start, 0);
  }

  /** The stretch of the source from the first piece to the last, in seconds. */
  get source(): SpeechRegion {
    const { startSec } = this.edges(0);
    return { startSec, endSec: this.edges(this.spans.length - 1).endSec };
  }

  /**
   * A stretch of the window on the source's clock. Where it reaches into the silence beside a join, it
   * is taken back to the join: that silence lies somewhere else in the source.
   * @param region seconds from the window's start
   * @param heard where speech was detected in the source, unpadded
   */
  toSource({ startSec, endSec }: SpeechRegion, heard: readonly SpeechRegion[]): SpeechRegion {
    const start = this.locate(startSec, 'start');
    const end = this.locate(endSec, 'end');
    while (start.span < end.span && isQuiet(heard, start.sec, this.edges(start.span).endSec)) {
      start.span++;
      start.sec = this.edges(start.span).startSec;
    }
    while (end.span > start.span && isQuiet(heard, this.edges(end.span).startSec, end.sec)) {
      end.span--;
      end.sec = this.edges(end.span).endSec;
    }
    return { startSec: start.sec, endSec: end.sec };
  }

  /** The piece that a time is in, and that time in the source: at a join a start belongs to the later piece. */
  private locate(sec: number, edge: 'start' | 'end'): { span: number; sec: number } {
    // Rounded: steps of 0.02 s are not exact in binary.
    let left = Math.max(0, Math.round(sec * FRAMES_PER_SEC * 1e6) / 1e6);
    const last = this.spans.length - 1;
    for (let span = 0; ; span++) {
      const { start, end } = this.spans[span]!;
      const length = end - start;
      if (span === last || (edge === 'start' ? left < length : left <= length))
        return { span, sec: (start + Math.min(left, length)) / FRAMES_PER_SEC };
      left -= length;
    }
  }

  private edges(span: number): SpeechRegion {
    const { start, end } = this.spans[span]!;
    return { startSec: start / FRAMES_PER_SEC, endSec: end / FRAMES_PER_SEC };
  }

  /** What is left of the window from a mel frame on; null where nothing is. */
  after(frame: number): PackedWindow | null {
    const rest: FrameSpan[] = [];
    let skip = frame;
    for (const { start, end } of this.spans) {
      if (skip < end - start) rest.push({ start: start + skip, end });
      skip = Math.max(0, skip - (end - start));
    }
    return rest.length > 0 ? new PackedWindow(rest) : null;
  }
}

/** Speech that lasts no longer than this beside a join is the edge of what lies across it. */
const MAX_EDGE_SEC = 0.1;

function isQuiet(heard: readonly SpeechRegion[], startSec: number, endSec: number): boolean {
  return speechWithin(heard, startSec, endSec) <= MAX_EDGE_SEC;
}

/**
 * Fills windows of 30 s with stretches of speech, in order; no stretch is divided that fits into a window.
 * Source: faster-whisper's collect_chunks.
 * @param contentFrames mel frames of the source
 */
export function packWindows(
  regions: readonly SpeechRegion[],
  contentFrames: number,
): PackedWindow[] {
  const windows: FrameSpan[][] = [];
  let room = 0;
  for (const { startSec, endSec } of regions) {
    const end = Math.min(contentFrames, Math.ceil(endSec * FRAMES_PER_SEC));
    let start = Math.floor(startSec * FRAMES_PER_SEC);
    const previous = windows.at(-1)?.at(-1);
    if (previous) start = Math.max(start, previous.end);
    while (start < end) {
      if (room < Math.min(end - start, WINDOW_FRAMES)) {
        windows.push([]);
        room = WINDOW_FRAMES;
      }
      const length = Math.min(end - start, WINDOW_FRAMES);
      windows.at(-1)!.push({ start, end: start + length });
      room -= length;
      start += length;
    }
  }
  return windows.map((spans) => new PackedWindow(spans));
}
