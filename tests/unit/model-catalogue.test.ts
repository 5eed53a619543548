import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { responseHeaders } from '../../scripts/headers.mjs';
import { hubFileUrl } from '../../src/core/hub';
import { knownRepository } from '../../src/core/model-files';
import { parseManifest } from '../../src/core/model-manifest';
import { filesOfPrecision, isDescription, isModelPath } from '../../src/core/model-paths';
import { CATALOGUE, findModel, installRequest, repositoryRequest } from '../../src/core/models';
import {
  choosePrecision,
  parsePrecision,
  PRECISION_ORDER,
  precisionsAmong,
  weightPaths,
  type PrecisionKey,
} from '../../src/core/precisions';

const Q8 = { encoder: 'q8', decoder: 'q8' } as const;

describe('the catalogue', () => {
  it('offers the models that people know, each once', () => {
    const ids = CATALOGUE.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ['demo', 'tiny', 'tiny.en', 'base', 'base.en', 'small', 'small.en', 'medium'])
      expect(ids).toContain(id);
    for (const id of ['medium.en', 'large-v3', 'large-v3-turbo', 'distil-large-v3'])
      expect(ids).toContain(id);
  });

  it('marks as English only what is named so', () => {
    for (const { id, languages } of CATALOGUE)
      if (id.endsWith('.en')) expect(languages, id).toBe('english');
    expect(findModel('base')?.languages).toBe('multilingual');
  });

  it('takes the twin with cross-attentions, where there is one', () => {
    expect(installRequest(findModel('base')!, Q8)).toMatchObject({
      id: 'base_timestamped',
      repository: 'onnx-community/whisper-base_timestamped',
    });
    const without = CATALOGUE.filter(({ hasWordTimes }) => !hasWordTimes).map(({ id }) => id);
    expect(without).toEqual(['large-v3', 'distil-large-v3', 'distil-large-v3.5']);
  });

  it('has nothing to download for the demo, and says what it takes', () => {
    const demo = findModel('demo')!;
    expect(() => installRequest(demo, Q8)).toThrow('comes with Sotto');
    for (const [key, bytes] of Object.entries(demo.aboutBytes)) {
      const paths = weightPaths(parsePrecision(key as PrecisionKey));
      const sizes = paths.map((path) => statSync(`public/models/sotto-demo/${path}`).size);
      expect(bytes, key).toBe(sizes[0]! + sizes[1]!);
    }
  });

  it('takes any repository as owner/name, and nothing else', () => {
    expect(repositoryRequest(' me/whisper-mine ', Q8)).toMatchObject({ id: 'me/whisper-mine' });
    for (const wrong of ['whisper', 'https://huggingface.co/a/b', 'a/b/c', '../b', 'a/..', 'a b/c'])
      expect(() => repositoryRequest(wrong, Q8), wrong).toThrow('owner/name');
  });

  it('builds the URLs of the hub, of a mirror in a folder, and of branches with a slash', () => {
    const url = hubFileUrl('https://huggingface.co', 'a/b', 'main', 'onnx/encoder_model.onnx');
    expect(url).toBe('https://huggingface.co/a/b/resolve/main/onnx/encoder_model.onnx');
    const mirror = hubFileUrl('https://mirror.example/hub/', 'a/b', 'refs/pr/1', 'config.json');
    expect(mirror).toBe('https://mirror.example/hub/a/b/resolve/refs%2Fpr%2F1/config.json');
  });
});

describe('what is known of the files', () => {
  const requests = CATALOGUE.slice(1).map((model) => installRequest(model, Q8));
  const known = requests.map(({ repository }) => knownRepository(repository));

  it('is whole and well formed', () => {
    for (const { files } of known) {
      const paths = files.map(({ path }) => path);
      expect(new Set(paths).size).toBe(paths.length);
      expect(paths.filter(isDescription)).toHaveLength(paths.length > 0 ? 5 : 0);
      expect(paths.filter((path) => !isModelPath(path))).toEqual([]);
      for (const { sizeBytes, sha256, path } of files) {
        expect(sizeBytes, path).toBeGreaterThan(0);
        expect(sha256 ?? '0'.repeat(64), path).toMatch(/^[0-9a-f]{64}$/);
      }
    }
  });

  it('pins every model to a commit but those of which nobody names one', () => {
    const unpinned = requests.filter(({ revision }) => !/^[0-9a-f]{40}$/.test(revision));
    expect(unpinned.map(({ id, revision }) => [id, revision])).toEqual([
      ['medium_timestamped', 'main'],
      ['distil-small.en_timestamped', 'main'],
      ['distil-medium.en_timestamped', 'main'],
    ]);
  });

  it('goes with the download, for the files of its precision', () => {
    const { revision, expected = [] } = installRequest(findModel('base')!, Q8);
    expect(revision).toBe('608c49e61301901684bc36cac8f74b95ff6b5a8e');
    expect(expected.map(({ path }) => path)).toEqual([
      'config.json',
      'generation_config.json',
      'preprocessor_config.json',
      'tokenizer.json',
      'tokenizer_config.json',
      ...weightPaths(Q8),
    ]);
    expect(expected.every(({ sha256 }) => sha256 !== null)).toBe(true);
  });

  // Weights, [fp32 + q4, q8 + q8], as @remotion/whisper-webgpu gives them for the same repositories.
  it.each([
    ['tiny', 119_699_015, 40_827_373],
    ['tiny.en', 119_697_479, 40_826_993],
    ['base', 206_190_057, 76_871_875],
    ['base.en', 206_188_009, 76_871_369],
    ['small', 586_213_010, 249_036_248],
    ['small.en', 586_209_938, 249_035_489],
    ['medium', 1_698_508_143, 985_716_093],
    ['medium.en', 1_698_504_047, 985_710_974],
    ['large-v3-turbo', 2_882_584_170, 1_084_880_793],
  ])('makes the size of %s, to which the small files come', (id, gpuBytes, wasmBytes) => {
    const { aboutBytes, repository } = findModel(id)!;
    const small = knownRepository(repository!).files.filter(({ path }) => isDescription(path));
    const smallBytes = small.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    expect(aboutBytes['fp32+q4']).toBe(gpuBytes + smallBytes);
    expect(aboutBytes['q8+q8']).toBe(wasmBytes + smallBytes);
  });
});

describe('precisions', () => {
  const all: PrecisionKey[] = ['fp32+fp32', 'fp32+q4', 'fp16+fp16', 'fp16+q4', 'q8+q8', 'q4+q4'];

  it('each device takes the first of its order that the model has', () => {
    expect(choosePrecision('wasm', all)).toEqual({ encoder: 'q8', decoder: 'q8' });
    expect(choosePrecision('webgpu', all)).toEqual({ encoder: 'fp32', decoder: 'q4' });
    expect(choosePrecision('webgpu-f16', all)).toEqual({ encoder: 'fp16', decoder: 'q4' });
    expect(choosePrecision('webgpu', ['q8+q8'])).toBeNull();
  });

  it('never offers what is known to be wrong: q8 on WebGPU, fp16 without shader-f16, q4 on WASM', () => {
    const gpu = [...PRECISION_ORDER.webgpu, ...PRECISION_ORDER['webgpu-f16']];
    expect(gpu.filter((key) => key.includes('q8'))).toEqual([]);
    expect(PRECISION_ORDER.webgpu.filter((key) => key.includes('fp16'))).toEqual([]);
    expect(PRECISION_ORDER.wasm.filter((key) => key.includes('q4'))).toEqual([]);
  });

  it('are recognised by the files that are there', () => {
    const paths = [...weightPaths(Q8), 'onnx/decoder_model_merged_q4.onnx'];
    expect(precisionsAmong(paths)).toEqual(['q8+q8', 'q8+q4']);
    expect(precisionsAmong(['onnx/encoder_model.onnx'])).toEqual([]);
  });

  it('come with the weights that a large graph keeps beside it, and without those of others', () => {
    const paths = [
      'README.md',
      'config.json',
      'onnx/encoder_model.onnx',
      'onnx/encoder_model.onnx_data',
      'onnx/encoder_model.onnx_data_1',
      'onnx/encoder_model_fp16.onnx',
      'onnx/decoder_model_merged_q4.onnx',
      'onnx/decoder_model_merged.onnx',
    ];
    expect(filesOfPrecision(paths, { encoder: 'fp32', decoder: 'q4' })).toEqual([
      'config.json',
      'onnx/encoder_model.onnx',
      'onnx/encoder_model.onnx_data',
      'onnx/encoder_model.onnx_data_1',
      'onnx/decoder_model_merged_q4.onnx',
    ]);
  });
});

describe('a manifest', () => {
  it('that is none is not taken for one', () => {
    for (const text of [
      '',
      'null',
      '[]',
      '{"id":"a"}',
      '{"id":"a","name":"b","origin":{"kind":"x"}}',
    ])
      expect(parseManifest(text), text).toBeNull();
  });
});

describe('the content security policy', () => {
  const policyOf = (pathname: string): string =>
    responseHeaders({ pathname })['Content-Security-Policy'] ?? '';

  it('lets the worker that downloads models reach the hub, and nothing else of the app', () => {
    expect(policyOf('/assets/model-store.worker-Ab_1-x.js')).toContain('https://huggingface.co');
    for (const path of ['/', '/index.html', '/assets/asr.worker-Ab_1-x.js', '/assets/index-1.js'])
      expect(policyOf(path)).toContain("connect-src 'self';");
    expect(policyOf('/assets/evil/model-store.worker-1.js?x')).not.toContain('huggingface');
  });
});
