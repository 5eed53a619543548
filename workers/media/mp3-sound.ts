import { BlobSource, Input, MP3 } from 'mediabunny';
import { monoSound, type MonoSound } from './mono-sound';
import { mp3Parts, type Mp3Part } from './mp3-parts';

/** 17 minutes at 128 kbit/s: 40,000 frames, for each of which mediabunny keeps an object while its input lives. */
export const MP3_PART_BYTES = 16 * 2 ** 20;

/**
 * The sound of an MP3 file, part by part, so that what a long file takes in memory does not grow with its length.
 * The sound is that of the file in one piece.
 *
 * @throws whatever the demuxer throws, and the decoder before its first sample
 */
export async function* mp3Sound(
  file: Blob,
  partBytes: number,
  onDamage: (thrown: unknown) => void,
): AsyncGenerator<MonoSound, void, void> {
  let startSec = 0;
  for await (const part of mp3Parts(file, partBytes))
    startSec += yield* partSound(part, startSec, onDamage);
}

/** @returns how long the part is, by its frames: also those that could not be decoded count */
async function* partSound(
  { bytes, leadSec }: Mp3Part,
  startSec: number,
  onDamage: (thrown: unknown) => void,
): AsyncGenerator<MonoSound, number, void> {
  const input = new Input({ formats: [MP3], source: new BlobSource(bytes) });
  try {
    const track = (await input.getAudioTracks())[0];
    if (!track) return 0;
    for await (const sound of monoSound(track, onDamage, startSec > 0)) {
      const { samples, timestampSec } = withoutLead(sound, leadSec);
      if (samples.length > 0)
        yield { ...sound, samples, timestampSec: startSec + timestampSec - leadSec };
    }
    return (await track.computeDuration()) - leadSec;
  } finally {
    input.dispose();
  }
}

function withoutLead(sound: MonoSound, leadSec: number): MonoSound {
  const { samples, timestampSec, rateHz } = sound;
  const lead = Math.max(0, Math.round((leadSec - timestampSec) * rateHz));
  return {
    samples: samples.subarray(lead),
    timestampSec: timestampSec + lead / rateHz,
    rateHz,
  };
}
