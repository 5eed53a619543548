/** The production build, served with and without the isolation headers. */
export const SITES = {
  isolated: 'http://localhost:4281/',
  unIsolated: 'http://localhost:4282/',
} as const;
