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

/** What the encoder makes of one second of a rising tone's mel. */
async function encode(session: ort.InferenceSession): Promise<Float32Array> {
  const mel = Float32Array.from({ length: 80 * 3000 }, (_, i) => Math.sin(i / 700));
  const input = new ort.Tensor('float32', mel, [1, 80, 3000]);
  const outputs = await session.run({ [session.inputNames[0]!]: input });
  return outputs['last_hidden_state']!.data as Float32Array;
}

describe('a graph without its weights', () => {
  it.each(NAMES)('%s: refers to the bytes of the file', (name) => {
    const file = readFileSync(new URL(name, FOLDER));
    const split = splitGraph(file)!;
    expect(split.graph.length).toBeLessThan(file.length / 4);
    expect(split.externalData.map(({ path }) => path)).toEqual(['weights']);
    expect(split.externalData[0]!.data).toBe(file);
  });

  it('computes the very same numbers', async () => {
    ort.env.wasm.numThreads = 1;
    const file = readFileSync(new URL('encoder_model_quantized.onnx', FOLDER));
    const { graph, externalData } = splitGraph(file)!;
    const whole = await ort.InferenceSession.create(file);
    const cut = await ort.InferenceSession.create(graph, { externalData: [...externalData] });
    const [expected, got] = [await encode(whole), await encode(cut)];
    expect(expected.length).toBeGreaterThan(100_000);
    // `toEqual` takes half a minute for as many.
    expect(got.every((value, i) => value === expected[i])).toBe(true);
  });

  it('is not made of what is no model, or only the beginning of one', () => {
    const file = readFileSync(new URL('encoder_model_quantized.onnx', FOLDER));
    expect(splitGraph(new TextEncoder().encode('<!doctype html>'))).toBeNull();
    expect(splitGraph(file.subarray(0, file.length >> 1))).toBeNull();
    expect(splitGraph(new Uint8Array())).toBeNull();
  });
});
