/** Keys that scroll a page. */
const SCROLL_KEYS = new Set(['PageUp', 'PageDown', 'ArrowUp', 'ArrowDown', 'Home', 'End']);

/** Whether the page scrolls along with what is heard. Whoever scrolls by hand has it to themselves until they ask. */
export class Follow {
  on = $state(true);
  /** What lies over the text, at the window's top and bottom. */
  bars: readonly HTMLElement[] = [];
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
    yieldTo('touchmove', ({ target }) => !this.#isInBar(target));
    yieldTo('keydown', (event) => event instanceof KeyboardEvent && scrolls(event));
    yieldTo('pointerdown', (event) => event instanceof PointerEvent && isOnScrollbar(event));
  }

  /** Is all of it to be seen, with some room to read on? */
  isInView(element: Element | null): boolean {
    if (!element) return false;
    const row = element.closest('[data-testid=segment]') ?? element;
    const { top, bottom } = row.getBoundingClientRect();
    const places = this.bars.map((bar) => bar.getBoundingClientRect());
    const above = places.filter((place) => place.top < innerHeight / 2);
    const below = places.filter((place) => place.top >= innerHeight / 2);
    const from = Math.max(0, ...above.map((place) => place.bottom));
    const to = Math.min(innerHeight, ...below.map((place) => place.top));
    return top >= from && (bottom <= to - (to - from) / 8 || bottom - top > to - from);
  }

  #isInBar(target: EventTarget | null): boolean {
    return target instanceof Node && this.bars.some((bar) => bar.contains(target));
  }

  dispose(): void {
    this.#listeners.abort();
  }
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
