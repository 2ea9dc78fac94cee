// Servers on 127.0.0.1 for tests of what reads the web: well-behaved ones, raw ones that speak whatever bytes a test wants,
// and a canary that must never be touched.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTcpServer } from 'node:net';

export interface Loopback {
  readonly port: number;
  /** `127.0.0.1:PORT`, as fetch.allowHosts takes it. */
  readonly pair: string;
  /** `http://127.0.0.1:PORT` without a slash at the end. */
  readonly origin: string;
  /** Connections accepted so far. */
  connections(): number;
  /** Bytes handed to the operating system so far, over all connections. */
  bytesWritten(): number;
  close(): Promise<void>;
}

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly at: number;
}

export interface LoopbackWeb extends Loopback {
  /** Requests in the order they came. */
  readonly requests: readonly RecordedRequest[];
}

/** A web server whose answers a test writes; requests are recorded. */
export async function serveWeb(answer: RequestListener): Promise<LoopbackWeb> {
  const requests: RecordedRequest[] = [];
  const server = createHttpServer((request: IncomingMessage, response: ServerResponse) => {
    requests.push({
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      at: performance.now(),
    });
    response.on('error', () => {});
    answer(request, response);
  });
  return { ...(await listenOnLoopback(server)), requests };
}

/** A server that says exactly these bytes, or does with each connection what the test wants, once the request's headers are in. */
export async function serveRaw(say: string | Uint8Array | ((socket: Socket) => void)): Promise<Loopback> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      if (typeof say === 'function') say(socket);
      else socket.end(say);
    });
  });
  return listenOnLoopback(server);
}

/** Counts connections and answers each like a bait: a feed with a secret. */
export const serveCanary = (): Promise<LoopbackWeb> =>
  serveWeb((_request, response) =>
    response.end('<rss version="2.0"><channel><item><title>secret</title></item></channel></rss>'),
  );

/** Starts any server on a free port of 127.0.0.1; closing it cuts its connections. */
export async function listenOnLoopback(server: Server): Promise<Loopback> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  let finishedBytes = 0;
  server.on('connection', (socket: Socket) => {
    accepted += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      finishedBytes += socket.bytesWritten;
      sockets.delete(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    pair: `127.0.0.1:${port}`,
    origin: `http://127.0.0.1:${port}`,
    connections: () => accepted,
    bytesWritten: () => [...sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, finishedBytes),
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
