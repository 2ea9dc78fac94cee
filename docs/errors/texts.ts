// What each error code means and what to do about it: the prose of docs/errors.md, which page.ts generates. Only page.ts imports this file.
// A code without a text does not type-check.
import type { FailureCode, FetchCode, InputCode, ProblemCode } from '../../shared/core/error-codes.ts';

interface ErrorText {
  readonly means: string;
  readonly remedy: string;
}

const RETRIED = 'nothing: it is tried again at growing intervals, at most a day apart';
const NOTHING_CHANGED = 'nothing was changed';

/** Settings, arguments, files and addresses that cannot be used, in the order of the page. */
export const INPUT_TEXTS: Readonly<Record<InputCode | 'http_…', ErrorText>> = {
  invalid_arguments: {
    means: 'the command line is wrong',
    remedy: 'the message shows the usage and the nearest known name',
  },
  invalid_settings: {
    means: '`config/tocsin.yaml` has unknown names or values out of range',
    remedy: 'correct the lines named; all problems are listed together',
  },
  invalid_allow_hosts: {
    means: '`TOCSIN_ALLOW_HOSTS` or `fetch.allowHosts` is not a list of HOST:PORT',
    remedy: 'correct the entries named',
  },
  invalid_configuration: {
    means: 'a file under `config/` has errors',
    remedy: 'correct them; nothing was deployed',
  },
  invalid_topic: {
    means: 'a topic does not compile',
    remedy:
      '`npm run tocsin -- topics check` shows line, caret and hint; the codes `E_…` and `W_…` are in [topic-syntax.md](topic-syntax.md#errors-and-warnings)',
  },
  topics_missing: {
    means: `pack files are gone, and more than half of all topics would end with them; ${NOTHING_CHANGED}`,
    remedy: 'restore the files; if the topics are to end, `topics push --end-missing`',
  },
  too_many_topics: {
    means: 'one subscription names more topics than a record can hold',
    remedy: 'the message states the limit; name fewer topics, or `*` for every topic',
  },
  invalid_opml: { means: 'an OPML file has no feed that can be used', remedy: 'look at the rows reported' },
  invalid_feed_url: {
    means: 'the address is not http or https',
    remedy: 'give the address of the feed or of its page; `feeds add` adds a missing scheme',
  },
  feed_refused: {
    means:
      'the address was read before adding it, and cannot be followed; `kind` is one of the `fetch_…` codes below without `fetch_`, or `several_feeds` for a page with several',
    remedy:
      "the message says whether the problem may pass; choose one of the page's feeds, correct the address, or add it without reading it: `feeds add --anyway`",
  },
  invalid_subscription: {
    means:
      'an address, a topic, a channel, a setting or a mute cannot be used, or the subscription to change has ended',
    remedy: `${NOTHING_CHANGED}. The message lists every problem with what is allowed and the nearest known name`,
  },
  invalid_output: {
    means: 'a topic or a feed of an output cannot be used, or there are as many outputs as are allowed',
    remedy: `${NOTHING_CHANGED}. The message lists every problem with what is allowed and the nearest known name`,
  },
  address_suppressed: {
    means: 'mail to the address bounced or was reported as spam',
    remedy:
      'make sure that the address is right and its owner wants mail, then `tocsin suppressions remove ADDRESS`; see docs/mail.md',
  },
  asked_too_often: {
    means: 'the address was asked three times within a day whether it agrees to get alerts',
    remedy: 'let its owner look for the mail, also among spam; subscribe it again a day later',
  },
  bad_cursor: {
    means: 'the cursor of a page belongs to another query, or is not a cursor',
    remedy: 'pass the cursor of the page before with the same filters, or none to start again',
  },
  corrupt_data: {
    means: 'a data file is damaged, cut short, or of another program, or a restore was cut short',
    remedy: `${NOTHING_CHANGED}. Restore a backup, or use the command in the message: it moves the file aside so that Tocsin starts without it, and the message says what is lost then`,
  },
  newer_data: {
    means: 'a newer Tocsin has written the data folder, the table or the backup',
    remedy: `${NOTHING_CHANGED}. Install that version again, or restore a backup made before the upgrade ([runbook](runbook.md#upgrading))`,
  },
  data_in_use: {
    means: 'another Tocsin uses the data folder, here or in another container',
    remedy: 'stop it, or use another folder: `--data DIR`',
  },
  port_in_use: { means: 'another program uses the port', remedy: 'stop it, or use another port: `--port N`' },
  foreign_data: {
    means:
      'the database and the queue file of a data folder belong to different installations, or one of them was emptied',
    remedy:
      'restore both from the same copy; the message gives the command that moves one of them aside, and says what is lost then',
  },
  other_engine: {
    means: 'the data folder was made with a different database engine from the one on this machine',
    remedy: 'make that engine available again, or use another folder: `--data DIR`',
  },
  bad_backup: {
    means: 'the file is not a backup that this version can read',
    remedy: `${NOTHING_CHANGED}; choose another file`,
  },
  file_exists: {
    means: "a file with the backup's name already exists",
    remedy: `${NOTHING_CHANGED}; choose another file`,
  },
  no_database: { means: 'this machine has no embedded database', remedy: 'the message lists four ways to get one' },
  invalid_smtp_url: {
    means: '`TOCSIN_SMTP_URL` is not the address of a mail server',
    remedy:
      'write `smtp://USER:PASSWORD@HOST:587` or `smtps://USER:PASSWORD@HOST`; escape `/ ? # % @` and spaces in user name and password (`@` is `%40`)',
  },
  invalid_public_url: {
    means: '`TOCSIN_PUBLIC_URL` is not an http(s) address, or has a query, a fragment or a login',
    remedy: 'give the address of your proxy: `https://tocsin.example.org`, or `https://example.org/tocsin`',
  },
  missing_variable: {
    means: 'an environment variable of a function is not set',
    remedy: 'deploy again; do not change functions by hand',
  },
  not_found: { means: 'nothing has the name, id, file or folder given', remedy: 'check the name' },
  unknown_stack: {
    means: 'there is no stack of this name in the account and region, or it is not a Tocsin stack',
    remedy: 'check `--stack` and `--region`',
  },
  unreadable_file: { means: 'a file cannot be read; the message says why', remedy: 'check its name and permissions' },
  unknown_topic: {
    means: 'no pack has this topic',
    remedy: 'the message names the nearest topics, or all that are known',
  },
  unknown_word: {
    means: 'no expression of the topic has this word',
    remedy: 'the message lists the words of the topic',
  },
  unknown_document: { means: 'no line of the file has this id', remedy: 'check the id' },
  no_packs: { means: 'the folder has no `*.yaml`', remedy: 'name another with `--packs DIR`' },
  unreadable_line: {
    means: 'a line of a JSON Lines file is not a document, or its labels are not as expected',
    remedy: 'the message names the line',
  },
  no_labels: {
    means: 'a labelled file says nothing about the topics asked for',
    remedy: 'name the topic or the packs that it was labelled for',
  },
  no_article: {
    means: 'no article was found in a page or an HTML file',
    remedy: 'save the text as a plain file',
  },
  'http_…': {
    means: 'the API answered with this status, without a code that the command knows (such as `http_403` from IAM)',
    remedy: 'the message quotes the answer; check that command and API are of the same version',
  },
  bad_instant: {
    means: 'a time in a query to the store is not an instant: a bug',
    remedy: 'report it with the message',
  },
  bad_memory_key: {
    means: "a key in a feed's memory is not 12 hex digits: a bug",
    remedy: 'report it with the message',
  },
  message_too_large: {
    means: 'a message is larger than SQS accepts: a bug, because items are cut to fit',
    remedy: 'report it with the message',
  },
};

/** What to do about a refusal of the API. */
export const PROBLEM_REMEDIES: Readonly<Record<ProblemCode, string>> = {
  invalid_request:
    'query and body both have problems, or the request line or its Host cannot be read: see `detail` and `errors`',
  invalid_path: 'a name in the path is not percent-encoded as a URL requires, or is longer than 200 characters',
  invalid_query: '`errors` lists every wrong parameter',
  invalid_body: '`errors` lists every wrong field, or the place where the body stops being JSON',
  invalid_feed_url: "give the feed's own address; nothing was added",
  invalid_topic: '`errors` lists the topics that do not compile; nothing was changed',
  invalid_subscription: '`errors` lists what cannot be used, by field; nothing was changed',
  invalid_output: '`errors` lists what cannot be used, by field; nothing was changed',
  too_many_topics: 'name fewer topics, or `*` for every topic; `detail` states the limit',
  address_suppressed:
    'once the address is right and its owner wants mail, send it to `POST /v1/suppressions/remove`, and your request again',
  asked_too_often: 'subscribe the address again a day later; its owner may still answer the mails that were sent',
  too_many_tries: 'wait as long as Retry-After says, then send the right token',
  delivery_refused: 'the confirmation mail was refused for its recipient, or SNS refused the address: correct it',
  bad_cursor: 'pass the cursor of the page before with the same filters, or none to start again',
  topics_missing: 'restore the files, or send `endMissing: true` if their topics are to end',
  unknown_topic: 'no topic in force and no stored match has this id: see the suggestion or `GET /v1/topics`',
  unknown_feed: 'no feed and no stored match has this id: see the suggestion or `GET /v1/feeds`',
  unauthorized:
    'send a token, the one in the file `token` of the data folder or one that `tocsin tokens create` made: `Authorization: Bearer …`',
  forbidden:
    'use a token whose role allows it (see `GET /v1/me`); send it to 127.0.0.1, localhost or the name in TOCSIN_PUBLIC_URL, and not from the page of another site; on AWS, IAM refused it',
  not_found: 'check the path and the id',
  method_not_allowed: 'the header Allow lists the methods',
  not_acceptable: 'leave out Accept, or add `application/json`',
  conflict: 'another request changed it first: send yours again',
  file_exists: 'choose another file for the backup',
  body_too_large: 'send less at once: a body may be up to 1 MiB',
  unsupported_media_type: 'send `application/json`, not compressed',
  feed_refused:
    '`temporary` says whether the problem may pass; choose one of the feeds in `candidates`, correct the address, or send `verify: false`',
  internal: 'a bug: report it with the request id and the line of the log',
  damaged_record: '`detail` names the record: restore it, or delete it',
  message_refused: 'the mail server refuses the confirmation mail; `detail` quotes it',
  service_unavailable: 'try again in a moment',
  send_later: 'the service asks Tocsin to wait: try again in a moment',
  target_gone: 'the service does not know the address any more: make a new one there and subscribe again',
  sender_refused: 'the mail server does not let Tocsin send: `detail` quotes it and says what to correct',
  disk_full: 'free some space',
  unwritable_data: 'grant write permission to the data folder',
};

/** Feeds and pages that could not be fetched or read. */
export const FETCH_TEXTS: Readonly<Record<FetchCode, ErrorText>> = {
  fetch_blocked: {
    means: 'the address is private, or its scheme or port is not allowed; nothing was sent',
    remedy: 'if it is an intranet feed of yours, add its HOST:PORT to `fetch.allowHosts`',
  },
  fetch_dns: {
    means:
      'the name does not exist or has no address; or its name servers, or those of this network, failed or did not answer: the message says which',
    remedy: "check the spelling, then this machine's network; it is tried again by itself",
  },
  fetch_refused: { means: 'the server does not accept connections', remedy: RETRIED },
  fetch_reset: { means: 'the connection breaks off', remedy: RETRIED },
  fetch_timeout: { means: 'the server took too long to answer', remedy: RETRIED },
  fetch_tls: {
    means: 'the certificate has expired, is self-signed, or is for another name',
    remedy: 'ask the publisher to correct it; no setting turns the check off',
  },
  fetch_too_large: {
    means: 'more than 5 MB (feed) or 3 MB (page), or a decompression bomb',
    remedy: 'look for a smaller feed from the same publisher',
  },
  fetch_decode: {
    means: 'the body uses an unsupported compression, or is damaged; a wrong label alone is not a failure',
    remedy: 'ask the publisher to correct it',
  },
  fetch_http: {
    means: 'the status comes without a feed (not 200, 203 or 304)',
    remedy: '401 and 403: the publisher refuses robots; 404: look for the new address',
  },
  fetch_gone: {
    means: '410: the publisher ended the feed; it is no longer polled',
    remedy: 'remove it, or add its successor',
  },
  fetch_throttled: {
    means:
      '429 or 503: the publisher asks for fewer requests; or the host is slow or has many requests waiting; or the document is large and Tocsin was busy with other large ones for a minute',
    remedy: 'nothing: its Retry-After is respected, and it is tried again',
  },
  fetch_redirects: {
    means:
      'more than five redirects, or a loop; a redirect to the same address is not a loop while it sets new cookies',
    remedy: "look for the feed's own address",
  },
  fetch_robots: {
    means: "robots.txt forbids the article page, or cannot be read; the feed's own text is matched",
    remedy: 'nothing',
  },
  fetch_not_a_feed: {
    means: 'the answer is not a feed, often a web page',
    remedy: '`feeds check URL` lists the feeds that the page names',
  },
  fetch_parse: {
    means: 'the document cannot be read',
    remedy: 'nothing; it recovers by itself when the publisher corrects it',
  },
  fetch_empty: {
    means: 'the document is empty',
    remedy: 'nothing; it recovers by itself when the publisher corrects it',
  },
  fetch_internal: {
    means: 'internal error while reading the feed',
    remedy: "a bug: report it with the feed's address",
  },
};

/** Services that Tocsin depends on, and Tocsin itself. */
export const FAILURE_TEXTS: Readonly<Record<FailureCode, ErrorText>> = {
  service_unavailable: {
    means: 'a database, queue or mail service did not answer; the work is tried again',
    remedy: 'nothing, unless an alarm is raised',
  },
  disk_full: {
    means: 'the disk of the data folder has no space left; nothing that was stored is lost',
    remedy: 'free some space; a running Tocsin continues by itself, otherwise start it again',
  },
  unwritable_data: {
    means:
      'this user may not write to the data folder, its disk is mounted read-only or fails, or a folder has the name of one of its files',
    remedy:
      'the message says which; grant write permission, replace the disk, move away what is in the way, or use another folder: `--data DIR`',
  },
  conflict: { means: 'another process wrote first; the step is repeated', remedy: 'nothing' },
  damaged_record: {
    means: 'a stored record does not have the shape that this version writes',
    remedy: 'the message names it; restore it, or delete it',
  },
  sender_refused: {
    means:
      "the mail server or SES does not let Tocsin send: the login, the sender's address, a policy; alerts fail at once",
    remedy:
      'the message quotes the server; correct `TOCSIN_SMTP_URL` or `mail.from`, or what the server allows; then `tocsin redeliver --failed --since 2d` sends what failed',
  },
  message_refused: {
    means: 'the mail server or SES refuses this message, for its size or content; nothing is wrong with the recipient',
    remedy: 'the message quotes the server; other mails are unaffected',
  },
  delivery_refused: {
    means:
      'the mail server does not deliver to this address; that delivery failed. The second time within a week, the address is suppressed',
    remedy: 'correct the address; see docs/mail.md',
  },
  send_later: {
    means:
      'the service asks Tocsin to wait, or a quota of the provider is used up; the alert is held, and waiting is no try',
    remedy: 'nothing; if it happens often, ask the provider for a higher limit or choose a digest',
  },
  target_gone: {
    means:
      'the service says that the address is gone, or that it takes no messages of ours any more; the subscription is disabled',
    remedy: 'make a new address there, and subscribe it',
  },
  internal: { means: 'a bug', remedy: 'report it with the request id and the line of the log' },
};
