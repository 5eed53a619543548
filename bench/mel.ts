import { env, WhisperFeatureExtractor } from '@huggingface/transformers';
import { MelSpectrum, normalizeLogMel, samplesForFrames } from '../workers/asr/mel';

const ROUNDS = 15;

/** Time of one 30-s log-mel, ours against transformers.js, in turn in one page. */
export async function run(): Promise<string> {
  const samples = Float32Array.from(
    { length: 480_000 },
    (_, i) => Math.sin(i * 0.05) * Math.sin(i * i * 1e-7) * 0.5,
  );
  const padded = new Float32Array(samplesForFrames(3000));
  padded.set(samples, 200);
  const spectrum = new MelSpectrum(80);
  // Its matrix product runs on onnxruntime, whose files it would fetch from a CDN.
  env.backends.onnx.wasm!.wasmPaths = new URL(
    '/node_modules/onnxruntime-web/dist/',
    location.href,
  ).href;
  const response = await fetch('/models/sotto-demo/preprocessor_config.json');
  const extractor = new WhisperFeatureExtractor(await response.json());
  const ours: number[] = [];
  const theirs: number[] = [];
  await extractor(samples);
  spectrum.log10(padded, 3000);
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await time(() => normalizeLogMel(spectrum.log10(padded, 3000), 0)));
    theirs.push(await time(() => extractor(samples)));
  }
  const ratios = theirs.map((ms, i) => ms / ours[i]!);
  const row = (label: string, values: number[], unit: string): string => {
    const sorted = values.toSorted((a, b) => a - b);
    const cells = [sorted[0]!, sorted[ROUNDS >> 1]!, sorted.at(-1)!];
    return `| ${label} | ${cells.map((value) => value.toFixed(1)).join(' | ')} | ${unit} |`;
  };
  return [
    `# Log-mel of 30 s, ${ROUNDS} rounds in turn, one thread`,
    '',
    '| | min | median | max | |',
    '|---|---|---|---|---|',
    row('Sotto', ours, 'ms'),
    row('transformers.js 4.3.1', theirs, 'ms'),
    row('ratio', ratios, '×'),
  ].join('\n');
}

async function time(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
