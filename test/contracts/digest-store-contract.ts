import { because, NOTHING_NEW } from '../../shared/model/delivery-reason.ts';
import type { DeliveryId } from '../../shared/model/ids.ts';
import { deliveryIdOf } from '../../shared/model/ids.ts';
import { aDelivery, aDigest, epochSeconds, later, START } from '../support/builders.ts';
import { begun, digestOf, ids, matchNumber, NOTHING, UNTIL } from './some-deliveries.ts';
import type { OpenSubject } from './store-contract.ts';

export function describeDigestStore(open: OpenSubject): void {
  describe('a digest', () => {
    it('is opened once, and is still open when it is opened again', async () => {
      const { digests } = await open();

      expect(await digests.openDigest(aDigest())).toBe('open');
      expect(await digests.openDigest(aDigest({ cause: 'storm' }))).toBe('open');

      expect(await digests.getDigest(aDigest().id)).toEqual(aDigest());
      expect(await digests.getDigest('unknown.0')).toBeNull();
    });

    it('is gone once it has expired, although the database still has it', async () => {
      const { digests, clock } = await open();
      await digests.openDigest(aDigest({ expiresAt: epochSeconds(later(60_000)) }));

      clock.set(later(59_000));
      expect(await digests.getDigest(aDigest().id)).not.toBeNull();
      clock.set(later(60_000));
      expect(await digests.getDigest(aDigest().id)).toBeNull();
    });

    it('has the deliveries that wait in it, oldest first', async () => {
      const subject = await open();
      const members = await digestOf(subject, 3);

      const found = await subject.digests.digestMembers(aDigest().id);

      expect(ids(found)).toEqual(members);
      expect(found[0]).toMatchObject({ state: 'waiting', digestId: aDigest().id });
      expect(await subject.digests.digestMembers('unknown.0')).toEqual([]);
    });

    it('takes a delivery whose attempt ends in waiting', async () => {
      const subject = await open();
      await subject.digests.openDigest(aDigest());
      const { id } = await begun(subject);

      const outcome = { ...NOTHING, state: 'waiting', digestId: aDigest().id } as const;
      await subject.deliveries.finishAttempt(id, outcome, later(500));
      await subject.deliveries.finishAttempt(id, outcome, later(900));

      expect(await subject.digests.digestMembers(aDigest().id)).toEqual([
        expect.objectContaining({ id, ...outcome, updatedAt: later(500) }),
      ]);
    });

    it('takes no more members once it is closed, and says so', async () => {
      const subject = await open();
      await digestOf(subject, 1);
      const late = await begun(subject, aDelivery({ matchId: matchNumber(50) }));
      await subject.digests.beginDigest(aDigest().id, START, UNTIL);

      expect(await subject.digests.openDigest(aDigest())).toBe('closed');
      const waiting = { ...NOTHING, state: 'waiting', digestId: aDigest().id } as const;
      await expect(subject.deliveries.finishAttempt(late.id, waiting, START)).rejects.toMatchObject({
        code: 'conflict',
      });
      await expect(
        subject.deliveries.createDelivery(aDelivery({ ...waiting, matchId: matchNumber(51) })),
      ).rejects.toMatchObject({ code: 'conflict' });
      expect(await subject.digests.digestMembers(aDigest().id)).toHaveLength(1);
      expect((await subject.deliveries.getDelivery(late.id))?.state).toBe('sending');
      expect(await subject.deliveries.getDelivery(deliveryIdOf(matchNumber(51), late.subscriptionId))).toBeNull();
    });

    it('does not take a delivery twice: one that waits elsewhere stays there', async () => {
      const subject = await open();
      const [member] = await digestOf(subject, 1);
      const next = aDigest({ windowStart: later(3_600_000) });
      await subject.digests.openDigest(next);

      const again = aDelivery({ matchId: matchNumber(0), state: 'waiting', dueAt: null, digestId: next.id });
      expect(await subject.deliveries.createDelivery(again)).toBe('known');

      expect(ids(await subject.digests.digestMembers(aDigest().id))).toEqual([member]);
      expect(await subject.digests.digestMembers(next.id)).toEqual([]);
    });

    it('loses no member when it is closed while they arrive', async () => {
      const subject = await open();
      await subject.digests.openDigest(aDigest());
      const arriving = Array.from({ length: 12 }, (_, at) =>
        aDelivery({ matchId: matchNumber(at), state: 'waiting', dueAt: null, digestId: aDigest().id }),
      );

      const [closed, ...arrivals] = await Promise.allSettled([
        subject.elsewhere.digests.beginDigest(aDigest().id, START, UNTIL),
        ...arriving.map((delivery) => subject.deliveries.createDelivery(delivery)),
      ]);

      const accepted = arriving.filter((_, at) => arrivals[at]?.status === 'fulfilled');
      expect(closed).toMatchObject({ status: 'fulfilled', value: { state: 'closed' } });
      expect(ids(await subject.digests.digestMembers(aDigest().id)).toSorted()).toEqual(ids(accepted).toSorted());
    });

    it('is closed by one of two, counts, and is due again when the time is up', async () => {
      const subject = await open();
      await digestOf(subject, 1);

      const taken = await Promise.all([
        subject.digests.beginDigest(aDigest().id, later(1), UNTIL),
        subject.elsewhere.digests.beginDigest(aDigest().id, later(1), UNTIL),
      ]);

      const closed = { ...aDigest(), state: 'closed', attempts: 1, dueAt: UNTIL, updatedAt: later(1) };
      expect(taken.filter((one) => one !== null)).toEqual([closed]);
      expect(await subject.digests.getDigest(aDigest().id)).toEqual(closed);
      expect(await subject.digests.beginDigest(aDigest().id, later(119_999), later(300_000))).toBeNull();
      expect(await subject.digests.beginDigest(aDigest().id, UNTIL, later(300_000))).toMatchObject({ attempts: 2 });
    });

    it('that is not there cannot be closed', async () => {
      const { digests } = await open();

      expect(await digests.beginDigest('unknown.0', START, UNTIL)).toBeNull();
      expect(await digests.getDigest('unknown.0')).toBeNull();
    });

    it.each([
      ['sent', null, later(700)],
      ['failed', 'the server is gone', null],
      ['suppressed', 'unsubscribed', null],
    ] as const)('that ends as %s ends so for each member, once', async (state, reason, sentAt) => {
      const subject = await open();
      const members = await digestOf(subject, 3);
      await subject.digests.beginDigest(aDigest().id, START, UNTIL);

      await subject.digests.finishDigest(aDigest().id, { state, dueAt: null, reason }, members, later(700));
      await subject.digests.finishDigest(aDigest().id, { state, dueAt: null, reason }, members, later(900));

      expect(await subject.digests.getDigest(aDigest().id)).toMatchObject({ state, reason, updatedAt: later(700) });
      for (const member of await subject.digests.digestMembers(aDigest().id)) {
        expect(member).toMatchObject({ state, reason, sentAt, updatedAt: later(700), digestId: aDigest().id });
      }
      expect(await subject.digests.beginDigest(aDigest().id, later(86_400_000), later(86_500_000))).toBeNull();
      expect(await subject.due.listDue(later(86_400_000), 10)).toEqual([]);
    });

    it.each(['sent', 'failed'] as const)(
      'that ends as %s records what became of members that brought nothing new',
      async (state) => {
        const subject = await open();
        const [told, repeated] = (await digestOf(subject, 2)) as [DeliveryId, DeliveryId];
        await subject.digests.beginDigest(aDigest().id, START, UNTIL);

        const outcome = { state, dueAt: null, reason: null };
        await subject.digests.finishDigest(aDigest().id, outcome, [told, repeated], later(700), new Set([repeated]));

        const ended = (id: DeliveryId) => subject.deliveries.getDelivery(id);
        expect(await ended(told)).toMatchObject({ state, reason: null });
        expect(await ended(repeated)).toMatchObject(
          state === 'sent' ? { state: 'merged', ...NOTHING_NEW, sentAt: null } : { state: 'failed', reason: null },
        );
      },
    );

    it('that a service took leaves the receipt with what it told of, and nowhere else', async () => {
      const subject = await open();
      const [told, repeated] = (await digestOf(subject, 2)) as [DeliveryId, DeliveryId];
      await subject.digests.beginDigest(aDigest().id, START, UNTIL);

      const receipt = { state: 'accepted', providerId: 'run-1' } as const;
      const sent = { state: 'sent', dueAt: null, reason: null, receipt } as const;
      await subject.digests.finishDigest(aDigest().id, sent, [told, repeated], later(700), new Set([repeated]));

      expect(await subject.deliveries.getDelivery(told)).toMatchObject({ ...receipt, sentAt: later(700) });
      expect(await subject.deliveries.getDelivery(repeated)).toMatchObject({ state: 'merged', providerId: null });
      expect(await subject.digests.getDigest(aDigest().id)).toMatchObject({ state: 'sent' });
    });

    it('that is sent fails those that are about nothing any more', async () => {
      const subject = await open();
      const [told, lost] = (await digestOf(subject, 2)) as [DeliveryId, DeliveryId];
      await subject.digests.beginDigest(aDigest().id, START, UNTIL);

      const sent = { state: 'sent', dueAt: null, reason: null } as const;
      const leftOut = new Map([[lost, because('not_stored')]]);
      await subject.digests.finishDigest(aDigest().id, sent, [told, lost], later(700), new Set(), leftOut);

      expect(await subject.deliveries.getDelivery(lost)).toMatchObject({ state: 'failed', reasonCode: 'not_stored' });
      expect((await subject.deliveries.listFailed(START, 10)).map(({ id }) => id)).toEqual([lost]);
    });

    it('that is sent leaves out what is not wanted any more, with the reason', async () => {
      const subject = await open();
      const [first, ...others] = await digestOf(subject, 2);
      await subject.digests.beginDigest(aDigest().id, START, UNTIL);

      const sent = { state: 'sent', dueAt: null, reason: null } as const;
      const leftOut = new Map(others.map((id) => [id, because('muted', 'the topic is muted')]));
      await subject.digests.finishDigest(aDigest().id, sent, [first!, ...others], later(700), new Set(), leftOut);

      const members = new Map((await subject.digests.digestMembers(aDigest().id)).map((one) => [one.id, one]));
      expect(members.get(first!)).toMatchObject({ state: 'sent', reason: null, sentAt: later(700) });
      for (const other of others)
        expect(members.get(other)).toMatchObject({
          state: 'filtered',
          reason: 'the topic is muted',
          reasonCode: 'muted',
          sentAt: null,
        });
    });

    it('that waits for quiet hours to end has used up no try', async () => {
      const subject = await open();
      await digestOf(subject, 1);
      await subject.digests.beginDigest(aDigest().id, START, UNTIL);

      const held = { state: 'closed', dueAt: later(600_000), reason: 'quiet hours', attempts: 0 } as const;
      await subject.digests.finishDigest(aDigest().id, held, [], later(700));

      expect(await subject.digests.getDigest(aDigest().id)).toMatchObject(held);
      expect(await subject.digests.beginDigest(aDigest().id, later(600_000), later(900_000))).toMatchObject({
        attempts: 1,
      });
    });

    it('that is to be tried again leaves its members waiting', async () => {
      const subject = await open();
      const members = await digestOf(subject, 2);
      await subject.digests.beginDigest(aDigest().id, START, UNTIL);

      const again = { state: 'closed', dueAt: later(600_000), reason: 'throttled' } as const;
      await subject.digests.finishDigest(aDigest().id, again, members, later(700));

      expect(await subject.digests.getDigest(aDigest().id)).toMatchObject(again);
      const states = (await subject.digests.digestMembers(aDigest().id)).map(({ state }) => state);
      expect(states).toEqual(['waiting', 'waiting']);
      expect((await subject.due.listDue(later(600_000), 10)).map(({ id }) => id)).toEqual([aDigest().id]);
    });
  });
}
