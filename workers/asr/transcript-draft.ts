import type { TranscribeEvent } from '../../src/core/asr-api';
import { accountFor, joinStretches, type Stretch } from '../../src/core/coverage';
import type { Segment, Transcript } from '../../src/core/transcript';
import type { SpeechRegion } from '../../src/core/voice-activity';
import type { WhisperTokenizer } from './tokenizer';

/** The transcript so far: its segments, and what became of every second up to `accountedSec`. */
export class TranscriptDraft {
  readonly segments: Segment[] = [];
  language = '';
  languageProbabilities: Readonly<Record<string, number>> | null = null;
  private readonly coverage: Stretch[] = [];
  private accountedSec = 0;

  /** @param heard where speech was detected, unpadded, in order */
  constructor(
    readonly durationSec: number,
    readonly heard: readonly SpeechRegion[],
    private readonly tokenizer: WhisperTokenizer,
    private readonly onEvent: (event: TranscribeEvent) => void,
  ) {}

  /** Leaves out what lies before `sec`: nothing was to be transcribed there. */
  skipTo(sec: number): void {
    this.account([{ kind: 'skipped', startSec: this.accountedSec, endSec: sec }], sec);
  }

  /**
   * Settles the source up to `sec`.
   * @param segments in order
   * @param kind how their text was come by
   */
  settle(segments: readonly Segment[], sec: number, kind: 'speech' | 'retried' = 'speech'): void {
    this.segments.push(...segments);
    const whole = { startSec: this.accountedSec, endSec: Math.min(sec, this.durationSec) };
    const written = segments
      .filter(({ text }) => text.trim() !== '')
      .map(({ startSec, endSec }) => ({ kind, startSec, endSec }));
    const coverage = accountFor(whole, written, this.heard);
    this.account(coverage, whole.endSec);
    const { durationSec } = this;
    this.onEvent({ kind: 'segments', segments, coverage, doneSec: whole.endSec, durationSec });
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
    this.accountedSec = Math.max(this.accountedSec, sec);
  }
}
