// Who may come in: names and origins that this server answers to, tokens, sessions of browsers, signing in and out. All of it is decided from the
// headers, but for the form of the sign-in page.
import type { IncomingMessage } from 'node:http';
import { ROLE_HEADER } from '../../shared/api/access.ts';
import { CALLER_HEADER } from '../../shared/api/caller.ts';
import { problemFor, problemResponse } from '../../shared/api/problem.ts';
import type { Clock, Log } from '../../shared/ports.ts';
import { type Access, hashOfSecret, type Identity, OWNER } from './access-file.ts';
import { loginPage, ownPath } from './login-page.ts';
import { WrongTokens } from './wrong-tokens.ts';

export interface GateParts {
  readonly access: Access;
  readonly clock: Clock;
  /** TOCSIN_PUBLIC_URL: a proxy in front of this server has its name. */
  readonly publicUrl?: string | null;
  readonly log: Pick<Log, 'info'>;
}

/** Who sent a request. `session`: the id that the browser sent, whether or not somebody is signed in with it. */
export interface Visitor {
  readonly identity: Identity | null;
  readonly by: 'token' | 'session' | null;
  readonly session: string | null;
}

export const ANYBODY: Visitor = { identity: null, by: null, session: null };

/** 400 days, the most that browsers allow. This server ends a session, and earlier: thirty days after it was last used. */
const COOKIE_LASTS_S = 34_560_000;
const BLOCKED = 'too many wrong tokens; try again in a minute';

export class Gate {
  readonly #parts: GateParts;
  readonly #port: number;
  /** Where this server is reached, each as a browser writes it into `Origin`. */
  readonly #origins: readonly string[];
  readonly #public: URL | null;
  /** Apart, so that a program with an old token keeps nobody from signing in. */
  readonly #wrongAtLogin = new WrongTokens();
  readonly #wrongInHeaders = new WrongTokens();

  constructor(parts: GateParts, port: number) {
    this.#parts = parts;
    this.#port = port;
    this.#public = parts.publicUrl == null ? null : new URL(parts.publicUrl);
    const own = [`http://127.0.0.1:${port}`, `http://localhost:${port}`].map((address) => new URL(address));
    this.#origins = [...own, ...(this.#public === null ? [] : [this.#public])].map(({ origin }) => origin);
  }

  /** Why a request under this name, or from this page, is not answered; null when it is. */
  refusalOf({ headers }: IncomingMessage): string | null {
    if (!this.#origins.some((origin) => new URL(origin).host === hostOf(headers)))
      return 'this server only answers requests to 127.0.0.1, localhost and the name in TOCSIN_PUBLIC_URL';
    if (headers.origin !== undefined && !this.#origins.includes(headers.origin))
      return 'requests from other sites are not accepted';
    return null;
  }

  visitorOf({ headers }: IncomingMessage): Visitor {
    const { access } = this.#parts;
    const session = new RegExp(`(?:^|; )${this.#cookieName(headers)}=([^;]+)`).exec(headers.cookie ?? '')?.[1] ?? null;
    const token = bearerOf(headers);
    if (token !== null) {
      const identity = access.ofToken(token);
      if (identity === null) this.#wrongInHeaders.note(hashOfSecret(token), this.#now());
      return { identity, by: 'token', session };
    }
    return { identity: session === null ? null : access.ofSession(session), by: 'session', session };
  }

  /** The answer to a program that sent no token, or a wrong one. */
  refuseProgram({ by }: Visitor): Response {
    const wait = by === 'token' ? this.#wrongInHeaders.waitSeconds(this.#now()) : 0;
    if (wait > 0) return problemResponse(problemFor('too_many_tries', BLOCKED), { 'retry-after': String(wait) });
    const detail =
      'send "Authorization: Bearer <token>"; the token is in the file `token` of the data folder, or `tocsin tokens create` makes one';
    return problemResponse(problemFor('unauthorized', detail));
  }

  /** Whether a session may change something: only on request of a page of this server, whose Origin was checked before. */
  mayChange({ by }: Visitor, { headers, method = 'GET' }: IncomingMessage): boolean {
    const isReading = /^(?:GET|HEAD|OPTIONS)$/.test(method);
    return by !== 'session' || isReading || headers.origin !== undefined || headers['sec-fetch-site'] === 'same-origin';
  }

  /** What a handler is told of the visitor, in place of what the client says of itself. */
  introduce(headers: Headers, { identity, by }: Visitor): void {
    headers.delete(ROLE_HEADER);
    if (identity === null) return;
    headers.set(ROLE_HEADER, identity.role);
    // The holder of the master token may say for whom it asks, as the commands do.
    if (by === 'session' || identity !== OWNER || !headers.has(CALLER_HEADER))
      headers.set(CALLER_HEADER, identity.name);
  }

  // ---------------------------------------------------------------- signing in and out

  /** `/login`. `body`: of the form. */
  login(incoming: IncomingMessage, url: URL, body: string, visitor: Visitor): Response {
    const { method } = incoming;
    if (method === 'GET' || method === 'HEAD') return loginPage(ownPath(url.searchParams.get('to')));
    if (method !== 'POST') return problemResponse(problemFor('method_not_allowed', '/login allows GET and POST'));
    const form = new URLSearchParams(body);
    return this.#signIn(form.get('token')?.trim() ?? '', ownPath(form.get('to')), incoming, visitor);
  }

  /** The answer to the printed link; null for any other address, and where another page has asked for it. */
  followLink(incoming: IncomingMessage, url: URL, visitor: Visitor): Response | null {
    const token = url.searchParams.get('token');
    if (token === null || !isOpenedByItsReader(incoming)) return null;
    return this.#signIn(token, ownPath(url.pathname), incoming, visitor);
  }

  logout({ headers }: IncomingMessage, { session, identity }: Visitor): Response {
    if (session !== null) this.#parts.access.signOut(session);
    if (identity !== null) this.#parts.log.info('signed out', { by: identity.name });
    return seeOther('/login', this.#cookie(headers, '', 0));
  }

  /** A session of its own for this browser, never one that it brought, which ends. The token leaves the address bar at once. */
  #signIn(token: string, to: string, { headers }: IncomingMessage, { session }: Visitor): Response {
    const { access, log } = this.#parts;
    const waitSeconds = this.#wrongAtLogin.waitSeconds(this.#now());
    if (waitSeconds > 0) return loginPage(to, { status: 429, says: BLOCKED, waitSeconds });
    const identity = access.ofToken(token);
    if (identity === null) {
      this.#wrongAtLogin.note(hashOfSecret(token), this.#now());
      return loginPage(to, { status: 401, says: 'This token is not known here.' });
    }
    if (session !== null) access.signOut(session);
    log.info('signed in', { by: identity.name });
    return seeOther(to, this.#cookie(headers, access.signIn(identity), COOKIE_LASTS_S));
  }

  /** TLS ends at the proxy; on this machine itself there is none. */
  #isSecure(headers: IncomingMessage['headers']): boolean {
    return this.#public?.protocol === 'https:' && this.#public.host === hostOf(headers);
  }

  /** Two instances on one machine share its name, and so its cookies. Under TLS, no neighbour of the name can set it. */
  #cookieName = (headers: IncomingMessage['headers']): string =>
    `${this.#isSecure(headers) ? '__Host-' : ''}tocsin-session-${this.#port}`;

  #cookie(headers: IncomingMessage['headers'], value: string, seconds: number): string {
    const secure = this.#isSecure(headers) ? '; Secure' : '';
    return `${this.#cookieName(headers)}=${value}; HttpOnly; SameSite=Lax; Path=/; Max-Age=${seconds}${secure}`;
  }

  #now = (): number => this.#parts.clock.now().getTime();
}

/** As `URL` writes it: a default port is left out. */
const hostOf = ({ host }: IncomingMessage['headers']): string | undefined =>
  host?.toLowerCase().replace(/:(?:80|443)$/, '');

/** The name of a scheme may be in any case (RFC 9110, section 11.1). */
const bearerOf = ({ authorization }: IncomingMessage['headers']): string | null =>
  /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? null;

/** In the address bar or from a terminal: not as a picture, a frame or a link of another site. Old browsers do not say. */
const isOpenedByItsReader = ({ headers }: IncomingMessage): boolean =>
  [undefined, 'document'].includes(headers['sec-fetch-dest'] as string | undefined) &&
  [undefined, 'none', 'same-origin'].includes(headers['sec-fetch-site'] as string | undefined);

export const seeOther = (location: string, cookie: string | null = null): Response =>
  new Response(null, {
    status: 303,
    headers: {
      location,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      ...(cookie === null ? {} : { 'set-cookie': cookie }),
    },
  });
