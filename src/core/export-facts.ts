import { clock } from './clock';
import type { TranscriptDocument } from './transcript-document';

/** Words that exported files are written with, in the language of the page. */
export interface ExportLabels {
  /** BCP 47 tag, for dates and names of languages. */
  readonly locale: string;
  /** Heading of what the transcript was made with. */
  readonly madeWith: string;
  readonly source: string;
  readonly model: string;
  readonly device: string;
  readonly precision: string;
  readonly options: string;
  readonly files: string;
  /** In place of a file's hash that is not known. */
  readonly noHash: string;
  /** In place of options where all are at their defaults. */
  readonly defaults: string;
}

/** Language, length and day of a transcript: the line below its title. */
export function listFacts(document: TranscriptDocument, locale: string): string[] {
  const { language, durationSec, createdAtMs } = document;
  return [
    ...(language === null ? [] : [languageName(language, locale)]),
    ...(durationSec === null ? [] : [clock(durationSec)]),
    new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(createdAtMs),
  ];
}

/** What the transcript was made from and with, as label and value; one line per file of the model. */
export function listProvenance(
  { provenance, sourceName }: TranscriptDocument,
  labels: ExportLabels,
): (readonly [label: string, value: string])[] {
  const source = [labels.source, sourceName] as const;
  if (!provenance) return [source];
  const { model, device, precision, files } = provenance;
  const options = Object.entries({ ...provenance.decoding, ...provenance.audio });
  return [
    source,
    [labels.model, model],
    [labels.device, device === 'webgpu' ? 'WebGPU' : 'WebAssembly'],
    [labels.precision, `${precision.encoder} + ${precision.decoder}`],
    [
      labels.options,
      options.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(', ') ||
        labels.defaults,
    ],
    ...(files.length === 0 ? [[labels.files, labels.noHash] as const] : []),
    ...files.map(
      ({ path, sha256 }, i) =>
        [i === 0 ? labels.files : '', `${path} · ${sha256 ?? labels.noHash}`] as const,
    ),
  ];
}

function languageName(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}
