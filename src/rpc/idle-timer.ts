/** Acts once nothing has been at work for a while. */
export class IdleTimer {
  readonly #idleMs: () => number | null;
  readonly #onIdle: () => void;
  #atWork = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param idleMs asked each time that work ends; null is never */
  constructor(idleMs: () => number | null, onIdle: () => void) {
    this.#idleMs = idleMs;
    this.#onIdle = onIdle;
  }

  get isAtWork(): boolean {
    return this.#atWork > 0;
  }

  begin(): void {
    this.#atWork++;
    clearTimeout(this.#timer);
  }

  end(): void {
    this.#atWork--;
    this.restart();
  }

  /** Waits anew, by the time that holds now. */
  restart(): void {
    clearTimeout(this.#timer);
    const idleMs = this.#idleMs();
    if (this.#atWork === 0 && idleMs !== null) this.#timer = setTimeout(this.#onIdle, idleMs);
  }
}
