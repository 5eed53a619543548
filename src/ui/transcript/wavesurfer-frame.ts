import Renderer from 'wavesurfer.js/dist/renderer.js';

/*
 * wavesurfer.js 8 writes its frame as markup with a <style> element, and asks for a nonce where a policy forbids those.
 * A page of static files has no nonce to give, so the frame is built here, node by node, with a constructed style
 * sheet, which `style-src 'self'` allows. package.json pins the version; tests/e2e/editor.spec.ts fails where the
 * policy has anything to report.
 */

const SHEET = `
:host { user-select: none; min-width: 1px; }
.scroll { overflow: hidden; width: 100%; position: relative; }
.noScrollbar { scrollbar-width: none; }
.wrapper { position: relative; overflow: visible; z-index: 2; }
.canvases { pointer-events: none; }
.canvases > div, .progress > div { position: relative; }
canvas { display: block; position: absolute; top: 0; }
.progress { pointer-events: none; position: absolute; z-index: 2; inset: 0 auto auto 0; width: 0; height: 100%; overflow: hidden; }
.cursor { pointer-events: none; position: absolute; z-index: 5; inset: 0 auto auto 0; height: 100%; border-radius: 2px; }
`;

let sheet: CSSStyleSheet | null = null;

function buildFrame(): [host: HTMLElement, shadow: ShadowRoot] {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(SHEET);
  }
  const part = (name: string, ...children: Node[]): HTMLElement => {
    const element = document.createElement('div');
    element.className = name;
    element.part.add(name);
    element.append(...children);
    return element;
  };
  const host = document.createElement('div');
  const shadow = host.attachShadow({ mode: 'open' });
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(
    part('scroll', part('wrapper', part('canvases'), part('progress'), part('cursor'))),
  );
  return [host, shadow];
}

/** Makes wavesurfer build its frame so that the page's policy allows it. */
export function adoptFrame(): void {
  // Private to wavesurfer, hence unknown to its types.
  const prototype = Renderer.prototype as unknown as { initHtml: typeof buildFrame };
  prototype.initHtml = buildFrame;
}
