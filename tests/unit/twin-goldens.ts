import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import process from 'node:process';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DecodingOptions } from '../../src/core/decoding-options';
import { expectGolden, fixtureOf, readGolden } from './golden';
import { NodeEngine } from './node-engine';

/** Debian's Python, which Debian's numpy and onnx belong to. */
const PYTHON = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Minutes of many windows, run too by `VITE_ALL_GOLDENS=1 npm run test:unit`: random weights sample all 224 steps, and with
 * word times move on by a second at most. On windows that follow each other the demo model is held to all of these sets;
 * the twins' own vocabularies are by `prompt`, and by `greedy` of one family.
 */
const SLOW = [
  'words en_sparse.flac',
  'plain en_sparse.flac',
  'beam5 en_sparse.flac',
  'en greedy en_sparse.flac',
  'v3 greedy en_sparse.flac',
];

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

/** Compares the twin of one family with the reference's answers. Each test file takes one, so that two run side by side. */
export function describeTwin(family: 'multilingual' | 'en' | 'v3'): void {
  const name = `structural twin ${family} (needs python3-numpy and python3-onnx)`;
  describe.skipIf(!canMakeTwins())(name, () => {
    let engine: NodeEngine;
    beforeAll(async () => {
      engine = await NodeEngine.open('fp32', makeTwin(family));
    }, 300_000);

    for (const [set, options] of Object.entries(SETS)) {
      const { results } = readGolden(`twins/${family}/${set}`);
      for (const [file, golden] of Object.entries(results)) {
        const names = [`${set} ${file}`, `${family} ${set} ${file}`];
        const isSlow =
          names.some((slow) => SLOW.includes(slow)) && !process.env['VITE_ALL_GOLDENS'];
        it.skipIf(isSlow)(
          `${set} of ${file}: the reference exactly`,
          async () => {
            const asked =
              set === 'prompt' && family !== 'en'
                ? { language: 'ja', task: 'translate' as const }
                : {};
            const decoding = { ...options, ...asked, temperatures: [0] };
            expectGolden(await engine.transcribe(fixtureOf(file), decoding), golden);
          },
          300_000,
        );
      }
    }

    it('knows its languages', () => {
      expect(engine.tokenizer.languages.size).toBe({ multilingual: 99, en: 0, v3: 100 }[family]);
    });
  });
}
