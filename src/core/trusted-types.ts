/** The part of `globalThis.trustedTypes` that is used here; browsers without it check nothing. */
export interface PolicyFactory {
  createPolicy(name: string, rules: Partial<PolicyRules>): unknown;
}

interface PolicyRules {
  createHTML(html: string): string | null;
  createScriptURL(url: string): string | null;
}

/**
 * The path of one of the app's own workers, of onnxruntime's threads or of the service worker, as the build names them,
 * under any folder. It cannot hold a scheme or another host.
 */
const OWN_SCRIPT =
  /^(?!\/\/)[\w./%~-]*(?:assets\/(?:[a-z-]+\.worker|ort-wasm-simd-threaded(?:\.\w+)?)-[\w-]+\.m?js|service-worker\.js)$/;

/**
 * Makes the one policy that decides what strings may become a script or markup: the browser asks it wherever code, ours
 * or a library's, hands over a plain string. Must run before the first worker is started.
 * @param trustedTypes `globalThis.trustedTypes`; undefined where the browser has none
 * @param origin of the page or worker
 */
export function installTrustedTypes(trustedTypes: PolicyFactory | undefined, origin: string): void {
  trustedTypes?.createPolicy('default', {
    // Libraries empty an element this way.
    createHTML: (html) => (html === '' ? html : null),
    createScriptURL: (url) => (isOwnScript(url, origin) ? url : null),
  });
}

/** Whether a URL, absolute or not, names a file of the app that runs as a worker. */
export function isOwnScript(url: string, origin: string): boolean {
  const path = url.startsWith(`${origin}/`) ? url.slice(origin.length) : url;
  return OWN_SCRIPT.test(path);
}
