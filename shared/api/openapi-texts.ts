// The parts of the OpenAPI document that do not follow from the routes.
import { problemFor } from './problem.ts';

export const INFO = {
  title: 'Tocsin',
  version: '1',
  summary: 'An open news monitor: feeds, topics, the matches found, and who is alerted to them',
  description: `Stored matches and stories, feeds, topics and subscriptions.

On AWS requests are signed with Signature Version 4 (service \`execute-api\`); on one machine they carry the token in the file \`token\` of the data folder.

- Instants are RFC 3339 in UTC. \`since\` and \`until\` also take a day in UTC (\`until=2026-11-30\` includes that day) and a duration back from now (\`since=P7D\`), which moves with the clock and so cannot be used with a cursor. Text ranges count UTF-16 code units.
- Errors are reported as problem documents (RFC 9457). \`errors\` lists the problems of the input.
- HEAD is answered wherever GET is. Answers to GET have an ETag; \`If-None-Match\` with it is answered with 304 while nothing has changed.
- One address has one subscription per channel. Subscribing again adds topics and changes the settings named; PATCH changes what it names, and null brings a default back.
- Lists come in pages: ask again with the \`cursor\` of the answer until it is null.`,
  license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
};

export const SERVERS = [
  { url: '/', description: 'The server that this document came from' },
  {
    url: 'http://127.0.0.1:{port}',
    description: 'Tocsin on one machine, at the port chosen with `start --port`',
    variables: { port: { default: '4747' } },
  },
  {
    url: 'https://{api}.execute-api.{region}.amazonaws.com',
    description: 'Tocsin on AWS: the output ApiUrl of the stack',
    variables: { api: { default: 'api-id' }, region: { default: 'us-east-1' } },
  },
];

export const SECURITY_SCHEMES = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description: 'One machine: the content of the file `token` of the data folder',
  },
  sigv4: {
    type: 'apiKey',
    name: 'Authorization',
    in: 'header',
    description: 'AWS: Signature Version 4, service execute-api',
    'x-amazon-apigateway-authtype': 'awsSigv4',
  },
};

export const OTHER_TAG = 'instance';
/** By the first part of the path after the version. */
export const TAGS: Readonly<Record<string, string>> = {
  matches: 'What was found',
  stories: 'What was found, one event at a time',
  topics: 'What to look for',
  feeds: 'Where to look for it',
  subscriptions: 'Who is alerted',
  suppressions: 'Who gets no mail, because it bounced or was reported as spam',
  forget: 'What is stored about a person',
  outputs: 'Matches as feeds for other programs, each under a secret address',
  'dead-letters': 'Messages that were set aside after too many tries; on one machine only',
  backup: 'Copies of the data; on one machine only',
  [OTHER_TAG]: 'The instance itself',
};

/** By status. */
export const DESCRIPTIONS: Readonly<Record<number, string>> = {
  200: 'Done',
  201: 'Created',
  202: 'Accepted; done soon',
  204: 'Done; no content',
};

/** The named responses of problems, each with its example. */
export const EXAMPLES = {
  BadRequest: problemFor('invalid_query', 'the query cannot be used', [
    { detail: 'limit: got "1000"; expected a whole number from 1 to 100', parameter: 'limit' },
  ]),
  Unauthorized: problemFor(
    'unauthorized',
    'send "Authorization: Bearer <token>"; the token is in the file `token` of the data folder',
  ),
  Forbidden: problemFor('forbidden', 'requests from another site are refused'),
  NotFound: problemFor('not_found', 'feed "abc" does not exist'),
  NotAcceptable: problemFor('not_acceptable', 'the API answers with application/json'),
  ContentTooLarge: problemFor('body_too_large', 'the body has 2097152 bytes; expected at most 1048576'),
  UnsupportedMediaType: problemFor(
    'unsupported_media_type',
    'Content-Type: got "text/plain"; expected application/json',
  ),
  FeedRefused: {
    ...problemFor('feed_refused', 'https://www.example.org/: it is a web page, not a feed; nothing was added'),
    kind: 'not_a_feed',
    temporary: false,
    advice: 'look for the feed on the site, and give its address',
    candidates: [],
  },
  InternalError: problemFor('internal', 'Something failed on our side; the log has the cause under this request id.'),
  Unavailable: problemFor('service_unavailable', 'the database does not answer'),
} as const;
