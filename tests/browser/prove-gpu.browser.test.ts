import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { GpuCheckEvent } from '../../src/core/gpu-check';
import { demoModel } from '../../src/pipeline/demo-model';
import { recallDevice } from '../../src/pipeline/device-notes';
import { proveGpu, type GpuTrust } from '../../src/pipeline/prove-gpu';
import { AsrClient } from '../../src/rpc/asr-client';
import { ThisDevice } from '../../src/state/this-device.svelte';
import { ignore, never } from './hub-scope';

let client: AsrClient;
let leave: AbortController;
let events: GpuCheckEvent[];
beforeEach(() => {
  localStorage.clear();
  // The app's own files lie beside its page; a test's page lies elsewhere.
  const base = document.createElement('base');
  base.href = '/';
  document.head.append(base);
  client = new AsrClient();
  leave = new AbortController();
  events = [];
});
afterEach(() => {
  leave.abort();
  client.dispose();
  document.querySelector('base')?.remove();
  vi.restoreAllMocks();
});

/** WASM stands in for a graphics processor that is right: the tests' own takes half a minute. */
async function prove(signal: AbortSignal = leave.signal): Promise<GpuTrust> {
  const request = demoModel({ device: 'wasm' });
  const model = await client.load(never, request, ignore);
  return proveGpu(signal, client, { request, model }, (event) => events.push(event));
}

test('what writes the right text is checked once, whoever asks, and the settings know it', async () => {
  const device = new ThisDevice(demoModel());
  await device.refresh(leave.signal);
  device.watch(leave.signal);
  const transcribe = vi.spyOn(client, 'transcribe');
  expect(await Promise.all([prove(), prove()])).toEqual(['right', 'right']);
  expect(transcribe).toHaveBeenCalledOnce();
  // Its time is that of a first run, and says nothing of its speed.
  const verdict = { model: 'demo', device: 'webgpu', finding: 'correct', speed: null, heard: '' };
  expect(device.verdicts).toMatchObject([verdict]);
  events = [];
  expect(await prove()).toBe('right');
  expect(events).toEqual([]);
  expect(transcribe).toHaveBeenCalledOnce();
});

test('without its recording nothing is known, and nothing is remembered', async () => {
  vi.spyOn(window, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
  expect(await prove()).toBe('unchecked');
  expect(recallDevice().verdicts).toEqual([]);
});

test('a check that is stopped leaves the next one to be done', async () => {
  const checking = prove();
  await expect.poll(() => events).toEqual([{ kind: 'gpu-check' }]);
  leave.abort();
  await expect(checking).rejects.toMatchObject({ name: 'AbortError' });
  expect(recallDevice().verdicts).toEqual([]);
  expect(await prove(never)).toBe('right');
});
