// A worker to vite, so that the build compiles it into a file of its own: policy forbids blob: and data: modules.
import captureWorkletUrl from '../../workers/capture.worklet.ts?worker&url';
import { SottoError } from '../core/errors';
import { Capture, type CaptureEvent, type CaptureSource } from './capture';
import { microphoneError, tabError } from './capture-error';

/** Which microphone and what the browser does to its sound. What is left out is the browser's choice. */
export interface MicrophoneOptions {
  /** `id` of one that listMicrophones gave; the system's default where left out. */
  readonly deviceId?: string;
  /** Takes the speakers' sound out of the microphone's. Default true. */
  readonly echoCancellation?: boolean;
  /** Default true. */
  readonly noiseSuppression?: boolean;
  /** Evens out near and far voices. Default true. */
  readonly autoGainControl?: boolean;
}

export interface Microphone {
  readonly id: string;
  readonly label: string;
}

/**
 * Sound alone cannot be asked for. What was said must come as it is, without what helps a microphone.
 * `systemAudio` has Chromium offer the sound of a whole screen too; TypeScript does not know it yet.
 */
const SHARE_SOUND: DisplayMediaStreamOptions & { readonly systemAudio: 'include' } = {
  video: true,
  audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  systemAudio: 'include',
};

/** The microphones that can be chosen. Browsers tell none before the person has once allowed recording. */
export async function listMicrophones(): Promise<Microphone[]> {
  const devices = (await mediaDevices()?.enumerateDevices()) ?? [];
  return devices
    .filter(({ kind, deviceId }) => kind === 'audioinput' && deviceId !== '')
    .map(({ deviceId, label }) => ({ id: deviceId, label }));
}

/**
 * Records the microphone as channel "me". `onEvent` is called from the first block until `stop` resolves.
 *
 * @param signal aborting drops the recording at once, also while the person is still being asked
 * @throws SottoError 'microphone-refused', 'microphone-missing', 'microphone-busy', 'microphone-gone',
 *   'capture-unsupported' or 'capture-failed'
 */
export async function openMicrophone(
  signal: AbortSignal,
  options: MicrophoneOptions,
  onEvent: (event: CaptureEvent) => void,
): Promise<Capture> {
  return startCapture(signal, [await askMicrophone(signal, options)], onEvent);
}

/**
 * Records what a tab, window or screen plays as channel "them", after channel "me" where `microphone` is given.
 * The browser asks what to share, and does so only on a click.
 *
 * @throws SottoError those of openMicrophone, 'tab-refused', 'tab-busy', or 'tab-silent' where the person
 *   shared no sound
 */
export async function openTabAudio(
  signal: AbortSignal,
  options: { readonly microphone?: MicrophoneOptions },
  onEvent: (event: CaptureEvent) => void,
): Promise<Capture> {
  // The tab first: asking for the microphone would use up the click that sharing needs.
  const tab = await askTab(signal);
  if (!options.microphone) return startCapture(signal, [tab], onEvent);
  try {
    const microphone = await askMicrophone(signal, options.microphone);
    return await startCapture(signal, [microphone, tab], onEvent);
  } catch (thrown) {
    stopTracks(tab.stream);
    throw thrown;
  }
}

/** True where the browser can record a tab's or the system's sound; phones cannot. */
export function canShareTab(): boolean {
  return mediaDevices()?.getDisplayMedia !== undefined;
}

async function askMicrophone(
  signal: AbortSignal,
  { deviceId, ...processing }: MicrophoneOptions,
): Promise<CaptureSource> {
  const audio = {
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    ...processing,
    ...(deviceId === undefined ? {} : { deviceId: { exact: deviceId } }),
  };
  const ask = (devices: MediaDevices): Promise<MediaStream> => devices.getUserMedia({ audio });
  return { channel: 'me', stream: await askFor(signal, ask, microphoneError) };
}

async function askTab(signal: AbortSignal): Promise<CaptureSource> {
  const ask = (devices: MediaDevices): Promise<MediaStream> => {
    if (!canShareTab()) throw unsupported('This browser cannot record what a tab plays.');
    return devices.getDisplayMedia(SHARE_SOUND);
  };
  const shared = await askFor(signal, ask, tabError);
  for (const track of shared.getVideoTracks()) {
    track.stop();
    shared.removeTrack(track);
  }
  if (shared.getAudioTracks().length > 0) return { channel: 'them', stream: shared };
  throw new SottoError(
    'tab-silent',
    'What you shared comes without sound. Share again and turn on "Also share audio" in the dialog.',
  );
}

/** Asks the person. One who answers after the abort gives nothing away: the stream is closed again. */
async function askFor(
  signal: AbortSignal,
  ask: (devices: MediaDevices) => Promise<MediaStream>,
  toError: (thrown: unknown) => SottoError,
): Promise<MediaStream> {
  signal.throwIfAborted();
  const devices = mediaDevices();
  if (!devices)
    throw unsupported('This page may not record, because it was not opened over https.');
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const asked = ask(devices);
    asked.then(
      (stream) => signal.aborted && stopTracks(stream),
      () => undefined,
    );
    return await Promise.race([asked, aborted]);
  } catch (thrown) {
    signal.throwIfAborted();
    throw toError(thrown);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

async function startCapture(
  signal: AbortSignal,
  sources: readonly CaptureSource[],
  onEvent: (event: CaptureEvent) => void,
): Promise<Capture> {
  // At the device's own rate: Firefox refuses a microphone in a context of another one.
  const context = new AudioContext({ latencyHint: 'interactive' });
  try {
    await context.audioWorklet.addModule(captureWorkletUrl);
    signal.throwIfAborted();
    return new Capture(signal, context, sources, onEvent);
  } catch (thrown) {
    for (const { stream } of sources) stopTracks(stream);
    void context.close();
    signal.throwIfAborted();
    throw microphoneError(thrown);
  }
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Absent on pages without a secure context, whatever TypeScript says. */
function mediaDevices(): MediaDevices | undefined {
  return navigator.mediaDevices;
}

function unsupported(message: string): SottoError {
  return new SottoError(
    'capture-unsupported',
    `${message} Record with another app and open the file here.`,
  );
}
