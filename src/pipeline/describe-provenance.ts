import type { LoadedModel } from '../core/asr-api';
import { filesOfPrecision } from '../core/model-paths';
import type { Provenance } from '../core/transcript-document';
import { listModels } from './model-library';
import type { FileOptions } from './transcribe-file';

/** What a transcript is made with, to be kept with it. Hashes are those of a downloaded model's manifest. */
export async function describeProvenance(
  signal: AbortSignal,
  { model, decoding, audio }: FileOptions,
  loaded: LoadedModel,
): Promise<Provenance> {
  return {
    model: loaded.name,
    device: loaded.device,
    precision: loaded.precision,
    files: model.source.kind === 'stored' ? await listFiles(signal, model.source.id, loaded) : [],
    decoding,
    audio: audio ?? {},
  };
}

async function listFiles(
  signal: AbortSignal,
  id: string,
  { precision }: LoadedModel,
): Promise<Provenance['files']> {
  const stored = (await listModels(signal)).find((model) => model.id === id);
  const files = stored?.files ?? [];
  const used = new Set(
    filesOfPrecision(
      files.map(({ path }) => path),
      precision,
    ),
  );
  return files.filter(({ path }) => used.has(path)).map(({ path, sha256 }) => ({ path, sha256 }));
}
