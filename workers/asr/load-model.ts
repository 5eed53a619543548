import sileroUrl from '@ricky0123/vad-web/dist/silero_vad_v5.onnx?url';
import type { LoadedModel, LoadEvent, LoadRequest } from '../../src/core/asr-api';
import { SottoError, toSottoError } from '../../src/core/errors';
import { GpuWatch } from './gpu-loss';
import { MelSpectrum } from './mel';
import { readDescription } from './model-files';
import { openModelFolder, ServedFolder } from './model-folder';
import { decidePrecision, GraphReader } from './model-weights';
import { NotedFolder } from './noted-folder';
import { openRuntime, type Runtime } from './runtime';
import { WhisperTokenizer } from './tokenizer';
import { SileroDetector, type VoiceDetector } from './voice-detector';
import { WhisperModel } from './whisper-model';

/** A model with all that it takes to transcribe. */
export interface Loaded {
  /** Of the request that it answers. */
  readonly key: string;
  readonly model: WhisperModel;
  readonly tokenizer: WhisperTokenizer;
  readonly spectrum: MelSpectrum;
  readonly detector: VoiceDetector;
  readonly gpu: GpuWatch;
  readonly summary: LoadedModel;
}

/** Loads what a request asks for. @param key of the request. @throws SottoError */
export async function loadModel(
  key: string,
  request: LoadRequest,
  onEvent: (event: LoadEvent) => void,
): Promise<Loaded> {
  const folder = new NotedFolder(await openModelFolder(request.source));
  const description = await readDescription(folder);
  const { config, generation } = description;
  const tokenizer = new WhisperTokenizer(
    description.tokenizer,
    description.tokenizerConfig,
    config,
    generation,
  );
  const runtime = await openRuntime(request.device, request.threads);
  const precision = decidePrecision(runtime, request.precision, folder.paths);
  const detector = await openDetector(runtime, onEvent);
  const reader = new GraphReader(folder, precision, runtime, onEvent);
  const model = await WhisperModel.open(runtime, description, reader.read).catch(
    async (thrown: unknown) => {
      await detector.release();
      throw thrown;
    },
  );
  const summary: LoadedModel = {
    name: request.name,
    device: runtime.device,
    precision,
    threads: runtime.threads,
    multilingual: tokenizer.multilingual,
    languages: [...tokenizer.languages.keys()],
    sizeBytes: reader.sizeBytes,
    files: folder.files,
  };
  const spectrum = new MelSpectrum(config.num_mel_bins);
  return { key, model, tokenizer, spectrum, detector, gpu: new GpuWatch(runtime), summary };
}

/** Starts onnxruntime too. Both are files of the app, which without a network are there only once they were kept. */
async function openDetector(
  runtime: Runtime,
  onEvent: (event: LoadEvent) => void,
): Promise<VoiceDetector> {
  try {
    const weights = await new ServedFolder(self.location.href).read(sileroUrl, onEvent);
    return await SileroDetector.open(runtime, weights);
  } catch (thrown) {
    const { message, details } = toSottoError(thrown);
    throw new SottoError(
      navigator.onLine ? 'engine-failed' : 'offline',
      'The speech engine could not be started. Connect to the network, and reload the page.',
      `${message}\n${details}`,
    );
  }
}
