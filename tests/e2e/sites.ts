/** The production build, served with and without the isolation headers. */
export const SITES = {
  isolated: 'http://localhost:4181/',
  unIsolated: 'http://localhost:4182/',
} as const;
