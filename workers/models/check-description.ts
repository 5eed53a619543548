import { SottoError } from '../../src/core/errors';
import { isDescription } from '../../src/core/model-paths';
import { emptyFile, type FileRecord, type ModelDatabase } from './model-database';
import { readModelBytes } from './read-model';

/**
 * Whether the small files of a model can be what they say, before gigabytes of weights are asked for.
 * The engine checks their content when it loads them.
 * @throws SottoError 'model-invalid'; the file at fault is thrown away
 */
export async function checkDescriptions(
  database: ModelDatabase,
  files: readonly Pick<FileRecord, 'model' | 'path'>[],
): Promise<void> {
  for (const { model, path } of files) {
    if (!isDescription(path)) continue;
    const fault = findFault(
      path,
      new TextDecoder().decode(await readModelBytes(database, model, path)),
    );
    if (fault === null) continue;
    const record = await database.file(model, path);
    if (record) await database.resetFile(emptyFile(record, record.chunkBytes));
    throw new SottoError(
      'model-invalid',
      `This is no Whisper model that Sotto can use: ${path} ${fault}. Choose another model.`,
      model,
    );
  }
}

function findFault(path: string, text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return 'is not an object';
    const type = (value as { readonly model_type?: unknown }).model_type;
    if (path === 'config.json' && type !== 'whisper')
      return `names the type ${JSON.stringify(type)}`;
    return null;
  } catch {
    return 'is not valid JSON';
  }
}
