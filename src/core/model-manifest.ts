import type { ModelOrigin, StoredModel } from './model-store-api';

/** Name of the manifest inside an exported zip. */
export const MANIFEST_NAME = 'sotto-model.json';

/** What an exported zip says of its model, so that whoever takes it in can verify every file. */
export interface ModelManifest {
  readonly id: string;
  readonly name: string;
  readonly origin: ModelOrigin;
  readonly files: readonly {
    readonly path: string;
    readonly sizeBytes: number;
    readonly sha256: string;
    readonly url: string | null;
  }[];
}

/** The manifest of a model's complete files. */
export function manifestOf({ id, name, origin, files }: StoredModel): ModelManifest {
  return {
    id,
    name,
    origin,
    files: files.flatMap(({ path, storedBytes, sha256, url }) =>
      sha256 === null ? [] : [{ path, sizeBytes: storedBytes, sha256, url }],
    ),
  };
}

/** Reads a manifest; null where the text is none. */
export function parseManifest(text: string): ModelManifest | null {
  try {
    const value = JSON.parse(text) as Partial<ModelManifest> | null;
    if (typeof value?.id !== 'string' || typeof value.name !== 'string') return null;
    if (!isOrigin(value.origin)) return null;
    if (!Array.isArray(value.files) || !value.files.every(isFile)) return null;
    return value as ModelManifest;
  } catch {
    return null;
  }
}

function isOrigin(value: ModelOrigin | undefined): boolean {
  if (value?.kind !== 'hub') return value?.kind === 'files';
  const { host, repository, revision, commit } = value;
  const texts: unknown[] = [host, repository, revision, commit ?? ''];
  return texts.every((text) => typeof text === 'string');
}

function isFile(value: unknown): boolean {
  const file = value as Partial<ModelManifest['files'][number]> | null;
  return (
    typeof file?.path === 'string' &&
    typeof file.sizeBytes === 'number' &&
    typeof file.sha256 === 'string' &&
    (file.url === null || typeof file.url === 'string')
  );
}
