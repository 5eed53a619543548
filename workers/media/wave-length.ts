/** Metadata before the sound is rarely longer. */
const HEAD_BYTES = 2 ** 18;
/** What a writer that could not seek back leaves in the size field. */
const UNKNOWN_BYTES = new Set([0, 0xffff_ffff, 0x7fff_ffff, 0xffff_f000, 0x7fff_f000]);

/** How long a RIFF/WAVE header says its sound is, in seconds; null where it does not say. */
export async function declaredWaveSec(file: Blob): Promise<number | null> {
  const view = new DataView(await file.slice(0, HEAD_BYTES).arrayBuffer());
  let bytesPerSec = 0;
  let wideBytes: number | null = null;
  for (let at = 12; at + 24 <= view.byteLength;) {
    const id = fourLetters(view, at);
    const bytes = view.getUint32(at + 4, true);
    if (id === 'fmt ') bytesPerSec = view.getUint32(at + 16, true);
    // RF64 (EBU Tech 3306): sizes above 4 GB stand in a chunk of their own.
    if (id === 'ds64') wideBytes = Number(view.getBigUint64(at + 16, true));
    if (id === 'data') return seconds(wideBytes ?? bytes, bytesPerSec);
    at += 8 + bytes + (bytes & 1);
  }
  return null;
}

function seconds(bytes: number, bytesPerSec: number): number | null {
  return UNKNOWN_BYTES.has(bytes) || bytesPerSec === 0 ? null : bytes / bytesPerSec;
}

function fourLetters(view: DataView, at: number): string {
  return String.fromCharCode(...new Uint8Array(view.buffer, at, 4));
}
