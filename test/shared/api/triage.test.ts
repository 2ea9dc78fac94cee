// What a team does with stories, and how much is reported: the routes that the console stands on.

import { anApi } from '../../support/api-world.ts';
import { aMatch, later, START } from '../../support/builders.ts';
import { placeHit } from '../../support/link-world.ts';

type Api = ReturnType<typeof anApi>;
const DAY = 86_400_000;
const BY_ANA = { 'x-tocsin-caller': 'ana' };

/** A story of one report; `n` days after the start. */
async function aStory(api: Api, id: string, days = 0): Promise<void> {
  const match = aMatch({ articleId: `article-${id}`, firstSeenAt: later(days * DAY) });
  await placeHit(api.stores, [match], { id });
}

const listed = (body: Record<string, unknown>) => body['items'] as readonly Record<string, unknown>[];
const idsOf = (body: Record<string, unknown>) => listed(body).map(({ id }) => id);

describe('the triage of a story', () => {
  it('is nothing at first, then what somebody did last, with who and when', async () => {
    const api = anApi();
    await aStory(api, 'ferry');
    expect((await api.ask('GET', '/v1/stories/ferry?with=triage')).body).toMatchObject({ triage: null });

    const put = await api.ask('PUT', '/v1/stories/ferry/triage', { state: 'kept', note: 'Ask the desk' }, BY_ANA);

    const triage = { state: 'kept', dismissedAs: null, note: 'Ask the desk', by: 'ana', at: START, revision: 1 };
    expect(put).toMatchObject({ status: 200, body: triage });
    expect((await api.ask('GET', '/v1/stories/ferry?with=triage')).body).toMatchObject({ triage });
    expect((await api.ask('GET', '/v1/stories/ferry')).body).not.toHaveProperty('triage');
    expect(listed((await api.ask('GET', '/v1/stories?with=triage')).body)).toMatchObject([{ id: 'ferry', triage }]);
  });

  it('keeps its note until that is changed, and says why a story was dismissed only while it is', async () => {
    const api = anApi();
    await aStory(api, 'ferry');
    const put = async (body: object) => (await api.ask('PUT', '/v1/stories/ferry/triage', body)).body;

    await put({ state: 'dismissed', dismissedAs: 'duplicate', note: 'See the other' });
    expect(await put({ state: 'dismissed', dismissedAs: 'not_relevant' })).toMatchObject({
      dismissedAs: 'not_relevant',
      note: 'See the other',
    });
    expect(await put({ state: 'unread' })).toMatchObject({ state: 'unread', dismissedAs: null, note: 'See the other' });
    expect(await put({ state: 'read', dismissedAs: 'duplicate', note: null })).toMatchObject({
      dismissedAs: null,
      note: null,
      by: 'API',
      revision: 4,
    });
  });

  it('is not changed by someone who saw another revision', async () => {
    const api = anApi();
    await aStory(api, 'ferry');
    const put = (body: object) => api.ask('PUT', '/v1/stories/ferry/triage', body, BY_ANA);
    expect((await put({ state: 'read', revision: 0 })).status).toBe(200);

    const late = await put({ state: 'dismissed', revision: 0 });

    expect(late).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(String(late.body['detail'])).toContain('changed meanwhile, by ana');
    expect((await put({ state: 'dismissed', revision: 1 })).status).toBe(200);
  });

  it('needs a story, a state that exists, and a note that fits', async () => {
    const api = anApi();
    await aStory(api, 'ferry');
    const put = async (id: string, body: object) => (await api.ask('PUT', `/v1/stories/${id}/triage`, body)).status;

    expect(await put('nope', { state: 'read' })).toBe(404);
    expect(await put('ferry', { state: 'gone' })).toBe(400);
    expect(await put('ferry', {})).toBe(400);
    expect(await put('ferry', { state: 'read', note: 'x'.repeat(2_001) })).toBe(400);
    expect(await put('ferry', { state: 'read', note: 'x'.repeat(2_000) })).toBe(200);
  });
});

describe('stories in a state', () => {
  const someStories = async (): Promise<Api> => {
    const api = anApi();
    for (let n = 0; n < 12; n++) await aStory(api, `story-${n}`, n);
    for (let n = 0; n < 12; n += 3) await api.ask('PUT', `/v1/stories/story-${n}/triage`, { state: 'kept' });
    await api.ask('PUT', '/v1/stories/story-1/triage', { state: 'dismissed' });
    return api;
  };

  it('are found over pages, each once', async () => {
    const api = await someStories();
    const found: unknown[] = [];
    let cursor = '';
    do {
      const { body } = await api.ask('GET', `/v1/stories?triage=unread&limit=2${cursor}`);
      expect(listed(body).length).toBeLessThanOrEqual(2);
      found.push(...idsOf(body));
      cursor = body['cursor'] === null ? '' : `&cursor=${encodeURIComponent(String(body['cursor']))}`;
    } while (cursor !== '');

    expect(found).toEqual([11, 10, 8, 7, 5, 4, 2].map((n) => `story-${n}`));
  });

  it('may be in any of several', async () => {
    const api = await someStories();

    const { body } = await api.ask('GET', '/v1/stories?triage=dismissed,kept');

    expect(idsOf(body)).toEqual([9, 6, 3, 1, 0].map((n) => `story-${n}`));
  });

  it.each(['triage=', 'triage=seen', 'triage=read,', 'with=triage,all'])('%s is refused', async (query) => {
    expect((await anApi().ask('GET', `/v1/stories?${query}`)).status).toBe(400);
  });
});

describe('the newest report of a listed story', () => {
  it('has the passages of the match that it leads with, one in passing last', async () => {
    const api = anApi();
    const article = 'article-ferry';
    const weak = aMatch({ articleId: article, topicId: 'aside' }, { strength: 'weak' });
    const strong = aMatch({ articleId: article }, { strength: 'strong' });
    await placeHit(api.stores, [weak, strong], { id: 'ferry' });

    const { body } = await api.ask('GET', '/v1/stories?with=report');

    expect(listed(body)).toMatchObject([
      { id: 'ferry', report: { article, title: strong.article.title, passages: strong.passages } },
    ]);
  });

  it('is null when its matches are no longer stored', async () => {
    const api = anApi();
    await aStory(api, 'ferry');
    api.stores.matches.getMatches = async () => [];

    expect(listed((await api.ask('GET', '/v1/stories?with=report')).body)).toMatchObject([{ report: null }]);
  });
});

describe('the volume of stories', () => {
  it('counts them by the day of their last report, with the filters of stories', async () => {
    const api = anApi();
    for (const [n, days] of [0, 2, 2].entries()) await aStory(api, `story-${n}`, days);
    api.clock.advance(2 * DAY + 60_000);
    const day = (days: number) => later(days * DAY).slice(0, 10);

    const { body } = await api.ask('GET', `/v1/stories/volume?since=${day(0)}`);
    const none = await api.ask('GET', `/v1/stories/volume?since=${day(1)}&until=${day(1)}&text=ferry`);

    expect(body).toEqual({
      days: [0, 1, 2].map((days) => ({ day: day(days), stories: [1, 0, 2][days] })),
      truncated: false,
    });
    expect(none.body).toEqual({ days: [{ day: day(1), stories: 0 }], truncated: false });
  });

  it('is of 31 days at most, today the last of them', async () => {
    const api = anApi();

    const days = (await api.ask('GET', '/v1/stories/volume?since=P90D')).body['days'] as readonly { day: string }[];

    expect(days).toHaveLength(31);
    expect(days.at(-1)!.day).toBe(START.slice(0, 10));
    expect((await api.ask('GET', '/v1/stories/volume')).body['days']).toEqual(days);
  });

  it('is of 31 days up to the one that is asked for, too', async () => {
    const api = anApi();
    const until = later(-5 * DAY).slice(0, 10);

    const days = (await api.ask('GET', `/v1/stories/volume?until=${until}`)).body['days'] as readonly { day: string }[];

    expect(days).toHaveLength(31);
    expect(days.at(-1)!.day).toBe(until);
  });

  it('is that of whole days, with a filter and without', async () => {
    const api = anApi();
    await aStory(api, 'early', 0);
    await aStory(api, 'late', 1);
    api.clock.advance(2 * DAY);

    const times = `since=${later(60_000)}&until=${later(DAY + 60_000)}`;
    const counted = async (query: string) => {
      const { body } = await api.ask('GET', `/v1/stories/volume?${query}`);
      return (body['days'] as readonly { stories: number }[]).map(({ stories }) => stories);
    };

    expect(await counted(times)).toEqual([1, 1]);
    expect(await counted(`${times}&topic=river-crossings`)).toEqual([1, 1]);
    expect((await api.ask('GET', '/v1/stories/volume?topic=nope')).body).toMatchObject({ code: 'unknown_topic' });
  });

  it.each([
    { stored: 9_999, counted: 9_999, truncated: false },
    { stored: 10_000, counted: 10_000, truncated: false },
    { stored: 10_001, counted: 10_000, truncated: true },
  ])(
    'counts ten thousand stories, and says whether there were more: $stored',
    async ({ stored, counted, truncated }) => {
      const api = anApi();
      await aStory(api, 'ferry');
      const [story] = (await api.stores.stories.queryStories({}, { limit: 1, cursor: null })).items;
      api.stores.stories.queryStories = async (_filter, { limit, cursor }) => {
        const end = Math.min(Number(cursor ?? 0) + limit, stored);
        const items = Array.from({ length: end - Number(cursor ?? 0) }, () => story!);
        return { items, cursor: end < stored ? String(end) : null };
      };

      const { body } = await api.ask('GET', '/v1/stories/volume?topic=river-crossings');

      expect(body['truncated']).toBe(truncated);
      expect((body['days'] as readonly { stories: number }[]).at(-1)!.stories).toBe(counted);
    },
  );

  it('with a filter reads no story of the days before', async () => {
    const api = anApi();
    const asked: unknown[] = [];
    api.stores.stories.queryStories = async ({ since, text }) => {
      asked.push({ since, text });
      return { items: [], cursor: null };
    };

    await api.ask('GET', '/v1/stories/volume?text=ferry');
    await api.ask('GET', '/v1/stories/volume?text=ferry&since=P2D');

    const midnight = Date.parse(START.slice(0, 10));
    expect(asked).toEqual([
      { since: new Date(midnight - 30 * DAY).toISOString(), text: 'ferry' },
      { since: new Date(midnight - 2 * DAY).toISOString(), text: 'ferry' },
    ]);
  });

  it('ends after as many stories when a filter lets none of them through', async () => {
    const api = anApi();
    let read = 0;
    api.stores.stories.queryStories = async (_filter, { limit }) => {
      read += limit;
      return { items: [], cursor: read < 1_000_000 ? String(read) : null };
    };

    const { body } = await api.ask('GET', '/v1/stories/volume?text=ferry');

    expect(body['truncated']).toBe(true);
    expect(read).toBe(10_000);
  });

  it.each(['limit=5', 'cursor=x', 'triage=read', 'since=soon'])('%s is refused', async (query) => {
    expect((await anApi().ask('GET', `/v1/stories/volume?${query}`)).status).toBe(400);
  });
});
