import { SottoError, toSottoError } from '../../src/core/errors';
import type { ModelFolder } from './model-folder';

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

const NUMBER_FIELDS = [
  'vocab_size',
  'num_mel_bins',
  'decoder_layers',
  'decoder_attention_heads',
  'd_model',
  'max_source_positions',
  'max_target_positions',
] as const;

/** Reads the JSON files of a model. @throws SottoError 'model-missing' or 'model-invalid' */
export async function readDescription(folder: ModelFolder): Promise<ModelDescription> {
  const [config, tokenizer, generation, tokenizerConfig] = await Promise.all([
    readJson(folder, 'config.json', true),
    readJson(folder, 'tokenizer.json', true),
    readJson(folder, 'generation_config.json', false),
    readJson(folder, 'tokenizer_config.json', false),
  ]);
  return {
    config: checkConfig(config),
    tokenizer: checkTokenizer(tokenizer),
    generation: generation,
    tokenizerConfig,
  };
}

async function readJson(folder: ModelFolder, path: string, required: boolean): Promise<object> {
  try {
    const bytes = await folder.read(path);
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof value === 'object' && value !== null) return value;
    throw new SyntaxError('not an object');
  } catch (thrown) {
    if (thrown instanceof SyntaxError)
      throw new SottoError(
        'model-invalid',
        `The model file ${path} is not valid JSON.`,
        thrown.message,
      );
    if (required || toSottoError(thrown).code !== 'model-missing') throw thrown;
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
