// The filter of a query for matches: its times, and the names in it.
import { matchFilterOf, mustExist } from '../../../shared/api/match-filter.ts';
import type { FeedId } from '../../../shared/model/ids.ts';
import type { MatchFilter } from '../../../shared/model/match.ts';
import { aClock, aMatch, aNewFeed, aTopic, later, START } from '../../support/builders.ts';
import { createMemoryStores } from '../../support/memory-store.ts';

const NOW = new Date(START);
const URL = 'https://news.example.org/feed.xml';

describe('the filter of a query', () => {
  it('has each of its conditions, its times as instants', () => {
    const query = { topic: 't', feed: 'f', since: 'P1D', until: '2026-11-17', source: 's', lang: 'de', text: 'x' };

    expect(matchFilterOf(query, NOW)).toEqual({
      topic: 't',
      feedId: 'f',
      since: later(-86_400_000),
      until: '2026-11-18T00:00:00.000Z',
      source: 's',
      language: 'de',
      text: 'x',
    });
    expect(matchFilterOf({}, NOW)).toEqual({});
  });

  it('may be empty in time, but not reversed', () => {
    const between = (since: string, until: string) => () => matchFilterOf({ since, until }, NOW);

    expect(between(START, START)).not.toThrow();
    expect(between(later(1), START)).toThrow(
      expect.objectContaining({
        code: 'invalid_query',
        message: 'the query cannot be used',
        problems: [
          { detail: `since: got "${later(1)}"; expected a time before until ("${START}")`, parameter: 'since' },
        ],
      }),
    );
  });

  it.each([
    ['since', { since: 'P7D' }, ['since']],
    ['until', { until: 'PT1H' }, ['until']],
    ['both', { since: 'P7D', until: 'PT1H' }, ['since', 'until']],
    ['neither', { since: '2026-11-01', until: START }, []],
    ['no time at all', {}, []],
  ])('moves with the clock where it has a duration, which no cursor fits: %s', (_name, times, refused) => {
    const found = (() => {
      try {
        matchFilterOf({ ...times, cursor: 'x' }, NOW);
        return [];
      } catch (error) {
        return (error as { problems: { parameter: string }[] }).problems.map(({ parameter }) => parameter);
      }
    })();

    expect(found).toEqual(refused);
    expect(() => matchFilterOf(times, NOW)).not.toThrow();
  });
});

describe('a filter that finds nothing', () => {
  async function aWorld() {
    const stores = createMemoryStores({ clock: aClock() });
    await stores.topics.putTopics([aTopic(), aTopic({ id: 'removed' })], { source: 'configuration' });
    await stores.topics.removeTopic('removed', START);
    const feed = aNewFeed({ url: URL });
    await stores.feeds.addFeed(feed);
    const problems = async (filter: MatchFilter) => {
      const error = await mustExist(filter, stores).then(
        () => null,
        (thrown: { code: string; message: string; problems: { detail: string }[] }) => thrown,
      );
      return error && { code: error.code, message: error.message, details: error.problems.map(({ detail }) => detail) };
    };
    return { stores, feed, problems };
  }
  const noTopic = (name: string, hint = '') =>
    `topic: there is no topic "${name}", and no match of it.${hint} GET /v1/topics lists them`;
  const noFeed = (name: string, hint = '') =>
    `feed: there is no feed "${name}", and no match of it.${hint} GET /v1/feeds lists them`;
  const message = 'nothing can be found';

  it('is right where its names exist, or are not given', async () => {
    const { feed, problems } = await aWorld();

    expect(await problems({})).toBeNull();
    expect(await problems({ text: 'ferry' })).toBeNull();
    expect(await problems({ topic: 'river-crossings', feedId: feed.id })).toBeNull();
  });

  it('is right where there are matches of what was removed', async () => {
    const { stores, problems } = await aWorld();
    await stores.matches.putMatch(
      aMatch({ topicId: 'ended' }, { sources: [{ feedId: 'gone' as FeedId, title: '', host: '' }] }),
    );

    expect(await problems({ topic: 'ended', feedId: 'gone' as FeedId })).toBeNull();
  });

  it('names a topic that is not there, and the nearest that is in force', async () => {
    const { problems } = await aWorld();

    expect(await problems({ topic: 'river-crosings' })).toEqual({
      code: 'unknown_topic',
      message,
      details: [noTopic('river-crosings', ' Did you mean "river-crossings"?')],
    });
    expect(await problems({ topic: 'remved' })).toMatchObject({ details: [noTopic('remved')] });
  });

  it('names a feed that is not there, the one whose address was given, or the nearest id', async () => {
    const { feed, problems } = await aWorld();
    const hint = ` Did you mean "${feed.id}"?`;
    const slip = feed.id.slice(1);

    expect(await problems({ feedId: URL as FeedId })).toEqual({
      code: 'unknown_feed',
      message,
      details: [noFeed(URL, hint)],
    });
    expect(await problems({ feedId: slip as FeedId })).toMatchObject({ details: [noFeed(slip, hint)] });
    expect(await problems({ feedId: 'https://other.example.org/' as FeedId })).toMatchObject({
      details: [noFeed('https://other.example.org/')],
    });
  });

  it('names both, the feed first', async () => {
    const { problems } = await aWorld();

    expect(await problems({ topic: 'zzz', feedId: 'zzz' as FeedId })).toEqual({
      code: 'unknown_topic',
      message,
      details: [noFeed('zzz'), noTopic('zzz')],
    });
  });
});
