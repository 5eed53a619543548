/** The contract between the window and workers/capture.worklet.ts. */
export const CAPTURE_PROCESSOR = 'capture';
/** Samples at 16 kHz in every block but the one before a pause and the last: 100 ms. */
export const CAPTURE_BLOCK_SAMPLES = 1600;

/** Whom a channel carries: the microphone is "me", a tab or the system is "them". */
export type CaptureChannel = 'me' | 'them';

/** The channels of a recording of both sides, in order. */
export const CONVERSATION: readonly CaptureChannel[] = ['me', 'them'];

/** Loudness of a block's samples: 0 is silence, 1 is full scale. */
export interface CaptureLevel {
  readonly peak: number;
  /** Root mean square. */
  readonly rms: number;
}

export type CaptureCommand =
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  /** Ends the capture: the remaining samples come, then 'ended'. */
  | { readonly kind: 'flush' };

export type CaptureMessage =
  | {
      readonly kind: 'block';
      /** One array of 16 kHz samples for each input of the node, all equally long; owned by the receiver. */
      readonly samples: readonly Float32Array<ArrayBuffer>[];
      /** One for each input. */
      readonly levels: readonly CaptureLevel[];
    }
  /** Answers 'pause': every sample heard before it was sent. */
  | { readonly kind: 'paused' }
  | { readonly kind: 'ended' };
