import { decodeMono16k, type DecodedInfo } from '../audio/decode';
import { SAMPLE_RATE_HZ } from '../core/audio-constants';
import { clock } from '../core/clock';
import { SottoError, toSottoError, type ErrorCode } from '../core/errors';
import type { MediaBlock, MediaInfo } from '../core/media-api';
import { endsEarly } from '../core/media-length';
import { MediaClient, type OpenMedia } from '../rpc/media-client';

/** What a caller accepts. An absent field is no limit. */
export interface DecodeLimits {
  readonly maxBytes?: number;
  /** A longer file is refused where it says its length, else cut off there. */
  readonly maxSec?: number;
}

/** Not all of the sound could be read. What was read is good. Times are seconds in the source. */
export interface Truncated {
  readonly kind: 'truncated';
  /** 'short': ends before the promised length; 'damaged': some places are silence; 'limit': the caller's. */
  readonly reason: 'short' | 'damaged' | 'limit';
  readonly endSec: number;
  /** The length that the file promises; null where it promises none. */
  readonly declaredSec: number | null;
}

/** What becomes known of a file while it is decoded; 'info' comes first. */
export type DecodeEvent =
  { readonly kind: 'info'; readonly info: MediaInfo | DecodedInfo } | Truncated;

/** Some decoders of browsers (Vorbis in WebKitGTK) take a file and never give anything: time until that is believed. */
const FIRST_BLOCK_MS = 20_000;

type OnEvent = (event: DecodeEvent) => void;
type Blocks = AsyncGenerator<Float32Array<ArrayBuffer>, void, void>;

/** Failures that another decoder would meet as well. */
const FINAL: ReadonlySet<ErrorCode> = new Set(['encrypted', 'no-audio', 'too-long']);

const FILE_GONE =
  'This file cannot be read. It was moved, changed or deleted, or it is a folder: choose it again.';

/**
 * The sound of an audio or video file as mono 16 kHz blocks of at most 30 s, the mean of all channels of its first
 * sound track, on the clock of a player. Read as it is asked for, in a worker and in bounded memory; what the
 * worker cannot read is left to the browser as a whole.
 *
 * @throws SottoError before the first block where the file cannot be used; the signal's reason when aborted
 */
export async function* decodeFile(
  signal: AbortSignal,
  file: Blob,
  limits: DecodeLimits,
  onEvent: OnEvent,
  client = new MediaClient(),
): Blocks {
  signal.throwIfAborted();
  requireSize(file, limits);
  const opening = await openMedia(signal, file, client);
  try {
    if (opening.info) {
      requireLength(opening.info, limits);
      onEvent({ kind: 'info', info: opening.info });
    }
    const blocks = opening.media
      ? streamed(signal, opening.media, opening.first, onEvent)
      : decodedWhole(signal, file, opening, onEvent);
    yield* cutAt(limits.maxSec ?? Infinity, blocks, onEvent);
  } catch (thrown) {
    signal.throwIfAborted();
    throw (await isReadable(file))
      ? thrown
      : new SottoError('file-gone', FILE_GONE, String(thrown));
  } finally {
    opening.media?.close();
  }
}

type Opening =
  | { readonly media: OpenMedia; readonly info: MediaInfo; readonly first: MediaBlock }
  | { readonly media: null; readonly info: MediaInfo | null; readonly cause: SottoError };

/** Opens a file and decodes its first block: only then is it known that this decoder can. */
async function openMedia(signal: AbortSignal, file: Blob, client: MediaClient): Promise<Opening> {
  let media: OpenMedia | null = null;
  try {
    media = await client.open(signal, file);
    return { media, info: media.info, first: await firstBlock(signal, media) };
  } catch (thrown) {
    media?.close();
    signal.throwIfAborted();
    return { media: null, info: media?.info ?? null, cause: toSottoError(thrown) };
  }
}

async function firstBlock(signal: AbortSignal, media: OpenMedia): Promise<MediaBlock> {
  const late = AbortSignal.timeout(FIRST_BLOCK_MS);
  try {
    return await media.next(AbortSignal.any([signal, late]));
  } catch (thrown) {
    if (!late.aborted) throw thrown;
    const message =
      'This browser cannot decode the sound of this file. Convert it to MP3 or WAV, then choose it again.';
    throw new SottoError('not-media', message, 'The decoder gave nothing.');
  }
}

async function* streamed(
  signal: AbortSignal,
  media: OpenMedia,
  first: MediaBlock,
  onEvent: OnEvent,
): Blocks {
  let block = first;
  for (; block.kind === 'samples'; block = await media.next(signal)) yield block.samples;
  const { outcome, endSec } = block;
  const { declaredSec } = media.info;
  if (outcome !== 'complete') onEvent({ kind: 'truncated', reason: outcome, endSec, declaredSec });
}

async function* decodedWhole(
  signal: AbortSignal,
  file: Blob,
  { info, cause }: { readonly info: MediaInfo | null; readonly cause: SottoError },
  onEvent: OnEvent,
): Blocks {
  if (FINAL.has(cause.code)) throw cause;
  const onInfo = (found: DecodedInfo): void => {
    if (!info) onEvent({ kind: 'info', info: found });
  };
  let samples = 0;
  try {
    for await (const block of decodeMono16k(signal, file, onInfo, info)) {
      samples += block.length;
      yield block;
    }
  } catch (thrown) {
    signal.throwIfAborted();
    // The worker knows better what is wrong with the file than a decoder that only says no.
    throw toSottoError(thrown).code === 'too-large' ? thrown : cause;
  }
  const endSec = samples / SAMPLE_RATE_HZ;
  const declaredSec = info?.declaredSec ?? null;
  if (endsEarly(endSec, declaredSec))
    onEvent({ kind: 'truncated', reason: 'short', endSec, declaredSec });
}

/** Most files say how long they are and are refused before; the others end at the limit. */
async function* cutAt(maxSec: number, blocks: Blocks, onEvent: OnEvent): Blocks {
  let leftSamples = Math.round(maxSec * SAMPLE_RATE_HZ);
  for await (const block of blocks) {
    if (block.length <= leftSamples) {
      leftSamples -= block.length;
      yield block;
      continue;
    }
    if (leftSamples > 0) yield block.slice(0, leftSamples);
    onEvent({ kind: 'truncated', reason: 'limit', endSec: maxSec, declaredSec: null });
    return;
  }
}

/** A file is only a name for what is on the disk, where it may be moved or changed while it waits. */
async function isReadable(file: Blob): Promise<boolean> {
  const read = file.slice(0, 1).arrayBuffer();
  return read.then(
    () => true,
    () => false,
  );
}

function requireSize(file: Blob, { maxBytes = Infinity }: DecodeLimits): void {
  if (file.size === 0)
    throw new SottoError('empty-file', 'This file is empty. Choose another file.');
  if (file.size <= maxBytes) return;
  const sizes = `${sizeText(file.size)}, the limit is ${sizeText(maxBytes)}`;
  throw new SottoError(
    'too-large',
    `This file is larger than your limit (${sizes}). Choose a smaller file or raise the limit.`,
  );
}

function requireLength({ declaredSec }: MediaInfo, { maxSec = Infinity }: DecodeLimits): void {
  if (declaredSec === null || declaredSec <= maxSec) return;
  const lengths = `${clock(Math.round(declaredSec))}, the limit is ${clock(maxSec)}`;
  throw new SottoError(
    'too-long',
    `This recording is longer than your limit (${lengths}). Cut it into parts or raise the limit.`,
  );
}

function sizeText(bytes: number): string {
  if (bytes < 1e6) return `${String(Math.ceil(bytes / 1000))} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
