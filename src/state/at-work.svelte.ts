/**
 * What the page works at besides its queue, such as checks and transcribing again: an update or a device that falls
 * asleep would end it.
 */
class AtWork {
  #tasks = $state(0);

  get any(): boolean {
    return this.#tasks > 0;
  }

  /** Counts a piece of work until it has ended, however it ends. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#tasks++;
    try {
      return await work();
    } finally {
      this.#tasks--;
    }
  }
}

/** The page's one. */
export const atWork = new AtWork();
