// One machine's Tocsin: the database, the queues, the ports that stand for AWS's services, and what is known of its health. Started and
// stopped as one.
import { join, resolve } from 'node:path';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { addMissingIndexes } from '../adapters/dynamodb/create-table.ts';
import { upgradeTable } from '../adapters/dynamodb/data-version.ts';
import { createDynamoDbStores } from '../adapters/dynamodb/stores.ts';
import { TableClient } from '../adapters/dynamodb/table-client.ts';
import { hostsFileOf } from '../adapters/http/hosts-file.ts';
import { openWeb, type Web } from '../adapters/http/web.ts';
import { createTelemetry, type Telemetry } from '../adapters/log/powertools.ts';
import type { LocalMail } from '../shared/alerts/consent.ts';
import { DATA_VERSION } from '../shared/core/data-version.ts';
import type { Environment } from '../shared/core/environment.ts';
import { ServiceUnavailableError, TocsinError } from '../shared/core/errors.ts';
import type { Settings } from '../shared/model/settings.ts';
import type { ArticleQueue, Log, PollQueue, SnsSubscriptions, Stores } from '../shared/ports.ts';
import { Access, accessFileIn } from './access/access-file.ts';
import { createLocalArticleQueue, createLocalPollQueue, createLocalSubscriptions } from './aws/local-ports.ts';
import { LocalSns } from './aws/sns.ts';
import { confirmationMail, type EndpointParts, forgetPublications, handToEndpoint } from './aws/sns-endpoints.ts';
import { type BackupSummary, writeBackup } from './data-folder/backup.ts';
import { dataVersionsIn, refuseUnusable } from './data-folder/data-files.ts';
import { makeFolder } from './data-folder/folder-lock.ts';
import { lockFreeFolder } from './data-folder/free-folder.ts';
import { type FilesBefore, fileBefore, joinInstallation } from './data-folder/installation.ts';
import { tokenOf } from './data-folder/token-file.ts';
import { type LocalDatabase, localDynamoDb, startDatabase } from './database/database.ts';
import { DATA_FILES } from './database/database-engines.ts';
import { SettledClock } from './event-sources/settled-clock.ts';
import { damagedFile } from './files/damaged-files.ts';
import { DYNOXIDE_FILE, QUEUES_FILE, TABLE_NAME } from './files/file-names.ts';
import { onDisk, storageErrorOf } from './files/storage-problems.ts';
import type { MailServer } from './mail/mail-server.ts';
import { mailServerOf, publicUrlOf } from './mail/mail-way.ts';
import { Outbox } from './mail/outbox.ts';
import { OUTBOX_ADDRESS } from './mail/received-mail.ts';
import { Counters } from './metrics/counters.ts';
import { Health } from './pages/health.ts';
import { LocalQueues } from './queues/queues.ts';
import { type SampleFeed, startSampleFeed } from './sample-feed/server.ts';
import { type InstanceClock, systemClock } from './system/instance-clock.ts';
import { type LogListener, openLog } from './system/log-file.ts';
import { PublicUrl } from './system/public-url.ts';
import { logStrayOutput } from './system/stray-output.ts';

/** Sender of mails that only go to the outbox. */
const OUTBOX_SENDER = 'tocsin@localhost.localdomain';

/** The built-in sample feeds: `watch` publishes item after item, `at once` all of them. */
export type SampleMode = 'none' | 'watch' | 'at once';

/** What runs below the handlers: enough to answer queries, and all that the full instance stands on. */
export interface InstanceParts {
  readonly folder: string;
  readonly clock: InstanceClock;
  readonly database: LocalDatabase;
  /** For what the stores have no method for. */
  readonly client: DynamoDBClient;
  readonly stores: Stores;
  /** The database was moved aside or lost: it starts empty, next to a queue file that knew the old one. */
  readonly isNewTable: boolean;
  readonly queues: LocalQueues;
  readonly pollQueue: PollQueue;
  readonly articleQueue: ArticleQueue;
  /** The clock by which data is deleted for good. */
  readonly settledClock: SettledClock;
  /** What is known of this process; parts of it report their problems there. */
  readonly health: Health;
  /** What handlers have measured so far. */
  readonly counters: Counters;
  /** For one handler: its log and its metrics. */
  telemetry(service: string): Telemetry;
  /** The log file, or standard error where it is asked for. */
  readonly log: Log;
  /** Writes a backup of the folder to a new file while everything runs. */
  backup(file: string): Promise<BackupSummary>;
  /** What this process fetches with; the check of new feeds shares its pace and its turns. */
  readonly web: Web;
  readonly sns: LocalSns;
  readonly snsSubscriptions: SnsSubscriptions;
  readonly outbox: Outbox;
  /** Null where mails stay in the outbox. */
  readonly mailServer: MailServer | null;
  /** Whether mails leave the machine, and which address is its own. */
  readonly localMail: LocalMail;
  /** Mails in the outbox, and those that could not be handed to it. */
  readonly keptMails: { forget(address: string): number };
  /** From whom alerts come. */
  readonly sender: string;
  /** Brings a message of the queue `publications` to its subscription. Throws what may be tried again. */
  handPublication(body: string): Promise<void>;
  readonly publicUrl: PublicUrl;
  readonly token: string;
  readonly access: Access;
  /** Null where nothing is polled. */
  readonly sample: SampleFeed | null;
  /** As given, with a sender for the outbox where none is set, and the sample feeds' address allowed. */
  readonly settings: Settings;
  /** Warnings and errors that handlers log from now on. */
  onProblem(listener: LogListener): void;
  stop(): Promise<void>;
}

export interface StartOptions {
  /** Of the process: `TOCSIN_` variables, and what other programs need. */
  readonly env: Environment;
  readonly sample?: SampleMode;
  readonly clock?: InstanceClock;
  /** Prints a line for the user: that older data is upgraded now, or that another process has the folder for the moment. */
  readonly say?: (line: string) => void;
  /** Ends the wait for the folder; its reason is thrown. */
  readonly signal?: AbortSignal;
}

interface Opening extends Required<Omit<StartOptions, 'signal'>> {
  readonly folder: string;
  /** Closes what is open, in reverse order, also when a later step fails. */
  readonly undo: (() => Promise<void> | void)[];
}

/**
 * Starts everything but the handlers. Throws InvalidInputError when another instance has the folder, its data is damaged, or a newer
 * version has written it (then the data files stay as they are), and StorageError.
 */
export async function startParts(
  folder: string,
  settings: Settings,
  { env, sample = 'none', clock = systemClock, say = () => {}, signal }: StartOptions,
): Promise<InstanceParts> {
  const publicUrl = new PublicUrl(publicUrlOf(env));
  const mailServer = await mailServerOf(settings, env, clock);
  makeFolder(folder);
  const undo: (() => Promise<void> | void)[] = [await lockFreeFolder(folder, { say, signal })];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const opening = { folder: resolve(folder), env, sample, clock, say, undo };
    return { ...(await openParts(opening, settings, mailServer, publicUrl)), stop };
  } catch (error) {
    await stop();
    throw storageErrorOf(error, join(folder, DYNOXIDE_FILE)) ?? error;
  }
}

async function openParts(
  opening: Opening,
  given: Settings,
  mailServer: MailServer | null,
  publicUrl: PublicUrl,
): Promise<Omit<InstanceParts, 'stop'>> {
  const { folder, clock, undo } = opening;
  refuseUnusable(folder);
  const logging = await openLogging(opening);
  const token = tokenOf(folder);
  const data = await openData(opening, logging.log);
  const { queues, client, database } = data;
  const settledClock = new SettledClock(queues, () => clock.now().getTime(), clock.passed);
  queues.forgetExpired(settledClock.now().getTime());
  const sample = await sampleOf(opening, queues);
  const settings = settingsHere(given, sample);
  const stores = createDynamoDbStores({ client, tableName: TABLE_NAME, clock, log: logging.log });
  const web = openWeb(settings, {
    clock,
    hostPaces: stores.hostPaces,
    hostsFile: hostsFileOf(process.platform, opening.env),
  });
  undo.push(() => web.fetch.close());
  const outbox = new Outbox(join(folder, 'outbox'), mailServer, clock);
  const sns = new LocalSns(queues);
  const endpoints = { queues, outbox, settings, web, publicUrl: () => publicUrl.current() };
  return {
    ...data,
    ...logging,
    folder,
    clock,
    stores,
    pollQueue: createLocalPollQueue(queues),
    articleQueue: createLocalArticleQueue(queues),
    settledClock,
    health: new Health(
      { folder, queues, databaseProcessId: () => database.processId() },
      { now: () => clock.now().getTime(), passed: clock.passed },
    ),
    backup: (file) => writeBackup(folder, file, clock.now(), () => queues.pause()),
    web,
    sns,
    snsSubscriptions: createLocalSubscriptions(sns, (address, token) => askToConfirm(address, token, endpoints)),
    outbox,
    mailServer,
    localMail: { ownAddress: OUTBOX_ADDRESS, leaves: mailServer !== null },
    keptMails: {
      forget: (address) => {
        forgetPublications(queues, address);
        return outbox.forget(address);
      },
    },
    sender: settings.mail.from ?? OUTBOX_SENDER,
    handPublication: async (body) => {
      const delivery = sns.deliveryOf(body);
      if (delivery !== null) await handToEndpoint(delivery, endpoints);
    },
    publicUrl,
    token,
    access: new Access(accessFileIn(folder), token, clock, logging.log),
    sample,
    settings,
  };
}

async function askToConfirm(address: string, token: string, endpoints: EndpointParts): Promise<void> {
  // Without a page to follow the link to; asking again later mails it again.
  if (endpoints.publicUrl() === null)
    throw new ServiceUnavailableError(
      'Tocsin is not running, so the confirmation link would lead nowhere: start it first',
    );
  await endpoints.outbox.take(confirmationMail(address, token, endpoints));
}

/** The log first: what goes wrong afterwards can be read there. */
async function openLogging({ folder, env, undo }: Opening) {
  let onProblem: LogListener = () => {};
  const counters = new Counters();
  const stream = openLog(folder, env, (entry) => onProblem(entry));
  const telemetry = (service: string): Telemetry =>
    createTelemetry(service, { stream, onMeasured: (measured) => counters.take(measured) });
  undo.push(logStrayOutput(telemetry('library').log));
  return {
    counters,
    telemetry,
    log: telemetry('machine').log,
    onProblem: (listener: LogListener): void => {
      onProblem = listener;
    },
  };
}

/** Both data files, upgraded and of one installation. */
async function openData({ folder, env, clock, say, undo }: Opening, log: Log) {
  const onUpgrade = announceUpgrade(folder, say, log);
  const older = Math.min(...dataVersionsIn(folder));
  if (older < DATA_VERSION) onUpgrade(older, DATA_VERSION);
  const before = filesBefore(folder, env);
  const queues = openQueues(join(folder, QUEUES_FILE), () => clock.now().getTime());
  undo.push(() => queues.close());
  const database = await startDatabase(folder, TABLE_NAME, { env });
  undo.push(() => database.stop());
  const client = localDynamoDb(database.endpoint);
  undo.push(() => client.destroy());
  await openTable(client, onUpgrade);
  const joined = await joinInstallation(client, TABLE_NAME, queues, before);
  queues.releaseAll();
  return { queues, database, client, isNewTable: joined === 'new table' };
}

async function sampleOf({ sample, clock, undo }: Opening, queues: LocalQueues): Promise<SampleFeed | null> {
  if (sample === 'none') return null;
  const feed = await startSampleFeed(queues, { allAtOnce: sample === 'at once', clock });
  undo.push(() => feed.stop());
  return feed;
}

/** Said on the terminal and in the log once, before anything is changed. */
function announceUpgrade(folder: string, say: (line: string) => void, log: Log): (from: number, to: number) => void {
  let isAnnounced = false;
  return (from, to) => {
    if (isAnnounced) return;
    isAnnounced = true;
    const line = `upgrading the data in ${folder} from version ${from} to ${to}; an earlier Tocsin can be used again only with a backup made before this (docs/runbook.md, upgrading)`;
    say(line);
    log.info(line);
  };
}

async function openTable(
  client: ReturnType<typeof localDynamoDb>,
  onUpgrade: (from: number, to: number) => void,
): Promise<void> {
  const prepare = (): Promise<void> => addMissingIndexes(client, TABLE_NAME);
  const record = await upgradeTable(new TableClient({ client, tableName: TABLE_NAME }), { onUpgrade, prepare });
  await record();
}

function filesBefore(folder: string, env: Environment): FilesBefore {
  const isElsewhere = (env['TOCSIN_DYNAMODB_ENDPOINT'] ?? '') !== '';
  const tables = DATA_FILES.map((file) => fileBefore(join(folder, file)));
  return {
    folder,
    table: isElsewhere ? null : (tables.find((state) => state !== 'missing') ?? 'missing'),
    queues: fileBefore(join(folder, QUEUES_FILE)),
  };
}

function settingsHere(given: Settings, sample: SampleFeed | null): Settings {
  const allowHosts = sample === null ? given.fetch.allowHosts : [...given.fetch.allowHosts, sample.allowHost];
  return {
    ...given,
    fetch: { ...given.fetch, allowHosts },
    mail: { ...given.mail, from: given.mail.from ?? OUTBOX_SENDER },
  };
}

function openQueues(file: string, now: () => number): LocalQueues {
  try {
    return onDisk(file, () => new LocalQueues(file, now));
  } catch (cause) {
    if (cause instanceof TocsinError) throw cause;
    throw damagedFile(file, (cause as Error).message, cause);
  }
}
