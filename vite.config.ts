import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';
import { CONTENT_SECURITY_POLICY, headerRules, responseHeaders } from './scripts/headers.mjs';
import { serviceWorkerPlugin } from './scripts/pwa-plugin.mjs';

export default defineConfig({
  base: './',
  plugins: [svelte(), serviceWorkerPlugin(), policyInPage()],
  define: { __HEADER_RULES__: JSON.stringify(headerRules()) },
  // Without this condition onnxruntime-web inlines its glue code, and the bundle carries each .wasm twice.
  resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
  optimizeDeps: {
    exclude: ['onnxruntime-web'],
    // Found late, in workers, they would reload the page in the middle of a test.
    include: ['@huggingface/tokenizers', 'comlink', 'idb-keyval', 'mediabunny', 'pako'],
  },
  worker: { format: 'es' },
  build: {
    target: 'esnext',
    // Inlined assets become data: URLs, which the content security policy refuses.
    assetsInlineLimit: 0,
    rolldownOptions: { input: ['index.html', 'cli.html'] },
  },
  server: { headers: responseHeaders({ policy: false }) },
  preview: { headers: responseHeaders() },
});

/** Writes the policy into the built pages: a second line of defence where a host sends no headers. */
function policyInPage(): Plugin {
  return {
    name: 'sotto-policy-in-page',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
        injectTo: 'head-prepend',
      },
    ],
  };
}
