import { expect, test as base, type BrowserContext } from '@playwright/test';
import { VIOLATIONS_PATH } from '../../scripts/csp-violations.mjs';
import { SITES } from './sites';

export * from '@playwright/test';

/** Waits for WebGPU in software: it takes 10 to 25 s per 30-s window, and compiles its shaders first. */
export const expectInTime = expect.configure({ timeout: 240_000 });
export const IN_SOFTWARE_MS = 300_000;

interface ViolationOptions {
  /** What the test provokes the browser to refuse; anything else that it refuses fails the test. */
  readonly expectedViolations: readonly RegExp[];
}

interface Report {
  readonly 'csp-report'?: Readonly<Record<string, unknown>>;
}

/** Playwright's `test`, which fails where the browser refused anything by policy: in pages, and in the sites' workers. */
export const test = base.extend<ViolationOptions & { readonly violations: string[] }>({
  expectedViolations: [[], { option: true }],
  violations: [
    async ({ context, expectedViolations }, use) => {
      const seen: string[] = [];
      await watchPages(context, seen);
      await takeReports();
      await use(seen);
      seen.push(...(await takeReports()));
      const unexpected = seen.filter((text) => !expectedViolations.some((re) => re.test(text)));
      expect(unexpected, 'refused by the content security policy').toEqual([]);
    },
    { auto: true },
  ],
});

/** Pages say it themselves, whatever server they come from. */
async function watchPages(context: BrowserContext, seen: string[]): Promise<void> {
  const prefix = 'refused by policy: ';
  await context.addInitScript((start) => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => {
      console.warn(`${start}${effectiveDirective} ${blockedURI} ${sample}`);
    });
  }, prefix);
  context.on('console', (message) => {
    if (message.text().startsWith(prefix)) seen.push(message.text().slice(prefix.length));
  });
}

/** Of workers only the browser's reports tell. */
async function takeReports(): Promise<string[]> {
  const answers = Object.values(SITES).map(async (site) => {
    const response = await fetch(new URL(VIOLATIONS_PATH, site)).catch(() => null);
    return response?.ok ? ((await response.json()) as Report[]) : [];
  });
  return (await Promise.all(answers)).flat().map((report) => {
    const { 'effective-directive': directive, ...rest } = report['csp-report'] ?? {};
    return `${String(directive)} ${String(rest['blocked-uri'])} in ${String(rest['document-uri'])}`;
  });
}
