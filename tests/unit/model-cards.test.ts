import { expect, it } from 'vitest';
import { modelCards } from '../../src/core/model-cards';
import type { StoredModel } from '../../src/core/model-store-api';
import { repositoryRequest } from '../../src/core/models';
import { cardStatus, STARTING, transferAfter } from '../../src/state/model-transfer';
import { describeTransfer } from '../../src/ui/settings/describe-model';

const FILES: StoredModel = {
  id: 'mine',
  name: 'Mine',
  origin: { kind: 'files' },
  state: 'complete',
  precisions: ['q8+q8'],
  sizeBytes: 3e6,
  storedBytes: 3e6,
  files: [],
};

it('asks for the precision that is right for the device', () => {
  const precisionOf = (id: string, device: 'wasm' | 'webgpu' | 'webgpu-f16') =>
    modelCards([], [], () => device).find((card) => card.id === id)?.request?.precision;
  expect(precisionOf('tiny_timestamped', 'wasm')).toEqual({ encoder: 'q8', decoder: 'q8' });
  expect(precisionOf('tiny_timestamped', 'webgpu')).toEqual({ encoder: 'fp32', decoder: 'q4' });
  expect(precisionOf('large-v3-turbo_timestamped', 'webgpu-f16')).toEqual({
    encoder: 'fp16',
    decoder: 'q4',
  });
});

it('offers the demo first, then what a person brought, and never two cards for one model', () => {
  const asked = [repositoryRequest('owner/name', { encoder: 'q8', decoder: 'q8' })];
  const tiny = { ...FILES, id: 'tiny_timestamped' };
  const ids = modelCards([FILES, tiny], asked, () => 'wasm').map(({ id }) => id);
  expect(ids.slice(0, 3)).toEqual(['demo', 'mine', 'owner/name']);
  expect(new Set(ids).size).toBe(ids.length);
});

it('does not offer a model to a device that would get wrong numbers from it', () => {
  const status = (device: 'wasm' | 'webgpu') => {
    const card = modelCards([FILES], [], () => device).find(({ id }) => id === 'mine');
    return card && cardStatus(card, null, null, false).kind;
  };
  expect(status('wasm')).toBe('installed');
  expect(status('webgpu')).toBe('unfit');
});

it('shows of a download in another tab what is stored until that tab says more', () => {
  const place = { host: 'https://hub.example', repository: 'owner/name', revision: 'main' };
  const origin = { kind: 'hub', ...place, commit: null } as const;
  const ofHub = { ...FILES, origin };
  const [, card] = modelCards([ofHub], [], () => 'webgpu');
  const loadedBytes = FILES.storedBytes;
  const totalBytes = FILES.sizeBytes;
  const known = { kind: 'downloading', loadedBytes, totalBytes, bytesPerSec: null };
  expect(cardStatus(card!, null, STARTING, false)).toMatchObject({
    kind: 'elsewhere',
    transfer: known,
  });
  const fromZip = { ...card!, stored: { ...ofHub, origin: { ...origin, isClaimed: true } } };
  expect(cardStatus(fromZip, null, STARTING, false)).toMatchObject({ kind: 'adding' });
  expect(cardStatus(card!, STARTING, STARTING, false)).toBe(STARTING);
});

it('tells a slow connection by its kilobytes', () => {
  const rate = { bytesPerSec: 3000, secondsLeft: 40 };
  const slow = { kind: 'downloading', loadedBytes: 0, totalBytes: 120_000, hitch: null } as const;
  expect(describeTransfer({ ...slow, ...rate })).toContain(' · 3 kB/s · 40 s left');
});

it('says why a download stands still until it moves again', () => {
  const unplanned = transferAfter(STARTING, { kind: 'elsewhere' });
  expect(unplanned).toMatchObject({ kind: 'starting', hitch: { kind: 'elsewhere' } });
  const planned = transferAfter(unplanned, { kind: 'plan', totalBytes: 10, storedBytes: 4 });
  expect(planned).toMatchObject({ kind: 'downloading', loadedBytes: 4, hitch: null });
  const reason = 'The host stopped sending. Try again later.';
  const stuck = transferAfter(planned, { kind: 'retry', path: 'a', reason, waitMs: 1 });
  expect(stuck).toMatchObject({ hitch: { kind: 'retry', reason } });
  const rest = { loadedBytes: 5, totalBytes: 10, bytesPerSec: 1, secondsLeft: 5 };
  const moving = transferAfter(stuck, { kind: 'progress', ...rest });
  expect(moving).toMatchObject({ loadedBytes: 5, hitch: null });
});
