import { expect, test } from 'vitest';
import { BlockBuffer } from '../../workers/media/block-buffer';
import { Timeline, type Span } from '../../workers/media/timeline';

const RATE_HZ = 1000;
const WHOLE: Span = { originSec: 0, endSec: Infinity };

/** Packets of ones, laid out. Samples in all, and how many of them are silence. */
function lay(span: Span, packets: readonly (readonly [startSec: number, samples: number])[]) {
  const timeline = new Timeline(span);
  const samples = packets.flatMap(([startSec, length]) =>
    [...timeline.place(new Float32Array(length).fill(1), startSec, RATE_HZ)].flatMap((piece) => [
      ...piece,
    ]),
  );
  const silent = samples.filter((value) => value === 0).length;
  return { length: samples.length, silent, first: samples.indexOf(1), endSec: timeline.endSec };
}

test('packets that follow each other stay as they are', () => {
  expect(lay(WHOLE, [[0, 100], [0.1, 100]])).toEqual({ length: 200, silent: 0, first: 0, endSec: 0.2 }); // prettier-ignore
});

test('what comes before the origin and after the end is not played', () => {
  const span = { originSec: 0.05, endSec: 0.22 };
  expect(lay(span, [[0, 40], [0.04, 100], [0.14, 100]])).toMatchObject({ length: 170, silent: 0 }); // prettier-ignore
});

test('a late start and a hole are silence of their own length', () => {
  const { length, silent, first } = lay(WHOLE, [[2.5, 100], [4, 100]]); // prettier-ignore
  expect({ length, silent, first }).toEqual({ length: 4100, silent: 3900, first: 2500 });
});

test('timestamps rounded to milliseconds make no holes, however many there are', () => {
  const packets = Array.from(
    { length: 500 },
    (_, i) => [Math.round(i * 26.122) / 1000, 26] as const,
  );
  expect(lay(WHOLE, packets).silent).toBeLessThanOrEqual(500 * 0.122);
});

test('a timestamp that is hours off is not believed', () => {
  expect(lay(WHOLE, [[0, 100], [26_000, 100]])).toMatchObject({ length: 200, silent: 0 }); // prettier-ignore
});

test('blocks have one length and keep the order, whatever the pieces', () => {
  const buffer = new BlockBuffer(10);
  const numbers = Float32Array.from({ length: 37 }, (_, i) => i);
  const blocks: Float32Array[] = [];
  for (const [from, to] of [
    [0, 3],
    [3, 3],
    [3, 25],
    [25, 37],
  ] as const) {
    // prettier-ignore
    buffer.push(numbers.subarray(from, to));
    for (let block = buffer.take(); block; block = buffer.take()) blocks.push(block);
  }
  blocks.push(buffer.takeRest());
  expect(blocks.map((block) => block.length)).toEqual([10, 10, 10, 7]);
  expect(blocks.flatMap((block) => [...block])).toEqual([...numbers]);
});
