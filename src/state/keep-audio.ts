import { recallSettings, rememberSettings } from '../pipeline/remembered-settings';

/** Does the file of a finished transcript stay on the device? */
export function keepsAudio(): boolean {
  return recallSettings().keepAudio;
}

export function setKeepsAudio(keepAudio: boolean): void {
  rememberSettings({ keepAudio });
}
