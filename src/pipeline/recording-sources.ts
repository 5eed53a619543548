import { canShareTab, listMicrophones, type Microphone } from '../audio/microphone';

/** What is recorded: the microphone as "me", a tab or the system as "them", or both as two channels. */
export type RecordingSource = 'microphone' | 'tab' | 'both';

/** A microphone that can be chosen. */
export type MicrophoneChoice = Microphone;

/** The sources that this browser offers. */
export function recordingSources(): readonly RecordingSource[] {
  return canShareTab() ? ['microphone', 'tab', 'both'] : ['microphone'];
}

/** Tells the microphones there are, now and whenever one comes or goes, until aborted. */
export function watchMicrophones(
  signal: AbortSignal,
  onChange: (microphones: readonly MicrophoneChoice[]) => void,
): void {
  const tell = async (): Promise<void> => {
    const microphones = await listMicrophones().catch(() => []);
    if (!signal.aborted) onChange(microphones);
  };
  // Absent on pages without a secure context, whatever TypeScript says.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  devices?.addEventListener('devicechange', () => void tell(), { signal });
  void tell();
}
