import { SAMPLE_RATE_HZ, WINDOW_SAMPLES } from '../../src/core/audio-constants';
import { SottoError } from '../../src/core/errors';
import type { MediaBlock } from '../../src/core/media-api';
import { Resampler } from '../../src/core/resampler';
import { BlockBuffer } from './block-buffer';
import { judgeEnd } from './judge-end';
import type { OpenTrack } from './open-track';
import { Timeline } from './timeline';

/**
 * A track as mono 16 kHz blocks of 30 s (the last one shorter), then its end. Damaged places are silence.
 *
 * @throws SottoError 'unknown-codec', 'no-samples'; whatever the decoder throws before its first sample
 */
export async function* monoBlocks(open: OpenTrack): AsyncGenerator<MediaBlock, void, void> {
  await requireDecoder(open);
  const timeline = new Timeline(open.span);
  const converter = new To16kHz();
  const buffer = new BlockBuffer(WINDOW_SAMPLES);
  const damages: string[] = [];
  const onDamage = (thrown: unknown): void => {
    damages.push(`after ${timeline.endSec.toFixed(3)} s: ${String(thrown)}`);
  };
  for await (const { samples, timestampSec, rateHz } of open.sound(onDamage)) {
    for (const piece of timeline.place(samples, timestampSec, rateHz))
      for (const converted of converter.convert(piece, rateHz)) buffer.push(converted);
    for (let full = buffer.take(); full; full = buffer.take())
      yield { kind: 'samples', samples: full };
  }
  buffer.push(converter.flush());
  const rest = buffer.takeRest();
  if (rest.length > 0) yield { kind: 'samples', samples: rest };
  if (timeline.endSec === 0)
    throw new SottoError(
      'no-samples',
      'This file has a sound track without any sound in it. Choose another file.',
    );
  yield { kind: 'end', ...(await judgeEnd(open, timeline.endSec, damages)) };
}

/** Mono sound of a rate that may change on the way (a recording joined from two), at 16 kHz. */
class To16kHz {
  #rateHz = SAMPLE_RATE_HZ;
  #resampler = new Resampler(SAMPLE_RATE_HZ, SAMPLE_RATE_HZ);

  *convert(samples: Float32Array, rateHz: number): Generator<Float32Array, void, void> {
    if (rateHz !== this.#rateHz) {
      yield this.#resampler.flush();
      this.#rateHz = rateHz;
      this.#resampler = new Resampler(rateHz, SAMPLE_RATE_HZ);
    }
    yield this.#resampler.push(samples);
  }

  flush(): Float32Array {
    return this.#resampler.flush();
  }
}

async function requireDecoder({ track, info }: OpenTrack): Promise<void> {
  if (await track.canDecode()) return;
  throw new SottoError(
    'unknown-codec',
    `This browser cannot decode ${info.codec}. Convert the file to MP3, M4A (AAC) or WAV, then choose it again.`,
    `${info.container}, ${String(await track.getInternalCodecId())}`,
  );
}
