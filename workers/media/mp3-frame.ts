/** The longest frame of Layer III: 320 kbit/s at 32 kHz, padded. */
export const MAX_FRAME_BYTES = 1441;
export const FRAME_HEAD_BYTES = 4;

const RATES_HZ = [44_100, 48_000, 32_000];
const MPEG1_KBITS = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
/** MPEG-2, and MPEG-2.5 which halves its rates once more. */
const MPEG2_KBITS = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

/** What the header of a Layer III frame says. */
export interface Mp3Frame {
  /** Length of the whole frame. */
  readonly bytes: number;
  /** Sound in the frame, per channel. */
  readonly samples: number;
  readonly rateHz: number;
  readonly mono: boolean;
  /** Where the name of a Xing or Info frame would stand, from the frame's first byte: after the side information. */
  readonly infoAt: number;
}

/**
 * The frame whose header stands at `at`; null where there is none. Four bytes often look like a header by chance.
 * Source: ISO 11172-3, 2.4.1.3, and ISO 13818-3. Frames of "free" bit rate do not say their length: null.
 */
export function readMp3Frame(view: DataView, at: number): Mp3Frame | null {
  if (at + FRAME_HEAD_BYTES > view.byteLength) return null;
  const head = view.getUint32(at);
  // Sync, any MPEG version, Layer III, with or without a checksum.
  if ((head & 0xffe6_0000) >>> 0 !== 0xffe2_0000) return null;
  const version = (head >> 19) & 3;
  const isMpeg1 = version === 3;
  const kbits = (isMpeg1 ? MPEG1_KBITS : MPEG2_KBITS)[(head >> 12) & 15] ?? 0;
  const fullRateHz = RATES_HZ[(head >> 10) & 3] ?? 0;
  if (version === 1 || kbits === 0 || fullRateHz === 0) return null;
  const rateHz = fullRateHz / (isMpeg1 ? 1 : version === 2 ? 2 : 4);
  const samples = isMpeg1 ? 1152 : 576;
  const mono = ((head >> 6) & 3) === 3;
  const padding = (head >> 9) & 1;
  return {
    bytes: Math.floor(((samples / 8) * kbits * 1000) / rateHz) + padding,
    samples,
    rateHz,
    mono,
    infoAt: FRAME_HEAD_BYTES + sideBytes(isMpeg1, mono),
  };
}

/** Whether the frame at `at` holds counts about the file instead of sound. */
export function isInfoFrame(view: DataView, at: number, { infoAt }: Mp3Frame): boolean {
  if (at + infoAt + 4 > view.byteLength) return false;
  const name = String.fromCharCode(...new Uint8Array(view.buffer, at + infoAt, 4));
  return name === 'Xing' || name === 'Info';
}

function sideBytes(isMpeg1: boolean, mono: boolean): number {
  if (isMpeg1) return mono ? 17 : 32;
  return mono ? 9 : 17;
}
