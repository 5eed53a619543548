import { downloadZip } from 'client-zip';
import * as v from 'valibot';
import { SottoError } from '../core/errors';
import { safeFileName } from '../core/file-name';
import type { TranscriptDocument } from '../core/transcript-document';
import {
  keepAudio,
  listDocuments,
  readAudio,
  readDocument,
  writeDocument,
} from '../store/transcripts';
import { packDocument, unpackDocument } from './document-schema';
import { openZip, type OpenZip } from './read-zip';

const FORMAT = 'sotto-transcript';
const FOLDER = 'transcripts/';
const BACKED_UP = v.object({
  format: v.literal(FORMAT),
  document: v.unknown(),
  audio: v.fallback(
    v.nullable(
      v.object({
        path: v.string(),
        name: v.string(),
        type: v.string(),
        lastModifiedMs: v.number(),
      }),
    ),
    null,
  ),
});
type BackedUp = v.InferOutput<typeof BACKED_UP>;

/** What a restore did, by titles and counts. */
export interface Restored {
  readonly added: number;
  /** Older here than in the backup. */
  readonly updated: number;
  /** The same here, or newer. */
  readonly kept: number;
  /** Recordings that came back. */
  readonly audio: number;
  /** Paths in the zip that could not be read. */
  readonly failed: readonly string[];
}

const NOTHING: Restored = { added: 0, updated: 0, kept: 0, audio: 0, failed: [] };

/**
 * All transcripts as a zip: one json each, and, where asked for, the files that they were made from. Those are read one
 * by one while the zip is written.
 * @throws DOMException where storage is blocked
 */
export async function makeBackup(signal: AbortSignal, withAudio: boolean): Promise<File> {
  const documents = (await listDocuments()).filter(({ deletedAtMs }) => deletedAtMs === null);
  const day = new Date().toISOString().slice(0, 10);
  const zip = await downloadZip(listFiles(signal, documents, withAudio)).blob();
  signal.throwIfAborted();
  return new File([zip], `sotto-backup-${day}.zip`, { type: 'application/zip' });
}

async function* listFiles(
  signal: AbortSignal,
  documents: readonly TranscriptDocument[],
  withAudio: boolean,
): AsyncGenerator<{ name: string; input: string | File; lastModified?: Date }> {
  for (const [i, document] of documents.entries()) {
    signal.throwIfAborted();
    const number = String(i + 1).padStart(4, '0');
    const file = withAudio ? await readAudio(document.id) : null;
    const path = `audio/${number} ${safeFileName(file?.name ?? '', 'audio', 'recording')}`;
    const audio = file && {
      ...{ path, name: file.name, type: file.type, lastModifiedMs: file.lastModified },
    };
    const packed = { format: FORMAT, version: 1, document: packDocument(document), audio };
    yield {
      name: `${FOLDER}${number} ${safeFileName(document.title, 'json', 'Transcript')}`,
      input: JSON.stringify(packed),
      lastModified: new Date(document.updatedAtMs),
    };
    if (file) yield { name: path, input: file };
  }
}

/**
 * Merges a backup into the library: by id, the one changed last wins; nothing is deleted.
 * @throws SottoError 'bad-archive' where it is no zip, or no backup of ours
 */
export async function restoreBackup(signal: AbortSignal, file: File): Promise<Restored> {
  const zip = await openZip(signal, file);
  // Zipped anew, all may lie in a folder more.
  const places = zip.places.filter(({ path }) => path.includes(FOLDER) && path.endsWith('.json'));
  if (places.length === 0)
    throw new SottoError(
      'bad-archive',
      `${file.name} is no backup of Sotto: there are no transcripts in it. Choose the zip that “Back up” made.`,
    );
  let restored = NOTHING;
  for (const place of places) {
    signal.throwIfAborted();
    const value = await zip
      .read(place)
      .then(readJson)
      .catch(() => null);
    const root = place.path.slice(0, place.path.indexOf(FOLDER));
    const one = isBackedUp(value) ? await restore(value, zip, root) : null;
    restored = one ? sum(restored, one) : { ...restored, failed: [...restored.failed, place.path] };
  }
  return restored;
}

/** Is this one transcript of a backup? */
export function isBackedUp(value: unknown): value is BackedUp {
  return v.is(BACKED_UP, value);
}

/** Merges one transcript of a backup, without its audio. @throws SottoError 'not-a-transcript' */
export async function restoreOne(signal: AbortSignal, value: BackedUp): Promise<Restored> {
  const restored = await restore(value, null, '');
  signal.throwIfAborted();
  if (restored) return restored;
  throw new SottoError(
    'not-a-transcript',
    'This transcript of a backup is damaged. Choose the whole backup, or another file.',
  );
}

/** @returns null where it is damaged */
async function restore(
  value: BackedUp,
  zip: OpenZip | null,
  root: string,
): Promise<Restored | null> {
  const document = unpackDocument(value.document);
  if (!document) return null;
  const before = await readDocument(document.id);
  const here = before?.deletedAtMs === null ? before : null;
  const isNewer = !here || here.updatedAtMs < document.updatedAtMs;
  if (isNewer) await writeDocument(document);
  const audio = zip && (await restoreAudio(document.id, value, zip, root));
  return {
    ...NOTHING,
    added: here ? 0 : 1,
    updated: here && isNewer ? 1 : 0,
    kept: isNewer ? 0 : 1,
    audio: audio ? 1 : 0,
  };
}

async function restoreAudio(
  id: string,
  { audio }: BackedUp,
  zip: OpenZip,
  root: string,
): Promise<boolean> {
  const place = audio && zip.places.find(({ path }) => path === root + audio.path);
  if (!place || (await readAudio(id))) return false;
  const { name, type, lastModifiedMs: lastModified } = audio;
  // Copied, since the zip itself may be gone tomorrow.
  const bytes = await (await zip.read(place)).arrayBuffer();
  await keepAudio(id, new File([bytes], name, { type, lastModified }));
  return true;
}

async function readJson(blob: Blob): Promise<unknown> {
  return JSON.parse(await blob.text()) as unknown;
}

function sum(a: Restored, b: Restored): Restored {
  return {
    added: a.added + b.added,
    updated: a.updated + b.updated,
    kept: a.kept + b.kept,
    audio: a.audio + b.audio,
    failed: [...a.failed, ...b.failed],
  };
}
