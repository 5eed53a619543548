import { downloadZip } from 'client-zip';
import type { ExportLabels } from '../core/export-facts';
import {
  EXPORT_FORMATS,
  MIME_TYPES,
  type ExportFormat,
  type ExportOptions,
} from '../core/export-options';
import { exportText } from '../core/export-text';
import { safeFileName } from '../core/file-name';
import type { TranscriptDocument } from '../core/transcript-document';
import { writeDocx } from './write-docx';

/** Stands for a title of which nothing can be in a file's name. */
const NAMELESS = 'Transcript';
/** Without it Excel takes UTF-8 for the code page of the country. */
const BYTE_ORDER_MARK = '\ufeff';

/** A transcript as one file, named after its title. */
export async function exportFile(
  document: TranscriptDocument,
  format: ExportFormat,
  options: ExportOptions,
  labels: ExportLabels,
): Promise<File> {
  const content =
    format === 'docx'
      ? [await writeDocx(document, options, labels)]
      : [format === 'csv' ? BYTE_ORDER_MARK : '', exportText(document, format, options, labels)];
  const type = MIME_TYPES[format];
  return new File(content, safeFileName(document.title, format, NAMELESS), { type });
}

/** A transcript in every format, in one zip. */
export async function exportZip(
  document: TranscriptDocument,
  options: ExportOptions,
  labels: ExportLabels,
): Promise<File> {
  const files = await Promise.all(
    EXPORT_FORMATS.map((format) => exportFile(document, format, options, labels)),
  );
  const zip = await downloadZip(files).blob();
  return new File([zip], safeFileName(document.title, 'zip', NAMELESS), {
    type: 'application/zip',
  });
}
