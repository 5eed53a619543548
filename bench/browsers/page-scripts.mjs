/** What is asked of the page: bodies of async functions, in the browser's own JavaScript. */

export const CHIP = `
  const chip = document.querySelector('[data-testid=model]');
  return chip?.dataset.state === 'ready' ? chip.textContent : '';`;

export const HAS = `
  const has = {
    isolated: crossOriginIsolated,
    'service worker': Boolean(navigator.serviceWorker),
    WebGPU: Boolean(navigator.gpu),
    AudioDecoder: 'AudioDecoder' in globalThis,
    'trusted types': 'trustedTypes' in globalThis,
  };
  return Object.keys(has).filter((name) => has[name]).join(', ');`;

export const TEXT = `
  const texts = [...document.querySelectorAll('[data-testid=segment-text]')];
  const error = document.querySelector('[data-testid=error]');
  if (!document.querySelector('[data-testid=done]')) return error?.textContent ?? '';
  return texts.map(({ textContent }) => textContent).join(' ');`;

export const KEPT = `
  const kept = (await (await caches.open('sotto-big-files')).keys()).map(({ url }) => url).join();
  return /\\.wasm/.test(kept) && /silero/.test(kept) && /decoder_model/.test(kept);`;

/** Saves the transcript on the page and gives the file's content. */
export const EXPORT = `
  const find = async (look) => {
    for (;;) {
      const found = look();
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  let saved = null;
  const create = URL.createObjectURL;
  URL.createObjectURL = (blob) => create.call(URL, (saved = blob));
  const button = (text) => () =>
    [...document.querySelectorAll('button')].find((one) => one.textContent.trim().startsWith(text));
  (await find(button('Export'))).click();
  (await find(() => document.querySelector('input[value=srt]'))).click();
  (await find(button('Save .srt'))).click();
  return (await find(() => saved)).text();`;
