import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';

/** Whether this process may install Debian packages. */
export function canInstallPackages() {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/** @param {readonly string[]} names Debian packages; one that cannot be had shows in what is missing afterwards */
export function installPackages(names) {
  runQuietly('apt-get', ['update']);
  runQuietly('apt-get', ['install', '--yes', '--no-install-recommends', ...names]);
}

/**
 * Output goes to stderr; a failure shows in what is installed afterwards.
 * @param {string} command
 * @param {string[]} args
 */
export function runQuietly(command, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync(command, args, { stdio: ['ignore', 2, 2], env });
}

/** Installs what training/twin.py needs, where that is possible; without it the twins' tests are skipped. */
export function ensureTwinPackages() {
  const probe = ['-c', 'import numpy, onnx'];
  if (spawnSync('/usr/bin/python3', probe, { stdio: 'ignore' }).status === 0) return;
  if (canInstallPackages()) installPackages(['python3-numpy', 'python3-onnx']);
}
