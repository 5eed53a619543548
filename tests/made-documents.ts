import type { Segment, Word } from '../src/core/transcript';
import type { TranscriptDocument } from '../src/core/transcript-document';

/** Numbers in [0, 1), the same ones for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const VOCABULARY =
  'the a we you they it so and but then because when harbour letter window river station number answer morning captain garden engine music silver little quiet early open carry follow remember build listen write between under after before without'.split(
    ' ',
  );

/** A segment with its words, from `[text, startSec, endSec, probability]` each. */
export function makeSegment(
  id: number,
  words: readonly (readonly [
    text: string,
    startSec: number,
    endSec: number,
    probability?: number,
  ])[],
  more: Partial<Segment> = {},
): Segment {
  const timed = words.map(([text, startSec, endSec, probability = 0.9]): Word => ({
    text,
    startSec,
    endSec,
    probability,
  }));
  return {
    id,
    seek: 0,
    startSec: timed[0]?.startSec ?? 0,
    endSec: timed.at(-1)?.endSec ?? 0,
    text: timed.map(({ text }) => text).join(''),
    tokens: [1, 2, 3],
    temperature: 0,
    avgLogprob: -0.2,
    compressionRatio: 1.2,
    noSpeechProb: 0.01,
    words: timed,
    ...more,
  };
}

/** A transcript of these segments. */
export function makeDocument(
  segments: readonly Segment[],
  more: Partial<TranscriptDocument> = {},
): TranscriptDocument {
  const durationSec = segments.at(-1)?.endSec ?? 0;
  return {
    id: 'made',
    title: 'Harbour talk',
    sourceName: 'harbour.wav',
    createdAtMs: 1_790_000_000_000,
    updatedAtMs: 1_790_000_000_000,
    status: 'done',
    durationSec,
    doneSec: durationSec,
    language: 'en',
    languageProbabilities: null,
    segments,
    coverage: [],
    tags: [],
    provenance: null,
    sound: null,
    resume: null,
    deletedAtMs: null,
    ...more,
  };
}

/** Talk of two hours or any other time: about 2.8 words a second, ten to a segment, with sound to draw. */
export function makeLongDocument(hours: number, seed = 7): TranscriptDocument {
  const random = randomNumbers(seed);
  const segments: Segment[] = [];
  const speech = [];
  const wholeSec = hours * 3600;
  for (let sec = 0.5; sec < wholeSec - 5;) {
    const count = 5 + Math.floor(random() * 11);
    const words: [string, number, number, number][] = [];
    for (let i = 0; i < count; i++) {
      const text = VOCABULARY[Math.floor(random() * VOCABULARY.length)]!;
      const spelled = i === 0 ? text[0]!.toUpperCase() + text.slice(1) : text;
      const lengthSec = 0.15 + random() * 0.35;
      const endSec = round(sec + lengthSec);
      words.push([
        ` ${spelled}${i === count - 1 ? '.' : ''}`,
        round(sec),
        endSec,
        0.3 + random() * 0.7,
      ]);
      sec = endSec;
    }
    const segment = makeSegment(segments.length, words);
    segments.push(segment);
    speech.push({ startSec: segment.startSec, endSec: segment.endSec });
    sec += random() * 0.5;
  }
  const peaksPerSec = 20;
  const peaks = Float32Array.from({ length: wholeSec * peaksPerSec }, () => random() ** 2 * 0.8);
  const coverage = [{ kind: 'failed' as const, startSec: 100, endSec: 103 }];
  return makeDocument(segments, {
    id: `made-${String(hours)}h`,
    title: `${String(hours)} hours of talk`,
    durationSec: wholeSec,
    doneSec: wholeSec,
    coverage,
    sound: { peaks, peaksPerSec, speech },
  });
}

function round(sec: number): number {
  return Math.round(sec * 100) / 100;
}
