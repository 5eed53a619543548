import type { LoadedModel } from '../core/asr-api';
import type { DecodingOptions } from '../core/decoding-options';
import { regionOf, regionsOfSides, withRoom, type Spoken } from '../core/edit-region';
import { toSottoError } from '../core/errors';
import type { Segment, Transcript } from '../core/transcript';
import { sharedAsrClient } from './shared-client';
import { isConversation, transcribeChannels } from './transcribe-channels';
import { transcribeFile, type FileEvent, type FileOptions } from './transcribe-file';
import { transcribeRecording } from './transcribe-recording';

/** What transcribing again came to. */
export interface Retranscript {
  readonly transcript: Transcript;
  readonly model: LoadedModel;
}

/** What is to be transcribed again, and what there is. */
export interface ChosenSpeech {
  /** At least one. */
  readonly spoken: readonly Spoken[];
  /** The segments of the whole transcript. */
  readonly all: readonly Segment[];
}

type OnEvent = (event: FileEvent) => void;

/**
 * Transcribes some of the speech again; of a conversation only the sides that say it, each by itself. The file is read up
 * to its end, no further. A model that cannot time words gives text without their times.
 * @param options `decoding.clipTimestampsSec` is set here
 * @returns segments with times in the source. @throws SottoError; the signal's reason when aborted
 */
export function retranscribeSpeech(
  signal: AbortSignal,
  file: File,
  { spoken, all }: ChosenSpeech,
  options: FileOptions,
  onEvent: OnEvent,
  client = sharedAsrClient(),
): Promise<Retranscript> {
  const own = regionOf(spoken);
  if (!own) throw new Error('no speech to transcribe again');
  const { startSec, endSec } = withRoom(own, all);
  const regions = regionsOfSides(spoken, all);
  const work = (decoding: Partial<DecodingOptions>): Promise<Retranscript> =>
    withModel(onEvent, (tell) => {
      const now = { ...options, decoding };
      if (isConversation(file))
        return transcribeChannels(signal, file, { ...now, regions }, tell, client);
      const clip = { ...decoding, clipTimestampsSec: [startSec, endSec] };
      const request = { ...now, decoding: clip, untilSec: endSec };
      return transcribeFile(signal, file, request, tell, client);
    });
  return work(options.decoding).catch((thrown: unknown) => {
    const refused = toSottoError(thrown).code === 'bad-option';
    if (signal.aborted || !refused || !options.decoding.wordTimestamps) throw thrown;
    return work({ ...options.decoding, wordTimestamps: false });
  });
}

/** Transcribes a whole file again, into another language or by another model. @throws SottoError */
export function retranscribeWhole(
  signal: AbortSignal,
  file: File,
  options: FileOptions,
  onEvent: OnEvent,
  client = sharedAsrClient(),
): Promise<Retranscript> {
  return withModel(onEvent, (tell) => transcribeRecording(signal, file, options, tell, client));
}

/** The transcript with the model that wrote its end. */
async function withModel(
  onEvent: OnEvent,
  transcribe: (tell: OnEvent) => Promise<Transcript>,
): Promise<Retranscript> {
  let model: LoadedModel | null = null;
  const transcript = await transcribe((event) => {
    if (event.kind === 'model') model = event.model;
    onEvent(event);
  });
  if (!model) throw new Error('a transcript without a model');
  return { transcript, model };
}
