import type { LoadEvent, ModelFile } from '../../src/core/asr-api';
import type { FileData } from './file-bytes';
import type { ModelFolder } from './model-folder';

type OnEvent = (event: LoadEvent) => void;

/** A folder that notes which files were read of it, and their hashes. */
export class NotedFolder implements ModelFolder {
  readonly files: ModelFile[] = [];

  constructor(private readonly folder: ModelFolder) {}

  get paths(): readonly string[] | null {
    return this.folder.paths;
  }

  async read(path: string, onEvent?: OnEvent): Promise<Uint8Array<ArrayBuffer>> {
    return this.#note(path, await this.folder.read(path, onEvent));
  }

  async open(path: string, onEvent?: OnEvent): Promise<Blob> {
    return this.#note(path, await this.folder.open(path, onEvent));
  }

  sha256(path: string, file: FileData): Promise<string | null> {
    return this.folder.sha256(path, file);
  }

  async #note<T extends FileData>(path: string, file: T): Promise<T> {
    this.files.push({ path, sha256: await this.sha256(path, file) });
    return file;
  }
}
