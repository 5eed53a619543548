import { SAMPLE_RATE_HZ } from '../src/core/audio-constants';
import {
  CAPTURE_BLOCK_SAMPLES,
  CAPTURE_PROCESSOR,
  type CaptureCommand,
  type CaptureLevel,
  type CaptureMessage,
} from '../src/core/capture';
import { assertNever } from '../src/core/errors';
import { Resampler } from '../src/core/resampler';

/** Frames that the audio thread renders at a time. Source: Web Audio API 1.1, "render quantum". */
const QUANTUM_FRAMES = 128;

/** One input on its way to 16 kHz mono. */
class Lane {
  readonly #resampler = new Resampler(sampleRate, SAMPLE_RATE_HZ);
  readonly #mono = new Float32Array(QUANTUM_FRAMES);
  /** Two blocks long, because a quantum may straddle a block's end. */
  readonly #pending = new Float32Array(2 * CAPTURE_BLOCK_SAMPLES);
  #filled = 0;

  get filled(): number {
    return this.#filled;
  }

  /** The mean of all channels; an input without a source is silent. */
  push(channels: readonly Float32Array[]): void {
    this.#mono.fill(0);
    for (const channel of channels)
      for (let i = 0; i < QUANTUM_FRAMES; i++) this.#mono[i]! += channel[i]! / channels.length;
    this.#keep(this.#resampler.push(this.#mono));
  }

  flush(): void {
    this.#keep(this.#resampler.flush());
  }

  /** The oldest `count` samples, in an array of their own. */
  take(count: number): Float32Array<ArrayBuffer> {
    const block = this.#pending.slice(0, count);
    this.#pending.copyWithin(0, count, this.#filled);
    this.#filled -= count;
    return block;
  }

  #keep(samples: Float32Array): void {
    this.#pending.set(samples, this.#filled);
    this.#filled += samples.length;
  }
}

/** Every input of the node at 16 kHz mono, in blocks of 100 ms that line up across the inputs. */
class CaptureProcessor extends AudioWorkletProcessor {
  readonly #lanes: readonly Lane[];
  #state: 'running' | 'paused' | 'ended' = 'running';

  constructor({ numberOfInputs }: { readonly numberOfInputs: number }) {
    super();
    this.#lanes = Array.from({ length: numberOfInputs }, () => new Lane());
    this.port.onmessage = ({ data }) => this.#obey(data as CaptureCommand);
  }

  override process(inputs: readonly (readonly Float32Array[])[]): boolean {
    if (this.#state === 'running') {
      this.#lanes.forEach((lane, i) => lane.push(inputs[i] ?? []));
      if (this.#available() >= CAPTURE_BLOCK_SAMPLES) this.#post(CAPTURE_BLOCK_SAMPLES);
    }
    return this.#state !== 'ended';
  }

  #obey(command: CaptureCommand): void {
    if (this.#state === 'ended') return;
    switch (command.kind) {
      case 'pause':
        this.#state = 'paused';
        this.#post(this.#available());
        this.#send({ kind: 'paused' });
        return;
      case 'resume':
        this.#state = 'running';
        return;
      case 'flush':
        this.#state = 'ended';
        for (const lane of this.#lanes) lane.flush();
        this.#post(this.#available());
        this.#send({ kind: 'ended' });
        return;
      default:
        assertNever(command);
    }
  }

  /** Inputs share one clock, so that all lanes hold the same number of samples. */
  #available(): number {
    return this.#lanes[0]?.filled ?? 0;
  }

  #post(count: number): void {
    if (count === 0) return;
    const samples = this.#lanes.map((lane) => lane.take(count));
    this.#send(
      { kind: 'block', samples, levels: samples.map(levelOf) },
      samples.map((block) => block.buffer),
    );
  }

  #send(message: CaptureMessage, transfer: readonly ArrayBuffer[] = []): void {
    this.port.postMessage(message, transfer);
  }
}

function levelOf(samples: Float32Array): CaptureLevel {
  let peak = 0;
  let power = 0;
  for (const sample of samples) {
    peak = Math.max(peak, Math.abs(sample));
    power += sample * sample;
  }
  return { peak, rms: Math.sqrt(power / samples.length) };
}

registerProcessor(CAPTURE_PROCESSOR, CaptureProcessor);
