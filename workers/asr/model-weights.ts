import type { Device, LoadEvent } from '../../src/core/asr-api';
import { SottoError } from '../../src/core/errors';
import {
  choosePrecision,
  deviceClass,
  PRECISION_ORDER,
  precisionsAmong,
  weightPaths,
  type DeviceClass,
  type Precision,
} from '../../src/core/precisions';
import type { ModelFolder } from './model-folder';
import type { Runtime } from './runtime';
import { splitGraph } from './split-graph';

/** One graph as onnxruntime takes it. */
export interface GraphWeights {
  readonly graph: Uint8Array;
  /** Files that the graph refers to, by the names it knows them by: large models keep their weights there. */
  readonly externalData: readonly { readonly path: string; readonly data: Uint8Array }[];
}

/** The two graphs of a model. */
export type GraphPart = 'encoder' | 'decoder';

/** Taken where a folder cannot be listed. */
const USUAL: Readonly<Record<DeviceClass, Precision>> = {
  'webgpu-f16': { encoder: 'fp32', decoder: 'fp32' },
  webgpu: { encoder: 'fp32', decoder: 'fp32' },
  wasm: { encoder: 'q8', decoder: 'q8' },
};

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
  if (paths === null) return USUAL[device];
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
    private readonly device: Device,
    private readonly onEvent: (event: LoadEvent) => void,
  ) {
    const [encoder, decoder] = weightPaths(precision);
    this.#paths = { encoder, decoder };
  }

  /**
   * A graph as the device takes it best: on WASM with its weights beside it, which takes least memory; on WebGPU as it is.
   * @throws SottoError as `ModelFolder.read`
   */
  readonly read = async (part: GraphPart): Promise<GraphWeights> => {
    const whole = await this.readWhole(part);
    const splits = this.device === 'wasm' && whole.externalData.length === 0;
    return (splits && splitGraph(whole.graph)) || whole;
  };

  /** A graph as its files have it. @throws SottoError as `ModelFolder.read` */
  readonly readWhole = async (part: GraphPart): Promise<GraphWeights> => {
    const path = this.#paths[part];
    const graph = await this.#readFile(path);
    const externalData = [];
    for (const other of this.folder.paths ?? []) {
      if (!other.startsWith(`${path}_data`)) continue;
      const name = other.slice(other.lastIndexOf('/') + 1);
      externalData.push({ path: name, data: await this.#readFile(other) });
    }
    this.onEvent({ kind: 'session', file: path, device: this.device });
    return { graph, externalData };
  };

  async #readFile(path: string): Promise<Uint8Array> {
    const bytes = await this.folder.read(path, this.onEvent);
    this.sizeBytes += bytes.length;
    return bytes;
  }
}
