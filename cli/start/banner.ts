// What `tocsin start` prints first: where to look, where the data is, how mails are sent, and what needs attention.

import { join } from 'node:path';
import type { Running } from '../../local/run.ts';
import { counted } from '../../shared/core/counted.ts';
import { type CommandIo, shownConfig, shownPath } from '../command.ts';
import { aboutTopics } from '../topics/topic-changes.ts';

/** The part of a running instance that is printed. */
export interface Started extends Pick<Running, 'url' | 'configured'> {
  readonly parts: Pick<Running['parts'], 'folder' | 'token' | 'settings' | 'isNewTable' | 'sample'> & {
    readonly database: Pick<Running['parts']['database'], 'engine'>;
    readonly queues: Pick<Running['parts']['queues'], 'deadLetters'>;
    readonly mailServer: Pick<NonNullable<Running['parts']['mailServer']>, 'state'> | null;
  };
}

export function banner(
  { url, parts, configured }: Started,
  { feeds, topics }: { readonly feeds: { readonly total: number }; readonly topics: number },
  contact: string,
  io: Pick<CommandIo, 'cwd' | 'env' | 'json' | 'terminal'>,
): readonly string[] {
  const folder = shownPath(parts.folder, io.cwd);
  const config = shownConfig(io);
  const changes = [
    [configured.feedsAdded, 'feed', 'added'],
    [configured.feedsUpdated, 'feed', 'changed'],
    [configured.topicsChanged, 'topic', 'new or changed'],
    [configured.topicsEnded.length, 'topic', 'ended'],
  ] as const;
  const shownChanges = changes.flatMap(([count, noun, what]) =>
    count === 0 ? [] : [`${counted(count, noun)} ${what}`],
  );
  // A journal is kept, and others than the owner of the token may read it.
  const mayShowToken = io.json ? io.terminal.stderr : io.terminal.stdout;
  const token = mayShowToken ? parts.token : 'TOKEN';
  return [
    `Tocsin watches ${counted(feeds.total, 'feed')} for ${counted(topics, 'topic')}.${shownChanges.length > 0 ? ` From ${config}/: ${shownChanges.join(', ')}.` : ''}`,
    `  Console            ${url}/?token=${token}`,
    `  HTTP API           ${url}/v1   (Authorization: Bearer ${token})`,
    ...(mayShowToken
      ? []
      : [`  TOKEN              is in the file ${join(folder, 'token')}; start shows it on a terminal only`]),
    `  Data               ${folder}   (database: ${parts.database.engine}; log: ${join(folder, 'tocsin.log')})`,
    `  Mails              ${mailsInWords(parts, config)}`,
    ...(isPlaceholder(contact)
      ? [
          `  Contact            ${contact === '' ? 'not set' : `${contact} is only an example`}, so publishers cannot reach you: set contact in ${config}/tocsin.yaml`,
        ]
      : []),
    ...(parts.sample === null
      ? []
      : [
          '  Sample feeds       two, built in, with made-up news; to leave them out: --no-sample. Both report the same event',
          '                     and what follows from it, which makes one alert and one update',
        ]),
    '  Commands           in another terminal: tocsin help, or npm run tocsin -- help',
    '  Ctrl-C stops; the next start continues where this one stopped.',
    ...(parts.isNewTable
      ? [
          '  The database was missing, so a new one was created: create the subscriptions again.',
          '  Items that are still in the feeds are read as new.',
        ]
      : []),
    ...aboutTopics(configured, config).map((line) => `  ${line}`),
    ...setAside(parts.queues.deadLetters()),
    '',
  ];
}

const mailsInWords = ({ mailServer, settings }: Started['parts'], config: string): string =>
  mailServer === null
    ? `kept in the outbox; to send them, set TOCSIN_SMTP_URL, and mail.from in ${config}/tocsin.yaml`
    : `sent by ${mailServer.state().server} from ${settings.mail.from}; copies in the outbox`;

/** Names reserved for examples (RFC 2606) reach no one, and publishers block feed readers without a contact. */
const isPlaceholder = (contact: string): boolean =>
  contact === '' || /(?:@|\/\/|\.)example\.(?:com|net|org)\b/i.test(contact);

const setAside = (count: number): readonly string[] =>
  count === 0
    ? []
    : [
        `  ${counted(count, 'message')} set aside after too many tries, kept for 14 days. To see them: tocsin deadletters list`,
        '  To try them again: tocsin deadletters redrive --all',
      ];
