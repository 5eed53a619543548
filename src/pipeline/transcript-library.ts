import type { TranscriptDocument } from '../core/transcript-document';
import { conversationFile } from '../store/recording-file';
import {
  listDocuments,
  onDocumentChange,
  readAudio,
  readDocument,
  type DocumentChange,
} from '../store/transcripts';

/** Every transcript on this device, the latest first. @throws DOMException where storage is blocked */
export async function listTranscripts(signal: AbortSignal): Promise<readonly TranscriptDocument[]> {
  const documents = await listDocuments();
  signal.throwIfAborted();
  return documents;
}

/** @returns null where there is none of that id, or it was deleted. @throws DOMException where storage is blocked */
export async function readTranscript(
  signal: AbortSignal,
  id: string,
): Promise<TranscriptDocument | null> {
  const document = await readDocument(id);
  signal.throwIfAborted();
  return document?.deletedAtMs === null ? document : null;
}

/**
 * The file that a transcript was made from, a conversation with its channels; null where it was not kept or can no longer
 * be read.
 */
export async function readTranscriptAudio(
  signal: AbortSignal,
  { id, segments }: TranscriptDocument,
): Promise<File | null> {
  const file = await readAudio(id).catch(() => null);
  signal.throwIfAborted();
  return file && segments.some(({ channel }) => channel) ? conversationFile(file) : file;
}

/** Calls back whenever a transcript was written, by this tab or another, until the signal aborts. */
export function watchTranscripts(
  signal: AbortSignal,
  callback: (change: DocumentChange) => void,
): void {
  onDocumentChange(signal, callback);
}
