import type * as docxNamespace from 'docx';
import { clock } from '../core/clock';
import { listFacts, listProvenance, type ExportLabels } from '../core/export-facts';
import type { ExportOptions } from '../core/export-options';
import { groupParagraphs, type Paragraph as Spoken } from '../core/paragraphs';
import { isRightToLeft, onOneLine, toOneLine } from '../core/plain-text';
import type { TranscriptDocument } from '../core/transcript-document';

type Docx = typeof docxNamespace;

/** Where text begins beside its time, in twentieths of a point. */
const GUTTER_TWIPS = 1000;
const RTL_RUN = { rightToLeft: true };
const MUTED = '5F6470';

/**
 * A transcript as Word's file (Office Open XML): title, facts, paragraphs and, where asked for, with what it was made.
 * The library is fetched from this page's own files when first needed.
 */
export async function writeDocx(
  document: TranscriptDocument,
  options: ExportOptions,
  labels: ExportLabels,
): Promise<Blob> {
  const docx = await import('docx');
  const { Document, HeadingLevel, Packer, Paragraph, TextRun } = docx;
  const { language } = document;
  const title = toOneLine(document.title);
  const facts = listFacts(document, labels.locale).join(' · ');
  const file = new Document({
    title,
    creator: 'Sotto',
    lastModifiedBy: 'Sotto',
    // For spelling and hyphenation; Word keeps three, by script.
    ...(language !== null && {
      styles: {
        default: {
          document: {
            run: { language: { value: language, eastAsia: language, bidirectional: language } },
          },
        },
      },
    }),
    ...(options.provenance && { description: describeOrigin(document, labels) }),
    sections: [
      {
        children: [
          new Paragraph({
            heading: HeadingLevel.TITLE,
            ...(isRightToLeft(title) && { bidirectional: true }),
            children: [new TextRun({ text: title, ...(isRightToLeft(title) && RTL_RUN) })],
          }),
          new Paragraph({
            spacing: { after: 320 },
            children: [new TextRun({ text: facts, color: MUTED })],
          }),
          ...groupParagraphs(onOneLine(document.segments), options.times).map((spoken) =>
            writeParagraph(docx, spoken, options),
          ),
          ...(options.provenance ? writeOrigin(docx, document, labels) : []),
        ],
      },
    ],
  });
  return Packer.toBlob(file);
}

function writeParagraph(
  { Paragraph, TextRun }: Docx,
  { startSec, speaker, text }: Spoken,
  { times, speakers }: ExportOptions,
): InstanceType<Docx['Paragraph']> {
  const rightToLeft = isRightToLeft(text);
  const direction = rightToLeft && RTL_RUN;
  return new Paragraph({
    spacing: { after: 160, line: 312 },
    ...(rightToLeft && { bidirectional: true }),
    ...(times && {
      indent: { left: GUTTER_TWIPS, hanging: GUTTER_TWIPS },
      tabStops: [{ type: 'left', position: GUTTER_TWIPS }],
    }),
    children: [
      ...(times ? [new TextRun({ text: `${clock(startSec)}\t`, color: MUTED })] : []),
      ...(speakers && speaker !== null
        ? [new TextRun({ text: `${speaker}: `, bold: true, ...direction })]
        : []),
      new TextRun({ text, ...direction }),
    ],
  });
}

function writeOrigin(
  { HeadingLevel, Paragraph, TextRun }: Docx,
  document: TranscriptDocument,
  labels: ExportLabels,
): InstanceType<Docx['Paragraph']>[] {
  const rows = listProvenance(document, labels).map(
    ([label, value]) =>
      new Paragraph({
        spacing: { after: 60 },
        children: [
          ...(label === '' ? [] : [new TextRun({ text: `${label}: `, bold: true, size: 18 })]),
          new TextRun({ text: toOneLine(value), size: 18 }),
        ],
      }),
  );
  const heading = new Paragraph({
    text: labels.madeWith,
    heading: HeadingLevel.HEADING_2,
    spacing: { before: 480, after: 120 },
  });
  return [heading, ...rows];
}

/** For the file's properties, which stay where somebody deletes the text. */
function describeOrigin(document: TranscriptDocument, labels: ExportLabels): string {
  const rows = listProvenance(document, labels);
  return toOneLine(rows.map(([label, value]) => `${label}: ${value}`).join('; '));
}
