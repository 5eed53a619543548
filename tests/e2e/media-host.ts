import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A website of its own, as far as browsers are concerned: another port is another origin. */
export interface MediaHost {
  /** With a slash at its end. */
  readonly url: string;
  /** As the page names it. */
  readonly host: string;
  /** Every request so far. */
  readonly requests: readonly IncomingMessage[];
  close(): Promise<void>;
}

/** Starts a host on a free port, which answers with `answer`. */
export async function startHost(
  answer: (response: ServerResponse, request: IncomingMessage) => void | Promise<void>,
): Promise<MediaHost> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    void answer(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const host = `localhost:${String((server.address() as AddressInfo).port)}`;
  return {
    url: `http://${host}/`,
    host,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
