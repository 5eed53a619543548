import type { TranscribeEvent } from '../core/asr-api';
import type { CaptureChannel } from '../core/capture';
import { segmentsOfSide, SPEAKERS, type Side } from '../core/conversation';
import { joinStretches, type Stretch } from '../core/coverage';
import type { DecodedSoFar } from '../core/resume-point';
import type { Transcript } from '../core/transcript';
import type { FileEvent } from './transcribe-file';

type Decided = Extract<TranscribeEvent, { kind: 'segments' }>;

/** The transcription of channels one after another, told and gone on with as that of one file. */
export class ChannelsProgress {
  /** Those that are done, in order. */
  readonly sides: Side[];
  readonly #channels: readonly CaptureChannel[];
  readonly #onEvent: (event: FileEvent) => void;
  readonly #soFar: DecodedSoFar | null;
  #nextId: number;
  #windowsBefore = 0;
  /** Of the channel at work. */
  #coverage: readonly Stretch[] = [];

  /** @param soFar what an interrupted transcription of the same channels had decoded */
  constructor(
    channels: readonly CaptureChannel[],
    onEvent: (event: FileEvent) => void,
    soFar: DecodedSoFar | null = null,
  ) {
    this.#channels = channels;
    this.#onEvent = onEvent;
    this.#soFar = soFar;
    this.#nextId = soFar?.segments.length ?? 0;
    this.sides = (soFar?.point.channels?.done ?? []).map((facts, i) => ({
      channel: channels[i]!,
      segments: segmentsOfSide(soFar?.segments ?? [], channels[i]!),
      facts,
    }));
  }

  /** Begins the next channel. @returns where it goes on, and what takes its events */
  begin(): { soFar: DecodedSoFar | null; tell: (event: FileEvent) => void } {
    const index = this.sides.length;
    const soFar = this.#soFarOf(index);
    this.#coverage = soFar?.coverage ?? [];
    const before = this.#windowsBefore;
    const tell = (event: FileEvent): void => {
      if (event.kind === 'window') {
        this.#windowsBefore = before + event.window;
        const windows = before + event.windows * (this.#channels.length - index);
        this.#onEvent({ ...event, window: before + event.window, windows });
      } else if (event.kind === 'segments') this.#onEvent(this.#decided(event, index));
      else this.#onEvent(event);
    };
    return { soFar, tell };
  }

  /** Takes what the channel that was begun last was transcribed to. */
  finish({ text: _, segments, ...facts }: Transcript): void {
    this.sides.push({ channel: this.#channels[this.sides.length]!, segments, facts });
  }

  #soFarOf(index: number): DecodedSoFar | null {
    if (!this.#soFar) return null;
    const { channels, ...point } = this.#soFar.point;
    if (channels?.done.length !== index) return null;
    const segments = segmentsOfSide(this.#soFar.segments, this.#channels[index]!);
    return { segments, coverage: channels.coverage, point };
  }

  #decided(event: Decided, index: number): Decided {
    const channel = this.#channels[index]!;
    const speaker = SPEAKERS[channel];
    this.#coverage = joinStretches([...this.#coverage, ...event.coverage]);
    const channels = { done: this.sides.map(({ facts }) => facts), coverage: this.#coverage };
    return {
      ...event,
      segments: event.segments.map((segment) => ({
        ...segment,
        id: this.#nextId++,
        speaker,
        channel,
      })),
      doneSec: (index * event.durationSec + event.doneSec) / this.#channels.length,
      // What became of each second is known when all channels are done.
      coverage: [],
      point: { ...event.point, channels },
    };
  }
}
