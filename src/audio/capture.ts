import {
  CAPTURE_PROCESSOR,
  type CaptureChannel,
  type CaptureCommand,
  type CaptureLevel,
  type CaptureMessage,
} from '../core/capture';
import { assertNever, SottoError } from '../core/errors';

export type CaptureEvent =
  | {
      readonly kind: 'block';
      /** Mono 16 kHz, one array for each of the capture's channels, all equally long; the receiver owns them. */
      readonly samples: readonly Float32Array<ArrayBuffer>[];
      /** One for each channel. */
      readonly levels: readonly CaptureLevel[];
    }
  /** The system or a switch on the device silences a channel; `muted: false` when it is heard again. */
  | { readonly kind: 'muted'; readonly channel: CaptureChannel; readonly muted: boolean }
  /** A channel ended by itself. The others go on; after the last one the capture ends as if stopped. */
  | { readonly kind: 'lost'; readonly channel: CaptureChannel; readonly error: SottoError };

/** Sound of one channel, as a browser gives it. */
export interface CaptureSource {
  readonly channel: CaptureChannel;
  readonly stream: MediaStream;
}

const LOST: Readonly<Record<CaptureChannel, readonly ['microphone-lost' | 'tab-lost', string]>> = {
  me: [
    'microphone-lost',
    'The microphone was disconnected. What was recorded until then is kept; connect it to record again.',
  ],
  them: ['tab-lost', 'Sharing has ended. What was recorded until then is kept.'],
};

/**
 * Live sound on its way to mono 16 kHz blocks of 100 ms, one channel a source. Owns the audio context, the
 * worklet node and the sources' tracks, and lets go of all of them when it ends.
 */
export class Capture {
  readonly channels: readonly CaptureChannel[];
  /** Settles after the last block: rejects with a SottoError where the audio thread failed. */
  readonly ended: Promise<void>;
  readonly #context: AudioContext;
  readonly #node: AudioWorkletNode;
  readonly #tracks: readonly MediaStreamTrack[];
  readonly #onEvent: (event: CaptureEvent) => void;
  /** Aborting it takes every listener off. */
  readonly #listening = new AbortController();
  readonly #settle: { resolve: () => void; reject: (error: SottoError) => void };
  /** Calls of pause that the worklet has not answered yet, the oldest first. */
  readonly #pauses: (() => void)[] = [];
  #live: number;

  /**
   * @param signal ends the capture at once: samples not yet delivered are dropped, no event follows
   * @param context with the capture worklet loaded, at whatever rate the browser chose; closed at the end
   * @param sources each with an audio track; their tracks are stopped at the end
   */
  constructor(
    signal: AbortSignal,
    context: AudioContext,
    sources: readonly CaptureSource[],
    onEvent: (event: CaptureEvent) => void,
  ) {
    this.#context = context;
    this.#onEvent = onEvent;
    this.channels = sources.map(({ channel }) => channel);
    this.#tracks = sources.flatMap(({ stream }) => stream.getTracks());
    this.#live = sources.length;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#settle = { resolve, reject };
    promise.catch(() => undefined);
    this.#node = new AudioWorkletNode(context, CAPTURE_PROCESSOR, {
      numberOfInputs: sources.length,
    });
    // It plays silence there: a node that leads nowhere need not be run.
    this.#node.connect(context.destination);
    sources.forEach(({ stream }, input) =>
      context.createMediaStreamSource(stream).connect(this.#node, 0, input),
    );
    this.#node.port.onmessage = ({ data }) => this.#receive(data as CaptureMessage);
    this.#node.onprocessorerror = () => this.#fail();
    for (const source of sources) this.#watch(source);
    signal.addEventListener('abort', () => this.#release(), this.#listening);
    // Rejects where the context is closed before it has started.
    context.resume().catch(() => undefined);
  }

  /** Drops what is heard from now on, until `resume`. Resolves when all that was heard before is delivered. */
  async pause(): Promise<void> {
    const paused = new Promise<void>((resolve) => this.#pauses.push(resolve));
    this.#command({ kind: 'pause' });
    await Promise.race([paused, this.ended]);
  }

  resume(): void {
    this.#command({ kind: 'resume' });
  }

  /** Ends the capture. Resolves when the last block was delivered and the devices are let go. */
  stop(): Promise<void> {
    this.#command({ kind: 'flush' });
    return this.ended;
  }

  #command(command: CaptureCommand): void {
    this.#node.port.postMessage(command);
  }

  #receive(message: CaptureMessage): void {
    switch (message.kind) {
      case 'block':
        this.#onEvent(message);
        return;
      case 'paused':
        this.#pauses.shift()?.();
        return;
      case 'ended':
        this.#release();
        return;
      default:
        assertNever(message);
    }
  }

  #watch({ channel, stream }: CaptureSource): void {
    const options = { signal: this.#listening.signal };
    for (const track of stream.getAudioTracks()) {
      const tell = (muted: boolean): void => this.#onEvent({ kind: 'muted', channel, muted });
      track.addEventListener('mute', () => tell(true), options);
      track.addEventListener('unmute', () => tell(false), options);
      track.addEventListener('ended', () => this.#lose(channel), options);
    }
  }

  #lose(channel: CaptureChannel): void {
    const [code, message] = LOST[channel];
    this.#onEvent({ kind: 'lost', channel, error: new SottoError(code, message) });
    this.#live--;
    if (this.#live === 0) void this.stop();
  }

  #fail(): void {
    const message = 'The recording stopped because of a fault in Sotto. Start it again.';
    this.#settle.reject(new SottoError('capture-failed', message, 'processorerror'));
    this.#release();
  }

  #release(): void {
    this.#listening.abort();
    this.#node.port.onmessage = null;
    this.#node.onprocessorerror = null;
    this.#node.port.close();
    for (const track of this.#tracks) track.stop();
    if (this.#context.state !== 'closed') void this.#context.close();
    this.#settle.resolve();
  }
}
