import { expect, test } from 'vitest';
import { DEFAULT_EXPORT, EXPORT_FORMATS, type ExportOptions } from '../../src/core/export-options';
import { exportFile, exportZip } from '../../src/pipeline/export-files';
import { LABELS } from '../unit/export-labels';
import { segment, timedSegment, transcriptDocument } from '../unit/transcript-document';
import { unzip } from './unzip';

const TALK = transcriptDocument({
  title: 'Q&A: <"what\'s next">\u0000',
  segments: [
    timedSegment([0, 2, ' Good day & <welcome>.', 'Me']),
    timedSegment([2, 4, ' R&amp;B --> rock.', 'Them & others'], 1),
    segment([3723.5, 3725, ' Café 👩‍👩‍👧\u000b.', 'Me'], 2),
  ],
});

/** The cues of a WebVTT file as the browser's own parser reads them. */
async function readCues(file: File): Promise<VTTCue[]> {
  const video = document.createElement('video');
  const track = document.createElement('track');
  track.src = URL.createObjectURL(file);
  track.default = true;
  video.append(track);
  document.body.append(video);
  track.track.mode = 'hidden';
  await new Promise((resolve, reject) => {
    track.onload = resolve;
    track.onerror = reject;
  });
  const cues = [...(track.track.cues ?? [])] as VTTCue[];
  URL.revokeObjectURL(track.src);
  video.remove();
  return cues;
}

function makeVtt(options: Partial<ExportOptions>): Promise<File> {
  return exportFile(TALK, 'vtt', { ...DEFAULT_EXPORT, ...options }, LABELS);
}

test("the browser's WebVTT parser reads times, voices and text as they were", async () => {
  const cues = await readCues(await makeVtt({}));
  expect(cues.map(({ startTime, endTime }) => [startTime, endTime])).toEqual([
    [0, 2],
    [2, 4],
    [3723.5, 3725],
  ]);
  const shown = cues.map((cue) => cue.getCueAsHTML());
  expect(shown.map(({ textContent }) => textContent)).toEqual([
    'Good day & <welcome>.',
    'R&amp;B -> rock.',
    'Café 👩‍👩‍👧.',
  ]);
  expect(shown.map((html) => html.querySelector('span')?.title)).toEqual([
    'Me',
    'Them & others',
    'Me',
  ]);
});

test('with karaoke each word has its own time, which the parser finds', async () => {
  const [, second] = await readCues(await makeVtt({ wordMarks: 'tags' }));
  expect(second!.getCueAsHTML().textContent).toBe('R&amp;B -> rock.');
  expect(second!.text.match(/<[\d:.]+>/g)).toEqual(['<00:02.667>', '<00:03.333>']);
});

test('with underlined words each cue underlines one', async () => {
  const cues = await readCues(await makeVtt({ wordMarks: 'underline' }));
  const marked = cues.map((cue) => cue.getCueAsHTML().querySelector('u')?.textContent);
  expect(marked.slice(0, 4)).toEqual(['Good', 'day', '&', '<welcome>.']);
});

test('Word’s file is XML with times, speakers, text, model, hashes and options', async () => {
  const options = { ...DEFAULT_EXPORT, times: true };
  const file = await exportFile(TALK, 'docx', options, LABELS);
  expect(file.name).toBe("Q&A- -what's next-.docx");
  const parts = await unzip(file);
  const xml = new DOMParser().parseFromString(parts.get('word/document.xml')!, 'application/xml');
  expect(xml.querySelector('parsererror')).toBeNull();
  const paragraphs = [...xml.getElementsByTagName('w:p')].map((paragraph) =>
    [...paragraph.querySelectorAll('*')]
      .map(({ nodeName, textContent }) =>
        nodeName === 'w:tab' ? '\t' : nodeName === 'w:t' ? textContent : '',
      )
      .join(''),
  );
  expect(paragraphs[0]).toBe('Q&A: <"what\'s next">');
  expect(paragraphs[1]).toBe('English · 0:12 · November 21, 2026');
  expect(paragraphs.slice(2, 5).map((text) => text.trim())).toEqual([
    '0:00\tMe: Good day & <welcome>.',
    '0:02\tThem & others: R&amp;B --> rock.',
    '1:02:03\tMe: Café 👩‍👩‍👧.',
  ]);
  expect(paragraphs.slice(5)).toEqual([
    'How this was made',
    'Source: interview.mp3',
    'Model: Whisper base',
    'Device: WebAssembly',
    'Precision: q8 + q8',
    'Options: beamSize: 5, language: "de", trimSilence: true',
    `Files: onnx/encoder_model_quantized.onnx · ${'a'.repeat(64)}`,
    'config.json · hash not known',
  ]);
});

test('Word’s file says its language, and what is written from right to left', async () => {
  const segments = [timedSegment([0, 2, ' مرحبا 123.', 'سارة']), segment([9, 10, ' Bye.'], 1)];
  const document = transcriptDocument({ language: 'ar', segments });
  const parts = await unzip(await exportFile(document, 'docx', DEFAULT_EXPORT, LABELS));
  const read = (path: string): Document =>
    new DOMParser().parseFromString(parts.get(path)!, 'application/xml');
  const [lang] = read('word/styles.xml').getElementsByTagName('w:lang');
  expect(lang!.getAttribute('w:bidi')).toBe('ar');
  const paragraphs = [...read('word/document.xml').getElementsByTagName('w:p')].slice(2, 4);
  const count = (name: string): number[] =>
    paragraphs.map((paragraph) => paragraph.getElementsByTagName(name).length);
  expect(count('w:bidi')).toEqual([1, 0]);
  expect(count('w:rtl')).toEqual([2, 0]);
});

test('a csv begins with the mark by which Excel knows UTF-8; nothing else does', async () => {
  const heads = EXPORT_FORMATS.map(async (format) => {
    const bytes = await (await exportFile(TALK, format, DEFAULT_EXPORT, LABELS)).bytes();
    return [format, bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf] as const;
  });
  const marked = (await Promise.all(heads)).filter(([, isMarked]) => isMarked);
  expect(marked.map(([format]) => format)).toEqual(['csv']);
});

test('the zip holds a file of every format', async () => {
  const zip = await exportZip(TALK, DEFAULT_EXPORT, LABELS);
  const names = [...(await unzip(zip)).keys()];
  expect(names).toEqual(EXPORT_FORMATS.map((format) => `Q&A- -what's next-.${format}`));
});
