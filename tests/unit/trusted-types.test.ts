import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { installTrustedTypes, isInertFrame, isOwnScript } from '../../src/core/trusted-types';

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

test("wavesurfer's own frame passes, markup that could run or load anything does not", () => {
  const library = readFileSync('node_modules/wavesurfer.js/dist/wavesurfer.esm.js', 'utf8');
  const [, frame] = /innerHTML=`(\\n\s+<style.*?)`,\[/s.exec(library)!;
  const drawn = frame!.replaceAll(/\$\{[^}]*`[^}]*\}[^}]*\}/g, '').replaceAll(/\$\{.*?\}/g, '96');
  expect(isInertFrame(drawn.replaceAll('\\n', '\n'))).toBe(true);
  expect(isInertFrame('')).toBe(true);
  for (const html of [
    '<img src=x onerror=alert(1)>',
    '<div onclick="alert(1)"></div>',
    '<div class="a" style="color: red"></div>',
    '<script>alert(1)</script>',
    '<style>@import "https://elsewhere.example/a.css"</style>',
    '<style>div { background: url(https://elsewhere.example/a) }</style>',
    '<svg><a href="javascript:alert(1)">x</a></svg>',
    '<div class="a"><',
  ]) {
    expect(isInertFrame(html)).toBe(false);
  }
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
