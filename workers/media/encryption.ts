/** Longer indexes exist only for recordings of many hours; the sample entries stand in their first part anyway. */
const MAX_INDEX_BYTES = 16 * 2 ** 20;
/** Sample entries of encrypted sound: ISO 23001-7, and Apple's older FairPlay. */
const ENCRYPTED_ENTRIES = ['enca', 'drms'];

/** Whether an MP4 file says of its sound that it is encrypted. Other containers answer false. */
export async function isEncrypted(file: Blob): Promise<boolean> {
  const index = await readIndex(file);
  return index !== null && ENCRYPTED_ENTRIES.some((name) => index.includes(name));
}

/** The contents of an MP4's 'moov' box, a letter for a byte; null where there is none. */
async function readIndex(file: Blob): Promise<string | null> {
  let start = 0;
  while (start + 8 <= file.size) {
    const head = new DataView(await file.slice(start, start + 16).arrayBuffer());
    const bytes = boxBytes(head, file.size - start);
    const type = String.fromCharCode(...new Uint8Array(head.buffer, 4, 4));
    if (!/^[a-z]{4}$/.test(type) || bytes < 8) return null;
    if (type === 'moov') {
      const box = file.slice(start, start + Math.min(bytes, MAX_INDEX_BYTES));
      return new TextDecoder('latin1').decode(await box.arrayBuffer());
    }
    start += bytes;
  }
  return null;
}

/** ISO 14496-12, 4.2: size 1 means that 64 bits follow the type, size 0 that the box ends with the file. */
function boxBytes(head: DataView, leftBytes: number): number {
  const bytes = head.getUint32(0);
  if (bytes === 1 && head.byteLength === 16) return Number(head.getBigUint64(8));
  return bytes === 0 ? leftBytes : bytes;
}
