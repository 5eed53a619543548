import { WAVE_HEADER_BYTES } from '../core/wave';
import type { TranscriptDocument } from '../core/transcript-document';
import { claimJob } from '../store/job-lock';
import { deleteEntry, listEntries, readEntry, type QueueEntry } from '../store/queue';
import { RecordingFile, type RecordingManifest } from '../store/recording-file';
import { changeDocument, listDocuments, readAudio, readDocument } from '../store/transcripts';
import type { FileOptions } from './transcribe-file';

export { claimJob, readAudio as readKeptFile, readEntry };

/** By what a file is known again that has to be chosen again. */
export interface ExpectedFile {
  readonly name: string;
  readonly sizeBytes: number;
  /** Present where it is a recording of ours. */
  readonly recording: RecordingManifest | null;
}

/** What of a job goes on after a reload. */
export interface QueuedJob {
  readonly id: string;
  readonly position: number;
  readonly options: Pick<FileOptions, 'model' | 'decoding' | 'audio'>;
  readonly source: File | URL | null;
  readonly file: File | null;
  /** What it was made from, where that has to be chosen again. */
  readonly expected: ExpectedFile | null;
  readonly failure: QueueEntry['failure'];
}

/** An unfinished job of a page that is gone, claimed for this one. */
export interface RecoveredJob {
  readonly entry: QueueEntry;
  readonly document: TranscriptDocument;
  /** null where it could not be kept, or has not been fetched yet. */
  readonly file: File | null;
  /** Gives the claim up. */
  readonly release: () => void;
}

/**
 * The jobs that were waiting or running when their tab went, in the order of their queue. Those of tabs that are still
 * open are left to them. None where storage is blocked.
 */
export async function recoverJobs(signal: AbortSignal): Promise<RecoveredJob[]> {
  const entries = await listEntries().catch(() => []);
  const claimed = await Promise.all(entries.map((entry) => recover(signal, entry, isInterrupted)));
  await markAbandoned(signal, new Set(entries.map(({ id }) => id)));
  return claimed.filter((job) => job !== null);
}

/** One unfinished job, also one that was stopped or failed; null where it is finished, gone or another tab's. */
export async function recoverJob(signal: AbortSignal, id: string): Promise<RecoveredJob | null> {
  const entry = await readEntry(id).catch(() => null);
  return entry && recover(signal, entry, ({ status }) => status !== 'done');
}

/** A job as it is kept. */
export function entryOf({
  id,
  position,
  options,
  source,
  file,
  expected,
  failure,
}: QueuedJob): QueueEntry {
  const { model, decoding, audio = {} } = options;
  const known = file ? expectAgain(file) : expected;
  return {
    id,
    position,
    model,
    decoding,
    audio,
    link: source instanceof URL ? source.href : null,
    file: known && { name: known.name, sizeBytes: known.sizeBytes },
    recording: known?.recording ?? null,
    failure,
  };
}

/** What tells a file from others when it is chosen again. */
export function expectAgain(file: File): ExpectedFile {
  const recording = file instanceof RecordingFile ? file.manifest : null;
  return { name: file.name, sizeBytes: file.size, recording };
}

/** A plain file as the pipeline knows it: a recording of ours has its channels again. */
export function restoreFile(file: File, recording: RecordingManifest | null): File {
  return recording ? new RecordingFile(recording, [file.slice(WAVE_HEADER_BYTES)]) : file;
}

async function recover(
  signal: AbortSignal,
  entry: QueueEntry,
  wanted: (document: TranscriptDocument) => boolean,
): Promise<RecoveredJob | null> {
  const release = await claimJob(signal, entry.id);
  if (!release) return null;
  // Only now: another tab may have gone on with it until it let go.
  const document = await readDocument(entry.id).catch(() => null);
  if (document?.deletedAtMs === null && wanted(document)) {
    const file = await readAudio(entry.id).catch(() => null);
    return { entry, document, file: file && restoreFile(file, entry.recording), release };
  }
  if (!document || document.status === 'done') await deleteEntry(entry.id).catch(() => undefined);
  release();
  return null;
}

/** What cannot be gone on with says so, rather than that it is being worked on. */
async function markAbandoned(signal: AbortSignal, known: ReadonlySet<string>): Promise<void> {
  const documents = await listDocuments().catch(() => []);
  for (const { id, status } of documents) {
    if (status !== 'working' || known.has(id)) continue;
    const release = await claimJob(signal, id);
    if (release) await changeDocument(id, { status: 'interrupted' }).catch(() => undefined);
    release?.();
  }
}

function isInterrupted({ status }: TranscriptDocument): boolean {
  return status === 'working' || status === 'interrupted';
}
