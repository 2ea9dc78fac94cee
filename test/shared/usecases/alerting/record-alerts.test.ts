import { jest } from '@jest/globals';
import { ServiceUnavailableError } from '../../../../shared/core/errors.ts';
import { hitDeliveryIdOf, type SubscriptionId } from '../../../../shared/model/ids.ts';
import { SNS_TOPIC_SUBSCRIPTION } from '../../../../shared/model/subscription.ts';
import { sweep } from '../../../../shared/usecases/alerting/sweep.ts';
import { ALERT_SETTINGS, type AlertWorld, anAlertWorld, wholeBudget } from '../../../support/alert-world.ts';
import { aHit, aMatch, articleOf, aSubscription, later } from '../../../support/builders.ts';
import { dying } from '../../../support/crashes.ts';
import { sendAlerts } from '../../../support/send-alerts.ts';

jest.setTimeout(120_000);

const subscriber = (name: string, change: Parameters<typeof aSubscription>[0] = {}) =>
  aSubscription({ id: name as SubscriptionId, target: `${name}@example.org`, ...change });

const statesOf = async (world: AlertWorld): Promise<Record<string, string>> =>
  Object.fromEntries(
    Object.values(world.stores.snapshot().deliveries).map(({ subscriptionId, state }) => [subscriptionId, state]),
  );

describe('a new hit', () => {
  it('is published for machines and for people, and mailed to each subscriber of its topic and of every topic', async () => {
    const world = anAlertWorld();
    await world.given({
      matches: [aMatch()],
      subscriptions: [
        subscriber('one'),
        subscriber('all', { topics: ['*'] }),
        subscriber('other', { topics: ['another-topic'] }),
        subscriber('ended', { state: 'unsubscribed' }),
        subscriber('bounced', { state: 'suppressed' }),
        subscriber('by-sns', { channel: 'sns-email', snsSubscriptionArn: 'arn:aws:sns:x' }),
      ],
    });

    const counts = await sendAlerts(articleOf(aMatch()), world.ports, ALERT_SETTINGS);

    expect(world.mails.map(({ to }) => to).sort()).toEqual(['all@example.org', 'one@example.org']);
    expect(world.publications.map(({ matchId }) => matchId)).toEqual([aMatch().id]);
    expect(world.alerts.map(({ matchId }) => matchId)).toEqual([aMatch().id]);
    expect(counts).toMatchObject({ queued: 4, sent: 4 });
    expect(await statesOf(world)).toEqual({ one: 'sent', all: 'sent', [SNS_TOPIC_SUBSCRIPTION]: 'sent' });
    const match = await world.stores.matches.getMatch(aMatch().id);
    const hit = await world.stores.hits.getHit(articleOf(aMatch()));
    expect([hit?.alertState, match?.times.alertedAt]).toEqual(['done', later(0)]);
  });

  it('is sent to nobody twice, however often its event comes', async () => {
    const world = anAlertWorld();
    await world.given({ matches: [aMatch()], subscriptions: [subscriber('one'), subscriber('two')] });

    await Promise.all([1, 2, 3, 4, 5].map(() => sendAlerts(articleOf(aMatch()), world.ports, ALERT_SETTINGS)));
    await sendAlerts(articleOf(aMatch()), world.ports, ALERT_SETTINGS);

    expect(world.mails).toHaveLength(2);
    expect(world.publications).toHaveLength(1);
  });

  it.each([
    ['quiet', aMatch({}, { quiet: 'first_poll_old' }), aHit({ alertState: 'done' })],
    ['alerted already', aMatch(), aHit({ alertState: 'done' })],
  ])('alerts nobody when it is %s', async (_name, match, hit) => {
    const world = anAlertWorld();
    await world.given({ matches: [match], hits: [hit], subscriptions: [subscriber('one')] });

    expect(await sendAlerts(articleOf(match), world.ports, ALERT_SETTINGS)).toMatchObject({ queued: 0 });

    expect([...world.mails, ...world.publications]).toEqual([]);
    expect(await statesOf(world)).toEqual({});
  });

  it.each([
    ['was alerted', { times: { ...aMatch().times, alertedAt: later(-60_000) } }],
    ['is still to be alerted', { alertState: 'pending' }],
  ] as const)('leaves out a match that %s under its own id, from before there were hits', async (_name, change) => {
    const world = anAlertWorld();
    const matches = [aMatch({}, change), aMatch({ topicId: 'treaties' })];
    await world.given({ matches, hits: [aHit({}, matches)], subscriptions: [subscriber('one', { topics: ['*'] })] });

    await sendAlerts(articleOf(aMatch()), world.ports, ALERT_SETTINGS);
    await world.sweepFor(10);

    const about = (id: string) => world.mails.filter(({ messageId }) => messageId.startsWith(id)).length;
    expect(about(articleOf(aMatch()))).toBe(1);
    expect(about(aMatch().id)).toBe('alertState' in change ? 1 : 0);
    expect(world.publications.filter(({ matchId }) => matchId === aMatch().id)).toHaveLength(
      'alertState' in change ? 1 : 0,
    );
  });

  it('reaches mail readers when SNS is down, and SNS when mail is down', async () => {
    const world = anAlertWorld();
    await world.given({ matches: [aMatch()], subscriptions: [subscriber('one')] });
    world.faults.publication = () => new ServiceUnavailableError('SNS is down');

    expect(await sendAlerts(articleOf(aMatch()), world.ports, ALERT_SETTINGS)).toMatchObject({ sent: 1, retrying: 2 });
    world.faults.publication = null;
    await world.sweepFor(5);

    expect([world.mails.length, world.publications.length, world.alerts.length]).toEqual([1, 1, 1]);
  });

  it('waits in the digest of the window for those who asked for digests', async () => {
    const world = anAlertWorld();
    await world.given({
      matches: [aMatch()],
      subscriptions: [subscriber('hourly', { digest: 'hourly' }), subscriber('daily', { digest: 'daily' })],
    });

    await sendAlerts(articleOf(aMatch()), world.ports, ALERT_SETTINGS);

    expect(world.mails).toEqual([]);
    expect(await statesOf(world)).toMatchObject({ hourly: 'waiting', daily: 'waiting' });
    await world.sweepFor(60);
    expect(world.mails.map(({ to, at }) => [to, at])).toEqual([['hourly@example.org', later(60 * 60_000)]]);
    await world.sweepFor(22 * 60);
    expect(world.mails.map(({ to, at }) => [to, at])).toContainEqual(['daily@example.org', later(23 * 60 * 60_000)]);
    expect(world.mails).toHaveLength(2);
  });

  it('goes into the next digest when the window has just closed', async () => {
    const world = anAlertWorld();
    await world.given({
      matches: [aMatch(), aMatch({ articleId: 'second' })],
      subscriptions: [subscriber('hourly', { digest: 'hourly' })],
    });
    await sendAlerts(articleOf(aMatch()), world.ports, ALERT_SETTINGS);
    const [open] = Object.keys(world.stores.snapshot().digests);
    await world.stores.digests.beginDigest(open ?? '', later(0), later(60_000));

    await sendAlerts(articleOf(aMatch({ articleId: 'second' })), world.ports, ALERT_SETTINGS);

    const { digests, digestMembers } = world.stores.snapshot();
    expect(Object.values(digests).map(({ windowStart }) => windowStart)).toEqual([later(0), later(3_600_000)]);
    expect(Object.values(digestMembers).map((members) => members.length)).toEqual([1, 1]);
  });
});

describe('a subscriber who leaves', () => {
  it.each([
    ['ended the subscription', { state: 'unsubscribed' }, 'suppressed', 'unsubscribed'],
    ['dropped the topic', { topics: ['another-topic'] }, 'filtered', 'unsubscribed from this topic'],
    ['bounced', { state: 'suppressed' }, 'suppressed', 'mail to the address bounced or was complained about'],
    ['were gone', { state: 'disabled', stateReason: 'answered 410' }, 'disabled', 'answered 410'],
  ] as const)('gets no mail that was on its way when they %s', async (_name, change, state, reason) => {
    const world = anAlertWorld();
    await world.given({ matches: [aMatch()], subscriptions: [subscriber('one')] });
    const markAlerted = world.ports.matches.markAlerted.bind(world.ports.matches);
    const leaving: AlertWorld['ports'] = {
      ...world.ports,
      matches: {
        getMatch: (id) => world.stores.matches.getMatch(id),
        getMatches: (ids) => world.stores.matches.getMatches(ids),
        async markAlerted(id, at) {
          await markAlerted(id, at);
          await world.stores.subscriptions.updateSubscription('one' as SubscriptionId, change, at);
        },
      },
    };

    await sendAlerts(articleOf(aMatch()), leaving, ALERT_SETTINGS);

    expect(world.mails).toEqual([]);
    const delivery = await world.stores.deliveries.getDelivery(
      hitDeliveryIdOf(articleOf(aMatch()), 1, 'one' as SubscriptionId),
    );
    expect([delivery?.state, delivery?.reason, delivery?.dueAt]).toEqual([state, reason, null]);
  });
});

describe('a storm', () => {
  it('of 5,000 matches sends at most 21 mails in ten minutes, and reports every one', async () => {
    const world = anAlertWorld();
    const matches = Array.from({ length: 5_000 }, (_, n) => {
      const match = aMatch({ articleId: `article-${n}` });
      return { ...match, article: { ...match.article, title: `Headline ${n}.` } };
    });
    await world.given({ matches, subscriptions: [subscriber('one')] });

    for (const match of matches) await sendAlerts(articleOf(match), world.ports, ALERT_SETTINGS);
    const single = [...world.mails];
    await world.sweepFor(20);

    const digests = world.mails.slice(single.length);
    expect(single).toHaveLength(20);
    expect(digests.map(({ at }) => at)).toEqual([later(10 * 60_000)]);
    expect(digests[0]?.subject).toMatch(/^\[River crossings\] 4,980 stories — too many for single mails/);
    const told = world.mails.flatMap(({ text }) =>
      [...text.matchAll(/^(?:\* )?Headline (\d+)\./gm)].map(([, n]) => Number(n)),
    );
    expect(told.sort((a, b) => a - b)).toEqual(matches.map((_, n) => n));
    expect(world.publications).toHaveLength(5_000);
    const states = Object.values(world.stores.snapshot().deliveries).map(({ state }) => state);
    expect(new Set(states)).toEqual(new Set(['sent']));
  });

  it('lets single mails through again in the next ten minutes', async () => {
    const world = anAlertWorld();
    const ids = Array.from({ length: 60 }, (_, n) => aMatch({ articleId: `article-${n}` }));
    await world.given({ matches: ids, subscriptions: [subscriber('one')] });

    for (const match of ids.slice(0, 30)) await sendAlerts(articleOf(match), world.ports, ALERT_SETTINGS);
    world.clock.advance(10 * 60_000);
    for (const match of ids.slice(30)) await sendAlerts(articleOf(match), world.ports, ALERT_SETTINGS);
    await world.sweepFor(20);

    expect(world.mails.filter(({ subject }) => subject.includes('Convoy crosses'))).toHaveLength(40);
    expect(world.mails.filter(({ subject }) => subject.includes('10 stories'))).toHaveLength(2);
  });
});

describe('a crash', () => {
  /** Two single subscribers, one over the limit, one hourly: every path of an alert. */
  async function aRun(): Promise<{ world: AlertWorld; matches: readonly ReturnType<typeof aMatch>[] }> {
    const world = anAlertWorld();
    const matches = ['first', 'second'].map((articleId) => {
      const match = aMatch({ articleId });
      return { ...match, article: { ...match.article, title: `Headline ${articleId}` } };
    });
    await world.given({
      matches,
      subscriptions: [subscriber('one'), subscriber('two'), subscriber('hourly', { digest: 'hourly' })],
    });
    return { world, matches };
  }

  const settings = { ...ALERT_SETTINGS, alerts: { ...ALERT_SETTINGS.alerts, maxSinglePerTenMinutes: 1 } };

  const mostRepeats = (ids: readonly string[]): number =>
    Math.max(...ids.map((id) => ids.filter((other) => other === id).length));

  async function runToIdle(world: AlertWorld): Promise<void> {
    for (let step = 0; step < 30; step += 1) {
      await sweep(world.ports, settings, wholeBudget(world.clock));
      world.clock.advance(5 * 60_000);
    }
  }

  async function dieAt(at: number, when: 'before' | 'after') {
    const { world, matches } = await aRun();
    const { ports, calls } = dying(world.ports, { at, when });
    const attempt = async (work: () => Promise<unknown>) => work().catch(() => undefined);
    for (const match of matches) await attempt(() => sendAlerts(articleOf(match), ports, settings));
    for (let step = 0; step < 14; step += 1) {
      world.clock.advance(5 * 60_000);
      await attempt(() => sweep(ports, settings, wholeBudget(world.clock)));
    }
    const died = calls() >= at;
    await runToIdle(world);
    return { world, died };
  }

  it('at any call, before or after it takes effect, loses nothing and repeats only under the same id', async () => {
    let points = 0;
    for (const when of ['before', 'after'] as const) {
      for (let at = 1; ; at += 1) {
        const { world, died } = await dieAt(at, when);
        if (!died) break;
        points += 1;
        const { deliveries, digests, hits } = world.stores.snapshot();

        // Each of the two hits reaches each of three subscribers, singly or in a digest, and SNS for machines and for people.
        expect(Object.values(deliveries).map(({ state }) => state)).toEqual(new Array(10).fill('sent'));
        expect(Object.values(digests).filter(({ state }) => state === 'open' || state === 'closed')).toEqual([]);
        expect(Object.values(hits).map(({ alertState }) => alertState)).toEqual(['done', 'done']);
        for (const name of ['one', 'two', 'hourly']) {
          const text = world.mails
            .filter(({ to }) => to === `${name}@example.org`)
            .map((mail) => mail.text)
            .join();
          expect(text).toContain('Headline first');
          expect(text).toContain('Headline second');
        }
        expect(mostRepeats(world.mails.map(({ messageId }) => messageId))).toBeLessThanOrEqual(2);
        expect(new Set(world.publications.map(({ matchId }) => matchId)).size).toBe(2);
        for (const events of [world.publications, world.alerts])
          expect(mostRepeats(events.map(({ json }) => JSON.parse(json).id))).toBeLessThanOrEqual(2);
      }
    }
    expect(points).toBeGreaterThan(60);
  });
});
