import type { TestProject } from 'vitest/node';
import { startHub } from './hub-server.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the stand-in for the hub listens. */
    readonly hubUrl: string;
  }
}

/** Runs the stand-in for the hub while the browser tests do. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const hub = await startHub();
  project.provide('hubUrl', hub.url);
  return hub.close;
}
