import type { InstallEvent, StoreSettings } from '../../src/core/model-store-api';
import { SottoError } from '../../src/core/errors';
import { isDescription } from '../../src/core/model-paths';
import { ChunkWriter } from './chunk-writer';
import { askHub, statusError, type HubAnswer } from './hub-request';
import { Interruption } from './interruption';
import { emptyFile, type FileRecord, type ModelDatabase } from './model-database';
import { judgeRange, overlong, plainLength, publishedSha256 } from './response-range';
import { retrying } from './retrying';

/** A file to download, as the hub lists it. */
export type WantedFile = Parameters<typeof emptyFile>[0] & { readonly url: string };

export interface DownloadContext {
  readonly database: ModelDatabase;
  readonly settings: StoreSettings;
  readonly onEvent: (event: InstallEvent) => void;
  /** Told how many bytes of the file are here; the number falls where a file begins again. */
  readonly onBytes: (path: string, receivedBytes: number) => void;
}

/**
 * Downloads one file, going on after what is stored of it, and verifies it.
 * What has arrived is kept when it fails or is aborted.
 * @throws SottoError; the signal's reason when aborted
 */
export async function downloadFile(
  signal: AbortSignal,
  context: DownloadContext,
  wanted: WantedFile,
): Promise<FileRecord> {
  const { database, settings, onEvent } = context;
  const stored = await database.file(wanted.model, wanted.path);
  const begun = stored ?? emptyFile(wanted, settings.chunkBytes);
  const record: FileRecord = {
    ...begun,
    url: wanted.url,
    etag: isSameElsewhere(begun, wanted) ? null : begun.etag,
    sizeBytes: wanted.sizeBytes ?? begun.sizeBytes,
    publishedSha256: wanted.publishedSha256 ?? begun.publishedSha256,
  };
  const download = new FileDownload(await ChunkWriter.open(database, record), wanted, context);
  try {
    await retrying(
      signal,
      settings,
      () => download.goOn(signal),
      ({ message }, waitMs) =>
        onEvent({ kind: 'retry', path: wanted.path, reason: message, waitMs }),
      () => download.receivedBytes,
    );
    return await download.finish();
  } catch (thrown) {
    await download.keep(thrown);
    throw thrown;
  }
}

/** Another server's tag says nothing of the bytes here; the hash that both name does, once all have arrived. */
function isSameElsewhere(begun: FileRecord, { url, publishedSha256 }: WantedFile): boolean {
  const known = begun.publishedSha256;
  return begun.url !== url && known !== null && (publishedSha256 ?? known) === known;
}

class FileDownload {
  readonly #writer: ChunkWriter;
  readonly #wanted: WantedFile;
  readonly #context: DownloadContext;
  /** If-Range makes browsers ask the server's leave (a CORS preflight), which some servers do not give. */
  #mayAskConditionally = true;

  constructor(writer: ChunkWriter, wanted: WantedFile, context: DownloadContext) {
    this.#writer = writer;
    this.#wanted = wanted;
    this.#context = context;
  }

  get receivedBytes(): number {
    return this.#writer.receivedBytes;
  }

  /** One request, from where we are to the end. @throws Interruption where the end is not reached */
  async goOn(signal: AbortSignal): Promise<void> {
    this.#report();
    if (this.#isWhole()) return;
    const offset = this.receivedBytes;
    const answer = await this.#ask(signal, offset);
    const { response } = answer;
    try {
      if (!response.ok && response.status !== 416) throw statusError(response, this.#wanted.path);
      const { sizeBytes, etag } = this.#writer.record;
      const verdict = judgeRange(response, { offset, sizeBytes, etag });
      if (verdict.kind === 'complete') return;
      if (verdict.kind === 'ask-again') return await this.#beginAgain(signal, response);
      if (verdict.kind === 'from-start' && offset > 0) await this.#restart();
      this.#noteVersion(response);
      await this.#receive(answer);
    } finally {
      answer.discard();
    }
  }

  finish(): Promise<FileRecord> {
    return this.#writer.finish();
  }

  /** Keeps what arrived after the last chunk, unless there is no room or it was thrown away. */
  async keep(thrown: unknown): Promise<void> {
    const code = thrown instanceof SottoError ? thrown.code : '';
    if (code !== 'no-space' && code !== 'model-corrupt' && code !== 'storage-failed')
      await this.#writer.flush().catch(() => undefined);
  }

  async #ask(signal: AbortSignal, offset: number): Promise<HubAnswer> {
    const { etag } = this.#writer.record;
    const headers = new Headers();
    if (offset > 0) headers.set('Range', `bytes=${String(offset)}-`);
    // A weak tag does not vouch for single bytes (RFC 9110, 13.1.5).
    const condition =
      this.#mayAskConditionally && offset > 0 && etag?.startsWith('"') ? etag : null;
    if (condition !== null) headers.set('If-Range', condition);
    try {
      const { idleTimeoutMs } = this.#context.settings;
      return await askHub(signal, this.#wanted.url, { headers }, idleTimeoutMs);
    } catch (thrown) {
      // Next time without it; the answer's own ETag is compared either way.
      if (condition !== null) this.#mayAskConditionally = false;
      throw thrown;
    }
  }

  async #receive(answer: HubAnswer): Promise<void> {
    const { path } = this.#wanted;
    for await (const piece of answer.pieces()) {
      const { sizeBytes } = this.#writer.record;
      if (sizeBytes !== null && this.receivedBytes + piece.length > sizeBytes) {
        await this.#restart();
        throw overlong(path, sizeBytes);
      }
      await this.#writer.write(piece);
      this.#report();
    }
    if (this.#isWhole()) return;
    if (this.#writer.record.sizeBytes === null) return this.#acceptUnknownSize();
    // Bodies that end with the connection end early without an error.
    const size = `${String(this.receivedBytes)} of ${String(this.#writer.record.sizeBytes)} bytes`;
    const message = `The connection ended before ${path} was whole. Try again; what has arrived is kept.`;
    throw new Interruption('offline', message, size);
  }

  /** Small files are checked by what is in them, others by their published hash. */
  #acceptUnknownSize(): void {
    const { path, publishedSha256 } = this.#writer.record;
    if (publishedSha256 !== null || isDescription(path)) return;
    throw new SottoError(
      'hub-failed',
      `The server does not say how large ${path} is, so it cannot be verified. Set another host.`,
      this.#wanted.url,
    );
  }

  async #beginAgain(signal: AbortSignal, { status, url }: Response): Promise<void> {
    if (this.receivedBytes === 0) {
      const message =
        'The server does not send this model whole. Try again later, or set another host.';
      throw new Interruption('hub-failed', message, `${String(status)} ${url}`);
    }
    await this.#restart();
    await this.goOn(signal);
  }

  async #restart(): Promise<void> {
    await this.#writer.restart();
    this.#context.onEvent({ kind: 'restart', path: this.#wanted.path });
    this.#report();
  }

  #noteVersion({ status, headers }: Response): void {
    const { record } = this.#writer;
    this.#writer.setVersion({
      etag: headers.get('ETag') ?? record.etag,
      sizeBytes: record.sizeBytes ?? (status === 200 ? plainLength(headers) : null),
      publishedSha256: record.publishedSha256 ?? publishedSha256(headers.get('X-Linked-ETag')),
    });
  }

  #isWhole(): boolean {
    return this.receivedBytes === this.#writer.record.sizeBytes;
  }

  #report(): void {
    this.#context.onBytes(this.#wanted.path, this.receivedBytes);
  }
}
