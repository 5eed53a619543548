import { packResult, SottoError, type RpcResult } from '../../src/core/errors';
import type { InstallEvent } from '../../src/core/model-store-api';
import { ToldInOrder } from '../told-in-order';

/** Calls in progress, by the names that the window gave them. */
export class RunningCalls {
  readonly #calls = new Map<string, AbortController>();

  async run<T>(call: string, work: (abort: AbortController) => Promise<T>): Promise<RpcResult<T>> {
    const abort = new AbortController();
    this.#calls.set(call, abort);
    try {
      return await packResult(() => work(abort));
    } finally {
      this.#calls.delete(call);
    }
  }

  /** A call whose events have all reached the window before its answer does. */
  runTelling<T>(
    call: string,
    onEvent: (event: InstallEvent) => void,
    work: (abort: AbortController, tell: (event: InstallEvent) => void) => Promise<T>,
  ): Promise<RpcResult<T>> {
    const told = new ToldInOrder(onEvent);
    return this.run(call, (abort) => work(abort, told.tell).finally(() => told.arrival()));
  }

  cancel(call: string): void {
    this.#calls.get(call)?.abort(new SottoError('aborted', 'The download was stopped.'));
  }
}
