import type { SubscriptionId } from '../../shared/model/ids.ts';
import type { Subscription } from '../../shared/model/subscription.ts';
import { hashOfAddress } from '../../shared/model/suppression.ts';
import type { SubscriptionStore } from '../../shared/ports.ts';
import { aSubscription, later, START } from '../support/builders.ts';
import { allPages } from './paging.ts';
import type { OpenSubject } from './store-contract.ts';

const id = (name: string): SubscriptionId => name as SubscriptionId;
const ids = (subscriptions: readonly Subscription[]): readonly string[] => subscriptions.map((one) => one.id).sort();

export function describeSubscriptionStore(open: OpenSubject): void {
  describe('a subscription', () => {
    it('comes back as it was created, by id and by token', async () => {
      const { subscriptions } = await open();
      const full = aSubscription({ channel: 'sns-email', topics: ['*'], digest: 'daily', snsSubscriptionArn: 'arn:x' });
      await subscriptions.createSubscription(full);

      expect(await subscriptions.getSubscription(full.id)).toEqual(full);
      expect(await subscriptions.getByToken(full.unsubscribeToken)).toEqual(full);
    });

    it('keeps every setting', async () => {
      const { subscriptions } = await open();
      const full = aSubscription({
        digest: 'weekly',
        digestAt: '06:30',
        digestDay: 'friday',
        whenEmpty: true,
        timeZone: 'Europe/Berlin',
        quietHours: { from: '22:00', until: '07:00' },
        minSeverity: 'high',
        strength: 'weak',
        languages: ['en'],
        onlySources: ['wire.example'],
        exceptSources: ['Blog'],
        follow: 'first',
        topicRules: [{ topic: 'treaties', digest: 'none', languages: [] }],
        mutes: [{ kind: 'story', value: 'story-1', until: later(1_000) }],
      });
      await subscriptions.createSubscription(full);

      expect(await subscriptions.getSubscription(full.id)).toEqual(full);
    });

    it.each(['', 'unknown', 'subscription-1'])('is not found by the token "%s"', async (token) => {
      const { subscriptions } = await open();
      await subscriptions.createSubscription(aSubscription());

      expect(await subscriptions.getByToken(token)).toBeNull();
      expect(await subscriptions.getSubscription(id('unknown'))).toBeNull();
    });

    it('is created once', async () => {
      const { subscriptions } = await open();
      await subscriptions.createSubscription(aSubscription());

      await expect(
        subscriptions.createSubscription(aSubscription({ target: 'other@example.org' })),
      ).rejects.toMatchObject({
        code: 'conflict',
      });
      expect(await subscriptions.getSubscription(aSubscription().id)).toEqual(aSubscription());
    });

    it('is created by one of two at the same time', async () => {
      const { subscriptions, elsewhere } = await open();

      const outcomes = await Promise.allSettled([
        subscriptions.createSubscription(aSubscription()),
        elsewhere.subscriptions.createSubscription(aSubscription()),
      ]);

      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });

    it('names at most 48 topics', async () => {
      const { subscriptions } = await open();
      const topics = (count: number) => Array.from({ length: count }, (_, at) => `topic-${at}`);
      const most = aSubscription({ topics: topics(48) });

      await subscriptions.createSubscription(most);

      const others = topics(48).map((topic) => `other-${topic}`);
      expect(await subscriptions.updateSubscription(most.id, { topics: others }, START)).toMatchObject({
        topics: others,
      });
      await expect(
        subscriptions.createSubscription(aSubscription({ id: id('more'), topics: topics(49) })),
      ).rejects.toMatchObject({ code: 'too_many_topics' });
      await expect(subscriptions.updateSubscription(most.id, { topics: topics(49) }, START)).rejects.toMatchObject({
        code: 'too_many_topics',
      });
    });

    it('changes where something new is said', async () => {
      const { subscriptions } = await open();
      await subscriptions.createSubscription(aSubscription({ snsSubscriptionArn: 'arn:old' }));

      const changed = await subscriptions.updateSubscription(
        aSubscription().id,
        { topics: ['treaties'], digest: 'hourly', snsSubscriptionArn: null },
        later(1_000),
      );

      expect(changed).toEqual(aSubscription({ topics: ['treaties'], digest: 'hourly', updatedAt: later(1_000) }));
      expect(await subscriptions.getSubscription(changed.id)).toEqual(changed);
      expect(await subscriptions.getByToken(changed.unsubscribeToken)).toEqual(changed);
    });

    it('that is not there cannot change', async () => {
      const { subscriptions } = await open();

      await expect(subscriptions.updateSubscription(id('unknown'), { digest: 'daily' }, START)).rejects.toMatchObject({
        code: 'not_found',
      });
      expect(await subscriptions.getSubscription(id('unknown'))).toBeNull();
    });

    it('changes by what it is at the moment of the change', async () => {
      const { subscriptions, elsewhere } = await open();
      await subscriptions.createSubscription(aSubscription({ topics: ['a'] }));
      const adding = (topic: string) => (latest: Subscription) => ({ topics: [...latest.topics, topic].sort() });

      await Promise.all([
        subscriptions.updateSubscription(aSubscription().id, adding('b'), later(1_000)),
        elsewhere.subscriptions.updateSubscription(aSubscription().id, adding('c'), later(1_000)),
      ]);

      expect((await subscriptions.getSubscription(aSubscription().id))?.topics).toEqual(['a', 'b', 'c']);
    });

    it('stays as it is when the change is refused on seeing it', async () => {
      const { subscriptions } = await open();
      await subscriptions.createSubscription(aSubscription());
      const refuse = (latest: Subscription) => {
        throw new Error(`not with ${latest.topics}`);
      };

      await expect(subscriptions.updateSubscription(aSubscription().id, refuse, later(1_000))).rejects.toThrow(
        'not with river-crossings',
      );
      expect(await subscriptions.getSubscription(aSubscription().id)).toEqual(aSubscription());
    });

    it('loses nothing when two change different things at the same time', async () => {
      const { subscriptions, elsewhere } = await open();
      await subscriptions.createSubscription(aSubscription());

      await Promise.all([
        subscriptions.updateSubscription(aSubscription().id, { digest: 'daily' }, later(1_000)),
        elsewhere.subscriptions.updateSubscription(aSubscription().id, { topics: ['treaties'] }, later(1_000)),
      ]);

      expect(await subscriptions.getSubscription(aSubscription().id)).toMatchObject({
        digest: 'daily',
        topics: ['treaties'],
      });
      expect(ids(await subscriptions.subscriptionsOfTopics(['treaties']))).toEqual([aSubscription().id]);
    });
  });

  describe('a subscription that is deleted', () => {
    it('leaves nothing: no record, no link, no place among the subscribers or on the list', async () => {
      const { subscriptions } = await open();
      await subscriptions.createSubscription(aSubscription({ topics: ['*', 'treaties'] }));
      await subscriptions.createSubscription(aSubscription({ id: id('other'), topics: ['treaties'] }));
      const { unsubscribeToken, target } = aSubscription();

      await subscriptions.deleteSubscription(aSubscription().id);
      await subscriptions.deleteSubscription(aSubscription().id);

      expect(await subscriptions.getSubscription(aSubscription().id)).toBeNull();
      expect(await subscriptions.getByToken(unsubscribeToken)).toBeNull();
      expect(ids(await subscriptions.subscriptionsOfTopics(['treaties']))).toEqual(['other']);
      expect(ids(await subscriptions.subscriptionsOfTarget(target))).toEqual(['other']);
      expect(ids((await subscriptions.listSubscriptions({ limit: 9, cursor: null })).items)).toEqual(['other']);
      await expect(subscriptions.updateSubscription(aSubscription().id, {}, START)).rejects.toMatchObject({
        code: 'not_found',
      });
    });

    it('may be created again', async () => {
      const { subscriptions } = await open();
      await subscriptions.createSubscription(aSubscription());
      await subscriptions.deleteSubscription(aSubscription().id);

      await subscriptions.createSubscription(aSubscription({ topics: ['treaties'] }));

      expect(ids(await subscriptions.subscriptionsOfTopics(['river-crossings', 'treaties']))).toEqual([
        aSubscription().id,
      ]);
    });
  });

  describe('the question of a subscription', () => {
    it('is stored with it, and cleared', async () => {
      const { subscriptions } = await open();
      const consent = {
        question: 'mail',
        requestedAt: START,
        requestedBy: 'me',
        wording: 1,
        confirmedAt: null,
      } as const;
      const openQuestion = { link: 'l', until: later(1), asked: 1, attempts: 0 };
      const asked = aSubscription({ state: 'unconfirmed', consent, openQuestion, step: 'question', dueAt: START });

      await subscriptions.createSubscription(asked);
      expect(await subscriptions.getSubscription(asked.id)).toEqual(asked);

      const answered = { ...consent, confirmedAt: later(1) };
      const cleared = { openQuestion: null, step: null, dueAt: null };
      await subscriptions.updateSubscription(asked.id, { state: 'active', consent: answered, ...cleared }, START);
      const after = await subscriptions.getSubscription(asked.id);
      expect(after).toMatchObject({ state: 'active', consent: answered });
      expect([after?.openQuestion ?? null, after?.step ?? null, after?.dueAt ?? null]).toEqual([null, null, null]);
    });
  });

  describe('the subscriptions of a topic', () => {
    it('are those to it and those to every topic, each once', async () => {
      const { subscriptions } = await open();
      for (const [name, topics] of [
        ['one', ['treaties']],
        ['all', ['*']],
        ['both', ['*', 'treaties']],
        ['other', ['river-crossings']],
      ] as const) {
        await subscriptions.createSubscription(aSubscription({ id: id(name), topics }));
      }

      expect(ids(await subscriptions.subscriptionsOfTopics(['treaties']))).toEqual(['all', 'both', 'one']);
      expect(ids(await subscriptions.subscriptionsOfTopics(['unheard-of']))).toEqual(['all', 'both']);
    });

    it('are those to any of several topics, each once', async () => {
      const { subscriptions } = await open();
      for (const [name, topics] of [
        ['a-and-b', ['a', 'b']],
        ['b', ['b']],
        ['c', ['c']],
        ['every', ['*', 'a']],
      ] as const) {
        await subscriptions.createSubscription(aSubscription({ id: id(name), topics }));
      }

      expect(ids(await subscriptions.subscriptionsOfTopics(['a', 'b', 'a']))).toEqual(['a-and-b', 'b', 'every']);
      expect(ids(await subscriptions.subscriptionsOfTopics([]))).toEqual(['every']);
    });

    it('follow a change of topics', async () => {
      const { subscriptions } = await open();
      await subscriptions.createSubscription(aSubscription({ topics: ['a', 'b'] }));

      await subscriptions.updateSubscription(aSubscription().id, { topics: ['b', 'c'] }, START);

      const found = await Promise.all(['a', 'b', 'c'].map((topic) => subscriptions.subscriptionsOfTopics([topic])));
      expect(found.map((some) => some.length)).toEqual([0, 1, 1]);
    });

    it.each(['unsubscribed', 'suppressed', 'unconfirmed', 'disabled'] as const)(
      'leave out one that is %s, until it is active again',
      async (state) => {
        const { subscriptions } = await open();
        await subscriptions.createSubscription(aSubscription({ topics: ['*'] }));

        await subscriptions.updateSubscription(aSubscription().id, { state }, START);
        const meanwhile = await subscriptions.subscriptionsOfTopics(['treaties']);
        await subscriptions.updateSubscription(aSubscription().id, { state: 'active' }, START);

        expect(meanwhile).toEqual([]);
        expect(ids(await subscriptions.subscriptionsOfTopics(['treaties']))).toEqual([aSubscription().id]);
      },
    );

    it('may be more than one read takes', async () => {
      const { subscriptions } = await open();
      const names = Array.from({ length: 120 }, (_, at) => `reader-${String(at).padStart(3, '0')}`);
      for (const name of names) await subscriptions.createSubscription(aSubscription({ id: id(name) }));

      expect(ids(await subscriptions.subscriptionsOfTopics(['river-crossings']))).toEqual(names);
    });
  });

  describe('the subscriptions of topics, page by page', () => {
    const everyPage = async (subscriptions: SubscriptionStore, topics: readonly string[], limit: number) => {
      const pages: (readonly Subscription[])[] = [];
      let after: string | null = null;
      do {
        const page: Awaited<ReturnType<SubscriptionStore['subscribersPage']>> = await subscriptions.subscribersPage(
          topics,
          { limit, after },
        );
        pages.push(page.items);
        after = page.next;
      } while (after !== null && pages.length < 100);
      return pages;
    };

    it('are all of them, at most so many on a page', async () => {
      const { subscriptions } = await open();
      for (const [name, topics] of [
        ['a-1', ['a']],
        ['a-2', ['a']],
        ['a-3', ['a']],
        ['b-1', ['b']],
        ['both', ['a', 'b']],
        ['every', ['*']],
        ['other', ['c']],
      ] as const) {
        await subscriptions.createSubscription(aSubscription({ id: id(name), topics }));
      }

      for (const limit of [1, 2, 3, 100]) {
        const pages = await everyPage(subscriptions, ['b', 'a', 'b'], limit);
        const found = new Set(pages.flat().map((one) => one.id));
        expect([...found].sort()).toEqual(['a-1', 'a-2', 'a-3', 'b-1', 'both', 'every']);
        expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(limit);
      }
    });

    it('leave out those that are not active', async () => {
      const { subscriptions } = await open();
      await subscriptions.createSubscription(aSubscription({ id: id('here'), topics: ['a'] }));
      await subscriptions.createSubscription(aSubscription({ id: id('gone'), topics: ['a'], state: 'unsubscribed' }));

      expect(ids((await everyPage(subscriptions, ['a'], 10)).flat())).toEqual(['here']);
    });

    it('lose no subscriber when others leave between two pages', async () => {
      const { subscriptions } = await open();
      const names = ['one', 'two', 'three', 'four', 'five'].sort();
      for (const name of names) await subscriptions.createSubscription(aSubscription({ id: id(name), topics: ['*'] }));

      const first = await subscriptions.subscribersPage(['a'], { limit: 2, after: null });
      await subscriptions.updateSubscription(first.items[0]!.id, { state: 'unsubscribed' }, START);
      const second = await subscriptions.subscribersPage(['a'], { limit: 10, after: first.next });

      expect([...ids(first.items), ...ids(second.items)].sort()).toEqual(names);
    });
  });

  describe('the subscriptions of a target', () => {
    it('are all of that address, in any state and any case of letters', async () => {
      const { subscriptions } = await open();
      await subscriptions.createSubscription(aSubscription({ id: id('a'), target: 'Reader@Example.org' }));
      await subscriptions.createSubscription(aSubscription({ id: id('b'), state: 'unsubscribed' }));
      await subscriptions.createSubscription(aSubscription({ id: id('c'), target: 'reader@example.com' }));

      expect(ids(await subscriptions.subscriptionsOfTarget('reader@example.org'))).toEqual(['a', 'b']);
      expect(ids(await subscriptions.subscriptionsOfTarget(' READER@EXAMPLE.COM '))).toEqual(['c']);
      expect(await subscriptions.subscriptionsOfTarget('nobody@example.org')).toEqual([]);
      expect(ids(await subscriptions.subscriptionsOfHash(hashOfAddress('reader@example.org')))).toEqual(['a', 'b']);
      expect(await subscriptions.subscriptionsOfHash('no hash')).toEqual([]);
    });
  });

  describe('the list of subscriptions', () => {
    it('shows every one once, the oldest first, in pages', async () => {
      const { subscriptions } = await open();
      const names = ['e', 'd', 'c', 'b', 'a'];
      for (const [at, name] of names.entries()) {
        await subscriptions.createSubscription(aSubscription({ id: id(name), createdAt: later(at) }));
      }

      const pages = await allPages(2, (page) => subscriptions.listSubscriptions(page));

      expect(pages.map((page) => page.map((one) => one.id))).toEqual([['e', 'd'], ['c', 'b'], ['a']]);
    });

    it('is empty at first, and refuses a cursor that is none', async () => {
      const { subscriptions } = await open();

      expect(await subscriptions.listSubscriptions({ limit: 1, cursor: null })).toEqual({ items: [], cursor: null });
      await expect(subscriptions.listSubscriptions({ limit: 1, cursor: '!' })).rejects.toMatchObject({
        code: 'bad_cursor',
      });
    });
  });
}
