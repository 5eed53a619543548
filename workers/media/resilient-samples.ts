import { AudioSampleSink, type AudioSample, type InputAudioTrack } from 'mediabunny';

/** First step over a place that the decoder refuses; it doubles until the decoder goes on. */
const MIN_SKIP_SEC = 0.05;
/** More than timestamps are rounded by, less than any packet lasts. */
const ROUNDING_SEC = 0.001;
/** A step of this length found nothing either: the rest is lost. */
const MAX_SKIP_SEC = 60;

/**
 * A track's decoded sound in order. Where the decoder fails, it starts again a little later, so that one broken
 * packet does not cost the rest of a recording; what is left out is a gap in the timestamps.
 *
 * @param onDamage told of each failure that was stepped over
 * @param isContinued whether sound was heard before this track began, so that it may begin with damage
 * @throws whatever the decoder throws before its first sample, where nothing was heard before
 */
export async function* resilientSamples(
  track: InputAudioTrack,
  onDamage: (thrown: unknown) => void,
  isContinued = false,
): AsyncGenerator<AudioSample, void, void> {
  let readSec = isContinued ? 0 : -Infinity;
  let fromSec: number | undefined;
  let skipSec = MIN_SKIP_SEC;
  for (;;) {
    try {
      for await (const sample of new AudioSampleSink(track).samples(fromSec)) {
        // A restart may begin with sound that was read already.
        if (sample.timestamp < readSec - ROUNDING_SEC) {
          sample.close();
          continue;
        }
        readSec = sample.timestamp + sample.duration;
        skipSec = MIN_SKIP_SEC;
        yield sample;
      }
      return;
    } catch (thrown) {
      if (readSec === -Infinity || track.input.disposed) throw thrown;
      onDamage(thrown);
      if (skipSec > MAX_SKIP_SEC) return;
      skipSec *= 2;
      fromSec = readSec + skipSec;
    }
  }
}
