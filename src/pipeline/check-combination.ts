import type { LoadEvent, LoadRequest } from '../core/asr-api';
import { SAMPLE_RATE_HZ } from '../core/audio-constants';
import type { Check } from '../core/check-recordings';
import { toSottoError } from '../core/errors';
import { judge, type Verdict } from '../core/verdict';
import { AsrClient } from '../rpc/asr-client';
import { fetchSamples, hearSamples, timed, type Heard } from './hear-recording';
import { loadRepaired } from './load-repaired';
import { locateModel } from './locate-model';

/** How far a check has come; fractions are between 0 and 1, null while the amount of work is unknown. */
export type CheckEvent =
  | { readonly kind: 'loading'; readonly fraction: number | null }
  | { readonly kind: 'listening'; readonly fraction: number | null };

/** What a check finds out. */
export type CheckResult = Pick<
  Verdict,
  'finding' | 'wordErrorRate' | 'speed' | 'loadSec' | 'heard' | 'problem'
>;

/** A first run on WebGPU compiles shaders. One that took less than this is timed again. */
const WARM_UP_SEC = 20;

/**
 * Runs a recording whose words are known through one model on one device, and compares. A worker of its own: what a
 * failed start leaves behind would spoil the next one.
 * @param request with the device and the precision to check
 * @returns 'failed' where the model could not be run
 * @throws SottoError where the recording could not be had; the signal's reason when aborted
 */
export async function checkCombination(
  signal: AbortSignal,
  request: LoadRequest,
  { recording, maxWordErrorRate }: Check,
  onEvent: (event: CheckEvent) => void,
): Promise<CheckResult> {
  const samples = await fetchSamples(signal, recording.path);
  const client = new AsrClient();
  try {
    onEvent({ kind: 'loading', fraction: null });
    const located = await locateModel(signal, request);
    const loadSec = await timed(() => loadRepaired(signal, client, located, tellLoading(onEvent)));
    const { language } = recording;
    const listen = (): Promise<Heard> => {
      onEvent({ kind: 'listening', fraction: null });
      return hearSamples(signal, client, { request: located, samples, language }, (fraction) =>
        onEvent({ kind: 'listening', fraction }),
      );
    };
    let heard = await listen();
    if (request.device === 'webgpu' && heard.tookSec < WARM_UP_SEC) heard = await listen();
    const speed = samples.length / SAMPLE_RATE_HZ / heard.tookSec;
    const verdict = judge(recording.text, heard.text, speed, maxWordErrorRate);
    const isAsSaid = verdict.wordErrorRate === 0;
    return { ...verdict, speed, loadSec, heard: isAsSaid ? '' : heard.text, problem: '' };
  } catch (thrown) {
    signal.throwIfAborted();
    const { message } = toSottoError(thrown);
    const nothing = { wordErrorRate: null, speed: null, loadSec: null, heard: '' };
    return { finding: 'failed', ...nothing, problem: message };
  } finally {
    client.dispose();
  }
}

function tellLoading(onEvent: (event: CheckEvent) => void): (event: LoadEvent) => void {
  return (event) => {
    const isSized = event.kind === 'download' && event.totalBytes > 0;
    const fraction = isSized ? event.loadedBytes / event.totalBytes : null;
    onEvent({ kind: 'loading', fraction });
  };
}
