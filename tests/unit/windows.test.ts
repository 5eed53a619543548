import { describe, expect, it } from 'vitest';
import { accountFor, type Stretch } from '../../src/core/coverage';
import { packWindows, PackedWindow } from '../../src/core/windows';

const region = (startSec: number, endSec: number) => ({ startSec, endSec });

describe('packWindows', () => {
  it('fills windows of 30 s in order and divides no stretch that fits into one', () => {
    const windows = packWindows([region(1, 11), region(20, 35), region(40, 50)], 6000);
    expect(windows.map(({ spans }) => spans)).toEqual([
      [
        { start: 100, end: 1100 },
        { start: 2000, end: 3500 },
      ],
      [{ start: 4000, end: 5000 }],
    ]);
  });

  it('divides a stretch that fits into none and ends with the recording', () => {
    const windows = packWindows([region(5, 70)], 6800);
    expect(windows.map(({ spans }) => spans)).toEqual([
      [{ start: 500, end: 3500 }],
      [{ start: 3500, end: 6500 }],
      [{ start: 6500, end: 6800 }],
    ]);
  });

  it('counts no frame twice where padded stretches meet', () => {
    const frames = packWindows([region(0, 1.005), region(1.005, 2)], 200).flatMap((window) =>
      window.spans.flatMap(({ start, end }) =>
        Array.from({ length: end - start }, (_, i) => start + i),
      ),
    );
    expect(frames).toEqual(Array.from({ length: 200 }, (_, i) => i));
  });
});

describe('PackedWindow', () => {
  const window = new PackedWindow([
    { start: 100, end: 300 },
    { start: 1000, end: 1400 },
    { start: 9000, end: 9100 },
  ]);
  const spoken = [region(1.4, 2.6), region(10.4, 13.6), region(90.2, 90.9)];

  it('puts every frame back where it came from', () => {
    const sources = Array.from({ length: window.frames }, (_, i) =>
      Math.round(window.toSource(region(i / 100, i / 100), []).startSec * 100),
    );
    expect(sources).toEqual(
      window.spans.flatMap(({ start, end }) =>
        Array.from({ length: end - start }, (_, i) => start + i),
      ),
    );
  });

  it('keeps a stretch that speech crosses the join in', () => {
    expect(window.toSource(region(1, 4), spoken)).toEqual(region(2, 12));
  });

  it('takes back edges that reach into the silence beside a join', () => {
    expect(window.toSource(region(1.7, 5), spoken)).toEqual(region(10, 13));
    expect(window.toSource(region(0.4, 2.3), spoken)).toEqual(region(1.4, 3));
    expect(window.toSource(region(5.8, 7), spoken)).toEqual(region(90, 91));
  });

  it('leaves what comes after a frame', () => {
    expect(window.after(250)!.spans).toEqual([
      { start: 1050, end: 1400 },
      { start: 9000, end: 9100 },
    ]);
    expect(window.after(window.frames)).toBeNull();
  });
});

describe('accountFor', () => {
  const speech = (startSec: number, endSec: number): Stretch => ({
    kind: 'speech',
    startSec,
    endSec,
  });

  it('fills the whole with stretches that touch', () => {
    const stretches = accountFor(
      region(0, 30),
      [speech(1, 5), speech(5, 8)],
      [region(1, 8), region(20, 25)],
    );
    expect(stretches).toEqual([
      { kind: 'silence', startSec: 0, endSec: 1 },
      { kind: 'speech', startSec: 1, endSec: 8 },
      { kind: 'silence', startSec: 8, endSec: 20 },
      { kind: 'failed', startSec: 20, endSec: 25 },
      { kind: 'silence', startSec: 25, endSec: 30 },
    ]);
  });

  it('does not call the inexact edge of a segment lost, but a short word by itself', () => {
    const stretches = accountFor(region(0, 10), [speech(2, 4)], [region(1.2, 4.9), region(6, 6.6)]);
    expect(stretches.filter(({ kind }) => kind === 'failed')).toEqual([
      { kind: 'failed', startSec: 6, endSec: 6.6 },
    ]);
  });

  it('counts nothing twice where segments overlap or reach beyond', () => {
    const stretches = accountFor(region(10, 20), [speech(8, 14), speech(12, 25)], []);
    expect(stretches).toEqual([speech(10, 20)]);
  });
});
