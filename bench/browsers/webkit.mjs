import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { asAsync } from './firefox.mjs';

/**
 * WebKitGTK's MiniBrowser, which automation always opens as a private window, driven by WebKitWebDriver over HTTP.
 * Needs a display: run under xvfb-run where there is none.
 * @param {string} driver
 * @param {string} executable
 * @param {number} port
 * @returns {Promise<import('./firefox.mjs').Session>}
 */
export async function openWebKit(driver, executable, port) {
  const server = spawn(driver, [`--port=${String(port)}`], { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (text) => (log += String(text)));
  const args = ['--automation', '--enable-write-console-messages-to-stdout=true'];
  const browserOptions = { binary: executable, args };
  const base = `http://127.0.0.1:${String(port)}/session`;
  const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': browserOptions } };
  const opened = await post(base, { capabilities });
  const session = `${base}/${opened.sessionId}`;
  await post(`${session}/timeouts`, { script: 600_000, pageLoad: 60_000 });
  return {
    name: `WebKitGTK ${opened.capabilities.browserVersion}`,
    log: () => log,
    goto: (url) => post(`${session}/url`, { url }),
    run: (script, ...given) =>
      post(`${session}/execute/async`, { script: asAsync(script), args: given }),
    upload: async (selector, file) => {
      const found = await post(`${session}/element`, { using: 'css selector', value: selector });
      const id = String(Object.values(found)[0]);
      await post(`${session}/element/${id}/value`, { text: file });
    },
    close: async () => {
      await fetch(session, { method: 'DELETE' }).catch(() => undefined);
      server.kill();
    },
  };
}

/** @param {string} url @param {object} body @returns {Promise<any>} */
async function post(url, body) {
  for (let attempt = 0; ; attempt++) {
    const answer = fetch(url, { method: 'POST', body: JSON.stringify(body) });
    const response = await answer.catch(() => null);
    if (response) {
      const { value } = await response.json();
      if (value?.error) throw new Error(`${value.error}: ${value.message}`);
      return value;
    }
    if (attempt > 20) throw new Error('WebKitWebDriver does not answer.');
    await wait(250);
  }
}
