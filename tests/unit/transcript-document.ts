import type { Segment, Word } from '../../src/core/transcript';
import type { Provenance, TranscriptDocument } from '../../src/core/transcript-document';

type Said = readonly [startSec: number, endSec: number, text: string, speaker?: string];

/** A segment as the engine makes them, without word times. */
export function segment([startSec, endSec, text, speaker]: Said, id = 0): Segment {
  return {
    ...{ id, seek: 0, startSec, endSec, text, tokens: [] },
    ...{ temperature: 0, avgLogprob: -0.2, compressionRatio: 1, noSpeechProb: 0 },
    ...(speaker !== undefined && { speaker }),
  };
}

/** A segment with word times, evenly spread. */
export function timedSegment(said: Said, id = 0): Segment {
  const [startSec, endSec, text] = said;
  const texts = text.match(/\s*\S+/g) ?? [];
  const stepSec = (endSec - startSec) / texts.length;
  const words = texts.map((word, i): Word => ({
    text: word,
    startSec: startSec + i * stepSec,
    endSec: startSec + (i + 1) * stepSec,
    probability: 0.9,
  }));
  return { ...segment(said, id), words };
}

export const PROVENANCE: Provenance = {
  model: 'Whisper base',
  device: 'wasm',
  precision: { encoder: 'q8', decoder: 'q8' },
  files: [
    { path: 'onnx/encoder_model_quantized.onnx', sha256: 'a'.repeat(64) },
    { path: 'config.json', sha256: null },
  ],
  decoding: { beamSize: 5, language: 'de' },
  audio: { trimSilence: true },
};

/** A finished transcript; fields of `change` go before. */
export function transcriptDocument(change: Partial<TranscriptDocument> = {}): TranscriptDocument {
  return {
    id: 'one',
    title: 'An interview',
    sourceName: 'interview.mp3',
    createdAtMs: Date.UTC(2026, 10, 21, 12),
    updatedAtMs: Date.UTC(2026, 10, 21, 12),
    status: 'done',
    durationSec: 12,
    doneSec: 12,
    language: 'en',
    languageProbabilities: null,
    segments: [],
    coverage: [],
    tags: [],
    provenance: PROVENANCE,
    sound: null,
    resume: null,
    deletedAtMs: null,
    ...change,
  };
}
