import { SottoError } from '../core/errors';
import { finishEarly } from '../core/finish-early';
import type { TranscriptDocument } from '../core/transcript-document';
import { Autosave } from '../pipeline/autosave';
import { describeProvenance } from '../pipeline/describe-provenance';
import {
  claimJob,
  entryOf,
  readKeptFile,
  recoverJob,
  recoverJobs,
  type RecoveredJob,
} from '../pipeline/recover-jobs';
import { recallSettings } from '../pipeline/remembered-settings';
import type { FileEvent } from '../pipeline/transcribe-file';
import type { Job } from './job.svelte';
import { isWorthKeeping } from './job-phase';
import { catchUp, reviveJob } from './revive-job';
import { StorageTrouble } from './storage-trouble.svelte';

/** Keeps jobs on the device while they are made, so that a reload, a crash or a full disk loses no text. */
export class JobKeeper {
  readonly trouble = new StorageTrouble();
  readonly #autosave = new Autosave(
    (trouble) => this.trouble.tell(trouble),
    (copy) => (this.trouble.copy = copy),
  );
  readonly #claims = new Map<string, Promise<(() => void) | null>>();
  /** Transcripts that the device has: of those only the progress is written. */
  readonly #written = new Set<string>();
  /** Jobs whose file the device has, or has refused. */
  readonly #filed = new Set<string>();

  /** Notes what is not on the device yet, now that the page goes. @returns whether no text is lost then */
  leave(): boolean {
    return this.#autosave.note();
  }

  /** Takes a job on: from now on it is this tab's, and on the device. */
  begin(job: Job, signal = job.signal): void {
    const claim = this.#claims.get(job.id) ?? this.#claim(job, signal).catch(() => null);
    this.#claims.set(job.id, claim);
    void claim.then((release) => {
      if (!release || !this.#claims.has(job.id)) return;
      this.#write(job);
      void this.#writeEntry(job);
      this.keepFile(job);
    });
  }

  /** Waits until the job is this tab's. @throws SottoError 'busy' where another tab works on it */
  async claim(job: Job): Promise<void> {
    if (await this.#claims.get(job.id)) return;
    this.#claims.delete(job.id);
    const hint = 'See it there, or close that tab and try again.';
    throw new SottoError('busy', `Another tab is at work on this. ${hint}`);
  }

  /** Writes in which order jobs are to run. */
  keepOrder(jobs: readonly Job[]): void {
    jobs.forEach((job, position) => (job.position = position));
    void this.#autosave.saveEntries(
      jobs.filter(({ id }) => this.#written.has(id)).map((job) => entryOf(job)),
    );
  }

  /** Writes what an event made of a job. */
  note(job: Job, event: FileEvent): void {
    if (event.kind === 'model') job.provenance = describeProvenance(job.options, event.model);
    else if (event.kind === 'segments' || event.kind === 'audio') this.#write(job);
  }

  keepFile(job: Job): void {
    if (!job.file || this.#filed.has(job.id)) return;
    this.#filed.add(job.id);
    void this.#writeEntry(job);
    void this.#autosave.keepFile(job.id, job.file);
  }

  /** The device's copy of a job's file; null where it has none that can be read. */
  async readFile(job: Job): Promise<File | null> {
    try {
      const file = await readKeptFile(job.id);
      // In a private window what is kept is no copy: it goes with the file.
      await file?.slice(0, 1).arrayBuffer();
      return file;
    } catch {
      return null;
    }
  }

  /** Writes how a job ended and lets go of it. Of one that is another tab's there is nothing to write. */
  end(job: Job): void {
    const claim = this.#claims.get(job.id);
    this.#claims.delete(job.id);
    if (claim) void this.#writeEnd(job).then(async () => (await claim)?.());
  }

  /** Takes a job without text off the device, unless another tab is at work on it or got some text of it. */
  async discard({ id }: Job): Promise<void> {
    const release = await claimJob(new AbortController().signal, id).catch(() => null);
    const kept = await this.#autosave.read(id).catch(() => null);
    if (release && !kept?.segments.length && kept?.status !== 'done') await this.#forget(id);
    release?.();
  }

  /** Writes what a person made of a transcript. @param before from what it was made */
  save(document: TranscriptDocument, before: TranscriptDocument): void {
    void this.#autosave.saveEdit(before, document);
  }

  /**
   * Makes what there is of an unfinished transcript a finished one, on top of what other tabs made of it; of one that
   * another tab is at work on, or has finished, nothing. @returns how it is then
   */
  async finishEarly(signal: AbortSignal, known: TranscriptDocument): Promise<TranscriptDocument> {
    const release = await claimJob(signal, known.id);
    const latest = (await this.#autosave.read(known.id).catch(() => null)) ?? known;
    if (!release || latest.status === 'done') {
      release?.();
      return latest;
    }
    const finished = { ...finishEarly(latest), updatedAtMs: Date.now() };
    void this.#autosave.saveProgress(finished).then(release);
    return finished;
  }

  /** A transcript as it is on the device, with all that was saved here. @returns null where there is none, or it was deleted */
  async read(signal: AbortSignal, id: string): Promise<TranscriptDocument | null> {
    const document = await this.#autosave.read(id);
    signal.throwIfAborted();
    return document?.deletedAtMs === null ? document : null;
  }

  /** Keeps a transcript that was made from another one, with the same sound. */
  create(document: TranscriptDocument, file: File | null): void {
    void this.#autosave.save(document);
    if (file && recallSettings().keepAudio) void this.#autosave.keepFile(document.id, file);
  }

  /** Waits until all that was asked for is written. Never rejects. */
  settle(): Promise<void> {
    return this.#autosave.settle();
  }

  /** Forgets what is not on the device, as all that is there is to be deleted. Never rejects. */
  forgetAll(): Promise<void> {
    return this.#autosave.forgetAll();
  }

  /** Tries again to write what the device has refused. */
  retry(): void {
    void this.#autosave.retry();
  }

  recoverAll(signal: AbortSignal): Promise<readonly RecoveredJob[]> {
    return recoverJobs(signal).catch(() => []);
  }

  recover(signal: AbortSignal, id: string): Promise<RecoveredJob | null> {
    return recoverJob(signal, id).catch(() => null);
  }

  /** A job of a page that is gone, as it was; one that was waiting or running waits again. */
  revive(found: RecoveredJob): Job {
    const { document, file, release } = found;
    const job = reviveJob(found);
    this.#written.add(job.id);
    if (file) this.#filed.add(job.id);
    if (job.phase.kind === 'cancelled' && document.status !== 'stopped')
      void this.#autosave.saveProgress({ ...document, status: 'interrupted' });
    if (job.waiting) this.#claims.set(job.id, Promise.resolve(release));
    else release();
    return job;
  }

  /** @returns null where another tab works on it, or has finished it since */
  async #claim(job: Job, signal: AbortSignal): Promise<(() => void) | null> {
    const release = await claimJob(signal, job.id);
    if (!release || !this.#written.has(job.id)) return release;
    const kept = await this.#autosave.read(job.id).catch(() => null);
    if (kept && kept.status !== 'done') await catchUp(job, kept);
    if (kept?.status !== 'done') return release;
    release();
    return null;
  }

  async #writeEnd(job: Job): Promise<void> {
    if (!isWorthKeeping(job)) return this.#forget(job.id);
    this.#write(job);
    if (job.phase.kind !== 'done') return this.#writeEntry(job);
    return this.#autosave.finish(job.id, recallSettings().keepAudio);
  }

  #write(job: Job): void {
    const document = job.result ?? job.toDocument();
    if (this.#written.has(job.id)) void this.#autosave.saveProgress(document);
    else void this.#autosave.save(document);
    this.#written.add(job.id);
  }

  #forget(id: string): Promise<void> {
    this.#written.delete(id);
    this.#filed.delete(id);
    return this.#autosave.discard(id);
  }

  #writeEntry(job: Job): Promise<void> {
    return this.#autosave.saveEntries([entryOf(job)]);
  }
}
