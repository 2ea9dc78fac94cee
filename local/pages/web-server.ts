// The one port for people and monitors: the API, the public links, the outbox, a status page, health and metrics. Bound to 127.0.0.1 only. A page of another
// site that is open in a browser cannot reach it (Host and Origin are checked), nor can anyone without the token. All of this is decided from
// the headers, before a body is read.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ROLE_HEADER } from '../../shared/api/access.ts';
import { CALLER_HEADER } from '../../shared/api/caller.ts';
import { problemFor, problemResponse } from '../../shared/api/problem.ts';
import { MAX_BODY_BYTES } from '../../shared/api/read-request.ts';
import type { ProblemCode } from '../../shared/core/error-codes.ts';
import { InvalidInputError } from '../../shared/core/errors.ts';
import type { Clock, Log } from '../../shared/ports.ts';
import { type Access, type Identity, OWNER } from '../access/access-file.ts';
import { loginPage, ownPath } from '../access/login-page.ts';
import { WrongTokens } from '../access/wrong-tokens.ts';
import { closeServer } from '../system/close-server.ts';

export interface WebServerParts {
  readonly port: number;
  readonly access: Access;
  readonly clock: Clock;
  /** TOCSIN_PUBLIC_URL: a proxy in front of this server has its name. */
  readonly publicUrl?: string | null;
  /** Told of each change that somebody made through the API: who, and which route. */
  readonly log: Pick<Log, 'info'>;
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
/** 400 days, the most that browsers allow. This server ends a session, and earlier: thirty days after it was last used. */
const COOKIE_LASTS_S = 34_560_000;
const BLOCKED = 'too many wrong tokens; try again in a minute';

/** Throws InvalidInputError('port_in_use'). */
export async function startWebServer(parts: WebServerParts): Promise<WebServer> {
  let port = parts.port;
  const wrongTokens = new WrongTokens();
  const server = createServer((request, response) => {
    // The answer broke off in the middle: only this client should notice.
    serve(request, response, { ...parts, wrongTokens }, port).catch(() => response.destroy());
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
  return { url: `http://127.0.0.1:${port}`, close: () => closeServer(server) };
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  parts: ServerParts,
  port: number,
): Promise<void> {
  const response = await answer(incoming, parts, port).catch(() =>
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

/** With what this server remembers itself. */
interface ServerParts extends WebServerParts {
  readonly wrongTokens: WrongTokens;
}

async function answer(incoming: IncomingMessage, parts: ServerParts, port: number): Promise<Response> {
  const url = urlOf(incoming, port, parts.publicPath ?? '');
  if (url === null) return refuse('invalid_request', 'invalid request address');
  const refused = refusalOf(incoming, url, port, parts.publicUrl ?? null);
  if (refused !== null) return refused;
  const asking = isPublic(url) || isProbe(url) ? ANYBODY : whoAsks(incoming, parts, port);
  const early = isLogin(url) ? null : withoutIdentity(incoming, url, asking, parts, port);
  if (early !== null) return early;
  const body = await bodyOf(incoming);
  if (body === null) {
    return refuse('body_too_large', `the body is too large; expected at most ${MAX_BODY_BYTES} bytes`);
  }
  if (isLogin(url)) return login(requestOf(incoming, url, body, asking), parts, port);
  return route(requestOf(incoming, url, body, asking), url, asking, parts, port);
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

function refusalOf(
  { headers, rawHeaders, method }: IncomingMessage,
  url: URL,
  port: number,
  publicUrl: string | null,
): Response | null {
  // Two servers might each read a different one (RFC 9112, section 3.2).
  if (rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length > 1)
    return refuse('invalid_request', 'a request must have one Host header');
  // The web's Request cannot be made with it.
  if (method === 'TRACE') return refuse('method_not_allowed', 'TRACE is not supported');
  if (isPublic(url) || isProbe(url) || isMetrics(url)) return null;
  const own = [
    `http://127.0.0.1:${port}`,
    `http://localhost:${port}`,
    ...(publicUrl === null ? [] : [new URL(publicUrl).origin]),
  ];
  if (!own.some((origin) => new URL(origin).host === hostOf(headers.host)))
    return refuse(
      'forbidden',
      'this server only answers requests to 127.0.0.1, localhost and the name in TOCSIN_PUBLIC_URL',
    );
  if (headers.origin !== undefined && !own.includes(headers.origin))
    return refuse('forbidden', 'requests from other sites are not accepted');
  return null;
}

/** As `URL` writes it: a default port is left out. */
const hostOf = (host: string | undefined): string | undefined => host?.toLowerCase().replace(/:(?:80|443)$/, '');

// ---------------------------------------------------------------- who asks

/** `session`: the id that the browser sent, whether or not somebody is signed in with it. */
interface Asking {
  readonly identity: Identity | null;
  readonly by: 'token' | 'session' | null;
  readonly session: string | null;
}

const ANYBODY: Asking = { identity: null, by: null, session: null };

function whoAsks({ headers }: IncomingMessage, { access, wrongTokens, clock }: ServerParts, port: number): Asking {
  const session = new RegExp(`(?:^|; )${cookieName(port)}=([^;]+)`).exec(headers.cookie ?? '')?.[1] ?? null;
  // The name of a scheme may be in any case (RFC 9110, section 11.1).
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer !== undefined) {
    const identity = access.ofToken(bearer);
    if (identity === null) wrongTokens.note(clock.now().getTime());
    return { identity, by: 'token', session };
  }
  return { identity: session === null ? null : access.ofSession(session), by: 'session', session };
}

/** Two instances on one machine share its name, and so its cookies. */
const cookieName = (port: number): string => `tocsin-session-${port}`;

/** The answer to a request of somebody unknown, or with a token in its address; null when the request may proceed. */
function withoutIdentity(
  incoming: IncomingMessage,
  url: URL,
  asking: Asking,
  parts: ServerParts,
  port: number,
): Response | null {
  if (isPublic(url) || isProbe(url)) return null;
  const isForPrograms = isApi(url) || isMetrics(url);
  const given = isForPrograms ? null : url.searchParams.get('token');
  if (given !== null) return signInWith(given, url.pathname, asking, parts, port);
  if (asking.identity === null) {
    if (!isForPrograms) return seeOther(`/login?to=${encodeURIComponent(url.pathname + url.search)}`);
    const wait = asking.by === 'token' ? parts.wrongTokens.waitSeconds(parts.clock.now().getTime()) : 0;
    return wait > 0
      ? problemResponse(problemFor('too_many_tries', BLOCKED), { 'retry-after': String(wait) })
      : refuse(
          'unauthorized',
          'send "Authorization: Bearer <token>"; the token is in the file `token` of the data folder, or `tocsin tokens create` makes one',
        );
  }
  return asking.by === 'session' && changes(incoming) && !isFromOwnPage(incoming)
    ? refuse('forbidden', 'a change with a session must come from a page of this server')
    : null;
}

const changes = ({ method }: IncomingMessage): boolean => !/^(?:GET|HEAD|OPTIONS)$/.test(method ?? 'GET');

/** Browsers send one of these with each request that changes something; that Origin is ours was checked before. */
const isFromOwnPage = ({ headers }: IncomingMessage): boolean =>
  headers.origin !== undefined || headers['sec-fetch-site'] === 'same-origin';

// ---------------------------------------------------------------- signing in and out

const isLogin = ({ pathname }: URL): boolean => pathname === '/login';

async function login(request: Request, parts: ServerParts, port: number): Promise<Response> {
  if (request.method === 'GET' || request.method === 'HEAD')
    return loginPage(ownPath(new URL(request.url).searchParams.get('to')));
  if (request.method !== 'POST') return refuse('method_not_allowed', '/login allows GET and POST');
  const form = new URLSearchParams(await request.text());
  return signInWith(form.get('token')?.trim() ?? '', ownPath(form.get('to')), ANYBODY, parts, port);
}

/** A session of its own for this browser, never one that it brought. The token leaves the address bar at once. */
function signInWith(
  token: string,
  to: string,
  { session }: Asking,
  { access, wrongTokens, clock, publicUrl }: ServerParts,
  port: number,
): Response {
  const now = clock.now().getTime();
  const waitSeconds = wrongTokens.waitSeconds(now);
  if (waitSeconds > 0) return loginPage(to, { status: 429, says: BLOCKED, waitSeconds });
  const identity = access.ofToken(token);
  if (identity === null) {
    wrongTokens.note(now);
    return loginPage(to, { status: 401, says: 'This token is not known here.' });
  }
  if (session !== null) access.signOut(session);
  const secure = publicUrl?.startsWith('https:') === true ? '; Secure' : '';
  return seeOther(
    to,
    `${cookieName(port)}=${access.signIn(identity)}; HttpOnly; SameSite=Lax; Path=/; Max-Age=${COOKIE_LASTS_S}${secure}`,
  );
}

const seeOther = (location: string, cookie: string | null = null): Response =>
  new Response(null, {
    status: 303,
    headers: {
      location,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      ...(cookie === null ? {} : { 'set-cookie': cookie }),
    },
  });

function signOut({ session }: Asking, { access }: ServerParts, port: number): Response {
  if (session !== null) access.signOut(session);
  return seeOther('/login', `${cookieName(port)}=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0`);
}

// ---------------------------------------------------------------- where it goes

async function route(request: Request, url: URL, asking: Asking, parts: ServerParts, port: number): Promise<Response> {
  const { pathname } = url;
  if (/^\/[uf]\//.test(pathname)) return parts.handlePublic(request);
  if (pathname.startsWith('/sns/')) return parts.handleSns(request);
  if (isApi(url)) {
    const response = await parts.handleApi(request);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      parts.log.info('changed through the API', {
        by: asking.identity?.name,
        method: request.method,
        path: pathname,
        status: response.status,
      });
    return response;
  }
  if (isProbe(url) || isMetrics(url)) return parts.handleHealth(request);
  if (pathname === '/logout' && request.method === 'POST') return signOut(asking, parts, port);
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

function requestOf(incoming: IncomingMessage, url: URL, body: Buffer, { identity, by }: Asking): Request {
  const method = incoming.method ?? 'GET';
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) if (typeof value === 'string') headers.set(name, value);
  headers.delete(ROLE_HEADER);
  if (identity !== null) {
    headers.set(ROLE_HEADER, identity.role);
    // The holder of the master token may say for whom it asks, as the commands do.
    if (by === 'session' || identity !== OWNER || !headers.has(CALLER_HEADER))
      headers.set(CALLER_HEADER, identity.name);
  }
  const hasBody = method !== 'GET' && method !== 'HEAD' && body.length > 0;
  return new Request(url, { method, headers, ...(hasBody ? { body: new Uint8Array(body) } : {}) });
}
