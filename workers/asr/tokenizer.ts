import { Tokenizer } from '@huggingface/tokenizers';
import { SottoError } from '../../src/core/errors';
import type { Task } from '../../src/core/decoding-options';
import type { GenerationConfig, ModelConfig, TokenizerJson } from './model-files';

/** Vocabulary size from which a public Whisper model is multilingual. Source: whisper/model.py. */
const MULTILINGUAL_VOCAB_SIZE = 51_865;

/** Byte values of GPT-2's printable stand-ins for bytes. Source: gpt-2/src/encoder.py bytes_to_unicode. */
const BYTE_OF_CHAR = new Map<string, number>();
for (let byte = 0, next = 256; byte < 256; byte++) {
  const printable = (byte > 32 && byte < 127) || (byte > 160 && byte !== 173);
  BYTE_OF_CHAR.set(String.fromCodePoint(printable ? byte : next++), byte);
}

const REPLACEMENT = '\ufffd';
/** Languages written without spaces between words. Source: whisper/tokenizer.py. */
const UNSPACED_LANGUAGES = new Set(['zh', 'ja', 'th', 'lo', 'my', 'yue']);
/** Python's string.punctuation. */
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/** Python's `text in string.punctuation`: also true of nothing at all, and of neighbours in that list. */
function isPunctuation(text: string): boolean {
  return PUNCTUATION.includes(text);
}

/** Whisper's tokens: text to ids and back, and the ids with a meaning of their own. */
export class WhisperTokenizer {
  /** End of text; every id below it is text. */
  readonly eot: number;
  readonly sot: number;
  readonly sotPrev: number;
  readonly sotLm: number;
  readonly noSpeech: number;
  readonly noTimestamps: number;
  /** Id of <|0.00|>; ids from here on are times in steps of 0.02 s. */
  readonly timestampBegin: number;
  readonly transcribe: number;
  readonly translate: number;
  readonly multilingual: boolean;
  /** Language code to token id, in token order. Empty for an English-only model. */
  readonly languages: ReadonlyMap<string, number>;
  /** Text tokens that are no speech: brackets, notes and the like (the "-1" of suppress_tokens). */
  readonly nonSpeechTokens: readonly number[];

  private readonly bytesOfId = new Map<number, Uint8Array>();
  private readonly library: Tokenizer;

  /** @throws SottoError 'model-invalid' where a special token is missing */
  constructor(
    json: TokenizerJson,
    tokenizerConfig: object,
    config: ModelConfig,
    generation: GenerationConfig,
  ) {
    this.library = new Tokenizer(json, tokenizerConfig);
    const special = new Map(json.added_tokens.map(({ id, content }) => [content, id]));
    const need = (...names: string[]): number => {
      const found = names.map((name) => special.get(name)).find((id) => id !== undefined);
      if (found === undefined)
        throw new SottoError(
          'model-invalid',
          `The tokenizer lacks ${names.join(' or ')}: this is not a Whisper model.`,
        );
      return found;
    };
    this.eot = need('<|endoftext|>');
    this.sot = need('<|startoftranscript|>');
    this.transcribe = need('<|transcribe|>');
    this.translate = need('<|translate|>');
    this.sotLm = need('<|startoflm|>');
    this.sotPrev = need('<|startofprev|>');
    this.noSpeech = need('<|nospeech|>', '<|nocaptions|>');
    this.noTimestamps = need('<|notimestamps|>');
    // The oldest files list no timestamp tokens; they follow <|notimestamps|> in every one.
    this.timestampBegin = this.noTimestamps + 1;
    this.multilingual = generation.is_multilingual ?? config.vocab_size >= MULTILINGUAL_VOCAB_SIZE;
    // Language tokens stand between start-of-transcript and the first task token, in whisper's order.
    const firstTask = Math.min(this.transcribe, this.translate);
    this.languages = new Map(
      [...special]
        .filter(([, id]) => this.multilingual && id > this.sot && id < firstTask)
        .sort((a, b) => a[1] - b[1])
        .map(([name, id]) => [name.slice(2, -2), id]),
    );
    for (const [token, id] of Object.entries(json.model.vocab))
      if (id < this.eot)
        this.bytesOfId.set(
          id,
          Uint8Array.from(token, (char) => BYTE_OF_CHAR.get(char) ?? 63),
        );
    for (const [name, id] of special)
      if (id < this.timestampBegin) this.bytesOfId.set(id, new TextEncoder().encode(name));
    this.nonSpeechTokens = this.findNonSpeechTokens();
  }

  /** Ids of a text, without special tokens. */
  encode(text: string): number[] {
    return this.library.encode(text, { add_special_tokens: false }).ids;
  }

  /** Text of the ids; times are left out, special tokens have their names, broken UTF-8 becomes U+FFFD. */
  decode(ids: readonly number[]): string {
    const parts = ids.flatMap((id) => this.bytesOfId.get(id) ?? []);
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return new TextDecoder().decode(bytes);
  }

  /**
   * Words of the ids: text with the space before it, and its tokens. Split at spaces and punctuation, or
   * at every character in languages that write without spaces.
   * Source: whisper/tokenizer.py split_to_word_tokens.
   */
  splitWords(ids: readonly number[], language: string): { text: string; tokens: number[] }[] {
    const pieces = this.splitCharacters(ids);
    if (this.multilingual && UNSPACED_LANGUAGES.has(language)) return pieces;
    const words: { text: string; tokens: number[] }[] = [];
    for (const { text, tokens } of pieces) {
      const previous = words.at(-1);
      const begins = tokens[0]! >= this.eot || text.startsWith(' ') || isPunctuation(text.trim());
      if (begins || !previous) words.push({ text, tokens });
      else {
        previous.text += text;
        previous.tokens.push(...tokens);
      }
    }
    return words;
  }

  /** The shortest runs of ids that are whole characters. Source: split_tokens_on_unicode. */
  private splitCharacters(ids: readonly number[]): { text: string; tokens: number[] }[] {
    const whole = [...this.decode(ids)];
    const pieces: { text: string; tokens: number[] }[] = [];
    let open: number[] = [];
    let offset = 0;
    for (const id of ids) {
      open.push(id);
      const text = this.decode(open);
      const characters = [...text];
      const broken = characters.indexOf(REPLACEMENT);
      // A replacement that stands in the whole text too is no half character but bytes that are none.
      if (broken >= 0 && whole[offset + broken] !== REPLACEMENT) continue;
      pieces.push({ text, tokens: open });
      open = [];
      offset += characters.length;
    }
    return pieces;
  }

  /** Start-of-transcript, language and task; an English-only model has the first alone. */
  sotSequence(language: string, task: Task): number[] {
    if (!this.multilingual) return [this.sot];
    const languageToken = this.languages.get(language);
    if (languageToken === undefined)
      throw new SottoError(
        'bad-option',
        `This model does not know the language "${language}". It knows: ${[...this.languages.keys()].join(', ')}.`,
      );
    return [this.sot, languageToken, task === 'transcribe' ? this.transcribe : this.translate];
  }

  /** Source: whisper/tokenizer.py non_speech_tokens. */
  private findNonSpeechTokens(): number[] {
    const symbols = [
      ...'"#()*+/:;<=>@[\\]^_`{|}~「」『』',
      ...'<< >> <<< >>> -- --- -( -[ (\' (" (( )) ((( ))) [[ ]] {{ }} ♪♪ ♪♪♪'.split(' '),
    ];
    const notes = [...'♩♪♫♬♭♮♯'];
    // Hyphens and quotes are fine within words, not at the beginning of one.
    const result = new Set([this.encode(' -')[0]!, this.encode(" '")[0]!]);
    for (const symbol of [...symbols, ...notes])
      for (const ids of [this.encode(symbol), this.encode(` ${symbol}`)])
        if (ids.length === 1 || notes.includes(symbol)) result.add(ids[0]!);
    return [...result].sort((a, b) => a - b);
  }
}
