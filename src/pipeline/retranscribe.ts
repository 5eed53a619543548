import type { LoadedModel } from '../core/asr-api';
import { SAMPLE_RATE_HZ } from '../core/audio-constants';
import type { DecodingOptions } from '../core/decoding-options';
import { SottoError } from '../core/errors';
import type { Transcript } from '../core/transcript';
import type { SpeechRegion } from '../core/voice-activity';
import { decodeFile } from './decode-file';
import { loadSurviving } from './load-surviving';
import { sharedAsrClient } from './shared-client';
import { transcribeFile, type FileEvent, type FileOptions } from './transcribe-file';

/** What transcribing again came to. */
export interface Retranscript {
  readonly transcript: Transcript;
  readonly model: LoadedModel;
}

type Blocks = AsyncIterable<Float32Array<ArrayBuffer>>;

/**
 * Transcribes a stretch of a file again. The file is read up to the stretch's end, no further. A model that cannot time
 * words gives text without their times.
 * @param options `decoding.clipTimestampsSec` is set here
 * @returns segments with times in the source. @throws SottoError; the signal's reason when aborted
 */
export async function retranscribeRegion(
  signal: AbortSignal,
  file: File,
  region: SpeechRegion,
  options: FileOptions,
  onEvent: (event: FileEvent) => void,
  client = sharedAsrClient(),
): Promise<Retranscript> {
  const { startSec, endSec } = region;
  const decoding = { ...options.decoding, clipTimestampsSec: [startSec, endSec] };
  const { request: located, model } = await loadSurviving(signal, client, options.model, onEvent);
  onEvent({ kind: 'model', model });
  const work = (decodingNow: Partial<DecodingOptions>): Promise<Transcript> => {
    const read = decodeFile(signal, file, {}, (event) => {
      if (event.kind !== 'info') onEvent(event);
    });
    const request = { ...options, model: located, decoding: decodingNow };
    return client.transcribe(signal, blocksUntil(endSec, read), request, onEvent);
  };
  const transcript = await work(decoding).catch((thrown: unknown) => {
    const refused = thrown instanceof SottoError && thrown.code === 'bad-option';
    if (!refused || !decoding.wordTimestamps) throw thrown;
    return work({ ...decoding, wordTimestamps: false });
  });
  return { transcript, model };
}

/** Transcribes a whole file again, into another language or by another model. @throws SottoError */
export async function retranscribeWhole(
  signal: AbortSignal,
  file: File,
  options: FileOptions,
  onEvent: (event: FileEvent) => void,
  client = sharedAsrClient(),
): Promise<Retranscript> {
  let model: LoadedModel | null = null;
  const listen = (event: FileEvent): void => {
    if (event.kind === 'model') model = event.model;
    onEvent(event);
  };
  const transcript = await transcribeFile(signal, file, options, listen, client);
  if (!model) throw new Error('a transcript without a model');
  return { transcript, model };
}

async function* blocksUntil(
  endSec: number,
  blocks: Blocks,
): AsyncGenerator<Float32Array<ArrayBuffer>> {
  let left = Math.ceil(endSec * SAMPLE_RATE_HZ);
  for await (const block of blocks) {
    yield block.length <= left ? block : block.slice(0, left);
    left -= block.length;
    if (left <= 0) return;
  }
}
