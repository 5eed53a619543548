import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DecodingOptions } from '../../src/core/decoding-options';
import { expectGolden, fixtureOf, readGolden } from './golden';
import { NodeEngine } from './node-engine';

/** Debian's Python, which Debian's numpy and onnx belong to. */
const PYTHON = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const PROMPT = "¡Hola! 你好, naïve café № 5 — don't.";
const SETS: Record<string, Partial<DecodingOptions>> = {
  greedy: {},
  beam5: { beamSize: 5 },
  words: { wordTimestamps: true },
  plain: { withoutTimestamps: true, conditionOnPreviousText: false },
  prompt: { initialPrompt: PROMPT },
};

function canMakeTwins(): boolean {
  try {
    execFileSync(PYTHON, ['-c', 'import numpy, onnx'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Writes a twin (random weights, real tokenizer and layout) with the recipe in training/. */
function makeTwin(family: string): string {
  const folder = `${ROOT}node_modules/.cache/twins/mini-${family}/`;
  if (!existsSync(`${folder}onnx/decoder_model_merged.onnx`)) {
    const options = ['--timestamped', '--dtypes', 'fp32'];
    execFileSync(PYTHON, [`${ROOT}training/twin.py`, family, 'mini', folder, ...options]);
  }
  return folder;
}

describe.skipIf(!canMakeTwins())('structural twins (needs python3-numpy and python3-onnx)', () => {
  describe.each(['multilingual', 'en', 'v3'])('%s', (family) => {
    let engine: NodeEngine;
    beforeAll(async () => {
      engine = await NodeEngine.open('fp32', makeTwin(family));
    });
    const cases = Object.keys(SETS).flatMap((name) =>
      Object.keys(readGolden(`twins/${family}/${name}`).results).map(
        (file) => [name, file] as const,
      ),
    );
    it.each(cases)(
      '%s of %s: the reference exactly',
      async (name, file) => {
        const asked =
          name === 'prompt' && family !== 'en'
            ? { language: 'ja', task: 'translate' as const }
            : {};
        const options = { ...SETS[name], ...asked, temperatures: [0] };
        const golden = readGolden(`twins/${family}/${name}`).results[file]!;
        expectGolden(await engine.transcribe(fixtureOf(file), options), golden);
      },
      300_000,
    );

    it('knows its languages', () => {
      expect(engine.tokenizer.languages.size).toBe({ multilingual: 99, en: 0, v3: 100 }[family]);
    });
  });
});
