import type { Device, LoadRequest } from '../core/asr-api';
import { precisionKey } from '../core/precisions';
import { notedModel, placeOf, type SpeedNote } from '../core/verdict';
import { recallDevice, rememberSpeed } from './device-notes';
import type { FileEvent } from './transcribe-file';

/** A shorter recording says little: even a second of sound costs a whole window. */
const SHORTEST_SEC = 10;

/** Times one recording, from the model being ready to its last word, and remembers how fast that was. */
export class SpeedMeter {
  readonly #model: string;
  #loaded: Extract<FileEvent, { kind: 'model' }>['model'] | null = null;
  #startedAtMs = 0;
  #firstSec: number | null = null;
  #devices = new Set<Device>();

  constructor({ source }: LoadRequest) {
    this.#model = notedModel(source);
  }

  apply(event: FileEvent): void {
    if (event.kind === 'model') {
      this.#startedAtMs ||= performance.now();
      this.#loaded = event.model;
      this.#devices.add(event.model.device);
    }
    // A recording that is gone on with begins where it was left.
    if (event.kind === 'window') this.#firstSec ??= event.startSec;
  }

  /** The recording is done. @param durationSec of all of it */
  finish(durationSec: number): void {
    const machine = recallDevice().machine;
    const workSec = (performance.now() - this.#startedAtMs) / 1000;
    const audioSec = durationSec - (this.#firstSec ?? 0);
    // One that moved to another device half way tells of neither.
    if (!machine || !this.#loaded || this.#devices.size !== 1 || audioSec < SHORTEST_SEC) return;
    const { device, precision } = this.#loaded;
    const note: SpeedNote = {
      model: this.#model,
      device,
      precision: precisionKey(precision),
      ...placeOf(machine, device),
      speed: audioSec / Math.max(0.001, workSec),
      atMs: Date.now(),
    };
    rememberSpeed(note);
  }
}
