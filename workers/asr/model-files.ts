import type { Dtype, LoadEvent } from '../../src/core/asr-api';
import { SottoError } from '../../src/core/errors';

/** The part of config.json that decoding needs. */
export interface ModelConfig {
  readonly model_type: string;
  readonly vocab_size: number;
  readonly num_mel_bins: number;
  readonly decoder_layers: number;
  readonly decoder_attention_heads: number;
  readonly d_model: number;
  readonly max_source_positions: number;
  readonly max_target_positions: number;
}

/** The part of generation_config.json that decoding needs; public files may lack any of it. */
export interface GenerationConfig {
  readonly is_multilingual?: boolean;
  /** [layer, head] pairs whose cross-attention follows the audio. */
  readonly alignment_heads?: readonly (readonly [number, number])[];
}

export interface TokenizerJson {
  readonly added_tokens: readonly { readonly id: number; readonly content: string }[];
  readonly model: { readonly vocab: Readonly<Record<string, number>> };
}

/** Everything of a model folder but its weights. */
export interface ModelDescription {
  readonly config: ModelConfig;
  readonly generation: GenerationConfig;
  readonly tokenizer: TokenizerJson;
  readonly tokenizerConfig: object;
}

const SUFFIX: Readonly<Record<Dtype, string>> = {
  fp32: '',
  fp16: '_fp16',
  q8: '_quantized',
  q4: '_q4',
};

const NUMBER_FIELDS = [
  'vocab_size',
  'num_mel_bins',
  'decoder_layers',
  'decoder_attention_heads',
  'd_model',
  'max_source_positions',
  'max_target_positions',
] as const;

/** The ONNX files of a precision, relative to the model folder. */
export function weightFiles(dtype: Dtype): { encoder: string; decoder: string } {
  return {
    encoder: `onnx/encoder_model${SUFFIX[dtype]}.onnx`,
    decoder: `onnx/decoder_model_merged${SUFFIX[dtype]}.onnx`,
  };
}

/** Reads the JSON files of a model folder. @throws SottoError 'model-missing' or 'model-invalid' */
export async function readDescription(baseUrl: string): Promise<ModelDescription> {
  const [config, tokenizer, generation, tokenizerConfig] = await Promise.all([
    readJson(baseUrl, 'config.json', true),
    readJson(baseUrl, 'tokenizer.json', true),
    readJson(baseUrl, 'generation_config.json', false),
    readJson(baseUrl, 'tokenizer_config.json', false),
  ]);
  return {
    config: checkConfig(config),
    tokenizer: checkTokenizer(tokenizer),
    generation: generation,
    tokenizerConfig,
  };
}

/** Reads one file of a model folder whole. @throws SottoError 'model-missing' */
export async function readWeights(
  baseUrl: string,
  file: string,
  onEvent: (event: LoadEvent) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetchFile(baseUrl, file);
  const declared = Number(response.headers.get('content-length') ?? 0);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let loadedBytes = 0;
  for (const reader = response.body!.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    loadedBytes += value.length;
    onEvent({ kind: 'download', file, loadedBytes, totalBytes: Math.max(declared, loadedBytes) });
  }
  if (declared > 0 && !response.headers.has('content-encoding') && loadedBytes !== declared)
    throw new SottoError(
      'model-invalid',
      `The model file ${file} arrived incomplete (${loadedBytes} of ${declared} bytes). Load the model again.`,
    );
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

async function fetchFile(baseUrl: string, file: string): Promise<Response> {
  const url = new URL(file, baseUrl);
  const response = await fetch(url).catch((cause: unknown) => {
    throw new SottoError(
      'model-missing',
      `The model file ${file} could not be read.`,
      `${url.href}\n${String(cause)}`,
    );
  });
  if (!response.ok || response.body === null)
    throw new SottoError(
      'model-missing',
      `The model has no file ${file}. Choose another precision or another model.`,
      `${response.status} ${url.href}`,
    );
  return response;
}

async function readJson(baseUrl: string, file: string, required: boolean): Promise<object> {
  try {
    const response = await fetchFile(baseUrl, file);
    const value: unknown = JSON.parse(await response.text());
    if (typeof value === 'object' && value !== null) return value;
    throw new SyntaxError('not an object');
  } catch (thrown) {
    if (thrown instanceof SyntaxError)
      throw new SottoError(
        'model-invalid',
        `The model file ${file} is not valid JSON.`,
        thrown.message,
      );
    if (required) throw thrown;
    return {};
  }
}

function checkConfig(value: object): ModelConfig {
  const config = value as Partial<ModelConfig>;
  const bad = NUMBER_FIELDS.find((field) => !Number.isInteger(config[field]));
  if (config.model_type !== 'whisper' || bad)
    throw new SottoError(
      'model-invalid',
      'The folder holds no Whisper model.',
      bad
        ? `config.json: ${bad} is not a whole number`
        : `config.json: model_type is ${String(config.model_type)}`,
    );
  return config as ModelConfig;
}

function checkTokenizer(value: object): TokenizerJson {
  const tokenizer = value as Partial<TokenizerJson>;
  if (!Array.isArray(tokenizer.added_tokens) || typeof tokenizer.model?.vocab !== 'object')
    throw new SottoError('model-invalid', 'The model file tokenizer.json holds no vocabulary.');
  return tokenizer as TokenizerJson;
}
