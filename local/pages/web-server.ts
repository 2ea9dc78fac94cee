// The one port for people and monitors: the API, the public links, the outbox, a status page, health and metrics. Bound to 127.0.0.1 only. A page of another
// site that is open in a browser cannot reach it (Host and Origin are checked), nor can anyone without the token. All of this is decided from
// the headers, before a body is read.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { problemFor, problemResponse } from '../../shared/api/problem.ts';
import { MAX_BODY_BYTES } from '../../shared/api/read-request.ts';
import type { ProblemCode } from '../../shared/core/error-codes.ts';
import { InvalidInputError } from '../../shared/core/errors.ts';
import { ANYBODY, Gate, type GateParts, seeOther, type Visitor } from '../access/gate.ts';
import { closeServer } from '../system/close-server.ts';

/** `log`: told of each change that somebody made through the API, who and which route. */
export interface WebServerParts extends GateParts {
  readonly port: number;
  /** Path of TOCSIN_PUBLIC_URL without its last slash, usually empty: a proxy may leave it in front of the paths, or take it away. */
  readonly publicPath?: string;
  readonly handleApi: (request: Request) => Promise<Response>;
  readonly handlePublic: (request: Request) => Promise<Response>;
  /** `/healthz`, `/readyz` and `/metrics`. */
  readonly handleHealth: (request: Request) => Promise<Response>;
  /** Pages for people: `/`, `/outbox…`. Null for what is none of them. */
  readonly handlePage: (request: Request) => Promise<Response | null>;
  /** Links in mails that confirm or end an SNS e-mail subscription. */
  readonly handleSns: (request: Request) => Promise<Response>;
}

export interface WebServer {
  readonly url: string;
  close(): Promise<void>;
}

/** A client that has been silent for this long will send nothing more. */
const LINGER_MS = 1_000;
/** The limit for a client that keeps sending. */
const LONGEST_LINGER_MS = 15_000;

/** Throws InvalidInputError('port_in_use'). */
export async function startWebServer(parts: WebServerParts): Promise<WebServer> {
  let port = parts.port;
  let gate: Gate;
  const server = createServer((request, response) => {
    // The answer broke off in the middle: only this client should notice.
    serve(request, response, { parts, gate, port }).catch(() => response.destroy());
  });
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
  gate = new Gate(parts, port);
  return { url: `http://127.0.0.1:${port}`, close: () => closeServer(server) };
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { parts, gate, port }: { readonly parts: WebServerParts; readonly gate: Gate; readonly port: number },
): Promise<void> {
  const response = await answer(incoming, parts, gate, port).catch(() =>
    plain(503, 'A part of this instance does not answer; see its terminal.'),
  );
  const body = Buffer.from(await response.arrayBuffer());
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(body);
  if (!incoming.complete) linger(incoming);
}

/**
 * A client that sends its whole body before it reads the answer would see a broken connection instead, so the rest of the body is discarded
 * while it comes. Without `connection: close`, after which Node would close at once.
 */
function linger(incoming: IncomingMessage): void {
  const end = (): unknown => incoming.destroy();
  const idle = setTimeout(end, LINGER_MS);
  const longest = setTimeout(end, LONGEST_LINGER_MS);
  incoming.on('data', () => idle.refresh());
  for (const over of ['end', 'close']) {
    incoming.once(over, () => {
      clearTimeout(idle);
      clearTimeout(longest);
    });
  }
}

const plain = (status: number, words: string): Response =>
  new Response(`${words}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });

async function answer(incoming: IncomingMessage, parts: WebServerParts, gate: Gate, port: number): Promise<Response> {
  const url = urlOf(incoming, port, parts.publicPath ?? '');
  if (url === null) return refuse('invalid_request', 'invalid request address');
  const refused = refusalOf(incoming, url, gate);
  if (refused !== null) return refused;
  const visitor = isPublic(url) || isProbe(url) ? ANYBODY : gate.visitorOf(incoming);
  const early = isOpen(url) ? null : turnedAway(incoming, url, visitor, gate);
  if (early !== null) return early;
  const body = await bodyOf(incoming);
  if (body === null) {
    return refuse('body_too_large', `the body is too large; expected at most ${MAX_BODY_BYTES} bytes`);
  }
  if (isLogin(url)) return gate.login(incoming, url, body.toString(), visitor);
  if (url.pathname === '/logout' && incoming.method === 'POST') return gate.logout(incoming, visitor);
  const request = requestOf(incoming, url, body);
  gate.introduce(request.headers, visitor);
  const response = await route(request, url, parts);
  if (isApi(url) && response.ok && !/^(?:GET|HEAD|OPTIONS)$/.test(request.method))
    parts.log.info('changed through the API', {
      by: visitor.identity?.name,
      method: request.method,
      path: url.pathname,
      status: response.status,
    });
  return response;
}

/** Our own address with the requested path; leading slashes are reduced to one, so that no path names another host. */
function urlOf({ url = '/' }: IncomingMessage, port: number, publicPath: string): URL | null {
  const asked = /^https?:\/\//i.test(url) ? URL.parse(url) : URL.parse(`http://127.0.0.1:${port}${url}`);
  if (asked === null) return null;
  const asIs = asked.pathname.replace(/^[/\\]+/, '/');
  const path = publicPath !== '' && asIs.startsWith(`${publicPath}/`) ? asIs.slice(publicPath.length) : asIs;
  return URL.parse(`http://127.0.0.1:${port}${path.replace(/^[/\\]+/, '/')}${asked.search}`);
}

/**
 * Opened from a mail or read by a feed reader, authorised by the secret in the address. A proxy at TOCSIN_PUBLIC_URL has another name, and a browser
 * sends `Origin: null`.
 */
const isPublic = ({ pathname }: URL): boolean => /^\/(?:u|f|sns)\//.test(pathname);
/** Asked by supervisors, which have no token. */
const isProbe = ({ pathname }: URL): boolean => pathname === '/healthz' || pathname === '/readyz';
/** A monitor may come through a proxy under another name. A page of another site cannot read them, because it has no token. */
const isMetrics = ({ pathname }: URL): boolean => pathname === '/metrics';
const isApi = ({ pathname }: URL): boolean => pathname.startsWith('/v1/') || pathname === '/v1';

const isLogin = ({ pathname }: URL): boolean => pathname === '/login';
/** Without a token or a session. */
const isOpen = (url: URL): boolean => isPublic(url) || isProbe(url) || isLogin(url);

function refusalOf(incoming: IncomingMessage, url: URL, gate: Gate): Response | null {
  // Two servers might each read a different one (RFC 9112, section 3.2).
  if (incoming.rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length > 1)
    return refuse('invalid_request', 'a request must have one Host header');
  // The web's Request cannot be made with it.
  if (incoming.method === 'TRACE') return refuse('method_not_allowed', 'TRACE is not supported');
  if (isPublic(url) || isProbe(url) || isMetrics(url)) return null;
  const reason = gate.refusalOf(incoming);
  return reason === null ? null : refuse('forbidden', reason);
}

/** The answer to a request of somebody unknown, or with a token in its address; null when the request may proceed. */
function turnedAway(incoming: IncomingMessage, url: URL, visitor: Visitor, gate: Gate): Response | null {
  const isForPrograms = isApi(url) || isMetrics(url);
  const signedIn = isForPrograms ? null : gate.followLink(incoming, url, visitor);
  if (signedIn !== null) return signedIn;
  if (visitor.identity === null) {
    if (isForPrograms) return gate.refuseProgram(visitor);
    const isPage = incoming.method === 'GET' || incoming.method === 'HEAD';
    return seeOther(isPage ? `/login?to=${encodeURIComponent(url.pathname + url.search)}` : '/login');
  }
  return gate.mayChange(visitor, incoming)
    ? null
    : refuse('forbidden', 'a change with a session must come from a page of this server');
}

async function route(request: Request, url: URL, parts: WebServerParts): Promise<Response> {
  const { pathname } = url;
  if (/^\/[uf]\//.test(pathname)) return parts.handlePublic(request);
  if (pathname.startsWith('/sns/')) return parts.handleSns(request);
  if (isApi(url)) return parts.handleApi(request);
  if (isProbe(url) || isMetrics(url)) return parts.handleHealth(request);
  return (await parts.handlePage(request)) ?? refuse('not_found', `there is nothing at ${pathname}`);
}

const refuse = (code: ProblemCode, detail: string): Response => problemResponse(problemFor(code, detail));

/** Null when it is too large. */
async function bodyOf(incoming: IncomingMessage): Promise<Buffer | null> {
  if (Number(incoming.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return null;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function requestOf(incoming: IncomingMessage, url: URL, body: Buffer): Request {
  const method = incoming.method ?? 'GET';
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) if (typeof value === 'string') headers.set(name, value);
  const hasBody = method !== 'GET' && method !== 'HEAD' && body.length > 0;
  return new Request(url, { method, headers, ...(hasBody ? { body: new Uint8Array(body) } : {}) });
}
