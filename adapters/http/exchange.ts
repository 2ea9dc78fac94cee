// One request and its answer over one connection, within limits. No redirects here, and no judgement of the target: guarded-fetch.ts.
import type {
  ClientRequest,
  Agent as HttpAgent,
  IncomingHttpHeaders,
  IncomingMessage,
  RequestOptions,
} from 'node:http';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { FetchFailureKind } from '../../shared/core/errors.ts';
import { FetchFailedError } from '../../shared/core/errors.ts';
import type { FetchTarget } from '../../shared/net/target-rules.ts';
import type { DocumentTurn } from '../../shared/ports.ts';
import { ADDRESS_ATTEMPT_MS, type Connections } from './connections.ts';
import { decodeBody } from './decode-body.ts';
import { fetchFailure, noTurnForLarge, toFetchFailure } from './failures.ts';
import { pinnedLookup, type Resolver } from './pinned-lookup.ts';

const MAX_HEADER_BYTES = 32 * 1024;
/** 103 Early Hints comes once or twice; endless interim answers are a way to hold a connection. */
const MAX_INTERIM_ANSWERS = 10;

/** Servers are seldom content with less than this between two packets. */
const LONG_WAIT_MS = 5_000;

export interface TimeLimits {
  /** From the first byte of the first request to the last byte of the last answer; includes redirects, but not waits for any kind of turn. */
  readonly totalMs: number;
  /** From the start of a request, name lookup and TLS included, to the end of the answer's headers. */
  readonly headersMs: number;
  /** Longest silence within a body. */
  readonly idleMs: number;
}

export interface Exchange {
  readonly method: 'GET' | 'POST';
  readonly target: FetchTarget;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly limits: TimeLimits;
  /** Cap on the bytes on the wire and on the bytes after decompression alike. */
  readonly maxBytes: number;
  /** What to do when the body is longer than that: fail, or keep the beginning as it came. */
  readonly whenLonger: 'fail' | 'cut';
  /** Whether the body of this answer is worth reading. */
  readonly wantsBody: (head: AnswerHead) => boolean;
  /** Taken when the body turns out to be large. */
  readonly turn: DocumentTurn;
}

export interface AnswerHead {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

export interface ExchangeAnswer extends AnswerHead {
  /** Decompressed; empty when the body was not wanted. */
  readonly body: Uint8Array;
}

/** Throws FetchFailedError. */
export async function exchange(job: Exchange, connections: Connections, resolver: Resolver): Promise<ExchangeAnswer> {
  const { status, headers, wire } = await ask(job, connections, resolver);
  const body = job.whenLonger === 'cut' ? wire : await decodeBody(wire, headers['content-encoding'], job);
  return { status, headers, body };
}

/**
 * If a kept connection turns out to be dead before any answer, the request is repeated once on a new one. If Node's parser refuses the
 * framing of an answer, it is requested once more and read leniently. All within the time limit of one request.
 */
async function ask(job: Exchange, connections: Connections, resolver: Resolver): Promise<WireAnswer> {
  const spentMs = stopwatchOf(job.turn);
  const { secure, origin } = job.target;
  const kept = { agent: connections.agentFor(secure), lenient: false };
  const fresh = { agent: connections.freshAgentFor(secure), lenient: false };
  const lenient = { agent: connections.lenientAgentFor(secure), lenient: true };
  const again = (connection: Connection): Promise<WireAnswer> => {
    const totalMs = Math.max(job.limits.totalMs - spentMs(), 1);
    return send({ ...job, limits: { ...job.limits, totalMs } }, connection, resolver);
  };
  return send(job, job.method === 'GET' && connections.badlyFramed.has(origin) ? lenient : kept, resolver)
    .catch((error: unknown) => {
      if (error !== STALE_CONNECTION) throw error;
      return again(fresh);
    })
    .catch((error: unknown) => {
      if (error !== BADLY_FRAMED) throw error;
      connections.badlyFramed.add(origin);
      return again(lenient);
    });
}

interface Connection {
  readonly agent: HttpAgent;
  /** Its answers are repaired before they are parsed, and bytes after them are not a failure. */
  readonly lenient: boolean;
}

interface WireAnswer extends AnswerHead {
  readonly wire: Uint8Array;
}

/** Not an error anyone sees: the kept socket had been closed by the server while it was idle. */
const STALE_CONNECTION = Symbol('stale connection');

/** Also internal: there is an answer, and the lenient reader may be able to read it. */
const BADLY_FRAMED = Symbol('badly framed');

/** The parser's errors about headers and about where a message ends; not those about chunks, which no reader could repair. */
const FRAMING_PROBLEM =
  /^HPE_(INVALID_HEADER_TOKEN|INVALID_CONTENT_LENGTH|UNEXPECTED_CONTENT_LENGTH|INVALID_TRANSFER_ENCODING|CR_EXPECTED|LF_EXPECTED|UNEXPECTED_SPACE)$/;

const send = (job: Exchange, connection: Connection, resolver: Resolver): Promise<WireAnswer> =>
  new Promise((resolve, reject) => {
    try {
      new Attempt(job, connection, resolver, resolve, reject);
    } catch (error) {
      reject(toFetchFailure(error, job.target.url)); // a header that cannot be sent, for one
    }
  });

/** From the first byte out to the last byte in: whatever happens first settles it, and everything else is let go. */
class Attempt {
  readonly #job: Exchange;
  readonly #lenient: boolean;
  readonly #resolve: (answer: WireAnswer) => void;
  readonly #reject: (error: unknown) => void;
  readonly #request: ClientRequest;
  readonly #spentMs: () => number;
  #total: NodeJS.Timeout | undefined;
  readonly #headers: NodeJS.Timeout;
  #idle: NodeJS.Timeout | undefined;
  #interimAnswers = 0;
  #response: IncomingMessage | undefined;
  /** The whole body of the answer is needed. */
  #reading = false;
  #settled = false;

  constructor(
    job: Exchange,
    { agent, lenient }: Connection,
    resolver: Resolver,
    resolve: (answer: WireAnswer) => void,
    reject: (error: unknown) => void,
  ) {
    const { limits, target } = job;
    this.#job = job;
    this.#lenient = lenient;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#request = (target.secure ? httpsRequest : httpRequest)(requestOptions(job, agent, resolver));
    this.#spentMs = stopwatchOf(job.turn);
    this.#startTotal();
    this.#headers = setTimeout(() => this.#late(`no answer within ${seconds(limits.headersMs)}`), limits.headersMs);
    this.#listen();
    this.#request.end(job.body);
  }

  #listen(): void {
    this.#request
      .on('information', () => {
        this.#interimAnswers += 1;
        if (this.#interimAnswers > MAX_INTERIM_ANSWERS)
          this.#fail('http', 'the server sends interim answers without end');
      })
      .on('upgrade', (_response, socket) => {
        socket.destroy();
        this.#fail('http', 'the server switched to another protocol unasked');
      })
      .on('response', (response) => this.#read(response))
      .on('error', (error) => {
        if (!this.#isBehindTheAnswer(error)) this.#break(error);
      })
      .on('close', () => {
        // A complete answer ends by itself.
        if (!this.#settled && this.#response?.complete !== true) this.#break(cutOff());
      });
  }

  /** Bytes after a complete answer, when no more is needed. The socket is gone, so they cannot be taken for the next answer. */
  #isBehindTheAnswer(error: Error): boolean {
    return isParserError(error) && this.#response?.complete === true && (this.#lenient || !this.#reading);
  }

  #read(response: IncomingMessage): void {
    this.#response = response;
    clearTimeout(this.#headers);
    const { wantsBody, whenLonger, maxBytes } = this.#job;
    const problem = ambiguousLength(response);
    if (problem !== null) this.#fail('http', problem);
    else if (hasNoBody(response) || !wantsBody({ status: response.statusCode ?? 0, headers: response.headers }))
      this.#skipBody(response);
    else if (whenLonger === 'fail' && Number(response.headers['content-length'] ?? 0) > maxBytes) this.#tooLong();
    else this.#readBody(response);
  }

  #readBody(response: IncomingMessage): void {
    const { maxBytes, whenLonger } = this.#job;
    const chunks: Uint8Array[] = [];
    let received = 0;
    let turn: Promise<void> | null = null;
    this.#reading = whenLonger === 'fail';
    this.#startIdle();
    response
      .on('data', (chunk: Uint8Array) => {
        this.#idle?.refresh();
        received += chunk.length;
        if (received <= maxBytes) {
          chunks.push(chunk);
          if (received > this.#job.turn.smallBytes) turn ??= this.#waitForTurn(response);
        } else if (whenLonger === 'fail') {
          this.#tooLong();
        } else {
          chunks.push(chunk.subarray(0, chunk.length - (received - maxBytes)));
          this.#succeed(response, Buffer.concat(chunks));
          this.#request.destroy();
        }
      })
      .on('error', (error) => this.#break(error))
      .on('end', async () => {
        await turn; // the end may have come together with what made it large
        if (response.complete) this.#succeed(response, Buffer.concat(chunks));
        else this.#break(cutOff());
      });
  }

  /** Meanwhile the publisher cannot send more, and no deadline runs. */
  async #waitForTurn(response: IncomingMessage): Promise<void> {
    response.pause();
    for (const timer of [this.#total, this.#idle]) clearTimeout(timer);
    const hasTurn = await this.#job.turn.take();
    if (this.#settled) return;
    if (!hasTurn) {
      this.#break(noTurnForLarge(this.#job.target.url));
      return;
    }
    this.#startTotal();
    this.#startIdle();
    response.resume();
  }

  #startTotal(): void {
    const { totalMs } = this.#job.limits;
    const late = () => this.#late(`no whole answer within ${seconds(totalMs)}`);
    this.#total = setTimeout(late, Math.max(totalMs - this.#spentMs(), 0));
  }

  #startIdle(): void {
    const { idleMs } = this.#job.limits;
    this.#idle = setTimeout(() => this.#late(`silent for ${seconds(idleMs)} in the middle of the answer`), idleMs);
  }

  /** Answers without a body leave the connection usable; any other unwanted body is not waited for. */
  #skipBody(response: IncomingMessage): void {
    const done = () => this.#succeed(response, EMPTY);
    response.on('error', done);
    if (hasNoBody(response) || response.headers['content-length'] === '0') {
      response.on('end', done).resume();
    } else {
      done();
      this.#request.destroy();
    }
  }

  #succeed({ statusCode = 0, headers }: IncomingMessage, wire: Uint8Array): void {
    if (this.#settle()) this.#resolve({ status: statusCode, headers, wire });
  }

  #tooLong(): void {
    this.#fail('too_large', `the answer is longer than ${this.#job.maxBytes / 1_000_000} MB`);
  }

  #late(happened: string): void {
    this.#fail('timeout', happened);
  }

  #fail(kind: FetchFailureKind, happened: string): void {
    this.#break(fetchFailure(kind, this.#job.target.url, happened));
  }

  #break(error: unknown): void {
    if (!this.#settle()) return;
    this.#request.destroy();
    this.#reject(this.#wayOut(error) ?? this.#failureOf(error));
  }

  /** Servers hang up on a reader that has not read for long, which is not their fault. */
  #failureOf(error: unknown): FetchFailedError {
    const { turn, target } = this.#job;
    const hadToWait = turn.waitedMs() > LONG_WAIT_MS;
    return hadToWait && !(error instanceof FetchFailedError)
      ? noTurnForLarge(target.url)
      : toFetchFailure(error, target.url);
  }

  /** Why another attempt is worthwhile, or null. Only for GET: nothing is posted twice. */
  #wayOut(error: unknown): unknown {
    if (error instanceof FetchFailedError || this.#job.method !== 'GET') return null;
    const { code = '' } = error as NodeJS.ErrnoException;
    const isOfAnother = this.#request.reusedSocket && this.#response === undefined;
    // Leftovers of the last answer, or the end of an idle connection.
    if (isOfAnother && (code === 'ECONNRESET' || isParserError(error))) return STALE_CONNECTION;
    const isLonger = isParserError(error) && this.#response?.complete === true;
    return !this.#lenient && (isLonger || FRAMING_PROBLEM.test(code)) ? BADLY_FRAMED : null;
  }

  /** True the first time only. */
  #settle(): boolean {
    const first = !this.#settled;
    this.#settled = true;
    for (const timer of [this.#total, this.#headers, this.#idle]) clearTimeout(timer);
    return first;
  }
}

function requestOptions({ method, target, headers }: Exchange, agent: HttpAgent, resolver: Resolver): RequestOptions {
  return {
    agent, // an agent of our own reads no proxy variables
    method,
    host: target.host,
    port: target.port,
    path: target.path,
    headers,
    lookup: pinnedLookup(target, resolver),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_MS,
    insecureHTTPParser: false, // said aloud, so that a NODE_OPTIONS flag cannot change it
    maxHeaderSize: MAX_HEADER_BYTES,
    joinDuplicateHeaders: false,
  } as RequestOptions;
}

/** A message whose end can be read in two ways is refused (RFC 9112, 6.3): proxies and clients may disagree about it. */
function ambiguousLength({ headersDistinct }: IncomingMessage): string | null {
  const lengths = headersDistinct['content-length'] ?? [];
  if (lengths.length > 1) return 'the answer states its length twice';
  if (lengths.length > 0 && headersDistinct['transfer-encoding'] !== undefined)
    return 'the answer states its length in two ways';
  return null;
}

const hasNoBody = ({ statusCode }: IncomingMessage): boolean => statusCode === 304 || statusCode === 204;

const isParserError = (error: unknown): boolean => /^HPE_/.test((error as NodeJS.ErrnoException).code ?? '');

const EMPTY = new Uint8Array(0);

/** Milliseconds since now, without those for which the document waits. */
export function stopwatchOf(turn: DocumentTurn): () => number {
  const begunAt = performance.now() - turn.waitedMs();
  return () => performance.now() - turn.waitedMs() - begunAt;
}

const cutOff = (): Error => Object.assign(new Error('connection closed'), { code: 'ECONNRESET' });

/** What is left of a limit may be any fraction. */
const seconds = (ms: number): string => `${Math.max(1, Math.round(ms / 100)) / 10} s`;
