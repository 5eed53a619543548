import type { LoadRequest } from '../core/asr-api';
import { SottoError } from '../core/errors';
import type { AsrClient } from '../rpc/asr-client';
import { decodeFile } from './decode-file';

/** What a model heard, and how long that took it. */
export interface Heard {
  readonly text: string;
  readonly tookSec: number;
}

export interface Hearing {
  readonly request: LoadRequest;
  /** Mono, 16 kHz. */
  readonly samples: Float32Array<ArrayBuffer>;
  readonly language: string;
}

/**
 * What a model makes of a recording whose words are known.
 * @param onProgress the part that is done, between 0 and 1
 * @throws SottoError; the signal's reason when aborted
 */
export async function hearSamples(
  signal: AbortSignal,
  client: AsrClient,
  { request: model, samples, language }: Hearing,
  onProgress: (fraction: number) => void,
): Promise<Heard> {
  let text = '';
  // No second try at a higher temperature: it is random, and hides what is wrong.
  const decoding = { language, temperatures: [0], retryEmptyWindows: false };
  const tookSec = await timed(async () => {
    const blocks = once(samples.slice());
    const transcript = await client.transcribe(signal, blocks, { model, decoding }, (event) => {
      if (event.kind === 'segments') onProgress(event.doneSec / event.durationSec);
    });
    text = transcript.text.trim();
  });
  return { text, tookSec };
}

/**
 * A recording for checks as mono 16 kHz samples.
 * @param path relative to the page
 * @throws SottoError 'bad-request'; the signal's reason when aborted
 */
export async function fetchSamples(
  signal: AbortSignal,
  path: string,
): Promise<Float32Array<ArrayBuffer>> {
  try {
    const response = await fetch(new URL(path, document.baseURI), { signal });
    if (!response.ok) throw new Error(`HTTP ${String(response.status)} for ${response.url}`);
    const blocks: Float32Array<ArrayBuffer>[] = [];
    const ignore = (): void => undefined;
    for await (const block of decodeFile(signal, await response.blob(), {}, ignore))
      blocks.push(block);
    return new Float32Array(await new Blob(blocks).arrayBuffer());
  } catch (thrown) {
    signal.throwIfAborted();
    const message =
      'The recording for the check could not be read. Reload the page and check again.';
    throw new SottoError('bad-request', message, String(thrown));
  }
}

/** Seconds that some work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return Math.max(0.001, (performance.now() - startMs) / 1000);
}

async function* once<T>(value: T): AsyncGenerator<T, void, void> {
  yield value;
}
