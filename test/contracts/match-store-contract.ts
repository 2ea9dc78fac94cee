import { feedIdOf, type SubscriptionId } from '../../shared/model/ids.ts';
import type { Match, MatchFilter } from '../../shared/model/match.ts';
import type { NotRelevant } from '../../shared/ports.ts';
import { aMatch, aSubscription, epochSeconds, later, START } from '../support/builders.ts';
import { allPages } from './paging.ts';
import type { OpenSubject, Subject } from './store-contract.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const source = (name: string) => ({
  feedId: feedIdOf(`https://${name}.example.org/feed.xml`),
  title: `The ${name} Daily`,
  host: `${name}.example.org`,
});

/** A match of its own article, so many milliseconds after the start. */
const matchAt = (ms: number, change: Partial<Match> = {}, topicId = 'river-crossings'): Match =>
  aMatch({ topicId, articleId: `article-${ms}`, firstSeenAt: later(ms) }, change);

const putAll = async ({ matches }: Pick<Subject, 'matches'>, all: readonly Match[]): Promise<void> => {
  for (const match of all) await matches.putMatch(match);
};

const found = async ({ matches }: Pick<Subject, 'matches'>, filter: MatchFilter): Promise<readonly string[]> =>
  (await matches.queryMatches(filter, { limit: 100, cursor: null })).items.map(({ id }) => id);

const ids = (all: readonly Match[]): readonly string[] => all.map(({ id }) => id);

export function describeMatchStore(open: OpenSubject): void {
  describe('a match', () => {
    it('comes back as it was stored', async () => {
      const { matches } = await open();
      const full = aMatch(
        {},
        {
          passages: [
            { text: 'Войска', field: 'title', origin: 'title', start: 0, end: 6, highlights: [[0, 6]] },
            { text: '🚢 항구', field: 'body', origin: 'summary', start: 17, end: 22, highlights: [], cut: 'both' },
          ],
          quiet: 'first_poll_old',
          alertState: 'done',
        },
      );

      expect(await matches.putMatch(full)).toBe('stored');

      expect(await matches.getMatch(full.id)).toEqual(full);
    });

    it('comes back with the reason why it sends no alert', async () => {
      const { matches } = await open();
      const old = aMatch({}, { quiet: 'old', alertState: 'done' });

      await matches.putMatch(old);

      expect((await matches.getMatch(old.id))?.quiet).toBe('old');
    });

    it('may lack what an article may lack', async () => {
      const { matches } = await open();
      const { article } = aMatch();
      const bare = aMatch({}, { article: { ...article, url: '', canonicalUrl: '', title: '', publishedAt: null } });

      await matches.putMatch(bare);

      expect(await matches.getMatch(bare.id)).toEqual(bare);
    });

    it('that was never stored is null', async () => {
      const { matches } = await open();

      expect(await matches.getMatch(aMatch().id)).toBeNull();
      expect(await matches.getMatches([aMatch().id])).toEqual([]);
    });

    it('is stored once when it comes again, and keeps what it was', async () => {
      const { matches } = await open();
      await matches.putMatch(aMatch());
      await matches.markAlerted(aMatch().id, later(5_000));

      expect(await matches.putMatch(aMatch({}, { why: 'another clause' }))).toBe('known');

      const stored = await matches.getMatch(aMatch().id);
      expect(stored).toMatchObject({ why: aMatch().why, alertState: 'done', times: { alertedAt: later(5_000) } });
      expect(stored?.sources).toEqual(aMatch().sources);
    });

    it('is stored by one of two at the same time', async () => {
      const { matches, elsewhere } = await open();

      const outcomes = await Promise.all([matches.putMatch(aMatch()), elsewhere.matches.putMatch(aMatch())]);

      expect([...outcomes].sort()).toEqual(['known', 'stored']);
      expect((await matches.getMatch(aMatch().id))?.sources).toHaveLength(1);
    });

    it('lists every feed that carried the article, the first one first', async () => {
      const { matches } = await open();
      for (const name of ['north', 'south', 'east', 'south']) {
        await matches.putMatch(aMatch({}, { sources: [source(name)] }));
      }

      expect((await matches.getMatch(aMatch().id))?.sources).toEqual([
        source('north'),
        source('south'),
        source('east'),
      ]);
    });

    it('lists each feed once when many bring the article at the same time', async () => {
      const { matches, elsewhere } = await open();
      const names = ['north', 'south', 'east', 'west', 'north', 'south'];

      await Promise.all(
        names.map((name, at) =>
          (at % 2 === 0 ? matches : elsewhere.matches).putMatch(aMatch({}, { sources: [source(name)] })),
        ),
      );

      const hosts = (await matches.getMatch(aMatch().id))?.sources.map(({ host }) => host);
      expect(hosts?.sort()).toEqual(['east', 'north', 'south', 'west'].map((name) => `${name}.example.org`));
    });

    it('takes a source that is added once', async () => {
      const { matches } = await open();
      await matches.putMatch(aMatch({}, { sources: [source('north')] }));

      await matches.addSource(aMatch().id, source('south'));
      await matches.addSource(aMatch().id, source('south'));

      expect((await matches.getMatch(aMatch().id))?.sources).toEqual([source('north'), source('south')]);
    });

    it('does not come into being because a source is added or it is marked', async () => {
      const { matches } = await open();

      await matches.addSource(aMatch().id, source('south'));
      await matches.markAlerted(aMatch().id, START);

      expect(await matches.getMatch(aMatch().id)).toBeNull();
      expect(await found({ matches }, {})).toEqual([]);
    });

    it('stops taking sources long before its record is too large', async () => {
      const { matches } = await open();
      await matches.putMatch(aMatch());
      for (let number = 0; number < 60; number += 1) await matches.addSource(aMatch().id, source(`feed-${number}`));

      const sources = (await matches.getMatch(aMatch().id))?.sources;

      expect(sources).toHaveLength(32);
    });

    it('that is weak takes what a stronger one says, and counts as not alerted', async () => {
      const { matches } = await open();
      const weak = aMatch({}, { strength: 'weak', prominence: 'body' });
      await matches.putMatch(weak);
      await matches.markAlerted(weak.id, later(1_000));
      const page = { ...weak.article, origin: 'article' as const, title: 'Another headline' };
      const [passage] = weak.passages;
      const passages = [
        { ...passage!, origin: 'article' as const },
        { ...passage!, origin: 'summary' as const },
      ];

      for (const strength of ['fair', 'strong'] as const)
        await matches.strengthen({ ...weak, strength, prominence: 'lead', why: 'en: convoy', passages, article: page });

      expect(await matches.getMatch(weak.id)).toEqual({
        ...weak,
        ...{ strength: 'fair', prominence: 'lead', why: 'en: convoy', passages },
        article: { ...weak.article, origin: 'article' },
      });
    });

    it.each(['fair', 'strong'] as const)('that is %s stays as it is when it is found stronger', async (strength) => {
      const { matches } = await open();
      await matches.putMatch(aMatch({}, { strength }));

      await matches.strengthen(aMatch({}, { strength: 'strong', why: 'en: convoy' }));
      await matches.strengthen(aMatch({ articleId: 'unknown' }, { strength: 'strong' }));

      expect(await matches.getMatch(aMatch().id)).toEqual(aMatch({}, { strength }));
      expect(await matches.getMatch(aMatch({ articleId: 'unknown' }).id)).toBeNull();
    });

    it('is alerted at the first instant that is given', async () => {
      const { matches } = await open();
      await matches.putMatch(aMatch());

      await matches.markAlerted(aMatch().id, later(1_000));
      await matches.markAlerted(aMatch().id, later(2_000));

      expect(await matches.getMatch(aMatch().id)).toMatchObject({
        alertState: 'done',
        times: { ...aMatch().times, alertedAt: later(1_000) },
      });
    });

    it('is gone at the second it expires, and may then be stored again', async () => {
      const subject = await open();
      const match = aMatch({}, { expiresAt: epochSeconds(later(10_000)) });
      await subject.matches.putMatch(match);

      subject.clock.set(later(9_999));
      const before = await subject.matches.getMatch(match.id);
      subject.clock.set(later(10_000));

      expect(before).not.toBeNull();
      expect(await subject.matches.getMatch(match.id)).toBeNull();
      expect(await subject.matches.getMatches([match.id])).toEqual([]);
      expect(await found(subject, { topic: match.topic.id })).toEqual([]);
      expect(await subject.matches.putMatch({ ...match, expiresAt: epochSeconds(later(DAY)) })).toBe('stored');
      expect(await subject.matches.getMatch(match.id)).not.toBeNull();
    });

    it('finds those of a hundred ids that exist, each once', async () => {
      const subject = await open();
      const all = Array.from({ length: 30 }, (_, at) => matchAt(at));
      await putAll(subject, all);
      const unknown = Array.from({ length: 70 }, (_, at) => matchAt(1_000 + at).id);

      const some = await subject.matches.getMatches([...ids(all), ...unknown] as Match['id'][]);

      expect(ids(some).toSorted()).toEqual(ids(all).toSorted());
    });
  });

  describe('a match that is not relevant', () => {
    const mark = (number: number, change: Partial<NotRelevant> = {}): NotRelevant => ({
      matchId: matchAt(number).id,
      topicId: 'river-crossings',
      subscriptionId: aSubscription().id,
      at: later(number),
      expiresAt: matchAt(number).expiresAt,
      ...change,
    });

    it('is listed with its topic, the latest first, once for each who says so', async () => {
      const { matches } = await open();
      const other = mark(1, { subscriptionId: 'reader-2' as SubscriptionId, at: later(5) });
      for (const one of [mark(1), mark(3), other, mark(2, { topicId: 'treaties' })]) await matches.noteNotRelevant(one);

      await matches.noteNotRelevant(mark(1, { at: later(9) }));

      expect(await matches.listNotRelevant('river-crossings', 10)).toEqual([other, mark(3), mark(1)]);
      expect(await matches.listNotRelevant('river-crossings', 2)).toEqual([other, mark(3)]);
      expect(await matches.listNotRelevant('floods', 10)).toEqual([]);
    });

    it('is forgotten with the match, and may then be said again', async () => {
      const { matches, clock } = await open();
      await matches.noteNotRelevant(mark(1, { expiresAt: epochSeconds(later(10_000)) }));
      clock.set(later(10_000));
      const forgotten = await matches.listNotRelevant('river-crossings', 10);

      await matches.noteNotRelevant(mark(1, { at: later(10_000) }));

      expect(forgotten).toEqual([]);
      expect(await matches.listNotRelevant('river-crossings', 10)).toEqual([mark(1, { at: later(10_000) })]);
    });
  });

  describe('a match that is too long', () => {
    const text = '군대가 강을 건넜다. '.repeat(1_000);
    const long = (): Match =>
      aMatch(
        {},
        {
          article: {
            ...aMatch().article,
            title: 'x'.repeat(5_000),
            url: `https://example.org/?q=${'y'.repeat(9_000)}`,
          },
          passages: [
            {
              text,
              field: 'body',
              origin: 'feed',
              start: 100,
              end: 100 + text.length,
              highlights: [
                [100, 102],
                [5_000, 5_002],
              ],
            },
            { text: 'short', field: 'title', origin: 'title', start: 0, end: 5, highlights: [[0, 5]] },
          ],
          why: 'z'.repeat(5_000),
        },
      );

    it('is stored with its beginning and a mark, and says so consistently', async () => {
      const { matches } = await open();
      expect(Buffer.byteLength(text)).toBeGreaterThan(27_000);

      await matches.putMatch(long());

      const stored = await matches.getMatch(long().id);
      const [first, second] = stored!.passages;
      const kept = first!.text.slice(0, -4);
      expect(first!.text).toBe(`${kept} […]`);
      expect(text.startsWith(kept)).toBe(true);
      expect(kept.length).toBeGreaterThan(1_000);
      expect(first).toMatchObject({ start: 100, end: 100 + kept.length, highlights: [[100, 102]] });
      expect(second).toEqual(long().passages[1]);
      expect(stored!.article.title).toMatch(/^x{900,} \[…\]$/);
      expect(stored!.article.canonicalUrl).toBe(long().article.canonicalUrl);
    });

    it('has no address rather than half of one', async () => {
      const { matches } = await open();

      await matches.putMatch(long());

      expect((await matches.getMatch(long().id))?.article.url).toBe('');
    });
  });

  describe('the matches of a filter', () => {
    const every = (count: number, step = HOUR) => Array.from({ length: count }, (_, at) => matchAt(at * step));

    it('come newest first, over days, months and years', async () => {
      const subject = await open();
      const instants = [0, 1, DAY, 31 * DAY, 60 * DAY, -1, -DAY, -300 * DAY];
      await putAll(
        subject,
        instants.map((ms) => matchAt(ms)),
      );

      const wanted = ids(instants.toSorted((a, b) => b - a).map((ms) => matchAt(ms)));

      expect(await found(subject, {})).toEqual(wanted);
      expect(await found(subject, { topic: 'river-crossings' })).toEqual(wanted);
      expect(await found(subject, { feedId: aMatch().sources[0]!.feedId })).toEqual(wanted);
    });

    it('all come when they were first seen at the same instant', async () => {
      const subject = await open();
      const all = Array.from({ length: 25 }, (_, at) => aMatch({ articleId: `article ${at}` }));
      await putAll(subject, all);

      for (const filter of [{}, { topic: 'river-crossings' }, { feedId: aMatch().sources[0]!.feedId }]) {
        const pages = await allPages(7, (page) => subject.matches.queryMatches(filter, page));
        expect(ids(pages.flat()).toSorted()).toEqual(ids(all).toSorted());
      }
    });

    it('are those of the topic only', async () => {
      const subject = await open();
      const [ours, theirs] = [matchAt(1), matchAt(2, {}, 'treaties')];
      await putAll(subject, [ours, theirs]);

      expect(await found(subject, { topic: 'treaties' })).toEqual([theirs.id]);
      expect(await found(subject, { topic: 'treat' })).toEqual([]);
    });

    it('are those of the feed, whether it came first or later', async () => {
      const subject = await open();
      const [first, later, never] = [
        matchAt(1, { sources: [source('north')] }),
        matchAt(2, { sources: [source('south')] }),
        matchAt(3, { sources: [source('south')] }),
      ];
      await putAll(subject, [first, later, never]);
      await subject.matches.addSource(later.id, source('north'));

      expect(await found(subject, { feedId: source('north').feedId })).toEqual([later.id, first.id]);
    });

    it('are those of the feed at the instant they were first seen, though the feed brought them later', async () => {
      const subject = await open();
      const match = matchAt(0, { sources: [source('north')] });
      await subject.matches.putMatch(match);

      await subject.matches.putMatch(
        aMatch({ articleId: 'article-0', firstSeenAt: later(DAY) }, { sources: [source('south')] }),
      );

      expect(await found(subject, { feedId: source('south').feedId, until: later(HOUR) })).toEqual([match.id]);
      expect(await found(subject, { feedId: source('south').feedId, since: later(HOUR) })).toEqual([]);
    });

    it('are those of topic and feed when both are given', async () => {
      const subject = await open();
      const wanted = matchAt(1, { sources: [source('north')] }, 'treaties');
      await putAll(subject, [
        wanted,
        matchAt(2, { sources: [source('south')] }, 'treaties'),
        matchAt(3, { sources: [source('north')] }),
      ]);

      expect(await found(subject, { topic: 'treaties', feedId: source('north').feedId })).toEqual([wanted.id]);
    });

    it.each<[string, MatchFilter]>([
      ['all', {}],
      ['a topic', { topic: 'river-crossings' }],
      ['a feed', { feedId: aMatch().sources[0]!.feedId }],
    ])('are those in the range, its beginning included and its end not: %s', async (_name, filter) => {
      const subject = await open();
      const all = every(6, 12 * HOUR);
      await putAll(subject, all);

      const inRange = await found(subject, { ...filter, since: later(12 * HOUR), until: later(48 * HOUR) });

      expect(inRange).toEqual(ids([all[3]!, all[2]!, all[1]!]));
      expect(await found(subject, { ...filter, since: later(61 * HOUR) })).toEqual([]);
      expect(await found(subject, { ...filter, until: START })).toEqual([]);
      expect(await found(subject, { ...filter, since: later(HOUR), until: START })).toEqual([]);
    });

    it('understand instants in another zone', async () => {
      const subject = await open();
      await putAll(subject, every(3));

      expect(await found(subject, { since: '2026-11-17T10:00:00+01:00' })).toEqual(ids(every(3).slice(1).toReversed()));
    });

    it('refuse an instant that is none', async () => {
      const { matches } = await open();

      await expect(matches.queryMatches({ since: 'last week' }, { limit: 1, cursor: null })).rejects.toMatchObject({
        code: 'bad_instant',
        message: expect.stringContaining('since: "last week"'),
      });
    });

    it('can be told by source, language and text, in any case of letters', async () => {
      const subject = await open();
      const { article, passages } = aMatch();
      const korean = matchAt(1, {
        sources: [source('seoul')],
        passages: [],
        article: { ...article, language: 'ko', firstSeenAt: later(1), title: '군대' },
      });
      const english = matchAt(2, {
        sources: [source('north'), { ...source('Leeds'), host: 'leeds.example.com' }],
        article: { ...article, firstSeenAt: later(2), title: 'CAFÉ opens' },
        passages: [{ ...passages[0]!, text: 'A Convoy left the harbour' }],
      });
      await putAll(subject, [korean, english]);

      expect(await found(subject, { source: 'SEOUL.example.org' })).toEqual([korean.id]);
      expect(await found(subject, { source: 'www.leeds.example.com' })).toEqual([english.id]);
      expect(await found(subject, { source: 'the leeds' })).toEqual([english.id]);
      expect(await found(subject, { source: 'example' })).toEqual([]);
      expect(await found(subject, { language: 'KO' })).toEqual([korean.id]);
      expect(await found(subject, { text: 'cafe\u0301' })).toEqual([english.id]);
      expect(await found(subject, { text: 'convoy left' })).toEqual([english.id]);
      expect(await found(subject, { text: 'convoy', language: 'ko' })).toEqual([]);
      expect(await found(subject, { topic: 'river-crossings', text: '군대', source: 'seoul' })).toEqual([korean.id]);
    });

    it('can be told by strength and prominence', async () => {
      const subject = await open();
      const weak = matchAt(1, { strength: 'weak', prominence: 'body' });
      const fair = matchAt(2, { strength: 'fair', prominence: 'body' });
      const strong = matchAt(3, { strength: 'strong', prominence: 'headline' });
      await putAll(subject, [weak, fair, strong]);

      expect(await found(subject, { strength: 'weak' })).toEqual([weak.id]);
      expect(await found(subject, { strength: 'fair' })).toEqual([fair.id]);
      expect(await found(subject, { prominence: 'body' })).toEqual(ids([fair, weak]));
      expect(await found(subject, { topic: 'river-crossings', strength: 'strong', prominence: 'headline' })).toEqual([
        strong.id,
      ]);
      expect(await found(subject, { strength: 'strong', prominence: 'body' })).toEqual([]);
    });

    it.each<[string, MatchFilter]>([
      ['all', {}],
      ['a topic', { topic: 'river-crossings' }],
      ['a feed', { feedId: aMatch().sources[0]!.feedId }],
      ['a text', { text: 'convoy' }],
      ['a strength', { strength: 'strong' }],
    ])('come in pages, each once and none missing: %s', async (_name, filter) => {
      const subject = await open();
      const all = every(23, 7 * HOUR);
      await putAll(subject, all);

      const pages = await allPages(5, (page) => subject.matches.queryMatches(filter, page));

      expect(pages.map((page) => page.length)).toEqual([5, 5, 5, 5, 3]);
      expect(ids(pages.flat())).toEqual(ids(all.toReversed()));
    });

    it('end with a full last page when the number comes out even', async () => {
      const subject = await open();
      await putAll(subject, every(4, 12 * HOUR));

      const pages = await allPages(2, (page) => subject.matches.queryMatches({}, page));

      expect(pages.map((page) => page.length)).toEqual([2, 2]);
    });

    it('that are stored between two pages disturb neither', async () => {
      const subject = await open();
      await putAll(subject, every(6));
      const first = await subject.matches.queryMatches({}, { limit: 3, cursor: null });

      await putAll(subject, [matchAt(10 * HOUR), matchAt(1)]);
      const second = await subject.matches.queryMatches({}, { limit: 10, cursor: first.cursor });

      expect(ids(second.items)).toEqual(ids([matchAt(2 * HOUR), matchAt(HOUR), matchAt(1), matchAt(0)]));
    });

    it('are all there in two pages of a hundred and more', async () => {
      const subject = await open();
      const all = every(230, 60_000);
      await Promise.all(
        [0, 1, 2, 3, 4].map((part) =>
          putAll(
            subject,
            all.filter((_, at) => at % 5 === part),
          ),
        ),
      );

      for (const filter of [{}, { topic: 'river-crossings' }]) {
        const pages = await allPages(115, (page) => subject.matches.queryMatches(filter, page));
        expect(pages.map((page) => page.length)).toEqual([115, 115]);
        expect(ids(pages.flat())).toEqual(ids(all.toReversed()));
      }
    });

    it('refuse the cursor of another filter', async () => {
      const subject = await open();
      await putAll(subject, every(3));
      const { cursor } = await subject.matches.queryMatches({ topic: 'river-crossings' }, { limit: 1, cursor: null });

      expect(cursor).not.toBeNull();
      for (const other of [{}, { topic: 'treaties' }, { topic: 'river-crossings', since: START }]) {
        await expect(subject.matches.queryMatches(other, { limit: 1, cursor })).rejects.toMatchObject({
          code: 'bad_cursor',
        });
      }
    });

    it('take the cursor of the same filter however its instants were written, and with another page size', async () => {
      const subject = await open();
      await putAll(subject, every(3));
      const first = await subject.matches.queryMatches({ since: START }, { limit: 1, cursor: null });

      const rest = await subject.matches.queryMatches(
        { since: '2026-11-17T09:00:00+01:00' },
        { limit: 9, cursor: first.cursor },
      );

      expect(ids(rest.items)).toEqual(ids(every(2).toReversed()));
    });
  });
}
