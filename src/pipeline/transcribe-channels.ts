import { WINDOW_SAMPLES } from '../core/audio-constants';
import type { CaptureChannel } from '../core/capture';
import { mergeSides } from '../core/conversation';
import type { DecodingOptions } from '../core/decoding-options';
import type { Transcript } from '../core/transcript';
import type { SpeechRegion } from '../core/voice-activity';
import { readPcm16 } from '../core/wave';
import { RecordingFile } from '../store/recording-file';
import { ChannelsProgress } from './channels-progress';
import { loadSurviving } from './load-surviving';
import { sharedAsrClient } from './shared-client';
import type { FileEvent, FileOptions } from './transcribe-file';
import { transcribeSurviving } from './transcribe-surviving';

type Blocks = AsyncGenerator<Float32Array<ArrayBuffer>, void, void>;

/**
 * A side is silent while the other one speaks, and Whisper dates speech after silence too early and finds words in
 * silence: windows have to begin where speech does.
 */
const SIDE_DECODING: Partial<DecodingOptions> = { vadFilter: true };

export interface ChannelsOptions extends FileOptions {
  /** Hears only these channels, and of each only this stretch; absent is all. */
  readonly regions?: ReadonlyMap<CaptureChannel, SpeechRegion>;
}

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
  options: ChannelsOptions,
  onEvent: (event: FileEvent) => void,
  client = sharedAsrClient(),
): Promise<Transcript> {
  const { channels, frames, sampleRateHz } = file.manifest;
  const durationSec = frames / sampleRateHz;
  onEvent({ kind: 'decode', decodedSec: 0, durationSec });
  let ready = await loadSurviving(signal, client, options.model, onEvent);
  onEvent({ kind: 'model', model: ready.model });
  const heard = channels.filter((channel) => options.regions?.has(channel) ?? true);
  const progress = new ChannelsProgress(heard, onEvent, options.soFar);
  for (const channel of heard.slice(progress.sides.length)) {
    const { soFar, tell } = progress.begin();
    const region = options.regions?.get(channel);
    const clip = region && { clipTimestampsSec: [region.startSec, region.endSec] };
    const decoding = { ...SIDE_DECODING, ...options.decoding, ...clip };
    const open = (): Blocks => readChannel(signal, file, channel, region?.endSec);
    const request = { decoding, ...(soFar && { soFar }) };
    const done = await transcribeSurviving(signal, client, ready, open, request, tell);
    ({ ready } = done);
    progress.finish(done.transcript);
  }
  return mergeSides(progress.sides);
}

async function* readChannel(
  signal: AbortSignal,
  file: RecordingFile,
  channel: CaptureChannel,
  untilSec = Infinity,
): Blocks {
  const { channels, sampleRateHz } = file.manifest;
  const frames = Math.min(file.manifest.frames, Math.ceil(untilSec * sampleRateHz));
  for (let start = 0; start < frames; start += WINDOW_SAMPLES) {
    const pcm = await file.readFrames(start, Math.min(frames, start + WINDOW_SAMPLES));
    signal.throwIfAborted();
    yield readPcm16(pcm, channels.indexOf(channel), channels.length);
  }
}
