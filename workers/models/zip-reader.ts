import { SottoError } from '../../src/core/errors';
import {
  badZip,
  DEFLATED,
  findData,
  listPlaces,
  STORED,
  type ZipPlace,
  type ZipSource,
} from '../../src/core/zip-directory';

/** A file inside a zip. */
export interface ZipEntry {
  readonly path: string;
  readonly sizeBytes: number;
  readonly crc32: number;
  /** The file's bytes, inflated. Rejects where they cannot be inflated. */
  open(): Promise<ReadableStream<Uint8Array>>;
}

/**
 * Lists a zip's files from its directory at the end; nothing else is read.
 * @throws SottoError 'bad-archive'
 */
export async function listZip(zip: Blob): Promise<ZipEntry[]> {
  const source = sourceOf(zip);
  const places = await listPlaces(source).catch(tellOfModels);
  return places.map((place) => ({
    ...place,
    open: () => openPlace(zip, source, place).catch(tellOfModels),
  }));
}

async function openPlace(
  zip: Blob,
  source: ZipSource,
  place: ZipPlace,
): Promise<ReadableStream<Uint8Array>> {
  if (place.encrypted) throw badZip(`${place.path} is encrypted`);
  const start = await findData(source, place);
  const data = zip.slice(start, start + place.packedBytes).stream();
  if (place.method === STORED) return data;
  if (place.method === DEFLATED) return data.pipeThrough(new DecompressionStream('deflate-raw'));
  throw badZip(`${place.path} is packed by method ${String(place.method)}`);
}

function sourceOf(zip: Blob): ZipSource {
  return {
    sizeBytes: zip.size,
    view: async (offset, bytes) => {
      const buffer = await zip.slice(offset, offset + bytes).arrayBuffer();
      if (buffer.byteLength === bytes) return new DataView(buffer);
      throw badZip(`${String(bytes)} bytes at ${String(offset)} are beyond its end`);
    },
    text: (bytes) => new TextDecoder().decode(bytes),
  };
}

function tellOfModels(thrown: unknown): never {
  if (!(thrown instanceof SottoError)) throw thrown;
  throw new SottoError(
    thrown.code,
    'This zip cannot be read. Choose a zip of a model folder, or the folder itself.',
    thrown.details,
  );
}
