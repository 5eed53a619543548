import process from 'node:process';
import { build } from 'vite';

/** Builds the app into a folder, with a line in each of its scripts that tells it from the usual build. */
process.env['NODE_ENV'] = 'production';
const [outDir = ''] = process.argv.slice(2);
const output = {
  banner: 'globalThis.sottoBuild = "other";',
  // Not even onnxruntime has the name that it had.
  assetFileNames: 'assets/[name]-other[hash][extname]',
};
await build({
  logLevel: 'error',
  worker: { rolldownOptions: { output } },
  build: { outDir, emptyOutDir: true, rolldownOptions: { output } },
});
