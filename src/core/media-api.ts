import type { RpcResult } from './errors';

/** One sound track of a file, as the file describes it. */
export interface MediaTrack {
  readonly codec: string;
  readonly channels: number;
  readonly sampleRateHz: number;
  /** ISO 639-2; 'und' where the file does not say. */
  readonly language: string;
  readonly name: string | null;
}

/** What a file says of itself. The first track is the one that is read. */
export interface MediaInfo {
  readonly container: string;
  readonly codec: string;
  readonly channels: number;
  readonly sampleRateHz: number;
  /** For progress. Some files only let it be guessed; null where not even that. */
  readonly durationSec: number | null;
  /** The length that the file promises, and should hold; null where it promises none. */
  readonly declaredSec: number | null;
  /** When the sound begins. Time 0 is where a player starts; silence is put in front of a later sound. */
  readonly startSec: number;
  readonly tracks: readonly MediaTrack[];
}

/** The next piece of a file. Times are seconds in the source. */
export type MediaBlock =
  /** Mono 16 kHz in [-1, 1], at most 30 s, directly after the block before. */
  | { readonly kind: 'samples'; readonly samples: Float32Array<ArrayBuffer> }
  /** The last one. */
  | ({ readonly kind: 'end' } & MediaEnd);

/** Where the sound ended, and whether it should have. */
export interface MediaEnd {
  readonly endSec: number;
  /** 'short': less sound than promised. 'damaged': places that cannot be decoded are silence. */
  readonly outcome: 'complete' | 'short' | 'damaged';
  /** Technical text about damage, else ''. */
  readonly details: string;
}

/**
 * The contract between the window and the media worker, which reads one file in its life: `open`, then `next`
 * until its answer is the end. Nothing is read ahead of `next` but a few packets, so whoever calls sets the pace.
 *
 * `Source` is Blob on both sides; this layer has no name for it.
 */
export interface MediaApi<Source> {
  /** @returns 'not-media', 'no-audio', 'no-index' or 'encrypted' where the file cannot be used */
  open(file: Source): Promise<RpcResult<MediaInfo>>;

  /** @returns 'unknown-codec', 'encrypted', 'no-samples' or 'not-media' instead of the first block */
  next(): Promise<RpcResult<MediaBlock>>;

  /** Lets go of the file and its decoder. */
  close(): Promise<void>;
}
