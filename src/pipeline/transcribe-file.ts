import type { DeviceLost, LoadEvent, LoadRequest, TranscribeEvent } from '../core/asr-api';
import { SAMPLE_RATE_HZ } from '../core/audio-constants';
import type { AudioOptions } from '../core/audio-options';
import type { DecodingOptions } from '../core/decoding-options';
import type { GpuCheckEvent } from '../core/gpu-check';
import type { DecodedSoFar } from '../core/resume-point';
import type { Transcript } from '../core/transcript';
import { decodeFile, type DecodeLimits, type Truncated } from './decode-file';
import type { FetchEvent } from './open-link';
import { loadSurviving } from './load-surviving';
import { sharedAsrClient } from './shared-client';
import { transcribeSurviving, type ModelReady } from './transcribe-surviving';

type Blocks = AsyncGenerator<Float32Array<ArrayBuffer>, void, void>;

export interface FileOptions {
  readonly model: LoadRequest;
  readonly decoding: Partial<DecodingOptions>;
  readonly audio?: Partial<AudioOptions>;
  /** What the caller accepts; absent means anything. */
  readonly limits?: DecodeLimits;
  /** Reads no further: what comes later is not wanted. */
  readonly untilSec?: number;
  /** What an interrupted transcription of the same file had decoded: this one goes on there, and returns both. */
  readonly soFar?: DecodedSoFar;
}

/** What happens on the way from a file or link to its transcript. Times are seconds in the source. */
export type FileEvent =
  | FetchEvent
  | LoadEvent
  | TranscribeEvent
  | { readonly kind: 'decode'; readonly decodedSec: number; readonly durationSec: number | null }
  /** Not a failure: the transcript is of what there is. */
  | Truncated
  | ModelReady
  | GpuCheckEvent
  /** Not a failure: the job goes on. */
  | DeviceLost;

/**
 * Turns one audio or video file into timed text. Where WebGPU is lost on the way, the file is decoded again and the
 * rest of it transcribed on WASM.
 * @throws SottoError; the signal's reason when aborted
 */
export async function transcribeFile(
  signal: AbortSignal,
  file: File,
  options: FileOptions,
  onEvent: (event: FileEvent) => void,
  client = sharedAsrClient(),
): Promise<Transcript> {
  const opened: Blocks[] = [];
  const open = (): Blocks => {
    const blocks = decodeWithProgress(signal, file, options, onEvent);
    opened.push(blocks);
    return blocks;
  };
  try {
    // A file that cannot be read says so before a model is fetched for it.
    const blocks = open();
    const first = await blocks.next();
    const begun = continued(first, blocks);
    const ready = await loadSurviving(signal, client, options.model, onEvent);
    onEvent({ kind: 'model', model: ready.model });
    const waiting = [begun];
    const openBlocks = (): Blocks => waiting.pop() ?? open();
    const done = await transcribeSurviving(signal, client, ready, openBlocks, options, onEvent);
    return done.transcript;
  } finally {
    // Not awaited: after an abort the generator may still be waiting for the decoder.
    for (const blocks of opened) void blocks.return();
  }
}

async function* decodeWithProgress(
  signal: AbortSignal,
  file: File,
  { limits = {}, untilSec = Infinity }: FileOptions,
  onEvent: (event: FileEvent) => void,
): AsyncGenerator<Float32Array<ArrayBuffer>, void, void> {
  let decodedSec = 0;
  let durationSec: number | null = null;
  onEvent({ kind: 'decode', decodedSec, durationSec });
  const blocks = decodeFile(signal, file, limits, (event) => {
    if (event.kind === 'info') durationSec = event.info.durationSec;
    else onEvent(event);
  });
  for await (const block of blocks) {
    const left = Math.ceil((untilSec - decodedSec) * SAMPLE_RATE_HZ);
    decodedSec += block.length / SAMPLE_RATE_HZ;
    onEvent({ kind: 'decode', decodedSec, durationSec });
    yield block.length <= left ? block : block.slice(0, left);
    if (decodedSec >= untilSec) return;
  }
}

/** The rest of an iteration whose first result was taken already. */
async function* continued<T>(
  first: IteratorResult<T, void>,
  rest: AsyncGenerator<T, void, void>,
): AsyncGenerator<T, void, void> {
  if (first.done) return;
  yield first.value;
  yield* rest;
}
