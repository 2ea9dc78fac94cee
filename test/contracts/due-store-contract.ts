import type { SubscriptionId } from '../../shared/model/ids.ts';
import {
  aDelivery,
  aDigest,
  aHit,
  aMatch,
  articleOf,
  aSubscription,
  epochSeconds,
  later,
  START,
} from '../support/builders.ts';
import { begun, matchNumber, NOTHING, SENT, UNTIL } from './some-deliveries.ts';
import { placeAlone } from './some-stories.ts';
import type { OpenSubject } from './store-contract.ts';

export function describeDueStore(open: OpenSubject): void {
  describe('what is due', () => {
    it('is every pending hit, delivery and digest, and every match from before there were hits, oldest first', async () => {
      const { deliveries, digests, due, matches, ...others } = await open();
      const match = aMatch({ firstSeenAt: later(2_000) }, { alertState: 'pending' });
      await matches.putMatch(match);
      const hit = aHit({ changedAt: later(2_500) });
      await placeAlone(others, hit);
      await deliveries.createDelivery(aDelivery({ dueAt: later(3_000) }));
      await digests.openDigest(aDigest({ dueAt: later(1_000) }));

      expect(await due.listDue(later(3_000), 10)).toEqual([
        { kind: 'digest', id: aDigest().id, dueAt: later(1_000) },
        { kind: 'match', id: match.id, dueAt: later(2_000) },
        { kind: 'hit', id: hit.article, dueAt: later(2_500) },
        { kind: 'delivery', id: aDelivery().id, dueAt: later(3_000) },
      ]);
    });

    it('is a subscription with a step, which never expires, and none without', async () => {
      const { subscriptions, due, clock } = await open();
      const id = (name: string) => name as SubscriptionId;
      await subscriptions.createSubscription(aSubscription({ id: id('asked'), step: 'question', dueAt: later(1_000) }));
      await subscriptions.createSubscription(aSubscription({ id: id('silent') }));
      const entry = { kind: 'subscription', id: 'asked', dueAt: later(1_000) };
      clock.advance(1_000);

      expect(await due.listDue(later(999), 10)).toEqual([]);
      expect(await due.listDue(later(1_000), 10)).toEqual([entry]);
      await subscriptions.updateSubscription(id('asked'), { dueAt: later(9_000) }, START);
      await due.bringForward({ kind: 'subscription', id: id('asked'), dueAt: later(9_000) }, later(2_000));
      expect(await due.listDue(later(2_000), 10)).toEqual([{ ...entry, dueAt: later(2_000) }]);
      await subscriptions.updateSubscription(id('asked'), { step: null, dueAt: null }, START);
      expect(await due.listDue(later(9_000), 10)).toEqual([]);
    });

    it('is nothing that is due later', async () => {
      const { deliveries, due } = await open();
      await deliveries.createDelivery(aDelivery({ dueAt: later(3_000) }));

      expect(await due.listDue(later(2_999), 10)).toEqual([]);
    });

    it('may be looked at ahead of its time, furthest first, and brought forward', async () => {
      const { deliveries, digests, due, ...others } = await open();
      await placeAlone(others, aHit({ changedAt: later(2_000) }));
      await deliveries.createDelivery(aDelivery({ dueAt: later(4_000) }));
      await digests.openDigest(aDigest({ dueAt: later(3_000) }));
      const now = later(1_000);

      const ahead = await due.listAhead(now, 10);
      expect(ahead.map(({ kind }) => kind)).toEqual(['delivery', 'digest', 'hit']);
      expect(await due.listAhead(now, 2)).toEqual(ahead.slice(0, 2));
      expect(await due.listAhead(later(3_000), 10)).toEqual(ahead.slice(0, 1));

      for (const entry of ahead) await due.bringForward(entry, now);

      expect(await due.listAhead(now, 10)).toEqual([]);
      expect((await due.listDue(now, 10)).map(({ kind, dueAt }) => `${kind} ${dueAt}`).sort()).toEqual(
        ['delivery', 'digest', 'hit'].map((kind) => `${kind} ${now}`),
      );
    });

    it('is the furthest when there is more ahead than asked for', async () => {
      const { deliveries, due } = await open();
      const all = Array.from({ length: 60 }, (_, at) => aDelivery({ matchId: matchNumber(at), dueAt: later(at + 2) }));
      for (const delivery of all) await deliveries.createDelivery(delivery);

      const found = await due.listAhead(later(1), 3);

      expect(found.map(({ dueAt }) => dueAt)).toEqual([later(61), later(60), later(59)]);
    });

    it('is not made of what was sent in the meantime', async () => {
      const subject = await open();
      const { id } = await begun(subject);
      const [entry] = await subject.due.listAhead(later(1), 10);
      await subject.deliveries.finishAttempt(id, SENT, later(500));

      await subject.due.bringForward(entry!, later(600));

      expect(await subject.due.listDue(later(1_000), 10)).toEqual([]);
      expect(await subject.deliveries.getDelivery(id)).toMatchObject({ state: 'sent', dueAt: null });
    });

    it('is the oldest when there are more than asked for', async () => {
      const { deliveries, due } = await open();
      const all = Array.from({ length: 40 }, (_, at) => aDelivery({ matchId: matchNumber(at), dueAt: later(40 - at) }));
      for (const delivery of all) await deliveries.createDelivery(delivery);

      const found = await due.listDue(later(1_000), 15);

      expect(found.map(({ dueAt }) => dueAt)).toEqual(Array.from({ length: 15 }, (_, at) => later(at + 1)));
    });

    it('is not a match or a hit that is alerted, quiet or expired', async () => {
      const { due, matches, hits, clock, ...others } = await open();
      const pending = [1, 2, 3].map((at) => aMatch({ articleId: `article-${at}` }, { alertState: 'pending' }));
      const [alerted, quiet, expired] = pending;
      await matches.putMatch(alerted!);
      await matches.markAlerted(alerted!.id, START);
      await matches.putMatch({ ...quiet!, quiet: 'first_poll_old', alertState: 'done' });
      await matches.putMatch({ ...expired!, expiresAt: epochSeconds(later(1_000)) });
      await placeAlone(others, aHit({}, [alerted!]));
      await hits.markAlerted(articleOf(alerted!), 1, START, null);
      await placeAlone(others, aHit({ alertState: 'done' }, [quiet!]));
      await placeAlone(others, aHit({ expiresAt: epochSeconds(later(1_000)) }, [expired!]));

      clock.set(later(1_000));

      expect(await due.listDue(later(86_400_000), 10)).toEqual([]);
    });

    it('follows a delivery through its attempts', async () => {
      const subject = await open();
      const dueAt = async () => (await subject.due.listDue(later(86_400_000), 10)).map((one) => one.dueAt);
      const { id } = await begun(subject);
      const whileSending = await dueAt();

      await subject.deliveries.finishAttempt(id, { ...NOTHING, state: 'pending', dueAt: later(600_000) }, START);
      const untilNextTry = await dueAt();
      await subject.deliveries.beginAttempt(id, later(600_000), later(720_000));
      await subject.deliveries.finishAttempt(id, SENT, later(600_500));

      expect([whileSending, untilNextTry, await dueAt()]).toEqual([[UNTIL], [later(600_000)], []]);
    });
  });
}
