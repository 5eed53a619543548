import { packResult, SottoError, type RpcResult } from '../../src/core/errors';
import type { MediaApi, MediaBlock, MediaInfo } from '../../src/core/media-api';
import { isEncrypted } from './encryption';
import { monoBlocks } from './mono-blocks';
import { openTrack, type OpenTrack } from './open-track';

/** One file behind MediaApi: demuxed by mediabunny, decoded by WebCodecs, both as slowly as `next` is called. */
export class MediaReader implements MediaApi<Blob> {
  #file: Blob | null = null;
  #open: OpenTrack | null = null;
  #blocks: AsyncGenerator<MediaBlock, void, void> | null = null;

  open(file: Blob): Promise<RpcResult<MediaInfo>> {
    return packResult(async () => {
      await this.close();
      this.#file = file;
      this.#open = await this.#explained(openTrack(file));
      this.#blocks = monoBlocks(this.#open);
      return this.#open.info;
    });
  }

  next(): Promise<RpcResult<MediaBlock>> {
    return packResult(async () => {
      const block = this.#blocks && (await this.#explained(this.#blocks.next()));
      if (!block || block.done)
        throw new SottoError('bad-request', 'No file is open, or all of it was read.');
      return block.value;
    });
  }

  async close(): Promise<void> {
    const blocks = this.#blocks;
    this.#open?.input.dispose();
    this.#open = null;
    this.#blocks = null;
    this.#file = null;
    // Closes the decoder, and the part of a long file that is open.
    await blocks?.return();
  }

  /** mediabunny stumbles over encrypted files in many ways; whoever owns one should be told what it is. */
  async #explained<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (thrown) {
      if (this.#file && (await isEncrypted(this.#file)))
        throw new SottoError(
          'encrypted',
          'This file is encrypted (copy protection). Choose a copy without protection.',
          String(thrown),
        );
      if (thrown instanceof SottoError) throw thrown;
      throw new SottoError(
        'not-media',
        'Sotto could not read this file as audio or video. Choose another file, or convert it to MP3 or WAV.',
        String(thrown),
      );
    }
  }
}
