/** scripts/headers.mjs as the build writes it down. */
interface HeaderRules {
  /** Of every response. */
  readonly headers: Readonly<Record<string, string>>;
  readonly policy: string;
  /** Files with a policy of their own: a regular expression for the path, and the policy. */
  readonly policiesOfFiles: readonly { readonly file: string; readonly policy: string }[];
}

declare const __HEADER_RULES__: HeaderRules;

const POLICY_HEADER = 'Content-Security-Policy';

const { headers: HEADERS, policy: POLICY, policiesOfFiles } = __HEADER_RULES__;
const POLICIES_OF_FILES = policiesOfFiles.map(({ file, policy }) => ({
  file: new RegExp(file),
  policy,
}));

/**
 * The response with the headers that its host left out: on hosts that cannot set any, this is what isolates the page
 * and holds it to its policy. What the host did set, it means.
 * @param locked the offline lock is on: the workers that may reach other hosts then get a policy that lets them reach none
 */
export function withHeaders(response: Response, url: string, locked: boolean): Response {
  const { pathname } = new URL(url);
  const own = POLICIES_OF_FILES.find(({ file }) => file.test(pathname))?.policy;
  const narrowed = locked && own !== undefined;
  const policy = narrowed ? own.replace(/connect-src [^;]*/, "connect-src 'none'") : own;
  const wanted = Object.entries({ ...HEADERS, [POLICY_HEADER]: policy ?? POLICY });
  const missing = wanted.filter(
    ([name]) => !response.headers.has(name) || (narrowed && name === POLICY_HEADER),
  );
  if (missing.length === 0 || response.type === 'error' || response.type.startsWith('opaque'))
    return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of missing) headers.set(name, value);
  const { status, statusText } = response;
  const body = [204, 205, 304].includes(status) ? null : response.body;
  return new Response(body, { status, statusText, headers });
}
