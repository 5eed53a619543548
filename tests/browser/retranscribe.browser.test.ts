import { expect, test } from 'vitest';
import { regionOf, replaceRegion, withRoom } from '../../src/core/edit-region';
import { demoModel } from '../../src/pipeline/demo-model';
import { retranscribeRegion, retranscribeWhole } from '../../src/pipeline/retranscribe';
import type { FileEvent } from '../../src/pipeline/transcribe-file';
import { makeSegment } from '../made-documents';
import truths from '../fixtures/audio/truth.json';

const FILE = 'en_long.flac';
const said = truths[FILE].segments;
const model = demoModel({ device: 'wasm', precision: { encoder: 'fp32', decoder: 'fp32' } });
/** Sentences 2 to 5, which the reference gets right in a clip of its own too (goldens/clip.json). */
const FROM = 2;
const TO = 6;
const never = new AbortController().signal;

async function recording(name = FILE): Promise<File> {
  const { default: url } = (await import(
    `../fixtures/audio/${name.replace('.flac', '')}.flac?url`
  )) as {
    default: string;
  };
  return new File([await (await fetch(url)).blob()], name, { type: 'audio/flac' });
}

test('a stretch is transcribed again, with words, and takes the place of what was there', async () => {
  const before = said.map(({ start, end }, id) => makeSegment(id, [[' nonsense', start, end]]));
  const chosen = before.slice(FROM, TO);
  const region = withRoom(regionOf(chosen)!, before);
  const events: FileEvent[] = [];
  const { transcript } = await retranscribeRegion(
    never,
    await recording(),
    region,
    { model, decoding: { language: 'en', wordTimestamps: true } },
    (event) => events.push(event),
  );
  const ids = new Set(chosen.map(({ id }) => id));
  const after = replaceRegion(before, ids, transcript.segments);
  expect(after.slice(0, FROM)).toEqual(before.slice(0, FROM));
  expect(after.slice(TO - before.length)).toEqual(before.slice(TO));
  const fresh = after.slice(FROM, TO - before.length);
  const texts = said.slice(FROM, TO).map(({ text }) => text);
  expect(fresh.map(({ text }) => text.trim())).toEqual(texts);
  const words = fresh.flatMap((segment) => segment.words ?? []);
  expect(words.length).toBeGreaterThan(2);
  for (const { startSec, endSec } of words) {
    expect(startSec).toBeGreaterThanOrEqual(region.startSec);
    expect(endSec).toBeLessThanOrEqual(region.endSec);
  }
  expect(events.some(({ kind }) => kind === 'segments')).toBe(true);
});

test('a whole recording is translated', async () => {
  const { transcript, model: loaded } = await retranscribeWhole(
    never,
    await recording('de_short.flac'),
    { model, decoding: { language: 'de', task: 'translate' } },
    () => undefined,
  );
  expect(transcript.text.trim()).toBe(truths['de_short.flac'].segments[0]!.english);
  expect(loaded.device).toBe('wasm');
});
