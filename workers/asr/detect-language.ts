import type { Tensor } from 'onnxruntime-web';
import { DecoderRun } from './decoder-run';
import type { WhisperTokenizer } from './tokenizer';
import type { TranscribeJob } from './transcribe-job';
import type { TranscriptDraft } from './transcript-draft';
import type { WhisperModel } from './whisper-model';

/**
 * Probability of each language: one decoder step on start-of-transcript, softmax over the language tokens.
 * Source: whisper/decoding.py detect_language.
 * @param features the encoder's output for the first 30 s
 * @returns the likeliest code and all probabilities, likeliest first
 */
export async function detectLanguage(
  model: WhisperModel,
  tokenizer: WhisperTokenizer,
  features: Tensor,
): Promise<{ language: string; probabilities: Record<string, number> }> {
  const run = new DecoderRun(model, [features]);
  try {
    const { data } = await run.step([[tokenizer.sot]]);
    const codes = [...tokenizer.languages];
    const max = Math.max(...codes.map(([, id]) => data[id]!));
    const weights = codes.map(([code, id]) => [code, Math.exp(data[id]! - max)] as const);
    const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
    const ranked = weights
      .map(([code, weight]) => [code, weight / total] as const)
      .sort((a, b) => b[1] - a[1]);
    return { language: ranked[0]![0], probabilities: Object.fromEntries(ranked) };
  } finally {
    run.dispose();
  }
}

/**
 * Settles the language: as asked for, else as an interrupted transcription heard it, else as heard.
 * @param encodeFirst the encoder's output for the first 30 s
 */
export async function resolveLanguage(
  { model, tokenizer, options, onEvent }: TranscribeJob,
  draft: TranscriptDraft,
  encodeFirst: () => Promise<Tensor>,
): Promise<void> {
  if (!tokenizer.multilingual || options.language !== null) {
    draft.language = tokenizer.multilingual ? options.language! : 'en';
    // Refuses an unknown language before any work is done.
    tokenizer.sotSequence(draft.language, options.task);
  } else if (draft.language === '') {
    const detected = await detectLanguage(model, tokenizer, await encodeFirst());
    draft.language = detected.language;
    draft.languageProbabilities = detected.probabilities;
  }
  const { language, languageProbabilities: probabilities } = draft;
  onEvent({ kind: 'language', language, probabilities });
}
