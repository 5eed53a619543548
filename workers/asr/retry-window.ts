import {
  decodeWithFallback,
  needsFallback,
  type WindowContext,
  type WindowInput,
  type WindowResult,
} from './decode-window';

/**
 * A second try at a window that came out without text although speech is heard in it: unprompted, since a
 * prompt may have led astray, and past the no-speech rule.
 * @returns null where that gives no text either, or none to be trusted
 */
export async function retryWindow(
  context: WindowContext,
  window: WindowInput,
  first: WindowResult,
): Promise<WindowResult | null> {
  const { temperatures } = context.options;
  // The same input at temperature 0 would give the same nothing.
  const spent = window.prompt.length === 0 && first.text === '' && first.temperature === 0;
  const left = spent ? temperatures.filter((temperature) => temperature > 0) : temperatures;
  if (left.length === 0) return null;
  const options = { ...context.options, temperatures: left, noSpeechThreshold: null };
  const [again] = await decodeWithFallback({ ...context, options }, [{ ...window, prompt: [] }]);
  return again!.text === '' || needsFallback(again!, options) ? null : again!;
}
