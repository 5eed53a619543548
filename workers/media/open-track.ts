import {
  ADTS,
  BlobSource,
  FLAC,
  Input,
  MATROSKA,
  MP3,
  MP4,
  MPEG_TS,
  OGG,
  QTFF,
  WAVE,
  WEBM,
  type InputAudioTrack,
  type InputFormat,
} from 'mediabunny';
import { SottoError } from '../../src/core/errors';
import type { MediaInfo, MediaTrack } from '../../src/core/media-api';
import { codecName, foreignContainer } from './format-names';
import { monoSound, type MonoSound } from './mono-sound';
import { readMp3Length } from './mp3-length';
import { MP3_PART_BYTES, mp3Sound } from './mp3-sound';
import type { Span } from './timeline';
import { declaredWaveSec } from './wave-length';

/** Not HLS: a playlist would make the app fetch what it names. */
const FORMATS = [MP4, QTFF, MATROSKA, WEBM, WAVE, OGG, FLAC, MP3, ADTS, MPEG_TS];

/** A file whose first sound track is ready to be decoded. Whoever asked for it disposes `input`. */
export interface OpenTrack {
  readonly input: Input;
  readonly track: InputAudioTrack;
  readonly info: MediaInfo;
  readonly span: Span;
  /** The track's sound in order. Whoever stops early ends it by `return`. */
  readonly sound: (onDamage: (thrown: unknown) => void) => AsyncGenerator<MonoSound, void, void>;
}

/**
 * @param mp3PartBytes how much of an MP3 file is demuxed at a time
 * @throws SottoError 'not-media', 'no-index' or 'no-audio'; whatever mediabunny throws over a broken file
 */
export async function openTrack(file: Blob, mp3PartBytes = MP3_PART_BYTES): Promise<OpenTrack> {
  const input = new Input({ formats: FORMATS, source: new BlobSource(file) });
  try {
    if (!(await input.canRead())) throw await notMedia(file);
    const track = await firstAudioTrack(input);
    const format = await input.getFormat();
    const clock = await readClock(file, input, format, track);
    const tracks = await Promise.all((await input.getAudioTracks()).map(describeTrack));
    const firstSec = await track.getFirstTimestamp();
    const info: MediaInfo = {
      ...(await describeTrack(track)),
      container: format.name,
      durationSec: clock.durationSec,
      declaredSec: clock.declaredSec,
      startSec: Math.max(0, firstSec - clock.span.originSec),
      tracks,
    };
    const sound: OpenTrack['sound'] = (onDamage) =>
      format === MP3 ? mp3Sound(file, mp3PartBytes, onDamage) : monoSound(track, onDamage);
    return { input, track, info, span: clock.span, sound };
  } catch (thrown) {
    input.dispose();
    throw thrown;
  }
}

interface Clock {
  readonly span: Span;
  readonly declaredSec: number | null;
  readonly durationSec: number | null;
}

/** Which part of the track a player plays, and how long that should be, by what each container can say. */
async function readClock(
  file: Blob,
  input: Input,
  format: InputFormat,
  track: InputAudioTrack,
): Promise<Clock> {
  if (format === MP3) {
    const span = (await readMp3Length(file)) ?? WHOLE;
    const declaredSec = span.endSec === Infinity ? null : span.endSec - span.originSec;
    return { span, declaredSec, durationSec: declaredSec ?? (await metadataSec(track)) };
  }
  const originSec = await startOfFile(input);
  const metadata = await metadataSec(track);
  const durationSec = metadata === null ? null : metadata - originSec;
  if (format === WAVE) {
    const declaredSec = await declaredWaveSec(file);
    return { span: WHOLE, declaredSec, durationSec };
  }
  const endSec = PADDED_FORMATS.has(format) ? await track.computeDuration() : Infinity;
  return { span: { originSec, endSec }, declaredSec: durationSec, durationSec };
}

const WHOLE: Span = { originSec: 0, endSec: Infinity };

/** Containers that tell to the sample where the sound ends inside the last packet. */
const PADDED_FORMATS: ReadonlySet<InputFormat> = new Set([MP4, QTFF, OGG]);

/** Chromium and ffmpeg both start their clock at the first packet of any track, but not before 0. */
async function startOfFile(input: Input): Promise<number> {
  const tracks = await input.getTracks();
  const playable = tracks.filter((track) => track.isAudioTrack() || track.isVideoTrack());
  return Math.max(0, await input.getFirstTimestamp(playable));
}

/** FLAC and WAV streams that were never finished say 0, which means "unknown". */
async function metadataSec(track: InputAudioTrack): Promise<number | null> {
  return (await track.getDurationFromMetadata()) || null;
}

async function firstAudioTrack(input: Input): Promise<InputAudioTrack> {
  const tracks = await input.getTracks();
  const audio = tracks.find((track) => track.isAudioTrack());
  if (audio) return audio;
  const format = await input.getFormat();
  if (tracks.length === 0 && (format === MP4 || format === QTFF))
    throw new SottoError(
      'no-index',
      'This recording was cut off before its index was written, so its sound cannot be found. Copy the whole file again, or repair it with a video repair tool.',
    );
  throw new SottoError('no-audio', 'This file has no sound track. Choose another file.');
}

async function describeTrack(track: InputAudioTrack): Promise<MediaTrack> {
  return {
    codec: codecName((await track.getCodec()) ?? (await track.getInternalCodecId())),
    channels: await track.getNumberOfChannels(),
    sampleRateHz: await track.getSampleRate(),
    language: await track.getLanguageCode(),
    name: await track.getName(),
  };
}

async function notMedia(file: Blob): Promise<SottoError> {
  const container = await foreignContainer(file);
  if (!container)
    return new SottoError(
      'not-media',
      'This is not an audio or video file that Sotto knows. Choose another file.',
    );
  return new SottoError(
    'unknown-codec',
    `Browsers cannot read ${container} files. Convert the file to MP3, M4A (AAC) or WAV, then choose it again.`,
  );
}
