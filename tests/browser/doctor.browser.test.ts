import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { planChecks } from '../../src/core/check-plan';
import { checkFor } from '../../src/core/check-recordings';
import { precisionKey } from '../../src/core/precisions';
import { checkCombination, type CheckEvent } from '../../src/pipeline/check-combination';
import { demoModel } from '../../src/pipeline/demo-model';
import { recallDevice } from '../../src/pipeline/device-notes';
import { preferences } from '../../src/state/preferences.svelte';
import { examineDevice } from '../../src/pipeline/examine-device';
import { SpeedMeter } from '../../src/pipeline/speed-meter';
import { transcribeFile, type FileEvent } from '../../src/pipeline/transcribe-file';
import { ModelStoreClient } from '../../src/rpc/model-store-client';
import { Doctor } from '../../src/state/doctor.svelte';
import { Models } from '../../src/state/models.svelte';
import { damageWeights } from '../damage';
import { ignore, never } from './hub-scope';

const Q8 = { encoder: 'q8', decoder: 'q8' } as const;
const WASM_Q8 = { device: 'wasm', precision: Q8 } as const;
/** All that a model of two precisions needs. */
const FILES = [
  'config.json',
  'generation_config.json',
  'preprocessor_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'onnx/encoder_model.onnx',
  'onnx/decoder_model_merged.onnx',
  'onnx/encoder_model_quantized.onnx',
  'onnx/decoder_model_merged_quantized.onnx',
];
const DAMAGED = 'damaged';

let store: ModelStoreClient;
let page: AbortController;
beforeEach(() => {
  localStorage.clear();
  preferences.reset();
  // The app's own files lie beside its page; a test's page lies elsewhere.
  const base = document.createElement('base');
  base.href = '/';
  document.head.append(base);
  store = new ModelStoreClient();
  page = new AbortController();
});
afterEach(async () => {
  page.abort();
  await store.remove(never, DAMAGED);
  store.dispose();
  document.querySelector('base')?.remove();
  vi.restoreAllMocks();
});

/** The demo model with an 8-bit decoder that computes something else. */
async function addDamaged(): Promise<void> {
  const files = await Promise.all(
    FILES.map(async (path) => {
      const whole = new Uint8Array(await (await fetch(`/models/sotto-demo/${path}`)).arrayBuffer());
      const isDamaged = path === 'onnx/decoder_model_merged_quantized.onnx';
      return {
        path: `${DAMAGED}/${path}`,
        file: new Blob([isDamaged ? damageWeights(whole) : whole]),
      };
    }),
  );
  await store.importFiles(never, DAMAGED, files, ignore);
}

test('a device is known by what it computes, not by its name', async () => {
  const report = await examineDevice(never);
  // The tests' browser has WebGPU in software.
  expect(report.gpu).toMatchObject({
    kind: 'works',
    adapter: { isSoftware: true, architecture: 'swiftshader', deviceClass: 'webgpu' },
  });
  expect(report).toMatchObject({
    hasSimd: true,
    isIsolated: crossOriginIsolated,
    cores: navigator.hardwareConcurrency,
    browser: expect.stringMatching(/^Chrome \d+$/) as string,
  });
});

test('an adapter that opens no device is no device', async () => {
  const adapter = await navigator.gpu.requestAdapter();
  vi.spyOn(adapter!, 'requestDevice').mockRejectedValue(new Error('The driver is gone.'));
  vi.spyOn(navigator.gpu, 'requestAdapter').mockResolvedValueOnce(adapter);
  const { gpu } = await examineDevice(never);
  expect(gpu).toMatchObject({ kind: 'broken', problem: 'Error: The driver is gone.' });
  vi.spyOn(navigator.gpu, 'requestAdapter').mockResolvedValueOnce(null);
  expect((await examineDevice(never)).gpu).toEqual({ kind: 'no-adapter' });
});

test('the demo model is right on WASM, and is heard to load and to listen', async () => {
  const events: CheckEvent[] = [];
  const result = await checkCombination(never, demoModel(WASM_Q8), checkFor(null), (event) =>
    events.push(event),
  );
  expect(result).toMatchObject({
    finding: expect.stringMatching(/^(correct|slow)$/) as string,
    wordErrorRate: 0,
    heard: '',
  });
  expect(result.speed).toBeGreaterThan(0);
  expect(events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['loading', 'listening']));
});

test('a check that is stopped tells nothing', async () => {
  const stop = new AbortController();
  const checking = checkCombination(stop.signal, demoModel(WASM_Q8), checkFor(null), (event) => {
    if (event.kind === 'listening') stop.abort();
  });
  await expect(checking).rejects.toMatchObject({ name: 'AbortError' });
});

test('a device that is not there fails with a sentence', async () => {
  const source = { kind: 'stored', id: 'nowhere' } as const;
  const result = await checkCombination(
    never,
    { ...demoModel(WASM_Q8), source },
    checkFor(null),
    ignore,
  );
  expect(result).toMatchObject({ finding: 'failed', speed: null });
  expect(result.problem).toMatch(/\.$/);
});

test('a model that gets wrong text is not used that way: not after the check, not after a reload', async () => {
  await addDamaged();
  const models = new Models(demoModel());
  await models.refresh(page.signal);
  models.use(models.cards.find(({ id }) => id === DAMAGED)!);
  expect(models.request).toMatchObject({ device: 'auto', precision: 'auto' });
  const doctor = new Doctor(models);
  const own = doctor.checks.filter(({ model, device }) => model === DAMAGED && device === 'wasm');
  await doctor.run(own);

  expect(doctor.problem).toBeNull();
  const [damaged, whole] = own.map((check) => doctor.verdict(check));
  expect(damaged).toMatchObject({ precision: 'q8+q8', finding: 'wrong' });
  // How fast the machine is just now is no matter.
  expect(whole?.precision).toBe('fp32+fp32');
  expect(whole?.finding).toMatch(/^(correct|slow)$/);
  expect(damaged?.wordErrorRate).toBeGreaterThan(0.5);
  for (const fresh of [models, new Models(demoModel())]) {
    expect(fresh.decision.reason).toBe('precision-wrong');
    expect(fresh.request).toMatchObject({
      device: 'wasm',
      precision: { encoder: 'fp32', decoder: 'fp32' },
    });
  }
  const events: FileEvent[] = [];
  const { recording } = checkFor(null);
  const sample = new File([await (await fetch(`/${recording.path}`)).blob()], 'sample.flac');
  const options = { model: models.request, decoding: { temperatures: [0] } };
  const { text } = await transcribeFile(never, sample, options, (event) => events.push(event));
  expect(text.trim().toLowerCase()).toBe(recording.text.toLowerCase());

  // What is known of a model goes with it.
  await store.remove(never, DAMAGED);
  await models.refresh(page.signal);
  expect(recallDevice().verdicts).toEqual([]);
});

test('another tab that deletes a model is heard', async () => {
  await addDamaged();
  const models = new Models(demoModel());
  await models.refresh(page.signal);
  models.watch(page.signal);
  models.use(models.cards.find(({ id }) => id === DAMAGED)!);
  expect(models.chosenId).toBe(DAMAGED);
  await store.remove(never, DAMAGED);
  await expect.poll(() => models.chosenId).toBe('demo');
  expect(models.notice).toEqual({ kind: 'gone', model: DAMAGED });
});

test('a forced device and threads are what is asked for, and are remembered', () => {
  const models = new Models(demoModel());
  models.device.choose('wasm');
  models.device.chooseThreads(1);
  expect(new Models(demoModel()).request).toMatchObject({ device: 'wasm', threads: 1 });
  // The page's address is stronger.
  const asked = demoModel({ device: 'webgpu', threads: 2 });
  expect(new Models(asked).request).toMatchObject({ device: 'webgpu', threads: 2 });
});

test('a finished recording tells its speed, a short one and one that changed device do not', () => {
  new Models(demoModel());
  const machine = { adapter: null, browser: 'Chrome 1' };
  localStorage.setItem('sotto-device', JSON.stringify({ machine }));
  const model = {
    name: 'm',
    threads: 1,
    multilingual: true,
    languages: [],
    sizeBytes: 1,
    files: [],
  };
  const loaded = { kind: 'model', model: { ...model, device: 'wasm', precision: Q8 } } as const;
  const window = { kind: 'window', window: 1, windows: 1, startSec: 60, durationSec: 30 } as const;
  const now = vi.spyOn(performance, 'now').mockReturnValue(1000);

  const brief = new SpeedMeter(demoModel());
  brief.apply(loaded);
  now.mockReturnValue(2000);
  brief.finish(5);
  const moved = new SpeedMeter(demoModel());
  moved.apply(loaded);
  moved.apply({ kind: 'model', model: { ...loaded.model, device: 'webgpu' } });
  moved.finish(100);
  expect(recallDevice().speeds).toEqual([]);

  // Gone on with at 60 of 100 s: 40 s in 5 s.
  const meter = new SpeedMeter(demoModel());
  meter.apply(loaded);
  meter.apply(window);
  now.mockReturnValue(7000);
  meter.finish(100);
  expect(recallDevice().speeds).toMatchObject([
    { model: 'demo', device: 'wasm', precision: precisionKey(Q8), speed: 8, browser: 'Chrome 1' },
  ]);
});

test('what is remembered and broken is left out, the rest is kept', () => {
  const verdict = {
    model: 'demo',
    device: 'wasm',
    precision: 'q8+q8',
    adapter: null,
    browser: 'Chrome 1',
    finding: 'wrong',
    wordErrorRate: 1,
    speed: 2,
    loadSec: 1,
    heard: '',
    problem: '',
    atMs: 1,
  };
  const broken = [{ ...verdict, finding: 'perhaps' }, { ...verdict, precision: 'q9' }, null, 7];
  const verdicts = [...broken, verdict];
  localStorage.setItem('sotto-device', JSON.stringify({ machine: 'big', verdicts, speeds: {} }));
  expect(recallDevice()).toEqual({ machine: null, verdicts: [verdict], speeds: [] });
  localStorage.setItem('sotto-device', 'not JSON');
  expect(recallDevice()).toEqual({ machine: null, verdicts: [], speeds: [] });
  expect(planChecks('Demo', [], { adapter: null, browser: '' })).toHaveLength(2);
});
