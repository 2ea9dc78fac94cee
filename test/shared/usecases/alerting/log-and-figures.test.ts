// What an operator sees of alerting: each line of the log and each figure, for each way in which a delivery or a digest can end.
import { DamagedRecordError, DeliveryRefusedError, ServiceUnavailableError } from '../../../../shared/core/errors.ts';
import { because } from '../../../../shared/model/delivery-reason.ts';
import { hitDeliveryIdOf } from '../../../../shared/model/ids.ts';
import type { Delivery } from '../../../../shared/model/subscription.ts';
import { SNS_TOPIC_SUBSCRIPTION } from '../../../../shared/model/subscription.ts';
import { bringForward } from '../../../../shared/usecases/alerting/bring-forward.ts';
import { closeDigest } from '../../../../shared/usecases/alerting/close-digest.ts';
import { deliver } from '../../../../shared/usecases/alerting/deliver.ts';
import { sweep } from '../../../../shared/usecases/alerting/sweep.ts';
import { ALERT_SETTINGS, type AlertWorld, anAlertWorld, wholeBudget } from '../../../support/alert-world.ts';
import { aDelivery, aDigest, aHit, aMatch, articleOf, aSubscription, later, START } from '../../../support/builders.ts';
import { aLog } from '../../../support/fakes.ts';
import { sendAlerts } from '../../../support/send-alerts.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const down = () => new ServiceUnavailableError('down');
const refused = () => new DeliveryRefusedError('refused');

/** A world whose log can be read by level. */
function aWorld() {
  const world = anAlertWorld();
  const log = aLog();
  return { ...world, log, ports: { ...world.ports, log } };
}
type World = ReturnType<typeof aWorld>;

const figures = ({ metrics }: AlertWorld) =>
  metrics.map(({ name, value, channel = '' }) => `${name} ${value} ${channel}`.trim());

describe('a delivery', () => {
  const attempt = async (change: Partial<Delivery>, prepare: (world: World) => unknown = () => {}) => {
    const world = aWorld();
    await world.given({ matches: [aMatch()], subscriptions: [aSubscription()] });
    const delivery = aDelivery(change);
    await world.stores.deliveries.createDelivery(delivery);
    await prepare(world);
    const { result } = await deliver(delivery.id, world.ports, ALERT_SETTINGS);
    const stored = await world.stores.deliveries.getDelivery(delivery.id);
    return { result, figures: figures(world), lines: world.log.lines, stored: stored!, id: delivery.id, world };
  };
  const SNS = { subscriptionId: SNS_TOPIC_SUBSCRIPTION, channel: 'sns' } as const;
  const leave = ({ stores }: World) =>
    stores.subscriptions.updateSubscription(aSubscription().id, { state: 'unsubscribed' }, START);

  it('that is sent is counted by its channel, and not logged', async () => {
    const mail = await attempt({});
    const publication = await attempt(SNS);

    expect([mail.figures, publication.figures]).toEqual([['AlertsSent 1 email'], ['AlertsSent 1 sns']]);
    expect([mail.lines, publication.lines]).toEqual([[], []]);
    expect(publication.stored).toMatchObject({ state: 'sent', providerId: 'publication-1', sentAt: START });
    expect(publication.world.mails).toEqual([]);
  });

  it('that fails for good is counted, and logged as an error with the reason', async () => {
    const { result, figures, lines, id, stored } = await attempt({}, ({ faults }) => {
      faults.mail = refused;
    });

    expect([result, figures]).toEqual(['failed', ['AlertsFailed 1 email']]);
    expect(lines).toEqual([
      {
        level: 'error',
        message: 'delivery failed for good',
        fields: { delivery: id, channel: 'email', attempts: 1, reason: 'delivery_refused: refused' },
      },
    ]);
    expect(stored).toMatchObject({
      state: 'failed',
      dueAt: null,
      reason: 'delivery_refused: refused',
      providerId: null,
      sentAt: null,
    });
  });

  it('that is tried again is counted, and logged with the time of the next try', async () => {
    const { result, figures, lines, id, stored } = await attempt(SNS, ({ faults }) => {
      faults.publication = down;
    });

    expect([result, figures]).toEqual(['retrying', ['AlertsRetried 1 sns']]);
    expect(lines).toEqual([
      {
        level: 'warn',
        message: 'delivery will be tried again',
        fields: { delivery: id, channel: 'sns', attempts: 1, reason: 'service_unavailable: down', dueAt: stored.dueAt },
      },
    ]);
    expect(stored.dueAt! > START).toBe(true);
  });

  it('that nobody wants any more is counted, and not logged', async () => {
    const { result, figures, lines, stored } = await attempt({}, leave);

    expect([result, figures, lines]).toEqual(['suppressed', ['AlertsSuppressed 1 email'], []]);
    expect(stored).toMatchObject({ state: 'suppressed', reason: 'unsubscribed', dueAt: null });
  });

  it('whose match or subscriber is gone says so', async () => {
    const { result, stored } = await attempt({ matchId: 'gone' as Delivery['matchId'] });
    const reader = await attempt({ subscriptionId: 'gone' as Delivery['subscriptionId'] });

    expect([result, stored.reason]).toEqual(['failed', 'the match is no longer stored']);
    expect([reader.result, reader.stored.reason]).toEqual(['suppressed', 'the subscription was removed']);
  });

  it('over the limit of single alerts joins a digest of the storm', async () => {
    const { result, stored, world } = await attempt({}, async ({ stores }) => {
      for (let number = 0; number < ALERT_SETTINGS.alerts.maxSinglePerTenMinutes; number += 1)
        await stores.deliveries.reserveImmediateAlert(
          aSubscription().id,
          Date.parse(START) / 1000,
          20,
          `other-${number}` as never,
        );
    });

    expect([result, stored.state, stored.reasonCode, stored.providerId]).toEqual(['waiting', 'waiting', 'storm', null]);
    expect(await world.stores.digests.getDigest(stored.digestId!)).toMatchObject({
      cause: 'storm',
      windowStart: START,
    });
    expect([world.mails, figures(world), world.log.lines]).toEqual([[], [], []]);
  });

  it('that does not exist is not due', async () => {
    const world = aWorld();

    expect(await deliver('no.one' as Delivery['id'], world.ports, ALERT_SETTINGS)).toEqual({
      result: 'not_due',
      unattended: false,
      dueAt: null,
    });
  });

  it('is unattended at its first try, and after one whose outcome was not recorded', async () => {
    const second = await attempt({ attempts: 1, state: 'pending' });
    const world = aWorld();
    await world.given({ matches: [aMatch()], subscriptions: [aSubscription()] });
    await world.stores.deliveries.createDelivery(aDelivery({ attempts: 1, state: 'sending' }));

    expect(second.result).toBe('sent');
    expect(await deliver(aDelivery().id, world.ports, ALERT_SETTINGS)).toEqual({
      result: 'sent',
      unattended: true,
      dueAt: null,
    });
  });
});

describe('a digest', () => {
  const closed = async (members: number, prepare: (world: World) => unknown = () => {}) => {
    const world = aWorld();
    const matches = Array.from({ length: members }, (_, number) => aMatch({ articleId: `a${number}` }));
    await world.given({ matches, subscriptions: [aSubscription({ digest: 'hourly' })] });
    const digest = aDigest();
    await world.stores.digests.openDigest(digest);
    for (const { id } of matches)
      await world.stores.deliveries.createDelivery(
        aDelivery({ matchId: id, state: 'waiting', dueAt: null, digestId: digest.id }),
      );
    world.clock.set(digest.windowEnd);
    await prepare(world);
    const result = await closeDigest(digest.id, world.ports, ALERT_SETTINGS);
    return {
      result,
      figures: figures(world),
      lines: world.log.lines,
      stored: (await world.stores.digests.getDigest(digest.id))!,
      world,
    };
  };
  const fields = { digest: aDigest().id, cause: 'asked', members: 2, attempts: 1 };

  it('that is sent counts each of its alerts, and is not logged', async () => {
    const { result, figures, lines, stored } = await closed(2);

    expect([result, figures, lines]).toEqual(['sent', ['AlertsSent 2 email'], []]);
    expect(stored).toMatchObject({ state: 'sent', dueAt: null, reason: null });
  });

  it('that fails for good counts each, and is logged as an error', async () => {
    const { result, figures, lines } = await closed(2, ({ faults }) => {
      faults.mail = refused;
    });

    expect([result, figures]).toEqual(['failed', ['AlertsFailed 2 email']]);
    expect(lines).toEqual([
      { level: 'error', message: 'digest failed for good', fields: { ...fields, reason: 'delivery_refused: refused' } },
    ]);
  });

  it('that is tried again counts each, and is logged with the time of the next try', async () => {
    const { result, figures, lines, stored } = await closed(2, ({ faults }) => {
      faults.mail = down;
    });

    expect([result, figures, stored.state]).toEqual(['retrying', ['AlertsRetried 2 email'], 'closed']);
    expect(lines).toEqual([
      {
        level: 'warn',
        message: 'digest will be tried again',
        fields: { ...fields, reason: 'service_unavailable: down', dueAt: stored.dueAt },
      },
    ]);
  });

  it('that nobody wants any more names each reason once', async () => {
    const { result, figures, lines, stored } = await closed(2, ({ stores }) =>
      stores.subscriptions.updateSubscription(aSubscription().id, { topics: ['other'] }, START),
    );

    expect([result, figures, lines]).toEqual(['suppressed', ['AlertsSuppressed 2 email'], []]);
    expect(stored.reason).toBe('unsubscribed from this topic');
  });

  it('without members is no alert at all', async () => {
    const { result, figures, stored } = await closed(0);

    expect([result, figures, stored.reason]).toEqual(['suppressed', [], 'it has no members']);
  });

  it('whose matches are gone has failed', async () => {
    const { result, stored } = await closed(1, ({ stores }) => {
      stores.matches.getMatches = async () => [];
    });

    expect([result, stored.reason]).toEqual(['failed', 'its matches are no longer stored']);
  });

  it('is not sent to members that are settled already', async () => {
    const { world, figures } = await closed(2, async ({ stores }) => {
      const { digestMembers } = stores.digests;
      stores.digests.digestMembers = async (id) =>
        (await digestMembers.call(stores.digests, id)).map((member, at) =>
          at === 0 ? { ...member, state: 'sent' } : member,
        );
    });

    expect([world.mails.length, figures]).toEqual([1, ['AlertsSent 1 email']]);
  });

  it('that does not exist, or is not due, is left alone', async () => {
    const world = aWorld();
    await world.stores.digests.openDigest(aDigest({ dueAt: later(1) }));
    const of = (id: string) => closeDigest(id, world.ports, ALERT_SETTINGS);

    expect([await of('no.1'), await of(aDigest().id)]).toEqual(['not_due', 'not_due']);
    world.clock.advance(1);
    expect(await of(aDigest().id)).toBe('suppressed');
  });
});

describe('a hit', () => {
  const sent = async (prepare: (world: World) => unknown, digest: 'none' | 'daily' = 'none') => {
    const world = aWorld();
    await world.given({ matches: [aMatch()], subscriptions: [aSubscription({ digest })] });
    await prepare(world);
    return { counts: await sendAlerts(articleOf(aMatch()), world.ports, ALERT_SETTINGS), world };
  };
  const NONE = { queued: 0, inDigests: 0, filtered: 0, isComplete: true };

  it.each<[string, object, (world: World) => unknown, 'none' | 'daily']>([
    ['are sent', { queued: 3, sent: 3 }, () => {}, 'none'],
    ['wait in a digest', { queued: 2, sent: 2, inDigests: 1 }, () => {}, 'daily'],
    [
      'are tried again',
      { queued: 3, sent: 2, retrying: 1 },
      ({ faults }) => Object.assign(faults, { mail: down }),
      'none',
    ],
    ['fail', { queued: 3, sent: 2, failed: 1 }, ({ faults }) => Object.assign(faults, { mail: refused }), 'none'],
  ])('counts its alerts that %s', async (_name, counts, prepare, digest) => {
    expect((await sent(prepare, digest)).counts).toEqual({ ...NONE, ...counts });
  });

  it('leaves alerts to the queue and the sweep whose record cannot be read', async () => {
    const { counts } = await sent(({ stores }) => {
      stores.deliveries.getDelivery = () => Promise.reject(down());
    });

    expect(counts).toEqual({ ...NONE, queued: 3, unfinished: 3 });
  });

  it('has a delivery of its time, which is kept as long as the settings say', async () => {
    const { world } = await sent(() => {});
    const [publication] = await world.stores.deliveries.deliveriesOfMatch(aMatch().id);

    expect(publication).toMatchObject({
      topicId: 'river-crossings',
      attempts: 1,
      createdAt: START,
      expiresAt: Date.parse(later(ALERT_SETTINGS.retention.deliveryDays * DAY)) / 1000,
    });
  });

  it('has a record that waits in its digest, of which nothing was tried', async () => {
    const { world } = await sent(() => {}, 'daily');
    const deliveries = await world.stores.deliveries.deliveriesOfHit(articleOf(aMatch()));
    const waiting = deliveries.find(({ channel }) => channel === 'email');

    expect(waiting).toStrictEqual({
      ...aDelivery({
        kind: 'alert',
        matchIds: [aMatch().id],
        articleId: articleOf(aMatch()),
        storyId: aHit().story.id,
        state: 'waiting',
        dueAt: null,
        digestId: waiting?.digestId ?? null,
        ...because('digest'),
        expiresAt: waiting?.expiresAt ?? 0,
      }),
      id: hitDeliveryIdOf(articleOf(aMatch()), 1, aSubscription().id),
    });
    expect(waiting?.digestId).toMatch(/^subscription-1\.\d+\.daily$/);
  });

  it('sends no mail to those whom SNS itself mails', async () => {
    const world = aWorld();
    await world.given({ matches: [aMatch()], subscriptions: [aSubscription({ channel: 'sns-email' })] });

    expect(await sendAlerts(articleOf(aMatch()), world.ports, ALERT_SETTINGS)).toEqual({
      ...NONE,
      queued: 2,
      sent: 2,
    });
    expect(world.mails).toEqual([]);
  });

  it('that is not there comes to nothing', async () => {
    const world = aWorld();

    expect(await sendAlerts(articleOf(aMatch()), world.ports, ALERT_SETTINGS)).toEqual(NONE);
  });
});

describe('the sweep', () => {
  const swept = (world: World, change: object = {}) =>
    sweep(world.ports, ALERT_SETTINGS, { ...wholeBudget(world.clock), ...change });

  it('logs an entry that it could not finish, and finds nothing in it', async () => {
    const world = aWorld();
    await world.given({ matches: [aMatch()] });
    const error = new DamagedRecordError('HIT#1', 'no matches');
    world.stores.hits.getHit = () => Promise.reject(error);
    world.clock.advance(MINUTE);

    expect(await swept(world)).toEqual({
      hits: 0,
      deliveries: 0,
      digests: 0,
      failures: 1,
      found: 0,
      oldestPendingAlertSeconds: 60,
    });
    expect(world.log.lines).toEqual([
      {
        level: 'error',
        message: 'the sweep could not finish an entry',
        fields: { kind: 'hit', id: articleOf(aMatch()), error },
      },
    ]);
    expect(figures(world)).toEqual(['SweepFound 0', 'OldestPendingAlertSeconds 60']);
  });

  it.each([
    [MINUTE - 1, 0],
    [MINUTE, 1],
  ])('counts a hit as found %d ms after it was stored: %d', async (ms, found) => {
    const world = aWorld();
    await world.given({ matches: [aMatch()] });
    world.clock.advance(ms);

    expect(await swept(world)).toMatchObject({ hits: 1, found });
  });

  it('counts a digest that it closed', async () => {
    const world = aWorld();
    await world.stores.digests.openDigest(aDigest({ dueAt: START }));

    expect(await swept(world)).toMatchObject({ digests: 1, failures: 0 });
    expect(await swept(world)).toMatchObject({ digests: 0 });
  });

  it('measures a digest by the end of its window, a delivery by its beginning, and both past what is due', async () => {
    const age = async (prepare: (world: World) => unknown): Promise<number> => {
      const world = aWorld();
      await prepare(world);
      return (await swept(world, { maxEntries: 0 })).oldestPendingAlertSeconds;
    };
    const delivery =
      (dueAt: string) =>
      ({ stores }: World) =>
        stores.deliveries.createDelivery(aDelivery({ createdAt: later(-90_999), dueAt }));

    expect(await age(delivery(START))).toBe(90);
    expect(await age(delivery(later(30 * 60 * MINUTE)))).toBe(90);
    expect(await age(delivery(later(30 * 60 * MINUTE + 1)))).toBe(0);
    expect(
      await age(({ stores }) => stores.digests.openDigest(aDigest({ windowEnd: later(-5_000), dueAt: START }))),
    ).toBe(5);
  });

  it('begins nothing at its deadline, and no entry more than it may', async () => {
    const world = aWorld();
    await world.given({ matches: [aMatch({ articleId: 'a' }), aMatch({ articleId: 'b' })] });

    expect(await swept(world, { deadline: world.clock.now() })).toMatchObject({ hits: 0 });
    expect(await swept(world, { maxEntries: 1 })).toMatchObject({ hits: 1 });
    expect(await swept(world, { deadline: new Date(world.clock.now().getTime() + 1) })).toMatchObject({ hits: 1 });
  });
});

describe('what a clock that ran ahead has dated', () => {
  it('is counted in the log once it is due, and what waits for good reason is not mentioned', async () => {
    const world = aWorld();
    await world.stores.deliveries.createDelivery(aDelivery({ dueAt: later(2 * DAY), updatedAt: later(DAY) }));
    await world.stores.digests.openDigest(aDigest({ dueAt: later(DAY), updatedAt: START }));
    await bringForward(world.ports);
    await bringForward(world.ports);

    expect(world.log.lines).toEqual([
      { level: 'warn', message: 'dated by a clock that ran ahead, and due now', fields: { entries: 1 } },
    ]);
  });

  it('may be gone already, and is logged where it cannot be read', async () => {
    const world = aWorld();
    const delivery = aDelivery({ dueAt: later(2 * DAY), updatedAt: later(DAY) });
    await world.stores.deliveries.createDelivery(delivery);
    world.stores.deliveries.getDelivery = async () => null;
    await bringForward(world.ports);
    const quiet = [...world.log.lines];
    world.stores.deliveries.getDelivery = () => Promise.reject(down());
    await bringForward(world.ports);

    expect(quiet).toEqual([]);
    expect(world.log.lines).toEqual([
      {
        level: 'error',
        message: 'an entry that waits cannot be read',
        fields: { kind: 'delivery', id: delivery.id, error: down() },
      },
    ]);
  });
});
