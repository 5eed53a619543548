import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { DIST } from './serve.mjs';

/**
 * Measures what a first visit transfers, with brotli as static hosts send it, into bench/results/shell-size.md:
 * `npm run build && node scripts/shell-size.mjs`. Fails where the start takes more than its budget.
 */
const BUDGET_BYTES = 250_000;
const RESULT = fileURLToPath(new URL('../bench/results/shell-size.md', import.meta.url));

const page = await readFile(path.join(DIST, 'index.html'), 'utf8');
const linked = [...page.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map((match) => match[1] ?? '');
const worker = await readFile(path.join(DIST, 'service-worker.js'), 'utf8');
const kept = [...worker.matchAll(/"url":"([^"]+)"/g)].map((match) => match[1] ?? '');
const shell = kept.filter((file) => !/\.wasm$|\.onnx$|^models\/|^samples\//.test(file));
if (shell.length === 0) throw new Error('The service worker lists no files. Run npm run build.');

const start = ['index.html', ...linked.filter((file) => /\.(js|css)$/.test(file))];
const engine = shell.filter((file) => /(^|\/)ort[.-]/.test(file));
const rest = [...shell.filter((file) => !start.includes(file) && !engine.includes(file))];
const big = kept.filter((file) => !shell.includes(file));

const rows = [
  ...(await measure('start: what the first screen needs', start)),
  ...(await measure('kept in the background', [...rest, 'service-worker.js'])),
  ...(await measure("onnxruntime's scripts", engine)),
];
const startBytes = sum(rows.filter(({ group }) => group.startsWith('start')));
const allBytes = sum(rows.filter(({ group }) => !group.startsWith('onnx')));
const bigRows = await measure(
  'only when used',
  big.filter((file) => /\.(wasm|onnx)$/.test(file)),
);
await writeFile(RESULT, report());
console.log(`start ${kilobytes(startBytes)}, whole shell ${kilobytes(allBytes)}: ${RESULT}`);
if (startBytes > BUDGET_BYTES) {
  console.error(`The start is over its budget of ${kilobytes(BUDGET_BYTES)}.`);
  process.exitCode = 1;
}

/**
 * @param {string} group
 * @param {readonly string[]} files
 */
async function measure(group, files) {
  return Promise.all(
    files.map(async (file) => {
      const bytes = await readFile(path.join(DIST, file));
      const packed = /\.(png|flac)$/.test(file) ? bytes : compress(bytes);
      return { group, file, rawBytes: bytes.length, brotliBytes: packed.length };
    }),
  );
}

/** @param {Buffer} bytes */
function compress(bytes) {
  // The best level takes half a minute for each wasm file and gains a tenth.
  const quality = bytes.length > 1e6 ? 9 : constants.BROTLI_MAX_QUALITY;
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
}

/** @param {readonly { brotliBytes: number }[]} files */
function sum(files) {
  return files.reduce((total, { brotliBytes }) => total + brotliBytes, 0);
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

function report() {
  const lines = [...rows, ...bigRows]
    .sort((a, b) => a.group.localeCompare(b.group) || b.brotliBytes - a.brotliBytes)
    .map(
      ({ group, file, rawBytes, brotliBytes }) =>
        `| ${group} | ${file} | ${kilobytes(rawBytes)} | ${kilobytes(brotliBytes)} |`,
    );
  return `# What a visit transfers

\`npm run build && node scripts/shell-size.mjs\`; brotli at level 11 (9 above 1 MB). Budget for the start, before
onnxruntime: ${kilobytes(BUDGET_BYTES)}.

- **Start (page, style, scripts of the first screen): ${kilobytes(startBytes)}**
- Whole shell without onnxruntime, fetched in the background by the service worker: ${kilobytes(allBytes)}

| group | file | raw | brotli |
| --- | --- | ---: | ---: |
${lines.join('\n')}
`;
}
