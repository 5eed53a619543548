import process from 'node:process';

/**
 * Threads need a cross-origin isolated page. This one set isolates it in Chromium, cross-site iframes included.
 * @type {Readonly<Record<string, string>>}
 */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Document-Isolation-Policy': 'isolate-and-require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/**
 * What a script may be made of: strings become markup or a worker's URL only by these policies, of
 * src/core/trusted-types.ts and of Svelte's templates. Workers have no markup.
 * @param {string} policies
 */
const trustedTypes = (policies) => `require-trusted-types-for 'script'; trusted-types ${policies}`;

/**
 * The page's policy, also written into the built page for hosts that cannot send it.
 * A worker obeys the policy of its own response, so every response carries one.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  trustedTypes('default svelte-trusted-html'),
].join('; ');

/** What the page can ask the browser for, frames with leave to use it included. */
const ALLOWED_HERE = ['microphone', 'display-capture', 'screen-wake-lock', 'clipboard-write'];

/** What nothing of Sotto needs: the browser refuses it without asking anybody. */
const NEVER_ASKED_FOR = [
  ...['accelerometer', 'gyroscope', 'magnetometer', 'geolocation', 'idle-detection'],
  ...['hid', 'serial', 'usb', 'midi', 'gamepad', 'xr-spatial-tracking'],
  ...['camera', 'encrypted-media', 'picture-in-picture', 'local-fonts', 'keyboard-map'],
  ...['payment', 'otp-credentials', 'publickey-credentials-create', 'publickey-credentials-get'],
  ...['identity-credentials-get', 'storage-access', 'window-management', 'clipboard-read'],
  ...['browsing-topics'],
];

const PERMISSIONS_POLICY = [
  ...ALLOWED_HERE.map((feature) => `${feature}=(self)`),
  ...NEVER_ASKED_FOR.map((feature) => `${feature}=()`),
].join(', ');

/**
 * Where models are downloaded from: the hub and the hosts that it redirects to, or, for a mirror or a server of one's
 * own, the origins in SOTTO_MODEL_HOSTS, separated by spaces.
 */
const MODEL_HOSTS =
  process.env['SOTTO_MODEL_HOSTS'] ??
  'https://huggingface.co https://*.huggingface.co https://*.hf.co';

/**
 * Files with a policy of their own: the worker that downloads models reaches their hosts, the one that fetches pasted
 * links any host. Nothing hands either of them any audio.
 * @type {readonly (readonly [file: RegExp, policy: string])[]}
 */
const POLICIES_OF_FILES = [
  [
    /\/assets\/model-store\.worker-[\w-]+\.js$/,
    `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' ${MODEL_HOSTS}; ${trustedTypes('default')}`,
  ],
  [
    /\/assets\/link\.worker-[\w-]+\.js$/,
    `default-src 'none'; script-src 'self'; connect-src http: https:; ${trustedTypes('default')}`,
  ],
];

/**
 * The headers of a response.
 * `pathname` is the URL's; a few files have a policy of their own.
 * `isolated: false` stands for a host that cannot set isolation headers.
 * `policy: false` leaves the content security policy out: the dev server and vitest inject styles and scripts.
 * @param {{ isolated?: boolean, policy?: boolean, pathname?: string }} [options]
 * @returns {Record<string, string>}
 */
export function responseHeaders({ isolated = true, policy = true, pathname = '/' } = {}) {
  const own = POLICIES_OF_FILES.find(([file]) => file.test(pathname))?.[1];
  return {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy': PERMISSIONS_POLICY,
    ...(isolated ? ISOLATION : {}),
    ...(policy ? { 'Content-Security-Policy': own ?? CONTENT_SECURITY_POLICY } : {}),
  };
}

/** The same as data: the service worker adds these on hosts that cannot set headers. */
export function headerRules() {
  return {
    headers: responseHeaders({ policy: false }),
    policy: CONTENT_SECURITY_POLICY,
    policiesOfFiles: POLICIES_OF_FILES.map(([file, policy]) => ({ file: file.source, policy })),
  };
}
