// What `tocsin start` says first: where to look, where the data is, how mails leave, and what needs the operator.
import { join, relative } from 'node:path';
import type { Running } from '../../../local/run.ts';
import { counted } from '../../../shared/health/finding.ts';
import { type CommandIo, configFolder } from '../../command.ts';
import { aboutTopics } from '../../topic-changes.ts';

/** What it needs of a running instance. */
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
  const folder = shownFolder(parts.folder, io.cwd);
  const config = shownFolder(configFolder(io), io.cwd);
  const changes = [
    [configured.feedsAdded, 'feed', 'added'],
    [configured.feedsUpdated, 'feed', 'changed'],
    [configured.topicsChanged, 'topic', 'new or changed'],
    [configured.topicsEnded.length, 'topic', 'ended'],
  ] as const;
  const told = changes.flatMap(([count, noun, what]) => (count === 0 ? [] : [`${counted(count, noun)} ${what}`]));
  // A journal is kept, and read by others than the owner of the token.
  const mayShowToken = io.json ? io.terminal.stderr : io.terminal.stdout;
  const token = mayShowToken ? parts.token : 'TOKEN';
  return [
    `Tocsin watches ${counted(feeds.total, 'feed')} for ${counted(topics, 'topic')}.${told.length > 0 ? ` From ${config}/: ${told.join(', ')}.` : ''}`,
    `  Matches and mails  ${url}/?token=${token}`,
    `  HTTP API           ${url}/v1   (Authorization: Bearer ${token})`,
    ...(mayShowToken
      ? []
      : [`  TOKEN              is in the file ${join(folder, 'token')}; start shows it on a terminal only`]),
    `  Data               ${folder}   (database: ${parts.database.engine}; log: ${join(folder, 'tocsin.log')})`,
    `  Mails              ${mailsInWords(parts, config)}`,
    ...(isNobody(contact)
      ? [
          `  Contact            publishers who look for you find ${contact === '' ? 'no address' : `${contact}, which reaches no one`}: set contact in ${config}/tocsin.yaml`,
        ]
      : []),
    ...(parts.sample === null
      ? []
      : ['  Sample feed        made-up news, built in to show how it works; without it: --no-sample']),
    '  Commands           tocsin help, or npm run tocsin -- help; in another terminal',
    '  Ctrl-C stops; the next start goes on where this one stopped.',
    ...(parts.isNewTable
      ? [
          '  The database was missing, so a new one was created: make the subscriptions of the old one again.',
          '  Items that the feeds still show are read as new.',
        ]
      : []),
    ...aboutTopics(configured).map((line) => `  ${line}`),
    ...setAside(parts.queues.deadLetters()),
    '',
  ];
}

/** Relative where it is below the current folder. */
function shownFolder(folder: string, cwd: string): string {
  const below = relative(cwd, folder) || '.';
  return below.startsWith('..') ? folder : below;
}

const mailsInWords = ({ mailServer, settings }: Started['parts'], config: string): string =>
  mailServer === null
    ? `kept in the outbox; to send them, set TOCSIN_SMTP_URL, and mail.from in ${config}/tocsin.yaml`
    : `sent by ${mailServer.state().server} from ${settings.mail.from}; copies in the outbox`;

/** The names kept free for examples (RFC 2606): they reach no one, and publishers block feed readers without a contact. */
const isNobody = (contact: string): boolean =>
  contact === '' || /(?:@|\/\/|\.)example\.(?:com|net|org)\b/i.test(contact);

const setAside = (count: number): readonly string[] =>
  count === 0
    ? []
    : [
        `  ${counted(count, 'message')} set aside after too many tries and kept for 14 days. To see them: tocsin deadletters list.`,
        '  To try them again: tocsin deadletters redrive --all',
      ];
