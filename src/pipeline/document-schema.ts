import * as v from 'valibot';
import { usableAudio, usableDecoding } from '../core/option-values';
import type { Segment } from '../core/transcript';
import type { Provenance, Sound, TranscriptDocument } from '../core/transcript-document';

const number = v.pipe(v.number(), v.finite());
const sec = v.pipe(number, v.minValue(0));
const orElse = (fallback: number) => v.fallback(number, fallback);

const WORD = v.object({ text: v.string(), startSec: sec, endSec: sec, probability: orElse(1) });
const SEGMENT = v.object({
  id: orElse(0),
  seek: orElse(0),
  startSec: sec,
  endSec: sec,
  text: v.string(),
  tokens: v.fallback(v.array(number), []),
  temperature: orElse(0),
  avgLogprob: orElse(0),
  compressionRatio: orElse(1),
  noSpeechProb: orElse(0),
  words: v.optional(v.array(WORD)),
  speaker: v.optional(v.string()),
  channel: v.fallback(v.optional(v.picklist(['me', 'them'])), undefined),
});
const STRETCH = v.object({
  startSec: sec,
  endSec: sec,
  kind: v.picklist(['speech', 'retried', 'failed', 'silence', 'skipped']),
  channel: v.exactOptional(v.picklist(['me', 'them'])),
});
const DTYPE = v.picklist(['fp32', 'fp16', 'q8', 'q4']);
const PROVENANCE = v.object({
  model: v.string(),
  device: v.picklist(['wasm', 'webgpu']),
  precision: v.object({ encoder: DTYPE, decoder: DTYPE }),
  files: v.fallback(v.array(v.object({ path: v.string(), sha256: v.nullable(v.string()) })), []),
  decoding: v.pipe(v.unknown(), v.transform(usableDecoding)),
  audio: v.pipe(v.unknown(), v.transform(usableAudio)),
});
const SOUND = v.object({
  /** Float32, little-endian, in base64. */
  peaks: v.pipe(v.string(), v.base64(), v.transform(fromBase64)),
  peaksPerSec: v.pipe(number, v.gtValue(0)),
  speech: v.array(v.object({ startSec: sec, endSec: sec })),
});
const TAGS = v.fallback(v.array(v.string()), []);
const DOCUMENT = v.object({
  id: v.pipe(v.string(), v.nonEmpty(), v.maxLength(200)),
  title: v.string(),
  sourceName: v.fallback(v.string(), ''),
  createdAtMs: number,
  updatedAtMs: number,
  status: v.picklist(['working', 'interrupted', 'stopped', 'failed', 'done', 'imported']),
  durationSec: v.nullable(sec),
  doneSec: v.fallback(sec, 0),
  language: v.fallback(v.nullable(v.string()), null),
  languageProbabilities: v.fallback(v.nullable(v.record(v.string(), number)), null),
  segments: v.array(SEGMENT),
  coverage: v.fallback(v.array(STRETCH), []),
  tags: TAGS,
  provenance: v.fallback(v.nullable(PROVENANCE), null),
  sound: v.fallback(v.nullable(SOUND), null),
});

/** A transcript as json can hold it. */
export function packDocument(document: TranscriptDocument): unknown {
  const { sound } = document;
  return { ...document, sound: sound && { ...sound, peaks: toBase64(sound.peaks) } };
}

/**
 * A transcript that packDocument made, checked field by field. What cannot go on, because its file and its place in
 * the queue are not here, counts as stopped.
 * @returns null where it is none
 */
export function unpackDocument(value: unknown): TranscriptDocument | null {
  const { success, output } = v.safeParse(DOCUMENT, value);
  if (!success) return null;
  const { status } = output;
  return {
    ...output,
    segments: output.segments.map(withoutUndefined),
    sound: output.sound as Sound | null,
    status: status === 'working' || status === 'interrupted' ? 'stopped' : status,
    resume: null,
    deletedAtMs: null,
  };
}

/** @returns null where it says not with what a transcript was made */
export function parseProvenance(value: unknown): Provenance | null {
  const { success, output } = v.safeParse(PROVENANCE, value);
  return success ? output : null;
}

function withoutUndefined(parsed: v.InferOutput<typeof SEGMENT>): Segment {
  const { words, speaker, channel, ...segment } = parsed;
  return {
    ...segment,
    ...(words && { words }),
    ...(speaker !== undefined && { speaker }),
    ...(channel && { channel }),
  };
}

function toBase64(peaks: Float32Array): string {
  const bytes = new Uint8Array(peaks.buffer, peaks.byteOffset, peaks.byteLength);
  let binary = '';
  // As many arguments as every engine takes.
  for (let at = 0; at < bytes.length; at += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}

function fromBase64(text: string): Float32Array {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return new Float32Array(bytes.buffer, 0, Math.floor(bytes.length / 4));
}
