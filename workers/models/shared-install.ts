import { SottoError, toSottoError } from '../../src/core/errors';
import { downloadLock } from '../../src/core/model-messages';
import type { InstallEvent, InstallRequest } from '../../src/core/model-store-api';
import { installModel, type InstallContext } from './install-model';
import { ModelChannel, tellTabs } from './model-channel';
import type { ModelDatabase } from './model-database';
import { withModelLock } from './model-lock';

/** Downloads of which one runs at a time for each model in all tabs of this site; the others follow it. */
export class SharedInstalls {
  /** Those that this worker runs, by model: where storage is blocked no tab can be asked to pause but this one. */
  readonly #running = new Map<string, AbortController>();

  /**
   * Downloads what is missing of a model, or follows the tab that does and takes over if that one dies.
   * @throws SottoError also where the followed download failed or was paused
   */
  async install(
    abort: AbortController,
    context: InstallContext,
    request: InstallRequest,
  ): Promise<void> {
    const { databaseName } = context.settings;
    const hearing = new ModelChannel(databaseName);
    let isFollowing = false;
    hearing.listen((message) => {
      if (message.kind === 'change' || message.model !== request.id) return;
      if (message.kind === 'event' && isFollowing) context.onEvent(message.event);
      if (message.kind === 'pause') this.#stop(request.id);
    });
    const work = async (): Promise<void> => {
      if (isFollowing) await throwFailureOf(context.database, request.id);
      isFollowing = false;
      this.#running.set(request.id, abort);
      const { signal } = abort;
      await whileTelling(signal, context, request.id, (telling) =>
        download(signal, telling, request),
      );
    };
    try {
      await withModelLock(abort.signal, lockName(databaseName, request.id), work, () => {
        isFollowing = true;
        context.onEvent({ kind: 'elsewhere' });
      });
    } finally {
      hearing.close();
      if (this.#running.get(request.id) === abort) this.#running.delete(request.id);
    }
  }

  /** Stops a model's download in whichever tab runs it. */
  pause(databaseName: string, model: string): void {
    this.#stop(model);
    tellTabs(databaseName, { kind: 'pause', model });
  }

  #stop(model: string): void {
    this.#running.get(model)?.abort(paused());
  }
}

/** Name of the lock that whoever changes a model holds. */
export function lockName(databaseName: string, model: string): string {
  return `sotto-model ${databaseName} ${model}`;
}

/** Runs what stores a model under the lock that says so, and tells the other tabs of it. */
export function whileTelling(
  signal: AbortSignal,
  context: InstallContext,
  model: string,
  work: (telling: InstallContext) => Promise<void>,
): Promise<void> {
  const { databaseName } = context.settings;
  return withModelLock(signal, downloadLock(databaseName, model), async () => {
    const channel = new ModelChannel(databaseName);
    const onEvent = (event: InstallEvent): void => {
      context.onEvent(event);
      channel.send({ kind: 'event', model, event });
    };
    await work({ ...context, onEvent }).finally(() => channel.close());
  });
}

/** Runs the download, and notes how it failed for those that follow. */
async function download(
  signal: AbortSignal,
  context: InstallContext,
  request: InstallRequest,
): Promise<void> {
  const { database } = context;
  const earlier = await database.model(request.id);
  if (earlier?.failure) await database.putModel({ ...earlier, failure: null });
  try {
    await installModel(signal, context, request);
  } catch (thrown) {
    await noteFailure(database, request.id, signal.aborted ? paused() : toSottoError(thrown));
    throw thrown;
  }
}

async function noteFailure(
  database: ModelDatabase,
  model: string,
  { code, message, details }: SottoError,
): Promise<void> {
  const record = await database.model(model).catch(() => undefined);
  if (!record) return;
  const failure = { code, message, details };
  // Where even this cannot be written, whoever follows tries and fails by itself.
  await database.putModel({ ...record, failure }).catch(() => undefined);
}

/** The tab that was followed said why it stopped; one that died said nothing, and its work is taken over. */
async function throwFailureOf(database: ModelDatabase, model: string): Promise<void> {
  const failure = (await database.model(model))?.failure;
  if (failure) throw new SottoError(failure.code, failure.message, failure.details);
}

function paused(): SottoError {
  return new SottoError('paused', 'The download is paused. What has arrived is kept.');
}
