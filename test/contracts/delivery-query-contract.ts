import { because } from '../../shared/model/delivery-reason.ts';
import { DELIVERY_STATES, REDELIVERABLE } from '../../shared/model/delivery-states.ts';
import { type ArticleId, deliveryIdOf, hitDeliveryIdOf, type SubscriptionId } from '../../shared/model/ids.ts';
import type { Match } from '../../shared/model/match.ts';
import type { Delivery } from '../../shared/model/subscription.ts';
import { aDelivery, aHit, aMatch, later } from '../support/builders.ts';
import { allPages } from './paging.ts';
import { begun, digestOf, ids, NOTHING, ofHit, reader, SENT, UNTIL } from './some-deliveries.ts';
import { placeAlone } from './some-stories.ts';
import type { OpenSubject, Subject } from './store-contract.ts';

const DAY = 86_400_000;
const REFUSED = because('delivery_refused', 'the server does not know the address');

/** The alert of one article to one subscriber, recorded when the article was found. */
const alertOf = (
  matches: readonly [Match, ...Match[]],
  who: SubscriptionId,
  change: Partial<Delivery> = {},
): Delivery => {
  const [lead] = matches;
  const articleId = lead.article.id as ArticleId;
  return {
    ...aDelivery({
      kind: 'alert',
      matchId: lead.id,
      matchIds: matches.map(({ id }) => id),
      articleId,
      storyId: aHit({}, matches).story.id,
      topicId: lead.topic.id,
      subscriptionId: who,
      createdAt: lead.article.firstSeenAt,
    }),
    id: hitDeliveryIdOf(articleId, 1, who),
    ...change,
  };
};
const matchAt = (ms: number, topicId?: string): Match =>
  aMatch({ articleId: `article-${ms}`, firstSeenAt: later(ms), ...(topicId === undefined ? {} : { topicId }) });

async function given(
  { matches, deliveries }: Subject,
  stored: readonly Match[],
  recorded: readonly Delivery[],
): Promise<void> {
  for (const match of stored) await matches.putMatch(match);
  for (const delivery of recorded) await deliveries.createDelivery(delivery);
}

const failed = async (subject: Subject, delivery: Delivery, ms: number, outcome: object = {}): Promise<Delivery> => {
  await begun(subject, delivery);
  const ended = { ...NOTHING, state: 'failed', ...REFUSED, ...outcome } as const;
  await subject.deliveries.finishAttempt(delivery.id, ended, later(ms));
  return (await subject.deliveries.getDelivery(delivery.id))!;
};

export function describeDeliveryQuery(open: OpenSubject): void {
  const all = async (
    { deliveries }: Subject,
    filter: Parameters<Subject['deliveries']['queryDeliveries']>[0],
    limit = 50,
  ) => (await allPages(limit, (page) => deliveries.queryDeliveries(filter, page))).map(ids);

  describe('a query for deliveries', () => {
    it('without a filter finds those of the newest articles first, events and alerts alike, each once', async () => {
      const subject = await open();
      const [old, fresh, another] = [matchAt(0), matchAt(DAY), matchAt(DAY, 'treaties')];
      const event = aDelivery({ matchId: fresh.id, subscriptionId: reader(0), channel: 'sns', createdAt: later(DAY) });
      const alerts = [alertOf([fresh, another], reader(1)), alertOf([another, fresh], reader(2))];
      const first = alertOf([old], reader(1));
      await given(subject, [old, fresh, another], [first, event, ...alerts]);

      const [found = []] = await all(subject, {});

      expect(found.at(-1)).toBe(first.id);
      expect(found.toSorted()).toEqual(ids([first, event, ...alerts]).toSorted());
    });

    it('comes in pages, also within one article', async () => {
      const subject = await open();
      const [old, fresh] = [matchAt(0), matchAt(1)];
      const readers = Array.from({ length: 205 }, (_, number) => reader(number));
      const recorded = [...readers.map((who) => alertOf([fresh], who)), alertOf([old], reader(1))];
      await given(subject, [old, fresh], recorded);

      const pages = await all(subject, {}, 60);

      expect(pages.map(({ length }) => length)).toEqual([60, 60, 60, 26]);
      expect(pages.flat().toSorted()).toEqual(ids(recorded).toSorted());
      expect(pages.flat().at(-1)).toBe(recorded.at(-1)!.id);
    });

    it('narrows by state, reason, channel and the time of the record', async () => {
      const subject = await open();
      const [old, fresh] = [matchAt(0), matchAt(3_600_000)];
      const muted = alertOf([fresh], reader(1), { state: 'filtered', dueAt: null, ...because('muted') });
      const slack = alertOf([fresh], reader(2), { channel: 'slack' });
      const first = alertOf([old], reader(1));
      await given(subject, [old, fresh], [muted, slack, first]);

      expect(await all(subject, { state: 'filtered' })).toEqual([[muted.id]]);
      expect(await all(subject, { reason: 'muted' })).toEqual([[muted.id]]);
      expect(await all(subject, { reason: 'severity' })).toEqual([[]]);
      expect(await all(subject, { channel: 'slack' })).toEqual([[slack.id]]);
      expect(await all(subject, { until: later(3_600_000) })).toEqual([[first.id]]);
      expect(await all(subject, { since: later(3_600_000), channel: 'email' })).toEqual([[muted.id]]);
    });

    it('finds what was recorded days after its article was found', async () => {
      const subject = await open();
      const match = matchAt(0);
      const later1 = alertOf([match], reader(1), { createdAt: later(DAY) });
      await given(subject, [match], [later1]);

      expect(await all(subject, { since: later(DAY) })).toEqual([[later1.id]]);
      expect(await all(subject, { since: later(DAY + 1) })).toEqual([[]]);
    });

    it('finds those of a match, whichever match they lead with', async () => {
      const subject = await open();
      const [lead, other] = [matchAt(0), matchAt(0, 'treaties')];
      const both = alertOf([lead, other], reader(1));
      const event = aDelivery({ matchId: other.id, subscriptionId: reader(0), channel: 'sns' });
      await given(subject, [lead, other], [both, event, alertOf([lead], reader(2))]);

      const pages = await all(subject, { match: other.id }, 1);

      expect(pages.flat().toSorted()).toEqual([both.id, event.id].toSorted());
      expect(await all(subject, { match: other.id, state: 'sent' })).toEqual([[]]);
    });

    it('finds those of a story, report by report', async () => {
      const subject = await open();
      const [first, second, elsewhere] = [matchAt(0), matchAt(1_000), matchAt(2_000)];
      const of = (match: Match, id: string, who: number) => alertOf([match], reader(who), { storyId: id });
      const recorded = [of(first, 'shared', 1), of(second, 'shared', 1), of(second, 'shared', 2)];
      await given(subject, [first, second, elsewhere], [...recorded, of(elsewhere, 'other', 1)]);
      for (const match of [first, second]) {
        const hit = aHit({}, [match]);
        await placeAlone(subject, { ...hit, story: { ...hit.story, id: 'shared' } });
      }

      const pages = await all(subject, { story: 'shared' }, 2);

      expect(pages.map(({ length }) => length)).toEqual([2, 1]);
      expect(pages[1]).toEqual([recorded[0]!.id]);
      expect(await all(subject, { story: 'unknown' })).toEqual([[]]);
    });

    it('finds those of subscriptions, by when they were recorded', async () => {
      const subject = await open();
      const recorded = [0, 1, 2, 3].map((ms) => alertOf([matchAt(ms)], reader(ms % 3)));
      await given(subject, [], recorded);

      const subscriptions = [reader(0), reader(1)];
      expect(await all(subject, { subscriptions }, 2)).toEqual([
        ids([recorded[3]!, recorded[1]!]),
        ids([recorded[0]!]),
      ]);
      expect(await all(subject, { subscriptions, since: later(1), until: later(3) })).toEqual([ids([recorded[1]!])]);
      expect(await all(subject, { subscriptions: [] })).toEqual([[]]);
    });

    it('for those that failed finds all that did not arrive, by when that was found', async () => {
      const subject = await open();
      const at = (ms: number) => alertOf([matchAt(0)], reader(ms));
      const refused = await failed(subject, at(1), 3_000);
      const bounced = await failed(subject, at(2), 1_000, { state: 'bounced', ...because('bounced') });
      const gone = await failed(subject, at(3), 2_000, { state: 'disabled', ...because('disabled') });
      const listed = await failed(subject, at(4), 4_000, { state: 'suppressed', ...because('suppressed') });
      await failed(subject, at(5), 5_000, { state: 'suppressed', ...because('unsubscribed') });
      await begun(subject, at(6));
      await subject.deliveries.finishAttempt(at(6).id, SENT, later(6_000));

      expect(await all(subject, { failed: true }, 3)).toEqual([ids([listed, refused, gone]), ids([bounced])]);
      expect(await all(subject, { failed: true, since: later(2_000), until: later(4_000) })).toEqual([
        ids([refused, gone]),
      ]);
      expect(await all(subject, { failed: true, state: 'bounced', subscriptions: [reader(2)] })).toEqual([
        [bounced.id],
      ]);
      expect(ids(await subject.deliveries.listFailed(later(2_000), 10))).toEqual(ids([listed, refused, gone]));
    });

    it('refuses the cursor of another query', async () => {
      const subject = await open();
      const match = matchAt(0);
      await given(subject, [match], [alertOf([match], reader(1)), alertOf([match], reader(2))]);
      const { cursor } = await subject.deliveries.queryDeliveries({}, { limit: 1, cursor: null });

      expect(cursor).not.toBeNull();
      await expect(
        subject.deliveries.queryDeliveries({ channel: 'email' }, { limit: 1, cursor }),
      ).rejects.toMatchObject({ code: 'bad_cursor' });
    });
  });

  describe('a delivery that is to be sent again', () => {
    it('is due at once, as if it had never been tried, and has not failed any more', async () => {
      const subject = await open();
      const before = await failed(subject, ofHit(1), 500);

      const again = await subject.deliveries.redeliver(before.id, later(900));

      const expected = { ...before, ...NOTHING, reasonCode: null, state: 'pending', attempts: 0 };
      expect(again).toEqual({ ...expected, dueAt: later(900), updatedAt: later(900) });
      expect(await subject.deliveries.getDelivery(before.id)).toEqual(again);
      expect(await subject.due.listDue(later(900), 10)).toEqual([
        { kind: 'delivery', id: before.id, dueAt: later(900) },
      ]);
      expect(await subject.deliveries.listFailed(later(0), 10)).toEqual([]);
      expect(await subject.deliveries.beginAttempt(before.id, later(900), UNTIL)).toMatchObject({ attempts: 1 });
    });

    it('leaves the digest that failed', async () => {
      const subject = await open();
      const [member] = await digestOf(subject, 1);
      const { digestId } = (await subject.deliveries.getDelivery(member!))!;
      await subject.digests.beginDigest(digestId!, later(0), UNTIL);
      await subject.digests.finishDigest(
        digestId!,
        { state: 'failed', dueAt: null, ...REFUSED },
        [member!],
        later(700),
      );

      expect(await subject.deliveries.redeliver(member!, later(900))).toMatchObject({
        state: 'pending',
        digestId: null,
      });
    });

    it.each(DELIVERY_STATES)('may have ended in some states only: %s', async (state) => {
      const { deliveries } = await open();
      const delivery = aDelivery({ state, dueAt: null });
      await deliveries.createDelivery(delivery);

      const again = await deliveries.redeliver(delivery.id, later(900));

      expect(again !== null).toBe(REDELIVERABLE.includes(state));
      if (again === null) expect(await deliveries.getDelivery(delivery.id)).toEqual(delivery);
    });

    it('must be there', async () => {
      const { deliveries } = await open();
      const id = deliveryIdOf(aMatch().id, reader(1));

      expect(await deliveries.redeliver(id, later(900))).toBeNull();
      expect(await deliveries.getDelivery(id)).toBeNull();
    });
  });
}
