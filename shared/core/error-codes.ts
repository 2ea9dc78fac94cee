// All error codes, in one place. A code is stable: programs match on it, messages may change. What each means and what to do about it stands in
// docs/errors/texts.ts, from which docs/errors.md is generated, so that bundles do not carry the prose.
// The codes E_… and W_… of expressions and packs are in docs/topic-syntax.md.

export interface ApiProblem {
  readonly status: number;
  /** The same for every problem of this code; the `detail` of each says more. */
  readonly title: string;
}

/** What the API answers with, by code. */
export const API_PROBLEMS = {
  invalid_request: { status: 400, title: 'Invalid request' },
  invalid_path: { status: 400, title: 'Invalid path' },
  invalid_query: { status: 400, title: 'Invalid query' },
  invalid_body: { status: 400, title: 'Invalid body' },
  invalid_feed_url: { status: 400, title: 'Invalid feed address' },
  invalid_topic: { status: 400, title: 'Invalid topics' },
  invalid_subscription: { status: 400, title: 'Invalid subscription' },
  invalid_output: { status: 400, title: 'Invalid output' },
  too_many_topics: { status: 400, title: 'Too many topics' },
  address_suppressed: { status: 400, title: 'Address suppressed' },
  delivery_refused: { status: 400, title: 'Delivery refused' },
  target_gone: { status: 400, title: 'Target gone' },
  bad_cursor: { status: 400, title: 'Invalid cursor' },
  topics_missing: { status: 400, title: 'Pack files are gone' },
  unknown_topic: { status: 400, title: 'Unknown topic' },
  unknown_feed: { status: 400, title: 'Unknown feed' },
  unauthorized: { status: 401, title: 'Unauthorized' },
  forbidden: { status: 403, title: 'Forbidden' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  not_acceptable: { status: 406, title: 'Not acceptable' },
  conflict: { status: 409, title: 'Conflict' },
  file_exists: { status: 409, title: 'File exists' },
  body_too_large: { status: 413, title: 'Content too large' },
  unsupported_media_type: { status: 415, title: 'Unsupported media type' },
  feed_refused: { status: 422, title: 'Feed refused' },
  asked_too_often: { status: 429, title: 'Asked too often' },
  too_many_tries: { status: 429, title: 'Too many tries' },
  internal: { status: 500, title: 'Internal error' },
  damaged_record: { status: 500, title: 'Damaged record' },
  message_refused: { status: 500, title: 'Message refused' },
  service_unavailable: { status: 503, title: 'Service unavailable' },
  send_later: { status: 503, title: 'Send later' },
  sender_refused: { status: 503, title: 'Sender refused' },
  disk_full: { status: 503, title: 'Disk full' },
  unwritable_data: { status: 503, title: 'Data folder not writable' },
} as const satisfies Readonly<Record<string, ApiProblem>>;

export type ProblemCode = keyof typeof API_PROBLEMS;

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(API_PROBLEMS, code);

/** What a user wrote or named cannot be used: InvalidInputError. */
export type InputCode =
  | 'address_suppressed'
  | 'asked_too_often'
  | 'bad_backup'
  | 'bad_cursor'
  | 'bad_instant'
  | 'bad_memory_key'
  | 'corrupt_data'
  | 'data_in_use'
  | 'feed_refused'
  | 'file_exists'
  | 'foreign_data'
  | 'invalid_allow_hosts'
  | 'invalid_arguments'
  | 'invalid_configuration'
  | 'invalid_feed_url'
  | 'invalid_opml'
  | 'invalid_output'
  | 'invalid_public_url'
  | 'invalid_settings'
  | 'invalid_smtp_url'
  | 'invalid_subscription'
  | 'invalid_topic'
  | 'message_too_large'
  | 'missing_variable'
  | 'newer_data'
  | 'no_article'
  | 'no_database'
  | 'no_labels'
  | 'no_packs'
  | 'not_found'
  | 'other_engine'
  | 'port_in_use'
  | 'too_many_topics'
  | 'topics_missing'
  | 'unknown_document'
  | 'unknown_stack'
  | 'unknown_topic'
  | 'unknown_word'
  | 'unreadable_file'
  | 'unreadable_line';

/** An answer of the API without a problem document, as the command line reports it: `http_` and the status. */
export type HttpStatusCode = `http_${number}`;

/** The kinds of failure that a fetch can have. */
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

/** A feed or page could not be fetched or read. */
export type FetchCode = `fetch_${FetchFailureKind}`;

/** Something that Tocsin depends on failed, or Tocsin itself. */
export type FailureCode =
  | 'conflict'
  | 'damaged_record'
  | 'delivery_refused'
  | 'disk_full'
  | 'internal'
  | 'message_refused'
  | 'send_later'
  | 'sender_refused'
  | 'service_unavailable'
  | 'target_gone'
  | 'unwritable_data';

export type ErrorCode = ProblemCode | InputCode | HttpStatusCode | FetchCode | FailureCode;
