// What all channels over HTTP have in common: how a target is read, what may be shown of it, and what an answer means.
import { createHash } from 'node:crypto';
import { cutText, oneLine } from '../alerts/plain-text.ts';
import { MessageRefusedError, SendLaterError, ServiceUnavailableError, TargetGoneError } from '../core/errors.ts';
import { HOUR_SECONDS, MINUTE_SECONDS } from '../core/time.ts';
import type { ChannelMessage } from '../model/alert.ts';
import type { ChannelSecret } from '../model/channels.ts';
import { retryAfterSeconds } from '../net/response-times.ts';
import { type AllowedHosts, checkTarget } from '../net/target-rules.ts';
import type { Receipt } from '../ports.ts';

/** A channel reached over HTTP. */
export interface ChannelKind {
  /** As people call the service. */
  readonly service: string;
  /** What may be given beside the target. */
  readonly options: readonly TargetOption[];
  readTarget(target: string, options: TargetOptions): ReadTarget;
  /** Within the limits of the service: what does not fit is left out item by item, and counted. It is sent by POST. */
  compose(message: ChannelMessage, secret: ChannelSecret, now: Date): WebRequest;
  /** Throws what ChannelSender throws. */
  readAnswer(answer: WebAnswer, now: Date): Receipt;
}

/** `chat`: of Telegram. `token`: of an ntfy server. */
export const TARGET_OPTIONS = ['chat', 'token'] as const;
export type TargetOption = (typeof TARGET_OPTIONS)[number];

export interface TargetOptions extends Partial<Readonly<Record<TargetOption, string>>> {
  /** Those that may be private and asked without encryption. */
  readonly allowedHosts: AllowedHosts;
}

export type ReadTarget =
  | {
      readonly ok: true;
      readonly secret: ChannelSecret;
      /** Tells one target from another, whatever else is secret about it. Not shown. */
      readonly identity: string;
      /** Enough to recognise it, never enough to post. */
      readonly shown: string;
    }
  /** Each begins with the name of the field. None quotes the target. */
  | { readonly ok: false; readonly problems: readonly string[] };

export interface WebRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WebAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Its beginning at least. */
  readonly body: string;
}

export const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' } as const;

// ---------------------------------------------------------------- targets

/** Characters. A parameter of SSM holds 4 KB, with the keys. */
const LONGEST_TARGET = 2_000;

export const refused = (...problems: readonly string[]): ReadTarget => ({ ok: false, problems });

/** The address as URL, or what is wrong with it, in words that follow "target: ". */
export function readAddress(target: string, { allowedHosts }: TargetOptions): URL | string {
  const text = target.trim();
  if (text.length > LONGEST_TARGET)
    return `it has ${text.length} characters; expected at most ${LONGEST_TARGET.toLocaleString('en-GB')}`;
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    return 'it is no web address; expected one that begins with https://';
  if (url.username !== '' || url.password !== '') return 'it may not hold a user name or password';
  url.hash = '';
  const verdict = checkTarget(url.href, { allowedHosts });
  if (!verdict.ok) return `${verdict.reason}. A server of your own is named as HOST:PORT in fetch.allowHosts`;
  return verdict.target.secure || verdict.target.allowed
    ? url
    : 'it is not encrypted; expected https://, or a server that fetch.allowHosts names as HOST:PORT';
}

/** Whether the operator vouches for this server. */
export const isAllowedHost = (url: URL, { allowedHosts }: TargetOptions): boolean =>
  allowedHosts.has(`${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`);

/** Shorter ones may be words that people can guess. */
const SHORTEST_TOKEN = 20;

/** `hooks.slack.com/…Xy3z`: the end of a long token; null or a short one: of a hash of the whole address. */
export function shownTarget({ host, href }: URL, token: string | null): string {
  const isLong = token !== null && token.length >= SHORTEST_TOKEN;
  const end = isLong ? token : createHash('sha256').update(href).digest('hex');
  return `${host}/…${end.slice(-4)}`;
}

// ---------------------------------------------------------------- answers

/** An exact wait may be asked for; a longer one is looked at again after an hour. */
const LONGEST_WAIT_SECONDS = HOUR_SECONDS;
const LONGEST_WORDS = 200;

export interface AnswerRules {
  readonly service: string;
  /** Whether a refusal means that the address will never work again. 410 always does. */
  readonly isGone?: (answer: WebAnswer) => boolean;
  /** Seconds to wait that the body names. */
  readonly waitSeconds?: (answer: WebAnswer) => number | null;
  /** What the service says, where that is not the whole body. */
  readonly words?: (answer: WebAnswer) => string;
}

/** Returns for an answer of success, and throws for any other. No message holds an address. */
export function checkAnswer(answer: WebAnswer, now: Date, rules: AnswerRules): void {
  const { status } = answer;
  if (status >= 200 && status < 300) return;
  const said = cutText(oneLine(rules.words?.(answer) ?? plainWords(answer.body)), LONGEST_WORDS);
  const happened = `${rules.service} answered ${status}${said === '' ? '' : `: ${said}`}`;
  const wait = waitOf(answer, now, rules);
  if (status === 429 || (status === 503 && wait !== null)) {
    const seconds = Math.ceil(Math.min(Math.max(wait ?? MINUTE_SECONDS, 1), LONGEST_WAIT_SECONDS));
    throw new SendLaterError(seconds, `${happened}; it asks to wait`);
  }
  if (status === 410 || rules.isGone?.(answer) === true) throw new TargetGoneError(happened);
  if (status >= 300 && status < 400)
    throw new ServiceUnavailableError(`${happened}; redirects are not followed: subscribe the final address`);
  if (status >= 500 || status < 200 || status === 408 || status === 425) throw new ServiceUnavailableError(happened);
  throw new MessageRefusedError(happened);
}

function waitOf(answer: WebAnswer, now: Date, { waitSeconds }: AnswerRules): number | null {
  const named = waitSeconds?.(answer) ?? null;
  const header = answer.headers['retry-after'];
  if (named !== null || typeof header !== 'string') return named;
  return /^\d+$/.test(header.trim()) ? Number(header) : retryAfterSeconds(header, now);
}

/** Of a page, nothing: its words are about something else. */
const plainWords = (body: string): string => (/^\s*</.test(body) ? '' : body);

/** Of an answer in JSON; null for any other. */
export function jsonOf({ body }: WebAnswer): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}

/** A text or number of an answer as text; empty for anything else. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
