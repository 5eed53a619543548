import type { LoadRequest } from '../core/asr-api';

/** The model that ships with the app, with "auto" wherever nothing is asked for. */
export function demoModel(overrides: Partial<LoadRequest> = {}): LoadRequest {
  return {
    name: 'sotto-demo',
    source: { kind: 'folder', baseUrl: new URL('models/sotto-demo/', document.baseURI).href },
    device: 'auto',
    precision: 'auto',
    threads: null,
    ...overrides,
  };
}
