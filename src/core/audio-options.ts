/** What is done to the sound before it is decoded. Times stay those of the source. */
export interface AudioOptions {
  /** One gain for the whole recording brings it to broadcast loudness, as far as its peaks allow. */
  readonly normalizeLoudness: boolean;
  /** Decoding begins at the first and ends after the last detected speech. */
  readonly trimSilence: boolean;
}

export const DEFAULT_AUDIO: AudioOptions = { normalizeLoudness: false, trimSilence: false };
