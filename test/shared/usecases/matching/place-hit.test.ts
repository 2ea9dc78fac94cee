// An article with matches becomes a hit of a story: once, whatever is repeated, cut short or done by two at once.
import type { Article } from '../../../../shared/model/article.ts';
import type { Match } from '../../../../shared/model/match.ts';
import { type FoundMatch, type PlacingPorts, placeHit } from '../../../../shared/usecases/matching/place-hit.ts';
import { aClock, aMatch, anArticle, later } from '../../../support/builders.ts';
import { createMemoryStores } from '../../../support/memory-store.ts';
import { placingParts } from '../../../support/placing.ts';

const FIRST = 'A convoy of forty army trucks crossed the river Elbe near Magdeburg at dawn, police said.';
const SECOND = 'Police in Magdeburg said an army convoy of forty trucks crossed the river Elbe on Tuesday at dawn.';

const anArticleAbout = (text: string, url: string, change: Partial<Article> = {}): Article =>
  anArticle({ title: 'Army convoy crosses the river Elbe near Magdeburg', text, url, ...change });

const ONE = anArticleAbout(FIRST, 'https://one.example.org/1');
const TWO = anArticleAbout(`${SECOND} A bridge was closed.`, 'https://two.example.org/2');

const matchOf = (article: Article, topicId = 'river-crossings', change: Partial<Match> = {}): Match =>
  aMatch({ topicId, articleId: article.id }, change);

function aWorld() {
  const clock = aClock();
  const stores = createMemoryStores({ clock });
  const ports = { ...stores, ...placingParts({ ...stores, clock }), clock };
  /** As match-articles does: first the matches, then the hit. */
  const seen = async (
    article: Article,
    matches: readonly Match[] = [matchOf(article)],
    change: Partial<PlacingPorts> = {},
  ) => {
    const found: FoundMatch[] = [];
    for (const match of matches) found.push({ match, outcome: await stores.matches.putMatch(match) });
    return placeHit(article, found, { ...ports, ...change });
  };
  return { clock, stores, seen };
}

/** To replace some of it. */
const storiesOf = ({ stories }: Pick<PlacingPorts, 'stories'>): PlacingPorts['stories'] => ({
  addTopics: (...asked) => stories.addTopics(...asked),
  findCandidates: (...asked) => stories.findCandidates(...asked),
  place: (...asked) => stories.place(...asked),
});

describe('an article with matches', () => {
  it('starts a story when no open one is like it', async () => {
    const { stores, seen } = aWorld();

    expect(await seen(ONE, [matchOf(ONE), matchOf(ONE, 'treaties')])).toBe('placed');

    const hit = await stores.hits.getHit(ONE.id);
    expect(hit).toMatchObject({
      article: ONE.id,
      story: { kind: 'first', texts: 1 },
      matches: [{ topic: 'river-crossings' }, { topic: 'treaties' }],
      revision: 1,
      newFrom: 0,
      alertState: 'pending',
    });
    expect(await stores.stories.getStory(hit!.story.id)).toMatchObject({
      title: ONE.title,
      hits: 1,
      topics: ['river-crossings', 'treaties'],
    });
  });

  it('joins the story of the same event, and tells why', async () => {
    const { stores, seen } = aWorld();
    await seen(ONE);

    await seen(TWO);

    const [first, second] = await Promise.all([ONE, TWO].map(({ id }) => stores.hits.getHit(id)));
    expect(second!.story.id).toBe(first!.story.id);
    expect(second!.story.kind).not.toBe('first');
    expect(second!.story.reason).toMatch(/\*.+\*/);
    expect(await stores.stories.getStory(first!.story.id)).toMatchObject({ hits: 2 });
  });

  it('is a hit once, however often its message comes', async () => {
    const { stores, seen } = aWorld();
    await seen(ONE);
    await seen(TWO);
    const before = stores.snapshot();

    expect([await seen(TWO), await seen(ONE)]).toEqual(['known', 'known']);

    expect(stores.snapshot()).toEqual(before);
  });

  it('is a hit of a story and no news when its item is old', async () => {
    const { stores, seen } = aWorld();

    await seen(ONE, [matchOf(ONE, 'river-crossings', { quiet: 'old' })]);

    expect(await stores.hits.getHit(ONE.id)).toMatchObject({ alertState: 'done', story: { kind: 'first' } });
    expect(await stores.due.listDue(later(86_400_000), 10)).toEqual([]);
  });
});

describe('an article that matches more topics once its page is read or it is edited', () => {
  const more = [
    matchOf(ONE),
    matchOf(ONE, 'treaties', { topic: { ...matchOf(ONE).topic, id: 'treaties', severity: 'high' } }),
  ];

  it('is the same hit of the same story in another revision, and the story has the topic', async () => {
    const { stores, seen } = aWorld();
    await seen(ONE);
    const before = (await stores.hits.getHit(ONE.id))!;
    await stores.hits.markAlerted(ONE.id, 1, later(1_000), null);

    expect(await seen(anArticleAbout(`${FIRST} The treaty was ratified.`, ONE.url), more)).toBe('revised');

    expect(await stores.hits.getHit(ONE.id)).toMatchObject({
      story: before.story,
      matches: [{ topic: 'river-crossings' }, { topic: 'treaties' }],
      revision: 2,
      newFrom: 1,
      alertState: 'pending',
    });
    expect(await stores.stories.getStory(before.story.id)).toMatchObject({
      hits: 1,
      topics: ['river-crossings', 'treaties'],
      severity: 'high',
    });
  });

  it('is completed when the process died between the story and the hit', async () => {
    const { stores, seen } = aWorld();
    await seen(ONE);
    const dying: PlacingPorts['hits'] = {
      getHit: (id) => stores.hits.getHit(id),
      revise: () => Promise.reject(new Error('killed')),
    };
    await expect(seen(ONE, more, { hits: dying })).rejects.toThrow('killed');

    expect(await seen(ONE, more)).toBe('revised');

    expect(await stores.hits.getHit(ONE.id)).toMatchObject({ revision: 2, matches: [{}, { topic: 'treaties' }] });
  });

  it('is no news when it became old', async () => {
    const { stores, seen } = aWorld();
    await seen(ONE);
    await stores.hits.markAlerted(ONE.id, 1, later(1_000), null);

    await seen(
      ONE,
      more.map((match) => ({ ...match, quiet: 'old' as const })),
    );

    expect(await stores.hits.getHit(ONE.id)).toMatchObject({ revision: 2, alertState: 'done' });
  });
});

describe('an article in which a topic was weak, and is stronger once its page is read or it is edited', () => {
  const weak = matchOf(ONE, 'treaties', { strength: 'weak', prominence: 'body' });
  const fair = matchOf(ONE, 'treaties', { strength: 'fair', prominence: 'lead' });

  it('is the same hit in another revision, whose news the topic is', async () => {
    const { stores, seen } = aWorld();
    await seen(ONE, [weak, matchOf(ONE)]);
    await stores.matches.markAlerted(weak.id, later(1_000));
    await stores.hits.markAlerted(ONE.id, 1, later(1_000), null);

    expect(await seen(ONE, [fair, matchOf(ONE)])).toBe('revised');

    expect(await stores.hits.getHit(ONE.id)).toMatchObject({
      matches: [{ topic: 'river-crossings' }, { topic: 'treaties', strength: 'fair' }],
      revision: 2,
      newFrom: 1,
      alertState: 'pending',
    });
    expect(await stores.matches.getMatch(weak.id)).toMatchObject({
      strength: 'fair',
      prominence: 'lead',
      times: { alertedAt: null },
    });
    expect(await seen(ONE, [weak, matchOf(ONE)])).toBe('known');
  });

  it('keeps what is still to be alerted while its first alerts are being prepared', async () => {
    const { stores, seen } = aWorld();
    await seen(ONE, [weak, matchOf(ONE)]);

    await seen(ONE, [fair, matchOf(ONE)]);

    expect(await stores.hits.getHit(ONE.id)).toMatchObject({ revision: 2, newFrom: 0, alertState: 'pending' });
  });

  it('is completed when the process died before the hit was written', async () => {
    const { stores, seen } = aWorld();
    await seen(ONE, [weak]);
    const dying: PlacingPorts['hits'] = {
      getHit: (id) => stores.hits.getHit(id),
      revise: () => Promise.reject(new Error('killed')),
    };
    await expect(seen(ONE, [fair], { hits: dying })).rejects.toThrow('killed');

    expect(await seen(ONE, [fair])).toBe('revised');

    expect(await stores.hits.getHit(ONE.id)).toMatchObject({ matches: [{ strength: 'fair' }], newFrom: 0 });
  });

  it('stays as it is where it only becomes strong, which alerts no one else', async () => {
    const { seen } = aWorld();
    await seen(ONE, [fair]);

    expect(await seen(ONE, [{ ...fair, strength: 'strong' }])).toBe('known');
  });
});

describe('placing a hit', () => {
  it('decides again when another process put something under the same words', async () => {
    const { clock, stores, seen } = aWorld();
    let isFirst = true;
    const racing = {
      ...storiesOf(stores),
      findCandidates: async (language: string, keys: readonly number[]) => {
        const found = await stores.stories.findCandidates(language, keys);
        if (isFirst) {
          isFirst = false;
          await seen(ONE, undefined, placingParts({ ...stores, clock }));
        }
        return found;
      },
    };

    expect(await seen(TWO, [matchOf(TWO)], { stories: racing })).toBe('placed');

    const hits = await stores.hits.getHits([ONE.id, TWO.id]);
    expect(new Set(hits.map(({ story }) => story.id)).size).toBe(1);
  });

  it('takes its turn where reports of one event come at once, so that none refuses the write of another', async () => {
    const { stores, seen } = aWorld();
    const outcomes: string[] = [];
    const watched = {
      ...storiesOf(stores),
      place: async (...asked: Parameters<PlacingPorts['stories']['place']>) => {
        // The store answers later than it is asked, as one over the network does.
        await new Promise((resolve) => setImmediate(resolve));
        const outcome = await stores.stories.place(...asked);
        outcomes.push(outcome);
        return outcome;
      },
    };
    const reports = Array.from({ length: 30 }, (_, n) => anArticleAbout(FIRST, `https://outlet-${n}.example.org/1`));

    await Promise.all(reports.map((report) => seen(report, undefined, { stories: watched })));

    expect(outcomes).toEqual(reports.map(() => 'placed'));
    const hits = await stores.hits.getHits(reports.map(({ id }) => id));
    expect(new Set(hits.map(({ story }) => story.id)).size).toBe(1);
    expect(await stores.stories.getStory(hits[0]!.story.id)).toMatchObject({ hits: 30 });
  });

  it('is left to another try of its message when others keep changing the story', async () => {
    const { stores, seen } = aWorld();
    const busy = { ...storiesOf(stores), place: async () => 'conflict' as const };

    await expect(seen(ONE, [matchOf(ONE)], { stories: busy })).rejects.toMatchObject({
      code: 'service_unavailable',
      retryable: true,
    });
  });

  it('is completed when the process died after the matches were stored', async () => {
    const { stores, seen } = aWorld();
    await stores.matches.putMatch(matchOf(ONE));

    expect(await seen(ONE)).toBe('placed');

    expect(await stores.hits.getHit(ONE.id)).toMatchObject({ alertState: 'pending', newFrom: 0 });
  });
});

describe('an article whose match is from before there were hits', () => {
  const [alerted, pending, quiet] = [
    matchOf(ONE, 'river-crossings', { times: { ...matchOf(ONE).times, alertedAt: later(-1_000) } }),
    matchOf(ONE, 'river-crossings', { alertState: 'pending' }),
    matchOf(ONE, 'river-crossings', { quiet: 'first_poll_old' }),
  ];

  it.each([
    ['was alerted', alerted],
    ['is alerted under its own id', pending],
    ['is quiet', quiet],
  ])('is not alerted again when that %s', async (_what, stored) => {
    const { stores, seen } = aWorld();
    await stores.matches.putMatch(stored);

    await seen(ONE);

    expect(await stores.hits.getHit(ONE.id)).toMatchObject({ alertState: 'done', story: { kind: 'first' } });
  });

  it('is alerted for a topic that is new in it', async () => {
    const { stores, seen } = aWorld();
    await stores.matches.putMatch(alerted);

    await seen(ONE, [matchOf(ONE, 'treaties'), matchOf(ONE)]);

    expect(await stores.hits.getHit(ONE.id)).toMatchObject({
      matches: [{ topic: 'river-crossings' }, { topic: 'treaties' }],
      newFrom: 1,
      alertState: 'pending',
    });
  });
});
