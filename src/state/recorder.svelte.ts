import type { CaptureChannel, CaptureLevel } from '../core/capture';
import { assertNever, toSottoError, type SottoError } from '../core/errors';
import { keepAwake } from '../pipeline/keep-awake';
import { startRecording, type RecordEvent, type Recording } from '../pipeline/record';
import {
  recordingSources,
  watchMicrophones,
  type MicrophoneChoice,
  type RecordingSource,
} from '../pipeline/recording-sources';
import type { KeptRecording } from '../pipeline/recover-recordings';
import { preferences } from './preferences.svelte';

export type RecorderPhase = 'idle' | 'asking' | 'recording' | 'paused' | 'saving' | 'failed';

/** What becomes of a recording that has ended. */
export interface RecorderOutcome {
  readonly kept: KeptRecording;
  readonly discarded: boolean;
}

/** Blocks of 100 ms that the live waveform can look back on: a minute. */
const HISTORY_BLOCKS = 600;
/** Blocks from one update of the level on the screen to the next: four a second are calm enough for everyone. */
const BLOCKS_PER_LEVEL = 3;
const SILENCE: CaptureLevel = { peak: 0, rms: 0 };

/** Records on this page: one recording at a time. */
export class Recorder {
  phase = $state<RecorderPhase>('idle');
  source = $state<RecordingSource>('microphone');
  /** Id of the chosen microphone; '' is the system's default. */
  deviceId = $state('');
  /** None before the person has once allowed recording. */
  microphones = $state.raw<readonly MicrophoneChoice[]>([]);
  recordedSec = $state(0);
  /** One for each channel. */
  levels = $state.raw<readonly CaptureLevel[]>([]);
  channels = $state.raw<readonly CaptureChannel[]>([]);
  /** Channels that the system or a switch on the device silences. */
  muted = $state.raw<readonly CaptureChannel[]>([]);
  /** What went wrong, in this recording or the last one, the latest last. */
  problems = $state.raw<readonly SottoError[]>([]);
  /** The recording has the screen. */
  readonly live = $derived(['recording', 'paused', 'saving'].includes(this.phase));
  readonly sources = recordingSources();
  /** Levels of the last minute, the oldest first. No reactive state: it changes ten times a second. */
  readonly history: (readonly CaptureLevel[])[] = [];
  readonly #onEnded: (outcome: RecorderOutcome) => void;
  #recording: Recording | null = null;
  #discarded = false;
  #blocks = 0;

  constructor(onEnded: (outcome: RecorderOutcome) => void) {
    this.#onEnded = onEnded;
  }

  /** Keeps the list of microphones true until aborted. */
  watch(signal: AbortSignal): void {
    watchMicrophones(signal, (microphones) => {
      this.microphones = microphones;
      // An unplugged one would be refused.
      if (!microphones.some(({ id }) => id === this.deviceId)) this.deviceId = '';
    });
  }

  /** Asks for what is to be recorded and records it until it ends. Call it on a click or a key. */
  async start(): Promise<void> {
    if (this.live || this.phase === 'asking') return;
    this.#clear();
    this.phase = 'asking';
    const page = new AbortController();
    const { deviceId, source } = this;
    const microphone = { ...preferences.current.microphone, ...(deviceId && { deviceId }) };
    try {
      const apply = (event: RecordEvent): void => this.#apply(event);
      this.#recording = await startRecording(page.signal, { source, microphone }, apply);
      this.channels = this.#recording.channels;
      this.phase = 'recording';
      this.watch(page.signal);
      keepAwake(page.signal);
      const { kept, error } = await this.#recording.ended;
      if (error) this.#tell(error);
      this.phase = 'idle';
      this.#onEnded({ kept, discarded: this.#discarded });
    } catch (thrown) {
      this.#tell(toSottoError(thrown, 'capture-failed'));
      this.phase = 'failed';
    } finally {
      this.#recording = null;
      page.abort();
    }
  }

  async togglePause(): Promise<void> {
    if (this.phase === 'paused') {
      this.#recording?.resume();
      this.phase = 'recording';
    } else if (this.phase === 'recording') {
      this.phase = 'paused';
      await this.#recording?.pause();
      this.levels = this.channels.map(() => SILENCE);
    }
  }

  /** Ends the recording and keeps everything. */
  async stop(): Promise<void> {
    if (this.phase !== 'recording' && this.phase !== 'paused') return;
    this.phase = 'saving';
    await this.#recording?.stop();
  }

  /** Ends the recording; its taker offers to undo that. */
  async discard(): Promise<void> {
    this.#discarded = true;
    await this.stop();
  }

  /** What went wrong was read. */
  dismiss(): void {
    this.problems = [];
  }

  #clear(): void {
    this.problems = [];
    this.muted = [];
    this.levels = [];
    this.recordedSec = 0;
    this.history.length = 0;
    this.#discarded = false;
    this.#blocks = 0;
  }

  #apply(event: RecordEvent): void {
    switch (event.kind) {
      case 'level':
        this.history.push(event.levels);
        if (this.history.length > HISTORY_BLOCKS) this.history.shift();
        this.recordedSec = event.recordedSec;
        if (this.#blocks++ % BLOCKS_PER_LEVEL === 0) this.levels = event.levels;
        return;
      case 'muted':
        this.muted = this.muted.filter((channel) => channel !== event.channel);
        if (event.muted) this.muted = [...this.muted, event.channel];
        return;
      case 'lost':
      case 'refused':
        this.#tell(event.error);
        return;
      default:
        assertNever(event);
    }
  }

  #tell(error: SottoError): void {
    this.problems = [...this.problems, error];
  }
}
