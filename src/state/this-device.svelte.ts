import type { Device, LoadRequest } from '../core/asr-api';
import { DEMO_ID } from '../core/model-paths';
import { decideDevice, type DeviceDecision } from '../core/decide-device';
import type { DeviceReport } from '../core/device-report';
import { precisionKey, type PrecisionKey } from '../core/precisions';
import { isRight, learntHere, type Machine, type SpeedNote, type Verdict } from '../core/verdict';
import {
  forgetDevice,
  keepNotesOf,
  onVerdict,
  recallDevice,
  rememberMachine,
  rememberSpeed,
  rememberVerdict,
} from '../pipeline/device-notes';
import { examineDevice } from '../pipeline/examine-device';
import { probeMachine } from '../pipeline/probe-device';
import { preferences } from './preferences.svelte';

export type { DeviceDecision, DeviceReport, SpeedNote, Verdict };

/** What is known of this device, what a person chose to run models on, and what comes of both. */
export class ThisDevice {
  /** null until it was looked at in full, which opens a WebGPU device. */
  report = $state.raw<DeviceReport | null>(null);
  /** As last seen, at once; looked at anew by `refresh`. */
  machine = $state.raw<Machine | null>(recallDevice().machine);
  #verdicts = $state.raw(recallDevice().verdicts);
  #speeds = $state.raw(recallDevice().speeds);
  /** WebGPU failed in the midst of something: this page does without it. */
  #gpuLost = $state(false);
  /** What the page's address asks for, which is stronger. */
  readonly #asked: LoadRequest;
  /** Learnt on this machine with this version of its browser. */
  readonly verdicts = $derived(this.machine ? learntHere(this.#verdicts, this.machine) : []);
  readonly speeds = $derived(this.machine ? learntHere(this.#speeds, this.machine) : []);

  /** @param asked the model that comes with the app, as the page's address asks for it */
  constructor(asked: LoadRequest) {
    this.#asked = asked;
  }

  /** The device to run on: what the address asks for, else what the person chose. */
  get wanted(): Device | 'auto' {
    return this.isAsked ? this.#asked.device : preferences.current.device;
  }

  /** Whether the page's address names the device. */
  get isAsked(): boolean {
    return this.#asked.device !== 'auto';
  }

  /** WASM threads to use; null is as many as help. */
  get threads(): number | null {
    return this.#asked.threads ?? preferences.current.threads;
  }

  get isThreadsAsked(): boolean {
    return this.#asked.threads !== null;
  }

  /** Lets what is decided on this page from now on do without WebGPU, unless a person asks for it. */
  giveUpGpu(): void {
    this.#gpuLost = true;
  }

  choose(device: Device | 'auto'): void {
    preferences.change({ device });
  }

  chooseThreads(threads: number | null): void {
    preferences.change({ threads });
  }

  /** How a model is to be run. @param available its precisions; null while they are not known */
  decide(model: string, available: readonly PrecisionKey[] | null): DeviceDecision {
    const { wanted } = this;
    const machine =
      this.#gpuLost && this.machine ? { ...this.machine, adapter: null } : this.machine;
    const asked = this.#asked.precision;
    const decided = decideDevice({
      model,
      available: asked === 'auto' ? available : [precisionKey(asked)],
      // The files of the model that comes with the app cannot be listed.
      isListed: model !== DEMO_ID,
      wanted,
      machine,
      verdicts: this.#verdicts,
    });
    // What the address asks for is done as asked; the reason still says what is known of it.
    return asked === 'auto' ? decided : { ...decided, device: wanted, precision: asked };
  }

  /** The last measurement of a model on the device that it would run on, in the precision that it would, if any. */
  speedOf(model: string, { deviceClass, expected }: DeviceDecision): SpeedNote | null {
    const device = deviceClass === 'wasm' ? 'wasm' : 'webgpu';
    const own = this.speeds.filter((note) => note.model === model && note.device === device);
    return own.findLast(({ precision }) => precision === expected) ?? own.at(-1) ?? null;
  }

  /** Follows what is found out elsewhere on the page: before its first recording the engine checks WebGPU by itself. */
  watch(signal: AbortSignal): void {
    onVerdict(signal, () => this.#reread());
  }

  /** Looks at what verdicts depend on, and reads anew what is known. */
  async refresh(signal: AbortSignal): Promise<void> {
    const machine = await probeMachine();
    if (signal.aborted) return;
    rememberMachine(machine);
    if (JSON.stringify(machine) !== JSON.stringify(this.machine)) this.machine = machine;
    this.#reread();
  }

  /** Looks at everything there is to tell of this device. */
  async examine(signal: AbortSignal): Promise<void> {
    await this.refresh(signal);
    const report = await examineDevice(signal).catch(() => null);
    if (!signal.aborted) this.report = report;
  }

  /** A verdict steers what is run from now on; its speed is a measurement like any other. */
  learn(verdict: Verdict): void {
    rememberVerdict(verdict);
    const { speed } = verdict;
    if (speed !== null && isRight(verdict)) rememberSpeed({ ...placed(verdict), speed });
    this.#reread();
  }

  /** Lets go of what is known of models that were deleted. @param stored ids of those that are here */
  keepNotesOf(stored: readonly string[]): void {
    keepNotesOf([DEMO_ID, ...stored]);
    this.#reread();
  }

  forget(): void {
    forgetDevice();
    if (this.machine) rememberMachine(this.machine);
    this.#reread();
  }

  #reread(): void {
    const { verdicts, speeds } = recallDevice();
    this.#verdicts = verdicts;
    this.#speeds = speeds;
  }
}

function placed({
  model,
  device,
  precision,
  adapter,
  browser,
  atMs,
}: Verdict): Omit<SpeedNote, 'speed'> {
  return { model, device, precision, adapter, browser, atMs };
}
