// The one port a person sees: the API, the public links, the outbox and a page of what runs. Bound to 127.0.0.1 only; a page of another
// site that a browser has open cannot reach it (Host and Origin are checked), and nobody without the token can.
import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { problemResponse } from '../shared/api/problem.ts';
import { InvalidInputError } from '../shared/errors.ts';
import { closeServer } from './aws-endpoint.ts';

export interface WebServerParts {
  readonly port: number;
  readonly token: string;
  readonly handleApi: (request: Request) => Promise<Response>;
  readonly handlePublic: (request: Request) => Promise<Response>;
  /** Pages for people: `/`, `/outbox…`. Null for what is none of them. */
  readonly handlePage: (request: Request) => Promise<Response | null>;
  /** Links in mails that confirm or end an SNS e-mail subscription. */
  readonly handleSns: (request: Request) => Promise<Response>;
}

export interface WebServer {
  readonly url: string;
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 2 * 1024 * 1024;
const COOKIE = 'tocsin-token';

/** Throws InvalidInputError('port_in_use'). */
export async function startWebServer(parts: WebServerParts): Promise<WebServer> {
  let port = parts.port;
  const server = createServer((request, response) => void serve(request, response, parts, port));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new InvalidInputError('port_in_use', `port ${parts.port} is in use`, [
              'another Tocsin may be running here: see its terminal',
              `choose another: npm start -- --port ${parts.port + 1}, or --port 0 for any free one`,
            ])
          : error,
      ),
    );
    server.listen(parts.port, '127.0.0.1', resolve);
  });
  port = (server.address() as AddressInfo).port;
  return { url: `http://127.0.0.1:${port}`, close: () => closeServer(server) };
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  parts: WebServerParts,
  port: number,
): Promise<void> {
  const request = await requestOf(incoming, port).catch(() => null);
  const response =
    request === null
      ? plain(400, 'This request cannot be read.')
      : await route(request, incoming, parts, port).catch(() =>
          plain(503, 'A part of this instance does not answer; its terminal tells which.'),
        );
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

const plain = (status: number, words: string): Response =>
  new Response(`${words}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });

async function route(
  request: Request,
  incoming: IncomingMessage,
  parts: WebServerParts,
  port: number,
): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  // Opened from a mail: their token is the authority. A browser sends the button of their page with `Origin: null`, and a
  // proxy before TOCSIN_PUBLIC_URL has another name.
  if (pathname.startsWith('/u/')) return parts.handlePublic(request);
  if (pathname.startsWith('/sns/')) return parts.handleSns(request);
  if (!isOurHost(incoming.headers.host, port))
    return refuse(403, 'forbidden', 'this server answers to 127.0.0.1 and localhost only');
  if (!isOurOrigin(incoming.headers.origin, port))
    return refuse(403, 'forbidden', 'requests from another site are not taken');
  if (pathname.startsWith('/v1/') || pathname === '/v1') {
    if (!mayAsk(incoming, parts.token))
      return refuse(401, 'unauthorized', 'send "Authorization: Bearer <token>"; `start` prints the token');
    return parts.handleApi(request);
  }
  const given = searchParams.get('token');
  if (given !== null && isSame(given, parts.token)) return withCookie(pathname, parts.token);
  if (!mayAsk(incoming, parts.token)) return pageRefused();
  return (await parts.handlePage(request)) ?? refuse(404, 'not_found', `there is nothing at ${pathname}`);
}

const isOurHost = (host: string | undefined, port: number): boolean =>
  host === `127.0.0.1:${port}` || host === `localhost:${port}`;
const isOurOrigin = (origin: string | undefined, port: number): boolean =>
  origin === undefined || origin === `http://127.0.0.1:${port}` || origin === `http://localhost:${port}`;

function mayAsk({ headers }: IncomingMessage, token: string): boolean {
  const bearer = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
  const cookie = new RegExp(`(?:^|; )${COOKIE}=([^;]+)`).exec(headers.cookie ?? '')?.[1];
  return [bearer, cookie].some((given) => given !== undefined && isSame(given, token));
}

function isSame(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The token leaves the address bar at once and lives on as a cookie that no script and no other site can use. */
const withCookie = (pathname: string, token: string): Response =>
  new Response(null, {
    status: 303,
    headers: {
      location: pathname,
      'set-cookie': `${COOKIE}=${token}; HttpOnly; SameSite=Strict; Path=/`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    },
  });

const refuse = (status: number, code: string, detail: string): Response =>
  problemResponse({ type: 'about:blank', title: code, status, detail, code });

const pageRefused = (): Response =>
  new Response('Open the address that the terminal shows: it holds the token.\n', {
    status: 401,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });

async function requestOf(incoming: IncomingMessage, port: number): Promise<Request> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Error('too large');
    chunks.push(chunk);
  }
  const method = incoming.method ?? 'GET';
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) if (typeof value === 'string') headers.set(name, value);
  return new Request(new URL(incoming.url ?? '/', `http://127.0.0.1:${port}`), {
    method,
    headers,
    ...(method === 'GET' || method === 'HEAD' || size === 0 ? {} : { body: Buffer.concat(chunks) }),
  });
}
