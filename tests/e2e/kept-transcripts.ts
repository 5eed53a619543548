import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import type { Segment, Word } from '../../src/core/transcript';
import type { TranscriptDocument } from '../../src/core/transcript-document';
import { makeDocument, makeSegment } from '../made-documents';
import { recording } from './goldens';

interface Truth {
  readonly language: string;
  readonly duration: number;
  readonly segments: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly words: readonly {
      readonly word: string;
      readonly start: number;
      readonly end: number;
    }[];
  }[];
}

/** A transcript of a public recording, from its truth: each word where it is said. */
export function trueDocument(
  file: string,
  more: Partial<TranscriptDocument> = {},
): TranscriptDocument {
  const truths = JSON.parse(readFileSync(recording('truth.json'), 'utf8')) as Record<string, Truth>;
  const truth = truths[file]!;
  const segments = truth.segments.map((said, id): Segment => {
    const texts = said.text.split(' ');
    const words = texts.map((text, i): [string, number, number, number] => {
      const last = said.words.length - 1;
      const { start, end } = said.words[Math.min(i, last)]!;
      // Some words are spoken as one: the second half of their time is the second one's.
      const middle = (start + end) / 2;
      if (texts.length > said.words.length && i >= last)
        return [` ${text}`, i === last ? start : middle, i === last ? middle : end, 0.9];
      return [` ${text}`, start, end, (id + i) % 11 === 7 ? 0.3 : 0.95];
    });
    return makeSegment(id, words);
  });
  const speech = truth.segments.map(({ start, end }) => ({ startSec: start, endSec: end }));
  const peaksPerSec = 20;
  const loud = (sec: number): boolean => speech.some((s) => s.startSec <= sec && sec < s.endSec);
  const peaks = Float32Array.from({ length: Math.ceil(truth.duration * peaksPerSec) }, (_, i) =>
    loud(i / peaksPerSec) ? 0.25 + 0.6 * Math.abs(Math.sin(i * 1.7) * Math.cos(i * 0.37)) : 0.01,
  );
  return makeDocument(segments, {
    id: `true-${file}`,
    title: file.replace(/\.\w+$/, ''),
    sourceName: file,
    durationSec: truth.duration,
    doneSec: truth.duration,
    language: truth.language,
    sound: { peaks, peaksPerSec, speech },
    ...more,
  });
}

/** Keeps a transcript, and the recording it is of, as the app does. */
export async function keep(
  page: Page,
  document: TranscriptDocument,
  file: string | null,
): Promise<void> {
  const { sound, ...plain } = document;
  const kept = { ...plain, sound: sound && { ...sound, peaks: [...sound.peaks] } };
  const bytes = file === null ? null : readFileSync(recording(file)).toString('base64');
  await page.evaluate(
    async ({ kept, bytes, name }) => {
      const put = (database: string, store: string, key: string, value: unknown): Promise<void> =>
        new Promise((resolve, reject) => {
          const request = indexedDB.open(database);
          request.onupgradeneeded = () => request.result.createObjectStore(store);
          request.onerror = () => reject(request.error!);
          request.onsuccess = () => {
            const change = request.result.transaction(store, 'readwrite');
            change.objectStore(store).put(value, key);
            change.oncomplete = () => (request.result.close(), resolve());
          };
        });
      const sound = kept.sound && { ...kept.sound, peaks: new Float32Array(kept.sound.peaks) };
      await put('sotto-transcripts', 'documents', kept.id, { ...kept, sound });
      if (bytes === null) return;
      const data = Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0));
      await put('sotto-audio', 'files', kept.id, new File([data], name, { type: 'audio/flac' }));
    },
    { kept, bytes, name: document.sourceName },
  );
}

/** The words of a segment as they should read. */
export function joined(words: readonly Word[]): string {
  return words
    .map(({ text }) => text)
    .join('')
    .trim();
}
