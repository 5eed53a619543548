import type { TranscriptDocument } from '../core/transcript-document';
import { readEntry, type RecoveredJob } from '../pipeline/recover-jobs';
import { Job } from './job.svelte';

/** A job of a page that is gone, as it was; one that was waiting or running waits again, where its file is here. */
export function reviveJob({ entry, document, file }: RecoveredJob): Job {
  const { model, decoding, audio } = entry;
  const source = file ?? (entry.link === null ? null : new URL(entry.link));
  const job = new Job(source, { model, decoding, audio }, document);
  job.position = entry.position;
  job.expected = entry.file && { ...entry.file, recording: entry.recording };
  if (document.status === 'failed' && entry.failure)
    job.phase = { kind: 'failed', ...entry.failure };
  else if (document.status === 'stopped' || !source) job.stop();
  else job.goOn();
  return job;
}

/** Has a job that is to go on, or to be kept, take what another tab added to it before it stopped there. */
export async function catchUp(job: Job, kept: TranscriptDocument): Promise<void> {
  if (!job.point || kept.doneSec <= job.doneSec) return;
  const entry = await readEntry(job.id).catch(() => null);
  const { model, decoding, audio } = entry ?? job.options;
  job.catchUp(kept, { ...job.options, model, decoding, ...(audio && { audio }) });
}
