import { createSHA256, sha256 } from 'hash-wasm';

/** SHA-256 of a stream of bytes, whose state can be put away and taken up again. */
export type Sha256Stream = Awaited<ReturnType<typeof createSHA256>>;

export async function startSha256(): Promise<Sha256Stream> {
  return (await createSHA256()).init();
}

/** SHA-256 in hex. The browser's own is several times faster, but pages without HTTPS do not have it. */
export async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle;
  if (!subtle) return sha256(bytes);
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
