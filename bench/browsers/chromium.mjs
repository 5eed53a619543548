import { chromium } from '@playwright/test';
import { CHROMIUM_ARGS, ensureChromium } from '../../scripts/find-chromium.mjs';

/**
 * What the others are compared with.
 * @returns {Promise<import('./firefox.mjs').Session>}
 */
export async function openChromium() {
  const executablePath = ensureChromium(console.error);
  const browser = await chromium.launch({ args: CHROMIUM_ARGS, executablePath });
  const page = await browser.newPage();
  let log = '';
  page.on(
    'console',
    (message) => (log += `${message.location().url} ${message.type()} ${message.text()}\n`),
  );
  return {
    name: `Chromium ${browser.version()}`,
    log: () => log,
    goto: (url) => page.goto(url),
    run: (script) => page.evaluate(`(async () => { ${script} })()`),
    upload: (selector, file) => page.locator(selector).first().setInputFiles(file),
    close: () => browser.close(),
  };
}
