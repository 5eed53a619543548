import type { LoadEvent, ModelFile } from '../../src/core/asr-api';
import type { ModelFolder } from './model-folder';

/** A folder that notes which files were read of it, and their hashes. */
export class NotedFolder implements ModelFolder {
  readonly files: ModelFile[] = [];

  constructor(private readonly folder: ModelFolder) {}

  get paths(): readonly string[] | null {
    return this.folder.paths;
  }

  async read(path: string, onEvent?: (event: LoadEvent) => void): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = await this.folder.read(path, onEvent);
    this.files.push({ path, sha256: await this.folder.sha256(path, bytes) });
    return bytes;
  }

  sha256(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<string | null> {
    return this.folder.sha256(path, bytes);
  }
}
