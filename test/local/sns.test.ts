// The SNS of one machine: who gets a publication, in which form, where it ends up, and what the links in its mails do.

import { LocalSns, type SnsDelivery, type SnsSubscription } from '../../local/aws/sns.ts';
import {
  confirmationMail,
  type EndpointParts,
  forgetPublications,
  handleSnsLink,
  handToEndpoint,
} from '../../local/aws/sns-endpoints.ts';
import { OUTBOX_ADDRESS, type ReceivedMail } from '../../local/mail/received-mail.ts';
import { LocalQueues } from '../../local/queues/queues.ts';
import { ServiceUnavailableError } from '../../shared/core/errors.ts';
import { defaultSettings, type Settings } from '../../shared/model/settings.ts';

const TOPIC_ARN = 'arn:aws:sns:us-east-1:000000000000:tocsin-alerts';

let queues: LocalQueues;
let sns: LocalSns;

beforeEach(() => {
  queues = new LocalQueues(':memory:');
  sns = new LocalSns(queues);
});
afterEach(() => queues.close());

const bodiesOn = (queue: 'publications' | 'articles'): readonly string[] =>
  queues.receive(queue, 10, 60_000).map(({ body }) => body);
const deliveries = (): readonly SnsDelivery[] => bodiesOn('publications').map((body) => JSON.parse(body));

describe('a subscription', () => {
  it('is in force at once, but one by e-mail waits for its confirmation', () => {
    const { subscription: hook, isNew } = sns.subscribe('https', 'https://example.org/hook', {});
    const { subscription: email } = sns.subscribe('email', 'desk@example.org', {
      FilterPolicy: '{"topic":["bridges"]}',
      RawMessageDelivery: 'true',
    });

    expect(isNew).toBe(true);
    expect(hook).toMatchObject({ protocol: 'https', confirmed: true, filterPolicy: {}, raw: false });
    expect(email).toMatchObject({
      endpoint: 'desk@example.org',
      confirmed: false,
      filterPolicy: { topic: ['bridges'] },
      raw: true,
    });
    expect(hook.arn).toMatch(new RegExp(`^${TOPIC_ARN}:[0-9a-f-]{36}$`));
    expect(hook.arn).not.toBe(email.arn);
    expect(hook.token).toMatch(/^[0-9a-f]{64}$/);
    expect(sns.subscriptions()).toEqual([hook, email]);
  });

  it('is found again by its protocol and its endpoint together', () => {
    const first = sns.subscribe('https', 'https://example.org/hook', {});
    const again = sns.subscribe('https', 'https://example.org/hook', {});
    const others = [
      sns.subscribe('http', 'https://example.org/hook', {}),
      sns.subscribe('https', 'https://example.org/other', {}),
    ];

    expect(again).toEqual({ subscription: first.subscription, isNew: false });
    expect(others.map(({ isNew }) => isNew)).toEqual([true, true]);
    expect(sns.subscriptions()).toHaveLength(3);
  });

  it('is changed or ended alone', () => {
    const [one, two] = ['one', 'two'].map((name) => sns.subscribe('https', name, {}).subscription);

    expect(sns.change(two!.arn, { raw: true })).toEqual({ ...two, raw: true });
    expect(sns.change('unknown', { raw: true })).toBeNull();
    expect(sns.subscriptions()).toEqual([one, { ...two, raw: true }]);
    expect(sns.byToken(two!.token)?.arn).toBe(two!.arn);
    expect(sns.byToken('unknown')).toBeNull();
    expect([sns.unsubscribe(one!.arn), sns.unsubscribe(one!.arn)]).toEqual([true, false]);
    expect(sns.subscriptions().map(({ arn }) => arn)).toEqual([two!.arn]);
  });
});

describe('a publication', () => {
  const publish = (attributes: Record<string, string | readonly string[]> = {}): string =>
    sns.publish({ subject: 'An alert', messages: { default: 'as JSON', email: 'in words' }, attributes });

  it('comes in the envelope of SNS, or raw where that was asked for', () => {
    sns.subscribe('https', 'wrapped', {});
    sns.subscribe('https', 'raw', { RawMessageDelivery: 'true' });

    const id = publish({ topic: 'bridges' });

    const [wrapped, raw] = deliveries();
    expect(JSON.parse(wrapped?.body ?? '')).toEqual({
      Type: 'Notification',
      MessageId: id,
      TopicArn: TOPIC_ARN,
      Subject: 'An alert',
      Message: 'as JSON',
      MessageAttributes: { topic: { Type: 'String', Value: 'bridges' } },
    });
    expect(raw?.body).toBe('as JSON');
  });

  it('without a subscription that wants it is accepted all the same', () => {
    expect(publish()).toMatch(/^[0-9a-f-]{36}$/);
    expect(queues.depth('publications')).toBe(0);
  });

  it('without any text is empty', () => {
    sns.subscribe('https', 'raw', { RawMessageDelivery: 'true' });

    sns.publish({ subject: 'An alert', messages: {}, attributes: {} });

    expect(deliveries()).toMatchObject([{ body: '', subject: 'An alert' }]);
  });

  it('is not handed to a subscription that has ended meanwhile', () => {
    const [ended, other] = ['ended', 'other'].map((name) => sns.subscribe('https', name, {}).subscription);
    publish();
    sns.unsubscribe(ended!.arn);

    const handed = bodiesOn('publications').map((body) => sns.deliveryOf(body));

    expect(handed.map((delivery) => delivery?.subscription.arn)).toEqual([undefined, other!.arn]);
    expect(handed[0]).toBeNull();
  });

  it.each<[string, string, boolean]>([
    ['an exact word', '["bridges"]', true],
    ['another word', '["bridge"]', false],
    ['one of two words', '["tides", "bridges"]', true],
    ['no word', '[]', false],
    ['a number', '[1]', false],
    ['null', '[null]', false],
    ['the beginning', '[{"prefix": "brid"}]', true],
    ['not the beginning', '[{"prefix": "ridges"}]', false],
    ['the end', '[{"suffix": "dges"}]', true],
    ['not the end', '[{"suffix": "bridge"}]', false],
    ['anything but another', '[{"anything-but": "tides"}]', true],
    ['anything but this', '[{"anything-but": "bridges"}]', false],
    ['anything but this and another', '[{"anything-but": ["tides", "bridges"]}]', false],
    ['anything but two others', '[{"anything-but": ["tides", "ferries"]}]', true],
    ['anything but a beginning', '[{"anything-but": {"prefix": "brid"}}]', false],
    ['that there is one', '[{"exists": true}]', true],
    ['that there is none', '[{"exists": false}]', false],
    ['a rule that is not known', '[{"numeric": [">", 1]}]', false],
  ])('passes a filter that asks for %s, or not', (_, rules, passes) => {
    sns.subscribe('https', 'hook', { FilterPolicy: `{"topic": ${rules}}` });

    publish({ topic: 'bridges' });

    expect(queues.depth('publications')).toBe(Number(passes));
  });

  it.each<[string, boolean]>([
    ['["bridges"]', false],
    ['[{"prefix": ""}]', false],
    ['[{"anything-but": "tides"}]', false],
    ['[{"exists": true}]', false],
    ['[{"exists": false}]', true],
  ])('without the attribute passes a filter %s, or not', (rules, passes) => {
    sns.subscribe('https', 'hook', { FilterPolicy: `{"topic": ${rules}}` });

    publish();

    expect(queues.depth('publications')).toBe(Number(passes));
  });

  it.each<[string, boolean]>([
    ['["tides"]', true],
    ['["ferries"]', false],
    ['[{"prefix": "tid"}]', true],
    ['[{"anything-but": "tides"}]', false],
    ['[{"anything-but": "ferries"}]', true],
    ['[{"exists": true}]', true],
    ['[{"exists": false}]', false],
  ])('with two values of the attribute passes a filter %s, or not', (rules, passes) => {
    sns.subscribe('https', 'hook', { FilterPolicy: `{"topic": ${rules}}` });

    publish({ topic: ['bridges', 'tides'] });

    expect(queues.depth('publications')).toBe(Number(passes));
  });

  it('must pass the filter of each attribute', () => {
    sns.subscribe('https', 'hook', { FilterPolicy: '{"topic": ["bridges"], "severity": ["high"]}' });

    publish({ topic: 'bridges', severity: 'low' });
    publish({ topic: 'bridges', severity: 'high' });

    expect(queues.depth('publications')).toBe(1);
  });
});

describe('a publication is handed', () => {
  const mails: ReceivedMail[] = [];
  const posted: unknown[] = [];
  let status: number;
  let settings: Settings;
  let publicUrl: string | null;

  beforeEach(() => {
    mails.splice(0);
    posted.splice(0);
    [status, settings, publicUrl] = [200, defaultSettings, 'https://tocsin.example.org'];
  });

  const parts = (): EndpointParts => ({
    queues,
    outbox: { take: async (mail: ReceivedMail) => String(mails.push(mail)) } as never,
    settings,
    web: {
      fetch: {
        post: async (request: unknown) => {
          posted.push(request);
          return { status };
        },
      } as never,
    },
    publicUrl: () => publicUrl,
  });
  const hand = (protocol: string, endpoint: string): Promise<void> => {
    const subscription = { protocol, endpoint, token: '0a1b' } as SnsSubscription;
    return handToEndpoint({ id: 'delivery-1', subscription, subject: 'An alert', body: 'The text' }, parts());
  };

  it('to the outbox as a mail with a link that ends the subscription, and an id by which a repeat is known', async () => {
    settings = { ...defaultSettings, mail: { ...defaultSettings.mail, from: 'alerts@example.org' } };

    await hand('email', 'desk@example.org');

    expect(mails).toEqual([
      {
        from: 'alerts@example.org',
        to: 'desk@example.org',
        subject: 'An alert',
        text: 'The text\n\n--\nEnd this subscription: https://tocsin.example.org/sns/unsubscribe/0a1b\n',
        html: null,
        headers: {
          'X-Tocsin-Delivery': 'delivery-1',
          'List-Unsubscribe': '<https://tocsin.example.org/sns/unsubscribe/0a1b>',
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
      },
    ]);
    expect(posted).toEqual([]);
  });

  it('to the outbox from its own address and with a path alone, where nothing else is known', async () => {
    publicUrl = null;

    await hand('email', 'desk@example.org');

    expect(mails).toMatchObject([
      { from: OUTBOX_ADDRESS, text: 'The text\n\n--\nEnd this subscription: /sns/unsubscribe/0a1b\n' },
    ]);
  });

  it.each(['http', 'https'])('to a webhook by %s, as SNS posts it', async (protocol) => {
    await hand(protocol, `${protocol}://example.org/hook`);

    expect(posted).toEqual([
      {
        url: `${protocol}://example.org/hook`,
        headers: { 'content-type': 'text/plain; charset=utf-8', 'x-amz-sns-message-type': 'Notification' },
        body: 'The text',
      },
    ]);
    expect(mails).toEqual([]);
  });

  it.each([
    [204, null],
    [299, null],
    [300, 'the webhook answered 300'],
    [500, 'the webhook answered 500'],
  ])('to a webhook that answers %d', async (answered, problem) => {
    status = answered;
    const handed = hand('https', 'https://example.org/hook');

    if (problem === null) await expect(handed).resolves.toBeUndefined();
    else {
      await expect(handed).rejects.toThrow(ServiceUnavailableError);
      await expect(handed).rejects.toThrow(problem);
    }
  });

  it('to a queue of this machine', async () => {
    await hand('sqs', 'arn:aws:sqs:us-east-1:000000000000:articles');

    expect(bodiesOn('articles')).toEqual(['The text']);
  });

  it.each([
    ['sqs', 'arn:aws:sqs:us-east-1:000000000000:elsewhere'],
    ['sqs', 'articles'],
    ['lambda', 'arn:aws:lambda:us-east-1:000000000000:articles'],
  ])('to no one by %s to %s, which this machine does not have', async (protocol, endpoint) => {
    await expect(hand(protocol, endpoint)).rejects.toThrow(
      new ServiceUnavailableError(`a subscription by ${protocol} has no endpoint on this machine`),
    );
    expect(queues.depth('articles')).toBe(0);
  });

  it('only after the address has confirmed, by a link in a mail', () => {
    expect(confirmationMail('desk@example.org', '0a1b', parts())).toEqual({
      from: OUTBOX_ADDRESS,
      to: 'desk@example.org',
      subject: 'Tocsin: confirm your subscription',
      text: expect.stringMatching(
        /^Someone subscribed this address[\s\S]*\nhttps:\/\/tocsin\.example\.org\/sns\/confirm\/0a1b\n\s*If it was not you/,
      ),
      html: expect.stringContaining('https://tocsin.example.org/sns/confirm/0a1b'),
      headers: {
        'List-Unsubscribe': '<https://tocsin.example.org/sns/unsubscribe/0a1b>',
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
    });
    publicUrl = null;
    expect(confirmationMail('desk@example.org', '0a1b', parts()).text).toContain('\n/sns/confirm/0a1b\n');
  });
});

describe('a link in a mail', () => {
  const ask = async (method: string, path: string): Promise<readonly [number, string]> => {
    const response = handleSnsLink(new Request(`http://127.0.0.1:4747${path}`, { method }), sns);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    return [response.status, /<h1>(.*?)<\/h1>/.exec(await response.text())?.[1] ?? ''];
  };

  it('shows a button when it is opened, and changes nothing', async () => {
    const { token } = sns.subscribe('email', 'desk@example.org', {}).subscription;

    expect(await ask('GET', `/sns/confirm/${token}`)).toEqual([200, 'One click left']);
    expect(await ask('GET', `/sns/unsubscribe/${token}`)).toEqual([200, 'Stop these mails?']);
    expect(await ask('HEAD', `/sns/confirm/${token}`)).toEqual([200, '']);
    expect(sns.subscriptions()).toMatchObject([{ confirmed: false }]);
  });

  it('confirms the subscription by a POST, and another ends it', async () => {
    const { token, arn } = sns.subscribe('email', 'desk@example.org', {}).subscription;
    expect(sns.stateOf(arn)).toBe('pending');

    expect(await ask('POST', `/sns/confirm/${token}`)).toEqual([200, 'Confirmed']);
    expect(sns.stateOf(arn)).toBe('confirmed');
    expect(await ask('GET', `/sns/confirm/${token}`)).toEqual([200, 'Confirmed already']);
    expect(await ask('POST', `/sns/unsubscribe/${token}?from=mail`)).toEqual([200, 'Unsubscribed']);
    expect(sns.subscriptions()).toEqual([]);
    expect(sns.stateOf(arn)).toBe('gone');
  });

  it('takes no other method', async () => {
    const { token } = sns.subscribe('email', 'desk@example.org', {}).subscription;

    expect(await ask('DELETE', `/sns/unsubscribe/${token}`)).toEqual([405, 'Method not allowed']);
    expect(sns.subscriptions()).toMatchObject([{ confirmed: false }]);
  });

  it('to anything else does nothing', async () => {
    const { token } = sns.subscribe('email', 'desk@example.org', {}).subscription;

    for (const method of ['GET', 'POST']) {
      for (const path of ['confirm/0a', `confirm/${token}/`, `other/${token}`, `x/sns/confirm/${token}`, 'confirm/'])
        expect(await ask(method, `/sns/${path}`)).toEqual([404, 'Not found']);
      expect(await ask(method, `/x/sns/confirm/${token}`)).toEqual([404, 'Not found']);
    }
    expect(sns.subscriptions()).toMatchObject([{ confirmed: false }]);
  });
});

describe('an address that is forgotten', () => {
  it('has no e-mail subscription left, in any case of letters, and no publication that was set aside', () => {
    for (const address of ['Desk@example.org', 'other@example.org']) {
      const { subscription } = sns.subscribe('email', address, {});
      sns.change(subscription.arn, { confirmed: true });
    }
    sns.publish({ subject: 'News', messages: { default: '{}' }, attributes: {} });
    for (let tries = 0; tries < 100 && queues.depth('publications') > 0; tries += 1)
      for (const { id } of queues.receive('publications', 10, 0)) queues.giveBack(id, 0, 'the outbox is full');
    expect(queues.deadLetters()).toBe(2);

    expect(sns.unsubscribeAddress('desk@EXAMPLE.org')).toBe(1);
    forgetPublications(queues, 'desk@EXAMPLE.org');

    expect(sns.subscriptions()).toMatchObject([{ endpoint: 'other@example.org' }]);
    expect(queues.listDeadLetters().map(({ body }) => /\w+@example\.org/i.exec(body)?.[0])).toEqual([
      'other@example.org',
    ]);
    expect(sns.unsubscribeAddress('desk@example.org')).toBe(0);
  });

  it.each([
    ['no JSON', '{"subscription": {"endpoint": "desk@example.org"'],
    ['not what is expected', '{"to": "Desk@Example.org"}'],
    ['nothing', 'null'],
  ])(
    'loses publications that were set aside although another is %s; a damaged one goes where it names the address',
    (_, damaged) => {
      const { subscription } = sns.subscribe('email', 'desk@example.org', {});
      sns.change(subscription.arn, { confirmed: true });
      queues.send('publications', [damaged]);
      sns.publish({ subject: 'News', messages: { default: '{}' }, attributes: {} });
      queues.send('publications', ['a damaged one for other@example.org']);
      for (let tries = 0; tries < 100 && queues.depth('publications') > 0; tries += 1)
        for (const { id } of queues.receive('publications', 10, 0)) queues.giveBack(id, 0, 'damaged');
      expect(queues.deadLetters()).toBe(3);

      forgetPublications(queues, 'desk@example.org');

      const kept = queues.listDeadLetters().map(({ body }) => body);
      expect(kept).toEqual([...(damaged === 'null' ? ['null'] : []), 'a damaged one for other@example.org']);
    },
  );
});
