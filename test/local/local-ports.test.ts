// What handlers of one machine get in place of SQS, SNS and SES: its queues, its topic and its outbox.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createLocalArticleQueue,
  createLocalPollQueue,
  createLocalPublisher,
  createLocalSubscriptions,
  createOutboxMailer,
  createOutboxNotices,
} from '../../local/aws/local-ports.ts';
import { LocalSns, type SnsDelivery } from '../../local/aws/sns.ts';
import { Outbox } from '../../local/mail/outbox.ts';
import { OUTBOX_ADDRESS, type ReceivedMail } from '../../local/mail/received-mail.ts';
import { LocalQueues } from '../../local/queues/queues.ts';
import { MessageRefusedError, ServiceUnavailableError, StorageError } from '../../shared/core/errors.ts';
import type { AlertEvent } from '../../shared/model/alert.ts';
import { type ArticleMessage, type PollMessage, parsePollMessage } from '../../shared/model/messages.ts';

const NOW = Date.parse('2026-03-01T09:00:00Z');
const POLL: PollMessage = { v: 1, kind: 'poll', pollBatch: '파병 ✓', slot: null, feedIds: [] };
const ARTICLE = { v: 1, kind: 'article' } as ArticleMessage;
const MAIL = {
  to: 'desk@example.org',
  subject: '[Sanctions] Überschrift',
  text: 'text',
  html: '<p>html</p>',
  headers: { 'X-Tocsin-Delivery': 'd1' },
  messageId: 'unused',
};

let queues: LocalQueues;
let sns: LocalSns;

beforeEach(() => {
  queues = new LocalQueues(':memory:', () => NOW);
  sns = new LocalSns(queues);
});
afterEach(() => queues.close());

describe('the queues', () => {
  it('take messages as JSON, in their order', async () => {
    await createLocalPollQueue(queues).send([POLL, { ...POLL, pollBatch: 'second' }]);

    const bodies = queues.receive('polls', 10, 1_000).map(({ body }) => parsePollMessage(body));
    expect(bodies).toEqual([POLL, { ...POLL, pollBatch: 'second' }]);
    expect(queues.depth('articles')).toBe(0);
  });

  it.each([
    [60, 60],
    [0.4, 0],
    [-5, 0],
    [5_000, 900],
  ])('hide what is sent for %d seconds later for %d', async (asked, hidden) => {
    await createLocalArticleQueue(queues).sendLater([ARTICLE], asked);

    expect(queues.nextVisibleAt('articles')).toBe(NOW + hidden * 1_000);
  });

  it('hide nothing that is sent now, and are not asked where there is nothing to send', async () => {
    await createLocalPollQueue(queues).send([POLL]);
    const visibleAt = queues.nextVisibleAt('polls');
    queues.send = () => {
      throw new Error('not to be called');
    };

    await createLocalPollQueue(queues).send([]);
    expect(visibleAt).toBe(NOW);
  });

  it('are unavailable for now while the disk is full', async () => {
    queues.send = () => {
      throw new StorageError('disk_full', 'the disk is full');
    };

    await expect(createLocalPollQueue(queues).send([POLL])).rejects.toThrow(ServiceUnavailableError);
    await expect(createLocalArticleQueue(queues).send([ARTICLE])).rejects.toThrow(
      'the queue articles did not accept messages: the disk is full',
    );
  });
});

describe('the topic', () => {
  /** What waits to be handed to subscriptions. */
  const handed = (): readonly SnsDelivery[] =>
    queues.receive('publications', 10, 60_000).flatMap(({ body }) => sns.deliveryOf(body) ?? []);
  const publish = (topic: string): Promise<string> => {
    const attributes = { type: 'alert', topic };
    const event = { subject: 'An alert', text: 'in words', json: '{"json":true}', attributes };
    return createLocalPublisher(sns).publish(event as unknown as AlertEvent);
  };
  const asked: [address: string, token: string][] = [];
  const subscriptions = () =>
    createLocalSubscriptions(sns, async (address, token) => void asked.push([address, token]));

  beforeEach(() => asked.splice(0));

  it('hands an alert to the subscriptions whose filter policy lets it through', async () => {
    const attributes = (topic: string) => ({
      FilterPolicy: JSON.stringify({ topic: [topic] }),
      RawMessageDelivery: 'true',
    });
    sns.subscribe('sqs', 'arn:aws:sqs:us-east-1:000000000000:alerts-given-up', attributes('sanctions'));
    sns.subscribe('https', 'https://example.org/hook', attributes('ceasefire'));

    const id = await publish('sanctions');

    const deliveries = handed();
    expect(deliveries.map(({ subscription, body }) => [subscription.protocol, body])).toEqual([
      ['sqs', '{"json":true}'],
    ]);
    expect(deliveries[0]?.id).toBe(`${id}.${deliveries[0]?.subscription.arn}`);
    expect(deliveries[0]?.subject).toBe('An alert');
  });

  it('sends an address nothing before it has confirmed, then the words meant for mail', async () => {
    await subscriptions().subscribeEmail('desk@example.org', ['*']);
    await publish('sanctions');
    const before = handed().length;

    const [, token = ''] = asked[0] ?? [];
    sns.change(sns.byToken(token)?.arn ?? '', { confirmed: true });
    await publish('sanctions');

    expect(asked.map(([address]) => address)).toEqual(['desk@example.org']);
    expect(before).toBe(0);
    expect(handed().map(({ body }) => body)).toEqual(['in words']);
  });

  it('lets through the topics of a subscription, also after they were changed, without another confirmation', async () => {
    const { arn } = await subscriptions().subscribeEmail('desk@example.org', ['sanctions', 'ceasefire']);
    sns.change(arn, { confirmed: true });
    const changed = await subscriptions().subscribeEmail('desk@example.org', ['convoys'], arn);

    for (const topic of ['sanctions', 'convoys']) await publish(topic);

    expect(changed.arn).toBe(arn);
    expect(asked).toHaveLength(1);
    expect(sns.subscriptions().map(({ filterPolicy }) => filterPolicy)).toEqual([
      { type: ['alert'], topic: ['convoys'] },
    ]);
    expect(handed()).toHaveLength(1);
  });

  it('gives an address that subscribes again its new topics, and asks again where it has not confirmed', async () => {
    const first = await subscriptions().subscribeEmail('desk@example.org', ['sanctions']);
    const second = await subscriptions().subscribeEmail('desk@example.org', ['*'], 'arn:that-is-gone');

    expect(second.arn).toBe(first.arn);
    expect(sns.subscriptions().map(({ filterPolicy }) => filterPolicy)).toEqual([{ type: ['alert'] }]);
    expect(asked).toHaveLength(2);
  });

  it('ends a subscription; one that is gone is fine', async () => {
    const { arn } = await subscriptions().subscribeEmail('desk@example.org', ['*']);

    await subscriptions().unsubscribe(arn);
    await subscriptions().unsubscribe(arn);

    expect(sns.subscriptions()).toEqual([]);
  });

  it('is unavailable for now while the disk is full', async () => {
    sns.subscribe('https', 'https://example.org/hook', {});
    queues.send = () => {
      throw new StorageError('disk_full', 'the disk is full');
    };

    const failure = publish('sanctions');

    await expect(failure).rejects.toThrow(ServiceUnavailableError);
    await expect(failure).rejects.toThrow('the alert was not published: the disk is full');
  });

  it('has the topics of a new address in force from its confirmation on, and asks no address that has confirmed', async () => {
    const { arn } = await subscriptions().subscribeEmail('desk@example.org', ['sanctions']);
    const [{ filterPolicy } = { filterPolicy: null }] = sns.subscriptions();
    sns.change(arn, { confirmed: true });
    asked.splice(0);
    await subscriptions().subscribeEmail('desk@example.org', ['*']);

    expect(filterPolicy).toEqual({ type: ['alert'], topic: ['sanctions'] });
    expect(asked).toEqual([]);
  });
});

describe('mail', () => {
  const mailerThat = (take: (mail: ReceivedMail) => Promise<string>, waitMs = 60_000) =>
    createOutboxMailer({ take }, { from: 'alerts@example.org', waitMs });

  it('reaches the outbox with its headers, from a sender with a name', async () => {
    const mails: ReceivedMail[] = [];

    const accepted = await mailerThat(async (mail) => {
      mails.push(mail);
      return 'mail-1';
    }).sendMail(MAIL);

    expect(accepted).toEqual({ providerId: 'mail-1', messageId: 'mail-1' });
    expect(mails).toEqual([
      {
        from: 'Tocsin <alerts@example.org>',
        to: 'desk@example.org',
        subject: '[Sanctions] Überschrift',
        text: 'text',
        html: '<p>html</p>',
        headers: { 'X-Tocsin-Delivery': 'd1' },
      },
    ]);
  });

  it('that the mail server refuses is refused with its words', async () => {
    const refusal = new MessageRefusedError('the server refused the message: "552 5.3.4 too big"');

    await expect(mailerThat(() => Promise.reject(refusal)).sendMail(MAIL)).rejects.toBe(refusal);
  });

  it('that the mail server cannot take at the moment fails for now with its words', async () => {
    const busy = new ServiceUnavailableError('the server is busy: "421 4.3.2"');

    await expect(mailerThat(() => Promise.reject(busy)).sendMail(MAIL)).rejects.toBe(busy);
  });

  it.each([
    ['an unknown error', new Error('no answer for desk@example.org')],
    ['a full disk', new StorageError('disk_full', 'no answer for desk@example.org')],
  ])('fails for now by %s, without the address', async (_, error) => {
    const failure = mailerThat(() => Promise.reject(error)).sendMail(MAIL);

    await expect(failure).rejects.toThrow(ServiceUnavailableError);
    await expect(failure).rejects.toThrow('the mail was not accepted: no answer for (address)');
  });

  it('fails for now when the mail server does not answer in time', async () => {
    await expect(mailerThat(() => new Promise(() => {}), 20).sendMail(MAIL)).rejects.toThrow(
      'the mail server has not answered for 0.02 s',
    );
  });
});

it('a notice to operators stands in the outbox as it was written, and goes to no subscriber and no mail server', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-notices-'));
  const outbox = new Outbox(folder, {
    sendMail: async () => {
      throw new Error('a notice does not leave the machine');
    },
  });
  sns.subscribe('sqs', 'arn:aws:sqs:us-east-1:000000000000:polls', {});

  await createOutboxNotices(outbox).notify({
    subject: 'Tocsin: 1 feed fails',
    text: '1 feed: could not be read\n\n* Nördlich <& Söhne>\n',
    html: '<p>1 feed</p>',
  });

  expect(outbox.list()).toMatchObject([{ to: OUTBOX_ADDRESS, subject: 'Tocsin: 1 feed fails', via: 'outbox' }]);
  expect(outbox.read(1, 'eml')).toContain(`From: ${OUTBOX_ADDRESS}`);
  expect(queues.depth('publications')).toBe(0);
  expect(outbox.read(1, 'txt')).toBe('1 feed: could not be read\n\n* Nördlich <& Söhne>\n');
  rmSync(folder, { recursive: true });
});
