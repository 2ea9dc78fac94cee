// The one family of errors. A caller matches on `code`, never on the class name: bundlers rename classes.
// Every code is listed in docs/errors.md with its cure.

/** The base of every error that Tocsin raises on purpose. Anything else that is thrown is a bug or a vendor's surprise. */
export abstract class TocsinError extends Error {
  abstract readonly code: string;
  /** Could the same call succeed later with nothing changed by a human? */
  abstract readonly retryable: boolean;
}

/** What a user wrote (a setting, an argument, a topic, an OPML file) cannot be used. The CLI exits with 2 on it, the API answers 400. */
export class InvalidInputError extends TocsinError {
  readonly code: string;
  readonly retryable = false;
  /** Every problem found, one line each: where, what was got, what is allowed, the nearest known name. */
  readonly problems: readonly string[];

  constructor(code: string, summary: string, problems: readonly string[] = [], options?: ErrorOptions) {
    super(problems.length === 0 ? summary : `${summary}\n${problems.map((line) => `  ${line}`).join('\n')}`, options);
    this.code = code;
    this.problems = problems;
  }
}

/** A thing that was named does not exist. The API answers 404. */
export class NotFoundError extends TocsinError {
  readonly code = 'not_found';
  readonly retryable = false;

  /** `hint`, a sentence with a space before it: what may have been meant. */
  constructor(what: string, hint = '') {
    super(hint === '' ? `${what} does not exist` : `${what} does not exist.${hint}`);
  }
}

/** A condition on a write did not hold because somebody else wrote first; reading again and repeating is safe. */
export class ConflictError extends TocsinError {
  readonly code = 'conflict';
  readonly retryable = true;
}

/** A part that Tocsin stands on (database, queue, mail) answered with a fault or not at all. `cause` keeps the vendor's error. */
export class ServiceUnavailableError extends TocsinError {
  readonly code = 'service_unavailable';
  readonly retryable = true;
}

/** The disk of a local installation cannot be written: `disk_full`, or `unwritable_data` without permission. The message names the folder. */
export class StorageError extends TocsinError {
  readonly code: 'disk_full' | 'unwritable_data';
  readonly retryable = true;

  constructor(code: StorageError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A stored record is not in the shape this code writes: edited by hand, or written by a newer version. The message names the record. */
export class DamagedRecordError extends TocsinError {
  readonly code = 'damaged_record';
  readonly retryable = false;

  constructor(record: string, problem: string, options?: ErrorOptions) {
    super(`the stored record ${record} is damaged: ${problem}`, options);
  }
}

/** The kinds a failed fetch can have; each has an article in docs/errors.md. */
export type FetchFailureKind =
  | 'blocked'
  | 'dns'
  | 'refused'
  | 'tls'
  | 'timeout'
  | 'reset'
  | 'too_large'
  | 'decode'
  | 'http'
  | 'gone'
  | 'throttled'
  | 'redirects'
  | 'robots'
  | 'not_a_feed'
  | 'parse'
  | 'empty'
  | 'internal';

/** A feed or page could not be had. The message names the address, the kind and a cure. */
export class FetchFailedError extends TocsinError {
  readonly code: string;
  readonly retryable: boolean;
  readonly kind: FetchFailureKind;
  readonly url: string;
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  /** Seconds the server asked us to wait (Retry-After), already clamped; undefined when it did not ask. */
  readonly retryAfterSeconds?: number;
  /** What happened, without the address and the advice: shown with an article. */
  readonly happened: string;

  constructor(
    kind: FetchFailureKind,
    url: string,
    message: string,
    options: ErrorOptions & { status?: number; retryAfterSeconds?: number; happened?: string } = {},
  ) {
    super(message, options);
    this.kind = kind;
    this.happened = options.happened ?? message;
    this.code = `fetch_${kind}`;
    this.url = url;
    this.status = options.status;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.retryable = kind !== 'gone' && kind !== 'blocked';
  }
}

/** A feed that somebody named. */
export interface FeedCandidate {
  readonly url: string;
  /** Empty where none is stated. */
  readonly title: string;
}

/** An address was read before it was to be followed, and is not followed. The API answers 422. */
export class FeedRefusedError extends InvalidInputError {
  readonly kind: FetchFailureKind | 'several_feeds';
  /** The same address may well be read some minutes later. */
  readonly temporary: boolean;
  /** What to do. */
  readonly advice: string;
  /** Feeds of the page at the address, for `several_feeds`. */
  readonly candidates: readonly FeedCandidate[];

  constructor(
    message: string,
    advice: string,
    {
      kind,
      temporary = false,
      candidates = [],
      cause,
    }: ErrorOptions & Partial<Pick<FeedRefusedError, 'temporary' | 'candidates'>> & Pick<FeedRefusedError, 'kind'>,
  ) {
    super('feed_refused', message, [], { cause });
    this.advice = advice;
    this.kind = kind;
    this.temporary = temporary;
    this.candidates = candidates;
  }
}

/**
 * The host is asked as much as it should be, or this machine has too many large documents in memory, and no turn came in time. Nothing is wrong
 * with the address.
 */
export class NoTurnError extends FetchFailedError {
  constructor(url: string, message: string, retryAfterSeconds: number, happened = message) {
    super('throttled', url, message, { retryAfterSeconds, happened });
  }
}

/** True when the same call may succeed later: our own retryable errors, and errors nobody foresaw. */
export function mayRetry(error: unknown): boolean {
  return error instanceof TocsinError ? error.retryable : true;
}

/** The recipient's address will not do, now or later, says the provider. `message` holds no address. */
export class DeliveryRefusedError extends TocsinError {
  readonly code = 'delivery_refused';
  readonly retryable = false;
}

/** The provider will not take this very message, for its size or content. It says nothing about the recipient. */
export class MessageRefusedError extends TocsinError {
  readonly code = 'message_refused';
  readonly retryable = false;
}

/** The provider does not let us send: login, sender's address, policy. It says nothing about the recipient; a human can cure it, so mails wait. */
export class SenderRefusedError extends TocsinError {
  readonly code = 'sender_refused';
  readonly retryable = true;
}
