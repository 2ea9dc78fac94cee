// The last step of a deploy, as CloudFormation calls it: the bundle of `configure` runs in a process of its own, with the configuration that
// was compiled at synth beside it.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDynamoDbStores } from '../../adapters/dynamodb/stores.ts';
import { bundleFunctions } from '../../infra/bundle.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import type { Stores } from '../../shared/ports.ts';
import { type AwsServer, serveAwsJson } from '../support/aws-json-server.ts';
import { aClock, aTopic } from '../support/builders.ts';
import { startEmbeddedDynamoDb, type TestDatabase } from '../support/embedded-dynamodb.ts';
import { type LoopbackWeb, serveWeb } from '../support/loopback.ts';

const FEED = { url: 'https://news.example.org/feed.xml', title: 'Example News', folder: '', language: null };

let folder: string;
let database: TestDatabase;
let queue: AwsServer;
let cloudFormation: LoopbackWeb;
let tableName: string;
let stores: Stores;
const answers: { Status: string; Reason: string; PhysicalResourceId: string }[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-configure-'));
  const configuration = JSON.stringify({ feeds: [FEED], topics: [aTopic()], packs: ['examples'] });
  bundleFunctions(folder, ['configure'], { configure: { 'configuration.json': configuration } });
  database = await startEmbeddedDynamoDb();
  queue = await serveAwsJson(({ body }) => ({
    body: {
      Successful: body.Entries.map(({ Id, MessageBody }: { Id: string; MessageBody: string }) => ({
        Id,
        MessageId: Id,
        MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex'),
      })),
      Failed: [],
    },
  }));
  cloudFormation = await serveWeb(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    answers.push(JSON.parse(Buffer.concat(parts).toString()));
    response.end();
  });
}, 120_000);

afterAll(async () => {
  await Promise.all([database.stop(), queue.close(), cloudFormation.close()]);
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  answers.length = 0;
  tableName = await database.newTable();
  stores = createDynamoDbStores({ client: database.client, tableName, clock: aClock() });
});

/** Runs the bundle's handler as Lambda would, and waits until it has answered. */
function call(
  RequestType: 'Create' | 'Update' | 'Delete',
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  const event = {
    RequestType,
    ResponseURL: cloudFormation.origin,
    StackId: 's',
    RequestId: 'r',
    LogicalResourceId: 'l',
  };
  const script = `import(${JSON.stringify(join(folder, 'configure', 'index.mjs'))}).then(({ handler }) => handler(${JSON.stringify(event)}))`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: 'ignore',
    env: {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
      AWS_ENDPOINT_URL_SQS: queue.origin,
      TOCSIN_TABLE: tableName,
      TOCSIN_STACK: 'Tocsin',
      TOCSIN_ALERT_TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:alerts',
      TOCSIN_SETTINGS: JSON.stringify(defaultSettings),
      TOCSIN_POLL_QUEUE_URL: `${queue.origin}/000000000000/polls`,
      ...env,
    },
  });
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}

describe('a deploy', () => {
  it('follows the feeds and puts the topics in force that stand under config/, and polls the feeds at once', async () => {
    const code = await call('Create');

    expect([code, answers]).toEqual([
      0,
      [expect.objectContaining({ Status: 'SUCCESS', PhysicalResourceId: 'tocsin-configuration' })],
    ]);
    expect((await stores.feeds.listFeeds({ limit: 10, cursor: null })).items.map(({ url }) => url)).toEqual([FEED.url]);
    expect(await stores.topics.listTopics()).toEqual([aTopic()]);
    expect(queue.asked.at(-1)?.body.Entries).toHaveLength(1);
  });

  it('says why it fails, and CloudFormation goes back', async () => {
    await call('Update', { TOCSIN_TABLE: 'missing' });

    expect(answers).toEqual([
      expect.objectContaining({
        Status: 'FAILED',
        Reason: expect.stringContaining('the table "missing" does not exist'),
      }),
    ]);
  });

  it('of a stack that is deleted leaves the table as it is', async () => {
    await call('Delete');

    expect(answers).toEqual([expect.objectContaining({ Status: 'SUCCESS' })]);
    expect(await stores.feeds.listPollBatches()).toEqual([]);
  });
});
