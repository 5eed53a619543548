import { expect, it } from 'vitest';
import { alignmentHeads } from '../../workers/asr/alignment-heads';
import type { ModelConfig } from '../../workers/asr/model-files';

const config = (decoder_layers: number, decoder_attention_heads: number): ModelConfig => ({
  model_type: 'whisper',
  vocab_size: 51_864,
  num_mel_bins: 80,
  decoder_layers,
  decoder_attention_heads,
  d_model: 64 * decoder_attention_heads,
  max_source_positions: 1500,
  max_target_positions: 448,
});

it('takes the heads that were chosen for the model', () => {
  const alignment_heads = [
    [1, 0],
    [3, 5],
  ] as const;
  expect(alignmentHeads(config(4, 6), { alignment_heads })).toEqual(alignment_heads);
});

it('takes the upper half where the list is missing, empty, or that of a larger model', () => {
  const upper = [
    [1, 0],
    [1, 1],
    [2, 0],
    [2, 1],
  ];
  // distil-small.en: openai/whisper-small.en's own list, of 12 layers.
  const teachers = [
    [0, 1],
    [6, 6],
    [11, 0],
  ] as const;
  for (const generation of [{}, { alignment_heads: [] }, { alignment_heads: teachers }])
    expect(alignmentHeads(config(3, 2), generation)).toEqual(upper);
});
