import { expect, test } from 'vitest';
import { installTrustedTypes, isOwnScript } from '../../src/core/trusted-types';

const ORIGIN = 'https://sotto.example';

test.each([
  `${ORIGIN}/assets/asr.worker-UHU83FeS.js`,
  `${ORIGIN}/under/a.path/assets/model-store.worker-C-r_5lW0.js`,
  `${ORIGIN}/assets/ort-wasm-simd-threaded-qyIweqWS.mjs`,
  `${ORIGIN}/assets/ort-wasm-simd-threaded.asyncify-CGX8rfbW.mjs`,
  './service-worker.js',
  '/under/a.path/service-worker.js',
])('a script of the app may start: %s', (url) => {
  expect(isOwnScript(url, ORIGIN)).toBe(true);
});

test.each([
  'https://elsewhere.example/assets/asr.worker-UHU83FeS.js',
  `${ORIGIN}.elsewhere.example/assets/asr.worker-UHU83FeS.js`,
  '//elsewhere.example/assets/asr.worker-UHU83FeS.js',
  '\\\\elsewhere.example/service-worker.js',
  'data:text/javascript,alert(1)//service-worker.js',
  'blob:https://sotto.example/1d0c/service-worker.js',
  `${ORIGIN}/uploads/asr.worker-UHU83FeS.js`,
  `${ORIGIN}/assets/asr.worker-UHU83FeS.js?import=https://elsewhere.example`,
  '',
])('any other is refused: %s', (url) => {
  expect(isOwnScript(url, ORIGIN)).toBe(false);
});

test('the one policy refuses with null, as browsers want it', () => {
  let rules: unknown;
  const factory = {
    createPolicy: (name: string, given: unknown) => {
      expect(name).toBe('default');
      rules = given;
    },
  };
  installTrustedTypes(factory, ORIGIN);
  const policy = rules as Record<'createHTML' | 'createScriptURL', (text: string) => string | null>;
  expect(policy.createHTML('<img src=x onerror=alert(1)>')).toBeNull();
  expect(policy.createHTML('')).toBe('');
  expect(policy.createScriptURL('https://elsewhere.example/x.js')).toBeNull();
  expect(policy).not.toHaveProperty('createScript');
});
