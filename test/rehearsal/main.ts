// `npm run rehearse`: the real stack, deployed by the real CDK command line to MiniStack (an emulator of AWS, from PyPI), without an account.
// It serves the built-in sample feed on loopback and asserts that a match arrives in the table, an alert on the SNS topic,
// that a newcomer is asked and alerted once confirmed, that the API and an output show the match, that doctor misses an address for alarms, and that a message which cannot succeed is set aside. What the emulator cannot show (IAM is not enforced there) is held by the template tests.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { Webhook } from 'standardwebhooks';
import { createDynamoDbStores } from '../../adapters/dynamodb/stores.ts';
import { SAMPLE_ITEMS, type SampleItem } from '../../local/sample-feed/items.ts';
import { renderSampleFeed, renderSamplePage } from '../../local/sample-feed/render.ts';
import { LASTING_RECEIVES } from '../../shared/core/message-retries.ts';
import type { Subscription } from '../../shared/model/subscription.ts';
import type { Stores } from '../../shared/ports.ts';
import { aSubscription } from '../support/builders.ts';
import { bounceEvent, sesMail } from '../support/ses-events.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const VENV = join(ROOT, '.venv', 'rehearsal');
const MINISTACK = 'ministack==1.5.33';
const STACK = 'TocsinRehearsal';
/** Verified before the first mail: the emulator refuses others, as SES does. */
const SENDER = 'alerts@example.org';
const EMULATOR_READY_MS = 60_000;
const ARRIVAL_MS = 60_000;

const PUBLISHED_AT = new Date().toISOString();

const cleanups: (() => void)[] = [];
const say = (text: string): void => void process.stderr.write(`rehearse: ${text}\n`);

async function main(): Promise<void> {
  const feed = await serveSampleFeed();
  await installEmulator();
  const endpoint = await startEmulator();
  const environment = {
    ...process.env,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    CDK_DISABLE_VERSION_CHECK: '1',
    TOCSIN_CONFIG: rehearsalConfig(feed.url),
    TOCSIN_ALLOW_HOSTS: new URL(feed.url).host,
  };
  const cdk = (...args: string[]): Promise<string> =>
    run(
      join(ROOT, 'node_modules', '.bin', 'cdk'),
      [...args, '-c', `stackName=${STACK}`, '--ci', '--progress', 'events'],
      environment,
    );
  await timed('cdk bootstrap', () => cdk('bootstrap', 'aws://000000000000/us-east-1'));
  await timed('cdk deploy', () => cdk('deploy', '--require-approval', 'never'));
  await observe(endpoint, feed, environment);
}

async function observe(endpoint: string, feed: Publisher, environment: NodeJS.ProcessEnv): Promise<void> {
  const client = { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  const { Stacks } = await new CloudFormationClient(client).send(new DescribeStacksCommand({ StackName: STACK }));
  const outputs = Object.fromEntries(
    (Stacks?.[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
  );
  const { TableName, AlertTopicArn, ApiUrl } = outputs as Record<string, string>;
  if (TableName === undefined || AlertTopicArn === undefined || ApiUrl === undefined) {
    throw new Error(`the stack lacks an output; it has ${Object.keys(outputs).join(', ')}`);
  }
  const store = createDynamoDbStores({
    client: new DynamoDBClient(client),
    tableName: TableName,
    clock: { now: () => new Date() },
  });
  const match = await eventually('a match in the table', async () => {
    const { items } = await store.matches.queryMatches({ topic: 'troop-deployment' }, { limit: 10, cursor: null });
    return items[0];
  });
  say(`stored: [${match.topic.title}] ${match.article.title}: "${match.passages[0]?.text.slice(0, 100)}"`);

  // The emulator's own name for the API is no URL that resolves: its id is the first label.
  const api = `${endpoint}/_aws/execute-api/${/\/\/(\w+)\./.exec(ApiUrl)?.[1]}/$default`;
  const tocsin = (...args: string[]): Promise<string> =>
    run(process.execPath, [join(ROOT, 'cli', 'main.ts'), ...args, '--stack', STACK], {
      ...environment,
      TOCSIN_API_URL: api,
    });
  const queried = JSON.parse(await tocsin('matches', '--topic', 'troop-deployment', '--json')) as readonly {
    readonly id: string;
  }[];
  if (queried[0]?.id !== match.id) throw new Error('the API does not answer with the match');
  say('the API answers a signed query with the match');

  await new SESv2Client(client).send(new CreateEmailIdentityCommand({ EmailIdentity: SENDER }));
  const reader = aSubscription({ topics: ['*'] });
  await store.subscriptions.createSubscription(reader);
  const alerts = await subscribeQueue(client, AlertTopicArn);
  // Its address and key go into the Parameter Store, from which the functions read them.
  const target = new URL(HOOK_PATH, feed.url).href;
  const subscribed = await tocsin('subscribe', 'webhook', target, '--topic', '*', '--test', '--json');
  const { signingKey, test } = JSON.parse(subscribed) as {
    readonly signingKey: string;
    readonly test: { readonly state: string };
  };
  say(`the webhook took a test: ${test.state}`);
  const newcomer = await confirm({ api, endpoint, store, tocsin });
  feed.publishAll();
  await tocsin('feeds', 'poll', feed.url);
  const alert = await eventually('an alert on the topic', () => alerts());
  if (typeof alert.data?.passages?.[0]?.text !== 'string') throw new Error('the alert carries no passage');
  say(`alert: ${alert.type} of ${alert.data.topic?.id} with its passage`);
  const call = await eventually('an alert by webhook', async () =>
    feed.calls.find(({ body }) => body.includes('"type":"alert"')),
  );
  new Webhook(signingKey).verify(call.body, { ...call.headers });
  say('the webhook got an alert, signed with its key');
  await eventually('an alert for the newcomer', async () =>
    (await mailsTo(newcomer, endpoint)).find(({ Subject }) => !Subject.includes('confirm')),
  );
  say('the newcomer gets an alert');
  await readOutput({ api, tocsin, article: match.article.title });
  await bounce({ client, store, topicArn: outputs['MailEventsTopicArn'] ?? '', reader, tocsin });
  const doctor = await tocsin('doctor', '--json').catch((error: Error) => error.message);
  if (!doctor.includes('no one receives alarms')) throw new Error(`doctor misses no address for alarms:\n${doctor}`);
  say('doctor misses an address for alarms');
  say(`set aside: ${await setAside(client, '{"not":"a poll')}`);
}

/** Someone is subscribed by mail: asked, left alone by whoever only opens the link, and confirmed by the button. Their address. */
async function confirm({
  api,
  endpoint,
  store,
  tocsin,
}: {
  readonly api: string;
  readonly endpoint: string;
  readonly store: Stores;
  readonly tocsin: (...args: string[]) => Promise<string>;
}): Promise<string> {
  const address = 'newcomer@example.org';
  const subscribed = await tocsin('subscribe', 'email', address, '--topic', '*', '--json');
  const { id } = JSON.parse(subscribed) as Pick<Subscription, 'id'>;
  const stateNow = async () => (await store.subscriptions.getSubscription(id))?.state;
  const path = await eventually('the mail that asks', async () => {
    const mails = await mailsTo(address, endpoint);
    return mails.map(({ BodyText }) => /\/u\/[\w-]+\/confirm\/[\w-]+/.exec(BodyText)?.[0]).find(Boolean);
  });
  const page = await (await fetch(`${api}${path}`)).text();
  if (!page.includes('One click left')) throw new Error(`the page to confirm reads otherwise:\n${page}`);
  const before = await stateNow();
  if (before !== 'unconfirmed') throw new Error(`opening the page made the subscription ${before}`);
  const body = new URLSearchParams({ action: 'confirm' });
  const answer = await fetch(`${api}${path}`, { method: 'POST', body });
  const after = await stateNow();
  if (after !== 'active') throw new Error(`confirming answered ${answer.status} and left the subscription ${after}`);
  say('a newcomer was asked, and confirmed by the button');
  return address;
}

interface TakenMail {
  readonly Subject: string;
  readonly BodyText: string;
}

/** What the emulator's SES took for an address. */
async function mailsTo(address: string, endpoint: string): Promise<readonly TakenMail[]> {
  const answer = await fetch(`${endpoint}/_ministack/ses/messages`);
  const taken = (await answer.json()) as {
    /** By account. */
    readonly messages: Readonly<Record<string, readonly (TakenMail & { readonly To: readonly string[] })[]>>;
  };
  const mails = Object.values(taken.messages).flat();
  return mails.filter(({ To }) => To.includes(address));
}

/** A program reads the output as JSON Feed, at the secret address that `add` gives. */
async function readOutput({
  api,
  tocsin,
  article,
}: {
  readonly api: string;
  readonly tocsin: (...args: string[]) => Promise<string>;
  readonly article: string;
}): Promise<void> {
  const added = await tocsin('outputs', 'add', '--topic', 'troop-deployment', '--json');
  const { addresses } = JSON.parse(added) as { readonly addresses: { readonly json: string } };
  const address = `${api}${addresses.json.slice(addresses.json.indexOf('/f/'))}`;
  const feed = (await (await fetch(address)).json()) as {
    readonly items: readonly { readonly title: string; readonly content_html: string }[];
  };
  const entry = feed.items.find(({ title }) => title === article);
  if (!entry?.content_html.includes('<b>')) throw new Error(`the output lacks the match:\n${JSON.stringify(feed)}`);
  say('the output shows the match, with its words in bold');
}

/** SES took a mail, and says that it bounced: the address gets no more, until that is lifted. */
async function bounce({
  client,
  store,
  topicArn,
  reader,
  tocsin,
}: {
  readonly client: object;
  readonly store: Stores;
  readonly topicArn: string;
  readonly reader: Subscription;
  readonly tocsin: (...args: string[]) => Promise<string>;
}): Promise<void> {
  const mailed = await eventually('a mail that SES took', async () => {
    const { items } = await store.deliveries.deliveriesOfSubscription(reader.id, { limit: 50, cursor: null });
    return items.find(({ state }) => state === 'sent');
  });
  const mail = sesMail({ tag: mailed.id.replaceAll('.', '_'), to: reader.target });
  await new SNSClient(client).send(
    new PublishCommand({ TopicArn: topicArn, Message: JSON.stringify(bounceEvent(mail)) }),
  );
  await eventually('the end of the mails to an address that bounced', async () =>
    (await store.subscriptions.getSubscription(reader.id))?.state === 'suppressed' ? true : undefined,
  );
  await eventually('the bounce in the ledger', async () =>
    (await store.deliveries.getDelivery(mailed.id))?.state === 'bounced' ? true : undefined,
  );
  const [listed] = JSON.parse(await tocsin('suppressions', '--json')) as readonly {
    readonly subscriptions: readonly string[];
  }[];
  if (listed?.subscriptions[0] !== reader.id) throw new Error('the address is not on the list of suppressed ones');
  await tocsin('suppressions', 'remove', reader.target);
  if ((await store.subscriptions.getSubscription(reader.id))?.state !== 'active')
    throw new Error('the subscription does not go on although its address was taken off the list');
  say('a mail that bounced: in the ledger, its address suppressed, and lifted again');
}

/**
 * Queues what cannot be read for poll-feeds, and gives the reason with which it is among the dead letters. So that nothing has to wait for all of its
 * tries, it is received here as well.
 */
async function setAside(client: object, body: string): Promise<string> {
  const sqs = new SQSClient(client);
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  const urlOf = (name: string): string => {
    const url = QueueUrls.find((each) => each.includes(`${STACK}-${name}`));
    if (url === undefined) throw new Error(`there is no queue ${name}; there are ${QueueUrls.join(', ')}`);
    return url;
  };
  const polls = urlOf('PollingPollsQueue');
  await sqs.send(new SendMessageCommand({ QueueUrl: polls, MessageBody: body }));
  // At once, before the function looks; it may be in between all the same, and then the message is hidden for a while.
  let received = 0;
  const receive = async (): Promise<void> => {
    for (let got = 1; got > 0 && received < LASTING_RECEIVES; received += got) {
      const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: polls, VisibilityTimeout: 0 }));
      got = Messages?.length ?? 0;
    }
  };
  await receive();
  return eventually(
    'the message among the dead letters',
    async () => {
      await receive();
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: urlOf('PollingPollsDeadLetters'), MessageAttributeNames: ['All'] }),
      );
      return Messages.find(({ Body }) => Body === body)?.MessageAttributes?.['reason']?.StringValue;
      // Each time that the function is first, the message is hidden for twice as long: 10 s, 20 s, 40 s.
    },
    4 * ARRIVAL_MS,
  );
}

interface AlertMessage {
  readonly type: string;
  readonly data?: {
    readonly topic?: { readonly id: string };
    readonly passages?: readonly { readonly text: string }[];
  };
}

/** A queue subscribed to the topic, for one topic of news only; the function gives the next alert, or undefined. */
async function subscribeQueue(client: object, topicArn: string): Promise<() => Promise<AlertMessage | undefined>> {
  const sqs = new SQSClient(client);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'rehearsal-alerts' }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  await new SNSClient(client).send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: 'sqs',
      Endpoint: Attributes?.['QueueArn'],
      Attributes: {
        RawMessageDelivery: 'true',
        FilterPolicy: JSON.stringify({ topic: ['troop-deployment', 'treaty-ratification'] }),
      },
    }),
  );
  return async () => {
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }));
    const body = Messages?.[0]?.Body;
    return body === undefined ? undefined : (JSON.parse(body) as AlertMessage);
  };
}

// ---------------------------------------------------------------- what is deployed, and to what

/** The project's own configuration, with a sender, and the sample feed as the only feed: there is no internet in a rehearsal. */
function rehearsalConfig(feedUrl: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-rehearsal-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(ROOT, 'config'), folder, { recursive: true });
  const settings = join(folder, 'tocsin.yaml');
  writeFileSync(settings, readFileSync(settings, 'utf8').replace(/^ {2}from:.*$/m, `  from: ${SENDER}`));
  writeFileSync(
    join(folder, 'feeds.opml'),
    `<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0"><head/><body><outline type="rss" text="Sample" xmlUrl="${feedUrl}"/></body></opml>\n`,
  );
  return folder;
}

interface Publisher {
  readonly url: string;
  /** From now on the feed holds every item. */
  publishAll(): void;
  /** What its webhook was posted. */
  readonly calls: readonly { readonly headers: Readonly<Record<string, string>>; readonly body: string }[];
}

/** Of a webhook on the same server, which the functions may reach. */
const HOOK_PATH = '/hooks/0123456789abcdef0123';

/** A first item for the poll that comes with the deployment; the others once the queue is subscribed. */
async function serveSampleFeed(): Promise<Publisher> {
  let shown: readonly SampleItem[] = SAMPLE_ITEMS.slice(0, 1);
  const calls: { headers: Readonly<Record<string, string>>; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const { url, headers } = request;
    if (url === HOOK_PATH) {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      calls.push({ headers: headers as Readonly<Record<string, string>>, body: Buffer.concat(parts).toString() });
      response.writeHead(204).end();
      return;
    }
    const page = SAMPLE_ITEMS.find(({ slug }) => url === `/sample/${slug}`);
    const isFeed = url === '/sample.rss';
    response.statusCode = isFeed || page !== undefined ? 200 : 404;
    response.setHeader('content-type', `${isFeed ? 'application/rss+xml' : 'text/html'}; charset=utf-8`);
    if (page !== undefined) response.end(renderSamplePage(page));
    else
      response.end(
        isFeed
          ? renderSampleFeed(
              shown.map((item) => ({ ...item, publishedAt: PUBLISHED_AT })),
              `http://${headers.host}`,
              'wire',
            )
          : '',
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  cleanups.push(() => void server.close());
  const publishAll = (): void => {
    shown = SAMPLE_ITEMS;
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sample.rss`, publishAll, calls };
}

async function installEmulator(): Promise<void> {
  const marker = join(VENV, 'installed.txt');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === MINISTACK) return;
  await timed(`installing ${MINISTACK} into a virtual environment`, async () => {
    rmSync(VENV, { recursive: true, force: true });
    mkdirSync(dirname(VENV), { recursive: true });
    await run('python3', ['-m', 'venv', VENV], process.env);
    await run(join(VENV, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', MINISTACK], process.env);
    writeFileSync(marker, MINISTACK);
  });
}

async function startEmulator(): Promise<string> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const home = mkdtempSync(join(tmpdir(), 'tocsin-ministack-'));
  const log: string[] = [];
  const child = spawn(join(VENV, 'bin', 'ministack'), [], {
    cwd: home,
    env: {
      ...process.env,
      // Handlers run on the Node of this project, as on Lambda.
      PATH: `${join(ROOT, 'node_modules', '.bin')}:${process.env['PATH']}`,
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      LAMBDA_EXECUTOR: 'local',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      TMPDIR: home,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => log.push(text.toString()));
  cleanups.push(() => {
    child.kill('SIGKILL');
    if (process.exitCode !== 0) process.stderr.write(log.join('').split('\n').slice(-60).join('\n'));
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  });
  await eventually(
    'the emulator',
    async () => {
      if (child.exitCode !== null) throw new Error(`the emulator ended with exit code ${child.exitCode}`);
      return (await fetch(`${endpoint}/_ministack/health`)).ok ? true : undefined;
    },
    EMULATOR_READY_MS,
  );
  return endpoint;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

// ---------------------------------------------------------------- small tools

/** What it wrote to standard output. */
function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: string[] = [];
    const answer: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => output.push(text.toString()));
    child.stdout.on('data', (text: Buffer) => answer.push(text.toString()));
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0
        ? resolve(answer.join(''))
        : reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output.join('').slice(-6000)}`)),
    );
  });
}

async function eventually<T>(what: string, look: () => Promise<T | undefined>, withinMs = ARRIVAL_MS): Promise<T> {
  const giveUpAt = Date.now() + withinMs;
  let last: unknown;
  while (Date.now() < giveUpAt) {
    try {
      const seen = await look();
      if (seen !== undefined) return seen;
    } catch (error) {
      last = error;
      if ((error as Error).message?.startsWith('the emulator ended')) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`${what} did not come within ${withinMs / 1000} s`, { cause: last });
}

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const begun = Date.now();
  say(`${what} …`);
  await work();
  say(`${what}: ${((Date.now() - begun) / 1000).toFixed(1)} s`);
}

try {
  await main();
  process.exitCode = 0;
  say('passed: deployed, matched, confirmed, alerted, queried, read as a feed, set aside');
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(
    `rehearse: FAILED: ${error instanceof Error ? `${error.message}\n${error.cause ?? ''}` : error}\n`,
  );
} finally {
  for (const cleanup of cleanups.reverse()) cleanup();
}
