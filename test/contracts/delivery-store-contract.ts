import { because, spokenForBy } from '../../shared/model/delivery-reason.ts';
import type { MailEventState } from '../../shared/model/delivery-states.ts';
import { deliveryIdOf } from '../../shared/model/ids.ts';
import { aDelivery, aDigest, aMatch, epochSeconds, later, START } from '../support/builders.ts';
import { allPages } from './paging.ts';
import { begun, digestOf, HELD, ids, matchNumber, NOTHING, ofHit, reader, SENT, UNTIL } from './some-deliveries.ts';
import type { OpenSubject, Subject } from './store-contract.ts';

export function describeDeliveryStore(open: OpenSubject): void {
  describe('a delivery', () => {
    it('comes back as it was created', async () => {
      const { deliveries } = await open();
      const full = aDelivery({
        channel: 'sns',
        reason: 'tried again: throttled',
        reasonCode: 'service_unavailable',
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
      const { deliveries, due, clock } = await open();
      await deliveries.createDelivery(aDelivery({ expiresAt: epochSeconds(later(10_000)) }));

      clock.set(later(10_000));

      expect(await deliveries.getDelivery(aDelivery().id)).toBeNull();
      expect(await deliveries.deliveriesOfMatch(aDelivery().matchId)).toEqual([]);
      expect(await due.listDue(later(10_000), 10)).toEqual([]);
    });
  });

  describe('a delivery that its hit is due for', () => {
    const unlisted = ofHit(1);

    it('is not due itself before it is listed, not even while it is being sent', async () => {
      const { deliveries, due } = await open();
      const { id } = unlisted;
      expect(await deliveries.createDelivery(unlisted, { isListed: false })).toBe('created');
      expect(await deliveries.createDelivery(unlisted)).toBe('known');
      expect(await due.listDue(UNTIL, 10)).toEqual([]);
      await deliveries.beginAttempt(id, START, UNTIL);
      expect(await due.listDue(UNTIL, 10)).toEqual([]);

      expect(await deliveries.listUnsettled(unlisted.articleId!)).toBe(1);

      expect(await due.listDue(UNTIL, 10)).toEqual([{ kind: 'delivery', id, dueAt: UNTIL }]);
      expect(await deliveries.getDelivery(id)).toMatchObject({ state: 'sending', attempts: 1 });
      expect(await deliveries.listUnsettled(unlisted.articleId!)).toBe(0);
    });

    it('is due itself once it is to be tried again', async () => {
      const { deliveries, due } = await open();
      await deliveries.createDelivery(unlisted, { isListed: false });
      await deliveries.beginAttempt(unlisted.id, START, UNTIL);

      await deliveries.finishAttempt(unlisted.id, { ...NOTHING, state: 'pending', dueAt: UNTIL }, later(2));

      expect(await due.listDue(UNTIL, 10)).toEqual([{ kind: 'delivery', id: unlisted.id, dueAt: UNTIL }]);
    });

    it('is not listed once it has an outcome, and those of other hits are not either', async () => {
      const { deliveries, due } = await open();
      const other = ofHit(1, 'article-2');
      for (const one of [unlisted, other]) await deliveries.createDelivery(one, { isListed: false });
      await deliveries.beginAttempt(unlisted.id, START, UNTIL);
      await deliveries.finishAttempt(unlisted.id, SENT, later(2));

      expect(await deliveries.listUnsettled(unlisted.articleId!)).toBe(0);

      expect(await due.listDue(later(86_400_000), 10)).toEqual([]);
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

    it('of a hit are found, of all its revisions, and no other hit’s', async () => {
      const { deliveries } = await open();
      const [first, second, other] = [ofHit(1), ofHit(2), ofHit(1, 'article-2')];
      for (const delivery of [first, second, other, aDelivery()]) await deliveries.createDelivery(delivery);

      const found = await deliveries.deliveriesOfHit(first.articleId!);

      expect(found.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual([first, second]);
      expect(ids(await deliveries.deliveriesOfMatch(aDelivery().matchId))).toEqual([aDelivery().id]);
      expect(await deliveries.getDelivery(second.id)).toEqual(second);
    });

    it('are found by id, those that exist, each once', async () => {
      const { deliveries, clock } = await open();
      const expiring = ofHit(1, 'article-2', { expiresAt: epochSeconds(later(10_000)) });
      for (const delivery of [ofHit(1), aDelivery(), expiring]) await deliveries.createDelivery(delivery);
      clock.set(later(10_000));

      const all = [ofHit(1).id, aDelivery().id, ofHit(1).id, ofHit(7).id, expiring.id];
      const found = await deliveries.getDeliveries(all);

      expect(ids(found).toSorted()).toEqual([ofHit(1).id, aDelivery().id].toSorted());
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
      await subject.digests.beginDigest(aDigest().id, START, UNTIL);
      await subject.digests.finishDigest(
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
      [
        'failed',
        { ...NOTHING, state: 'failed', ...because('delivery_refused', 'the server does not know the address') },
      ],
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

    it('begins with a delivery that was held, whose alert may turn out to be an update', async () => {
      const subject = await open();
      const { id } = await begun(subject, ofHit(1));
      await subject.deliveries.finishAttempt(id, HELD, later(500));
      const held = await subject.deliveries.getDelivery(id);

      const again = await subject.deliveries.beginAttempt(id, HELD.dueAt, later(20_000_000));
      await subject.deliveries.finishAttempt(id, { ...SENT, kind: 'update' }, later(15_000_000));

      expect(held).toMatchObject({ state: 'held', attempts: 0, dueAt: HELD.dueAt, reason: HELD.reason });
      expect(again).toMatchObject({ state: 'sending', attempts: 1 });
      expect(await subject.deliveries.getDelivery(id)).toMatchObject({ state: 'sent', kind: 'update', reason: null });
    });

    it('that succeeds after one that failed leaves no reason behind', async () => {
      const subject = await open();
      const { id } = await begun(subject);
      await subject.deliveries.finishAttempt(
        id,
        { ...NOTHING, state: 'pending', dueAt: START, ...because('service_unavailable', 'throttled') },
        START,
      );
      await subject.deliveries.beginAttempt(id, START, UNTIL);

      await subject.deliveries.finishAttempt(id, SENT, later(900));

      expect(await subject.deliveries.getDelivery(id)).toMatchObject({
        state: 'sent',
        reason: null,
        reasonCode: null,
        attempts: 2,
      });
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

  describe('a held delivery', () => {
    it('is due at its time', async () => {
      const subject = await open();
      const { id } = await begun(subject, ofHit(1));
      await subject.deliveries.finishAttempt(id, HELD, later(500));

      expect(await subject.due.listDue(later(14_399_999), 10)).toEqual([]);
      expect(await subject.due.listDue(HELD.dueAt, 10)).toEqual([{ kind: 'delivery', id, dueAt: HELD.dueAt }]);
    });

    it('is merged into the alert that speaks for it, and one in another state is not', async () => {
      const subject = await open();
      const [held, sent] = [ofHit(1), ofHit(1, 'article-2')];
      await begun(subject, held);
      await subject.deliveries.finishAttempt(held.id, HELD, later(500));
      await begun(subject, sent);
      await subject.deliveries.finishAttempt(sent.id, SENT, later(500));

      for (const at of [later(900), later(1_000)])
        await subject.deliveries.mergeHeld(
          [held.id, sent.id, ofHit(9).id],
          because('spoken_for', 'an update speaks for it'),
          at,
        );

      expect(await subject.deliveries.getDelivery(held.id)).toMatchObject({
        state: 'merged',
        dueAt: null,
        reason: 'an update speaks for it',
        reasonCode: 'spoken_for',
        updatedAt: later(900),
      });
      expect(await subject.deliveries.getDelivery(sent.id)).toMatchObject({ state: 'sent', reason: null });
      expect(await subject.deliveries.getDelivery(ofHit(9).id)).toBeNull();
      expect(await subject.due.listDue(later(86_400_000), 10)).toEqual([]);
      expect(await subject.deliveries.beginAttempt(held.id, HELD.dueAt, UNTIL)).toBeNull();
    });
  });

  describe('what a provider says of a mail', () => {
    const event = (state: MailEventState) => ({ state, reason: `it was ${state}`, providerId: 'ses-1' });

    it('is the state of the delivery from then on, which is due no more', async () => {
      const subject = await open();
      const { id } = await begun(subject);
      await subject.deliveries.finishAttempt(id, SENT, later(500));

      expect(await subject.deliveries.noteMailEvent(id, event('delivered'), later(900))).toBe(true);
      expect(await subject.deliveries.getDelivery(id)).toMatchObject({
        state: 'delivered',
        reason: 'it was delivered',
        reasonCode: null,
        providerId: 'ses-1',
        sentAt: SENT.sentAt,
        updatedAt: later(900),
      });
      expect(await subject.due.listDue(later(86_400_000), 10)).toEqual([]);
    });

    it('counts before the sender has noted that the mail was taken, and is not overwritten by that', async () => {
      const subject = await open();
      const { id } = await begun(subject);

      await subject.deliveries.noteMailEvent(id, event('bounced'), later(400));
      await subject.deliveries.finishAttempt(id, SENT, later(500));

      const delivery = await subject.deliveries.getDelivery(id);
      expect(delivery).toMatchObject({
        state: 'bounced',
        reasonCode: 'bounced',
        dueAt: null,
        sentAt: later(400),
        updatedAt: later(400),
      });
      expect(await subject.deliveries.beginAttempt(id, later(200_000), later(300_000))).toBeNull();
      expect(await subject.due.listDue(later(86_400_000), 10)).toEqual([]);
    });

    it.each<[readonly MailEventState[], MailEventState]>([
      [['delayed', 'delivered'], 'delivered'],
      [['delivered', 'delayed'], 'delivered'],
      [['delayed', 'delivered', 'bounced'], 'bounced'],
      [['bounced', 'delivered', 'delayed'], 'bounced'],
      [['delivered', 'complained'], 'complained'],
      [['complained', 'bounced', 'delivered', 'delayed'], 'complained'],
      [['bounced', 'complained'], 'complained'],
      [['suppressed', 'delivered', 'bounced'], 'suppressed'],
      [['failed', 'delivered'], 'failed'],
    ])('events of %j end as %s, however often each comes', async (states, end) => {
      const subject = await open();
      const { id } = await begun(subject);
      await subject.deliveries.finishAttempt(id, SENT, later(500));

      for (const state of states.flatMap((each) => [each, each]))
        await subject.deliveries.noteMailEvent(id, event(state), later(900));

      expect((await subject.deliveries.getDelivery(id))?.state).toBe(end);
    });

    it('twice changes nothing, not even the time', async () => {
      const subject = await open();
      const { id } = await begun(subject);
      await subject.deliveries.noteMailEvent(id, event('delivered'), later(900));

      expect(await subject.deliveries.noteMailEvent(id, event('delivered'), later(999))).toBe(false);
      expect((await subject.deliveries.getDelivery(id))?.updatedAt).toBe(later(900));
    });

    it('is listed when it is a failure', async () => {
      const subject = await open();
      const { id } = await begun(subject);
      await subject.deliveries.noteMailEvent(id, event('failed'), later(900));

      expect(ids(await subject.deliveries.listFailed(START, 10))).toEqual([id]);
    });

    it('follows merged only where the mail is that of the update that told it', async () => {
      const subject = await open();
      const { id } = await begun(subject);
      await subject.deliveries.finishAttempt(id, HELD, later(50));
      await subject.deliveries.mergeHeld([id], spokenForBy(ofHit(9).id), later(100));

      expect(await subject.deliveries.noteMailEvent(id, event('bounced'), later(900))).toBe(false);
      const told = { ...event('bounced'), wasSpokenFor: true };
      expect(await subject.deliveries.noteMailEvent(id, told, later(900))).toBe(true);
      expect(await subject.deliveries.noteMailEvent(id, told, later(901))).toBe(false);
      expect(await subject.deliveries.getDelivery(id)).toMatchObject({ state: 'bounced', updatedAt: later(900) });
    });

    it('is nothing to a delivery that speaks for no mail, or that is not there', async () => {
      const subject = await open();
      const [waiting] = await digestOf(subject, 1);

      expect(await subject.deliveries.noteMailEvent(waiting!, event('bounced'), later(900))).toBe(false);
      expect(await subject.deliveries.noteMailEvent(ofHit(9).id, event('bounced'), later(900))).toBe(false);
      expect((await subject.deliveries.getDelivery(waiting!))?.state).toBe('waiting');
      expect(await subject.deliveries.getDelivery(ofHit(9).id)).toBeNull();
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
