/** A file in memory, or one that is read from where it is kept. */
export type FileData = Uint8Array<ArrayBuffer> | Blob;

/** How much of a Blob is read at once: every read asks another process. */
const WINDOW_BYTES = 16 * 1024;

/** Any part of a file, in any order. */
export class FileBytes {
  readonly size: number;
  private window = new Uint8Array();
  private windowStart = 0;

  constructor(private readonly file: FileData) {
    this.size = file instanceof Blob ? file.size : file.length;
  }

  /** The bytes from `start` to `end` or the file's end. They may be shared: do not write to them. */
  async read(start: number, end: number): Promise<Uint8Array> {
    const { file } = this;
    if (!(file instanceof Blob)) return file.subarray(start, end);
    const until = Math.min(end, file.size);
    const isHere = start >= this.windowStart && until <= this.windowStart + this.window.length;
    if (!isHere) {
      this.windowStart = start;
      this.window = await bytesOf(file.slice(start, Math.max(until, start + WINDOW_BYTES)));
    }
    return this.window.subarray(start - this.windowStart, until - this.windowStart);
  }
}

/** All of a file in memory. */
export async function bytesOf(file: FileData): Promise<Uint8Array<ArrayBuffer>> {
  return file instanceof Blob ? new Uint8Array(await file.arrayBuffer()) : file;
}
