import { SottoError, type ErrorCode } from '../core/errors';

type Failure = readonly [code: ErrorCode, message: string];

/** By DOMException name. Source: Media Capture and Streams, getUserMedia. */
const MICROPHONE_FAILURES: Readonly<Record<string, Failure>> = {
  NotAllowedError: [
    'microphone-refused',
    "The browser does not let Sotto use the microphone. Allow it in the browser's settings for this site, then try again.",
  ],
  NotFoundError: ['microphone-missing', 'No microphone was found. Connect one, then try again.'],
  NotReadableError: [
    'microphone-busy',
    'The microphone is there but gives no sound; another app may be holding it. Close that app, then try again.',
  ],
  OverconstrainedError: [
    'microphone-gone',
    'The microphone you chose is no longer connected. Connect it or choose another.',
  ],
};

/** By DOMException name. Source: Screen Capture, getDisplayMedia. */
const TAB_FAILURES: Readonly<Record<string, Failure>> = {
  NotAllowedError: [
    'tab-refused',
    'Nothing was shared. Try again and choose a tab or a screen to share.',
  ],
  NotFoundError: ['tab-silent', 'There is nothing to share here. Open the tab you want to record.'],
  NotReadableError: [
    'tab-busy',
    'The system does not let the browser record that tab or screen. Choose another one.',
  ],
};

/** What getUserMedia threw, as a sentence. */
export function microphoneError(thrown: unknown): SottoError {
  return captureError(thrown, MICROPHONE_FAILURES);
}

/** What getDisplayMedia threw, as a sentence. */
export function tabError(thrown: unknown): SottoError {
  return captureError(thrown, TAB_FAILURES);
}

function captureError(thrown: unknown, failures: Readonly<Record<string, Failure>>): SottoError {
  if (thrown instanceof SottoError) return thrown;
  const name = thrown instanceof Error ? thrown.name : '';
  // Older browsers say SecurityError where a page's policy forbids what a person would be asked.
  const [code, message] = failures[name === 'SecurityError' ? 'NotAllowedError' : name] ?? [
    'capture-failed',
    'The recording could not be started. Reload the page, then try again.',
  ];
  return new SottoError(code, message, String(thrown));
}
