/** Keys that scroll a page. */
const SCROLL_KEYS = new Set(['PageUp', 'PageDown', 'ArrowUp', 'ArrowDown', 'Home', 'End']);

/** Whether the page scrolls along with what is heard. Whoever scrolls by hand has it to themselves until they ask. */
export class Follow {
  on = $state(true);
  /** The bar that lies over the text, if any. */
  bar: HTMLElement | null = null;
  readonly #listeners = new AbortController();

  constructor() {
    const yieldTo = (type: string, isScroll: (event: Event) => boolean): void =>
      window.addEventListener(
        type,
        (event) => {
          if (isScroll(event)) this.on = false;
        },
        { passive: true, signal: this.#listeners.signal },
      );
    yieldTo('wheel', () => true);
    yieldTo('touchmove', (event) => !isInBar(event.target, this.bar));
    yieldTo('keydown', (event) => event instanceof KeyboardEvent && scrolls(event));
    yieldTo('pointerdown', (event) => event instanceof PointerEvent && isOnScrollbar(event));
  }

  /** Is all of it to be seen, with some room to read on? */
  isInView(element: Element | null): boolean {
    if (!element) return false;
    const { top, bottom } = (
      element.closest('[data-testid=segment]') ?? element
    ).getBoundingClientRect();
    const bar = this.bar?.getBoundingClientRect();
    const barIsAbove = bar !== undefined && bar.top < innerHeight / 2;
    const from = barIsAbove ? bar.bottom : 0;
    const to = bar && !barIsAbove ? bar.top : innerHeight;
    return top >= from && (bottom <= to - (to - from) / 8 || bottom - top > to - from);
  }

  dispose(): void {
    this.#listeners.abort();
  }
}

function isInBar(target: EventTarget | null, bar: HTMLElement | null): boolean {
  return target instanceof Node && (bar?.contains(target) ?? false);
}

/** Keys in fields and sliders move a caret or a thumb, and those of the list its focus, which follows. */
function scrolls({ key, target }: KeyboardEvent): boolean {
  return SCROLL_KEYS.has(key) && (target === document.body || isRow(target));
}

function isRow(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.dataset['row'] !== undefined;
}

function isOnScrollbar({ clientX }: PointerEvent): boolean {
  return clientX >= document.documentElement.clientWidth;
}
