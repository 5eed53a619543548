import { SottoError } from './errors';

/** Where a file lies in a zip, and how it is packed. */
export interface ZipPlace {
  readonly path: string;
  readonly sizeBytes: number;
  readonly packedBytes: number;
  readonly crc32: number;
  /** Of its local header. */
  readonly offset: number;
  readonly method: number;
  readonly encrypted: boolean;
}

/** How a zip is read, whatever it is. `view` gives exactly so many bytes from an offset, or fails. */
export interface ZipSource {
  readonly sizeBytes: number;
  view(offset: number, bytes: number): Promise<DataView>;
  /** Bytes of UTF-8 as text. */
  text(bytes: Uint8Array): string;
}

export const STORED = 0;
export const DEFLATED = 8;
const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const LONGEST_COMMENT_BYTES = 0xffff;
const ZIP64_LOCATOR_SIGNATURE = 0x07064b50;
const ZIP64_LOCATOR_BYTES = 20;
const ZIP64_END_BYTES = 56;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const ZIP64_EXTRA = 1;
const IN_ZIP64 = 0xffffffff;
const IS_ENCRYPTED = 1;

/**
 * Lists a zip's files from its directory at the end; nothing else is read (PKWARE APPNOTE 4.3, with zip64).
 * @throws SottoError 'bad-archive', its message for whoever knows what the zip should have been
 */
export async function listPlaces(zip: ZipSource): Promise<ZipPlace[]> {
  const { count, offset, bytes } = await findDirectory(zip);
  const view = await zip.view(offset, bytes);
  const places: ZipPlace[] = [];
  for (let at = 0, i = 0; i < count; i++) {
    if (at + ENTRY_BYTES > view.byteLength || view.getUint32(at, true) !== ENTRY_SIGNATURE)
      throw badZip(`entry ${String(i)} of ${String(count)} is not where it should be`);
    const place = readPlace(zip, view, at);
    if (!place.path.endsWith('/')) places.push(place);
    at = nextEntry(view, at);
  }
  return places;
}

/** Where the packed bytes of a file begin. */
export async function findData(zip: ZipSource, { offset }: ZipPlace): Promise<number> {
  const local = await zip.view(offset, LOCAL_BYTES);
  return offset + LOCAL_BYTES + local.getUint16(26, true) + local.getUint16(28, true);
}

/** A zip that cannot be read. @param details for the folded part of the message */
export function badZip(details: string): SottoError {
  return new SottoError('bad-archive', 'This zip cannot be read. Choose another.', details);
}

function nextEntry(view: DataView, at: number): number {
  const lengths = [28, 30, 32].map((field) => view.getUint16(at + field, true));
  return lengths.reduce((sum, length) => sum + length, at + ENTRY_BYTES);
}

function readPlace(zip: ZipSource, view: DataView, at: number): ZipPlace {
  const nameBytes = view.getUint16(at + 28, true);
  if (at + ENTRY_BYTES + nameBytes > view.byteLength) throw badZip('a name is cut off');
  const name = new Uint8Array(view.buffer, view.byteOffset + at + ENTRY_BYTES, nameBytes);
  const sizes = readSizes(view, at, nameBytes);
  return {
    path: zip.text(name),
    sizeBytes: sizes.plain,
    packedBytes: sizes.packed,
    crc32: view.getUint32(at + 16, true),
    offset: sizes.offset,
    method: view.getUint16(at + 10, true),
    encrypted: (view.getUint16(at + 8, true) & IS_ENCRYPTED) !== 0,
  };
}

/** Sizes and place of an entry; those that do not fit 32 bits are in the zip64 extra field, in this order. */
function readSizes(
  view: DataView,
  at: number,
  nameBytes: number,
): { plain: number; packed: number; offset: number } {
  const [plain, packed, offset] = [24, 20, 42].map((field) => view.getUint32(at + field, true));
  const wide = zip64Numbers(view, at + ENTRY_BYTES + nameBytes, view.getUint16(at + 30, true));
  const take = (value: number): number => (value === IN_ZIP64 ? (wide.shift() ?? NaN) : value);
  return { plain: take(plain!), packed: take(packed!), offset: take(offset!) };
}

function zip64Numbers(view: DataView, start: number, extraBytes: number): number[] {
  const end = Math.min(start + extraBytes, view.byteLength);
  for (let at = start; at + 4 <= end;) {
    const [id, bytes] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    if (id === ZIP64_EXTRA)
      return Array.from({ length: Math.floor(Math.min(bytes, end - at - 4) / 8) }, (_, i) =>
        Number(view.getBigUint64(at + 4 + 8 * i, true)),
      );
    at += 4 + bytes;
  }
  return [];
}

async function findDirectory(
  zip: ZipSource,
): Promise<{ count: number; offset: number; bytes: number }> {
  const from = Math.max(0, zip.sizeBytes - END_BYTES - LONGEST_COMMENT_BYTES);
  const tail = await zip.view(from, zip.sizeBytes - from);
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END_SIGNATURE) continue;
    return (
      (await findZip64Directory(zip, from + at)) ?? {
        count: tail.getUint16(at + 10, true),
        bytes: tail.getUint32(at + 12, true),
        offset: tail.getUint32(at + 16, true),
      }
    );
  }
  throw badZip('no end record');
}

async function findZip64Directory(
  zip: ZipSource,
  endAt: number,
): Promise<{ count: number; offset: number; bytes: number } | null> {
  if (endAt < ZIP64_LOCATOR_BYTES) return null;
  const locator = await zip.view(endAt - ZIP64_LOCATOR_BYTES, ZIP64_LOCATOR_BYTES);
  if (locator.getUint32(0, true) !== ZIP64_LOCATOR_SIGNATURE) return null;
  const end = await zip.view(Number(locator.getBigUint64(8, true)), ZIP64_END_BYTES);
  const [count, bytes, offset] = [32, 40, 48].map((at) => Number(end.getBigUint64(at, true)));
  return { count: count!, bytes: bytes!, offset: offset! };
}
