import { expect, test } from 'vitest';
import {
  CAPTURE_BLOCK_SAMPLES,
  CAPTURE_PROCESSOR,
  type CaptureCommand,
  type CaptureMessage,
} from '../../src/core/capture';
import { Resampler } from '../../src/core/resampler';
import workletUrl from '../../workers/capture.worklet.ts?worker&url';

const QUANTUM_FRAMES = 128;

function noise(length: number, loudness: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length }, () => loudness * (Math.random() - 0.5));
}

/** What the resampler makes of the pieces, without a worklet. */
function direct(rateHz: number, ...pieces: Float32Array[]): Float32Array {
  const resampler = new Resampler(rateHz, 16_000);
  const output = pieces.flatMap((piece) => [...resampler.push(piece)]);
  return Float32Array.from([...output, ...resampler.flush()]);
}

class Rendering {
  readonly messages: CaptureMessage[] = [];
  readonly context: OfflineAudioContext;
  readonly node: AudioWorkletNode;
  #arrived = (): void => undefined;

  private constructor(context: OfflineAudioContext, inputs: number) {
    this.context = context;
    this.node = new AudioWorkletNode(context, CAPTURE_PROCESSOR, { numberOfInputs: inputs });
    this.node.connect(context.destination);
    this.node.port.onmessage = ({ data }) => {
      this.messages.push(data as CaptureMessage);
      this.#arrived();
    };
  }

  static async of(rateHz: number, frames: number, inputs: number): Promise<Rendering> {
    const context = new OfflineAudioContext(1, frames, rateHz);
    await context.audioWorklet.addModule(workletUrl);
    return new Rendering(context, inputs);
  }

  play(channels: readonly Float32Array<ArrayBuffer>[], input: number): void {
    const buffer = this.context.createBuffer(
      channels.length,
      channels[0]?.length ?? 0,
      this.context.sampleRate,
    );
    channels.forEach((samples, c) => buffer.copyToChannel(samples, c));
    const source = new AudioBufferSourceNode(this.context, { buffer });
    source.connect(this.node, 0, input);
    source.start();
  }

  command(command: CaptureCommand): void {
    this.node.port.postMessage(command);
  }

  async until(done: () => boolean): Promise<void> {
    while (!done()) await new Promise<void>((resolve) => (this.#arrived = resolve));
  }

  async finish(): Promise<void> {
    this.command({ kind: 'flush' });
    await this.until(() => this.messages.at(-1)?.kind === 'ended');
  }

  /** All samples of one input, end to end. */
  samples(input: number): Float32Array {
    return Float32Array.from(this.blocks().flatMap(({ samples }) => [...(samples[input] ?? [])]));
  }

  blocks(): Extract<CaptureMessage, { kind: 'block' }>[] {
    return this.messages.filter((message) => message.kind === 'block');
  }
}

test.each([44_100, 48_000, 16_000, 8000])(
  'at %i Hz it sends what the resampler makes of the mean of all channels, to the last sample',
  async (rateHz) => {
    const frames = QUANTUM_FRAMES * Math.ceil((0.73 * rateHz) / QUANTUM_FRAMES);
    const [left, right] = [noise(frames, 1), noise(frames, 0.5)];
    const rendering = await Rendering.of(rateHz, frames, 1);
    rendering.play([left, right], 0);
    await rendering.context.startRendering();
    await rendering.finish();
    const mean = left.map((value, i) => Math.fround(value / 2) + (right[i] ?? 0) / 2);
    const expected = direct(rateHz, mean);
    expect(rendering.samples(0)).toEqual(expected);
    const sizes = rendering.blocks().map(({ samples }) => samples[0]?.length);
    expect(sizes.slice(0, -1).every((size) => size === CAPTURE_BLOCK_SAMPLES)).toBe(true);
    expect(rendering.messages.filter(({ kind }) => kind === 'ended')).toHaveLength(1);
  },
);

test('two inputs stay apart and line up, also where one of them falls silent', async () => {
  const frames = 128 * 300;
  const [me, them] = [noise(frames, 1), noise(128 * 100, 1)];
  const rendering = await Rendering.of(48_000, frames, 2);
  rendering.play([me], 0);
  rendering.play([them], 1);
  await rendering.context.startRendering();
  await rendering.finish();
  const padded = new Float32Array(frames);
  padded.set(them);
  expect(rendering.samples(0)).toEqual(direct(48_000, me));
  expect(rendering.samples(1)).toEqual(direct(48_000, padded));
});

test('every block says how loud it is', async () => {
  const rendering = await Rendering.of(16_000, 12_800, 1);
  const tone = Float32Array.from({ length: 12_800 }, (_, i) => 0.5 * Math.sin((i * Math.PI) / 8));
  rendering.play([tone], 0);
  await rendering.context.startRendering();
  await rendering.finish();
  for (const { levels } of rendering.blocks()) {
    expect(levels[0]?.peak).toBeCloseTo(0.5, 4);
    expect(levels[0]?.rms).toBeCloseTo(0.5 / Math.SQRT2, 4);
  }
});

test('what is heard during a pause is left out, and nothing else', async () => {
  const frames = QUANTUM_FRAMES * 600;
  const [pauseFrame, resumeFrame] = [QUANTUM_FRAMES * 200, QUANTUM_FRAMES * 450];
  const heard = noise(frames, 1);
  const rendering = await Rendering.of(48_000, frames, 1);
  const { context } = rendering;
  rendering.play([heard], 0);
  const paused = context.suspend(pauseFrame / 48_000).then(async () => {
    rendering.command({ kind: 'pause' });
    await rendering.until(() => rendering.messages.at(-1)?.kind === 'paused');
    // All of it is here but what the filter still needs: a killed tab loses nothing of a paused recording.
    expect(rendering.samples(0).length).toBeGreaterThan(pauseFrame / 3 - 50);
    await context.resume();
  });
  const resumed = context.suspend(resumeFrame / 48_000).then(async () => {
    rendering.command({ kind: 'resume' });
    await context.resume();
  });
  await context.startRendering();
  await Promise.all([paused, resumed]);
  await rendering.finish();
  const expected = direct(48_000, heard.subarray(0, pauseFrame), heard.subarray(resumeFrame));
  expect(rendering.samples(0)).toEqual(expected);
});
