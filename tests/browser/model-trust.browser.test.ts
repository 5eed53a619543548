import { expect, test } from 'vitest';
import type { ExpectedFile } from '../../src/core/model-store-api';
import { DECODER, DEMO, ENCODER, hub, ignore, never, store, useHub } from './hub-scope';

const CONFIG = 'config.json';
const SMALL_FILES = ['generation', 'tokenizer', 'preprocessor'].map(
  (name) => `${name}_config.json`,
);
const ALL = [CONFIG, 'tokenizer.json', ...SMALL_FILES, ENCODER, DECODER];
/** A commit that the stand-in never had. */
const PINNED = { ...DEMO, revision: '9'.repeat(40) };

useHub();

/** What the app would know of these files, hashed by the browser. */
function known(paths: readonly string[]): Promise<ExpectedFile[]> {
  return Promise.all(
    paths.map(async (path) => {
      const bytes = Uint8Array.from(await hub.original(path));
      const sha256 = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).toHex();
      return { path, sizeBytes: bytes.length, sha256 };
    }),
  );
}

test('a hub whose hash fits its bytes, but not what the app knows, is asked for nothing', async () => {
  await hub.set({ changed: [ENCODER] });
  const request = { ...DEMO, expected: await known(ALL) };
  await expect(store.install(never, request, ignore)).rejects.toMatchObject({
    code: 'model-untrusted',
    message: expect.stringMatching(/^localhost:\d+ has another onnx.*Set another host/) as string,
  });
  expect(await hub.sentBytes(ENCODER)).toBe(0);
  expect(await store.list(never)).toEqual([]);
});

test.each([CONFIG, ENCODER])(
  'a mirror without hashes is found out by its bytes: %s',
  async (path) => {
    await hub.set({ changed: [path], listing: false, hashes: false, redirect: false });
    const request = { ...DEMO, expected: await known(ALL) };
    await expect(store.install(never, request, ignore)).rejects.toMatchObject({
      code: 'model-corrupt',
      message: expect.stringContaining(path) as string,
    });
    await expect(store.readFile(never, DEMO.id, path)).rejects.toMatchObject({
      code: 'model-missing',
    });
    if (path === CONFIG) expect(await hub.sentBytes(ENCODER)).toBe(0);
  },
);

test('a mirror that has only the newest files will do where each of them is known', async () => {
  await store.install(never, { ...PINNED, expected: await known(ALL) }, ignore);
  const [model] = await store.list(never);
  expect(model).toMatchObject({ state: 'complete', precisions: ['q8+q8'] });
  expect(model?.origin).toMatchObject({ revision: PINNED.revision, commit: '1'.repeat(40) });
  expect(model?.files.map(({ verifiedBy }) => verifiedBy)).toEqual(ALL.map(() => 'sha256'));
});

test('newest files that are not all known, or are others, are refused with a way on', async () => {
  const request = { ...PINNED, expected: await known([CONFIG, ENCODER]) };
  await expect(store.install(never, request, ignore)).rejects.toMatchObject({
    code: 'model-untrusted',
    message: expect.stringMatching(/cannot be checked\. Set another host.*add the model/) as string,
  });
  await hub.set({ changed: [ENCODER] });
  await expect(
    store.install(never, { ...PINNED, expected: await known(ALL) }, ignore),
  ).rejects.toMatchObject({ code: 'model-untrusted' });
  expect(await hub.sentBytes(ENCODER)).toBe(0);
});
