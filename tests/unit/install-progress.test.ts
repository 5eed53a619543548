import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { InstallEvent } from '../../src/core/model-store-api';
import { InstallProgress } from '../../workers/models/install-progress';

let loaded: number[];
let progress: InstallProgress;
beforeEach(() => {
  vi.useFakeTimers();
  loaded = [];
  progress = new InstallProgress(new Map([['a', 1000]]), new Map(), (event: InstallEvent) => {
    if (event.kind === 'progress') loaded.push(event.loadedBytes);
  });
});
afterEach(() => vi.useRealTimers());

it('tells the last bytes before a stall, once', () => {
  progress.note('a', 100);
  progress.note('a', 200);
  progress.note('a', 300);
  expect(loaded).toEqual([100]);
  vi.runAllTimers();
  expect(loaded).toEqual([100, 300]);
  vi.advanceTimersByTime(60_000);
  expect(loaded).toEqual([100, 300]);
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
