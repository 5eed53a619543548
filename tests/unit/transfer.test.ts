import { describe, expect, it } from 'vitest';
import { parseRetryAfterMs, retryDelayMs } from '../../src/core/retry';
import { TransferRate } from '../../src/core/transfer-rate';

const LIMITS = { baseRetryMs: 1000, maxRetryMs: 60_000 };

describe('the wait before a retry', () => {
  it('doubles with every failure up to its limit', () => {
    const longest = [0, 1, 2, 3, 6, 20].map((failures) => retryDelayMs(failures, LIMITS, null, 0));
    expect(longest).toEqual([1000, 2000, 4000, 8000, 60_000, 60_000]);
  });

  it('is spread at random, so that clients do not come back together', () => {
    const waits = [0, 0.25, 0.5, 0.99].map((random) => retryDelayMs(2, LIMITS, null, random));
    expect(waits).toEqual([4000, 3000, 2000, expect.closeTo(40) as number]);
  });

  it('is never shorter than the server asks', () => {
    expect(retryDelayMs(0, LIMITS, 30_000, 0.5)).toBe(30_000);
    expect(retryDelayMs(6, LIMITS, 1000, 0)).toBe(60_000);
  });

  it('is read from seconds or from a date', () => {
    const now = Date.UTC(2026, 0, 1, 12, 0, 0);
    expect(parseRetryAfterMs('120', now)).toBe(120_000);
    expect(parseRetryAfterMs('Thu, 01 Jan 2026 12:00:30 GMT', now)).toBe(30_000);
    expect(parseRetryAfterMs('Thu, 01 Jan 2026 11:00:00 GMT', now)).toBe(0);
    expect(parseRetryAfterMs('soon', now)).toBeNull();
    expect(parseRetryAfterMs(null, now)).toBeNull();
  });
});

describe('speed', () => {
  it('is the mean of the last five seconds, whatever was before', () => {
    const rate = new TransferRate();
    for (let sec = 0; sec <= 10; sec++) rate.add(sec * 1000, sec * 100);
    for (let sec = 11; sec <= 20; sec++) rate.add(sec * 1000, 1000 + (sec - 10) * 5000);
    expect(rate.bytesPerSec()).toBe(5000);
    expect(rate.secondsLeft(25_000)).toBe(5);
  });

  it('is never negative, though a file that begins again takes its bytes back', () => {
    const rate = new TransferRate();
    for (let sec = 0; sec <= 3; sec++) rate.add(sec * 1000, sec * 1000);
    rate.add(3100, 0);
    expect(rate.bytesPerSec()).toBeNull();
    rate.add(4100, 500);
    expect(rate.bytesPerSec()).toBe(500);
  });

  it('says nothing at the beginning, and no time left while nothing moves', () => {
    const rate = new TransferRate();
    expect(rate.bytesPerSec()).toBeNull();
    rate.add(0, 100);
    rate.add(100, 200);
    expect(rate.secondsLeft(100)).toBeNull();
    rate.add(6000, 200);
    rate.add(12_000, 200);
    expect(rate.bytesPerSec()).toBe(0);
    expect(rate.secondsLeft(100)).toBeNull();
  });
});
