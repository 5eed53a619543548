import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { DEFAULT_EXPORT } from '../../src/core/export-options';
import { exportText } from '../../src/core/export-text';
import { LABELS } from './export-labels';
import { segment, transcriptDocument } from './transcript-document';

/** Rows as Python's csv module reads them. */
function readRows(csv: string, dialect: 'excel' | 'excel-tab'): string[][] {
  const program = `import csv,io,json,sys
print(json.dumps(list(csv.reader(io.StringIO(sys.stdin.read(), newline=""), "${dialect}"))))`;
  return JSON.parse(
    execFileSync('python3', ['-c', program], { input: csv, encoding: 'utf8' }),
  ) as string[][];
}

const FORMULAS = ['=1+1', '+1', '-1', '@SUM(1)', '\t=1', '\r=1', '＝1', '=cmd|" /C calc"!A0'];

it('no cell of a csv begins like a formula, and all text is there', () => {
  const segments = FORMULAS.map((text, i) => segment([i, i + 1, text, text], i));
  const document = transcriptDocument({ segments });
  const rows = readRows(exportText(document, 'csv', DEFAULT_EXPORT, LABELS), 'excel');
  expect(rows[0]).toEqual(['start', 'end', 'speaker', 'text']);
  expect(rows.slice(1).map(([, , , text]) => text)).toEqual(
    FORMULAS.map((text) => `'${text.trim()}`),
  );
  for (const [startMs, endMs, speaker] of rows.slice(1)) {
    // Times are numbers and stay numbers.
    expect(`${startMs!} ${endMs!}`).toMatch(/^\d+ \d+$/);
    expect(speaker).toMatch(/^'/);
  }
});

it.each(['csv', 'tsv'] as const)('quotes, commas and line ends survive in %s', (format) => {
  const text = 'He said "no, never",\r\nand left;\tthen came back.';
  const document = transcriptDocument({ segments: [segment([0.5, 1.25, ` ${text}`])] });
  const file = exportText(document, format, DEFAULT_EXPORT, LABELS);
  const [, row] = readRows(file, format === 'csv' ? 'excel' : 'excel-tab');
  const oneLine = 'He said "no, never", and left;\tthen came back.';
  expect(row).toEqual(['500', '1250', format === 'csv' ? oneLine : oneLine.replace('\t', ' ')]);
});
