import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { InstallEvent } from '../../src/core/model-store-api';
import { InstallProgress } from '../../workers/models/install-progress';

let loaded: number[];
let speeds: (number | null)[];
let progress: InstallProgress;
beforeEach(() => {
  vi.useFakeTimers();
  [loaded, speeds] = [[], []];
  progress = new InstallProgress(new Map([['a', 1000]]), new Map(), (event: InstallEvent) => {
    if (event.kind !== 'progress') return;
    loaded.push(event.loadedBytes);
    speeds.push(event.bytesPerSec);
  });
});
afterEach(() => vi.useRealTimers());

it('tells the last bytes before a stall, then a speed that falls to zero, then nothing', () => {
  progress.note('a', 100);
  progress.note('a', 200);
  progress.note('a', 300);
  expect(loaded).toEqual([100]);
  vi.advanceTimersByTime(100);
  expect(loaded).toEqual([100, 300]);
  vi.advanceTimersByTime(2000);
  expect(speeds.at(-1)).toBeGreaterThan(0);
  vi.runAllTimers();
  expect(new Set(loaded.slice(1))).toEqual(new Set([300]));
  expect(speeds.at(-1)).toBe(0);
  const told = speeds.length;
  vi.advanceTimersByTime(60_000);
  expect(speeds).toHaveLength(told);
});

it('tells what is left ahead of another event, and nothing after the end', () => {
  progress.note('a', 100);
  progress.note('a', 200);
  progress.flush();
  expect(loaded).toEqual([100, 200]);
  progress.flush();
  progress.note('a', 300);
  progress.stop();
  vi.runAllTimers();
  expect(loaded).toEqual([100, 200]);
});
