/** Another first port lets two checkouts be tested at the same time. */
const FIRST_PORT = Number(process.env['SOTTO_TEST_PORT'] ?? 4181);

/** The production build, served with and without the isolation headers. */
export const SITES = {
  isolated: `http://localhost:${String(FIRST_PORT)}/`,
  unIsolated: `http://localhost:${String(FIRST_PORT + 1)}/`,
} as const;

/** Ports of the stand-in for the hub: its own origin and the one that large files come from. */
export const HUB_PORTS = { hubPort: FIRST_PORT + 2, cdnPort: FIRST_PORT + 3 } as const;

/** Port of the proxy that everything goes through where every connection is to be seen. */
export const PROXY_PORT = FIRST_PORT + 4;
