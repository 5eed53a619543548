import type { ExportLabels } from '../../src/core/export-facts';

export const LABELS: ExportLabels = {
  locale: 'en',
  madeWith: 'How this was made',
  source: 'Source',
  model: 'Model',
  device: 'Device',
  precision: 'Precision',
  options: 'Options',
  files: 'Files',
  noHash: 'hash not known',
  defaults: 'defaults',
};
