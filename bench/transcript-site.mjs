import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { serve } from '../scripts/serve.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Builds and serves the screen of one transcript, under the app's headers and policy. */
export async function serveTranscriptPage(port = 0) {
  const outDir = path.join(os.tmpdir(), `sotto-transcript-page-${String(process.pid)}`);
  await build({
    root: ROOT,
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir,
      emptyOutDir: true,
      rolldownOptions: { input: path.join(ROOT, 'bench/transcript-page.html') },
    },
  });
  const site = await serve({
    root: outDir,
    port,
    mounts: { '/bench/models/': path.join(ROOT, 'public/models') },
  });
  return { ...site, page: `${site.url}bench/transcript-page.html` };
}
