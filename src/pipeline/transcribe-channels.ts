import { WINDOW_SAMPLES } from '../core/audio-constants';
import type { CaptureChannel } from '../core/capture';
import { mergeSides } from '../core/conversation';
import type { DecodingOptions } from '../core/decoding-options';
import type { Transcript } from '../core/transcript';
import { readPcm16 } from '../core/wave';
import { RecordingFile } from '../store/recording-file';
import { ChannelsProgress } from './channels-progress';
import { loadSurviving } from './load-surviving';
import { sharedAsrClient } from './shared-client';
import type { FileEvent, FileOptions } from './transcribe-file';
import { transcribeSurviving } from './transcribe-surviving';

type Blocks = AsyncGenerator<Float32Array<ArrayBuffer>, void, void>;

const SPEAKERS: Readonly<Record<CaptureChannel, string>> = { me: 'Me', them: 'Them' };

/**
 * A side is silent while the other one speaks, and Whisper dates speech after silence too early and finds words in
 * silence: windows have to begin where speech does.
 */
const SIDE_DECODING: Partial<DecodingOptions> = { vadFilter: true };

/** Is this a recording of ours in which every channel is one side of a conversation? */
export function isConversation(file: File): file is RecordingFile {
  return file instanceof RecordingFile && file.manifest.channels.length > 1;
}

/**
 * Turns each channel of a recording of ours into text by itself, one after another, and merges them by time, each
 * segment with its speaker. `options.limits` does not apply: the person made the recording here.
 *
 * @throws SottoError; the signal's reason when aborted
 */
export async function transcribeChannels(
  signal: AbortSignal,
  file: RecordingFile,
  options: FileOptions,
  onEvent: (event: FileEvent) => void,
  client = sharedAsrClient(),
): Promise<Transcript> {
  const { channels, frames, sampleRateHz } = file.manifest;
  const durationSec = frames / sampleRateHz;
  onEvent({ kind: 'decode', decodedSec: 0, durationSec });
  let ready = await loadSurviving(signal, client, options.model, onEvent);
  onEvent({ kind: 'model', model: ready.model });
  const decoding = { ...SIDE_DECODING, ...options.decoding };
  const speakers = channels.map((channel) => SPEAKERS[channel]);
  const progress = new ChannelsProgress(speakers, onEvent, options.soFar);
  for (const index of channels.keys()) {
    if (index < progress.sides.length) continue;
    const { soFar, tell } = progress.begin();
    const open = (): Blocks => readChannel(signal, file, index);
    const request = { decoding, ...(soFar && { soFar }) };
    const done = await transcribeSurviving(signal, client, ready, open, request, tell);
    ({ ready } = done);
    progress.finish(done.transcript);
  }
  return mergeSides(progress.sides);
}

async function* readChannel(signal: AbortSignal, file: RecordingFile, channel: number): Blocks {
  const { channels, frames } = file.manifest;
  for (let start = 0; start < frames; start += WINDOW_SAMPLES) {
    const pcm = await file.readFrames(start, start + WINDOW_SAMPLES);
    signal.throwIfAborted();
    yield readPcm16(pcm, channel, channels.length);
  }
}
