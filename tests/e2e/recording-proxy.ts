import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';

/** A request as it came over the wire. */
export interface ProxiedRequest {
  readonly method: string;
  readonly url: string;
  /** Bytes of its body. */
  readonly sentBytes: number;
}

/** All of a browser's connections, whichever page, worker or part of the browser makes them. */
export interface RecordingProxy {
  readonly requests: readonly ProxiedRequest[];
  close(): Promise<void>;
}

/** Starts a forward proxy. HTTPS, which it cannot look into, is recorded and refused. */
export async function startProxy(port: number): Promise<RecordingProxy> {
  const requests: ProxiedRequest[] = [];
  const server = createServer((request, response) => {
    void forward(request, response, requests);
  });
  server.on('connect', ({ url }, socket) => {
    requests.push({ method: 'CONNECT', url: url ?? '', sentBytes: 0 });
    socket.on('error', () => undefined).end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  return {
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  requests: ProxiedRequest[],
): Promise<void> {
  const { method = '', url = '', headers } = request;
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const body = Buffer.concat(parts);
  requests.push({ method, url, sentBytes: body.length });
  const onward = ask(url, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  onward.end(body);
}
