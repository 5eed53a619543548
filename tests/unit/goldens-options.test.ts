import { describeGoldens } from './golden-sets';

describeGoldens({
  prefix: { prefix: ' The', language: 'en' },
  prompt: { initialPrompt: 'My sister plays the guitar.', language: 'en' },
  carry: { initialPrompt: 'My sister plays the guitar.', carryInitialPrompt: true },
  clip: { clipTimestampsSec: [5, 25, 40, 62.5] },
  words: { wordTimestamps: true },
  silence: { wordTimestamps: true, hallucinationSilenceThresholdSec: 2 },
});
