import { toSottoError, type SottoError } from '../core/errors';
import type { ExportLabels } from '../core/export-facts';
import { MIME_TYPES, type ExportFormat, type ExportOptions } from '../core/export-options';
import type { TranscriptDocument } from '../core/transcript-document';
import { exportFile, exportZip } from '../pipeline/export-files';
import { recallSettings, rememberSettings } from '../pipeline/remembered-settings';

/** How a transcript is to be exported, as remembered from the last time. */
export class ExportChoice {
  format = $state<ExportFormat>('txt');
  options = $state.raw<ExportOptions>(recallSettings().exportOptions);
  /** A file is being made. */
  busy = $state(false);
  /** Why the last file could not be made. */
  problem = $state.raw<SottoError | null>(null);

  constructor() {
    this.format = recallSettings().exportFormat;
  }

  choose(format: ExportFormat): void {
    this.format = format;
    this.problem = null;
    rememberSettings({ exportFormat: format });
  }

  change(change: Partial<ExportOptions>): void {
    this.options = { ...this.options, ...change };
    rememberSettings({ exportOptions: this.options });
  }

  /** The file of the chosen format; null where it could not be made, and `problem` says why. */
  makeFile(document: TranscriptDocument, labels: ExportLabels): Promise<File | null> {
    return this.#make(() => exportFile(document, this.format, this.options, labels));
  }

  /** One zip with the file of every format; null where it could not be made. */
  makeZip(document: TranscriptDocument, labels: ExportLabels): Promise<File | null> {
    return this.#make(() => exportZip(document, this.options, labels));
  }

  async #make(work: () => Promise<File>): Promise<File | null> {
    this.busy = true;
    this.problem = null;
    try {
      return await work();
    } catch (thrown) {
      this.problem = toSottoError(thrown);
      return null;
    } finally {
      this.busy = false;
    }
  }
}

/** Does this device pass files of the format on to other programs? */
export function canShare(format: ExportFormat): boolean {
  const file = new File([''], `transcript.${format}`, { type: MIME_TYPES[format] });
  return typeof navigator.canShare === 'function' && navigator.canShare({ files: [file] });
}
