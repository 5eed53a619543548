import { scoreSetup, type Setup } from './score';

const SETUPS: readonly Setup[] = [
  { label: 'fp32, 2 threads', dtype: 'fp32', threads: 2, decoding: {} },
  { label: 'q8, 2 threads', dtype: 'q8', threads: 2, decoding: {} },
  { label: 'q8, 1 thread', dtype: 'q8', threads: 1, decoding: {} },
  { label: 'q4, 2 threads', dtype: 'q4', threads: 2, decoding: {} },
];

/** Word errors per language and real-time factor of the demo model on WASM, greedy with fallback. */
export async function run(audioUrl: string): Promise<string> {
  const rows: string[] = [];
  let languages: string[] = [];
  for (const setup of SETUPS) {
    const { wordErrors, realTimeFactor } = await scoreSetup(audioUrl, setup);
    languages = [...wordErrors.keys()];
    const cells = [...wordErrors.values()].map((percent) => `${percent.toFixed(1)} %`);
    const times = (1 / realTimeFactor).toFixed(0);
    rows.push(
      `| ${setup.label} | ${cells.join(' | ')} | ${realTimeFactor.toFixed(4)} (${times}×) |`,
    );
  }
  return [
    '# Words wrong and real-time factor, demo model, WASM, greedy with fallback, ../shared/audio',
    '',
    `| | ${languages.join(' | ')} | compute / audio time |`,
    `|---|${'---|'.repeat(languages.length + 1)}`,
    ...rows,
  ].join('\n');
}
