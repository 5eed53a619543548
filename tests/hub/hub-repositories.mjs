import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Length of the first graph of "sotto/noise": two and a half chunks of the store's own size. */
export const NOISE_BYTES = 40 * 2 ** 20;

/**
 * @typedef {object} Version
 * @property {Buffer} bytes
 * @property {string} sha256
 * @property {string} etag
 * @property {boolean} isLarge whether the hub keeps it on the other origin and publishes its hash
 *
 * @typedef {Map<string, { first: () => Version, second: () => Version }>} Repository
 */

/**
 * The demo model, noise with its description, the demo with weights beside a graph, garbage with a config.json that is none, and twins of public models
 * where somebody has made them (training/twin.py).
 * @returns {Map<string, Repository>}
 */
export function openRepositories() {
  const demo = folderOf('../../public/models/sotto-demo/');
  const repositories = new Map([
    ['sotto/demo', openFolder(demo)],
    ['sotto/noise', openFolder(demo)],
    ['sotto/split', openFolder(demo)],
    ['sotto/garbage', openFolder(demo)],
  ]);
  const noise = repositories.get('sotto/noise');
  const quantized = [
    'onnx/encoder_model_quantized.onnx',
    'onnx/decoder_model_merged_quantized.onnx',
  ];
  noise?.set(
    quantized[0] ?? '',
    versions('.onnx', () => makeNoise(NOISE_BYTES)),
  );
  noise?.set(
    quantized[1] ?? '',
    versions('.onnx', () => makeNoise(3)),
  );
  repositories.get('sotto/split')?.set(
    `${quantized[1] ?? ''}_data`,
    versions('.onnx_data', () => makeNoise(500_000)),
  );
  const page = () => Buffer.from('<!doctype html><title>Log in to this network</title>');
  repositories.get('sotto/garbage')?.set('config.json', versions('config.json', page));
  const twins = folderOf('../../node_modules/.cache/twins/');
  if (existsSync(twins))
    for (const name of readdirSync(twins))
      repositories.set(`sotto/twin-${name}`, openFolder(`${twins}${name}/`));
  return repositories;
}

/** @param {string} relative */
function folderOf(relative) {
  return fileURLToPath(new URL(relative, import.meta.url));
}

/** @param {string} folder @returns {Repository} */
function openFolder(folder) {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = paths.filter((path) => /\.(json|onnx|onnx_data)$/.test(path));
  return new Map(files.map((path) => [path, versions(path, () => readFileSync(folder + path))]));
}

/** @param {string} path @param {() => Buffer} read */
function versions(path, read) {
  /** @param {() => Buffer} make */
  const memoised = (make) => {
    /** @type {Version | undefined} */
    let version;
    return () => (version ??= describe(path, make()));
  };
  const first = memoised(read);
  const second = memoised(() => {
    const bytes = Buffer.from(first().bytes);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    return bytes;
  });
  return { first, second };
}

/** @param {string} path @param {Buffer} bytes @returns {Version} */
function describe(path, bytes) {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const isLarge = !path.endsWith('.json');
  // The tag of the other origin is not the hash on the real hub either.
  return { bytes, sha256, isLarge, etag: `"${sha256.slice(0, 32)}"` };
}

/** Bytes that no compression or zero-filling could imitate, the same on every run. @param {number} length */
function makeNoise(length) {
  const words = new Uint32Array(Math.ceil(length / 4));
  let state = 1;
  for (let i = 0; i < words.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[i] = state;
  }
  return Buffer.from(words.buffer, 0, length);
}
