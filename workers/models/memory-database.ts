import type { FileRecord, ModelDatabase, ModelRecord } from './model-database';

/** Models in memory, for pages whose browser refuses storage. */
export class MemoryDatabase implements ModelDatabase {
  readonly place = 'memory';
  readonly #models = new Map<string, ModelRecord>();
  readonly #files = new Map<string, FileRecord>();
  readonly #chunks = new Map<string, Blob>();

  async models(): Promise<ModelRecord[]> {
    return [...this.#models.values()];
  }

  async model(id: string): Promise<ModelRecord | undefined> {
    return this.#models.get(id);
  }

  async putModel(record: ModelRecord): Promise<void> {
    this.#models.set(record.id, record);
  }

  async dropModel(id: string): Promise<void> {
    for (const file of await this.files(id)) await this.dropFile(file);
    this.#models.delete(id);
  }

  async files(model: string): Promise<FileRecord[]> {
    return [...this.#files.values()].filter((file) => file.model === model);
  }

  async file(model: string, path: string): Promise<FileRecord | undefined> {
    return this.#files.get(keyOf(model, path));
  }

  async putFile(record: FileRecord): Promise<void> {
    this.#files.set(keyOf(record.model, record.path), record);
  }

  async resetFile(record: FileRecord): Promise<void> {
    await this.putFile(record);
    for (const key of this.#chunks.keys())
      if (key.startsWith(`${keyOf(record.model, record.path)}\n`)) this.#chunks.delete(key);
  }

  async dropFile(file: FileRecord): Promise<void> {
    await this.resetFile(file);
    this.#files.delete(keyOf(file.model, file.path));
  }

  async putChunk(record: FileRecord, index: number, bytes: Blob): Promise<void> {
    this.#chunks.set(keyOf(record.model, record.path, index), bytes);
    await this.putFile(record);
  }

  async chunk(model: string, path: string, index: number): Promise<Blob | undefined> {
    return this.#chunks.get(keyOf(model, path, index));
  }
}

function keyOf(...parts: (string | number)[]): string {
  return parts.join('\n');
}
