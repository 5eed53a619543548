import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { browserName } from '../../src/core/browser-name';
import { planChecks } from '../../src/core/check-plan';
import { checkFor, DEMO_TOKENIZER_SHA256 } from '../../src/core/check-recordings';
import type { StoredModel } from '../../src/core/model-store-api';
import type { PrecisionKey } from '../../src/core/precisions';
import { judge } from '../../src/core/verdict';
import { wordErrorRate } from '../../src/core/word-error-rate';
import truth from '../fixtures/audio/truth.json';

const PUBLIC = new URL('../../public/', import.meta.url);

function stored(
  id: string,
  precisions: readonly PrecisionKey[],
  files: Readonly<Record<string, [sizeBytes: number, sha256?: string]>> = {},
): StoredModel {
  return {
    id,
    name: id,
    origin: { kind: 'files' },
    state: 'complete',
    precisions,
    sizeBytes: 0,
    storedBytes: 0,
    files: Object.entries(files).map(([path, [sizeBytes, sha256 = '0']]) => ({
      path,
      sizeBytes,
      storedBytes: sizeBytes,
      state: 'complete',
      url: null,
      etag: null,
      sha256,
      verifiedBy: 'size',
    })),
  };
}

describe('what a model is checked with', () => {
  it('is there, and its words are the known ones', () => {
    const demo = checkFor(null);
    const whisper = checkFor(stored('tiny', ['q8+q8']));
    for (const { recording } of [demo, whisper])
      expect(existsSync(new URL(recording.path, PUBLIC)), recording.path).toBe(true);
    // The sample is made of the first sentences of a test recording.
    const sentences = truth['en_long.flac'].segments.slice(0, 8).map(({ text }) => text);
    expect(demo.recording.text.toLowerCase()).toBe(sentences.join(' ').toLowerCase());
    const fixture = new URL('../fixtures/audio/jfk_16k.flac', import.meta.url);
    expect(hash(new URL(whisper.recording.path, PUBLIC))).toBe(hash(fixture));
  });

  it('is its own sample for a copy of the demo model under any name', () => {
    const tokenizer = hash(new URL('models/sotto-demo/tokenizer.json', PUBLIC));
    expect(DEMO_TOKENIZER_SHA256).toBe(tokenizer);
    const copy = stored('mine', ['q8+q8'], { 'tokenizer.json': [1, tokenizer] });
    expect(checkFor(copy)).toEqual(checkFor(null));
  });

  it('is stricter with larger models, in whatever precision they are here', () => {
    const encoder = (bytes: number, key: PrecisionKey, path: string): number =>
      checkFor(stored('m', [key], { [path]: [bytes] })).maxWordErrorRate;
    const base = encoder(20.6e6 * 4, 'fp32+q4', 'onnx/encoder_model.onnx');
    const small = encoder(88e6, 'q8+q8', 'onnx/encoder_model_quantized.onnx');
    expect(encoder(20.6e6, 'q8+q8', 'onnx/encoder_model_quantized.onnx')).toBe(base);
    expect(encoder(88e6 * 2, 'fp16+q4', 'onnx/encoder_model_fp16.onnx')).toBe(small);
    expect(small).toBeLessThan(base);
  });

  it('tells a device that computes wrongly from a small model that mishears', () => {
    const { recording, maxWordErrorRate } = checkFor(stored('tiny', ['q8+q8']));
    const misheard = recording.text.replace('fellow', 'fella').replace('ask not', 'asked not');
    expect(judge(recording.text, misheard, 2, maxWordErrorRate).finding).toBe('correct');
    expect(judge(recording.text, misheard, 0.5, maxWordErrorRate).finding).toBe('slow');
    for (const text of ['', '!!!!!!', 'you you you you', 'Thank you for watching!'])
      expect(judge(recording.text, text, 99, maxWordErrorRate).finding).toBe('wrong');
    expect(wordErrorRate(recording.text, misheard)).toBeCloseTo(2 / 22);
  });
});

describe('what is checked', () => {
  const all = stored('mine', ['q8+q8', 'q8+q4', 'fp32+q4', 'fp16+q4']);
  const ways = (deviceClass: 'webgpu' | 'webgpu-f16' | null, isSoftware = false): string[] => {
    const adapter = deviceClass && { key: 'a', deviceClass, isSoftware };
    return planChecks('Demo', [all], { adapter, browser: 'b' })
      .filter(({ model }) => model === 'mine')
      .map(({ device, precision, isSlow }) => `${device} ${precision}${isSlow ? ' slow' : ''}`);
  };

  it('is what is here and could be right on the device, best first', () => {
    expect(ways(null)).toEqual(['wasm q8+q8']);
    expect(ways('webgpu')).toEqual(['wasm q8+q8', 'webgpu fp32+q4']);
    expect(ways('webgpu-f16')).toEqual(['wasm q8+q8', 'webgpu fp16+q4', 'webgpu fp32+q4']);
  });

  it('says of WebGPU in software that it takes long', () => {
    expect(ways('webgpu', true)).toEqual(['wasm q8+q8', 'webgpu fp32+q4 slow']);
  });

  it('begins with the model that comes with the app, and leaves out what is not complete', () => {
    const adapter = { key: 'a', deviceClass: 'webgpu', isSoftware: false } as const;
    const plan = planChecks('Demo', [stored('half', [])], { adapter, browser: 'b' });
    expect(plan.map(({ name, device, precision }) => `${name} ${device} ${precision}`)).toEqual([
      'Demo wasm q8+q8',
      'Demo wasm fp32+fp32',
      'Demo webgpu fp32+q4',
      'Demo webgpu fp32+fp32',
    ]);
  });
});

it.each([
  [
    'Chrome 156',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36',
  ],
  [
    'Edge 130',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.2849.46',
  ],
  [
    'Firefox 144',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0',
  ],
  [
    'Safari 26.1',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15',
  ],
  [
    'Chrome 131',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1',
  ],
  ['Unknown browser', 'curl/8'],
])('%s is known by its user agent', (name, userAgent) => {
  expect(browserName(userAgent)).toBe(name);
});

function hash(file: URL): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
