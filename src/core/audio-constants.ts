/** Physical constants of Whisper's front end. Source: whisper/audio.py. */
export const SAMPLE_RATE_HZ = 16_000;
export const FFT_SIZE_SAMPLES = 400;
export const HOP_SAMPLES = 160;
export const WINDOW_SEC = 30;
export const WINDOW_SAMPLES = WINDOW_SEC * SAMPLE_RATE_HZ;
/** Mel frames in a window: 3000. */
export const WINDOW_FRAMES = WINDOW_SAMPLES / HOP_SAMPLES;
/** Mel frames per second: 100. */
export const FRAMES_PER_SEC = SAMPLE_RATE_HZ / HOP_SAMPLES;
