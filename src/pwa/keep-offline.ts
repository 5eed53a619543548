import type { Device, LoadedModel, ModelSource } from '../core/asr-api';
import { weightPaths } from '../core/precisions';
import { tellServiceWorker } from './registration';

const DESCRIPTION = [
  'config.json',
  'generation_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
];

/**
 * Keeps what a loaded model needs for a start without a network: the engine for its device and, where it came with the
 * app, its files. On the first visit they were loaded before the service worker could see them.
 */
export async function keepOffline(model: LoadedModel, source: ModelSource): Promise<void> {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  const urls = source.kind === 'folder' ? folderUrls(source.baseUrl, model) : [];
  await tellServiceWorker({ type: 'keep', device: model.device, urls: [...loaded, ...urls] });
}

/** Keeps the engine for a device that a downloaded model would run on, used or not. */
export async function keepEngine(device: Device): Promise<void> {
  await tellServiceWorker({ type: 'keep', device, urls: [] });
}

function folderUrls(baseUrl: string, { precision }: LoadedModel): string[] {
  const paths = [...DESCRIPTION, ...weightPaths(precision)];
  return paths.map((path) => new URL(path, baseUrl).href);
}
