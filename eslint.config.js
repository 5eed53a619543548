import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/**
 * The import law of docs/ARCHITECTURE.md: what each layer of src/ may import besides itself.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const MAY_IMPORT = {
  core: [],
  audio: ['core'],
  rpc: ['core'],
  store: ['core'],
  pipeline: ['audio', 'rpc', 'store', 'core'],
  state: ['pipeline', 'core'],
  ui: ['state', 'pwa', 'core'],
  pwa: ['core'],
  embed: ['pipeline', 'state', 'ui', 'core'],
};

const zones = [
  ...Object.entries(MAY_IMPORT).map(([layer, others]) => ({
    target: `./src/${layer}`,
    from: './src',
    except: [layer, ...others].map((name) => `./${name}`),
    message: `${layer} may import only: ${[layer, ...others].join(', ')}.`,
  })),
  { target: './src/core', from: './node_modules', message: 'core imports nothing.' },
  {
    target: './src/cli-page.ts',
    from: './src',
    except: ['./pipeline', './core', './cli-api.ts', './trusted-types.ts'],
  },
  {
    target: './src',
    from: './workers',
    except: ['./capture.worklet.ts?worker&url'], // a URL, not code
    message: 'The contracts are in src/core.',
  },
  { target: './workers', from: './src', except: ['./core'], message: 'workers import only core.' },
];

/** Markup and code are never made of strings: what people say, and what their files are called, is data. */
const MAKES_MARKUP = [
  {
    selector:
      'AssignmentExpression > MemberExpression.left[property.name=/^(inner|outer)HTML$|^srcdoc$/]',
    message: 'Text goes into textContent; markup into a component.',
  },
  {
    selector:
      'CallExpression[callee.property.name=/^(insertAdjacentHTML|setHTMLUnsafe|parseHTMLUnsafe|createContextualFragment)$/], CallExpression[callee.object.name="document"][callee.property.name=/^write(ln)?$/]',
    message: 'Text goes into textContent; markup into a component.',
  },
];

/** @param {string} name @param {string} where */
const onlyIn = (name, where) => ({
  regex: `^${name}(/|$)`,
  message: `Only ${where} may import ${name}.`,
});
const ENGINE = [
  onlyIn('onnxruntime-web', 'workers/asr'),
  onlyIn('@huggingface/(transformers|tokenizers)', 'workers/asr'),
];
const WORKER_URL = {
  regex: '[?&](shared)?worker(&|$)',
  message: 'Workers are named only in src/rpc/*-client.ts and src/audio/microphone.ts.',
};
const MEDIABUNNY = onlyIn('mediabunny', 'workers/media');
const COMLINK = onlyIn('comlink', 'src/rpc and worker entries');

/** @param {{ regex: string, message: string }[]} patterns @returns {import('eslint').Linter.RuleEntry} */
const banImports = (...patterns) => ['error', { patterns }];

const NAMES_A_WORKER = {
  selector:
    'NewExpression[callee.name=/^(Shared)?Worker$/], CallExpression[callee.property.name="addModule"]',
  message: WORKER_URL.message,
};

const WORLDS = /** @type {const} */ ([
  [['src/core/**/*.ts'], './tsconfig.core.json'],
  [['src/**/*.ts'], './tsconfig.window.json'],
  [['workers/*.worklet.ts', 'workers/*.worklet.d.ts'], './tsconfig.worklet.json'],
  [['workers/service-worker.ts', 'workers/service/**/*.ts'], './tsconfig.service-worker.json'],
  [['workers/**/*.ts'], './tsconfig.worker.json'],
  [['*.config.ts', 'tests/**/*.ts', 'bench/**/*.ts'], './tsconfig.node.json'],
]);

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'public/',
      'training/',
      'tests/fixtures/',
      'playwright-report/',
      'test-results/',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.svelte'],
    extends: [tseslint.configs.recommended],
    rules: {
      'no-undef': 'off', // TypeScript knows better
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  ...[...WORLDS].reverse().map(([files, project]) => ({
    files: [...files],
    languageOptions: { parserOptions: { project, tsconfigRootDir: import.meta.dirname } },
  })),
  {
    files: WORLDS.flatMap(([files]) => [...files]),
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    rules: { 'svelte/no-at-html-tags': 'error' },
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: tseslint.parser, svelteConfig },
    },
  },
  {
    files: ['scripts/**/*.mjs', 'bench/**/*.mjs', 'tests/**/*.mjs', '*.config.js'],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
  {
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        createNodeResolver({ extensions: ['.ts', '.svelte', '.mjs', '.js', '.json'] }),
      ],
    },
    rules: {
      eqeqeq: 'error',
      'import-x/no-restricted-paths': ['error', { zones }],
    },
  },
  {
    files: ['src/**', 'workers/**'],
    rules: {
      'no-restricted-imports': banImports(...ENGINE, COMLINK, WORKER_URL),
      'no-restricted-syntax': ['error', NAMES_A_WORKER, ...MAKES_MARKUP],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
    },
  },
  { files: ['src/rpc/**'], rules: { 'no-restricted-imports': banImports(...ENGINE, WORKER_URL) } },
  { files: ['workers/*.worker.ts'], rules: { 'no-restricted-imports': banImports(...ENGINE) } },
  { files: ['workers/asr/**'], rules: { 'no-restricted-imports': banImports(COMLINK) } },
  {
    files: ['src/audio/microphone.ts'],
    rules: { 'no-restricted-imports': banImports(...ENGINE, MEDIABUNNY, COMLINK) },
  },
  {
    files: ['src/rpc/*-client.ts', 'src/audio/microphone.ts'],
    rules: { 'no-restricted-syntax': ['error', ...MAKES_MARKUP] },
  },
  prettier,
  svelte.configs.prettier,
);
