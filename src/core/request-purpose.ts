/** What a request was for. 'unexpected' is what nothing of Sotto should ask for. */
export type Purpose = 'app' | 'engine' | 'demo-model' | 'sample' | 'model' | 'link' | 'unexpected';

/** Only these two workers may reach other hosts; the build adds a hash to their names. */
const LINK_WORKER = /\/link\.worker\b/;
const MODEL_WORKER = /\/model-store\.worker\b/;
const ORIGIN = /^https?:\/\/[^/]+\//;

/**
 * What a request was for, by where it went and who made it.
 * @param asker URL of the page's or worker's script; '' where it is not known
 * @param appUrl of the folder that the app is in, with a slash at its end
 */
export function requestPurpose(url: string, asker: string, appUrl: string): Purpose {
  if (url.startsWith(appUrl)) return purposeOfFile(url.slice(appUrl.length));
  if (LINK_WORKER.test(asker)) return 'link';
  if (MODEL_WORKER.test(asker)) return 'model';
  const [origin] = ORIGIN.exec(appUrl) ?? [];
  return origin !== undefined && url.startsWith(origin) ? 'app' : 'unexpected';
}

/** @param path relative to the app's folder */
function purposeOfFile(path: string): Purpose {
  if (path.startsWith('models/')) return 'demo-model';
  if (path.startsWith('samples/')) return 'sample';
  return /\.(?:wasm|onnx)(?:[?#]|$)/.test(path) ? 'engine' : 'app';
}
