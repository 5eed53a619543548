/** The production build, served with and without the isolation headers. */
export const SITES = {
  isolated: 'http://localhost:4181/',
  unIsolated: 'http://localhost:4182/',
} as const;

/** Ports of the stand-in for the hub: its own origin and the one that large files come from. */
export const HUB_PORTS = { hubPort: 4183, cdnPort: 4184 } as const;
