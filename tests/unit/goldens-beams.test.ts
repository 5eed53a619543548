import { describeGoldens } from './golden-sets';

describeGoldens({
  beam5: { beamSize: 5, bestOf: 5 },
  knobs: {
    beamSize: 3,
    patience: 2,
    lengthPenalty: 0.6,
    suppressTokens: [-1, 300, 301],
    suppressBlank: false,
    maxInitialTimestampSec: 0.3,
  },
});
