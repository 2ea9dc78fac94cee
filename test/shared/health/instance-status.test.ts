// The figures of an instance: feeds are counted by their health status, once.

import { ServiceUnavailableError } from '../../../shared/core/errors.ts';
import { instanceStatus } from '../../../shared/health/instance-status.ts';
import type { Feed } from '../../../shared/model/feed.ts';
import type { SubscriptionId } from '../../../shared/model/ids.ts';
import { defaultSettings } from '../../../shared/model/settings.ts';
import type { OperatorSubscriptions } from '../../../shared/ports.ts';
import { placeAlone } from '../../contracts/some-stories.ts';
import { aClock, aDelivery, aHit, aMatch, aNewFeed, aTopic, later, START } from '../../support/builders.ts';
import { createMemoryStores } from '../../support/memory-store.ts';

const clock = aClock();
const HOUR = 3_600_000;

async function aWorld() {
  const stores = createMemoryStores({ clock });
  const follow = async (name: string, state: Partial<Feed['state']>, active = true): Promise<Feed> => {
    const wanted = aNewFeed({ url: `https://${name}.example.org/feed.xml`, active, addedAt: START });
    await stores.feeds.addFeed(wanted);
    const feed = await stores.feeds.getFeed(wanted.id);
    await stores.feeds.savePollState(wanted.id, { ...feed!.state, ...state });
    return feed as Feed;
  };
  const status = (operatorSubscriptions: OperatorSubscriptions | null = null) =>
    instanceStatus({ ...stores, operatorSubscriptions, clock, settings: defaultSettings });
  return { stores, follow, status };
}

const READ = { baselined: true, itemCount: 3, lastNewItemAt: START, lastChangedPollAt: START } as const;
const failure = (kind: 'dns' | 'timeout' | 'blocked') => ({ kind, message: kind, since: START, count: 3 });

describe('the status of an instance', () => {
  it('counts feeds by their health, and as failing those that cannot be read', async () => {
    const { follow, status } = await aWorld();
    await follow('ok', READ);
    await follow('empty', { ...READ, itemCount: 0, emptySince: START });
    await follow('broken', { ...READ, failure: failure('dns') });
    await follow('slow', { ...READ, failure: failure('timeout') });
    await follow('blocked', { failure: failure('blocked') });
    await follow('gone', { ...READ, goneAt: START });
    await follow('new', {});
    await follow('paused', {}, false);

    expect((await status()).feeds).toEqual({
      total: 8,
      failing: 4,
      neverPolled: 2,
      byStatus: { ok: 1, empty: 1, broken: 1, slow: 1, blocked: 1, gone: 1, new: 1, inactive: 1 },
    });
  });

  it('names the batch that was polled longest ago, of those that have feeds', async () => {
    const { follow, stores, status } = await aWorld();
    const feed = await follow('ok', READ);
    await stores.feeds.notePolled(feed.pollBatch, START, later(HOUR));
    const followed = (await status()).oldestPolledAt;
    await stores.feeds.removeFeed(feed.id);

    expect([followed, (await status()).oldestPolledAt]).toEqual([later(HOUR), null]);
  });

  it('has the topics in force and the last minute of the schedule', async () => {
    const { stores, status } = await aWorld();
    await stores.topics.putTopics([aTopic(), aTopic({ id: 'removed' })], { source: 'configuration' });
    await stores.topics.removeTopic('removed', START);
    await stores.schedule.complete(START);

    expect(await status()).toMatchObject({ time: START, topics: 1, lastScheduledMinute: START, due: 0 });
  });

  it('does not count a hit that was alerted and is due for a look at its deliveries', async () => {
    const { stores, status } = await aWorld();
    const [alerted, pending] = ['one', 'other'].map((articleId) => aHit({ changedAt: START }, [aMatch({ articleId })]));
    for (const hit of [alerted!, pending!]) await placeAlone(stores, hit);
    await stores.hits.markAlerted(alerted!.article, 1, START, START);

    expect(await stores.due.listDue(START, 10)).toHaveLength(2);
    expect((await status()).due).toBe(1);
  });

  it('counts what is due now, up to a hundred, and names the oldest', async () => {
    const { stores, status } = await aWorld();
    const none = await status();
    await stores.deliveries.createDelivery(aDelivery({ dueAt: later(1) }));
    await stores.deliveries.createDelivery(aDelivery({ dueAt: later(-HOUR), subscriptionId: 'a' as SubscriptionId }));
    const one = await status();
    for (let number = 0; number < 100; number += 1)
      await stores.deliveries.createDelivery(
        aDelivery({ dueAt: START, subscriptionId: `b${number}` as SubscriptionId }),
      );

    expect(none).toMatchObject({
      due: 0,
      oldestDueAt: null,
      oldestPolledAt: null,
      deliveryFailures: [],
      lastScheduledMinute: null,
    });
    expect(one).toMatchObject({ due: 1, oldestDueAt: later(-HOUR) });
    expect(await status()).toMatchObject({ due: 100, oldestDueAt: later(-HOUR) });
  });

  it('says who is told of alarms, where that is not one machine', async () => {
    const { status } = await aWorld();
    const counted = { confirmed: 1, unconfirmed: 2 };

    expect((await status()).operators).toBeNull();
    expect((await status({ count: async () => counted })).operators).toEqual({ ...counted, problem: null });
  });

  it('is complete though it is not known who is told of alarms', async () => {
    const { status } = await aWorld();
    const away = { count: () => Promise.reject(new ServiceUnavailableError('SNS did not answer')) };

    expect(await status(away)).toMatchObject({
      deliveryFailures: [],
      operators: { confirmed: 0, unconfirmed: 0, problem: 'SNS did not answer' },
    });
  });

  it('names the earliest poll of several batches, of those that were polled', async () => {
    const { stores, status, follow } = await aWorld();
    const { pollBatch } = await follow('ok', READ);
    const batch = (await stores.feeds.listPollBatches()).find(({ id }) => id === pollBatch)!;
    const polled = (id: string, lastPolledAt: string | null) => ({
      ...batch,
      id,
      lastPolledAt,
      feedIds: batch.feedIds,
    });
    stores.feeds.listPollBatches = async () => [polled('1', later(2)), polled('2', later(1)), polled('3', null)];

    expect((await status()).oldestPolledAt).toBe(later(1));
  });
});
