import type { StoredFile, StoredModel } from './model-store-api';
import { parsePrecision, weightPaths, type Dtype } from './precisions';

/** A short recording whose words are known. */
export interface CheckRecording {
  /** Relative to the page. */
  readonly path: string;
  readonly language: string;
  readonly text: string;
}

/** What a model is checked with, and how well it has to do. */
export interface Check {
  readonly recording: CheckRecording;
  /** A text with a higher word error rate is wrong. */
  readonly maxWordErrorRate: number;
}

/** A model as far as its check depends on it. */
export interface CheckedModel extends Pick<StoredModel, 'precisions'> {
  readonly files: readonly Pick<StoredFile, 'path' | 'sha256' | 'sizeBytes'>[];
}

/** John F. Kennedy, 20 January 1961: a work of the United States government, in the public domain. */
const JFK: CheckRecording = {
  path: 'samples/jfk.flac',
  language: 'en',
  text: 'And so, my fellow Americans: ask not what your country can do for you, ask what you can do for your country.',
};

/** Synthetic speech within the few hundred words that the demo model knows; on a real voice it guesses. */
const EIGHT_SENTENCES: CheckRecording = {
  path: 'samples/eight_sentences.flac',
  language: 'en',
  text: [
    'The white cat goes to the beach before lunch.',
    'The captain goes to the beach on Friday evening.',
    'Everybody plays the guitar.',
    'The old man is waiting at the station on Tuesday morning.',
    'See you tomorrow.',
    'The teacher works in the big city in the summer.',
    'Our neighbor opens the red door.',
    'The white cat opens the red door after work.',
  ].join(' '),
};

/** SHA-256 of the demo model's tokenizer.json, by which a copy of it under any other name is known. */
export const DEMO_TOKENIZER_SHA256 =
  '6777a26892a36ed24da01ac846be239c4d8c24a8cd18b96667acd746e5a32893';

/**
 * How many words may be wrong. The check asks whether a device computes rightly, not how good a model is: broken
 * arithmetic gives loops, gibberish or nothing, above 0.7 on every such device reported. So each threshold lies well
 * above what the model gets wrong where all is right, and well below that:
 *
 * - demo: 0 of 56 words wrong in fp32 and q8 (measured); one or two may be.
 * - small and larger: none of JFK's 22 words wrong is usual; three may be, for another precision or an export.
 * - tiny, base and models that are not known: as many as five, since 4-bit weights cost the small ones most.
 */
const MAX_WORD_ERROR_RATE = { demo: 0.05, large: 0.15, small: 0.25 } as const;

/** The encoder of `small` has 88 million weights, that of `base` 21. */
const LARGE_ENCODER_WEIGHTS = 50e6;

const BYTES_PER_WEIGHT: Readonly<Record<Dtype, number>> = { fp32: 4, fp16: 2, q8: 1, q4: 0.6 };

/** @param stored null for the model that comes with the app */
export function checkFor(stored: CheckedModel | null): Check {
  if (stored === null || isDemoCopy(stored))
    return { recording: EIGHT_SENTENCES, maxWordErrorRate: MAX_WORD_ERROR_RATE.demo };
  const size = encoderWeights(stored) >= LARGE_ENCODER_WEIGHTS ? 'large' : 'small';
  return { recording: JFK, maxWordErrorRate: MAX_WORD_ERROR_RATE[size] };
}

function isDemoCopy({ files }: CheckedModel): boolean {
  return files.some(
    ({ path, sha256 }) => path === 'tokenizer.json' && sha256 === DEMO_TOKENIZER_SHA256,
  );
}

/** About how many weights the encoder has, by the size of its file and of what may lie beside it. */
function encoderWeights({ files, precisions: [key] }: CheckedModel): number {
  if (!key) return 0;
  const precision = parsePrecision(key);
  const [graph] = weightPaths(precision);
  const own = files.filter(({ path }) => path === graph || path.startsWith(`${graph}_data`));
  const bytes = own.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
  return bytes / BYTES_PER_WEIGHT[precision.encoder];
}
