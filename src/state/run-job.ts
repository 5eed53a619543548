import { toSottoError } from '../core/errors';
import type { Transcript } from '../core/transcript';
import { openLink } from '../pipeline/open-link';
import { SpeedMeter } from '../pipeline/speed-meter';
import type { FileEvent } from '../pipeline/transcribe-file';
import { transcribeRecording } from '../pipeline/transcribe-recording';
import type { Job } from './job.svelte';
import type { JobKeeper } from './job-keeper';
import type { ModelState } from './model.svelte';

type OnEvent = (event: FileEvent) => void;

/** Runs a job to its end, whatever that is. Never rejects: the job itself says what became of it. */
export async function runJob(job: Job, model: ModelState, keeper: JobKeeper): Promise<void> {
  const { signal, options } = job;
  const meter = new SpeedMeter(options.model);
  const apply = (event: FileEvent): void => {
    if (signal.aborted) return;
    meter.apply(event);
    model.apply(event);
    job.apply(event);
    keeper.note(job, event);
  };
  try {
    await keeper.claim(job);
    job.file ??= await fetchLink(job, apply);
    keeper.keepFile(job);
    const transcript = await transcribe(job, apply).catch(async (thrown: unknown) => {
      if (toSottoError(thrown).code !== 'file-gone') throw thrown;
      // Moved or changed on the disk while it waited: the device's copy is as good.
      job.loseFile();
      job.file = await keeper.readFile(job);
      if (!job.file || signal.aborted) throw thrown;
      return transcribe(job, apply);
    });
    if (signal.aborted) return;
    meter.finish(transcript.durationSec);
    job.finish(transcript);
  } catch (thrown) {
    // Stopping is silence: the job says "stopped" already.
    if (signal.aborted) return;
    job.fail(thrown);
  }
  keeper.end(job);
}

function transcribe(job: Job, apply: OnEvent): Promise<Transcript> {
  const { file, signal, options, soFar } = job;
  if (!file) throw new Error('a job without a file was run');
  const request = { ...options, ...(soFar && { soFar }) };
  return transcribeRecording(signal, file, request, apply);
}

function fetchLink({ source, signal }: Job, apply: OnEvent): Promise<File> {
  if (!(source instanceof URL)) throw new Error('a job without a file or a link was run');
  return openLink(signal, source, apply);
}
