import type { Device, LoadRequest } from './core/asr-api';
import type { Dtype } from './core/precisions';
import type { AudioOptions } from './core/audio-options';
import type { DecodingOptions } from './core/decoding-options';
import type { RpcResult } from './core/errors';
import type { SubtitleShape } from './core/subtitles';
import type { TranscriptFormat } from './core/writers';
import type { DecodeLimits } from './pipeline/decode-file';
import type { FileEvent } from './pipeline/transcribe-file';

/** One recording for the command line's page, as plain data. URLs may be relative to the page. */
export interface CliJob {
  readonly fileUrl: string;
  readonly fileName: string;
  readonly modelName: string;
  readonly modelUrl: string;
  readonly device: Device;
  readonly dtype: Dtype | 'auto';
  readonly threads: LoadRequest['threads'];
  readonly decoding: Partial<DecodingOptions>;
  readonly audio: Partial<AudioOptions>;
  readonly limits: DecodeLimits;
  readonly formats: readonly TranscriptFormat[];
  readonly shape: Partial<SubtitleShape>;
}

/** What cli.html offers to scripts/transcribe.mjs. */
export interface SottoCli {
  /** @returns the text of each format asked for */
  transcribe(
    job: CliJob,
    onEvent: (event: FileEvent) => void,
  ): Promise<RpcResult<Readonly<Record<string, string>>>>;
}

declare global {
  /** Set by src/cli-page.ts, on cli.html only. */
  var sottoCli: SottoCli;
}
