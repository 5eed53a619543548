import { FRAME_HEAD_BYTES, isInfoFrame, MAX_FRAME_BYTES, readMp3Frame } from './mp3-frame';

/**
 * Frames that a part shares with the one before: what the decoder must have read for its sound to be the same.
 * A frame's data may begin 511 bytes earlier ("bit reservoir"; 255 in MPEG-2), which is up to 23 of the shortest
 * frames, and its sound overlaps with the last frame's. All of them have to fit together, so none is a false sync.
 */
const LEAD_FRAMES = 32;
const CHAIN_BYTES = LEAD_FRAMES * MAX_FRAME_BYTES + FRAME_HEAD_BYTES;
/** Read at a time. */
const SEARCH_BYTES = 2 ** 18;

/** A stretch of an MP3 file that can be decoded alone. */
export interface Mp3Part {
  readonly bytes: Blob;
  /** Sound at its beginning that belongs to the part before. */
  readonly leadSec: number;
}

/** A place between two frames. Bytes count from the file's first. */
interface Cut {
  readonly leadAt: number;
  readonly at: number;
  readonly leadSec: number;
}

/**
 * Cuts an MP3 file between frames. Each part is a little longer than `partBytes`, much longer where the file holds
 * something else than frames (an ID3 tag with pictures, damage); the last one ends with the file.
 */
export async function* mp3Parts(
  file: Blob,
  partBytes: number,
): AsyncGenerator<Mp3Part, void, void> {
  let start = { leadAt: 0, at: 0, leadSec: 0 };
  for (;;) {
    const end = await findCut(file, start.at + partBytes);
    yield { bytes: file.slice(start.leadAt, end?.at), leadSec: start.leadSec };
    if (!end) return;
    start = end;
  }
}

async function findCut(file: Blob, from: number): Promise<Cut | null> {
  for (let start = from; start < file.size; start += SEARCH_BYTES) {
    const bytes = await file.slice(start, start + SEARCH_BYTES + CHAIN_BYTES).arrayBuffer();
    const view = new DataView(bytes);
    for (let at = 0; at < SEARCH_BYTES && at < view.byteLength; at++) {
      const lead = readLead(view, at);
      if (lead) return { leadAt: start + at, at: start + at + lead.bytes, leadSec: lead.sec };
    }
  }
  return null;
}

/** Length of the LEAD_FRAMES frames at `at`, where that many of one kind stand there and one more begins. */
function readLead(view: DataView, at: number): { bytes: number; sec: number } | null {
  const first = readMp3Frame(view, at);
  if (!first) return null;
  let bytes = 0;
  for (let i = 0; i <= LEAD_FRAMES; i++) {
    const frame = readMp3Frame(view, at + bytes);
    // The demuxer would step over frames of another kind, and over those without sound.
    if (frame?.rateHz !== first.rateHz || frame.mono !== first.mono) return null;
    if (isInfoFrame(view, at + bytes, frame)) return null;
    if (i < LEAD_FRAMES) bytes += frame.bytes;
  }
  return { bytes, sec: (LEAD_FRAMES * first.samples) / first.rateHz };
}
