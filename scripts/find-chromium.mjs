import { existsSync } from 'node:fs';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { canInstallPackages, installPackages, runQuietly } from './debian-packages.mjs';

/** Flags of every Chromium that tests and scripts start. */
export const CHROMIUM_ARGS = [
  '--no-sandbox', // Chromium refuses to run as root with it
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-features=AutofillServerCommunication', // Chromium's own, whatever page has a form
  '--enable-unsafe-webgpu', // a WebGPU adapter in software where there is no GPU
];

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * Path of an installed Chromium: CHROMIUM_PATH, else the system's, else Playwright's own.
 * @returns {string | undefined}
 */
export function findChromium() {
  const places = [process.env['CHROMIUM_PATH'], ...USUAL_PLACES, chromium.executablePath()];
  return places.find((path) => path && existsSync(path));
}

/**
 * Finds Chromium or installs it: Debian's package when run as root, else Playwright's download.
 * @param {(line: string) => void} say
 * @returns {string} its path
 */
export function ensureChromium(say) {
  const found = findChromium();
  if (found) return found;
  if (canInstallPackages()) {
    say('Chromium not found: apt-get install chromium');
    installPackages(['chromium']);
  }
  if (!findChromium()) {
    say('Chromium not found: npx playwright install chromium');
    runQuietly('npx', ['playwright', 'install', 'chromium']);
  }
  const installed = findChromium();
  if (!installed) {
    throw new Error('Chromium could not be installed. Install it and set CHROMIUM_PATH.');
  }
  return installed;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(`Chromium: ${ensureChromium(console.error)}`);
}
