import type { TranscribeEvent } from '../../src/core/asr-api';
import { accountFor, joinStretches, type Stretch } from '../../src/core/coverage';
import type { DecodedSoFar, ResumePoint } from '../../src/core/resume-point';
import type { Segment, Transcript } from '../../src/core/transcript';
import type { SpeechRegion } from '../../src/core/voice-activity';
import type { WhisperTokenizer } from './tokenizer';

/** The part of a resume point that the window's decoder knows. */
export type WindowState = Omit<ResumePoint, 'language' | 'languageProbabilities'>;

/** The transcript so far: its segments, and what became of every second up to `accountedSec`. */
export class TranscriptDraft {
  readonly segments: Segment[];
  language: string;
  languageProbabilities: Readonly<Record<string, number>> | null;
  private readonly coverage: Stretch[];
  private accountedSec: number;
  /** Accounted for since the last event. */
  private untold: Stretch[] = [];
  private untoldSegments: Segment[] = [];
  private doneSec = 0;

  /**
   * @param heard where speech was detected, unpadded, in order
   * @param soFar what an interrupted transcription had decoded
   */
  constructor(
    readonly durationSec: number,
    readonly heard: readonly SpeechRegion[],
    private readonly tokenizer: WhisperTokenizer,
    private readonly onEvent: (event: TranscribeEvent) => void,
    soFar: DecodedSoFar | null = null,
  ) {
    this.segments = [...(soFar?.segments ?? [])];
    this.coverage = [...(soFar?.coverage ?? [])];
    this.accountedSec = this.coverage.at(-1)?.endSec ?? 0;
    this.language = soFar?.point.language ?? '';
    this.languageProbabilities = soFar?.point.languageProbabilities ?? null;
  }

  /** Number of the next segment. Those of an interrupted transcription may have been edited since. */
  get nextId(): number {
    return this.segments.reduce((next, { id }) => Math.max(next, id + 1), 0);
  }

  /** Leaves out what lies before `sec`: nothing was to be transcribed there. */
  skipTo(sec: number): void {
    this.account([{ kind: 'skipped', startSec: this.accountedSec, endSec: sec }], sec);
  }

  /**
   * Settles the source up to `sec`; nobody is told yet.
   * @param segments in order
   * @param kind how their text was come by
   */
  add(segments: readonly Segment[], sec: number, kind: 'speech' | 'retried' = 'speech'): void {
    this.segments.push(...segments);
    this.untoldSegments.push(...segments);
    const whole = { startSec: this.accountedSec, endSec: Math.min(sec, this.durationSec) };
    const written = segments
      .filter(({ text }) => text.trim() !== '')
      .map(({ startSec, endSec }) => ({ kind, startSec, endSec }));
    this.account(accountFor(whole, written, this.heard), whole.endSec);
    this.doneSec = whole.endSec;
  }

  /** Tells what was settled since the last time. @param state of the decoder from here on */
  tell(state: WindowState): void {
    const segments = this.untoldSegments;
    const coverage = joinStretches(this.untold);
    this.untoldSegments = [];
    this.untold = [];
    const { durationSec, doneSec, language, languageProbabilities } = this;
    const point = { ...state, language, languageProbabilities };
    this.onEvent({ kind: 'segments', segments, coverage, doneSec, durationSec, point });
  }

  finish(): Transcript {
    return {
      text: this.tokenizer.decode(this.segments.flatMap(({ tokens }) => tokens)),
      segments: this.segments,
      language: this.language,
      languageProbabilities: this.languageProbabilities,
      durationSec: this.durationSec,
      coverage: joinStretches(this.coverage),
    };
  }

  private account(stretches: readonly Stretch[], sec: number): void {
    this.coverage.push(...stretches);
    this.untold.push(...stretches);
    this.accountedSec = Math.max(this.accountedSec, sec);
  }
}
