import { readdir } from 'node:fs/promises';
import process from 'node:process';
import { headerRules, responseHeaders } from './headers.mjs';
import { DIST } from './serve.mjs';

/** Prints the response headers as a host's own configuration: `node scripts/hosting.mjs nginx`. See docs/hosting.md. */
const { headers, policy, policiesOfFiles } = headerRules();
const POLICY = 'Content-Security-Policy';

/** The workers with a policy of their own. */
const own = policiesOfFiles.map(({ file, policy: ownPolicy }) => {
  const [, name] = /([\w-]+)\\\.worker/.exec(file) ?? [];
  if (name === undefined) throw new Error(`This policy names no worker: ${file}`);
  // JavaScript escapes slashes in regular expressions, these hosts do not.
  return { name, path: file.replaceAll('\\/', '/'), policy: ownPolicy };
});

/** @type {Readonly<Record<string, () => string | Promise<string>>>} */
const HOSTS = { netlify, cloudflare: netlify, vercel, nginx, caddy, apache };

const [host = ''] = process.argv.slice(2);
const print = HOSTS[host];
if (print) console.log(await print());
else {
  console.error(`Usage: node scripts/hosting.mjs ${Object.keys(HOSTS).join('|')}`);
  process.exitCode = 2;
}

/** Rules that overlap add up to two policies, so each page and script has a rule of its own, as the build named it. */
async function netlify() {
  const files = await readdir(DIST, { recursive: true });
  const programs = files.filter((file) => /\.(html|m?js)$/.test(file)).sort();
  if (programs.length === 0) throw new Error('dist/ is empty. Run npm run build.');
  const policies = ['', ...programs].flatMap((file) => [
    `/${file}`,
    `  ${POLICY}: ${responseHeaders({ pathname: `/${file}` })[POLICY] ?? policy}`,
  ]);
  const everywhere = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`);
  return ['/*', ...everywhere, ...policies].join('\n');
}

function vercel() {
  const names = own.map(({ name }) => name).join('|');
  const rules = [
    rule('/(.*)', headers),
    rule(`/((?!assets/(?:${names})\\.worker-).*)`, { [POLICY]: policy }),
    ...own.map((file) => rule(`/assets/${file.name}.worker-(.*)`, { [POLICY]: file.policy })),
  ];
  return JSON.stringify({ headers: rules }, null, 2);
}

/** @param {string} source @param {Readonly<Record<string, string>>} fields */
function rule(source, fields) {
  return { source, headers: Object.entries(fields).map(([key, value]) => ({ key, value })) };
}

function nginx() {
  const add = Object.entries(headers).map(
    ([name, value]) => `add_header ${name} "${value}" always;`,
  );
  return [
    '# beside server { }',
    'map $uri $sotto_policy {',
    `  default "${policy}";`,
    ...own.map((file) => `  "~${file.path}" "${file.policy}";`),
    '}',
    '',
    '# in the location that serves dist',
    ...add,
    `add_header ${POLICY} $sotto_policy always;`,
    'types { text/html html; text/css css; text/javascript js mjs; application/json json;',
    '  application/wasm wasm; application/manifest+json webmanifest;',
    '  image/svg+xml svg; image/png png; audio/flac flac; }',
  ].join('\n');
}

/** A route keeps the order: what is set last counts. */
function caddy() {
  const fields = Object.entries({ ...headers, [POLICY]: policy });
  return [
    'route {',
    ...fields.map(([name, value]) => `  header ${name} "${value}"`),
    ...own.flatMap((file) => [
      `  @${file.name} path_regexp ${file.path}`,
      `  header @${file.name} ${POLICY} "${file.policy}"`,
    ]),
    '}',
  ].join('\n');
}

function apache() {
  const fields = Object.entries({ ...headers, [POLICY]: policy });
  return [
    ...fields.map(([name, value]) => `Header always set ${name} "${value}"`),
    ...own.flatMap((file) => [
      `<FilesMatch "^${file.name}\\.worker-[\\w-]+\\.js$">`,
      `  Header always set ${POLICY} "${file.policy}"`,
      '</FilesMatch>',
    ]),
    'AddType text/javascript .mjs',
    'AddType application/wasm .wasm',
  ].join('\n');
}
