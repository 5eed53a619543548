import { unpackResult, type RpcResult } from '../core/errors';
import { RunningWorker } from './running-worker';

/** Something that a worker of its own has open and reads block by block. */
export interface OpenInWorker<Info, Block> {
  readonly info: Info;
  /** The next block. @throws SottoError; the signal's reason when aborted */
  next(signal: AbortSignal): Promise<Block>;
  /** Ends the worker, wherever it is. */
  close(): void;
}

/** What is asked of the worker: `open` once, then `next`. */
interface OneFileApi<Info, Block> {
  open(): Promise<RpcResult<Info>>;
  next(): Promise<RpcResult<Block>>;
}

/**
 * Opens one thing in a worker that serves nothing else: ending the worker is then all it takes to stop, to free what
 * it holds, and to be rid of what broke it. Aborting ends it.
 * @param bind makes the two calls of the worker's API
 * @param crashMessage what people are told when the worker fails
 * @throws SottoError as `open` says, or 'worker-crashed'; the signal's reason when aborted
 */
export async function openInWorker<Api, Info, Block>(
  signal: AbortSignal,
  worker: Worker,
  bind: (api: Api) => OneFileApi<Info, Block>,
  crashMessage: string,
): Promise<OpenInWorker<Info, Block>> {
  const running = new RunningWorker<Api>(worker, crashMessage);
  const api = bind(running.api);
  const close = (): void => running.end('It was closed.');
  const answer = async <T>(until: AbortSignal, call: Promise<RpcResult<T>>): Promise<T> => {
    until.addEventListener('abort', close);
    try {
      if (until.aborted) close();
      return unpackResult(await running.answer(call));
    } catch (thrown) {
      until.throwIfAborted();
      throw thrown;
    } finally {
      until.removeEventListener('abort', close);
    }
  };
  try {
    const info = await answer(signal, api.open());
    return { info, next: (until) => answer(until, api.next()), close };
  } catch (thrown) {
    close();
    throw thrown;
  }
}
