import { toSottoError, type ErrorCode, type SottoError } from '../core/errors';
import { countTags, searchDocuments, type SearchResult } from '../core/search-documents';
import { parseQuery } from '../core/search-text';
import type { TranscriptDocument } from '../core/transcript-document';
import { importTranscript, isImportable } from '../pipeline/import-transcript';
import { makeBackup, type Restored } from '../pipeline/library-backup';
import {
  changeTranscript,
  deleteTranscriptAudio,
  markTranscriptDeleted,
  purgeMarked,
  purgeTranscript,
  UNDO_MS,
  wipeLibrary,
  type LibraryChange,
} from '../pipeline/library-changes';
import { measureLibrary, type LibraryUse } from '../pipeline/library-storage';
import type { Job, Jobs } from './jobs.svelte';
import type { Library } from './library.svelte';

/** What a page tells of what was done to its library. */
export type LibraryNotice =
  | { readonly kind: 'imported'; readonly titles: readonly string[]; readonly skipped: number }
  | { readonly kind: 'restored'; readonly restored: Restored }
  | { readonly kind: 'wiped' };

/** What people do with the transcripts on this device, and what is found among them. */
export class LibraryActions {
  query = $state('');
  /** Only transcripts with this tag; null is all. */
  tag = $state<string | null>(null);
  /** The one just deleted, while that can be undone. */
  deleted = $state.raw<TranscriptDocument | null>(null);
  notice = $state.raw<LibraryNotice | null>(null);
  problem = $state.raw<SottoError | null>(null);
  /** A file is read or a backup made. */
  busy = $state(false);
  /** null until it was measured. */
  use = $state.raw<LibraryUse | null>(null);
  readonly library: Library;
  readonly tags = $derived.by(() => countTags(this.library.list));
  readonly terms = $derived(parseQuery(this.query));
  readonly searching = $derived(this.terms.length > 0 || this.tag !== null);
  readonly results = $derived.by((): readonly SearchResult[] => {
    const { tag } = this;
    const tagged = this.library.list.filter(({ tags }) => tag === null || tags.includes(tag));
    return searchDocuments(tagged, this.terms);
  });
  readonly #jobs: Jobs;
  /** The recording of the one just deleted, where there is no text of it yet. */
  #unwritten: Job | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(library: Library, jobs: Jobs) {
    this.library = library;
    this.#jobs = jobs;
    // What an earlier page deleted and was closed over.
    void purgeMarked().catch(() => undefined);
  }

  /** Renames or tags a transcript. */
  async change(document: TranscriptDocument, change: LibraryChange): Promise<void> {
    await this.#try('storage-failed', async () => {
      const dated = await changeTranscript(document.id, change);
      this.#jobs.find(document.id)?.describe(dated);
    });
  }

  /** Deletes a transcript; for ten seconds `undo` brings it back. */
  async delete(document: TranscriptDocument): Promise<void> {
    this.commit();
    await this.#try('storage-failed', async () => {
      const job = this.#jobs.find(document.id);
      if (job) {
        this.#jobs.stop(job);
        this.#jobs.dismiss(job);
        if (job.segments.length === 0) this.#unwritten = job;
      }
      await markTranscriptDeleted(document.id, true);
      this.deleted = document;
      this.#timer = setTimeout(() => this.commit(), UNDO_MS);
    });
  }

  async undo(): Promise<void> {
    const { deleted } = this;
    if (!deleted) return;
    clearTimeout(this.#timer);
    this.deleted = null;
    if (this.#unwritten) this.#jobs.bringBack(this.#unwritten);
    this.#unwritten = null;
    await this.#try('storage-failed', () => markTranscriptDeleted(deleted.id, false));
  }

  /** Makes the last deletion final. */
  commit(): void {
    clearTimeout(this.#timer);
    // Where it fails, the next page does it.
    if (this.deleted) void purgeTranscript(this.deleted.id).catch(() => undefined);
    this.deleted = null;
    this.#unwritten = null;
  }

  async deleteAudio(signal: AbortSignal, id: string): Promise<void> {
    await this.#try('storage-failed', () => deleteTranscriptAudio(id));
    await this.measure(signal);
  }

  async measure(signal: AbortSignal): Promise<void> {
    const measured = await measureLibrary(signal, this.library.list).catch(() => null);
    if (!signal.aborted) this.use = measured;
  }

  /**
   * Takes the transcripts and backups among some files.
   * @returns the files that are neither, and the transcript to show, if one alone was imported
   */
  async take(signal: AbortSignal, files: readonly File[]): Promise<TranscriptDocument | null> {
    const imports = files.filter(isImportable);
    if (imports.length === 0) return null;
    this.dismiss();
    this.busy = true;
    const documents: TranscriptDocument[] = [];
    let skipped = 0;
    for (const file of imports)
      await this.#try('storage-failed', async () => {
        const imported = await importTranscript(signal, file);
        if (imported.kind === 'backup')
          this.notice = { kind: 'restored', restored: imported.restored };
        else {
          documents.push(imported.document);
          skipped += imported.skipped;
        }
      });
    this.busy = false;
    if (signal.aborted) return null;
    if (documents.length > 0)
      this.notice = { kind: 'imported', titles: documents.map(({ title }) => title), skipped };
    await this.library.refresh(signal);
    await this.measure(signal);
    return imports.length === 1 ? (documents[0] ?? null) : null;
  }

  /** @returns the zip; null where it could not be made, and `problem` says why */
  async backUp(signal: AbortSignal, withAudio: boolean): Promise<File | null> {
    this.busy = true;
    let backup: File | null = null;
    await this.#try('storage-failed', async () => {
      backup = await makeBackup(signal, withAudio);
    });
    this.busy = false;
    return backup;
  }

  /** Deletes every transcript, recording and file on this device, for good. */
  async wipe(signal: AbortSignal): Promise<void> {
    this.dismiss();
    this.commit();
    await this.#try('storage-failed', async () => {
      this.#jobs.stopAll();
      for (const job of this.#jobs.list) this.#jobs.dismiss(job);
      // What is being written now, or was refused, would come back.
      await this.#jobs.keeper.forgetAll();
      await wipeLibrary();
      this.notice = { kind: 'wiped' };
    });
    await this.library.refresh(signal);
    await this.measure(signal);
  }

  /** Takes note and problem off the screen. */
  dismiss(): void {
    this.notice = null;
    this.problem = null;
  }

  async #try(code: ErrorCode, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      this.problem = toSottoError(thrown, code);
    }
  }
}

export { isImportable } from '../pipeline/import-transcript';
