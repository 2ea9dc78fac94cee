// Alerts of one story to one subscriber: one when it begins, updates when there is something new, and nothing twice.
import { DeliveryRefusedError, ServiceUnavailableError } from '../../../../shared/core/errors.ts';
import { METRICS } from '../../../../shared/core/metrics.ts';
import { because } from '../../../../shared/model/delivery-reason.ts';
import { type Hit, hitMatchOf, withMatches } from '../../../../shared/model/hit.ts';
import { type ArticleId, hitDeliveryIdOf, type SubscriptionId } from '../../../../shared/model/ids.ts';
import type { Match } from '../../../../shared/model/match.ts';
import { type Delivery, SNS_TOPIC_SUBSCRIPTION, type Subscription } from '../../../../shared/model/subscription.ts';
import { deliver } from '../../../../shared/usecases/alerting/deliver.ts';
import { ALERT_SETTINGS, type AlertWorld, anAlertWorld } from '../../../support/alert-world.ts';
import { aHit, aMatch, articleOf, aSubscription, later } from '../../../support/builders.ts';
import { sendAlerts } from '../../../support/send-alerts.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ME = aSubscription().id;

async function aWorldFor(change: Partial<Subscription> = {}): Promise<AlertWorld> {
  const world = anAlertWorld();
  await world.given({ subscriptions: [aSubscription({ topics: ['*'], ...change })] });
  return world;
}

const aMatchOf = (articleId: string, topicId = 'river-crossings', severity: Match['topic']['severity'] = 'medium') => {
  const match = aMatch({ articleId, topicId });
  return {
    ...match,
    topic: { ...match.topic, severity },
    article: { ...match.article, title: `Headline ${articleId}` },
  };
};

/** A report of the one story, stored and not alerted yet. */
async function put(
  world: AlertWorld,
  articleId: string,
  place: Partial<Hit['story']> = {},
  matches: readonly Match[] = [aMatchOf(articleId)],
): Promise<Hit> {
  const story = { id: 'story-1', kind: 'new', reason: '', news: [`news of ${articleId}`], texts: 2, ...place } as const;
  const at = world.clock.now().toISOString();
  const hit = aHit({ story, firstSeenAt: at, changedAt: at }, matches);
  await world.given({ matches, hits: [hit] });
  return hit;
}

/** The same, alerted at once. */
async function report(
  world: AlertWorld,
  ...args: Parameters<typeof put> extends [unknown, ...infer Rest] ? Rest : never
) {
  const hit = await put(world, ...args);
  await sendAlerts(hit.article, world.ports, ALERT_SETTINGS);
}

const idOf = (articleId: string, revision = 1) => hitDeliveryIdOf(articleId as ArticleId, revision, ME);
const deliveryOf = async (world: AlertWorld, articleId: string, revision = 1): Promise<Delivery> =>
  (await world.stores.deliveries.getDelivery(idOf(articleId, revision))) as Delivery;
const stateOf = async (world: AlertWorld, articleId: string, revision = 1): Promise<string> =>
  (await deliveryOf(world, articleId, revision)).state;
/** Which article each mail leads with. */
const told = ({ mails }: AlertWorld): string[] => mails.map(({ messageId }) => messageId.split('.')[0] ?? '');
const readerIn = (world: AlertWorld) => world.stores.storyReaders.getReader('story-1', ME);

describe('reports of one event', () => {
  it('make one alert, and those that bring nothing new are merged with the reason', async () => {
    const world = await aWorldFor();

    await report(world, 'a', { kind: 'first', texts: 1 });
    await report(world, 'b', { kind: 'same' });
    await report(world, 'c', { kind: 'copy' });

    expect(told(world)).toEqual(['a']);
    expect(await deliveryOf(world, 'b')).toMatchObject({ state: 'merged', dueAt: null, reason: expect.any(String) });
    expect(await stateOf(world, 'c')).toBe('merged');
  });

  it('that come at the same moment make one alert', async () => {
    const world = await aWorldFor();
    const hits = [await put(world, 'a', { kind: 'first', texts: 1 }), await put(world, 'b', { kind: 'same' })];

    await Promise.all(hits.map(({ article }) => sendAlerts(article, world.ports, ALERT_SETTINGS)));
    await world.sweepFor(10);

    expect(world.mails).toHaveLength(1);
    expect([await stateOf(world, 'a'), await stateOf(world, 'b')].sort()).toEqual(['merged', 'sent']);
    expect((await deliveryOf(world, 'b')).attempts).toBeLessThanOrEqual(1);
  });

  it('come first for a subscriber whom the first did not reach: the second is sent, and then the first brings nothing new', async () => {
    const world = await aWorldFor();
    world.faults.mail = () => new ServiceUnavailableError('down');
    await report(world, 'a', { kind: 'first', texts: 1 });
    world.faults.mail = null;

    await report(world, 'b', { kind: 'same' });
    await world.sweepFor(10);

    expect(told(world)).toEqual(['b']);
    expect(await stateOf(world, 'a')).toBe('merged');
  });

  it.each([
    [
      'was refused for good',
      async (world: AlertWorld) => {
        world.faults.mail = () => new DeliveryRefusedError('no such address');
        await report(world, 'a', { kind: 'first', texts: 1 });
        world.faults.mail = null;
      },
    ],
    [
      'was not severe enough',
      (world: AlertWorld) => report(world, 'a', { kind: 'first', texts: 1 }, [aMatchOf('a', 'river-crossings', 'low')]),
    ],
    [
      'only mentioned the topic in passing',
      (world: AlertWorld) => report(world, 'a', { kind: 'first', texts: 1 }, [{ ...aMatchOf('a'), strength: 'weak' }]),
    ],
  ])('come first for a subscriber who was not alerted because the first %s', async (_name, first) => {
    const world = await aWorldFor({ minSeverity: 'medium' });
    await first(world);

    await report(world, 'b', { kind: 'same' });

    expect(told(world)).toEqual(['b']);
  });

  it('of another topic make an update at once, below the first mail', async () => {
    const world = await aWorldFor();
    await report(world, 'a', { kind: 'first', texts: 1 });
    await report(world, 'b', { kind: 'copy' }, [aMatchOf('b'), aMatchOf('b', 'treaties')]);
    await report(world, 'c', { kind: 'copy' }, [aMatchOf('c', 'treaties')]);

    expect(told(world)).toEqual(['a', 'b']);
    expect([(await deliveryOf(world, 'a')).kind, (await deliveryOf(world, 'b')).kind]).toEqual(['alert', 'update']);
    expect(await readerIn(world)).toMatchObject({
      topics: ['river-crossings', 'treaties'],
      threadId: world.mails[0]?.messageId,
      alertedBy: idOf('b'),
    });
  });

  it('of a graver topic make an update at once', async () => {
    const world = await aWorldFor();
    await report(world, 'a', { kind: 'first', texts: 1 });
    await report(world, 'b', { kind: 'same' }, [aMatchOf('b', 'river-crossings', 'high')]);

    expect(told(world)).toEqual(['a', 'b']);
  });

  it('that bring something new wait for four hours after the last alert, and come in one mail', async () => {
    const world = await aWorldFor();
    await report(world, 'a', { kind: 'first', texts: 1 });
    world.clock.advance(HOUR);
    await report(world, 'b');
    await report(world, 'c');
    world.clock.advance(HOUR);
    await report(world, 'd');

    expect(await deliveryOf(world, 'c')).toMatchObject({ state: 'held', attempts: 0, dueAt: later(4 * HOUR) });
    await world.sweepFor(115);
    expect(told(world)).toEqual(['a']);
    await world.sweepFor(10);

    expect(world.mails).toHaveLength(2);
    expect(world.mails[1]?.at).toBe(later(4 * HOUR));
    const states = await Promise.all(['b', 'c', 'd'].map((id) => stateOf(world, id)));
    expect(states.sort()).toEqual(['merged', 'merged', 'sent']);
    await world.sweepFor(9 * 60);
    expect(world.mails).toHaveLength(2);
  });

  it('are remembered as long as the last alert of them is kept', async () => {
    const world = await aWorldFor();
    await report(world, 'a', { kind: 'first', texts: 1 });
    world.clock.advance(24 * HOUR);
    await report(world, 'b');

    expect(told(world)).toEqual(['a', 'b']);
    expect((await readerIn(world))?.expiresAt).toBe((await deliveryOf(world, 'b')).expiresAt);
  });

  it('that wait go out with an update that need not wait', async () => {
    const world = await aWorldFor();
    await report(world, 'a', { kind: 'first', texts: 1 });
    await report(world, 'b');
    await report(world, 'c', { kind: 'copy' }, [aMatchOf('c', 'treaties')]);

    expect(told(world)).toEqual(['a', 'c']);
    expect(await deliveryOf(world, 'b')).toMatchObject({
      state: 'merged',
      reason: expect.stringContaining(idOf('c')),
    });
  });

  it('that wait and are not wanted any more are left out, and no update mentions them', async () => {
    const world = await aWorldFor();
    await report(world, 'a', { kind: 'first', texts: 1 }, [aMatchOf('a'), aMatchOf('a', 'treaties')]);
    await report(world, 'b', {}, [aMatchOf('b', 'treaties')]);
    const mutes = [{ kind: 'topic' as const, value: 'treaties', until: later(24 * HOUR) }];
    await world.stores.subscriptions.updateSubscription(ME, { mutes }, later(0));
    await report(world, 'c', {}, [aMatchOf('c', 'river-crossings', 'high')]);

    expect(await stateOf(world, 'b')).toBe('held');
    await world.sweepFor(5 * 60);

    expect(told(world)).toEqual(['a', 'c']);
    expect(await deliveryOf(world, 'b')).toMatchObject({
      state: 'filtered',
      reason: expect.stringContaining('muted until'),
    });
  });

  it('are followed by each reader as each asked', async () => {
    const world = await aWorldFor({ follow: 'all' });
    await world.given({
      subscriptions: [
        aSubscription({ id: 'first-only' as SubscriptionId, target: 'first@example.org', follow: 'first' }),
      ],
    });
    await report(world, 'a', { kind: 'first', texts: 1 });
    await report(world, 'b', { kind: 'copy' });
    await report(world, 'c');

    expect(world.mails.filter(({ to }) => to === 'first@example.org')).toHaveLength(1);
    expect(world.mails.filter(({ to }) => to === 'reader@example.org')).toHaveLength(3);
  });

  it('are covered by the last alert that was accepted, when a held one comes late', async () => {
    const world = await aWorldFor();
    await report(world, 'a', { kind: 'first', texts: 1 });
    await report(world, 'b');
    // Another process has it in hand when the update speaks for it.
    await world.stores.deliveries.beginAttempt(idOf('b'), later(0), later(2 * MINUTE));
    await report(world, 'c', { kind: 'copy' }, [aMatchOf('c', 'treaties')]);
    await report(world, 'd', { kind: 'copy' }, [aMatchOf('d', 'border-crossings')]);
    await world.sweepFor(5 * 60);

    expect(told(world)).toEqual(['a', 'c', 'd']);
    expect(await stateOf(world, 'b')).toBe('merged');
  });
});

describe('an alert by a clock that ran ahead', () => {
  it('holds an update for four hours and not until that time has come', async () => {
    const world = await aWorldFor();
    world.clock.advance(48 * HOUR);
    await report(world, 'a', { kind: 'first', texts: 1 });
    world.clock.set(later(0));
    await report(world, 'b');
    await world.sweepFor(4 * 60 + 5);

    expect(world.mails.slice(1).map(({ at }) => at)).toEqual([later(4 * HOUR)]);
    expect(await stateOf(world, 'b')).toBe('sent');
  });
});

describe('quiet hours', () => {
  const NIGHT = { quietHours: { from: '07:30', until: '12:00' }, timeZone: 'UTC' };

  it('hold an alert until they end, which is no try and no failure', async () => {
    const world = await aWorldFor(NIGHT);
    await report(world, 'a', { kind: 'first', texts: 1 });

    expect(await deliveryOf(world, 'a')).toMatchObject({
      state: 'held',
      attempts: 0,
      reason: 'quiet hours',
      dueAt: later(4 * HOUR),
    });
    await world.sweepFor(4 * 60 - 5);
    expect(world.mails).toEqual([]);
    expect(world.metrics.filter(({ name, value }) => name === METRICS.oldestPendingAlertSeconds && value > 0)).toEqual(
      [],
    );
    await world.sweepFor(5);
    expect(world.mails.map(({ at }) => at)).toEqual([later(4 * HOUR)]);
  });

  it('let critical topics through', async () => {
    const world = await aWorldFor(NIGHT);
    await report(world, 'a', { kind: 'first', texts: 1 }, [aMatchOf('a', 'river-crossings', 'critical')]);

    expect(told(world)).toEqual(['a']);
  });

  it('make one alert of the reports that came in them', async () => {
    const world = await aWorldFor(NIGHT);
    await report(world, 'a', { kind: 'first', texts: 1 });
    await report(world, 'b', { kind: 'same' });
    await world.sweepFor(4 * 60 + 10);

    expect(world.mails).toHaveLength(1);
  });
});

describe('an article in which a topic becomes stronger', () => {
  it('alerts those who were not, and no one twice', async () => {
    const world = await aWorldFor();
    const weak: Match = { ...aMatchOf('a', 'treaties'), strength: 'weak' };
    await report(world, 'a', { kind: 'first', texts: 1 }, [aMatchOf('a'), weak]);
    const fair: Match = { ...weak, strength: 'fair' };
    await world.stores.matches.strengthen(fair);
    const before = (await world.stores.hits.getHit(articleOf(fair))) as Hit;
    const after = withMatches(before, [hitMatchOf(fair)], { isQuiet: false, at: later(60_000) }) as Hit;
    await world.stores.hits.revise(before, after);

    await sendAlerts(after.article, world.ports, ALERT_SETTINGS);
    await sendAlerts(after.article, world.ports, ALERT_SETTINGS);

    expect(world.mails.map(({ subject }) => subject.startsWith('Update: '))).toEqual([false, true]);
  });
});

describe('an article that gains a topic', () => {
  /** As when its page is read later than its feed. */
  async function gain(world: AlertWorld, hit: Hit, newFrom: number): Promise<Hit> {
    const extra = aMatchOf(hit.article, 'treaties');
    await world.stores.matches.putMatch(extra);
    const after: Hit = {
      ...hit,
      matches: [...hit.matches, hitMatchOf(extra)],
      revision: 2,
      newFrom,
      alertState: 'pending',
    };
    const before = (await world.stores.hits.getHit(hit.article)) as Hit;
    expect(await world.stores.hits.revise(before, after)).toBe('revised');
    return after;
  }

  it('makes an update of the new topic', async () => {
    const world = await aWorldFor();
    const hit = await put(world, 'a', { kind: 'first', texts: 1 });
    await sendAlerts(hit.article, world.ports, ALERT_SETTINGS);
    await gain(world, hit, 1);
    await sendAlerts(hit.article, world.ports, ALERT_SETTINGS);

    expect(world.mails.map(({ messageId }) => messageId)).toEqual([
      `${idOf('a')}@example.org`,
      `${idOf('a', 2)}@example.org`,
    ]);
    expect((await deliveryOf(world, 'a', 2)).kind).toBe('update');
  });

  it('while its alerts are being recorded is not sent twice to a subscriber who wants the first topic only', async () => {
    for (const follow of ['significant', 'all'] as const) {
      const world = await aWorldFor({ topics: ['river-crossings'], follow });
      const hit = await put(world, 'a');
      // The first revision's delivery is there and sent; that it is was not written down yet.
      const { hits, matches } = world.stores;
      const marks = [hits.markAlerted, matches.markAlerted] as const;
      hits.markAlerted = async () => undefined;
      matches.markAlerted = async () => undefined;
      await sendAlerts(hit.article, world.ports, ALERT_SETTINGS);
      [hits.markAlerted, matches.markAlerted] = marks;
      await gain(world, hit, 0);
      await sendAlerts(hit.article, world.ports, ALERT_SETTINGS);
      await world.sweepFor(5 * 60);

      expect(told(world)).toEqual(['a']);
      expect(await stateOf(world, 'a', 2)).toBe('merged');
    }
  });
});

describe('an article whose topics are alerted once more', () => {
  /** As when a process died before it had marked the article as alerted, and the article gained a topic that I do not want. */
  async function again(world: AlertWorld, articleId: string): Promise<void> {
    const hit = (await world.stores.hits.getHit(articleId as ArticleId)) as Hit;
    await world.stores.hits.revise(hit, { ...hit, revision: 2, newFrom: 0, alertState: 'pending' });
    await sendAlerts(hit.article, world.ports, ALERT_SETTINGS);
  }

  it.each([
    'was merged',
    'was spoken for, which is not on its record yet',
    'was accepted, which is not on its record yet',
  ])('is not sent again when the delivery before %s', async (name) => {
    const world = await aWorldFor();
    const { deliveries, matches } = world.stores;
    matches.markAlerted = async () => undefined;
    const { mergeHeld, finishAttempt } = deliveries;
    await report(world, 'a', { kind: 'first', texts: 1 });
    if (name.startsWith('was accepted')) {
      world.clock.advance(4 * HOUR);
      deliveries.finishAttempt = () => Promise.reject(new Error('died'));
      await report(world, 'b');
      deliveries.finishAttempt = finishAttempt;
    } else {
      await report(world, 'b');
      if (name.startsWith('was spoken')) deliveries.mergeHeld = async () => undefined;
      await report(world, 'c', {}, [aMatchOf('c', 'treaties')]);
      deliveries.mergeHeld = mergeHeld;
    }
    const { length } = world.mails;
    await again(world, 'b');
    await world.sweepFor(9 * 60);

    expect(world.mails).toHaveLength(length);
    expect(await deliveryOf(world, 'b', 2)).toMatchObject({
      state: 'merged',
      reason: 'another alert of its article speaks for it',
    });
  });
});

describe('reports that wait for an update', () => {
  it('are listed in it in the order in which they came, without those that were settled otherwise', async () => {
    const world = await aWorldFor();
    await report(world, 'a', { kind: 'first', texts: 1 });
    for (const article of ['d', 'c', 'b']) {
      world.clock.advance(MINUTE);
      await report(world, article);
    }
    await world.stores.deliveries.mergeHeld(
      [idOf('c')],
      because('spoken_for', 'settled by hand'),
      world.clock.now().toISOString(),
    );
    await report(world, 'e', { kind: 'copy' }, [aMatchOf('e', 'treaties')]);

    const listed = [...(world.mails[1]?.text ?? '').matchAll(/Headline ([a-d])/g)].map(([, article]) => article);
    expect([...new Set(listed)]).toEqual(['d', 'b']);
    expect((await readerIn(world))?.held).toEqual([]);
  });

  it('are remembered up to twenty, the newest', async () => {
    const world = await aWorldFor();
    await report(world, 'a', { kind: 'first', texts: 1 });
    for (let n = 1; n <= 21; n += 1) await report(world, `n${n}`);

    expect((await readerIn(world))?.held).toEqual(Array.from({ length: 20 }, (_, n) => idOf(`n${n + 2}`)));
    await world.sweepFor(9 * 60);
    expect(await Promise.all([1, 2, 21].map((n) => stateOf(world, `n${n}`)))).not.toContain('held');
  });

  it('do not list the article itself when it gained a graver topic', async () => {
    const world = await aWorldFor();
    await report(world, 'a', { kind: 'first', texts: 1 });
    const hit = await put(world, 'b');
    await sendAlerts(hit.article, world.ports, ALERT_SETTINGS);
    const graver = aMatchOf('b', 'treaties', 'critical');
    await world.stores.matches.putMatch(graver);
    const matches = [...hit.matches, hitMatchOf(graver)];
    const before = (await world.stores.hits.getHit(hit.article)) as Hit;
    await world.stores.hits.revise(before, { ...before, matches, revision: 2, newFrom: 1, alertState: 'pending' });
    await sendAlerts(hit.article, world.ports, ALERT_SETTINGS);

    expect(world.mails).toHaveLength(2);
    expect(await stateOf(world, 'b')).toBe('merged');
    expect([...(world.mails[1]?.text ?? '').matchAll(/Headline b/g)]).toHaveLength(1);
  });
});

describe('a process that dies', () => {
  /** Tries the alert of the article again. */
  const tryIn = (world: AlertWorld, articleId: string) => deliver(idOf(articleId), world.ports, ALERT_SETTINGS);

  it('after the alert was noted sends it once, whatever the subscriber changed meanwhile', async () => {
    for (const change of [{}, { state: 'unsubscribed' }, { digest: 'daily' }] as const) {
      const world = await aWorldFor();
      const { finishAttempt } = world.stores.deliveries;
      world.stores.deliveries.finishAttempt = () => Promise.reject(new Error('died'));
      await report(world, 'a', { kind: 'first', texts: 1 });
      world.stores.deliveries.finishAttempt = finishAttempt;
      await world.stores.subscriptions.updateSubscription(ME, change, later(0));
      await world.sweepFor(5);

      expect(world.mails).toHaveLength(1);
      expect(await deliveryOf(world, 'a')).toMatchObject({ state: 'sent', providerId: 'mail-1', sentAt: later(0) });
    }
  });

  it('before the alert was noted sends it again under its id, and lets no other alert of the story come first', async () => {
    const world = await aWorldFor();
    const { storyReaders } = world.stores;
    const { endSending } = storyReaders;
    storyReaders.endSending = (reader, id) => {
      if (id !== idOf('a')) return endSending.call(storyReaders, reader, id);
      storyReaders.endSending = endSending;
      return Promise.reject(new ServiceUnavailableError('the table is away'));
    };
    await report(world, 'a', { kind: 'first', texts: 1 });
    await report(world, 'b', { kind: 'same' });
    expect(await deliveryOf(world, 'b')).toMatchObject({ state: 'held', attempts: 0 });
    world.clock.advance(MINUTE);
    await tryIn(world, 'b');
    await tryIn(world, 'a');
    await world.sweepFor(10);

    expect(world.mails.map(({ messageId }) => messageId)).toEqual(new Array(2).fill(`${idOf('a')}@example.org`));
    expect(await stateOf(world, 'b')).toBe('merged');
  });

  it('between the acceptance of an alert and the note of it lets no other come first, however long it stays away', async () => {
    const world = await aWorldFor();
    const hit = await put(world, 'a', { kind: 'first', texts: 1 });
    const dead = (): Promise<never> => Promise.reject(new Error('died'));
    const { storyReaders, deliveries } = world.stores;
    const { endSending } = storyReaders;
    const { finishAttempt } = deliveries;
    storyReaders.endSending = dead;
    deliveries.finishAttempt = dead;
    await sendAlerts(hit.article, world.ports, ALERT_SETTINGS);
    storyReaders.endSending = endSending;
    deliveries.finishAttempt = finishAttempt;
    world.clock.advance(8 * HOUR);
    await report(world, 'b', { kind: 'same' });
    await world.sweepFor(10);

    expect(world.mails.map(({ messageId }) => messageId)).toEqual(new Array(2).fill(`${idOf('a')}@example.org`));
    expect([await stateOf(world, 'a'), await stateOf(world, 'b')]).toEqual(['sent', 'merged']);
  });

  it('leaves its right to send to others after two minutes', async () => {
    const world = await aWorldFor();
    await put(world, 'a', { kind: 'first', texts: 1 });
    const reader = { storyId: 'story-1', subscriptionId: ME, expiresAt: 4_000_000_000 };
    await world.stores.storyReaders.beginSending(reader, idOf('dead'), later(0), later(2 * MINUTE));
    await sendAlerts('a' as ArticleId, world.ports, ALERT_SETTINGS);

    expect(await stateOf(world, 'a')).toBe('held');
    world.clock.set(later(2 * MINUTE - 1));
    await tryIn(world, 'a');
    expect(world.mails).toEqual([]);
    world.clock.advance(31_000);
    await tryIn(world, 'a');
    expect(world.mails).toHaveLength(1);
  });

  it('leaves it at once when its clock ran days ahead', async () => {
    const world = await aWorldFor();
    const reader = { storyId: 'story-1', subscriptionId: ME, expiresAt: 4_000_000_000 };
    await world.stores.storyReaders.beginSending(reader, idOf('dead'), later(48 * HOUR), later(48 * HOUR + 2 * MINUTE));

    await report(world, 'a', { kind: 'first', texts: 1 });

    expect(told(world)).toEqual(['a']);
  });

  it.each(['merge', 'hold', 'send'])('does not keep the right to send after a failure of %s', async (step) => {
    const world = await aWorldFor();
    if (step !== 'send') await report(world, 'a', { kind: 'first', texts: 1 });
    world.faults.mail = () => new ServiceUnavailableError('down');
    await report(world, 'b', step === 'merge' ? { kind: 'same' } : {});

    expect((await readerIn(world))?.sending).toBeNull();
  });
});

describe('the topic of the deployment', () => {
  it('gets an event for each match, and an alert for each that a person would get', async () => {
    const world = await aWorldFor();
    await report(world, 'a', { kind: 'first', texts: 1 }, [aMatchOf('a'), aMatchOf('a', 'treaties')]);
    await report(world, 'b', { kind: 'same' });
    await report(world, 'c');
    await world.sweepFor(4 * 60 + 10);

    expect(world.publications.map(({ matchId }) => matchId)).toHaveLength(4);
    expect(world.alerts.map(({ json }) => JSON.parse(json).type)).toEqual(['alert', 'alert']);
    expect(world.alerts[0]?.attributes).toMatchObject({ type: 'alert', topic: ['river-crossings', 'treaties'] });
    const { state } = (await world.stores.deliveries.getDelivery(
      hitDeliveryIdOf('b' as ArticleId, 1, SNS_TOPIC_SUBSCRIPTION),
    )) as Delivery;
    expect(state).toBe('merged');
  });

  it('is published again under the same id when SNS fails', async () => {
    const world = await aWorldFor();
    const tries: string[] = [];
    const { alertPublisher } = world.ports;
    const ports = {
      ...world.ports,
      alertPublisher: {
        publish: (event: Parameters<typeof alertPublisher.publish>[0]) => {
          if (event.attributes.type === 'alert') tries.push(JSON.parse(event.json).id);
          return tries.length === 1
            ? Promise.reject(new ServiceUnavailableError('down'))
            : alertPublisher.publish(event);
        },
      },
    };
    const hit = await put(world, 'a', { kind: 'first', texts: 1 });
    await sendAlerts(hit.article, ports, ALERT_SETTINGS);
    world.clock.advance(MINUTE);
    await deliver(hitDeliveryIdOf(hit.article, 1, SNS_TOPIC_SUBSCRIPTION), ports, ALERT_SETTINGS);

    expect(new Set(tries).size).toBe(1);
    expect(world.alerts).toHaveLength(1);
  });
});
