import { SottoError } from './errors';
import type { InstallRequest } from './model-store-api';
import type { Precision, PrecisionKey } from './precisions';

/** One Whisper that people can choose. */
export interface CatalogueModel {
  /** Name in settings and in the store: openai/whisper's own where it has one. */
  readonly id: string;
  readonly title: string;
  readonly languages: 'multilingual' | 'english';
  /** "owner/name" on the hub; null for the model that comes with the app. */
  readonly repository: string | null;
  /** The same weights exported with cross-attentions, which word times need; null where nobody has published them. */
  readonly timestampedRepository: string | null;
  /** Branch, tag or commit. An install pins the commit that this names on that day. */
  readonly revision: string;
  /** Weights only, rounded; the hub says the exact bytes before a download. Precisions not listed may exist. */
  readonly aboutBytes: Readonly<Partial<Record<PrecisionKey, number>>>;
}

/** Put a commit's sha in its place to pin a model: no hub could be reached to look one up when this was written. */
const UNPINNED = 'main';

const HUB = 'onnx-community';

/**
 * Sizes in MB: [fp32 encoder + q4 decoder, q8 + q8] as public catalogues of the `_timestamped` exports list them
 * (design/FIELD_NOTES.md has the same to three digits).
 */
const WHISPER: readonly (readonly [id: string, title: string, gpuMb: number, wasmMb: number])[] = [
  ['tiny', 'Tiny', 120, 41],
  ['base', 'Base', 206, 77],
  ['small', 'Small', 586, 249],
  ['medium', 'Medium', 1699, 986],
];

/** Medium's and large's plain exports carry a suffix on the hub. */
const PLAIN_SUFFIX: Readonly<Record<string, string>> = { medium: '-ONNX' };

const whisperModels = WHISPER.flatMap(([id, title, gpuMb, wasmMb]) =>
  (['multilingual', 'english'] as const).map((languages): CatalogueModel => {
    const name = languages === 'english' ? `${id}.en` : id;
    return {
      id: name,
      title: languages === 'english' ? `${title}, English only` : title,
      languages,
      repository: `${HUB}/whisper-${name}${PLAIN_SUFFIX[id] ?? ''}`,
      timestampedRepository: `${HUB}/whisper-${name}_timestamped`,
      revision: UNPINNED,
      aboutBytes: { 'fp32+q4': gpuMb * 1e6, 'q8+q8': wasmMb * 1e6 },
    };
  }),
);

/** Every model that the app offers, smallest first within a family. */
export const CATALOGUE: readonly CatalogueModel[] = [
  {
    id: 'demo',
    title: 'Demo',
    languages: 'multilingual',
    repository: null,
    timestampedRepository: null,
    revision: UNPINNED,
    aboutBytes: { 'fp32+fp32': 7_850_551, 'q8+q8': 3_075_559, 'fp32+q4': 5_188_571 },
  },
  ...whisperModels,
  {
    id: 'large-v3-turbo',
    title: 'Large v3 Turbo',
    languages: 'multilingual',
    repository: `${HUB}/whisper-large-v3-turbo`,
    timestampedRepository: `${HUB}/whisper-large-v3-turbo_timestamped`,
    revision: UNPINNED,
    aboutBytes: { 'fp16+q4': 1610e6, 'fp32+q4': 2883e6, 'q8+q8': 1085e6 },
  },
  {
    id: 'large-v3',
    title: 'Large v3',
    languages: 'multilingual',
    repository: `${HUB}/whisper-large-v3-ONNX`,
    timestampedRepository: null,
    revision: UNPINNED,
    // From the shapes: 637 M encoder weights in 2 bytes, 66 M embeddings in 4, 840 M others in 5 bits.
    aboutBytes: { 'fp16+q4': 2065e6 },
  },
  {
    id: 'distil-small.en',
    title: 'Distil Small, English only',
    languages: 'english',
    repository: `${HUB}/distil-small.en`,
    timestampedRepository: `${HUB}/distil-small.en_timestamped`,
    revision: UNPINNED,
    aboutBytes: { 'fp16+q4': 364e6, 'q8+q8': 175e6 },
  },
  {
    id: 'distil-medium.en',
    title: 'Distil Medium, English only',
    languages: 'english',
    repository: 'distil-whisper/distil-medium.en',
    timestampedRepository: null,
    revision: UNPINNED,
    aboutBytes: {},
  },
  {
    id: 'distil-large-v3',
    title: 'Distil Large v3, English only',
    languages: 'english',
    repository: 'distil-whisper/distil-large-v3',
    timestampedRepository: null,
    revision: UNPINNED,
    aboutBytes: {},
  },
  {
    id: 'distil-large-v3.5',
    title: 'Distil Large v3.5, English only',
    languages: 'english',
    repository: `${HUB}/distil-large-v3.5-ONNX`,
    timestampedRepository: null,
    revision: UNPINNED,
    aboutBytes: {},
  },
];

/** The catalogue's model of this name; null where it has none. */
export function findModel(id: string): CatalogueModel | null {
  return CATALOGUE.find((model) => model.id === id) ?? null;
}

/**
 * What to install for a model of the catalogue.
 * @param wordTimes takes the export with cross-attentions where there is one
 * @throws SottoError 'bad-request' for the model that comes with the app
 */
export function installRequest(
  model: CatalogueModel,
  precision: Precision,
  wordTimes: boolean,
): InstallRequest {
  const repository = (wordTimes ? model.timestampedRepository : null) ?? model.repository;
  if (repository === null)
    throw new SottoError('bad-request', `${model.title} comes with Sotto. Nothing to download.`);
  const id = repository === model.repository ? model.id : `${model.id}_timestamped`;
  return { id, name: model.title, repository, revision: model.revision, precision };
}

/** Any Whisper ONNX repository of the hub, as "owner/name". @throws SottoError 'bad-option' */
export function repositoryRequest(
  repository: string,
  precision: Precision,
  revision = UNPINNED,
): InstallRequest {
  const name = repository.trim();
  if (!/^[\w.-]+\/[\w.-]+$/.test(name) || name.includes('..'))
    throw new SottoError('bad-option', 'Write the repository as owner/name, as the hub shows it.');
  return { id: name, name, repository: name, revision, precision };
}

/**
 * Rule of thumb for what running takes: the weights once in the file's buffer and once in the session while it is
 * created, and what the key-value caches and activations of beam search need.
 */
export function aboutMemoryBytes(weightBytes: number): number {
  return 2 * weightBytes + 300e6;
}
