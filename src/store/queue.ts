import { createStore, promisifyRequest, type UseStore } from 'idb-keyval';
import type { LoadRequest } from '../core/asr-api';
import type { AudioOptions } from '../core/audio-options';
import type { DecodingOptions } from '../core/decoding-options';
import type { ErrorCode } from '../core/errors';
import type { RecordingManifest } from './recording-file';

/** Why a job failed. */
export interface QueueFailure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: string;
  readonly retryable: boolean;
}

/** What an unfinished job needs besides its transcript and its file, under the same id as both. */
export interface QueueEntry {
  readonly id: string;
  /** Jobs run in ascending order of it. */
  readonly position: number;
  readonly model: LoadRequest;
  readonly decoding: Partial<DecodingOptions>;
  readonly audio: Partial<AudioOptions>;
  /** Where the file is fetched from while it is not here; null where it was a file from the start. */
  readonly link: string | null;
  /** Tells one file from another where it has to be chosen again; null while a link has not been fetched. */
  readonly file: { readonly name: string; readonly sizeBytes: number } | null;
  /** Present for a recording of ours: a database returns a plain file in its place. */
  readonly recording: RecordingManifest | null;
  /** Why it failed, to be said again after a reload. */
  readonly failure: QueueFailure | null;
}

const store: UseStore = createStore('sotto-queue', 'entries');

/** What is unfinished, in order. @throws DOMException where storage is blocked */
export async function listEntries(): Promise<QueueEntry[]> {
  const all = await store('readonly', (source) => promisifyRequest<QueueEntry[]>(source.getAll()));
  return all.sort((a, b) => a.position - b.position);
}

/** @returns null where there is none of that id */
export async function readEntry(id: string): Promise<QueueEntry | null> {
  const found = await store('readonly', (source) =>
    promisifyRequest(source.get(id) as IDBRequest<QueueEntry | undefined>),
  );
  return found ?? null;
}

/** Writes entries, new or changed, all or none. @throws DOMException QuotaExceededError, or another */
export async function writeEntries(entries: readonly QueueEntry[]): Promise<void> {
  await store('readwrite', (target) => {
    for (const entry of entries) target.put(entry, entry.id);
    return promisifyRequest(target.transaction);
  });
}

export async function deleteEntry(id: string): Promise<void> {
  await store('readwrite', (target) => {
    target.delete(id);
    return promisifyRequest(target.transaction);
  });
}
