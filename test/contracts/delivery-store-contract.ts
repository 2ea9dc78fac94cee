import type { DeliveryId, SubscriptionId } from '../../shared/model/ids.ts';
import { deliveryIdOf, matchIdOf } from '../../shared/model/ids.ts';
import type { Delivery } from '../../shared/model/subscription.ts';
import { aDelivery, aDigest, aMatch, epochSeconds, later, START } from '../support/builders.ts';
import { allPages } from './paging.ts';
import type { OpenSubject, Subject } from './store-contract.ts';

const NOTHING = { dueAt: null, reason: null, providerId: null, sentAt: null, digestId: null } as const;
const SENT = { ...NOTHING, state: 'sent', providerId: 'provider-1', sentAt: later(500) } as const;
const UNTIL = later(120_000);

const reader = (number: number): SubscriptionId => `reader-${number}` as SubscriptionId;
const matchNumber = (number: number) => matchIdOf('river-crossings', `article-${number}` as never);
const ids = (deliveries: readonly Delivery[]): readonly string[] => deliveries.map(({ id }) => id);

/** A delivery whose first attempt is under way. */
const begun = async ({ deliveries }: Pick<Subject, 'deliveries'>, delivery = aDelivery()): Promise<Delivery> => {
  await deliveries.createDelivery(delivery);
  return (await deliveries.beginAttempt(delivery.id, START, UNTIL))!;
};

/** An open digest with so many members. */
const digestOf = async ({ deliveries }: Pick<Subject, 'deliveries'>, count: number): Promise<readonly DeliveryId[]> => {
  await deliveries.openDigest(aDigest());
  const members = Array.from({ length: count }, (_, at) =>
    aDelivery({
      matchId: matchNumber(at),
      createdAt: later(at),
      state: 'waiting',
      dueAt: null,
      digestId: aDigest().id,
    }),
  );
  for (const member of members) await deliveries.createDelivery(member);
  return members.map(({ id }) => id);
};

export function describeDeliveryStore(open: OpenSubject): void {
  describe('a delivery', () => {
    it('comes back as it was created', async () => {
      const { deliveries } = await open();
      const full = aDelivery({
        channel: 'sns',
        reason: 'tried again: throttled',
        providerId: 'p',
        sentAt: START,
        attempts: 2,
      });

      expect(await deliveries.createDelivery(full)).toBe('created');

      expect(await deliveries.getDelivery(full.id)).toEqual(full);
    });

    it('is created once, and stays as it was', async () => {
      const subject = await open();
      const { id } = await begun(subject);
      await subject.deliveries.finishAttempt(id, SENT, later(500));

      expect(await subject.deliveries.createDelivery(aDelivery())).toBe('known');

      expect((await subject.deliveries.getDelivery(id))?.state).toBe('sent');
    });

    it('is created by one of two at the same time', async () => {
      const { deliveries, elsewhere } = await open();

      const outcomes = await Promise.all([
        deliveries.createDelivery(aDelivery()),
        elsewhere.deliveries.createDelivery(aDelivery()),
      ]);

      expect([...outcomes].sort()).toEqual(['created', 'known']);
    });

    it('that was never created is null', async () => {
      const { deliveries } = await open();

      expect(await deliveries.getDelivery(aDelivery().id)).toBeNull();
      expect(await deliveries.deliveriesOfMatch(aDelivery().matchId)).toEqual([]);
    });

    it('is gone at the second it expires', async () => {
      const { deliveries, clock } = await open();
      await deliveries.createDelivery(aDelivery({ expiresAt: epochSeconds(later(10_000)) }));

      clock.set(later(10_000));

      expect(await deliveries.getDelivery(aDelivery().id)).toBeNull();
      expect(await deliveries.deliveriesOfMatch(aDelivery().matchId)).toEqual([]);
      expect(await deliveries.listDue(later(10_000), 10)).toEqual([]);
    });
  });

  describe('deliveries', () => {
    it('of a match are found, and no other match’s', async () => {
      const { deliveries, matches } = await open();
      await matches.putMatch(aMatch());
      for (const number of [1, 2]) await deliveries.createDelivery(aDelivery({ subscriptionId: reader(number) }));
      await deliveries.createDelivery(aDelivery({ matchId: matchNumber(9) }));

      const found = await deliveries.deliveriesOfMatch(aMatch().id);

      expect(ids(found).toSorted()).toEqual([1, 2].map((number) => deliveryIdOf(aMatch().id, reader(number))));
    });

    it('of a subscription come newest first, in pages', async () => {
      const { deliveries } = await open();
      const all = [0, 1, 2, 3, 4].map((at) => aDelivery({ matchId: matchNumber(at), createdAt: later(at * 1_000) }));
      for (const delivery of all) await deliveries.createDelivery(delivery);
      await deliveries.createDelivery(aDelivery({ subscriptionId: reader(1) }));

      const pages = await allPages(2, (page) => deliveries.deliveriesOfSubscription(aDelivery().subscriptionId, page));

      expect(pages.map(ids)).toEqual([ids([all[4]!, all[3]!]), ids([all[2]!, all[1]!]), ids([all[0]!])]);
    });

    it('of a subscription refuse the cursor of another', async () => {
      const { deliveries } = await open();
      for (const at of [0, 1]) await deliveries.createDelivery(aDelivery({ matchId: matchNumber(at) }));
      const { cursor } = await deliveries.deliveriesOfSubscription(aDelivery().subscriptionId, {
        limit: 1,
        cursor: null,
      });

      expect(cursor).not.toBeNull();
      await expect(deliveries.deliveriesOfSubscription(reader(1), { limit: 1, cursor })).rejects.toMatchObject({
        code: 'bad_cursor',
      });
    });
  });

  describe('deliveries that failed for good', () => {
    const FAILED = { ...NOTHING, state: 'failed', reason: 'refused' } as const;

    it('are listed, the latest first, and nothing else is', async () => {
      const subject = await open();
      for (const [number, outcome] of [FAILED, SENT, FAILED, FAILED].entries()) {
        const { id } = await begun(subject, aDelivery({ subscriptionId: reader(number) }));
        await subject.deliveries.finishAttempt(id, outcome, later(number * 1_000));
      }
      const failed = [3, 2, 0].map((number) => aDelivery({ subscriptionId: reader(number) }).id);

      expect(ids(await subject.deliveries.listFailed(START, 10))).toEqual(failed);
      expect(ids(await subject.deliveries.listFailed(later(1_000), 10))).toEqual(failed.slice(0, 2));
      expect(ids(await subject.deliveries.listFailed(START, 1))).toEqual(failed.slice(0, 1));
    });

    it('include the members of a digest that failed', async () => {
      const subject = await open();
      const members = await digestOf(subject, 2);
      await subject.deliveries.beginDigest(aDigest().id, START, UNTIL);
      await subject.deliveries.finishDigest(
        aDigest().id,
        { state: 'failed', dueAt: null, reason: 'refused' },
        members,
        later(500),
      );

      expect([...ids(await subject.deliveries.listFailed(START, 10))].sort()).toEqual([...members].sort());
    });

    it('come back as any other record of them does', async () => {
      const subject = await open();
      const { id } = await begun(subject);
      await subject.deliveries.finishAttempt(id, FAILED, later(500));

      expect(await subject.deliveries.listFailed(START, 10)).toEqual([await subject.deliveries.getDelivery(id)]);
    });
  });

  describe('an attempt', () => {
    it('begins with a pending delivery, counts, and is due again when its time is up', async () => {
      const { deliveries } = await open();
      await deliveries.createDelivery(aDelivery());

      const taken = await deliveries.beginAttempt(aDelivery().id, later(1), UNTIL);

      const expected = { ...aDelivery(), state: 'sending', attempts: 1, dueAt: UNTIL, updatedAt: later(1) };
      expect(taken).toEqual(expected);
      expect(await deliveries.getDelivery(aDelivery().id)).toEqual(expected);
    });

    it('is begun by one of two at the same time', async () => {
      const { deliveries, elsewhere } = await open();
      await deliveries.createDelivery(aDelivery());

      const taken = await Promise.all([
        deliveries.beginAttempt(aDelivery().id, START, UNTIL),
        elsewhere.deliveries.beginAttempt(aDelivery().id, START, UNTIL),
      ]);

      expect(taken.filter((one) => one !== null)).toHaveLength(1);
      expect((await deliveries.getDelivery(aDelivery().id))?.attempts).toBe(1);
    });

    it('is not begun while somebody else has time left, and is when that ran out', async () => {
      const subject = await open();
      const { id } = await begun(subject);

      expect(await subject.deliveries.beginAttempt(id, later(119_999), later(300_000))).toBeNull();
      expect(await subject.deliveries.beginAttempt(id, UNTIL, later(300_000))).toMatchObject({
        attempts: 2,
        dueAt: later(300_000),
      });
    });

    it.each(['sent', 'failed', 'suppressed', 'waiting'] as const)(
      'is not begun with a delivery that is %s',
      async (state) => {
        const { deliveries } = await open();
        await deliveries.createDelivery(aDelivery({ state, dueAt: null }));

        expect(await deliveries.beginAttempt(aDelivery().id, later(10 * 86_400_000), UNTIL)).toBeNull();
        expect(await deliveries.getDelivery(aDelivery().id)).toEqual(aDelivery({ state, dueAt: null }));
      },
    );

    it('is not begun with a delivery that is not there', async () => {
      const { deliveries } = await open();

      expect(await deliveries.beginAttempt(aDelivery().id, START, UNTIL)).toBeNull();
      expect(await deliveries.getDelivery(aDelivery().id)).toBeNull();
    });

    it.each([
      ['sent', SENT],
      ['failed', { ...NOTHING, state: 'failed', reason: 'the server does not know the address' }],
      ['suppressed', { ...NOTHING, state: 'suppressed', reason: 'unsubscribed' }],
      ['to be tried again', { ...NOTHING, state: 'pending', dueAt: later(600_000), reason: 'throttled' }],
    ] as const)('ends as %s', async (_name, outcome) => {
      const subject = await open();
      const delivery = await begun(subject);

      await subject.deliveries.finishAttempt(delivery.id, outcome, later(700));

      expect(await subject.deliveries.getDelivery(delivery.id)).toEqual({
        ...delivery,
        ...outcome,
        updatedAt: later(700),
      });
    });

    it('that succeeds after one that failed leaves no reason behind', async () => {
      const subject = await open();
      const { id } = await begun(subject);
      await subject.deliveries.finishAttempt(
        id,
        { ...NOTHING, state: 'pending', dueAt: START, reason: 'throttled' },
        START,
      );
      await subject.deliveries.beginAttempt(id, START, UNTIL);

      await subject.deliveries.finishAttempt(id, SENT, later(900));

      expect(await subject.deliveries.getDelivery(id)).toMatchObject({ state: 'sent', reason: null, attempts: 2 });
    });

    it('keeps its first outcome when it is written again', async () => {
      const subject = await open();
      const { id } = await begun(subject);
      await subject.deliveries.finishAttempt(id, SENT, later(500));

      await subject.deliveries.finishAttempt(id, { ...NOTHING, state: 'failed', reason: 'late' }, later(900));

      expect(await subject.deliveries.getDelivery(id)).toMatchObject({ state: 'sent', updatedAt: later(500) });
    });

    it('of a delivery that is not there writes nothing', async () => {
      const { deliveries } = await open();

      await deliveries.finishAttempt(aDelivery().id, SENT, START);

      expect(await deliveries.getDelivery(aDelivery().id)).toBeNull();
    });

    it('keeps a reason to a bearable length', async () => {
      const subject = await open();
      const { id } = await begun(subject);

      await subject.deliveries.finishAttempt(id, { ...NOTHING, state: 'failed', reason: 'x'.repeat(50_000) }, START);

      expect((await subject.deliveries.getDelivery(id))?.reason).toMatch(/^x{900,1000} \[…\]$/);
    });
  });

  describe('what is due', () => {
    it('is every pending match, delivery and digest, oldest first', async () => {
      const { deliveries, matches } = await open();
      const match = aMatch({ firstSeenAt: later(2_000) });
      await matches.putMatch(match);
      await deliveries.createDelivery(aDelivery({ dueAt: later(3_000) }));
      await deliveries.openDigest(aDigest({ dueAt: later(1_000) }));

      expect(await deliveries.listDue(later(3_000), 10)).toEqual([
        { kind: 'digest', id: aDigest().id, dueAt: later(1_000) },
        { kind: 'match', id: match.id, dueAt: later(2_000) },
        { kind: 'delivery', id: aDelivery().id, dueAt: later(3_000) },
      ]);
    });

    it('is nothing that is due later', async () => {
      const { deliveries } = await open();
      await deliveries.createDelivery(aDelivery({ dueAt: later(3_000) }));

      expect(await deliveries.listDue(later(2_999), 10)).toEqual([]);
    });

    it('may be looked at ahead of its time, furthest first, and brought forward', async () => {
      const { deliveries, matches } = await open();
      const match = aMatch({ firstSeenAt: later(2_000) });
      await matches.putMatch(match);
      await deliveries.createDelivery(aDelivery({ dueAt: later(4_000) }));
      await deliveries.openDigest(aDigest({ dueAt: later(3_000) }));
      const now = later(1_000);

      const ahead = await deliveries.listAhead(now, 10);
      expect(ahead.map(({ kind }) => kind)).toEqual(['delivery', 'digest', 'match']);
      expect(await deliveries.listAhead(now, 2)).toEqual(ahead.slice(0, 2));
      expect(await deliveries.listAhead(later(3_000), 10)).toEqual(ahead.slice(0, 1));

      for (const entry of ahead) await deliveries.bringForward(entry, now);

      expect(await deliveries.listAhead(now, 10)).toEqual([]);
      expect((await deliveries.listDue(now, 10)).map(({ kind, dueAt }) => `${kind} ${dueAt}`).sort()).toEqual(
        ['delivery', 'digest', 'match'].map((kind) => `${kind} ${now}`),
      );
    });

    it('is not made of what was sent in the meantime', async () => {
      const subject = await open();
      const { id } = await begun(subject);
      const [entry] = await subject.deliveries.listAhead(later(1), 10);
      await subject.deliveries.finishAttempt(id, SENT, later(500));

      await subject.deliveries.bringForward(entry!, later(600));

      expect(await subject.deliveries.listDue(later(1_000), 10)).toEqual([]);
      expect(await subject.deliveries.getDelivery(id)).toMatchObject({ state: 'sent', dueAt: null });
    });

    it('is the oldest when there are more than asked for', async () => {
      const { deliveries } = await open();
      const all = Array.from({ length: 40 }, (_, at) => aDelivery({ matchId: matchNumber(at), dueAt: later(40 - at) }));
      for (const delivery of all) await deliveries.createDelivery(delivery);

      const due = await deliveries.listDue(later(1_000), 15);

      expect(due.map(({ dueAt }) => dueAt)).toEqual(Array.from({ length: 15 }, (_, at) => later(at + 1)));
    });

    it('is not a match that is alerted, quiet or expired', async () => {
      const { deliveries, matches, clock } = await open();
      const [alerted, quiet, expired] = [1, 2, 3].map((at) => aMatch({ articleId: `article-${at}` }));
      await matches.putMatch(alerted!);
      await matches.markAlerted(alerted!.id, START);
      await matches.putMatch({ ...quiet!, quiet: 'first_poll_old', alertState: 'done' });
      await matches.putMatch({ ...expired!, expiresAt: epochSeconds(later(1_000)) });

      clock.set(later(1_000));

      expect(await deliveries.listDue(later(86_400_000), 10)).toEqual([]);
    });

    it('follows a delivery through its attempts', async () => {
      const subject = await open();
      const dueAt = async () => (await subject.deliveries.listDue(later(86_400_000), 10)).map((one) => one.dueAt);
      const { id } = await begun(subject);
      const whileSending = await dueAt();

      await subject.deliveries.finishAttempt(id, { ...NOTHING, state: 'pending', dueAt: later(600_000) }, START);
      const untilNextTry = await dueAt();
      await subject.deliveries.beginAttempt(id, later(600_000), later(720_000));
      await subject.deliveries.finishAttempt(id, SENT, later(600_500));

      expect([whileSending, untilNextTry, await dueAt()]).toEqual([[UNTIL], [later(600_000)], []]);
    });
  });

  describe('a digest', () => {
    it('is opened once, and stays open for whoever opens it again', async () => {
      const { deliveries } = await open();

      expect(await deliveries.openDigest(aDigest())).toBe('open');
      expect(await deliveries.openDigest(aDigest({ cause: 'storm' }))).toBe('open');

      expect(await deliveries.getDigest(aDigest().id)).toEqual(aDigest());
      expect(await deliveries.getDigest('unknown.0')).toBeNull();
    });

    it('has the deliveries that wait in it, oldest first', async () => {
      const subject = await open();
      const members = await digestOf(subject, 3);

      const found = await subject.deliveries.digestMembers(aDigest().id);

      expect(ids(found)).toEqual(members);
      expect(found[0]).toMatchObject({ state: 'waiting', digestId: aDigest().id });
      expect(await subject.deliveries.digestMembers('unknown.0')).toEqual([]);
    });

    it('takes a delivery whose attempt ends in waiting', async () => {
      const subject = await open();
      await subject.deliveries.openDigest(aDigest());
      const { id } = await begun(subject);

      const outcome = { ...NOTHING, state: 'waiting', digestId: aDigest().id } as const;
      await subject.deliveries.finishAttempt(id, outcome, later(500));
      await subject.deliveries.finishAttempt(id, outcome, later(900));

      expect(await subject.deliveries.digestMembers(aDigest().id)).toEqual([
        expect.objectContaining({ id, ...outcome, updatedAt: later(500) }),
      ]);
    });

    it('takes no more members once it is closed, and says so', async () => {
      const subject = await open();
      await digestOf(subject, 1);
      const late = await begun(subject, aDelivery({ matchId: matchNumber(50) }));
      await subject.deliveries.beginDigest(aDigest().id, START, UNTIL);

      expect(await subject.deliveries.openDigest(aDigest())).toBe('closed');
      const waiting = { ...NOTHING, state: 'waiting', digestId: aDigest().id } as const;
      await expect(subject.deliveries.finishAttempt(late.id, waiting, START)).rejects.toMatchObject({
        code: 'conflict',
      });
      await expect(
        subject.deliveries.createDelivery(aDelivery({ ...waiting, matchId: matchNumber(51) })),
      ).rejects.toMatchObject({ code: 'conflict' });
      expect(await subject.deliveries.digestMembers(aDigest().id)).toHaveLength(1);
      expect((await subject.deliveries.getDelivery(late.id))?.state).toBe('sending');
      expect(await subject.deliveries.getDelivery(deliveryIdOf(matchNumber(51), late.subscriptionId))).toBeNull();
    });

    it('does not take a delivery twice: one that waits elsewhere stays there', async () => {
      const subject = await open();
      const [member] = await digestOf(subject, 1);
      const next = aDigest({ windowStart: later(3_600_000) });
      await subject.deliveries.openDigest(next);

      const again = aDelivery({ matchId: matchNumber(0), state: 'waiting', dueAt: null, digestId: next.id });
      expect(await subject.deliveries.createDelivery(again)).toBe('known');

      expect(ids(await subject.deliveries.digestMembers(aDigest().id))).toEqual([member]);
      expect(await subject.deliveries.digestMembers(next.id)).toEqual([]);
    });

    it('loses no member when it is closed while they arrive', async () => {
      const subject = await open();
      await subject.deliveries.openDigest(aDigest());
      const arriving = Array.from({ length: 12 }, (_, at) =>
        aDelivery({ matchId: matchNumber(at), state: 'waiting', dueAt: null, digestId: aDigest().id }),
      );

      const [closed, ...arrivals] = await Promise.allSettled([
        subject.elsewhere.deliveries.beginDigest(aDigest().id, START, UNTIL),
        ...arriving.map((delivery) => subject.deliveries.createDelivery(delivery)),
      ]);

      const accepted = arriving.filter((_, at) => arrivals[at]?.status === 'fulfilled');
      expect(closed).toMatchObject({ status: 'fulfilled', value: { state: 'closed' } });
      expect(ids(await subject.deliveries.digestMembers(aDigest().id)).toSorted()).toEqual(ids(accepted).toSorted());
    });

    it('is closed by one of two, counts, and is due again when the time is up', async () => {
      const subject = await open();
      await digestOf(subject, 1);

      const taken = await Promise.all([
        subject.deliveries.beginDigest(aDigest().id, later(1), UNTIL),
        subject.elsewhere.deliveries.beginDigest(aDigest().id, later(1), UNTIL),
      ]);

      const closed = { ...aDigest(), state: 'closed', attempts: 1, dueAt: UNTIL, updatedAt: later(1) };
      expect(taken.filter((one) => one !== null)).toEqual([closed]);
      expect(await subject.deliveries.getDigest(aDigest().id)).toEqual(closed);
      expect(await subject.deliveries.beginDigest(aDigest().id, later(119_999), later(300_000))).toBeNull();
      expect(await subject.deliveries.beginDigest(aDigest().id, UNTIL, later(300_000))).toMatchObject({ attempts: 2 });
    });

    it('that is not there cannot be closed', async () => {
      const { deliveries } = await open();

      expect(await deliveries.beginDigest('unknown.0', START, UNTIL)).toBeNull();
      expect(await deliveries.getDigest('unknown.0')).toBeNull();
    });

    it.each([
      ['sent', null, later(700)],
      ['failed', 'the server is gone', null],
      ['suppressed', 'unsubscribed', null],
    ] as const)('that ends as %s ends so for each member, once', async (state, reason, sentAt) => {
      const subject = await open();
      const members = await digestOf(subject, 3);
      await subject.deliveries.beginDigest(aDigest().id, START, UNTIL);

      await subject.deliveries.finishDigest(aDigest().id, { state, dueAt: null, reason }, members, later(700));
      await subject.deliveries.finishDigest(aDigest().id, { state, dueAt: null, reason }, members, later(900));

      expect(await subject.deliveries.getDigest(aDigest().id)).toMatchObject({ state, reason, updatedAt: later(700) });
      for (const member of await subject.deliveries.digestMembers(aDigest().id)) {
        expect(member).toMatchObject({ state, reason, sentAt, updatedAt: later(700), digestId: aDigest().id });
      }
      expect(await subject.deliveries.beginDigest(aDigest().id, later(86_400_000), later(86_500_000))).toBeNull();
      expect(await subject.deliveries.listDue(later(86_400_000), 10)).toEqual([]);
    });

    it('that is to be tried again leaves its members waiting', async () => {
      const subject = await open();
      const members = await digestOf(subject, 2);
      await subject.deliveries.beginDigest(aDigest().id, START, UNTIL);

      const again = { state: 'closed', dueAt: later(600_000), reason: 'throttled' } as const;
      await subject.deliveries.finishDigest(aDigest().id, again, members, later(700));

      expect(await subject.deliveries.getDigest(aDigest().id)).toMatchObject(again);
      const states = (await subject.deliveries.digestMembers(aDigest().id)).map(({ state }) => state);
      expect(states).toEqual(['waiting', 'waiting']);
      expect((await subject.deliveries.listDue(later(600_000), 10)).map(({ id }) => id)).toEqual([aDigest().id]);
    });
  });

  describe('the count of single alerts', () => {
    const WINDOW = epochSeconds(START);
    const take = (
      { deliveries }: Pick<Subject, 'deliveries'>,
      match: number,
      limit = 3,
      window = WINDOW,
      who = reader(1),
    ) => deliveries.reserveImmediateAlert(who, window, limit, deliveryIdOf(matchNumber(match), who));

    it('lets as many through as the limit says', async () => {
      const subject = await open();

      const answers: boolean[] = [];
      for (const match of [1, 2, 3, 4, 5]) answers.push(await take(subject, match));

      expect(answers).toEqual([true, true, true, false, false]);
    });

    it('counts a delivery once, however often it asks', async () => {
      const subject = await open();
      for (const match of [1, 1, 1, 2, 2, 3]) await take(subject, match);

      expect([await take(subject, 3), await take(subject, 1), await take(subject, 4)]).toEqual([true, true, false]);
    });

    it('is each subscription’s and each window’s own', async () => {
      const subject = await open();
      await take(subject, 1, 1);

      expect(await take(subject, 2, 1)).toBe(false);
      expect(await take(subject, 2, 1, WINDOW + 600)).toBe(true);
      expect(await take(subject, 2, 1, WINDOW, reader(2))).toBe(true);
    });

    it('lets nothing through at a limit of none', async () => {
      const subject = await open();

      expect([await take(subject, 1, 0), await take(subject, 1, 0)]).toEqual([false, false]);
    });

    it('lets no more through when many ask at the same time', async () => {
      const subject = await open();

      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, match) => take(match % 2 === 0 ? subject : subject.elsewhere, match)),
      );

      expect(answers.filter(Boolean)).toHaveLength(3);
    });
  });
}
