// One machine's Tocsin: the database, the queues, the small AWS around the handlers, the server a person sees. Started and stopped as one.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { addMissingIndexes } from '../adapters/dynamodb/create-table.ts';
import { upgradeTable } from '../adapters/dynamodb/data-version.ts';
import { TableClient } from '../adapters/dynamodb/table-client.ts';
import { createTelemetry } from '../adapters/log/powertools.ts';
import { ENVIRONMENT } from '../lambdas/environment.ts';
import { DATA_VERSION } from '../shared/core/data-version.ts';
import { InvalidInputError, ServiceUnavailableError, TocsinError } from '../shared/core/errors.ts';
import type { Settings } from '../shared/model/settings.ts';
import type { Log } from '../shared/ports.ts';
import { type AwsEndpoint, queueUrl, startAwsEndpoint } from './aws/aws-endpoint.ts';
import { LOCAL_OPERATIONS_ARN, LOCAL_TOPIC_ARN, LocalSns } from './aws/sns.ts';
import { confirmationMail, type EndpointParts, handToEndpoint } from './aws/sns-endpoints.ts';
import { type BackupSummary, writeBackup } from './data-folder/backup.ts';
import { dataVersionsIn, refuseUnusable } from './data-folder/data-files.ts';
import { makeFolder } from './data-folder/folder-lock.ts';
import { lockFreeFolder } from './data-folder/free-folder.ts';
import { type FilesBefore, fileBefore, joinInstallation } from './data-folder/installation.ts';
import { tokenOf } from './data-folder/token-file.ts';
import { LOCAL_REGION, type LocalDatabase, localDynamoDb, startDatabase } from './database/database.ts';
import { DATA_FILES } from './database/database-engines.ts';
import { SettledClock } from './event-sources/settled-clock.ts';
import { damagedFile } from './files/damaged-files.ts';
import { DYNOXIDE_FILE, QUEUES_FILE, TABLE_NAME } from './files/file-names.ts';
import { onDisk, storageErrorOf } from './files/storage-problems.ts';
import type { MailServer } from './mail/mail-server.ts';
import { mailServerOf } from './mail/mail-way.ts';
import { Outbox } from './mail/outbox.ts';
import { Health } from './pages/health.ts';
import { withMachineApi } from './pages/machine-api.ts';
import { LocalQueues } from './queues/queues.ts';
import { type SampleFeed, startSampleFeed } from './sample-feed/server.ts';
import { type LogListener, logFile } from './system/log-file.ts';

/** Sender of mails that only go to the outbox. */
const OUTBOX_SENDER = 'tocsin@localhost.localdomain';

/** A mail server may take its time at each step; a mail that takes longer is still not sent twice, see outbox.ts. */
const MAIL_WAIT_SECONDS = 100;

/** The built-in sample feed: `watch` publishes item after item, `at once` all of them. */
export type SampleMode = 'none' | 'watch' | 'at once';

/** What runs below the handlers: enough to answer queries, and all that the full instance stands on. */
export interface Parts {
  readonly folder: string;
  readonly database: LocalDatabase;
  /** The database was moved aside or lost: it starts empty, next to a queue file that knew the old one. */
  readonly isNewTable: boolean;
  readonly queues: LocalQueues;
  /** The clock by which data is deleted for good. */
  readonly settledClock: SettledClock;
  /** What is known of this process; parts of it report their problems there. */
  readonly health: Health;
  /** Writes a backup of the folder to a new file while everything runs. */
  backup(file: string): Promise<BackupSummary>;
  /** The log file, or standard error where it is asked for. */
  readonly log: Log;
  readonly sns: LocalSns;
  readonly outbox: Outbox;
  /** Null where mails stay in the outbox. */
  readonly mailServer: MailServer | null;
  readonly aws: AwsEndpoint;
  /** Brings a message of the queue `publications` to its subscription. Throws what may be tried again. */
  handPublication(body: string): Promise<void>;
  readonly token: string;
  /** Null where nothing is polled. */
  readonly sample: SampleFeed | null;
  /** As given, with a sender for the outbox where none is set, and the sample feed's address allowed. */
  readonly settings: Settings;
  /** Warnings and errors that handlers log from now on. */
  onTrouble(listener: LogListener): void;
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly sample?: SampleMode;
  readonly env?: NodeJS.ProcessEnv;
  /** Prints a line for the user: that older data is upgraded now, or that another process has the folder for the moment. */
  readonly say?: (line: string) => void;
  /** Ends the wait for the folder; its reason is thrown. */
  readonly signal?: AbortSignal;
}

/**
 * Starts everything but the handlers, and sets the environment that they read. Throws InvalidInputError when another instance has the
 * folder, its data is damaged, or a newer version has written it (then the data files stay as they are), and StorageError.
 */
export async function startParts(
  folder: string,
  settings: Settings,
  { sample = 'none', env = process.env, say = () => {}, signal }: StartOptions = {},
): Promise<Parts> {
  const mailServer = await mailServerOf(settings, env, { now: () => new Date() });
  makeFolder(folder);
  const undo: (() => Promise<void> | void)[] = [await lockFreeFolder(folder, { say, signal })];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return { ...(await openParts(resolve(folder), settings, { sample, env, say }, mailServer, undo)), stop };
  } catch (error) {
    await stop();
    throw storageErrorOf(error, join(folder, DYNOXIDE_FILE)) ?? error;
  }
}

/** Everything opened is registered in `undo`, which closes it in reverse order, also when a later step fails. */
async function openParts(
  folder: string,
  given: Settings,
  { sample: mode, env, say }: Required<Omit<StartOptions, 'signal'>>,
  mailServer: MailServer | null,
  undo: (() => Promise<void> | void)[],
): Promise<Omit<Parts, 'stop'>> {
  let onTrouble: LogListener = () => {};
  refuseUnusable(folder);
  await logFile(folder, env, (entry) => onTrouble(entry));
  const { log } = createTelemetry('machine');
  const onUpgrade = upgradeTold(folder, say, log);
  const older = Math.min(...dataVersionsIn(folder));
  if (older < DATA_VERSION) onUpgrade(older, DATA_VERSION);
  const token = tokenOf(folder);
  const before = filesBefore(folder, env);
  const queues = openQueues(join(folder, QUEUES_FILE));
  undo.push(() => queues.close());
  const database = await startDatabase(folder, TABLE_NAME, { env });
  undo.push(() => database.stop());
  const client = localDynamoDb(database.endpoint);
  const joined = await openTable(client, onUpgrade)
    .then(() => joinInstallation(client, TABLE_NAME, queues, before))
    .finally(() => client.destroy());
  queues.releaseAll();
  const settledClock = new SettledClock(queues);
  queues.forgetExpired(settledClock.now().getTime());
  const sample = mode === 'none' ? null : await startSampleFeed(queues, { allAtOnce: mode === 'at once' });
  undo.push(() => sample?.stop());
  const settings = settingsHere(given, sample);
  const outbox = new Outbox(join(folder, 'outbox'), mailServer);
  const sns = new LocalSns(queues);
  const endpointParts = { queues, outbox, settings, publicUrl: () => env[ENVIRONMENT.publicUrl] };
  const aws = await openEndpoint(sns, endpointParts);
  undo.push(() => aws.close());
  setEnvironment(database.endpoint, aws.url, settings, env);
  return {
    folder,
    database,
    isNewTable: joined === 'new table',
    queues,
    settledClock,
    health: new Health({ folder, queues, databaseProcessId: () => database.processId() }),
    backup: (file) => writeBackup(folder, file, new Date(), () => queues.pause()),
    log,
    sns,
    outbox,
    mailServer,
    aws,
    handPublication: async (body) => {
      const delivery = sns.deliveryOf(body);
      if (delivery !== null) await handToEndpoint(delivery, endpointParts);
    },
    token,
    sample,
    settings,
    onTrouble: (listener) => {
      onTrouble = listener;
    },
  };
}

function openEndpoint(sns: LocalSns, parts: EndpointParts): Promise<AwsEndpoint> {
  const { queues, outbox, publicUrl } = parts;
  return startAwsEndpoint({
    queues,
    sns,
    takeMail: (mail) => outbox.take(mail),
    askToConfirm: async (address, token) => {
      // Without a page to follow the link to; asking again later mails it again.
      if ((publicUrl() ?? '') === '')
        throw new ServiceUnavailableError('nothing runs that could take the confirmation: start Tocsin first');
      await outbox.take(confirmationMail(address, token, parts));
    },
  });
}

/** Tells the terminal and the log once, before anything is changed. */
function upgradeTold(folder: string, say: (line: string) => void, log: Log): (from: number, to: number) => void {
  let isTold = false;
  return (from, to) => {
    if (isTold) return;
    isTold = true;
    const line = `the data of ${folder} is upgraded from version ${from} to ${to}; to go back, an earlier Tocsin needs a backup made before (docs/runbook.md, upgrading)`;
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

function filesBefore(folder: string, env: NodeJS.ProcessEnv): FilesBefore {
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

/** What a deployment sets on each function, pointing at this machine's parts. */
function setEnvironment(database: string, aws: string, settings: Settings, env: NodeJS.ProcessEnv): void {
  Object.assign(env, {
    AWS_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: database,
    AWS_ENDPOINT_URL_SQS: aws,
    AWS_ENDPOINT_URL_SNS: aws,
    AWS_ENDPOINT_URL_SESV2: aws,
    POWERTOOLS_METRICS_DISABLED: 'true',
    [ENVIRONMENT.table]: TABLE_NAME,
    [ENVIRONMENT.pollQueueUrl]: queueUrl(aws, 'polls'),
    [ENVIRONMENT.articleQueueUrl]: queueUrl(aws, 'articles'),
    [ENVIRONMENT.alertTopicArn]: LOCAL_TOPIC_ARN,
    [ENVIRONMENT.operationsTopicArn]: LOCAL_OPERATIONS_ARN,
    [ENVIRONMENT.settings]: JSON.stringify(settings),
    [ENVIRONMENT.allowHosts]: settings.fetch.allowHosts.join(','),
    [ENVIRONMENT.mailWaitSeconds]: String(MAIL_WAIT_SECONDS),
  });
  for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_ENDPOINT_URL']) delete env[name];
}

function openQueues(file: string): LocalQueues {
  try {
    return onDisk(file, () => new LocalQueues(file));
  } catch (cause) {
    if (cause instanceof TocsinError) throw cause;
    throw damagedFile(file, (cause as Error).message, cause);
  }
}

export interface Offline {
  readonly handleApi: (request: Request) => Promise<Response>;
  close(): Promise<void>;
}

/** For a question while nothing runs: the database and the API in this process, nothing is polled or sent. What is queued waits for the next start. */
export async function openOffline(folder: string, settings: Settings, say: (line: string) => void): Promise<Offline> {
  if (!existsSync(folder))
    throw new InvalidInputError('not_found', `there is no data in ${folder}`, [
      'start Tocsin once: npm start',
      'or name its folder: --data DIR',
      'or a deployment on AWS: --stack NAME',
    ]);
  const parts = await startParts(folder, settings, { say });
  const { handleApi } = await import('../lambdas/api.ts');
  return { handleApi: withMachineApi(handleApi, parts), close: () => parts.stop() };
}
