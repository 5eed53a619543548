import { SottoError } from '../core/errors';
import type { CaptureChannel } from '../core/capture';
import { recordingName, type RecordingManifest } from '../store/recording-file';
import { findClaimed } from '../store/recording-lock';
import { deleteRecording, listRecordings, markDeleted, openRecording } from '../store/recordings';

/** A deletion this old is no longer undone by anybody: its page was closed before it was final. */
const UNDO_OVER_MS = 60_000;

/** A recording that can be listened to and transcribed. */
export interface KeptRecording {
  readonly id: string;
  /** Without an ending. */
  readonly name: string;
  readonly channels: readonly CaptureChannel[];
  readonly durationSec: number;
  readonly sizeBytes: number;
  /** Its tab was closed or killed before it was stopped. */
  readonly interrupted: boolean;
  /** False where this device did not take all of it: `file` then is the only whole copy. */
  readonly stored: boolean;
  /** Present where it was made by this page. */
  readonly file: File | null;
}

/**
 * The recordings on this device, the latest first, without those that are still being made here or in another tab.
 * None where storage is blocked.
 */
export async function findRecordings(signal: AbortSignal): Promise<KeptRecording[]> {
  // Twice: one that begins or ends meanwhile must not look interrupted.
  const before = await findClaimed();
  const manifests = await listRecordings().catch(() => []);
  const after = await findClaimed();
  signal.throwIfAborted();
  await Promise.all(manifests.filter(isForgotten).map(({ id }) => deleteRecording(id)));
  return manifests
    .filter(({ id, deletedAtMs }) => deletedAtMs === null && !before.has(id) && !after.has(id))
    .map(keptRecording);
}

/** The sound of a recording as a playable WAV file. @throws SottoError 'storage-blocked' where it is gone */
export async function openKept(signal: AbortSignal, kept: KeptRecording): Promise<File> {
  const file = kept.file ?? (await openRecording(kept.id).catch(() => null));
  signal.throwIfAborted();
  if (file) return file;
  throw new SottoError(
    'storage-blocked',
    'This recording can no longer be read. It may have been deleted in another tab.',
  );
}

/** Takes a recording off the list; `deleteKept` frees its room. */
export async function hideKept({ id }: KeptRecording): Promise<void> {
  await markDeleted(id, Date.now()).catch(() => undefined);
}

/** Undoes `hideKept`. */
export async function showKept({ id }: KeptRecording): Promise<void> {
  await markDeleted(id, null).catch(() => undefined);
}

function isForgotten({ deletedAtMs }: RecordingManifest): boolean {
  return deletedAtMs !== null && Date.now() - deletedAtMs > UNDO_OVER_MS;
}

/** Deletes a recording from this device for good. */
export async function deleteKept({ id }: KeptRecording): Promise<void> {
  // Where storage is blocked there is nothing to delete.
  await deleteRecording(id).catch(() => undefined);
}

/** What a manifest tells of a recording that is on this device as a whole. */
export function keptRecording(manifest: RecordingManifest): KeptRecording {
  const { id, channels, frames, sampleRateHz, state } = manifest;
  return {
    id,
    name: recordingName(manifest),
    channels,
    durationSec: frames / sampleRateHz,
    sizeBytes: frames * channels.length * 2,
    interrupted: state === 'open',
    stored: true,
    file: null,
  };
}
