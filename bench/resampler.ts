import { Resampler } from '../src/core/resampler';

const TO_HZ = 16_000;
const SECONDS = 60;
const ROUNDS = 7;
const TONES_HZ = [1000, 3000, 5000, 7000, 8500, 9000, 10_000, 12_000];
const RATES_HZ = [8000, 11_025, 22_050, 44_056, 44_100, 48_000, 96_000, 192_000];

/** Time for 60 s of sound per input rate, in blocks of 4096 samples, and the response to single tones. */
export async function run(): Promise<string> {
  const samples = noise(SECONDS * Math.max(...RATES_HZ));
  resample(samples.subarray(0, 48_000), 48_000);
  const rows = RATES_HZ.map((rateHz) => {
    const input = samples.subarray(0, SECONDS * rateHz);
    const times = Array.from({ length: ROUNDS }, () => time(() => resample(input, rateHz)));
    const [least, median, most] = [0, ROUNDS >> 1, ROUNDS - 1].map(
      (rank) => times.toSorted((a, b) => a - b)[rank]!,
    ) as [number, number, number];
    const ms = [least, median, most].map((value) => value.toFixed(0)).join(' | ');
    const cost = ((median / SECONDS / 1000) * 100).toFixed(2);
    return `| ${rateHz} | ${ms} | ${cost} % | ${((SECONDS * 1000) / median).toFixed(0)} × |`;
  });
  return [
    `# Resampling ${SECONDS} s to 16 kHz, mono, ${ROUNDS} rounds, one thread`,
    '',
    '| from Hz | min ms | median ms | max ms | of real time | speed |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    '# Level of a tone at 16 kHz, dB (above 8 kHz: its alias)',
    '',
    `| from Hz | ${TONES_HZ.join(' | ')} |`,
    `|---${'|---'.repeat(TONES_HZ.length)}|`,
    ...RATES_HZ.map((rateHz) => `| ${rateHz} | ${TONES_HZ.map(levelOf(rateHz)).join(' | ')} |`),
  ].join('\n');
}

/** Level in dB of a second's tone after resampling, without the ends; empty where the input cannot hold it. */
function levelOf(rateHz: number): (hz: number) => string {
  return (hz) => {
    if (hz >= rateHz / 2) return '';
    const tone = Float32Array.from({ length: rateHz }, (_, i) =>
      Math.sin((2 * Math.PI * hz * i) / rateHz),
    );
    const middle = new Resampler(rateHz, TO_HZ).push(tone).subarray(1000, 15_000);
    const power = middle.reduce((sum, sample) => sum + sample * sample, 0) / middle.length;
    return (10 * Math.log10(2 * power)).toFixed(hz < TO_HZ / 2 ? 3 : 1);
  };
}

function resample(samples: Float32Array, rateHz: number): void {
  const resampler = new Resampler(rateHz, TO_HZ);
  for (let start = 0; start < samples.length; start += 4096)
    resampler.push(samples.subarray(start, start + 4096));
  resampler.flush();
}

/** White noise from a linear congruential generator. Source: Numerical Recipes, ranqd1. */
function noise(length: number): Float32Array {
  let state = 1;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state / 2 ** 32;
  });
}

function time(work: () => void): number {
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}
