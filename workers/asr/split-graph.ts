import { FileBytes, type FileData } from './file-bytes';

/** One graph as onnxruntime takes it. */
export interface GraphWeights {
  readonly graph: Uint8Array;
  /** Files that the graph refers to, by the names it knows them by: large models keep their weights there. */
  readonly externalData: readonly { readonly path: string; readonly data: FileData }[];
}

/** Name under which a graph finds the weights that were cut out of it. */
const WEIGHTS = 'weights';
/** Smaller tensors stay: shapes and scales, which onnxruntime looks at while it optimises. */
const MIN_CUT_BYTES = 1024;

/** Fields of onnx.proto: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto */
const MODEL_GRAPH = 7;
const GRAPH_INITIALIZER = 5;
const TENSOR_RAW_DATA = 9;
const TENSOR_EXTERNAL_DATA = 13;
const TENSOR_DATA_LOCATION = 14;
const EXTERNAL = 1;

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;
/** A tag and a length, or a tag and a number: two numbers of up to 64 bits. */
const MAX_HEAD_BYTES = 20;

/** A field of a message: its bytes with and without the tag and length before it. */
interface Field {
  readonly number: number;
  readonly wireType: number;
  readonly start: number;
  readonly bodyStart: number;
  readonly end: number;
}

/**
 * An ONNX file as a graph without its weights and the weights as external data, which are the same file: a graph that
 * is given inline exists three times in onnxruntime's memory while it is read (file, message, tensors), external
 * data are copied straight into the tensors. Of a Blob only the graph is read.
 * @param file an ONNX model with its weights inside
 * @returns null where it is no such file, or has no weights worth the trouble
 */
export async function splitGraph(file: FileData): Promise<GraphWeights | null> {
  const bytes = new FileBytes(file);
  try {
    let cut = 0;
    const model = await rewrite(bytes, 0, bytes.size, async (field) => {
      if (field.number !== MODEL_GRAPH) return null;
      return rewrite(bytes, field.bodyStart, field.end, async (inner) => {
        const tensor = inner.number === GRAPH_INITIALIZER ? await cutTensor(bytes, inner) : null;
        if (tensor) cut++;
        return tensor;
      });
    });
    if (cut === 0) return null;
    return { graph: await join(bytes, model), externalData: [{ path: WEIGHTS, data: file }] };
  } catch (thrown) {
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}

/** A stretch of the file that stays as it is. */
interface Kept {
  readonly start: number;
  end: number;
}

type Parts = (Kept | Uint8Array)[];

/** The fields of a message, those replaced for which `replace` gives another body. */
async function rewrite(
  file: FileBytes,
  start: number,
  end: number,
  replace: (field: Field) => Promise<Parts | null>,
): Promise<Parts> {
  const parts: Parts = [];
  for (let at = start; at < end;) {
    const field = await readField(file, at, end);
    const body = field.wireType === LENGTH_DELIMITED ? await replace(field) : null;
    if (body) parts.push(...delimited(field.number, body));
    else keep(parts, field);
    at = field.end;
  }
  return parts;
}

/** A tensor's fields with a reference in place of its values; null where they stay. */
async function cutTensor(file: FileBytes, tensor: Field): Promise<Parts | null> {
  let raw: Field | null = null;
  const parts: Parts = [];
  for (let at = tensor.bodyStart; at < tensor.end;) {
    const field = await readField(file, at, tensor.end);
    if (field.number === TENSOR_DATA_LOCATION) return null;
    if (field.number === TENSOR_RAW_DATA) raw = field;
    else keep(parts, field);
    at = field.end;
  }
  if (!raw || raw.end - raw.bodyStart < MIN_CUT_BYTES) return null;
  const entries = { location: WEIGHTS, offset: raw.bodyStart, length: raw.end - raw.bodyStart };
  for (const [key, value] of Object.entries(entries))
    parts.push(...delimited(TENSOR_EXTERNAL_DATA, [...text(1, key), ...text(2, String(value))]));
  parts.push(varint((TENSOR_DATA_LOCATION << 3) | VARINT), varint(EXTERNAL));
  return parts;
}

function keep(parts: Parts, { start, end }: Field): void {
  const last = parts.at(-1);
  if (last && 'end' in last && last.end === start) last.end = end;
  else parts.push({ start, end });
}

async function readField(file: FileBytes, start: number, limit: number): Promise<Field> {
  const head = await file.read(start, start + MAX_HEAD_BYTES);
  const tag = readVarint(head, 0);
  const number = Math.floor(tag.value / 8);
  const wireType = tag.value % 8;
  let bodyStart = start + tag.end;
  let end: number;
  if (wireType === VARINT) end = start + readVarint(head, tag.end).end;
  else if (wireType === FIXED64) end = bodyStart + 8;
  else if (wireType === FIXED32) end = bodyStart + 4;
  else if (wireType === LENGTH_DELIMITED) {
    const length = readVarint(head, tag.end);
    bodyStart = start + length.end;
    end = bodyStart + length.value;
  } else throw new RangeError(`wire type ${String(wireType)}`);
  if (end > limit) throw new RangeError('a field reaches past its message');
  return { number, wireType, start, bodyStart, end };
}

function readVarint(bytes: Uint8Array, start: number): { value: number; end: number } {
  let value = 0;
  for (let at = start, factor = 1; at < bytes.length; at++, factor *= 128) {
    const byte = bytes[at]!;
    value += (byte & 127) * factor;
    if (byte < 128) return { value, end: at + 1 };
  }
  throw new RangeError('a number does not end');
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return Uint8Array.from([...bytes, left]);
    bytes.push((left % 128) + 128);
  }
}

function text(number: number, value: string): Parts {
  return delimited(number, [new TextEncoder().encode(value)]);
}

function delimited(number: number, body: Parts): Parts {
  const length = sizeOf(body);
  return [varint(number * 8 + LENGTH_DELIMITED), varint(length), ...body];
}

function sizeOf(parts: Parts): number {
  return parts.reduce((sum, part) => {
    return sum + ('end' in part ? part.end - part.start : part.length);
  }, 0);
}

async function join(file: FileBytes, parts: Parts): Promise<Uint8Array> {
  const joined = new Uint8Array(sizeOf(parts));
  let at = 0;
  for (const part of parts) {
    const bytes = 'end' in part ? await file.read(part.start, part.end) : part;
    joined.set(bytes, at);
    at += bytes.length;
  }
  return joined;
}
