import * as v from 'valibot';
import { spellWords } from '../core/edit-words';
import { SottoError } from '../core/errors';
import type { Segment, Word } from '../core/transcript';
import type { Provenance } from '../core/transcript-document';
import { parseProvenance } from './document-schema';

const sec = v.pipe(v.number(), v.finite(), v.minValue(0));
const orElse = (fallback: number) => v.fallback(v.pipe(v.number(), v.finite()), fallback);
const WORD = v.object({
  word: v.string(),
  start: sec,
  end: sec,
  probability: v.optional(orElse(1), 1),
});
const SEGMENT = v.object({
  seek: v.optional(orElse(0), 0),
  start: sec,
  end: sec,
  text: v.string(),
  tokens: v.fallback(v.optional(v.array(v.number()), []), []),
  temperature: v.optional(orElse(0), 0),
  avg_logprob: v.optional(orElse(0), 0),
  compression_ratio: v.optional(orElse(1), 1),
  no_speech_prob: v.optional(orElse(0), 0),
  speaker: v.fallback(v.optional(v.string()), undefined),
  // Aligners leave words without times in; then the segment's words are not usable.
  words: v.fallback(v.optional(v.array(WORD)), undefined),
});
const ORIGIN = v.object({
  title: v.fallback(v.nullable(v.string()), null),
  source: v.fallback(v.nullable(v.string()), null),
  created: v.fallback(v.nullable(v.pipe(v.string(), v.isoTimestamp())), null),
  tags: v.fallback(v.array(v.string()), []),
});
const WHISPER = v.object({
  segments: v.array(SEGMENT),
  language: v.fallback(v.nullable(v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/))), null),
  duration: v.fallback(v.nullable(sec), null),
  sotto: v.optional(v.unknown()),
});

/** What a json file of a transcript holds. */
export interface ImportedJson {
  readonly segments: readonly Segment[];
  readonly language: string | null;
  readonly durationSec: number | null;
  readonly title: string | null;
  readonly sourceName: string | null;
  readonly createdAtMs: number | null;
  readonly tags: readonly string[];
  readonly provenance: Provenance | null;
}

/** A value of JSON, and Python's NaN, which json.dump writes though JSON has none. @throws SottoError 'not-a-transcript' */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(
      text.replace(/^\ufeff/, '').replace(/("[a-z_]+": ?)-?(?:NaN|Infinity)\b/g, '$1null'),
    );
  } catch (thrown) {
    throw new SottoError(
      'not-a-transcript',
      `${name} is no valid JSON: it may be cut off. Export it anew, or choose another file.`,
      String(thrown),
    );
  }
}

/**
 * Reads what whisper, OpenAI's API (verbose_json), whisperX or Sotto writes as json.
 * @throws SottoError 'not-a-transcript'
 */
export function readWhisperJson(value: unknown, name: string): ImportedJson {
  const { success, output, issues } = v.safeParse(WHISPER, value);
  if (!success) {
    const paths = issues
      .slice(0, 5)
      .map((issue) => `${v.getDotPath(issue) ?? '·'}: ${issue.message}`);
    throw new SottoError(
      'not-a-transcript',
      `${name} is no transcript: it needs “segments” with start, end and text, as Whisper writes them. Choose another file.`,
      paths.join('\n'),
    );
  }
  const origin = v.safeParse(ORIGIN, output.sotto);
  const known = origin.success ? origin.output : null;
  return {
    segments: output.segments.map(readSegment).sort((a, b) => a.startSec - b.startSec),
    language: output.language,
    durationSec: output.duration,
    title: known?.title ?? null,
    sourceName: known?.source ?? null,
    createdAtMs: known?.created ? Date.parse(known.created) : null,
    tags: known?.tags ?? [],
    provenance: parseProvenance(output.sotto),
  };
}

function readSegment(segment: v.InferOutput<typeof SEGMENT>, id: number): Segment {
  const { start, end, text, speaker, words } = segment;
  const spelled = words && spellWords(words.map(readWord), text);
  return {
    ...{ id, seek: segment.seek, startSec: start, endSec: Math.max(start, end), text },
    ...{ tokens: segment.tokens, temperature: segment.temperature },
    ...{ avgLogprob: segment.avg_logprob, compressionRatio: segment.compression_ratio },
    noSpeechProb: segment.no_speech_prob,
    ...(speaker !== undefined && { speaker }),
    ...(spelled && { words: spelled }),
  };
}

function readWord({ word, start, end, probability }: v.InferOutput<typeof WORD>): Word {
  return { text: word, startSec: start, endSec: Math.max(start, end), probability };
}
