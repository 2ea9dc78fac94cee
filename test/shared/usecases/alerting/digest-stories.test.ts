// Digests and stories: what a digest gathers, what it leaves out, and what single alerts know of it.
import { ServiceUnavailableError } from '../../../../shared/core/errors.ts';
import { METRICS } from '../../../../shared/core/metrics.ts';
import { because } from '../../../../shared/model/delivery-reason.ts';
import type { Hit } from '../../../../shared/model/hit.ts';
import { type ArticleId, hitDeliveryIdOf } from '../../../../shared/model/ids.ts';
import type { Match } from '../../../../shared/model/match.ts';
import type { Digest, Subscription } from '../../../../shared/model/subscription.ts';
import { openWhenEmpty } from '../../../../shared/usecases/alerting/join-digest.ts';
import { notifyOperators } from '../../../../shared/usecases/alerting/notify-operators.ts';
import { ALERT_SETTINGS, type AlertWorld, anAlertWorld } from '../../../support/alert-world.ts';
import { aHit, aMatch, aNewFeed, aPollState, aSubscription, later } from '../../../support/builders.ts';
import { sendAlerts } from '../../../support/send-alerts.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ME = aSubscription().id;

async function aWorldFor(change: Partial<Subscription>): Promise<AlertWorld> {
  const world = anAlertWorld();
  await world.given({ subscriptions: [aSubscription({ topics: ['*'], timeZone: 'UTC', ...change })] });
  return world;
}

const aMatchOf = (articleId: string, topicId = 'river-crossings', severity: Match['topic']['severity'] = 'medium') => {
  const match = aMatch({ articleId, topicId });
  return {
    ...match,
    topic: { ...match.topic, severity },
    article: { ...match.article, title: `Headline ${articleId}.` },
  };
};

/** A report of a story, alerted at once. */
async function report(
  world: AlertWorld,
  articleId: string,
  place: Partial<Hit['story']> = {},
  matches: readonly Match[] = [aMatchOf(articleId)],
): Promise<void> {
  const story = { id: 'story-1', kind: 'same', reason: '', news: [], texts: 2, ...place } as const;
  const at = world.clock.now().toISOString();
  const hit = aHit({ story, firstSeenAt: at, changedAt: at }, matches);
  await world.given({ matches, hits: [hit] });
  await sendAlerts(hit.article, world.ports, ALERT_SETTINGS);
}

const headlines = ({ text }: { readonly text: string }): string[] =>
  [...new Set([...text.matchAll(/Headline (\w+)\./g)].map(([, name]) => name ?? ''))].sort();
const change = (world: AlertWorld, to: Partial<Subscription>) =>
  world.stores.subscriptions.updateSubscription(ME, to, world.clock.now().toISOString());
/** By article, of the subscriber's deliveries. */
const statesIn = (world: AlertWorld): Record<string, string> =>
  Object.fromEntries(
    Object.values(world.stores.snapshot().deliveries)
      .filter(({ subscriptionId }) => subscriptionId === ME)
      .map(({ articleId, state }) => [articleId ?? '', state]),
  );
const digestsIn = (world: AlertWorld): readonly Digest[] => Object.values(world.stores.snapshot().digests);

describe('a digest of stories', () => {
  it('shows a story once, and settles all its reports of the window with it', async () => {
    const world = await aWorldFor({ digest: 'hourly' });
    await report(world, 'a', { kind: 'first', texts: 1 });
    await report(world, 'b');
    await report(world, 'c', { kind: 'copy' });
    await world.sweepFor(60);

    expect(world.mails.map(headlines)).toEqual([['a']]);
    expect(statesIn(world)).toEqual({ a: 'sent', b: 'sent', c: 'sent' });
  });

  it('leaves out what an earlier one reported, and is not sent when nothing is left', async () => {
    const world = await aWorldFor({ digest: 'hourly' });
    await report(world, 'a', { kind: 'first', texts: 1 });
    await world.sweepFor(60);
    await report(world, 'b');
    await world.sweepFor(60);

    expect(world.mails.map(headlines)).toEqual([['a']]);
    expect(statesIn(world)).toEqual({ a: 'sent', b: 'merged' });

    await report(world, 'c', { kind: 'new' });
    await report(world, 'd', {}, [aMatchOf('d', 'treaties')]);
    await world.sweepFor(60);
    expect(world.mails.slice(1).map(headlines)).toEqual([['c']]);
    expect(statesIn(world)).toMatchObject({ c: 'sent', d: 'sent' });
  });

  it('follows stories as single alerts do', async () => {
    for (const [follow, mails] of [
      ['first', 1],
      ['significant', 2],
      ['all', 3],
    ] as const) {
      const world = await aWorldFor({ digest: 'hourly', follow });
      await report(world, 'a', { kind: 'first', texts: 1 });
      await world.sweepFor(60);
      await report(world, 'b', { kind: 'new' });
      await world.sweepFor(60);
      await report(world, 'c', { kind: 'copy' });
      await world.sweepFor(60);

      expect([follow, world.mails.length]).toEqual([follow, mails]);
    }
  });

  it('holds its place in the story: a single alert afterwards needs something new', async () => {
    const world = await aWorldFor({ digest: 'hourly' });
    await report(world, 'a', { kind: 'first', texts: 1 });
    await world.sweepFor(60);
    await change(world, { digest: 'none' });
    await report(world, 'b');
    await report(world, 'c', { kind: 'new' });

    expect(statesIn(world)).toMatchObject({ b: 'merged', c: 'held' });
    await world.sweepFor(4 * 60);
    expect(world.mails).toHaveLength(2);
  });

  it('is not swallowed when its sender died after it was accepted', async () => {
    const world = await aWorldFor({ digest: 'hourly' });
    await report(world, 'a', { kind: 'first', texts: 1 });
    const { finishDigest } = world.stores.digests;
    world.stores.digests.finishDigest = () => Promise.reject(new Error('died'));
    await world.sweepFor(60);
    world.stores.digests.finishDigest = finishDigest;
    await world.sweepFor(10);

    expect(world.mails.map(headlines)).toEqual([['a'], ['a']]);
    expect(new Set(world.mails.map(({ messageId }) => messageId)).size).toBe(1);
    expect(statesIn(world)).toEqual({ a: 'sent' });
  });

  it('waits while a single alert of one of its stories is being sent, which is no try', async () => {
    const world = await aWorldFor({ digest: 'hourly' });
    await report(world, 'a', { kind: 'first', texts: 1 });
    const reader = { storyId: 'story-1', subscriptionId: ME, expiresAt: 4_000_000_000 };
    const other = hitDeliveryIdOf('b' as ArticleId, 1, ME);
    await world.stores.storyReaders.beginSending(reader, other, later(HOUR), later(HOUR + 2 * MINUTE));
    await world.sweepFor(60);

    expect(world.mails).toEqual([]);
    expect(digestsIn(world)).toMatchObject([
      {
        state: 'closed',
        attempts: 0,
        dueAt: later(HOUR + MINUTE / 2),
        reason: 'another alert of one of its stories is being sent',
      },
    ]);
    await world.sweepFor(5);
    expect(world.mails.map(headlines)).toEqual([['a']]);
  });

  it('that is due late leaves out what the one before it reports in the same sweep', async () => {
    const world = await aWorldFor({ digest: 'hourly' });
    await report(world, 'a', { kind: 'first', texts: 1 });
    world.clock.advance(HOUR);
    await report(world, 'b');
    world.clock.advance(2 * HOUR);
    await world.sweepFor(5);

    expect(world.mails.map(headlines)).toEqual([['a']]);
    expect(statesIn(world)).toEqual({ a: 'sent', b: 'merged' });
  });

  it('leaves out what a single alert reports that is taken up in the same sweep', async () => {
    const world = await aWorldFor({ topicRules: [{ topic: 'river-crossings', digest: 'hourly' }] });
    await report(world, 'a', { kind: 'first', texts: 1 });
    world.clock.advance(HOUR + MINUTE);
    const matches = [aMatchOf('b'), aMatchOf('b', 'treaties')];
    const at = world.clock.now().toISOString();
    const place = { ...aHit().story, id: 'story-1', kind: 'same', texts: 2 } as const;
    await world.given({ matches, hits: [aHit({ story: place, firstSeenAt: at, changedAt: at }, matches)] });
    await world.sweepFor(5);

    expect(world.mails.map(headlines)).toEqual([['b']]);
    expect(statesIn(world)).toEqual({ a: 'merged', b: 'sent' });
  });

  it('that took up a storm leaves out what was alerted before it could leave', async () => {
    const world = await aWorldFor({});
    const settings = { ...ALERT_SETTINGS, alerts: { ...ALERT_SETTINGS.alerts, maxSinglePerTenMinutes: 1 } };
    await report(world, 'other', { id: 'story-2', kind: 'first', texts: 1 });
    const matches = [aMatchOf('a')];
    await world.given({ matches, hits: [aHit({ story: { ...aHit().story, id: 'story-1' } }, matches)] });
    await sendAlerts(aHit({}, matches).article, world.ports, settings);
    expect(statesIn(world)).toMatchObject({ a: 'waiting' });
    // The window is over, and the sweep has not come yet.
    world.clock.advance(10 * 60_000 + 1);
    await report(world, 'b');
    await world.sweepFor(5);

    expect(world.mails.map(headlines)).toEqual([['other'], ['b']]);
    expect(statesIn(world)).toEqual({ other: 'sent', a: 'merged', b: 'sent' });
  });

  it('says why each member was left out, and does not count it as sent', async () => {
    const world = await aWorldFor({ digest: 'hourly' });
    await report(world, 'a', { kind: 'first', texts: 1 });
    await report(world, 'b', { id: 'story-2', kind: 'first', texts: 1 }, [aMatchOf('b', 'treaties')]);
    await change(world, { topics: ['river-crossings'] });
    await world.sweepFor(60);

    expect(world.mails.map(headlines)).toEqual([['a']]);
    const left = Object.values(world.stores.snapshot().deliveries).find(
      ({ articleId, subscriptionId }) => articleId === 'b' && subscriptionId === ME,
    );
    expect(left).toMatchObject({
      state: 'filtered',
      ...because('topic', 'unsubscribed from this topic'),
      sentAt: null,
    });
  });

  it('whose members are settled already is settled as they are', async () => {
    const world = await aWorldFor({ digest: 'hourly' });
    await report(world, 'a', { kind: 'first', texts: 1 });
    const { finishDigest } = world.stores.digests;
    world.stores.digests.finishDigest = async (id, outcome, members, at) => {
      // The members are written first; then the process dies.
      await finishDigest.call(world.stores.digests, 'no-such-digest', outcome, members, at);
      throw new Error(`died before ${id} was written`);
    };
    await world.sweepFor(60);
    world.stores.digests.finishDigest = finishDigest;
    await world.sweepFor(10);

    expect(world.mails).toHaveLength(1);
    expect(digestsIn(world).map(({ state }) => state)).toEqual(['sent']);
  });

  it('is kept with its members until it has left, however short records are kept', async () => {
    const world = await aWorldFor({ digest: 'weekly', digestDay: 'monday' });
    const settings = { ...ALERT_SETTINGS, retention: { matchDays: 365, deliveryDays: 1 } };
    const match = aMatchOf('a');
    await world.given({ matches: [match] });
    await sendAlerts(aHit({}, [match]).article, world.ports, settings);
    await world.sweepFor(6 * 24 * 60);

    expect(world.mails.map(headlines)).toEqual([['a']]);
  });
});

describe('a digest in quiet hours', () => {
  const NIGHT = { digest: 'hourly', quietHours: { from: '08:30', until: '12:00' } } as const;

  it('waits for their end, which is no try', async () => {
    const world = await aWorldFor(NIGHT);
    await report(world, 'a', { kind: 'first', texts: 1 });
    await world.sweepFor(60);

    expect(digestsIn(world)).toMatchObject([
      { state: 'closed', attempts: 0, dueAt: later(4 * HOUR), reason: 'quiet hours' },
    ]);
    await world.sweepFor(3 * 60);
    expect(world.mails.map(({ at }) => at)).toEqual([later(4 * HOUR)]);
    expect(world.metrics.filter(({ name, value }) => name === METRICS.oldestPendingAlertSeconds && value > 0)).toEqual(
      [],
    );
  });

  it('leaves at its time with a critical topic', async () => {
    const world = await aWorldFor(NIGHT);
    await report(world, 'a', { kind: 'first', texts: 1 }, [aMatchOf('a', 'river-crossings', 'critical')]);
    await world.sweepFor(60);

    expect(world.mails.map(({ at }) => at)).toEqual([later(HOUR)]);
  });
});

describe('a digest for a subscriber who wants it even when it is empty', () => {
  const begin = async (to: Partial<Subscription> = {}): Promise<AlertWorld> => {
    const world = await aWorldFor({ digest: 'hourly', whenEmpty: true, ...to });
    await openWhenEmpty(
      aSubscription({ topics: ['*'], digest: 'hourly', whenEmpty: true, ...to }),
      world.ports,
      ALERT_SETTINGS,
    );
    return world;
  };

  it('comes at the end of every window, with alerts or without', async () => {
    const world = await begin();
    await world.sweepFor(60);
    await report(world, 'a', { kind: 'first', texts: 1 });
    await world.sweepFor(60);
    await report(world, 'b');
    await world.sweepFor(60);

    expect(world.mails.map(({ at }) => at)).toEqual([later(HOUR), later(2 * HOUR), later(3 * HOUR)]);
    expect(world.mails.slice(0, 2).map(headlines)).toEqual([[], ['a']]);
    expect(statesIn(world)).toEqual({ a: 'sent', b: 'merged' });
  });

  it('goes on after a process died while closing one', async () => {
    const world = await begin();
    const { finishDigest } = world.stores.digests;
    world.stores.digests.finishDigest = () => Promise.reject(new Error('died'));
    await world.sweepFor(60);
    world.stores.digests.finishDigest = finishDigest;
    await world.sweepFor(120);

    expect(new Set(world.mails.map(({ messageId }) => messageId)).size).toBe(3);
  });

  it('goes on while mail fails', async () => {
    const world = await begin();
    world.faults.mail = () => new ServiceUnavailableError('down');
    await world.sweepFor(90);
    world.faults.mail = null;
    await world.sweepFor(90);

    expect(new Set(world.mails.map(({ messageId }) => messageId)).size).toBe(3);
  });

  it.each([
    ['has left', { state: 'unsubscribed' }],
    ['wants single alerts', { digest: 'none' }],
    ['wants no empty digest any more', { whenEmpty: false }],
  ] as const)('no longer comes to a subscriber who %s', async (_name, to) => {
    const world = await begin();
    await change(world, to);
    await world.sweepFor(3 * 60);

    expect(world.mails).toEqual([]);
    expect(digestsIn(world).filter(({ dueAt }) => dueAt !== null)).toEqual([]);
  });

  it('comes for the usual period only, not for that of a topic', async () => {
    const world = await begin({ topicRules: [{ topic: 'treaties', digest: 'daily' }] });
    await report(world, 'a', { kind: 'first', texts: 1 }, [aMatchOf('a', 'treaties')]);
    const mutes = [{ kind: 'topic' as const, value: 'treaties', until: later(48 * HOUR) }];
    await change(world, { mutes });
    await world.sweepFor(24 * 60);

    expect(statesIn(world)).toEqual({ a: 'filtered' });
    expect(world.mails.filter(({ messageId }) => !messageId.includes('.hourly@'))).toEqual([]);
    expect(world.mails).toHaveLength(24);
  });

  it.each([{ whenEmpty: false }, { digest: 'none' }, { channel: 'sns-email' }, { state: 'suppressed' }] as const)(
    'is not opened for %j',
    async (to) => {
      const world = await begin(to);

      expect(digestsIn(world)).toEqual([]);
    },
  );

  it('is opened once, however often it is asked for', async () => {
    const world = await begin();
    await openWhenEmpty(aSubscription({ digest: 'hourly', whenEmpty: true }), world.ports, ALERT_SETTINGS);

    expect(digestsIn(world)).toHaveLength(1);
  });
});

describe('what digests say of the feeds', () => {
  const URLS = ['one', 'two', 'three', 'four'].map((name) => `https://${name}.example.org/feed`);

  it('was counted by the last check of all feeds', async () => {
    const world = anAlertWorld();
    const failure = { since: later(-8 * HOUR), count: 9, kind: 'http', message: 'answered 503', status: 503 };
    for (const [n, url] of URLS.entries()) {
      const feed = aNewFeed({ url, title: `Feed ${n}`, active: n !== 3 });
      await world.stores.feeds.addFeed(feed);
      const state = aPollState(n === 1 ? { failure: failure as never } : n === 2 ? { goneAt: later(-HOUR) } : {});
      await world.stores.feeds.savePollState(feed.id, { ...state, version: 0 });
    }
    expect(await world.stores.feedIncidents.lastCoverage()).toBeNull();
    await notifyOperators({ ...world.ports, ...world.stores, operators: null });

    expect(await world.stores.feedIncidents.lastCoverage()).toEqual({
      feeds: 3,
      read: 1,
      failing: [
        { title: 'Feed 1', since: later(-8 * HOUR) },
        { title: 'Feed 2', since: later(-HOUR) },
      ],
    });
  });

  it('names the ten that have failed longest, by the title we gave, else their own, else their address', async () => {
    const world = anAlertWorld();
    for (let n = 0; n < 11; n += 1) {
      const feed = aNewFeed({ url: `https://n${n}.example.org/feed?token=s3cret`, title: n < 2 ? '' : `Feed ${n}` });
      await world.stores.feeds.addFeed(feed);
      const state = aPollState({ goneAt: later((n - 20) * HOUR), ownTitle: n === 1 ? 'Its own' : '' });
      await world.stores.feeds.savePollState(feed.id, { ...state, version: 0 });
    }
    await notifyOperators({ ...world.ports, ...world.stores, operators: null });
    const coverage = await world.stores.feedIncidents.lastCoverage();

    expect(coverage).toMatchObject({ feeds: 11, read: 0 });
    expect(coverage?.failing.map(({ title }) => title)).toEqual([
      'https://n0.example.org/feed?token=…',
      'Its own',
      ...Array.from({ length: 8 }, (_, n) => `Feed ${n + 2}`),
    ]);
  });
});
