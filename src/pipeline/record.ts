import type { Capture, CaptureEvent } from '../audio/capture';
import { openMicrophone, openTabAudio, type MicrophoneOptions } from '../audio/microphone';
import { SAMPLE_RATE_HZ } from '../core/audio-constants';
import { CONVERSATION, type CaptureChannel, type CaptureLevel } from '../core/capture';
import { assertNever, toSottoError, type SottoError } from '../core/errors';
import { claimRecording } from '../store/recording-lock';
import { RecordingWriter } from '../store/recording-writer';
import { ChunkAssembler } from './assemble-chunks';
import { keptRecording, type KeptRecording } from './recover-recordings';
import type { RecordingSource } from './recording-sources';

export interface RecordOptions {
  readonly source: RecordingSource;
  readonly microphone: MicrophoneOptions;
}

/** What a running recording tells. */
export type RecordEvent =
  /** Ten times a second; one level a channel. */
  | {
      readonly kind: 'level';
      readonly levels: readonly CaptureLevel[];
      readonly recordedSec: number;
    }
  | { readonly kind: 'muted'; readonly channel: CaptureChannel; readonly muted: boolean }
  /** A channel ended by itself: all of it up to then is kept. After the last one the recording ends. */
  | { readonly kind: 'lost'; readonly channel: CaptureChannel; readonly error: SottoError }
  /** This device stores no more of it: the rest is in memory. Told once. */
  | { readonly kind: 'refused'; readonly error: SottoError };

/** A recording that has ended, by `stop` or by itself. */
export interface EndedRecording {
  readonly kept: KeptRecording;
  /** Why it ended, where the audio thread failed; what was heard until then is kept. */
  readonly error: SottoError | null;
}

const CHANNELS: Readonly<Record<RecordingSource, readonly CaptureChannel[]>> = {
  microphone: ['me'],
  tab: ['them'],
  both: CONVERSATION,
};

/** A running recording, kept on this device as it arrives. */
export class Recording {
  /** Resolves when the recording has ended and is kept. */
  readonly ended: Promise<EndedRecording>;
  readonly channels: readonly CaptureChannel[];
  readonly #capture: Capture;
  readonly #chunks: ChunkAssembler;

  /** @param release is called at the end */
  constructor(
    capture: Capture,
    chunks: ChunkAssembler,
    writer: RecordingWriter,
    release: () => void,
  ) {
    this.channels = capture.channels;
    this.#capture = capture;
    this.#chunks = chunks;
    this.ended = this.#keep(writer).finally(release);
  }

  /** Leaves out what is heard from now on. Resolves when all that was heard before is kept. */
  async pause(): Promise<void> {
    await this.#capture.pause();
    await this.#chunks.flush();
  }

  resume(): void {
    this.#capture.resume();
  }

  /** Ends the recording and keeps everything. */
  async stop(): Promise<EndedRecording> {
    await this.#capture.stop().catch(() => undefined);
    return this.ended;
  }

  async #keep(writer: RecordingWriter): Promise<EndedRecording> {
    let error: SottoError | null = null;
    try {
      await this.#capture.ended;
    } catch (thrown) {
      error = toSottoError(thrown, 'capture-failed');
    }
    await this.#chunks.flush();
    const { file, stored } = await writer.finish();
    return { kept: { ...keptRecording(file.manifest), file, stored }, error };
  }
}

/**
 * Starts to record. The browser asks the person first.
 *
 * @param signal aborting ends the recording at once, also while the person is still being asked
 * @throws SottoError those of openMicrophone and openTabAudio
 */
export async function startRecording(
  signal: AbortSignal,
  options: RecordOptions,
  onEvent: (event: RecordEvent) => void,
): Promise<Recording> {
  const channels = CHANNELS[options.source];
  const writer = new RecordingWriter(channels, (error) => onEvent({ kind: 'refused', error }));
  // Not awaited: sharing a tab has to be asked for within the click. The first chunk waits for it.
  const claim = claimRecording(writer.id);
  const chunks = new ChunkAssembler(channels.length, async (pcm) => {
    await claim;
    await writer.append(pcm);
  });
  try {
    const capture = await openCapture(signal, options, (event) => receive(event, chunks, onEvent));
    return new Recording(capture, chunks, writer, () => void claim.then((release) => release()));
  } catch (thrown) {
    void claim.then((release) => release());
    throw thrown;
  }
}

function openCapture(
  signal: AbortSignal,
  { source, microphone }: RecordOptions,
  onEvent: (event: CaptureEvent) => void,
): Promise<Capture> {
  switch (source) {
    case 'microphone':
      return openMicrophone(signal, microphone, onEvent);
    case 'tab':
      return openTabAudio(signal, {}, onEvent);
    case 'both':
      return openTabAudio(signal, { microphone }, onEvent);
    default:
      return assertNever(source);
  }
}

function receive(
  event: CaptureEvent,
  chunks: ChunkAssembler,
  onEvent: (event: RecordEvent) => void,
): void {
  if (event.kind !== 'block') {
    onEvent(event);
    return;
  }
  chunks.push(event.samples);
  const recordedSec = chunks.frames / SAMPLE_RATE_HZ;
  onEvent({ kind: 'level', levels: event.levels, recordedSec });
}
