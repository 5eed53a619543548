import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-web/wasm';
import { describe, expect, it } from 'vitest';
import { splitGraph } from '../../workers/asr/split-graph';

const FOLDER = new URL('../../public/models/sotto-demo/onnx/', import.meta.url);
const NAMES = [
  'encoder_model.onnx',
  'encoder_model_quantized.onnx',
  'decoder_model_merged_q4.onnx',
];

/** Counts the bytes that are read of it. */
class CountingBlob extends Blob {
  readBytes = 0;

  override slice(start = 0, end = this.size): Blob {
    this.readBytes += Math.min(end, this.size) - start;
    return super.slice(start, end);
  }
}

/** What the encoder makes of one second of a rising tone's mel. */
async function encode(session: ort.InferenceSession): Promise<Float32Array> {
  const mel = Float32Array.from({ length: 80 * 3000 }, (_, i) => Math.sin(i / 700));
  const input = new ort.Tensor('float32', mel, [1, 80, 3000]);
  const outputs = await session.run({ [session.inputNames[0]!]: input });
  return outputs['last_hidden_state']!.data as Float32Array;
}

describe('a graph without its weights', () => {
  it.each(NAMES)('%s: refers to the file, in memory or where it is kept', async (name) => {
    const file = readFileSync(new URL(name, FOLDER));
    const split = (await splitGraph(file))!;
    expect(split.graph.length).toBeLessThan(file.length / 4);
    expect(split.externalData.map(({ path }) => path)).toEqual(['weights']);
    expect(split.externalData[0]!.data).toBe(file);
    const kept = new CountingBlob([file.subarray(0, 1e6), file.subarray(1e6)]);
    const fromKept = (await splitGraph(kept))!;
    expect(Buffer.from(fromKept.graph).equals(split.graph)).toBe(true);
    expect(fromKept.externalData[0]!.data).toBe(kept);
  });

  it('is read without the weights', async () => {
    const kept = new CountingBlob([readFileSync(new URL(NAMES[0]!, FOLDER))]);
    const { graph } = (await splitGraph(kept))!;
    expect(graph.length).toBeLessThan(kept.size / 8);
    expect(kept.readBytes).toBeLessThan(kept.size / 2);
  });

  it('computes the very same numbers', async () => {
    ort.env.wasm.numThreads = 1;
    const file = readFileSync(new URL('encoder_model_quantized.onnx', FOLDER));
    const { graph, externalData } = (await splitGraph(file))!;
    const whole = await ort.InferenceSession.create(file);
    const cut = await ort.InferenceSession.create(graph, { externalData: [...externalData] });
    const [expected, got] = [await encode(whole), await encode(cut)];
    expect(expected.length).toBeGreaterThan(100_000);
    // `toEqual` takes half a minute for as many.
    expect(got.every((value, i) => value === expected[i])).toBe(true);
  });

  it('is not made of what is no model, or only the beginning of one', async () => {
    const file = readFileSync(new URL('encoder_model_quantized.onnx', FOLDER));
    expect(await splitGraph(new TextEncoder().encode('<!doctype html>'))).toBeNull();
    expect(await splitGraph(file.subarray(0, file.length >> 1))).toBeNull();
    expect(await splitGraph(new Uint8Array())).toBeNull();
  });
});
