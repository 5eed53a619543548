import type { AudioSample, InputAudioTrack } from 'mediabunny';
import { mixDown } from './mix-down';
import { resilientSamples } from './resilient-samples';

/** A piece of decoded sound: the mean over its channels, at the decoder's rate. */
export interface MonoSound {
  readonly samples: Float32Array<ArrayBuffer>;
  /** Begin on the track's own clock. */
  readonly timestampSec: number;
  readonly rateHz: number;
}

/** A track's sound in order. Parameters and errors as of resilientSamples. */
export async function* monoSound(
  track: InputAudioTrack,
  onDamage: (thrown: unknown) => void,
  isContinued = false,
): AsyncGenerator<MonoSound, void, void> {
  for await (const sample of resilientSamples(track, onDamage, isContinued)) {
    // The decoder's rate, not the container's: HE-AAC declares half of what comes out.
    const { timestamp, sampleRate } = sample;
    yield { samples: mixAndClose(sample), timestampSec: timestamp, rateHz: sampleRate };
  }
}

function mixAndClose(sample: AudioSample): Float32Array<ArrayBuffer> {
  try {
    return mixDown(sample);
  } finally {
    sample.close();
  }
}
