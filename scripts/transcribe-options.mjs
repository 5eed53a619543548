import { languageCode } from './languages.mjs';

/**
 * @typedef {object} Plan
 * @property {string[]} files
 * @property {string} model name in dist/models, or a folder
 * @property {string} outputDir
 * @property {import('../src/core/writers').TranscriptFormat[]} formats
 * @property {import('../src/cli-api').CliJob['device']} device
 * @property {import('../src/cli-api').CliJob['dtype']} dtype
 * @property {number | null} threads
 * @property {number} temperature
 * @property {number | null} temperatureStep
 * @property {import('../src/cli-api').CliJob['limits']} limits
 * @property {boolean} help
 * @property {import('../src/cli-api').CliJob['decoding']} decoding
 * @property {import('../src/cli-api').CliJob['audio']} audio what is done to the sound first
 * @property {import('../src/cli-api').CliJob['shape']} shape how subtitles are cut
 */

/** A command line that means nothing; the message is one line for stderr. */
export class UsageError extends Error {}

/** What `all` means: the files of openai/whisper. */
const WHISPER_FORMATS = /** @type {const} */ (['txt', 'vtt', 'srt', 'tsv', 'json']);
const FORMATS = /** @type {const} */ ([...WHISPER_FORMATS, 'lrc', 'csv']);

/**
 * Every flag under openai/whisper's name: what it takes, and where the value goes.
 * @type {Readonly<Record<string, { takes: string, set: (plan: Plan, text: string) => void }>>}
 */
const FLAGS = {
  model: { takes: 'NAME|FOLDER', set: (plan, text) => (plan.model = text) },
  language: { takes: 'LANGUAGE', set: (plan, text) => decode(plan, { language: language(text) }) },
  task: {
    takes: 'transcribe|translate',
    set: (plan, text) => decode(plan, { task: oneOf(text, ['transcribe', 'translate']) }),
  },
  output_dir: { takes: 'FOLDER', set: (plan, text) => (plan.outputDir = text) },
  output_format: {
    takes: 'txt|vtt|srt|tsv|json|lrc|csv|all',
    set: (plan, text) => {
      const format = oneOf(text, [...FORMATS, 'all']);
      plan.formats = format === 'all' ? [...WHISPER_FORMATS] : [format];
    },
  },
  device: {
    takes: 'wasm|webgpu',
    set: (plan, text) => (plan.device = oneOf(text, ['wasm', 'webgpu'])),
  },
  dtype: {
    takes: 'fp32|q8|q4',
    set: (plan, text) => (plan.dtype = oneOf(text, ['fp32', 'q8', 'q4'])),
  },
  threads: { takes: 'N', set: (plan, text) => (plan.threads = whole(text) || null) },
  mode: {
    takes: 'parity|fast',
    set: (plan, text) => decode(plan, { mode: oneOf(text, ['parity', 'fast']) }),
  },
  batch_size: { takes: 'N', set: (plan, text) => decode(plan, { batchSize: whole(text) }) },
  vad_filter: {
    takes: 'True|False',
    set: (plan, text) => decode(plan, { vadFilter: bool(text) }),
  },
  vad_threshold: {
    takes: 'X',
    set: (plan, text) => hear(plan, { threshold: number(text) }),
  },
  vad_min_speech_duration_ms: {
    takes: 'MS',
    set: (plan, text) => hear(plan, { minSpeechDurationMs: number(text) }),
  },
  vad_max_speech_duration_s: {
    takes: 'SECONDS',
    set: (plan, text) => hear(plan, { maxSpeechDurationSec: number(text) }),
  },
  vad_min_silence_duration_ms: {
    takes: 'MS',
    set: (plan, text) => hear(plan, { minSilenceDurationMs: number(text) }),
  },
  vad_speech_pad_ms: {
    takes: 'MS',
    set: (plan, text) => hear(plan, { speechPadMs: number(text) }),
  },
  normalize_loudness: {
    takes: 'True|False',
    set: (plan, text) => (plan.audio = { ...plan.audio, normalizeLoudness: bool(text) }),
  },
  trim_silence: {
    takes: 'True|False',
    set: (plan, text) => (plan.audio = { ...plan.audio, trimSilence: bool(text) }),
  },
  retry_empty_windows: {
    takes: 'True|False',
    set: (plan, text) => decode(plan, { retryEmptyWindows: bool(text) }),
  },
  beam_size: {
    takes: 'N|None',
    set: (plan, text) => decode(plan, { beamSize: orNull(text, whole) }),
  },
  best_of: { takes: 'N|None', set: (plan, text) => decode(plan, { bestOf: orNull(text, whole) }) },
  temperature: { takes: 'T', set: (plan, text) => (plan.temperature = number(text)) },
  temperature_increment_on_fallback: {
    takes: 'T|None',
    set: (plan, text) => (plan.temperatureStep = orNull(text, number)),
  },
  compression_ratio_threshold: {
    takes: 'X|None',
    set: (plan, text) => decode(plan, { compressionRatioThreshold: orNull(text, number) }),
  },
  logprob_threshold: {
    takes: 'X|None',
    set: (plan, text) => decode(plan, { logprobThreshold: orNull(text, number) }),
  },
  no_speech_threshold: {
    takes: 'X|None',
    set: (plan, text) => decode(plan, { noSpeechThreshold: orNull(text, number) }),
  },
  condition_on_previous_text: {
    takes: 'True|False',
    set: (plan, text) => decode(plan, { conditionOnPreviousText: bool(text) }),
  },
  patience: {
    takes: 'X|None',
    set: (plan, text) => decode(plan, { patience: orNull(text, number) }),
  },
  length_penalty: {
    takes: 'X|None',
    set: (plan, text) => decode(plan, { lengthPenalty: orNull(text, number) }),
  },
  suppress_tokens: {
    takes: 'IDS',
    set: (plan, text) => decode(plan, { suppressTokens: list(text, whole) }),
  },
  suppress_blank: {
    takes: 'True|False',
    set: (plan, text) => decode(plan, { suppressBlank: bool(text) }),
  },
  initial_prompt: { takes: 'TEXT', set: (plan, text) => decode(plan, { initialPrompt: text }) },
  carry_initial_prompt: {
    takes: 'True|False',
    set: (plan, text) => decode(plan, { carryInitialPrompt: bool(text) }),
  },
  prefix: { takes: 'TEXT', set: (plan, text) => decode(plan, { prefix: text }) },
  hotwords: { takes: 'TEXT', set: (plan, text) => decode(plan, { hotwords: text }) },
  multilingual: {
    takes: 'True|False',
    set: (plan, text) => decode(plan, { multilingual: bool(text) }),
  },
  repetition_penalty: {
    takes: 'X',
    set: (plan, text) => decode(plan, { repetitionPenalty: number(text) }),
  },
  no_repeat_ngram_size: {
    takes: 'N',
    set: (plan, text) => decode(plan, { noRepeatNgramSize: whole(text) }),
  },
  without_timestamps: {
    takes: 'True|False',
    set: (plan, text) => decode(plan, { withoutTimestamps: bool(text) }),
  },
  max_initial_timestamp: {
    takes: 'SECONDS|None',
    set: (plan, text) => decode(plan, { maxInitialTimestampSec: orNull(text, number) }),
  },
  sample_len: {
    takes: 'N|None',
    set: (plan, text) => decode(plan, { sampleLen: orNull(text, whole) }),
  },
  clip_timestamps: {
    takes: 'START,END,…',
    set: (plan, text) => decode(plan, { clipTimestampsSec: list(text, number) }),
  },
  word_timestamps: {
    takes: 'True|False',
    set: (plan, text) => decode(plan, { wordTimestamps: bool(text) }),
  },
  prepend_punctuations: {
    takes: 'CHARACTERS',
    set: (plan, text) => decode(plan, { prependPunctuations: text }),
  },
  append_punctuations: {
    takes: 'CHARACTERS',
    set: (plan, text) => decode(plan, { appendPunctuations: text }),
  },
  hallucination_silence_threshold: {
    takes: 'SECONDS|None',
    set: (plan, text) => decode(plan, { hallucinationSilenceThresholdSec: orNull(text, number) }),
  },
  max_duration: {
    takes: 'SECONDS',
    set: (plan, text) => (plan.limits = { ...plan.limits, maxSec: number(text) }),
  },
  max_size: {
    takes: 'MEGABYTES',
    set: (plan, text) => (plan.limits = { ...plan.limits, maxBytes: number(text) * 1e6 }),
  },
  max_line_width: {
    takes: 'N|None',
    set: (plan, text) => (plan.shape = { ...plan.shape, maxLineWidth: orNull(text, whole) }),
  },
  max_line_count: {
    takes: 'N|None',
    set: (plan, text) => (plan.shape = { ...plan.shape, maxLineCount: orNull(text, whole) }),
  },
  max_words_per_line: {
    takes: 'N|None',
    set: (plan, text) => (plan.shape = { ...plan.shape, maxWordsPerLine: orNull(text, whole) }),
  },
  highlight_words: {
    takes: 'True|False',
    set: (plan, text) => (plan.shape = { ...plan.shape, highlightWords: bool(text) }),
  },
};

export const USAGE = [
  'npm run transcribe -- FILE… [flags]',
  ...Object.entries(FLAGS).map(([name, { takes }]) => `  --${name} ${takes}`),
].join('\n');

/**
 * Reads a command line; defaults are those of openai/whisper's.
 * @param {readonly string[]} argv
 * @returns {Plan}
 * @throws {UsageError}
 */
export function parseCommandLine(argv) {
  /** @type {Plan} */
  const plan = {
    files: [],
    model: 'sotto-demo',
    outputDir: '.',
    formats: [...WHISPER_FORMATS],
    // Headless Chromium has WebGPU in software at most, which is far slower than WASM.
    device: 'wasm',
    dtype: 'auto',
    threads: null,
    temperature: 0,
    temperatureStep: 0.2,
    limits: {},
    help: false,
    decoding: { beamSize: 5, bestOf: 5 },
    audio: {},
    shape: {},
  };
  const words = [...argv];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--help') plan.help = true;
    else if (word.startsWith('--')) setFlag(plan, word, words);
    else plan.files.push(word);
  }
  if (plan.files.length === 0 && !plan.help) throw new UsageError('No file given. Try --help.');
  decode(plan, { temperatures: temperatures(plan) });
  if (!plan.decoding.wordTimestamps && Object.values(plan.shape).some(Boolean))
    throw new UsageError(
      'Options that shape lines or highlight words need --word_timestamps True.',
    );
  return plan;
}

/**
 * @param {Plan} plan
 * @param {string} word "--name" or "--name=value"
 * @param {string[]} rest the words after it; the value is taken from their front
 */
function setFlag(plan, word, rest) {
  const [, name = '', inline] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
  const flag = Object.hasOwn(FLAGS, name) ? FLAGS[name] : undefined;
  if (!flag) throw new UsageError(`Option --${name} is not known. Try --help.`);
  const text = inline ?? rest.shift();
  if (text === undefined) throw new UsageError(`Option --${name} needs a value: ${flag.takes}.`);
  try {
    flag.set(plan, text);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`Option --${name} ${error.message}, not "${text}".`);
  }
}

/** @param {Plan} plan @param {Plan['decoding']} change */
function decode(plan, change) {
  plan.decoding = { ...plan.decoding, ...change };
}

/** @param {Plan} plan @param {NonNullable<Plan['decoding']['voiceActivity']>} change */
function hear(plan, change) {
  decode(plan, { voiceActivity: { ...plan.decoding.voiceActivity, ...change } });
}

/**
 * Like numpy's arange(temperature, 1 + 1e-6, step), rounding noise included, as it is written to json.
 * @param {Plan} plan
 */
function temperatures({ temperature, temperatureStep: step }) {
  if (step === null || step <= 0) return [temperature];
  const count = Math.max(1, Math.ceil((1 + 1e-6 - temperature) / step));
  return Array.from({ length: count }, (_, i) => temperature + i * step);
}

/**
 * @template {string} T
 * @param {string} text
 * @param {readonly T[]} choices
 * @returns {T}
 */
function oneOf(text, choices) {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new UsageError(`takes ${choices.join(', ')}`);
  return found;
}

/** @param {string} text */
function number(text) {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new UsageError('takes a number');
  return value;
}

/** @param {string} text */
function whole(text) {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value)) throw new UsageError('takes whole numbers');
  return value;
}

/**
 * @param {string} text
 * @param {(text: string) => number} read
 */
function orNull(text, read) {
  return text === 'None' ? null : read(text);
}

/** @param {string} text */
function bool(text) {
  return oneOf(text, ['True', 'False']) === 'True';
}

/**
 * @param {string} text numbers with commas between them
 * @param {(text: string) => number} read
 */
function list(text, read) {
  return text
    .split(',')
    .filter((item) => item.trim() !== '')
    .map(read);
}

/** @param {string} text */
function language(text) {
  if (text === 'None') return null;
  const code = languageCode(text);
  if (code === null) throw new UsageError('takes a language code or its English name');
  return code;
}
