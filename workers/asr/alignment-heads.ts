import type { GenerationConfig, ModelConfig } from './model-files';

/** [layer, head] pairs of the decoder whose cross-attention follows the audio. */
export type AlignmentHeads = readonly (readonly [layer: number, head: number])[];

/**
 * The heads to time words by: those chosen for this model, else all of the upper half of its layers, as the reference
 * does. Distilled models come with the list of the model that they were made from, whose layers they do not have
 * (distil-small.en: layers 6 to 11 of 4), and some exports with an empty one; neither was chosen for them.
 */
export function alignmentHeads(
  { decoder_layers, decoder_attention_heads }: ModelConfig,
  { alignment_heads: chosen = [] }: GenerationConfig,
): AlignmentHeads {
  const areHere = chosen.every(
    ([layer, head]) => layer < decoder_layers && head < decoder_attention_heads,
  );
  if (chosen.length > 0 && areHere) return chosen;
  const first = Math.floor(decoder_layers / 2);
  return Array.from({ length: decoder_layers - first }, (_, i) =>
    Array.from({ length: decoder_attention_heads }, (_, head) => [first + i, head] as const),
  ).flat();
}
