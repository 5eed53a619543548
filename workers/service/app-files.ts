import type { PrecacheEntry } from 'workbox-precaching';

/** A file of the build as scripts/pwa-plugin.mjs lists it. */
export type AppFile = PrecacheEntry & {
  /** Relative to index.html. */
  readonly url: string;
  /** "sha256-…" as in a script's integrity attribute. */
  readonly integrity: string;
};

// Workbox puts the list here; it finds the place by these exact words.
const files = (self as unknown as { readonly __WB_MANIFEST: readonly AppFile[] }).__WB_MANIFEST;

/** Too big to fetch before anybody asked: kept when first used. */
const BIG = /\.wasm$|\.onnx$|^models\/|^samples\//;

/** What the app needs to start. */
export const SHELL: readonly AppFile[] = files.filter(({ url }) => !BIG.test(url));

/** What a model needs to run, and the sample. */
export const BIG_FILES: ReadonlyMap<string, AppFile> = new Map(
  files.filter(({ url }) => BIG.test(url)).map((file) => [file.url, file]),
);
