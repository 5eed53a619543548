import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { VitePWA } from 'vite-plugin-pwa';

/** Everything is listed: the service worker chooses what it fetches before anybody asks (app-files.ts). */
const FILES = ['**/*.{html,js,mjs,css,svg,png,webmanifest,wasm,onnx,json,flac}'];
/** The command's own page needs its server anyhow. Screenshots and big icons are for installing, with a network. */
const NOT_KEPT = ['cli.html', 'assets/cli-*.js', 'screenshots/**'];

/**
 * Builds workers/service-worker.ts with the list of the build's files.
 * @returns {import('vite').Plugin[]}
 */
export function serviceWorkerPlugin() {
  let outDir = 'dist';
  return [
    {
      name: 'sotto-out-dir',
      configResolved(config) {
        outDir = path.resolve(config.root, config.build.outDir);
      },
    },
    ...VitePWA({
      strategies: 'injectManifest',
      srcDir: 'workers',
      filename: 'service-worker.ts',
      injectRegister: false, // src/pwa registers it
      manifest: false, // public/manifest.webmanifest
      injectManifest: {
        globPatterns: FILES,
        globIgnores: NOT_KEPT,
        maximumFileSizeToCacheInBytes: 64 * 1024 * 1024,
        manifestTransforms: [(entries) => withIntegrity(entries, outDir)],
      },
    }),
  ];
}

/**
 * Each file with its hash: a server that holds another version by now must not give half of it.
 * @param {readonly { url: string, revision?: string | null, size: number }[]} entries
 * @param {string} outDir
 */
async function withIntegrity(entries, outDir) {
  const manifest = entries.map(async ({ url, size }) => {
    const bytes = await readFile(path.join(outDir, url));
    const hash = createHash('sha256').update(bytes).digest();
    const revision = url.startsWith('assets/') ? null : hash.toString('hex').slice(0, 16);
    return { url, size, revision, integrity: `sha256-${hash.toString('base64')}` };
  });
  return { manifest: await Promise.all(manifest) };
}
