import type { LoadedModel } from '../core/asr-api';
import type { Provenance } from '../core/transcript-document';
import type { FileOptions } from './transcribe-file';

/** What a transcript is made with, to be kept with it. */
export function describeProvenance(
  { decoding, audio }: FileOptions,
  { name, device, precision, files }: LoadedModel,
): Provenance {
  return { model: name, device, precision, files, decoding, audio: audio ?? {} };
}
