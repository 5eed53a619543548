import { scoreSetup, type Setup } from './score';

const q8 = { dtype: 'q8', threads: 2 } as const;
const fp32 = { dtype: 'fp32', threads: 2 } as const;
const SETUPS: readonly Setup[] = [
  { ...q8, label: 'parity, greedy, q8', decoding: {} },
  { ...q8, label: 'fast, greedy, q8, batch 8', decoding: { mode: 'fast' } },
  { ...q8, label: 'fast, greedy, q8, batch 1', decoding: { mode: 'fast', batchSize: 1 } },
  { ...fp32, label: 'parity, greedy, fp32', decoding: {} },
  { ...fp32, label: 'fast, greedy, fp32, batch 8', decoding: { mode: 'fast' } },
  { ...q8, label: 'parity, beam 5, q8', decoding: { beamSize: 5 } },
  { ...q8, label: 'fast, beam 5, q8, batch 8', decoding: { mode: 'fast', beamSize: 5 } },
];

/** Parity mode against fast mode: speed and words wrong, demo model on WASM, all of ../shared/audio. */
export async function run(audioUrl: string): Promise<string> {
  const rows: string[] = [];
  for (const setup of SETUPS) {
    const { wordErrors, realTimeFactor, tokensPerSec } = await scoreSetup(audioUrl, setup);
    const times = (1 / realTimeFactor).toFixed(0);
    rows.push(
      `| ${setup.label} | ${tokensPerSec.toFixed(0)} | ${wordErrors.get('all')!.toFixed(1)} % | ${realTimeFactor.toFixed(4)} (${times}×) |`,
    );
  }
  return [
    '# Parity mode and fast mode, demo model, WASM, 2 threads, ../shared/audio',
    '',
    '| | tokens / s | words wrong | compute / audio time |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n');
}
