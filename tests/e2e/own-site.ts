import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base } from './test';
import { DIST } from '../../scripts/serve.mjs';

const SERVER = fileURLToPath(new URL('../../scripts/serve.mjs', import.meta.url));
const BUILDER = fileURLToPath(new URL('other-build.mjs', import.meta.url));

/** A server of one test's own: a process that can really be stopped, and whose files can be swapped under it. */
export class OwnSite {
  readonly #process: ChildProcess;
  readonly #folder: string;

  private constructor(
    server: ChildProcess,
    folder: string,
    /** Of the app, ending in "/". */
    readonly url: string,
  ) {
    this.#process = server;
    this.#folder = folder;
  }

  /** Serves the production build. @param flags of scripts/serve.mjs */
  static async start(...flags: string[]): Promise<OwnSite> {
    const folder = mkdtempSync(path.join(tmpdir(), 'sotto-site-'));
    symlinkSync(DIST, path.join(folder, 'app'));
    const command = [SERVER, '--port', '0', '--root', path.join(folder, 'app'), ...flags];
    // The stand-in for the hub takes any free port.
    const env = { ...process.env, SOTTO_MODEL_HOSTS: 'http://localhost:*' };
    const server = spawn(process.execPath, command, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const url = await new Promise<string>((resolve, reject) => {
      server.once('exit', (code) => reject(new Error(`the server ended with ${String(code)}`)));
      server.stdout.on('data', (text) => {
        const [found] = /http:\S+/.exec(String(text)) ?? [];
        if (found) resolve(found);
      });
    });
    return new OwnSite(server, folder, url);
  }

  /** Puts another build in place of the one served. */
  swap(build: string): void {
    rmSync(path.join(this.#folder, 'app'));
    symlinkSync(build, path.join(this.#folder, 'app'));
  }

  /** Ends the process: from here on nothing answers. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill();
    await gone;
  }

  async dispose(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Builds the app once more, so that every hash is another one. @returns its folder */
export function buildAnother(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'sotto-build-'));
  const { status } = spawnSync(process.execPath, [BUILDER, folder], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the second build failed');
  return folder;
}

/** `start` serves the build from a process of the test's own, which ends with it. */
export const test = base.extend<{ start: (...flags: string[]) => Promise<OwnSite> }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from its first parameter.
  start: async ({}, use) => {
    const sites: OwnSite[] = [];
    await use(async (...flags) => {
      const site = await OwnSite.start(...flags);
      sites.push(site);
      return site;
    });
    for (const site of sites) await site.dispose();
  },
});
