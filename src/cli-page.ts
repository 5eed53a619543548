import './trusted-types';
import type { CliJob } from './cli-api';
import { packResult, SottoError } from './core/errors';
import { writeTranscript } from './core/writers';
import { transcribeFile } from './pipeline/transcribe-file';

globalThis.sottoCli = {
  transcribe: (job, onEvent) =>
    packResult(async () => {
      const { device, dtype, threads, decoding, audio, limits } = job;
      const baseUrl = new URL(job.modelUrl, document.baseURI).href;
      const source = { kind: 'folder', baseUrl } as const;
      const precision = dtype === 'auto' ? dtype : { encoder: dtype, decoder: dtype };
      const model = { name: job.modelName, source, device, precision, threads };
      // Nobody aborts from here: the command ends by closing the page.
      const { signal } = new AbortController();
      const file = await fetchFile(job);
      const options = { model, decoding, audio, limits };
      const transcript = await transcribeFile(signal, file, options, onEvent);
      return Object.fromEntries(
        job.formats.map((format) => [format, writeTranscript(transcript, format, job.shape)]),
      );
    }),
};

async function fetchFile({ fileUrl, fileName }: CliJob): Promise<File> {
  const response = await fetch(fileUrl);
  if (!response.ok) {
    throw new SottoError('bad-request', `The file could not be read (${String(response.status)}).`);
  }
  return new File([await response.blob()], fileName);
}
