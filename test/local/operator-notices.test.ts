// Notices to operators on one machine: the product's own adapter, this machine's SNS, and the outbox at the end.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SNSClient } from '@aws-sdk/client-sns';
import { createOperatorNotices } from '../../adapters/sns/operator-notices.ts';
import { type AwsEndpoint, startAwsEndpoint } from '../../local/aws/aws-endpoint.ts';
import { LOCAL_OPERATIONS_ARN, LocalSns } from '../../local/aws/sns.ts';
import { Outbox } from '../../local/mail/outbox.ts';
import { OUTBOX_ADDRESS } from '../../local/mail/received-mail.ts';
import { LocalQueues } from '../../local/queues/queues.ts';

let folder: string;
let queues: LocalQueues;
let outbox: Outbox;
let endpoint: AwsEndpoint;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-notices-'));
  queues = new LocalQueues(':memory:');
  outbox = new Outbox(join(folder, 'outbox'), {
    sendMail: async () => {
      throw new Error('a notice does not leave the machine');
    },
  });
  endpoint = await startAwsEndpoint({
    queues,
    sns: new LocalSns(queues),
    takeMail: (mail) => outbox.take(mail),
    askToConfirm: async () => undefined,
  });
});
afterEach(async () => {
  await endpoint.close();
  queues.close();
  rmSync(folder, { recursive: true, force: true });
});

const noticesTo = (topicArn: string) =>
  createOperatorNotices({
    topicArn,
    client: new SNSClient({
      endpoint: endpoint.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
    }),
  });

it('a notice stands in the outbox as it was told, and goes to no subscriber', async () => {
  new LocalSns(queues).subscribe('sqs', 'arn:aws:sqs:us-east-1:000000000000:polls', {});

  await noticesTo(LOCAL_OPERATIONS_ARN).tell({
    subject: 'Tocsin: 1 feed fails',
    text: '1 feed: could not be read\n\n* Nördlich <& Söhne>\n',
  });

  expect(outbox.list()).toMatchObject([{ to: OUTBOX_ADDRESS, subject: 'Tocsin: 1 feed fails', via: 'outbox' }]);
  expect(queues.depth('publications')).toBe(0);
  expect(outbox.read(1, 'txt')).toBe('1 feed: could not be read\n\n* Nördlich <& Söhne>\n');
});

it('a topic that does not exist is an error, so that the notice is tried again', async () => {
  await expect(noticesTo('arn:aws:sns:us-east-1:000000000000:other').tell({ subject: 's', text: 't' })).rejects.toThrow(
    /topic does not exist/,
  );
});
