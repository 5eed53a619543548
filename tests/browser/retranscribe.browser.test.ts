import { beforeAll, describe, expect, test } from 'vitest';
import { decodeMono16k } from '../../src/audio/decode';
import { SAMPLE_RATE_HZ } from '../../src/core/audio-constants';
import { CONVERSATION } from '../../src/core/capture';
import { regionOf, replaceRegion, withRoom } from '../../src/core/edit-region';
import { idsOf, removeSegments } from '../../src/core/edit-transcript';
import type { Stretch } from '../../src/core/coverage';
import type { Segment } from '../../src/core/transcript';
import { transcriptRows } from '../../src/core/transcript-rows';
import { writePcm16 } from '../../src/core/wave';
import { demoModel } from '../../src/pipeline/demo-model';
import { retranscribeSpeech, retranscribeWhole } from '../../src/pipeline/retranscribe';
import { readTranscriptAudio } from '../../src/pipeline/transcript-library';
import type { FileEvent } from '../../src/pipeline/transcribe-file';
import { RecordingFile } from '../../src/store/recording-file';
import { keepAudio } from '../../src/store/transcripts';
import { makeDocument, makeSegment } from '../made-documents';
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
  const { transcript } = await retranscribeSpeech(
    never,
    await recording(),
    { spoken: chosen, all: before },
    { model, decoding: { language: 'en', wordTimestamps: true } },
    (event) => events.push(event),
  );
  const ids = new Set(chosen.map(({ id }) => id));
  const after = replaceRegion(before, { ids, lost: [] }, transcript.segments);
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

describe('of a conversation, opened again after a reload,', () => {
  const SEC = 20;
  const files = { me: FILE, them: 'de_long.flac' } as const;
  /** What either side says, under names that people gave them; wrong as it stands. */
  const said: Segment[] = CONVERSATION.flatMap((channel) =>
    truths[files[channel]].segments
      .filter(({ end }) => end < SEC)
      .map(({ start, end }, i) => {
        const id = 2 * i + CONVERSATION.indexOf(channel);
        const speaker = channel === 'me' ? 'Ann' : 'Ben';
        return makeSegment(id, [[' nonsense', start, end]], { channel, speaker });
      }),
  ).toSorted((a, b) => a.startSec - b.startSec);
  let file: File;

  beforeAll(async () => {
    const sides = CONVERSATION.map((channel) => samplesOf(files[channel], SEC));
    const pcm = new Blob([writePcm16(await Promise.all(sides))]);
    const recorded = { id: 'talk', startedAtMs: 0, channels: CONVERSATION, frames: 0 };
    const kept = { chunkCount: 1, state: 'finished', deletedAtMs: null } as const;
    const sampleRateHz = SAMPLE_RATE_HZ;
    await keepAudio('talk', new RecordingFile({ ...recorded, ...kept, sampleRateHz }, [pcm]));
    file = (await readTranscriptAudio(never, makeDocument(said, { id: 'talk' })))!;
  });

  /** All that is said, after the chosen segments and what was lost were transcribed again. */
  async function retold(
    chosen: readonly Segment[],
    lost: readonly Stretch[] = [],
    all: readonly Segment[] = said,
  ): Promise<readonly Segment[]> {
    const work = { spoken: [...chosen, ...lost], all };
    const options = { model, decoding: {} };
    const { transcript } = await retranscribeSpeech(never, file, work, options, () => undefined);
    return replaceRegion(all, { ids: idsOf(chosen), lost }, transcript.segments);
  }

  /** Who says what that is new. */
  function fresh(after: readonly Segment[]): (readonly [string, string])[] {
    return after
      .filter(({ text }) => text !== ' nonsense')
      .map(({ speaker = '', text }) => [speaker, text.trim()] as const);
  }

  function truth(channel: 'me' | 'them', from: number, to: number): string[] {
    return truths[files[channel]].segments.slice(from, to).map(({ text }) => text);
  }

  test('what one side says is heard on its channel only', async () => {
    const chosen = said.filter(({ channel }) => channel === 'me').slice(2, 4);
    expect(fresh(await retold(chosen))).toEqual(truth('me', 2, 4).map((text) => ['Ann', text]));
  });

  test('what both say is heard on either channel, and each keeps the name', async () => {
    const both = CONVERSATION.map((side) => said.filter(({ channel }) => channel === side));
    const after = fresh(await retold([...both[0]!.slice(1, 3), ...both[1]!.slice(1, 4)]));
    const by = (name: string) => after.flatMap(([who, text]) => (who === name ? [text] : []));
    expect(by('Ann')).toEqual(truth('me', 1, 3));
    expect(by('Ben')).toEqual(truth('them', 1, 4));
    expect(after).toHaveLength(5);
  });

  test('what one side said without any text gets it, though the other speaks meanwhile', async () => {
    const unheard = said.filter(({ channel }) => channel === 'them').slice(1, 4);
    const rest = removeSegments(said, idsOf(unheard));
    const lost = unheard.map(({ startSec, endSec }): Stretch => ({
      kind: 'failed',
      channel: 'them',
      startSec,
      endSec,
    }));
    const lostIn = (segments: readonly Segment[]): readonly Stretch[] =>
      transcriptRows(segments, lost).flatMap((row) => (row.kind === 'lost' ? row.lost : []));
    expect(lostIn(rest)).toEqual(lost);
    const after = await retold([], lost, rest);
    expect(fresh(after)).toEqual(truth('them', 1, 4).map((text) => ['Ben', text]));
    expect(lostIn(after)).toEqual([]);
  });
});

async function samplesOf(name: string, sec: number): Promise<Float32Array> {
  const samples = new Float32Array(sec * SAMPLE_RATE_HZ);
  let at = 0;
  for await (const block of decodeMono16k(never, await recording(name))) {
    const part = block.subarray(0, samples.length - at);
    samples.set(part, at);
    at += part.length;
  }
  return samples;
}
