import { SottoError } from '../core/errors';
import { parseSubtitles } from '../core/import-subtitles';
import type { TranscriptDocument } from '../core/transcript-document';
import { writeDocument } from '../store/transcripts';
import { parseJson, readWhisperJson, type ImportedJson } from './import-whisper-json';
import { isBackedUp, restoreBackup, restoreOne, type Restored } from './library-backup';

/** What came of a file. */
export type Imported =
  | {
      readonly kind: 'transcript';
      readonly document: TranscriptDocument;
      /** Subtitles that could not be read. */
      readonly skipped: number;
    }
  | { readonly kind: 'backup'; readonly restored: Restored };

/** Text of a transcript of days; whatever is larger is something else. */
const MAX_TEXT_BYTES = 256 * 2 ** 20;
const IMPORTABLE = /\.(srt|vtt|json|zip)$/i;

/** Is this a transcript or a backup, by its name, rather than a recording? */
export function isImportable({ name }: File): boolean {
  return IMPORTABLE.test(name);
}

/**
 * Takes a transcript (srt, vtt, whisper's json) or a backup of ours into the library.
 * @throws SottoError 'not-a-transcript', 'bad-archive', 'empty-file', 'too-large'; DOMException where storage refuses
 */
export async function importTranscript(signal: AbortSignal, file: File): Promise<Imported> {
  if (file.size === 0)
    throw new SottoError('empty-file', `${file.name} is empty. Choose another file.`);
  if (/\.zip$/i.test(file.name))
    return { kind: 'backup', restored: await restoreBackup(signal, file) };
  const text = await readText(file);
  signal.throwIfAborted();
  if (/\.json$/i.test(file.name)) return importJson(signal, file, text);
  const { segments, skipped } = parseSubtitles(text);
  if (segments.length === 0)
    throw new SottoError(
      'not-a-transcript',
      `${file.name} has no subtitles that could be read: none has times like 00:00:01,000 --> 00:00:02,000. Choose another file.`,
    );
  return keep(file, { ...NOTHING_KNOWN, segments }, skipped);
}

const NOTHING_KNOWN: ImportedJson = {
  ...{ segments: [], language: null, durationSec: null, title: null, sourceName: null },
  ...{ createdAtMs: null, tags: [], provenance: null },
};

async function importJson(signal: AbortSignal, file: File, text: string): Promise<Imported> {
  const value = parseJson(text, file.name);
  if (isBackedUp(value)) return { kind: 'backup', restored: await restoreOne(signal, value) };
  return keep(file, readWhisperJson(value, file.name), 0);
}

async function keep(file: File, imported: ImportedJson, skipped: number): Promise<Imported> {
  const { segments, createdAtMs, title, sourceName, durationSec, ...known } = imported;
  const endSec = segments.reduce((latest, segment) => Math.max(latest, segment.endSec), 0);
  const nowMs = Date.now();
  const document: TranscriptDocument = {
    ...known,
    id: crypto.randomUUID(),
    title: title ?? file.name.replace(IMPORTABLE, ''),
    sourceName: sourceName ?? file.name,
    createdAtMs: createdAtMs ?? nowMs,
    updatedAtMs: nowMs,
    status: 'imported',
    durationSec: durationSec ?? endSec,
    doneSec: durationSec ?? endSec,
    languageProbabilities: null,
    segments,
    coverage: [],
    sound: null,
    resume: null,
    deletedAtMs: null,
  };
  await writeDocument(document);
  return { kind: 'transcript', document, skipped };
}

/** UTF-8, or UTF-16 with its mark; else Windows-1252, in which many old subtitles are. */
async function readText(file: File): Promise<string> {
  if (file.size > MAX_TEXT_BYTES)
    throw new SottoError(
      'too-large',
      `${file.name} is too large for a transcript: more than 256 MB of text. Choose another file.`,
    );
  const bytes = await file.arrayBuffer();
  const [first, second] = new Uint8Array(bytes);
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
