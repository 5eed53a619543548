import type { StoredFile, StoredModel } from '../../src/core/model-store-api';
import { isExternalDataOf, REQUIRED_DESCRIPTIONS } from '../../src/core/model-paths';
import {
  parsePrecision,
  precisionsAmong,
  weightPaths,
  type Precision,
} from '../../src/core/precisions';
import { storedBytes, type FileRecord, type ModelRecord } from './model-database';

/** A model and its files as the window sees them. */
export function describeModel(record: ModelRecord, files: readonly FileRecord[]): StoredModel {
  const precisions = precisionsAmong(files.map(({ path }) => path)).filter((key) =>
    isRunnable(files, parsePrecision(key)),
  );
  const isClaimed = record.origin.kind === 'hub' && record.origin.isClaimed === true;
  const described = files.map((file) => describeFile(file, isClaimed));
  const isComplete = precisions.length > 0 && files.every(({ state }) => state === 'complete');
  return {
    id: record.id,
    name: record.name,
    origin: record.origin,
    state: isComplete ? 'complete' : 'partial',
    precisions,
    sizeBytes: described.reduce((sum, file) => sum + (file.sizeBytes ?? file.storedBytes), 0),
    storedBytes: described.reduce((sum, file) => sum + file.storedBytes, 0),
    files: described,
  };
}

/** Whether all that running at this precision reads is here. */
export function isRunnable(files: readonly FileRecord[], precision: Precision): boolean {
  const graphs = weightPaths(precision);
  const isComplete = (path: string): boolean =>
    files.some((file) => file.path === path && file.state === 'complete');
  const externals = files.filter(({ path }) =>
    graphs.some((graph) => isExternalDataOf(graph, path)),
  );
  const needed = [...REQUIRED_DESCRIPTIONS, ...graphs, ...externals.map(({ path }) => path)];
  return needed.every(isComplete);
}

function describeFile(file: FileRecord, isClaimed: boolean): StoredFile {
  const { path, sizeBytes, state, url, etag, sha256 } = file;
  const hashed = isClaimed ? 'list' : 'sha256';
  const verifiedBy = file.publishedSha256 === null ? 'size' : hashed;
  return { path, sizeBytes, storedBytes: storedBytes(file), state, url, etag, sha256, verifiedBy };
}
