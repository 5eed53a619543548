import { clock } from './clock';
import { listFacts, listProvenance, type ExportLabels } from './export-facts';
import type { ExportOptions } from './export-options';
import { groupParagraphs } from './paragraphs';
import { toOneLine } from './plain-text';
import type { Segment } from './transcript';
import type { TranscriptDocument } from './transcript-document';

/** A transcript as Markdown (CommonMark): its title, facts, paragraphs and, where asked for, what it was made with. */
export function writeMarkdown(
  document: TranscriptDocument,
  segments: readonly Segment[],
  options: ExportOptions,
  labels: ExportLabels,
): string {
  const paragraphs = groupParagraphs(segments, options.times).map(({ startSec, speaker, text }) =>
    [
      ...(options.times ? [`\`${clock(startSec)}\``] : []),
      ...(speaker === null ? [] : [`**${escapeMarkdown(speaker)}:**`]),
      escapeMarkdown(text),
    ].join(' '),
  );
  const blocks = [
    `# ${escapeMarkdown(toOneLine(document.title))}`,
    `*${listFacts(document, labels.locale).map(escapeMarkdown).join(' · ')}*`,
    ...paragraphs,
    ...(options.provenance ? ['---', `## ${labels.madeWith}`, listMade(document, labels)] : []),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function listMade(document: TranscriptDocument, labels: ExportLabels): string {
  return listProvenance(document, labels)
    .map(([label, value]) => {
      const text = escapeMarkdown(toOneLine(value));
      return label === '' ? `  - ${text}` : `- ${label}: ${text}`;
    })
    .join('\n');
}

/** Signs that Markdown, its GitHub dialect or HTML would read as markup. */
function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_[\]<>|~$]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/^(\s*)([-+#=]|\d+(?=[.)]))/, (_, space: string, sign: string) =>
      /\d/.test(sign) ? `${space}${sign}\\` : `${space}\\${sign}`,
    );
}
