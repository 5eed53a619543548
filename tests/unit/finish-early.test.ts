import { expect, test } from 'vitest';
import { finishEarly } from '../../src/core/finish-early';
import { transcriptRows } from '../../src/core/transcript-rows';
import type { TranscriptDocument } from '../../src/core/transcript-document';
import { makeDocument, makeSegment } from '../made-documents';

const region = (startSec: number, endSec: number) => ({ startSec, endSec });
const SPEECH = [region(1, 4), region(5, 9), region(12, 15), region(20, 28)];
const SOUND = { peaks: new Float32Array(0), peaksPerSec: 20, speech: SPEECH };
const SAID = [makeSegment(0, [[' One.', 1, 4]]), makeSegment(1, [[' Two.', 5, 9]])];
const STOPPED = makeDocument(SAID, {
  status: 'stopped',
  durationSec: 30,
  doneSec: 10,
  coverage: [
    { kind: 'silence', ...region(0, 1) },
    { kind: 'retried', ...region(1, 4) },
    { kind: 'silence', ...region(4, 10) },
  ],
  sound: SOUND,
  resume: {
    ...{ clip: 0, seek: 1000, promptFrom: 0, lastSpeechSec: 9, language: 'en' },
    languageProbabilities: null,
  },
});

/** What is read where: text, or from when to when there is none though somebody speaks. */
function shown({ segments, coverage }: TranscriptDocument): (string | readonly number[])[] {
  return transcriptRows(segments, coverage).map((row) =>
    row.kind === 'segment' ? row.segment.text : [row.startSec, row.endSec],
  );
}

test('what was stopped is finished as it is, and says where it ends', () => {
  const kept = finishEarly(STOPPED);
  expect(kept).toMatchObject({ status: 'done', resume: null });
  expect(kept.segments).toBe(STOPPED.segments);
  expect(shown(kept)).toEqual([' One.', ' Two.', [12, 28]]);
  expect(kept.coverage.slice(0, 2)).toEqual(STOPPED.coverage.slice(0, 2));
  expect(kept.coverage.at(-1)!.endSec).toBe(30);
});

test('of a conversation it is known for all of it only then', () => {
  const kept = finishEarly({ ...STOPPED, coverage: [], segments: SAID.slice(1) });
  expect(shown(kept)).toEqual([[1, 4], ' Two.', [12, 28]]);
});

test('where nothing was listened to the rest may be speech; silence is not called lost', () => {
  expect(shown(finishEarly({ ...STOPPED, sound: null })).at(-1)).toEqual([10, 30]);
  const quiet = { ...SOUND, speech: SPEECH.slice(0, 2) };
  expect(shown(finishEarly({ ...STOPPED, sound: quiet }))).toEqual([' One.', ' Two.']);
});
