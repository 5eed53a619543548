/** Events to the window. They travel by a port of their own, where the answer to the call would overtake them. */
export class ToldInOrder<Event> {
  readonly #onEvent: (event: Event) => unknown;
  #last: unknown = null;

  /** @param onEvent Comlink's proxy of it gives a promise that resolves when the window has had the event */
  constructor(onEvent: (event: Event) => unknown) {
    this.#onEvent = onEvent;
  }

  readonly tell = (event: Event): void => {
    this.#last = this.#onEvent(event);
    Promise.resolve(this.#last).catch(() => undefined);
  };

  /** Resolves when the window has had the last of them. */
  async arrival(): Promise<void> {
    await Promise.resolve(this.#last).catch(() => undefined);
  }
}
