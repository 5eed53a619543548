import {
  badZip,
  DEFLATED,
  findData,
  listPlaces,
  STORED,
  type ZipPlace,
  type ZipSource,
} from '../core/zip-directory';

/** A zip whose files are read one by one, none before it is asked for. */
export interface OpenZip {
  readonly places: readonly ZipPlace[];
  /** A file as a Blob. @throws SottoError 'bad-archive' where it cannot be unpacked or has another size than it says */
  read(place: ZipPlace): Promise<Blob>;
}

/** @throws SottoError 'bad-archive' */
export async function openZip(signal: AbortSignal, zip: Blob): Promise<OpenZip> {
  const source: ZipSource = {
    sizeBytes: zip.size,
    view: async (offset, bytes) => {
      const buffer = await zip.slice(offset, offset + bytes).arrayBuffer();
      if (buffer.byteLength === bytes) return new DataView(buffer);
      throw badZip(`${String(bytes)} bytes at ${String(offset)} are beyond its end`);
    },
    text: (bytes) => new TextDecoder().decode(bytes),
  };
  const places = await listPlaces(source);
  signal.throwIfAborted();
  return { places, read: (place) => readPlace(zip, source, place) };
}

async function readPlace(zip: Blob, source: ZipSource, place: ZipPlace): Promise<Blob> {
  if (place.encrypted) throw badZip(`${place.path} is encrypted`);
  const start = await findData(source, place);
  const packed = zip.slice(start, start + place.packedBytes);
  const blob = await unpack(packed, place);
  if (blob.size !== place.sizeBytes) throw badZip(`${place.path} is cut off`);
  return blob;
}

async function unpack(packed: Blob, { method, path }: ZipPlace): Promise<Blob> {
  // A part of the file itself: no copy is made.
  if (method === STORED) return packed;
  if (method !== DEFLATED) throw badZip(`${path} is packed by method ${String(method)}`);
  const stream = packed.stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(stream).blob().catch(() => {
    throw badZip(`${path} is damaged`);
  });
}
