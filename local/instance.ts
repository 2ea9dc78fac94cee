// One machine's Tocsin: the database, the queues, the small AWS around the handlers, the server a person sees. Started and stopped as one.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { ENVIRONMENT } from '../lambdas/environment.ts';
import { InvalidInputError, ServiceUnavailableError, StorageError } from '../shared/errors.ts';
import type { Settings } from '../shared/settings.ts';
import { type AwsEndpoint, queueUrl, startAwsEndpoint } from './aws-endpoint.ts';
import { type BackupSummary, writeBackup } from './backup.ts';
import { LOCAL_REGION, type LocalDatabase, localDynamoDb, startDatabase } from './database.ts';
import { DATA_FILES } from './database-engines.ts';
import { Health } from './health.ts';
import { type FilesBefore, fileBefore, joinInstallation } from './installation.ts';
import { type LogListener, logFile } from './log-file.ts';
import { withMachineApi } from './machine-api.ts';
import type { MailServer } from './mail-server.ts';
import { mailServerOf } from './mail-way.ts';
import { Outbox } from './outbox.ts';
import { LocalQueues } from './queues.ts';
import { type SampleFeed, startSampleFeed } from './sample-feed/server.ts';
import { LOCAL_OPERATIONS_ARN, LOCAL_TOPIC_ARN, LocalSns } from './sns.ts';
import { confirmationMail, handToEndpoint } from './sns-endpoints.ts';
import { onDisk, storageErrorOf } from './storage-problems.ts';

export const TABLE_NAME = 'tocsin';
/** Sender of mails that only go to the outbox. */
const OUTBOX_SENDER = 'tocsin@localhost.localdomain';

/** A mail server may take its time at each step; a mail that takes longer is still not sent twice, see outbox.ts. */
const MAIL_WAIT_SECONDS = 100;

/** The built-in sample feed: `watch` publishes item after item, `at once` all of them. */
export type SampleMode = 'none' | 'watch' | 'at once';

export interface Runtime {
  readonly url: string;
  readonly token: string;
}

/** What runs below the handlers: enough to answer queries, and all that the full instance stands on. */
export interface Parts {
  readonly folder: string;
  readonly database: LocalDatabase;
  /** The database was moved aside or lost: it starts empty, next to a queue file that knew the old one. */
  readonly isNewTable: boolean;
  readonly queues: LocalQueues;
  /** What is known of this process; parts of it report their problems there. */
  readonly health: Health;
  /** Writes a backup of the folder to a new file while everything runs. */
  backup(file: string): Promise<BackupSummary>;
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

/**
 * Starts everything but the handlers, and sets the environment that they read. Throws InvalidInputError when another instance has the
 * folder, or its data cannot be opened.
 */
export async function startParts(
  folder: string,
  settings: Settings,
  sample: SampleMode = 'none',
  env: NodeJS.ProcessEnv = process.env,
): Promise<Parts> {
  const mailServer = await mailServerOf(settings, env, { now: () => new Date() });
  makeFolder(folder);
  const undo: (() => Promise<void> | void)[] = [lock(folder)];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return { ...(await openParts(resolve(folder), settings, sample, mailServer, env, undo)), stop };
  } catch (error) {
    await stop();
    throw storageErrorOf(error, join(folder, 'tocsin.sqlite')) ?? error;
  }
}

function makeFolder(folder: string): void {
  try {
    // It holds addresses and tokens.
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new InvalidInputError(
      'unreadable_file',
      `the data folder ${folder} cannot be made: ${(cause as Error).message}`,
      ['choose another: --data DIR'],
      { cause },
    );
  }
}

/** Everything opened is registered in `undo`, which closes it in reverse order, also when a later step fails. */
async function openParts(
  folder: string,
  given: Settings,
  mode: SampleMode,
  mailServer: MailServer | null,
  env: NodeJS.ProcessEnv,
  undo: (() => Promise<void> | void)[],
): Promise<Omit<Parts, 'stop'>> {
  let onTrouble: LogListener = () => {};
  await logFile(folder, env, (entry) => onTrouble(entry));
  const token = tokenOf(folder);
  const before = filesBefore(folder, env);
  const queues = openQueues(join(folder, 'queues.sqlite'));
  undo.push(() => queues.close());
  const database = await startDatabase(folder, TABLE_NAME, { env });
  undo.push(() => database.stop());
  const client = localDynamoDb(database.endpoint);
  const joined = await joinInstallation(client, TABLE_NAME, queues, before).finally(() => client.destroy());
  queues.releaseAll();
  queues.forgetExpired();
  const sample = mode === 'none' ? null : await startSampleFeed(queues, { allAtOnce: mode === 'at once' });
  undo.push(() => sample?.stop());
  const settings = settingsHere(given, sample);
  const outbox = new Outbox(join(folder, 'outbox'), mailServer);
  const sns = new LocalSns(queues);
  const endpointParts = { queues, outbox, settings, publicUrl: () => env[ENVIRONMENT.publicUrl] };
  const aws = await startAwsEndpoint({
    queues,
    sns,
    takeMail: (mail) => outbox.take(mail),
    askToConfirm: async (address, token) => {
      // Without a page to follow the link to; asking again later mails it again.
      if (endpointParts.publicUrl() === undefined)
        throw new ServiceUnavailableError('nothing runs that could take the confirmation: start Tocsin first');
      await outbox.take(confirmationMail(address, token, endpointParts));
    },
  });
  undo.push(() => aws.close());
  setEnvironment(database.endpoint, aws.url, settings, env);
  return {
    folder,
    database,
    isNewTable: joined === 'new table',
    queues,
    health: new Health({ folder, queues, databaseProcessId: () => database.processId() }),
    backup: (file) => writeBackup(folder, file, new Date(), () => queues.pause()),
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

function filesBefore(folder: string, env: NodeJS.ProcessEnv): FilesBefore {
  const isElsewhere = (env['TOCSIN_DYNAMODB_ENDPOINT'] ?? '') !== '';
  const tables = DATA_FILES.map((file) => fileBefore(join(folder, file)));
  return {
    folder,
    table: isElsewhere ? null : (tables.find((state) => state !== 'missing') ?? 'missing'),
    queues: fileBefore(join(folder, 'queues.sqlite')),
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
    if (cause instanceof StorageError) throw cause;
    throw new InvalidInputError(
      'corrupt_data',
      `${file} cannot be opened: ${(cause as Error).message}`,
      [
        `to keep it for a look and begin anew: mv ${file} ${file}.broken`,
        'items that were queued but not matched yet are polled again',
      ],
      { cause },
    );
  }
}

// ---------------------------------------------------------------- lock, token, runtime file

/** Lock files of this process. */
const locksHeld = new Set<string>();

/** A file with our process id; one left by a process that is gone does not count. */
function lock(folder: string): () => void {
  const file = resolve(folder, 'lock');
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeLock(file);
      locksHeld.add(file);
      return () => {
        locksHeld.delete(file);
        rmSync(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw storageErrorOf(error, file) ?? error;
      const pid = Number(readFileSync(file, 'utf8'));
      // In a container the next start often has the very id of the one that was killed.
      if (pid === process.pid ? locksHeld.has(file) : isTocsin(pid))
        throw new InvalidInputError('data_in_use', `${folder} is used by another Tocsin (process ${pid})`, [
          'stop it first, or give this one a folder of its own: --data DIR',
        ]);
      unlinkSync(file);
    }
  }
  throw new InvalidInputError('data_in_use', `${folder} is used by another Tocsin`, ['try again']);
}

function writeLock(file: string): void {
  const handle = openSync(file, 'wx');
  try {
    writeSync(handle, String(process.pid));
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  } finally {
    closeSync(handle);
  }
}

/** Process ids are used again, after a restart of the machine above all: a live process counts only if it is one of ours. */
function isTocsin(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const { stdout } = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  // Where there is no ps, better to believe the file.
  return typeof stdout !== 'string' || /\bcli[\\/]main\.ts\b/.test(stdout);
}

/** Made at the first start, and again when the file is empty, as a full disk may leave it. Readable by its owner only. */
function tokenOf(folder: string): string {
  const file = join(folder, 'token');
  return onDisk(file, () => {
    const known = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
    if (known !== '') return known;
    const token = randomBytes(32).toString('base64url');
    writeFileSync(file, token, { mode: 0o600 });
    chmodSync(file, 0o600);
    return token;
  });
}

const runtimeFile = (folder: string): string => join(folder, 'runtime.json');

/** Tells the command line where this instance answers; the function given back takes it away. */
export function writeRuntime(folder: string, url: string): () => void {
  // Renamed into its place, so that nobody reads half of it.
  const draft = `${runtimeFile(folder)}.new`;
  writeFileSync(draft, JSON.stringify({ url, pid: process.pid }), { mode: 0o600 });
  renameSync(draft, runtimeFile(folder));
  return () => rmSync(runtimeFile(folder), { force: true });
}

/** The running instance of a data folder, null when none runs. */
export async function readRuntime(folder: string): Promise<Runtime | null> {
  if (!existsSync(runtimeFile(folder))) return null;
  const { url, pid } = parseRuntime(readFileSync(runtimeFile(folder), 'utf8'));
  return pid === process.pid || isTocsin(pid) ? { url, token: tokenOf(folder) } : null;
}

/** A file that a power cut spoiled is as good as none. */
function parseRuntime(text: string): { readonly url: string; readonly pid: number } {
  try {
    return JSON.parse(text) as { url: string; pid: number };
  } catch {
    return { url: '', pid: 0 };
  }
}

/** Does work on a data folder while it is locked against any instance. Throws InvalidInputError('data_in_use'). */
export async function withFolder<T>(folder: string, work: () => Promise<T> | T): Promise<T> {
  makeFolder(folder);
  const unlock = lock(folder);
  try {
    return await work();
  } finally {
    unlock();
  }
}

export interface Offline {
  readonly handleApi: (request: Request) => Promise<Response>;
  close(): Promise<void>;
}

/** For a question while nothing runs: the database and the API in this process, nothing is polled or sent. What is queued waits for the next start. */
export async function openOffline(folder: string, settings: Settings): Promise<Offline> {
  if (!existsSync(folder))
    throw new InvalidInputError('not_found', `there is no data in ${folder}`, [
      'start Tocsin once: npm start',
      'or name its folder: --data DIR',
      'or a deployment on AWS: --stack NAME',
    ]);
  const parts = await startParts(folder, settings);
  const { handleApi } = await import('../lambdas/api.ts');
  return { handleApi: withMachineApi(handleApi, parts), close: () => parts.stop() };
}
