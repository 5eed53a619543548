import { readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';

/** High-water mark of resident memory of the largest renderer under this process, in MB. */
export function peakRendererMb() {
  const peaks = readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      if (!command.includes('--type=renderer') || !isOurs(pid)) return [];
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      return [Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0)];
    } catch {
      return []; // ended meanwhile
    }
  });
  return Math.round(Math.max(0, ...peaks) / 1024);
}

/** @param {string} pid */
function isOurs(pid) {
  for (let at = pid; at !== '0' && at !== '1';) {
    if (at === String(process.pid)) return true;
    at = /PPid:\s+(\d+)/.exec(readFileSync(`/proc/${at}/status`, 'utf8'))?.[1] ?? '0';
  }
  return false;
}
