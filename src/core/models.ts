import { SottoError } from './errors';
import { downloadBytes, expectedFiles, knownRepository } from './model-files';
import { DEMO_ID } from './model-paths';
import type { InstallRequest } from './model-store-api';
import { precisionKey, type Precision, type PrecisionKey } from './precisions';

/** One Whisper that people can choose. */
export interface CatalogueModel {
  /** openai/whisper's own name where it has one. */
  readonly id: string;
  readonly title: string;
  readonly languages: 'multilingual' | 'english';
  /** "owner/name" on the hub; null for the model that comes with the app. */
  readonly repository: string | null;
  /** Whether its decoder gives the cross-attentions that word times need. */
  readonly hasWordTimes: boolean;
  /**
   * What a download takes, the small files included, in each precision that this model was tested in, as far as known;
   * the demo's are its weights alone.
   */
  readonly aboutBytes: Readonly<Partial<Record<PrecisionKey, number>>>;
}

const HUB = 'onnx-community';

/** Exports that give the cross-attentions have this at the end of their name, and are otherwise the same. */
const TWIN = '_timestamped';

/** Up to medium the halved encoder saves little, and fp16 is where public exports were seen to fail (docs/models.md). */
const SMALL: readonly PrecisionKey[] = ['fp32+q4', 'q8+q8'];
const LARGE: readonly PrecisionKey[] = ['fp16+q4', 'fp32+q4', 'q8+q8'];

const WHISPER = [
  ['tiny', 'Tiny'],
  ['base', 'Base'],
  ['small', 'Small'],
  ['medium', 'Medium'],
] as const;

/** Every model that the app offers, smallest first within a family. */
export const CATALOGUE: readonly CatalogueModel[] = [
  {
    id: DEMO_ID,
    title: 'Demo',
    languages: 'multilingual',
    repository: null,
    hasWordTimes: true,
    aboutBytes: { 'fp32+fp32': 7_850_551, 'q8+q8': 3_075_559, 'fp32+q4': 5_188_571 },
  },
  ...WHISPER.flatMap(([id, title]) => [
    hubModel(id, title, `${HUB}/whisper-${id}${TWIN}`, SMALL),
    hubModel(`${id}.en`, `${title}, English only`, `${HUB}/whisper-${id}.en${TWIN}`, SMALL),
  ]),
  hubModel('large-v3-turbo', 'Large v3 Turbo', `${HUB}/whisper-large-v3-turbo${TWIN}`, LARGE),
  hubModel('large-v3', 'Large v3', `${HUB}/whisper-large-v3-ONNX`, LARGE),
  hubModel('distil-small.en', 'Distil Small, English only', `${HUB}/distil-small.en${TWIN}`, LARGE),
  hubModel(
    'distil-medium.en',
    'Distil Medium, English only',
    `${HUB}/distil-medium.en${TWIN}`,
    LARGE,
  ),
  hubModel(
    'distil-large-v3',
    'Distil Large v3, English only',
    'distil-whisper/distil-large-v3',
    LARGE,
  ),
  hubModel(
    'distil-large-v3.5',
    'Distil Large v3.5, English only',
    `${HUB}/distil-large-v3.5-ONNX`,
    LARGE,
  ),
];

function hubModel(
  id: string,
  title: string,
  repository: string,
  tested: readonly PrecisionKey[],
): CatalogueModel {
  const sizes = tested.map((key) => [key, downloadBytes(repository, key)] as const);
  return {
    id,
    title,
    languages: /\.en$|^distil/.test(id) ? 'english' : 'multilingual',
    repository,
    hasWordTimes: repository.endsWith(TWIN),
    aboutBytes: Object.fromEntries(sizes.filter(([, bytes]) => bytes !== null)),
  };
}

/** The catalogue's model of this name; null where it has none. */
export function findModel(id: string): CatalogueModel | null {
  return CATALOGUE.find((model) => model.id === id) ?? null;
}

/** Its name in the store. */
export function storeId({ id, repository }: CatalogueModel): string {
  return repository?.endsWith(TWIN) === true ? `${id}${TWIN}` : id;
}

/**
 * What to install for a model of the catalogue: the pinned commit, and what its files must be.
 * @throws SottoError 'bad-request' for the model that comes with the app
 */
export function installRequest(model: CatalogueModel, precision: Precision): InstallRequest {
  const { title: name, repository } = model;
  if (repository === null)
    throw new SottoError('bad-request', `${name} comes with Sotto. Nothing to download.`);
  const { revision } = knownRepository(repository);
  const expected = expectedFiles(repository, precisionKey(precision));
  return { id: storeId(model), name, repository, revision, precision, expected };
}

/** Any Whisper ONNX repository of the hub, as "owner/name". @throws SottoError 'bad-option' */
export function repositoryRequest(
  repository: string,
  precision: Precision,
  revision = 'main',
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
