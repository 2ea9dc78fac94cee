import type { FeedId } from '../../shared/model/ids.ts';
import { feedIdOf } from '../../shared/model/ids.ts';
import { aFeed, aNewFeed, aPollState, later, START } from '../support/builders.ts';
import { allPages } from './paging.ts';
import type { OpenSubject, Subject } from './store-contract.ts';

const feedNumber = (number: number) => aNewFeed({ url: `https://site-${number}.example.org/feed.xml` });
const NOBODY = feedIdOf('https://nobody.example.org/');
const NEVER = 4_000_000_000;

/** So many different keys of twelve hex digits. */
const keys = (count: number, from = 0): ReadonlySet<string> =>
  new Set(Array.from({ length: count }, (_, at) => (from + at).toString(16).padStart(12, '0')));

const addMany = async ({ feeds }: Subject, count: number): Promise<readonly FeedId[]> => {
  const ids: FeedId[] = [];
  for (let number = 0; number < count; number += 1) {
    const feed = feedNumber(number);
    await feeds.addFeed(feed);
    ids.push(feed.id);
  }
  return ids;
};

export function describeFeedStore(open: OpenSubject): void {
  describe('feeds', () => {
    it('gives back a feed as it was added, not polled yet and in a poll batch', async () => {
      const { feeds } = await open();
      const feed = aNewFeed({ title: 'Nachrichten', folder: 'Europe/Baltic', language: 'de', fullText: 'always' });

      expect(await feeds.addFeed(feed)).toBe('added');

      const stored = await feeds.getFeed(feed.id);
      const { intervalMinutes, ...settings } = feed;
      expect(stored).toEqual({
        ...settings,
        pollBatch: expect.any(String),
        state: aPollState({ intervalMinutes, version: 0 }),
      });
    });

    it('leaves a feed that is known as it is when it is added again', async () => {
      const { feeds } = await open();
      await feeds.addFeed(aNewFeed({ title: 'First' }));

      expect(await feeds.addFeed(aNewFeed({ title: 'Second', intervalMinutes: 60 }))).toBe('known');

      const [batch] = await feeds.listPollBatches();
      expect((await feeds.getFeed(aNewFeed().id))?.title).toBe('First');
      expect(batch?.feedIds).toEqual([aNewFeed().id]);
    });

    it('adds a feed once when two add it at the same time', async () => {
      const { feeds, elsewhere } = await open();

      const outcomes = await Promise.all([feeds.addFeed(aNewFeed()), elsewhere.feeds.addFeed(aNewFeed())]);

      expect([...outcomes].sort()).toEqual(['added', 'known']);
      expect((await feeds.listPollBatches()).flatMap(({ feedIds }) => feedIds)).toEqual([aNewFeed().id]);
    });

    it('adds many feeds at once: first into batches that have room, then into new ones', async () => {
      const subject = await open();
      const known = await addMany(subject, 30);
      const feeds = Array.from({ length: 80 }, (_, number) => feedNumber(number));

      const outcomes = await subject.feeds.addFeeds(feeds);

      const batches = await subject.feeds.listPollBatches();
      expect(outcomes).toEqual(feeds.map(({ id }) => (known.includes(id) ? 'known' : 'added')));
      expect(batches.map(({ feedIds }) => feedIds.length)).toEqual([25, 25, 25, 5]);
      for (const batch of batches) {
        const members = await subject.feeds.getFeeds(batch.feedIds);
        expect(members.map(({ pollBatch }) => pollBatch)).toEqual(batch.feedIds.map(() => batch.id));
      }
    });

    it('adds a feed once that stands twice among many, as it stands first', async () => {
      const { feeds } = await open();

      const outcomes = await feeds.addFeeds([
        aNewFeed({ title: 'First' }),
        feedNumber(1),
        aNewFeed({ title: 'Second' }),
      ]);

      expect(outcomes).toEqual(['added', 'added', 'known']);
      expect((await feeds.getFeed(aNewFeed().id))?.title).toBe('First');
      expect((await feeds.listPollBatches()).map(({ feedIds }) => feedIds.length)).toEqual([2]);
    });

    it('adds each of many feeds once when two add the same at the same time', async () => {
      const { feeds, elsewhere } = await open();
      const many = Array.from({ length: 60 }, (_, number) => feedNumber(number));

      const [here, there] = await Promise.all([feeds.addFeeds(many), elsewhere.feeds.addFeeds(many)]);

      const batches = await feeds.listPollBatches();
      expect(many.map((_, at) => [here[at], there[at]].sort())).toEqual(many.map(() => ['added', 'known']));
      expect(batches.flatMap(({ feedIds }) => feedIds).sort()).toEqual(many.map(({ id }) => id).sort());
      expect(Math.max(...batches.map(({ feedIds }) => feedIds.length))).toBeLessThanOrEqual(25);
    });

    it('gives a feed that is added among many no memory of the feed it once was', async () => {
      const { feeds } = await open();
      await feeds.saveMemory(aNewFeed().id, { current: keys(3), week: '2026-W47', left: keys(3, 3), expiresAt: NEVER });

      await feeds.addFeeds([aNewFeed()]);

      expect(await feeds.loadCurrentMemory(aNewFeed().id)).toEqual(new Set());
      expect(await feeds.loadPastMemory(aNewFeed().id)).toEqual(new Map());
    });

    it('knows nothing of a feed that was never added', async () => {
      const { feeds } = await open();

      expect(await feeds.getFeed(NOBODY)).toBeNull();
      expect(await feeds.getFeeds([NOBODY])).toEqual([]);
    });

    it('finds those of many ids that exist, each once', async () => {
      const subject = await open();
      const ids = await addMany(subject, 3);

      const found = await subject.feeds.getFeeds([...ids, NOBODY, ids[0]!]);

      expect(found.map(({ id }) => id).sort()).toEqual([...ids].sort());
    });

    it('finds a hundred feeds at once', async () => {
      const subject = await open();
      const ids = await addMany(subject, 100);

      const found = await subject.feeds.getFeeds(ids);

      expect(new Set(found.map(({ id }) => id))).toEqual(new Set(ids));
    });
  });

  describe('the list of feeds', () => {
    it('is empty at first', async () => {
      const { feeds } = await open();

      expect(await feeds.listFeeds({ limit: 10, cursor: null })).toEqual({ items: [], cursor: null });
    });

    it('shows every feed once, in pages of the size asked for', async () => {
      const subject = await open();
      const ids = await addMany(subject, 32);

      const pages = await allPages(10, (page) => subject.feeds.listFeeds(page));

      expect(pages.map((page) => page.length)).toEqual([10, 10, 10, 2]);
      expect(
        pages
          .flat()
          .map(({ id }) => id)
          .sort(),
      ).toEqual([...ids].sort());
    });

    it('ends with a full last page when the number comes out even', async () => {
      const subject = await open();
      await addMany(subject, 4);

      const pages = await allPages(2, (page) => subject.feeds.listFeeds(page));

      expect(pages.map((page) => page.length)).toEqual([2, 2]);
    });

    it('goes on where it was when the feed at its cursor is removed', async () => {
      const subject = await open();
      const ids = await addMany(subject, 5);
      const first = await subject.feeds.listFeeds({ limit: 2, cursor: null });

      await subject.feeds.removeFeed(first.items[1]!.id);
      const second = await subject.feeds.listFeeds({ limit: 10, cursor: first.cursor });

      expect([...first.items, ...second.items].map(({ id }) => id).sort()).toEqual([...ids].sort());
    });

    it.each([
      ['text that is no cursor', 'page two, please'],
      ['nothing', ''],
    ])('refuses %s as a cursor', async (_name, cursor) => {
      const { feeds } = await open();

      await expect(feeds.listFeeds({ limit: 10, cursor })).rejects.toMatchObject({ code: 'bad_cursor' });
    });

    it('refuses the cursor of another list', async () => {
      const subject = await open();
      await addMany(subject, 3);
      const { cursor } = await subject.feeds.listFeeds({ limit: 1, cursor: null });

      expect(cursor).not.toBeNull();
      await expect(subject.subscriptions.listSubscriptions({ limit: 1, cursor })).rejects.toMatchObject({
        code: 'bad_cursor',
      });
    });
  });

  describe('the settings of a feed', () => {
    it('change where something new is said, and poll state stays', async () => {
      const { feeds } = await open();
      await feeds.addFeed(aNewFeed({ language: 'en' }));
      await feeds.savePollState(aNewFeed().id, aPollState({ etag: '"7"' }));

      const changed = await feeds.updateFeedSettings(aNewFeed().id, {
        title: 'Renamed',
        active: false,
        language: null,
      });

      expect(changed).toMatchObject({ title: 'Renamed', active: false, language: null, url: aNewFeed().url });
      expect(changed.state.etag).toBe('"7"');
      expect(await feeds.getFeed(aNewFeed().id)).toEqual(changed);
    });

    it('stay as they are when nothing is said', async () => {
      const { feeds } = await open();
      await feeds.addFeed(aNewFeed());
      const before = await feeds.getFeed(aNewFeed().id);

      expect(await feeds.updateFeedSettings(aNewFeed().id, {})).toEqual(before);
    });

    it.each([
      ['some', { title: 'x' }],
      ['none', {}],
    ])('of a feed that is not there cannot change: %s', async (_name, settings) => {
      const { feeds } = await open();

      await expect(feeds.updateFeedSettings(NOBODY, settings)).rejects.toMatchObject({ code: 'not_found' });
      expect(await feeds.getFeed(NOBODY)).toBeNull();
    });
  });

  describe('removing a feed', () => {
    it('takes its record, its memory and its place, and nobody else’s', async () => {
      const { feeds } = await open();
      const [gone, kept] = [feedNumber(1), feedNumber(2)];
      for (const { id, ...rest } of [gone, kept]) {
        await feeds.addFeed({ id, ...rest });
        await feeds.saveMemory(id, { current: keys(3), week: '2026-W47', left: keys(2, 100), expiresAt: NEVER });
      }

      await feeds.removeFeed(gone.id);

      expect(await feeds.getFeed(gone.id)).toBeNull();
      expect(await feeds.loadCurrentMemory(gone.id)).toEqual(new Set());
      expect(await feeds.loadPastMemory(gone.id)).toEqual(new Map());
      expect((await feeds.listPollBatches()).flatMap(({ feedIds }) => feedIds)).toEqual([kept.id]);
      expect(await feeds.loadCurrentMemory(kept.id)).toEqual(keys(3));
    });

    it('twice says that it is not there', async () => {
      const { feeds } = await open();
      await feeds.addFeed(aNewFeed());
      await feeds.removeFeed(aNewFeed().id);

      await expect(feeds.removeFeed(aNewFeed().id)).rejects.toMatchObject({ code: 'not_found' });
    });

    it('lets it be added anew, without what was remembered, even by a poll that ended late', async () => {
      const { feeds } = await open();
      await feeds.addFeed(aNewFeed());
      await feeds.removeFeed(aNewFeed().id);
      await feeds.saveMemory(aNewFeed().id, { current: keys(5), week: '2026-W47', left: keys(0), expiresAt: NEVER });

      expect(await feeds.addFeed(aNewFeed())).toBe('added');

      expect(await feeds.loadCurrentMemory(aNewFeed().id)).toEqual(new Set());
      expect((await feeds.getFeed(aNewFeed().id))?.state.version).toBe(0);
    });
  });

  describe('poll batches', () => {
    it('hold at most 25 feeds', async () => {
      const subject = await open();
      const ids = await addMany(subject, 60);

      const batches = await subject.feeds.listPollBatches();

      expect(batches.map(({ feedIds }) => feedIds.length).sort()).toEqual([10, 25, 25]);
      expect(batches.flatMap(({ feedIds }) => feedIds).sort()).toEqual([...ids].sort());
    });

    it('name the same feeds that name them', async () => {
      const subject = await open();
      await addMany(subject, 30);

      for (const batch of await subject.feeds.listPollBatches()) {
        const members = await subject.feeds.getFeeds(batch.feedIds);
        expect(members.map(({ pollBatch }) => pollBatch)).toEqual(batch.feedIds.map(() => batch.id));
      }
    });

    it('hold at most 25 feeds when many are added at once from two sides', async () => {
      const { feeds, elsewhere } = await open();
      const numbers = Array.from({ length: 56 }, (_, number) => number);

      const outcomes = await Promise.all(
        numbers.map((number) => (number % 2 === 0 ? feeds : elsewhere.feeds).addFeed(feedNumber(number))),
      );

      const batches = await feeds.listPollBatches();
      expect(new Set(outcomes)).toEqual(new Set(['added']));
      expect(Math.max(...batches.map(({ feedIds }) => feedIds.length))).toBeLessThanOrEqual(25);
      expect(batches.flatMap(({ feedIds }) => feedIds).sort()).toEqual(numbers.map((n) => feedNumber(n).id).sort());
    });

    it('can be asked for one by one', async () => {
      const subject = await open();
      await addMany(subject, 26);
      const [first, second] = await subject.feeds.listPollBatches();

      expect(await subject.feeds.getPollBatch(first!.id)).toEqual(first);
      expect(await subject.feeds.getPollBatch(second!.id)).toEqual(second);
      expect(await subject.feeds.getPollBatch('999999')).toBeNull();
    });

    it('give a freed place to the next feed', async () => {
      const subject = await open();
      const ids = await addMany(subject, 25);
      await subject.feeds.removeFeed(ids[7]!);

      await subject.feeds.addFeed(feedNumber(1_000));

      const batches = await subject.feeds.listPollBatches();
      expect(batches.map(({ feedIds }) => feedIds.length)).toEqual([25]);
    });

    it('are not there when they are empty', async () => {
      const subject = await open();
      const [id] = await addMany(subject, 1);
      const [batch] = await subject.feeds.listPollBatches();
      await subject.feeds.removeFeed(id!);

      expect(await subject.feeds.listPollBatches()).toEqual([]);
      expect(await subject.feeds.getPollBatch(batch!.id)).toBeNull();
    });

    it('remember the poll carried out last', async () => {
      const subject = await open();
      await addMany(subject, 1);
      const [before] = await subject.feeds.listPollBatches();

      await subject.feeds.notePolled(before!.id, START, later(4_000));

      const [noted] = await subject.feeds.listPollBatches();
      expect([before!.lastSlot, before!.lastPolledAt]).toEqual([null, null]);
      expect([noted!.lastSlot, noted!.lastPolledAt]).toEqual([START, later(4_000)]);
    });

    it.each([
      ['a poll that ended late', later(-60_000)],
      ['the same poll again', START],
    ])('do not move backwards for %s', async (_name, slot) => {
      const subject = await open();
      await addMany(subject, 1);
      const [batch] = await subject.feeds.listPollBatches();
      await subject.feeds.notePolled(batch!.id, START, later(4_000));

      await subject.feeds.notePolled(batch!.id, slot, later(90_000));

      const [noted] = await subject.feeds.listPollBatches();
      expect([noted!.lastSlot, noted!.lastPolledAt]).toEqual([START, later(4_000)]);
    });

    it('do not come into being because a poll is noted', async () => {
      const { feeds } = await open();

      await feeds.notePolled('999999', START, START);

      expect(await feeds.listPollBatches()).toEqual([]);
    });
  });

  describe('poll state', () => {
    const everything = aPollState({
      etag: 'W/"ünïcode \\" quoted"',
      lastModified: 'Tue, 17 Nov 2026 08:00:00 GMT',
      validatorsUrl: 'https://news.example.org/feed.xml?x=1',
      bodyHash: 'a'.repeat(64),
      intervalMinutes: 40,
      notBefore: later(60_000),
      baselined: true,
      failure: { kind: 'timeout', message: 'no answer in 20 s; it is tried again', since: START, count: 3 },
      lastChangedPollAt: START,
      lastNewItemAt: START,
      itemsPerDay: 12.5,
      askedMinutes: 4,
      textOrigin: 'article',
      redirect: { url: 'https://new.example.org/feed', firstAt: START, count: 2 },
      goneAt: START,
      ownTitle: '뉴스',
      siteUrl: 'https://news.example.org/',
      ownLanguage: 'ko',
      itemCount: 0,
    });

    it('is stored whole, one version on', async () => {
      const { feeds } = await open();
      await feeds.addFeed(aNewFeed());

      expect(await feeds.savePollState(aNewFeed().id, everything)).toBe('saved');

      expect((await feeds.getFeed(aNewFeed().id))?.state).toEqual({ ...everything, version: 1 });
    });

    it('forgets what a later state no longer has', async () => {
      const { feeds } = await open();
      await feeds.addFeed(aNewFeed());
      await feeds.savePollState(aNewFeed().id, everything);

      await feeds.savePollState(aNewFeed().id, aPollState({ version: 1 }));

      expect((await feeds.getFeed(aNewFeed().id))?.state).toEqual(aPollState({ version: 2 }));
    });

    it('is not written over what somebody else wrote since it was read', async () => {
      const { feeds } = await open();
      await feeds.addFeed(aNewFeed());
      await feeds.savePollState(aNewFeed().id, aPollState({ etag: '"first"' }));

      expect(await feeds.savePollState(aNewFeed().id, aPollState({ etag: '"late"' }))).toBe('conflict');

      expect((await feeds.getFeed(aNewFeed().id))?.state).toMatchObject({ version: 1, etag: '"first"' });
    });

    it('is written by one of two who read the same version', async () => {
      const { feeds, elsewhere } = await open();
      await feeds.addFeed(aNewFeed());

      const outcomes = await Promise.all([
        feeds.savePollState(aNewFeed().id, aPollState({ etag: '"a"' })),
        elsewhere.feeds.savePollState(aNewFeed().id, aPollState({ etag: '"b"' })),
      ]);

      expect([...outcomes].sort()).toEqual(['conflict', 'saved']);
      expect((await feeds.getFeed(aNewFeed().id))?.state.version).toBe(1);
    });

    it('of a feed that was removed is a conflict, and brings nothing back', async () => {
      const { feeds } = await open();

      expect(await feeds.savePollState(aFeed().id, aPollState())).toBe('conflict');
      expect(await feeds.getFeed(aFeed().id)).toBeNull();
    });
  });

  describe('the memory of a feed', () => {
    const { id } = aFeed();
    const save = (
      { feeds }: Pick<Subject, 'feeds'>,
      current: ReadonlySet<string>,
      left: ReadonlySet<string> = new Set(),
      week = '2026-W47',
      expiresAt = NEVER,
    ) => feeds.saveMemory(id, { current, left, week, expiresAt });

    it('is empty at first', async () => {
      const { feeds } = await open();

      expect(await feeds.loadCurrentMemory(id)).toEqual(new Set());
      expect(await feeds.loadPastMemory(id)).toEqual(new Map());
    });

    it.each([0, 1, 110, 111, 900, 10_000])('holds the %i keys of the last document', async (count) => {
      const subject = await open();

      await save(subject, keys(count));

      expect(await subject.feeds.loadCurrentMemory(id)).toEqual(keys(count));
    });

    it.each([
      ['one comes and one goes', keys(1_000), keys(1_000, 1)],
      ['many come', keys(30), keys(3_000)],
      ['most go', keys(3_000), keys(5)],
      ['all go', keys(400), keys(0)],
      ['all are others', keys(500), keys(500, 7_000)],
    ])('is replaced when %s', async (_name, before, now) => {
      const subject = await open();
      await save(subject, before);

      await save(subject, now);
      await save(subject, now);

      expect(await subject.feeds.loadCurrentMemory(id)).toEqual(now);
    });

    it('holds notes behind some of its keys, articles behind some notes, and others in their place', async () => {
      const subject = await open();
      const noted = (digit: string) =>
        new Set(
          [...keys(200)].map((key, at) => (at % 3 === 0 ? `${key}${digit.repeat(at % 2 === 0 ? 64 : 98)}` : key)),
        );
      await save(subject, noted('a'));
      const first = await subject.feeds.loadCurrentMemory(id);

      await save(subject, noted('b'));

      expect([first, await subject.feeds.loadCurrentMemory(id)]).toEqual([noted('a'), noted('b')]);
    });

    it('comes back after it was empty, and stays when time passes', async () => {
      const subject = await open();
      for (const count of [300, 0, 300]) await save(subject, keys(count));

      subject.clock.advance(400 * 86_400_000);

      expect(await subject.feeds.loadCurrentMemory(id)).toEqual(keys(300));
    });

    it('gathers what left by week', async () => {
      const subject = await open();
      await save(subject, keys(3), keys(2, 100));
      await save(subject, keys(3), keys(2, 101));
      await save(subject, keys(3), keys(1, 500), '2026-W48');

      expect(await subject.feeds.loadPastMemory(id)).toEqual(
        new Map([
          ['2026-W47', keys(3, 100)],
          ['2026-W48', keys(1, 500)],
        ]),
      );
    });

    it('gathers thousands in one week', async () => {
      const subject = await open();
      for (const from of [0, 1_500, 3_000]) await save(subject, keys(1), keys(2_000, from));

      expect(await subject.feeds.loadPastMemory(id)).toEqual(new Map([['2026-W47', keys(5_000)]]));
    });

    it('keeps a week until it expires', async () => {
      const subject = await open();
      const expiresAt = Math.floor(subject.clock.now().getTime() / 1000) + 60;
      await save(subject, keys(3), keys(2, 100), '2026-W47', expiresAt);

      subject.clock.advance(59_000);
      const before = await subject.feeds.loadPastMemory(id);
      subject.clock.advance(1_000);

      expect([...before.keys()]).toEqual(['2026-W47']);
      expect(await subject.feeds.loadPastMemory(id)).toEqual(new Map());
      expect(await subject.feeds.loadCurrentMemory(id)).toEqual(keys(3));
    });

    it.each(['', 'not hex here', 'ABCDEF012345', '0123456789'])('refuses "%s" as a key', async (key) => {
      const subject = await open();

      await expect(save(subject, new Set([key]))).rejects.toMatchObject({ code: 'bad_memory_key' });
      expect(await subject.feeds.loadCurrentMemory(id)).toEqual(new Set());
    });
  });
}
