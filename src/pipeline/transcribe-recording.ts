import type { Transcript } from '../core/transcript';
import { sharedAsrClient } from './shared-client';
import { isConversation, transcribeChannels } from './transcribe-channels';
import { transcribeFile, type FileEvent, type FileOptions } from './transcribe-file';

/**
 * Turns a file into timed text: a conversation each side by itself, any other as one.
 * @throws SottoError; the signal's reason when aborted
 */
export function transcribeRecording(
  signal: AbortSignal,
  file: File,
  options: FileOptions,
  onEvent: (event: FileEvent) => void,
  client = sharedAsrClient(),
): Promise<Transcript> {
  return isConversation(file)
    ? transcribeChannels(signal, file, options, onEvent, client)
    : transcribeFile(signal, file, options, onEvent, client);
}
