// Alerts and digests to webhooks and chats: what they carry, and what becomes of them by what the service says.

import type { OperatorNotice } from '../../../../shared/alerts/feed-incident-notice.ts';
import { rowOf } from '../../../../shared/channels/paces.ts';
import {
  MessageRefusedError,
  SendLaterError,
  ServiceUnavailableError,
  TargetGoneError,
} from '../../../../shared/core/errors.ts';
import { METRICS } from '../../../../shared/core/metrics.ts';
import { type ChannelSecret, WEB_CHANNELS, type WebChannel } from '../../../../shared/model/channels.ts';
import type { ArticleId } from '../../../../shared/model/ids.ts';
import type { DeliveryMessage } from '../../../../shared/model/messages.ts';
import type { Delivery, Subscription } from '../../../../shared/model/subscription.ts';
import { deliverQueued } from '../../../../shared/usecases/alerting/deliver.ts';
import { recordAlerts } from '../../../../shared/usecases/alerting/record-alerts.ts';
import { ALERT_SETTINGS, anAlertWorld } from '../../../support/alert-world.ts';
import { aMatch, aSubscription } from '../../../support/builders.ts';

const SECRET = { url: 'https://hooks.example.org/9f8e7d6c5b4a39281706' };

/** A chat with an address, in a world whose services answer as told; notices to operators are kept. */
async function aChat(change: Partial<Subscription> = {}) {
  const world = anAlertWorld();
  const answer: { error: Error | null } = { error: null };
  const notices: OperatorNotice[] = [];
  const { send } = world.channels.channelSender;
  Object.assign(world.ports, {
    channelSender: {
      send: (...message: Parameters<typeof send>) =>
        answer.error === null ? send(...message) : Promise.reject(answer.error),
    },
    operators: { notify: async (notice: OperatorNotice) => void notices.push(notice) },
  });
  const subscription = aSubscription({ channel: 'slack', target: 'hooks.slack.com/…Xy3z', topics: ['*'], ...change });
  await world.given({ subscriptions: [subscription] });
  await world.channels.channelSecrets.putSecret(subscription.id, SECRET);
  const deliveries = async (): Promise<readonly Delivery[]> =>
    (await world.stores.deliveries.deliveriesOfSubscription(subscription.id, { limit: 100, cursor: null })).items;
  const known = () => world.stores.subscriptions.getSubscription(subscription.id);
  return { ...world, answer, notices, subscription, deliveries, known };
}

describe('an alert by a channel over HTTP', () => {
  it.each(WEB_CHANNELS)('is posted once on %s, and the receipt is its state', async (channel) => {
    const chat = await aChat({ channel });
    await chat.given({ matches: [aMatch()] });

    await chat.sweepFor(15);

    expect(chat.channels.posted).toMatchObject([
      { channel, secret: SECRET, message: { kind: 'alert', stories: [{ title: aMatch().article.title }] } },
    ]);
    expect(await chat.deliveries()).toMatchObject([{ channel, state: 'sent', providerId: 'receipt-1', attempts: 1 }]);
    expect(chat.channels.posted[0]?.message.id).toBe((await chat.deliveries())[0]?.id);
    expect(chat.mails).toEqual([]);
  });

  it('is an event for machines as well', async () => {
    const chat = await aChat({ channel: 'webhook' });
    await chat.given({ matches: [aMatch()] });

    await chat.sweepFor(5);

    expect(chat.channels.posted[0]?.message.event).toMatchObject({
      type: 'alert',
      data: { isUpdate: false, matches: [{ id: aMatch().id }] },
    });
  });

  it('comes in a digest where one is wanted', async () => {
    const chat = await aChat({ digest: 'hourly' });
    await chat.given({ matches: [aMatch(), aMatch({ articleId: 'another' })] });

    await chat.sweepFor(70);

    expect(chat.channels.posted).toMatchObject([{ message: { kind: 'digest', event: { type: 'digest' } } }]);
    expect(chat.channels.posted[0]?.message.stories).toHaveLength(2);
    expect((await chat.deliveries()).map(({ state, providerId }) => [state, providerId])).toEqual([
      ['sent', 'receipt-1'],
      ['sent', 'receipt-1'],
    ]);
    expect(chat.metrics).toContainEqual({ name: METRICS.alertsSent, value: 2, channel: 'slack' });
  });

  it('is tried again where the service is down, and then sent', async () => {
    const chat = await aChat();
    await chat.given({ matches: [aMatch()] });
    chat.answer.error = new ServiceUnavailableError('Slack answered 500');
    await chat.sweepFor(5);
    expect(await chat.deliveries()).toMatchObject([
      { state: 'pending', reason: expect.stringContaining('Slack answered 500') },
    ]);

    chat.answer.error = null;
    await chat.sweepFor(60);

    expect(await chat.deliveries()).toMatchObject([{ state: 'sent' }]);
    expect(chat.channels.posted).toHaveLength(1);
  });

  it('that the service refuses fails for good, and the subscription stays', async () => {
    const chat = await aChat();
    await chat.given({ matches: [aMatch()] });
    chat.answer.error = new MessageRefusedError('Slack answered 400: invalid_blocks');

    await chat.sweepFor(10);

    expect(await chat.deliveries()).toMatchObject([{ state: 'failed', attempts: 1 }]);
    expect(await chat.known()).toMatchObject({ state: 'active' });
  });
});

describe('a service that says that its address is gone', () => {
  const GONE = new TargetGoneError('Slack answered 404: no_service');

  it('disables the subscription, tells operators once, and gets nothing more', async () => {
    const chat = await aChat();
    await chat.given({ matches: [aMatch(), aMatch({ articleId: 'another' })] });
    chat.answer.error = GONE;
    await chat.sweepFor(5);
    chat.answer.error = null;
    await chat.given({ matches: [aMatch({ articleId: 'a third' })] });
    await chat.sweepFor(60);

    expect(await chat.known()).toMatchObject({ state: 'disabled', stateReason: 'Slack answered 404: no_service' });
    expect((await chat.deliveries()).map(({ state }) => state)).toContain('disabled');
    expect(chat.notices).toHaveLength(1);
    expect(chat.notices[0]?.text).toContain('hooks.slack.com/…Xy3z');
    expect(chat.notices[0]?.subject).toMatch(/^[ -~]{1,99}$/);
    expect(JSON.stringify([chat.notices, chat.logged])).not.toContain('9f8e7d6c');
    expect(chat.channels.posted).toEqual([]);
  });

  it('disables it also by a digest', async () => {
    const chat = await aChat({ digest: 'hourly' });
    await chat.given({ matches: [aMatch()] });
    chat.answer.error = GONE;

    await chat.sweepFor(70);

    expect(await chat.known()).toMatchObject({ state: 'disabled' });
    expect(chat.notices).toHaveLength(1);
  });

  it('ends the delivery also where operators cannot be notified', async () => {
    const chat = await aChat();
    Object.assign(chat.ports, { operators: { notify: () => Promise.reject(new Error('SNS is away')) } });
    await chat.given({ matches: [aMatch()] });
    chat.answer.error = GONE;

    await chat.sweepFor(5);

    expect(await chat.deliveries()).toMatchObject([
      { state: 'disabled', reason: 'Slack answered 404: no_service', reasonCode: 'disabled' },
    ]);
    expect(chat.logged.join()).toContain('operators could not be notified');
  });

  it('changes nothing about one that ended meanwhile', async () => {
    const chat = await aChat();
    await chat.given({ matches: [aMatch()] });
    const { send } = chat.ports.channelSender;
    Object.assign(chat.ports, {
      channelSender: {
        send: async (...message: Parameters<typeof send>) => {
          await chat.stores.subscriptions.updateSubscription(
            chat.subscription.id,
            { state: 'unsubscribed' },
            chat.clock.now().toISOString(),
          );
          return send(...message);
        },
      },
    });
    chat.answer.error = GONE;

    await chat.sweepFor(5);

    expect(await chat.known()).toMatchObject({ state: 'unsubscribed' });
    expect(chat.notices).toEqual([]);
  });
});

describe('a digest that the service wants later', () => {
  it('waits as long as it asks, without a try', async () => {
    const chat = await aChat({ digest: 'hourly' });
    await chat.given({ matches: [aMatch()] });
    chat.answer.error = new SendLaterError(600, 'Slack answered 429; it asks to wait');
    await chat.sweepFor(65);
    chat.answer.error = null;
    await chat.sweepFor(20);

    expect(chat.channels.posted).toHaveLength(1);
    expect(await chat.deliveries()).toMatchObject([{ state: 'sent' }]);
  });
});

/** A queue that hands out each message at its time, and every instant at which something was posted (ms after the first). */
async function aStorm(channel: WebChannel, alerts: number, secret: ChannelSecret = SECRET) {
  const chat = await aChat({ channel, follow: 'all' });
  await chat.channels.channelSecrets.putSecret(chat.subscription.id, secret);
  const settings = { ...ALERT_SETTINGS, alerts: { ...ALERT_SETTINGS.alerts, maxSinglePerTenMinutes: 1_000 } };
  const queue: { message: DeliveryMessage; at: number }[] = [];
  const posted: number[] = [];
  const { send } = chat.ports.channelSender;
  Object.assign(chat.ports, {
    deliveryQueue: {
      send: async (messages: readonly DeliveryMessage[], seconds: number) => {
        const at = chat.clock.now().getTime() + seconds * 1_000;
        for (const message of messages) queue.push({ message, at });
      },
    },
    channelSender: {
      send: (...message: Parameters<typeof send>) => {
        posted.push(chat.clock.now().getTime());
        return send(...message);
      },
    },
  });
  const matches = Array.from({ length: alerts }, (_, at) => aMatch({ articleId: `article ${at}` }));
  await chat.given({ matches });
  for (const { article } of matches) await recordAlerts(article.id as ArticleId, chat.ports, settings);
  while (queue.length > 0) {
    queue.sort((a, b) => a.at - b.at);
    const { message, at } = queue.shift()!;
    if (at > chat.clock.now().getTime()) chat.clock.set(new Date(at).toISOString());
    await deliverQueued(message, chat.ports, settings);
  }
  return { ...chat, posted: posted.map((at) => at - posted[0]!) };
}

/** The most messages in any window of so many seconds. */
const mostWithin = (posted: readonly number[], seconds: number): number =>
  Math.max(...posted.map((from) => posted.filter((at) => at >= from && at < from + seconds * 1_000).length));

describe('a storm of fifty alerts to one target', () => {
  it.each([
    ['slack', 1, 2],
    ['slack', 60, 62],
    ['teams', 1, 4],
    ['discord', 2, 5],
    ['discord', 60, 30],
    ['telegram', 1, 1],
    ['telegram', 60, 20],
  ] as const)('reaches %s with no more in %d s than it takes: %d', async (channel, seconds, most) => {
    const storm = await aStorm(channel, 50);

    expect(storm.posted).toHaveLength(50);
    expect(mostWithin(storm.posted, seconds)).toBeLessThanOrEqual(most);
    expect((await storm.deliveries()).map(({ state, attempts }) => `${state} ${attempts}`)).toEqual(
      Array.from({ length: 50 }, () => 'sent 1'),
    );
  });

  it.each([
    ['slack', 50],
    ['teams', 50],
    ['discord', 125],
    ['telegram', 170],
  ] as const)('is over on %s in %d s', async (channel, seconds) => {
    expect((await aStorm(channel, 50)).posted.at(-1)).toBeLessThanOrEqual(seconds * 1_000);
  });

  it('leaves as it comes to a webhook and to ntfy', async () => {
    expect((await aStorm('webhook', 50)).posted.at(-1)).toBe(0);
    expect((await aStorm('ntfy', 50)).posted.at(-1)).toBe(0);
  });

  it('leaves to ntfy one in five seconds after the first fifty, which all topics of a server share', async () => {
    const { posted, stores, clock } = await aStorm('ntfy', 55, { url: 'https://ntfy.example.org/', room: 'desk' });

    expect(posted.at(-1)).toBe(25_000);
    const other = rowOf('ntfy', { url: 'https://ntfy.example.org/', room: 'other' })!;
    const next = await stores.sendPaces.reserve(other.name, 1, other.pace, clock.now().toISOString());
    expect(Date.parse(next) - clock.now().getTime()).toBe(5_000);
  });

  it('says of those that wait why they do', async () => {
    const chat = await aChat({ channel: 'telegram', follow: 'all' });
    await chat.given({ matches: [aMatch(), aMatch({ articleId: 'another' })] });

    await chat.sweepFor(5);

    expect(await chat.deliveries()).toContainEqual(
      expect.objectContaining({ state: 'held', attempts: 0, reasonCode: 'pace' }),
    );
  });

  it('takes no place for what is not sent', async () => {
    const chat = await aChat({ channel: 'telegram', minSeverity: 'critical' });
    await chat.given({ matches: [aMatch(), aMatch({ articleId: 'another' })] });
    await chat.sweepFor(5);
    const row = rowOf('telegram', SECRET)!;

    const now = chat.clock.now().toISOString();
    expect(await chat.stores.sendPaces.reserve(row.name, 1, row.pace, now)).toBe(now);
  });
});

describe('a digest to a target that many messages go to', () => {
  it('leaves at its place in the row, and keeps it while others come behind', async () => {
    const chat = await aChat({ channel: 'telegram', digest: 'hourly' });
    await chat.given({ matches: [aMatch()] });
    const row = rowOf('telegram', SECRET)!;
    await chat.sweepFor(50);
    await chat.stores.sendPaces.reserve(row.name, 200, row.pace, chat.clock.now().toISOString());
    await chat.sweepFor(10);
    expect(chat.channels.posted).toEqual([]);
    await chat.stores.sendPaces.reserve(row.name, 200, row.pace, chat.clock.now().toISOString());

    await chat.sweepFor(5);

    expect(chat.channels.posted).toHaveLength(1);
  });
});
