import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** What a test needs to know before it starts: console lines on stdout, Marionette on a port of ours. */
const PREFERENCES = {
  'devtools.console.stdout.content': true,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'app.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
};

/**
 * A browser that a script drives.
 * @typedef {object} Session
 * @property {string} name
 * @property {() => string} log what the browser wrote, its console lines among it
 * @property {(url: string) => Promise<unknown>} goto
 * @property {(script: string, ...args: unknown[]) => Promise<any>} run the body of an async function, in the page
 * @property {(selector: string, file: string) => Promise<unknown>} upload
 * @property {() => Promise<void>} close
 */

/**
 * A Firefox with a fresh profile, driven by Marionette, its own wire protocol: "length:json" over TCP.
 * @param {string} executable
 * @param {number} port
 * @returns {Promise<Session>}
 */
export async function openFirefox(executable, port) {
  const profile = mkdtempSync(path.join(os.tmpdir(), 'sotto-firefox-'));
  const lines = Object.entries({ ...PREFERENCES, 'marionette.port': port }).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(path.join(profile, 'user.js'), lines.join('\n'));
  const flags = ['--headless', '--marionette', '--no-remote', '--profile', profile];
  const browser = spawn(executable, flags, { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [browser.stdout, browser.stderr])
    stream.on('data', (text) => (log += String(text)));
  const socket = await connect(port);
  const ask = talk(socket);
  const { capabilities } = await ask('WebDriver:NewSession', {});
  await ask('WebDriver:SetTimeouts', { script: 600_000, pageLoad: 60_000 });
  return {
    name: `Firefox ${capabilities.browserVersion}`,
    log: () => log,
    goto: (url) => ask('WebDriver:Navigate', { url }),
    run: async (script, ...args) =>
      (await ask('WebDriver:ExecuteAsyncScript', { script: asAsync(script), args })).value,
    upload: async (selector, file) => {
      const { value } = await ask('WebDriver:FindElement', {
        using: 'css selector',
        value: selector,
      });
      await ask('WebDriver:ElementSendKeys', { id: Object.values(value)[0], text: file });
    },
    close: async () => {
      const gone = new Promise((resolve) => browser.once('exit', resolve));
      socket.destroy();
      browser.kill();
      await gone;
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** @param {string} script body of an async function */
export function asAsync(script) {
  return `const done = arguments[arguments.length - 1];
    (async function () { ${script} }).apply(null, arguments).then(done, (thrown) => done('threw ' + thrown));`;
}

/** @param {number} port */
async function connect(port) {
  for (let attempt = 0; ; attempt++) {
    const socket = net.connect(port, '127.0.0.1');
    const opened = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    if (opened) return socket;
    if (attempt > 120) throw new Error('Firefox did not listen within a minute.');
    await wait(500);
  }
}

/**
 * @param {net.Socket} socket
 * @returns {(command: string, parameters: object) => Promise<any>}
 */
function talk(socket) {
  let rest = Buffer.alloc(0);
  let last = 0;
  /** @type {Map<number, { resolve: (value: any) => void, reject: (reason: Error) => void }>} */
  const waiting = new Map();
  socket.on('data', (data) => {
    rest = Buffer.concat([rest, data]);
    for (;;) {
      const colon = rest.indexOf(':');
      const length = Number(rest.subarray(0, colon));
      if (colon < 0 || rest.length < colon + 1 + length) return;
      const message = JSON.parse(rest.toString('utf8', colon + 1, colon + 1 + length));
      rest = rest.subarray(colon + 1 + length);
      if (!Array.isArray(message)) continue; // the greeting
      const [, id, error, result] = message;
      const answer = waiting.get(id);
      waiting.delete(id);
      if (error) answer?.reject(new Error(`${error.error}: ${error.message}`));
      else answer?.resolve(result);
    }
  });
  return (command, parameters) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      const text = JSON.stringify([0, last, command, parameters]);
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
}
