import { SottoError } from '../../src/core/errors';

/** A file inside a zip. */
export interface ZipEntry {
  readonly path: string;
  readonly sizeBytes: number;
  readonly crc32: number;
  /** The file's bytes, inflated. Rejects where they cannot be inflated. */
  open(): Promise<ReadableStream<Uint8Array>>;
}

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
const STORED = 0;
const DEFLATED = 8;
const IS_ENCRYPTED = 1;

/**
 * Lists a zip's files from its directory at the end; nothing else is read (PKWARE APPNOTE 4.3, with zip64).
 * @throws SottoError 'bad-archive'
 */
export async function listZip(zip: Blob): Promise<ZipEntry[]> {
  const { count, offset, bytes } = await findDirectory(zip);
  const view = await viewOf(zip, offset, bytes);
  const entries: ZipEntry[] = [];
  for (let at = 0, i = 0; i < count; i++) {
    if (at + ENTRY_BYTES > view.byteLength || view.getUint32(at, true) !== ENTRY_SIGNATURE)
      throw badZip(`entry ${String(i)} of ${String(count)} is not where it should be`);
    const entry = readEntry(zip, view, at);
    if (!entry.path.endsWith('/')) entries.push(entry);
    at = nextEntry(view, at);
  }
  return entries;
}

function nextEntry(view: DataView, at: number): number {
  const lengths = [28, 30, 32].map((field) => view.getUint16(at + field, true));
  return lengths.reduce((sum, length) => sum + length, at + ENTRY_BYTES);
}

function readEntry(zip: Blob, view: DataView, at: number): ZipEntry {
  const nameBytes = view.getUint16(at + 28, true);
  const path = new TextDecoder().decode(
    new Uint8Array(view.buffer, view.byteOffset + at + ENTRY_BYTES, nameBytes),
  );
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const sizes = readSizes(view, at, nameBytes);
  return {
    path,
    sizeBytes: sizes.plain,
    crc32: view.getUint32(at + 16, true),
    open: async () => {
      if (flags & IS_ENCRYPTED) throw badZip(`${path} is encrypted`);
      const local = await viewOf(zip, sizes.offset, LOCAL_BYTES);
      const head = LOCAL_BYTES + local.getUint16(26, true) + local.getUint16(28, true);
      const data = zip.slice(sizes.offset + head, sizes.offset + head + sizes.packed).stream();
      if (method === STORED) return data;
      if (method === DEFLATED) return data.pipeThrough(new DecompressionStream('deflate-raw'));
      throw badZip(`${path} is packed by method ${String(method)}`);
    },
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
  for (let at = start; at + 4 <= start + extraBytes;) {
    const [id, bytes] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    if (id === ZIP64_EXTRA)
      return Array.from({ length: Math.floor(bytes / 8) }, (_, i) =>
        Number(view.getBigUint64(at + 4 + 8 * i, true)),
      );
    at += 4 + bytes;
  }
  return [];
}

async function findDirectory(zip: Blob): Promise<{ count: number; offset: number; bytes: number }> {
  const from = Math.max(0, zip.size - END_BYTES - LONGEST_COMMENT_BYTES);
  const tail = await viewOf(zip, from, zip.size - from);
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
  zip: Blob,
  endAt: number,
): Promise<{ count: number; offset: number; bytes: number } | null> {
  if (endAt < ZIP64_LOCATOR_BYTES) return null;
  const locator = await viewOf(zip, endAt - ZIP64_LOCATOR_BYTES, ZIP64_LOCATOR_BYTES);
  if (locator.getUint32(0, true) !== ZIP64_LOCATOR_SIGNATURE) return null;
  const end = await viewOf(zip, Number(locator.getBigUint64(8, true)), ZIP64_END_BYTES);
  const [count, bytes, offset] = [32, 40, 48].map((at) => Number(end.getBigUint64(at, true)));
  return { count: count!, bytes: bytes!, offset: offset! };
}

async function viewOf(zip: Blob, offset: number, bytes: number): Promise<DataView> {
  const buffer = await zip.slice(offset, offset + bytes).arrayBuffer();
  if (buffer.byteLength === bytes) return new DataView(buffer);
  throw badZip(`${String(bytes)} bytes at ${String(offset)} are beyond its end`);
}

function badZip(details: string): SottoError {
  return new SottoError(
    'bad-archive',
    'This zip cannot be read. Choose a zip of a model folder, or the folder itself.',
    details,
  );
}
