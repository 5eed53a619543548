import type { LoadEvent } from '../../src/core/asr-api';
import { SottoError } from '../../src/core/errors';
import {
  choosePrecision,
  deviceClass,
  PRECISION_ORDER,
  precisionsAmong,
  UNLISTED_PRECISION,
  weightPaths,
  type Precision,
} from '../../src/core/precisions';
import { bytesOf, type FileData } from './file-bytes';
import type { ModelFolder } from './model-folder';
import type { Runtime } from './runtime';
import { splitGraph, type GraphWeights } from './split-graph';

/** The two graphs of a model. */
export type GraphPart = 'encoder' | 'decoder';

/**
 * The precision to run.
 * @param paths the model's files; null where they cannot be listed
 * @throws SottoError 'bad-option' for one that is wrong on the device, 'model-missing' where none that is right is there
 */
export function decidePrecision(
  { gpu }: Pick<Runtime, 'gpu'>,
  wanted: Precision | 'auto',
  paths: readonly string[] | null,
): Precision {
  if (wanted !== 'auto') {
    if (gpu && (wanted.encoder === 'q8' || wanted.decoder === 'q8'))
      throw new SottoError(
        'bad-option',
        'The precision q8 gives wrong text on WebGPU. Choose fp32 or q4, or the WASM device.',
      );
    return wanted;
  }
  const device = deviceClass(gpu);
  if (paths === null) return UNLISTED_PRECISION[device];
  const chosen = choosePrecision(device, precisionsAmong(paths));
  if (chosen) return chosen;
  throw new SottoError(
    'model-missing',
    'This model is not here in a precision that runs well on this device. Download it again for this device.',
    `wanted: ${PRECISION_ORDER[device].join(', ')}`,
  );
}

/** Reads the graphs of a model one by one, so that the first one's bytes can go before the second one's come. */
export class GraphReader {
  /** Of what has been read. */
  sizeBytes = 0;
  readonly #paths: Readonly<Record<GraphPart, string>>;

  constructor(
    private readonly folder: ModelFolder,
    precision: Precision,
    private readonly runtime: Pick<Runtime, 'device' | 'streams'>,
    private readonly onEvent: (event: LoadEvent) => void,
  ) {
    const [encoder, decoder] = weightPaths(precision);
    this.#paths = { encoder, decoder };
  }

  /**
   * A graph with its weights beside it, which takes least memory: onnxruntime copies them to where they belong, one
   * after the other, and reads a Blob no faster than that. One that cannot be taken apart is read whole.
   * @throws SottoError as `ModelFolder.read`
   */
  readonly read = async (part: GraphPart): Promise<GraphWeights> => {
    const path = this.#paths[part];
    const file = await this.#readFile(path);
    const externalData = [];
    for (const other of this.folder.paths ?? []) {
      if (!other.startsWith(`${path}_data`)) continue;
      const name = other.slice(other.lastIndexOf('/') + 1);
      externalData.push({ path: name, data: await this.#readFile(other) });
    }
    const split = externalData.length === 0 ? await splitGraph(file) : null;
    this.onEvent({ kind: 'session', file: path, device: this.runtime.device });
    return split ?? { graph: await bytesOf(file), externalData };
  };

  async #readFile(path: string): Promise<FileData> {
    const { folder, onEvent } = this;
    const file = await (this.runtime.streams
      ? folder.open(path, onEvent)
      : folder.read(path, onEvent));
    this.sizeBytes += file instanceof Blob ? file.size : file.length;
    return file;
  }
}
