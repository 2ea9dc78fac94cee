import type { MatchFilter } from '../../shared/model/match.ts';
import { aHit, anArticle, epochSeconds, later, START } from '../support/builders.ts';
import { allPages } from './paging.ts';
import { hitAt, matchOf, placeAlone, placementOf } from './some-stories.ts';
import type { OpenSubject, Subject } from './store-contract.ts';

const DAY = 86_400_000;
const KEYS = [11, -22, 33];

const found = async ({ stories }: Pick<Subject, 'stories'>, filter: MatchFilter): Promise<readonly string[]> =>
  (await stories.queryStories(filter, { limit: 100, cursor: null })).items.map(({ id }) => id);

/** Decides as a process does that reads, waits for the other, and then writes. */
async function startStory({ stories }: Pick<Subject, 'stories'>, hit = aHit(), keys: readonly number[] = KEYS) {
  const candidates = await stories.findCandidates('en', keys);
  return { candidates, put: () => stories.place(placementOf(hit, { keys: keys.slice(0, 2), candidates })) };
}

async function joinStory({ stories }: Pick<Subject, 'stories'>, hit: ReturnType<typeof aHit>) {
  const candidates = await stories.findCandidates('en', KEYS);
  const before = candidates.stories[0]!;
  return { before, put: () => stories.place(placementOf(hit, { before, candidates })) };
}

export function describeStoryStore(open: OpenSubject): void {
  describe('a story', () => {
    it('comes into being with its first hit, and is found under its words', async () => {
      const subject = await open();
      const { candidates, put } = await startStory(subject);

      expect(candidates).toEqual({ stories: [], keys: KEYS.map((key) => ({ key, storyIds: [], version: 0 })) });
      expect(await put()).toBe('placed');

      const { story, record } = placementOf(aHit(), { keys: [11, -22] });
      expect(await subject.stories.getStory(story.id)).toEqual(story);
      expect(await subject.stories.getStories([story.id, story.id, 'unknown'])).toEqual([story]);
      expect(await subject.elsewhere.stories.findCandidates('en', KEYS)).toEqual({
        stories: [{ story, record, version: expect.any(Number) }],
        keys: [
          { key: 11, storyIds: [story.id], version: 1 },
          { key: -22, storyIds: [story.id], version: 1 },
          { key: 33, storyIds: [], version: 0 },
        ],
      });
    });

    it('is not found by the same words of another language', async () => {
      const subject = await open();
      await (await startStory(subject)).put();

      expect((await subject.stories.findCandidates('de', KEYS)).stories).toEqual([]);
    });

    it('takes each hit once, and a hit that is there already changes nothing', async () => {
      const subject = await open();
      await (await startStory(subject)).put();

      const { put } = await joinStory(subject, aHit({ story: { ...aHit().story, kind: 'same' } }));

      expect(await put()).toBe('known');
      expect(await subject.stories.getStory(aHit().story.id)).toMatchObject({ hits: 1 });
      expect((await subject.hits.getHit(aHit().article))?.story.kind).toBe('first');
    });

    it('is one story when two first reports of it come at once', async () => {
      const { elsewhere, ...here } = await open();
      const one = await startStory(here, hitAt(1, 'one'), [11, -22, 33]);
      const other = await startStory(elsewhere, hitAt(2, 'other'), [44, 33, 11]);

      const outcomes = await Promise.all([one.put(), other.put()]);

      expect(outcomes.sort()).toEqual(['conflict', 'placed']);
      const { stories } = await here.stories.findCandidates('en', [11, 33]);
      expect(stories).toHaveLength(1);
      expect(await here.hits.getHits([hitAt(1, 'one').article, hitAt(2, 'other').article])).toHaveLength(1);
    });

    it('does not start once a word under which it was sought leads elsewhere', async () => {
      const { elsewhere, ...here } = await open();
      const late = await startStory(here, hitAt(1, 'late'), [44, 55, 11]);
      await (await startStory(elsewhere, hitAt(2, 'early'))).put();

      expect(await late.put()).toBe('conflict');
      expect(await here.stories.getStory('late')).toBeNull();
      expect(await here.hits.getHit(hitAt(1, 'late').article)).toBeNull();
    });

    it('loses no report when two join at once', async () => {
      const { elsewhere, ...here } = await open();
      const id = aHit().story.id;
      await (await startStory(here)).put();
      const one = await joinStory(here, hitAt(1, id));
      const other = await joinStory(elsewhere, hitAt(2, id));

      const outcomes = await Promise.all([one.put(), other.put()]);
      expect([...outcomes].sort()).toEqual(['conflict', 'placed']);
      const refused = outcomes[0] === 'conflict' ? hitAt(1, id) : hitAt(2, id);
      expect(await (await joinStory(here, refused)).put()).toBe('placed');

      expect(await here.stories.getStory(id)).toMatchObject({ hits: 3 });
      const { items } = await here.hits.hitsOfStory(id, { limit: 10, cursor: null });
      expect(items).toHaveLength(3);
    });

    it('that attracts nothing is shown, and not found under any words', async () => {
      const { stories } = await open();

      const placed = await stories.place({ ...placementOf(aHit(), { keys: KEYS }), record: null });

      expect(placed).toBe('placed');
      expect((await stories.findCandidates('en', KEYS)).stories).toEqual([]);
      expect((await stories.getStory(aHit().story.id))?.hits).toBe(1);
      expect(await found({ stories }, {})).toEqual([aHit().story.id]);
    });

    it('is compared when it is under most of the words, with ten others at most', async () => {
      const subject = await open();
      for (let number = 0; number < 14; number += 1) {
        const keys = number === 5 ? [11, -22, 33] : [11, 100 + number];
        await (await startStory(subject, hitAt(number, `story-${number}`), keys)).put();
      }

      const { stories } = await subject.stories.findCandidates('en', KEYS);

      expect(stories).toHaveLength(10);
      expect(stories[0]?.story.id).toBe('story-5');
      expect(stories[1]?.story.id).toBe('story-13');
    });

    it('is remembered under a word until 24 newer ones are', async () => {
      const subject = await open();
      for (let number = 0; number < 26; number += 1)
        await (await startStory(subject, hitAt(number, `story-${number}`), [11, 100 + number])).put();

      const { keys } = await subject.stories.findCandidates('en', [11]);

      expect(keys[0]?.storyIds).toEqual(Array.from({ length: 24 }, (_, at) => `story-${at + 2}`));
    });

    it('gains the topics that its hits gain, and keeps the reports that joined meanwhile', async () => {
      const subject = await open();
      await (await startStory(subject)).put();
      const id = aHit().story.id;
      const slow = await joinStory(subject, hitAt(1, id));

      await subject.stories.addTopics(id, [matchOf('treaties', 'high'), matchOf('river-crossings')]);
      await subject.stories.addTopics(id, [matchOf('treaties', 'high')]);
      await subject.stories.addTopics('unknown', [matchOf('treaties')]);

      expect(await subject.stories.getStory(id)).toMatchObject({
        topics: ['river-crossings', 'treaties'],
        severity: 'high',
      });
      expect(await slow.put()).toBe('conflict');
      expect(await (await joinStory(subject, hitAt(1, id))).put()).toBe('placed');
      expect(await subject.stories.getStory(id)).toMatchObject({ hits: 2, topics: ['river-crossings', 'treaties'] });
      expect(await found(subject, { topic: 'treaties' })).toEqual([id]);
    });

    it('is gone at the second it expires, and its id may then be used again', async () => {
      const subject = await open();
      const hit = aHit({ expiresAt: epochSeconds(later(10_000)) });
      await (await startStory(subject, hit)).put();

      subject.clock.set(later(10_000));

      expect(await subject.stories.getStory(hit.story.id)).toBeNull();
      expect((await subject.stories.findCandidates('en', KEYS)).stories).toEqual([]);
      expect(await found(subject, {})).toEqual([]);
      expect(await (await startStory(subject, aHit())).put()).toBe('placed');
      expect(await subject.stories.getStory(hit.story.id)).toMatchObject({ hits: 1 });
    });
  });

  describe('the list of stories', () => {
    const source = (name: string) => ({ ...anArticle().source, feedId: name as never, host: `${name}.example.org` });

    it('is by the last report, newest first, and a story moves when it is reported again on another day', async () => {
      const subject = await open();
      await placeAlone(subject, hitAt(0, 'old'));
      await placeAlone(subject, hitAt(1_000, 'middle'));
      const before = await found(subject, {});

      await placeAlone(subject, hitAt(2 * DAY, 'old'));

      expect(before).toEqual(['middle', 'old']);
      expect(await found(subject, {})).toEqual(['old', 'middle']);
      expect(await found(subject, { until: later(DAY) })).toEqual(['middle']);
      expect(await found(subject, { since: later(DAY) })).toEqual(['old']);
      expect((await subject.stories.queryStories({}, { limit: 5, cursor: null })).items[0]).toMatchObject({
        firstSeenAt: START,
        lastSeenAt: later(2 * DAY),
        hits: 2,
      });
    });

    it('comes in pages without gaps', async () => {
      const subject = await open();
      const all = Array.from({ length: 9 }, (_, at) => `story-${at}`);
      for (const [at, id] of all.entries()) await placeAlone(subject, hitAt(at * 3_600_000 * 5, id));

      const pages = await allPages(4, (page) => subject.stories.queryStories({}, page));

      expect(pages.map((page) => page.map(({ id }) => id))).toEqual([
        ['story-8', 'story-7', 'story-6', 'story-5'],
        ['story-4', 'story-3', 'story-2', 'story-1'],
        ['story-0'],
      ]);
      await expect(subject.stories.queryStories({}, { limit: 1, cursor: '!' })).rejects.toMatchObject({
        code: 'bad_cursor',
      });
    });

    it('are counted by the day of their last report', async () => {
      const subject = await open();
      for (const [n, ms] of [0, 60_000, 86_400_000].entries()) await placeAlone(subject, hitAt(ms, `story-${n}`));

      expect(await subject.stories.countOn(later(0).slice(0, 10))).toBe(2);
      expect(await subject.elsewhere.stories.countOn(later(86_400_000).slice(0, 10))).toBe(1);
      expect(await subject.stories.countOn('2001-01-01')).toBe(0);
    });

    it('is narrowed by topic, feed, language and headline', async () => {
      const { stories } = await open();
      const treaty = hitAt(2, 'treaty', { matches: [matchOf('treaties')] });
      await stories.place(placementOf(hitAt(1, 'convoy'), { source: source('north') }));
      await stories.place(placementOf(treaty, { title: 'The treaty is signed', source: source('south') }));

      expect(await found({ stories }, { topic: 'treaties' })).toEqual(['treaty']);
      expect(await found({ stories }, { feedId: 'north' as never })).toEqual(['convoy']);
      expect(await found({ stories }, { language: 'en' })).toEqual(['treaty', 'convoy']);
      expect(await found({ stories }, { language: 'de' })).toEqual([]);
      expect(await found({ stories }, { text: 'SIGNED' })).toEqual(['treaty']);
    });
  });
}
