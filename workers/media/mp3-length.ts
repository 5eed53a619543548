import { isInfoFrame, MAX_FRAME_BYTES, readMp3Frame, type Mp3Frame } from './mp3-frame';
import type { Span } from './timeline';

const ID3_HEAD_BYTES = 10;
/** Some files have a few stray bytes between the ID3 tag and the first frame. */
const SEARCH_BYTES = 4096;
/** Tags behind the sound are shorter; more than that is more sound, of an MP3 joined from several. */
const TAIL_BYTES = 4096;
/** Delay of every Layer III decoder, in samples (LAME's "decoder delay"). */
const DECODER_DELAY_SAMPLES = 528 + 1;

/**
 * The played part of an MP3 by its Xing or Info frame: without the encoder's delay and padding, which LAME's
 * extension of that frame counts. The end is Infinity where the file is longer than the frame says. Null where the file has no such frame; then nobody knows, and players play all.
 * Source: LAME's "Mp3 Info Tag rev 1"; ffmpeg's mp3dec.c reads it the same way.
 */
export async function readMp3Length(file: Blob): Promise<Span | null> {
  const start = await skipId3(file);
  const bytes = await file.slice(start, start + SEARCH_BYTES + MAX_FRAME_BYTES).arrayBuffer();
  const view = new DataView(bytes);
  for (let at = 0; at < Math.min(SEARCH_BYTES, view.byteLength - MAX_FRAME_BYTES); at++) {
    const frame = readMp3Frame(view, at);
    if (frame) return readInfoFrame(view, at, frame, file.size - start - at);
  }
  return null;
}

function readInfoFrame(
  view: DataView,
  frameAt: number,
  frame: Mp3Frame,
  soundBytes: number,
): Span | null {
  if (!isInfoFrame(view, frameAt, frame)) return null;
  const { rateHz } = frame;
  const at = frameAt + frame.infoAt;
  const flags = view.getUint32(at + 4);
  const frames = flags & 1 ? view.getUint32(at + 8) : 0;
  if (frames === 0) return null;
  const { delay, padding } = readLame(view, at + 8 + optionalBytes(flags));
  const endSamples = frames * frame.samples - Math.max(0, padding - DECODER_DELAY_SAMPLES);
  const countedBytes = flags & 2 ? view.getUint32(at + 12) : 0;
  return {
    originSec: delay === 0 ? 0 : (delay + DECODER_DELAY_SAMPLES) / rateHz,
    endSec: soundBytes > countedBytes + TAIL_BYTES ? Infinity : endSamples / rateHz,
  };
}

/** The extension that LAME began and ffmpeg's writer shares. Samples at the file's rate. */
function readLame(view: DataView, at: number): { delay: number; padding: number } {
  if (!['LAME', 'Lavf', 'Lavc'].includes(letters(view, at, 4))) return { delay: 0, padding: 0 };
  const packed = view.getUint32(at + 20) & 0xff_ffff;
  return { delay: packed >> 12, padding: packed & 0xfff };
}

/** Frame count, byte count, seek table and quality, each there by its flag. */
function optionalBytes(flags: number): number {
  return (flags & 1 ? 4 : 0) + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
}

/** Where the ID3v2 tags end, of which a file may have several. */
async function skipId3(file: Blob): Promise<number> {
  let start = 0;
  for (;;) {
    const head = new DataView(await file.slice(start, start + ID3_HEAD_BYTES).arrayBuffer());
    if (head.byteLength < ID3_HEAD_BYTES || letters(head, 0, 3) !== 'ID3') return start;
    const size = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + (head.getUint8(at) & 0x7f), 0);
    const footer = head.getUint8(5) & 0x10 ? ID3_HEAD_BYTES : 0;
    start += ID3_HEAD_BYTES + size + footer;
  }
}

function letters(view: DataView, at: number, count: number): string {
  return String.fromCharCode(...new Uint8Array(view.buffer, at, count));
}
