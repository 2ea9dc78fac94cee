// The one family of errors. A caller matches on `code`, never on the class name: bundlers rename classes.
import type { ErrorCode, FetchCode, FetchFailureKind, HttpStatusCode, InputCode, ProblemCode } from './error-codes.ts';

export type { FetchFailureKind } from './error-codes.ts';

/** The base of every error that Tocsin throws on purpose. Anything else is a bug, or an unexpected error of a library. */
export abstract class TocsinError extends Error {
  abstract readonly code: ErrorCode;
  /** May the same call succeed later, with nothing changed by a person? */
  abstract readonly retryable: boolean;
}

/** What a user wrote (a setting, an argument, a topic, an OPML file) cannot be used. The CLI exits with 2 on it, the API answers 400. */
export class InvalidInputError extends TocsinError {
  readonly code: InputCode | ProblemCode | HttpStatusCode;
  readonly retryable = false;
  /** Every problem found, one line each: where it is, the value, what is allowed, the nearest known name. */
  readonly problems: readonly string[];

  constructor(
    code: InvalidInputError['code'],
    summary: string,
    problems: readonly string[] = [],
    options?: ErrorOptions,
  ) {
    super(problems.length === 0 ? summary : `${summary}\n${problems.map((line) => `  ${line}`).join('\n')}`, options);
    this.code = code;
    this.problems = problems;
  }
}

/** Something that was named does not exist. The API answers 404. */
export class NotFoundError extends TocsinError {
  readonly code = 'not_found';
  readonly retryable = false;

  /** `hint`, a sentence with a space before it: what may have been meant. */
  constructor(what: string, hint = '') {
    super(hint === '' ? `${what} does not exist` : `${what} does not exist.${hint}`);
  }
}

/** A conditional write failed because another writer came first. It is safe to read again and repeat. */
export class ConflictError extends TocsinError {
  readonly code = 'conflict';
  readonly retryable = true;
}

/** A service that Tocsin depends on (database, queue, mail) failed or did not answer. `cause` is the vendor's error. */
export class ServiceUnavailableError extends TocsinError {
  readonly code = 'service_unavailable';
  readonly retryable = true;
}

/** A local installation cannot write to its disk: `disk_full`, or `unwritable_data` without permission. The message names the folder. */
export class StorageError extends TocsinError {
  readonly code: 'disk_full' | 'unwritable_data';
  readonly retryable = true;

  constructor(code: StorageError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A stored record does not have the shape that this version writes: it was edited, or a newer version wrote it. The message names it. */
export class DamagedRecordError extends TocsinError {
  readonly code = 'damaged_record';
  readonly retryable = false;

  constructor(record: string, problem: string, options?: ErrorOptions) {
    super(`the stored record ${record} is damaged: ${problem}`, options);
  }
}

/** A feed or page could not be fetched or read. The message names the address, what happened and what to do. */
export class FetchFailedError extends TocsinError {
  readonly code: FetchCode;
  readonly retryable: boolean;
  readonly kind: FetchFailureKind;
  readonly url: string;
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  /** Seconds that the server asked us to wait (Retry-After), within our limits; undefined when it did not ask. */
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

/** A feed that a page links to. */
export interface FeedCandidate {
  readonly url: string;
  /** Empty when the page gives none. */
  readonly title: string;
}

/** An address was read before adding it, and was not added. The API answers 422. */
export class FeedRefusedError extends InvalidInputError {
  readonly kind: FetchFailureKind | 'several_feeds';
  /** The same address may well work some minutes later. */
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

/** The host already gets as many requests as it should, or this machine holds too many large documents, and no turn came in time. */
export class NoTurnError extends FetchFailedError {
  constructor(url: string, message: string, retryAfterSeconds: number, happened = message) {
    super('throttled', url, message, { retryAfterSeconds, happened });
  }
}

/** True when the same call may succeed later: our own retryable errors, and unexpected errors. */
export function mayRetry(error: unknown): boolean {
  return error instanceof TocsinError ? error.retryable : true;
}

/** The mail provider refuses the recipient's address for good. `message` does not contain the address. */
export class DeliveryRefusedError extends TocsinError {
  readonly code = 'delivery_refused';
  readonly retryable = false;
}

/** The address is on the list of those that get no mail. `message` does not contain it. */
export class AddressSuppressedError extends TocsinError {
  readonly code = 'address_suppressed';
  readonly retryable = false;
}

/** The service asks us to wait, or a quota is used up. Waiting is no try. */
export class SendLaterError extends TocsinError {
  readonly code = 'send_later';
  readonly retryable = true;
  readonly seconds: number;

  constructor(seconds: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.seconds = seconds;
  }
}

/** Nobody asked us to wait: the place in our own row of what is sent comes later. */
export class PlaceLaterError extends SendLaterError {}

/** The service says that the address is gone for good, or that it takes no messages of ours any more. `message` does not contain the address. */
export class TargetGoneError extends TocsinError {
  readonly code = 'target_gone';
  readonly retryable = false;
}

/** The mail provider refuses this message, for its size or content. Nothing is wrong with the recipient. */
export class MessageRefusedError extends TocsinError {
  readonly code = 'message_refused';
  readonly retryable = false;
}

/**
 * The mail provider does not let us send: login, sender's address or policy. Trying again cures nothing: the alert fails at once, where an operator
 * sees it, and is redelivered once the cause is corrected.
 */
export class SenderRefusedError extends TocsinError {
  readonly code = 'sender_refused';
  readonly retryable = false;
}
