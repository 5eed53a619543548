import { filesOfPrecision, isDescription } from '../../src/core/model-paths';
import { parsePrecision, PRECISION_ORDER } from '../../src/core/precisions';
import { describeModel } from './describe-model';
import type { FileRecord, ModelDatabase } from './model-database';

/** Deletes of a model what none of its complete precisions reads: a second one that was begun and not finished. */
export async function dropUnfinished(database: ModelDatabase, id: string): Promise<void> {
  const record = await database.model(id);
  if (!record) return;
  const files = await database.files(id);
  const paths = files.map(({ path }) => path);
  const { precisions } = describeModel(record, files);
  // Graphs of two precisions make a third that no device is given, unless it is all there is.
  const chosen = Object.values(PRECISION_ORDER).flat();
  const ordered = precisions.filter((key) => chosen.includes(key));
  const kept = ordered.length > 0 ? ordered : precisions;
  const used = new Set(kept.flatMap((key) => filesOfPrecision(paths, parsePrecision(key))));
  const isDropped = ({ path, state }: FileRecord): boolean =>
    isDescription(path) ? state === 'partial' : !used.has(path);
  for (const file of files.filter(isDropped)) await database.dropFile(file);
}
