// The HTTP API through its one door, from Request to Response; and its OpenAPI document, held true against every answer seen here.

import { readFileSync } from 'node:fs';
import { createOutputFeeds } from '../../../shared/api/output-feeds.ts';
import { ROUTES } from '../../../shared/api/routes.ts';
import { FeedRefusedError, ServiceUnavailableError } from '../../../shared/core/errors.ts';
import { WEB_CHANNELS } from '../../../shared/model/channels.ts';
import { feedIdOf, hitDeliveryIdOf, type SubscriptionId } from '../../../shared/model/ids.ts';
import { defaultSettings } from '../../../shared/model/settings.ts';
import { hashOfAddress } from '../../../shared/model/suppression.ts';
import { anApi, type Json, seen, withMatches } from '../../support/api-world.ts';
import { aDelivery, aMatch, aNewFeed, aSubscription, aTopic, later, START } from '../../support/builders.ts';
import { SECRET_PARTS, targetOf } from '../../support/channel-messages.ts';
import { aLog, someSnsSubscriptions } from '../../support/fakes.ts';
import { untrueAnswers } from '../../support/openapi-truth.ts';
import { anOutput } from '../../support/output-world.ts';
import { storeReport } from '../../support/store-report.ts';

describe('matches', () => {
  it('come newest first, a page at a time, until the cursor is null', async () => {
    const { ask } = await withMatches(5);

    const first = await ask('GET', '/v1/matches?limit=3');
    const second = await ask('GET', `/v1/matches?limit=3&cursor=${encodeURIComponent(String(first.body['cursor']))}`);

    const times = [...(first.body['items'] as Json[]), ...(second.body['items'] as Json[])].map(
      ({ article }) => (article as Json)['firstSeenAt'],
    );
    expect(times).toEqual([4, 3, 2, 1, 0].map((i) => later(i * 60_000)));
    expect(second.body['cursor']).toBeNull();
  });

  it('come fifty at a time where no limit is given', async () => {
    const { ask } = await withMatches(51);

    expect((await ask('GET', '/v1/matches')).body['items']).toHaveLength(50);
  });

  it('can be asked for by topic, time, source, language and text', async () => {
    const { ask, stores } = await withMatches(3);
    await stores.matches.putMatch(aMatch({ topicId: 'other-topic', articleId: 'another', firstSeenAt: later(0) }));
    const count = async (query: string) => ((await ask('GET', `/v1/matches?${query}`)).body['items'] as Json[]).length;

    expect(await count('topic=other-topic')).toBe(1);
    expect(await count(`since=${later(60_000)}`)).toBe(2);
    expect(await count('since=P1D')).toBe(4);
    expect(await count('since=2026-11-17')).toBe(4);
    expect(await count('since=2026-11-18')).toBe(0);
    expect(await count('until=2026-11-17')).toBe(4);
    expect(await count('until=2026-11-16')).toBe(0);
    expect(await count(`until=${later(30_000)}`)).toBe(2);
    expect(await count('lang=fr')).toBe(0);
    expect(await count('text=no-such-word-anywhere')).toBe(0);
  });

  it('can be asked for by strength and prominence, which each of them shows', async () => {
    const { ask, stores } = anApi();
    const weak = aMatch({ articleId: 'weak' }, { strength: 'weak', prominence: 'body' });
    for (const match of [weak, aMatch({ articleId: 'strong' })]) await stores.matches.putMatch(match);
    const shownFor = async (query: string) =>
      ((await ask('GET', `/v1/matches?${query}`)).body['items'] as Json[]).map(
        ({ strength, prominence }) => `${strength} ${prominence}`,
      );

    expect(await shownFor('strength=weak')).toEqual(['weak body']);
    expect(await shownFor('prominence=lead')).toEqual(['strong lead']);
    expect(await shownFor('strength=weak&prominence=lead')).toEqual([]);
    expect((await ask('GET', '/v1/matches?strength=faint')).status).toBe(400);
    expect((await ask('GET', '/v1/stories?strength=weak')).status).toBe(400);
  });

  it('show one of them, and who was alerted to it', async () => {
    const { ask, stores } = await withMatches(1);
    const { id } = aMatch({ articleId: 'article-0' });
    await stores.deliveries.createDelivery(aDelivery({ matchId: id }));

    const match = await ask('GET', `/v1/matches/${id}`);
    const deliveries = await ask('GET', `/v1/matches/${id}/deliveries`);

    expect(match.body['id']).toBe(id);
    expect((deliveries.body['items'] as Json[]).map(({ matchId }) => matchId)).toEqual([id]);
  });
});

describe('who was alerted to a match', () => {
  it('is answered with its own event and with the alerts of its article that name it', async () => {
    const { ask, stores } = anApi();
    const hit = await storeReport(stores, { story: 'ferry', topics: ['river-crossings', 'treaties'] });
    const [crossing, treaty] = hit.matches;
    const [matchId, other] = [crossing!.id, treaty!.id];
    await stores.deliveries.createDelivery(aDelivery({ matchId, channel: 'sns' }));
    for (const [name, matchIds] of [
      ['both', [other, matchId]],
      ['other', [other]],
    ] as const) {
      const id = hitDeliveryIdOf(hit.article, 1, name as SubscriptionId);
      const alert = { ...aDelivery({ kind: 'alert', matchId: other, matchIds, articleId: hit.article }), id };
      await stores.deliveries.createDelivery(alert);
    }

    const { body } = await ask('GET', `/v1/matches/${matchId}/deliveries`);

    expect((body['items'] as Json[]).map(({ kind, matchIds }) => [kind, matchIds])).toEqual([
      ['match', []],
      ['alert', [other, matchId]],
    ]);
  });
});

describe('stories', () => {
  const ids = ({ body }: { body: Json }) => (body['items'] as Json[]).map(({ id }) => id);

  it('come by their last report, a page at a time, with counts of reports and of independent texts', async () => {
    const { ask, stores } = anApi();
    await storeReport(stores, { story: 'ferry', ms: 0, title: 'Ferry sinks' });
    await storeReport(stores, { story: 'strike', ms: 60_000 });
    await storeReport(stores, {
      story: 'ferry',
      ms: 120_000,
      place: { kind: 'new', texts: 2 },
      title: 'Ferry: 14 dead',
    });

    const first = await ask('GET', '/v1/stories?limit=1');
    const second = await ask('GET', `/v1/stories?limit=1&cursor=${encodeURIComponent(String(first.body['cursor']))}`);

    expect(first.body['items']).toMatchObject([
      {
        schema: 'tocsin.story.v1',
        id: 'ferry',
        hits: 2,
        texts: 2,
        title: 'Ferry sinks',
        latestTitle: 'Ferry: 14 dead',
        firstSeenAt: later(0),
        lastSeenAt: later(120_000),
      },
    ]);
    expect([ids(second), second.body['cursor']]).toEqual([['strike'], null]);
    expect(JSON.stringify(first.body)).not.toContain('expiresAt');
  });

  it('can be asked for by any of their topics and sources, by headline, and by the time of the last report', async () => {
    const { ask, stores } = anApi();
    const wire = { feedId: feedIdOf('https://wire.example.org/feed'), title: 'The Wire', host: 'wire.example.org' };
    await storeReport(stores, { story: 'ferry', title: 'Ferry sinks' });
    await storeReport(stores, {
      story: 'ferry',
      ms: 60_000,
      topics: ['treaties'],
      sources: [wire],
      title: 'Inquiry opens',
    });
    const found = async (query: string) => ids(await ask('GET', `/v1/stories?${query}`));

    for (const query of [
      'topic=treaties',
      'topic=river-crossings',
      'source=wire.example.org',
      'source=example+news',
      `feed=${wire.feedId}`,
      'lang=en',
      'text=ferry',
      'text=inquiry',
      `since=${later(60_000)}`,
      `until=${later(60_001)}`,
    ])
      expect([query, await found(query)]).toEqual([query, ['ferry']]);
    for (const query of ['lang=fr', 'text=truck', `until=${later(60_000)}`, `since=${later(60_001)}`])
      expect([query, await found(query)]).toEqual([query, []]);
  });

  it('that none can be, because the topic or the feed does not exist, are refused', async () => {
    const { ask } = anApi();

    expect((await ask('GET', '/v1/stories?topic=nope')).body).toMatchObject({ code: 'unknown_topic' });
    expect((await ask('GET', '/v1/stories?feed=nope')).body).toMatchObject({ code: 'unknown_feed' });
    expect((await ask('GET', '/v1/stories?since=tomorrow')).status).toBe(400);
  });

  it('show their reports newest first, a page at a time, each with its topics and the reason why it is there', async () => {
    const { ask, stores } = anApi();
    const first = await storeReport(stores, { story: 'ferry', title: 'Ferry sinks' });
    const place = { kind: 'new', reason: 'shares *ferry*; new: *14*', news: ['14 dead'], texts: 2 } as const;
    const topics = ['river-crossings', 'treaties'];
    await storeReport(stores, { story: 'ferry', ms: 60_000, place, topics, title: 'Ferry: 14 dead' });

    const newest = await ask('GET', '/v1/stories/ferry?limit=1');
    const { items, cursor } = newest.body['reports'] as { items: Json[]; cursor: string };
    const oldest = await ask('GET', `/v1/stories/ferry?limit=1&cursor=${encodeURIComponent(cursor)}`);

    expect(newest.body).toMatchObject({ id: 'ferry', hits: 2 });
    expect(items).toMatchObject([
      {
        title: 'Ferry: 14 dead',
        story: { id: 'ferry', kind: 'new', reason: 'shares *ferry*; new: *14*', news: ['14 dead'], texts: 2 },
        matches: topics.map((topic) => ({ topic, severity: 'medium' })),
        sources: [{ title: 'Example News' }],
      },
    ]);
    expect(oldest.body['reports']).toMatchObject({
      items: [{ article: first.article, title: 'Ferry sinks', story: { kind: 'first' } }],
      cursor: null,
    });
    for (const internal of ['revision', 'newFrom', 'alertState', 'expiresAt'])
      expect(JSON.stringify(newest.body)).not.toContain(internal);
    expect((await ask('GET', '/v1/stories/nope')).body).toMatchObject({
      code: 'not_found',
      detail: 'story "nope" does not exist',
    });
  });

  it('have reports without a headline where the matches are no longer stored', async () => {
    const { ask, stores } = anApi();
    await storeReport(stores, { story: 'ferry' });
    const { matches: _, ...others } = stores;
    const forgetful = anApi({
      ...others,
      matches: Object.assign(Object.create(stores.matches), { getMatches: async () => [] }),
    });

    const { body } = await forgetful.ask('GET', '/v1/stories/ferry');

    expect((body['reports'] as Json)['items']).toMatchObject([{ title: null, url: null, sources: [] }]);
    expect((await ask('GET', '/v1/stories/ferry')).status).toBe(200);
  });

  it('are counted by day, and read, kept or dismissed by the team', async () => {
    const { ask, stores } = anApi();
    await storeReport(stores, { story: 'ferry' });

    expect((await ask('PUT', '/v1/stories/ferry/triage', { state: 'kept' })).body).toMatchObject({ state: 'kept' });
    expect((await ask('GET', '/v1/stories?with=report,triage')).body['items']).toMatchObject([
      { report: { passages: [{}] }, triage: { state: 'kept' } },
    ]);
    expect((await ask('GET', '/v1/stories/volume')).body['days']).toHaveLength(31);
    const view = await ask('POST', '/v1/views', { name: 'Ferries', query: 'text=ferry' });
    expect((await ask('GET', '/v1/views')).body['items']).toEqual([view.body]);
    expect((await ask('DELETE', `/v1/views/${view.body['id']}`)).status).toBe(204);
  });

  it('are found from a match, unless it was stored before there were stories', async () => {
    const { ask, stores } = anApi();
    const hit = await storeReport(stores, { story: 'ferry', title: 'Ferry sinks' });
    const old = aMatch({ articleId: 'from-before' });
    await stores.matches.putMatch(old);

    expect((await ask('GET', `/v1/matches/${hit.matches[0]!.id}/story`)).body).toMatchObject({
      story: { id: 'ferry', hits: 1 },
      report: { article: hit.article, title: 'Ferry sinks', story: { kind: 'first' } },
    });
    expect((await ask('GET', `/v1/matches/${old.id}/story`)).status).toBe(404);
  });
});

describe('feeds', () => {
  it('are followed from the moment they are added, and polled at once', async () => {
    const { ask, queued } = anApi();

    const added = await ask('POST', '/v1/feeds', {
      url: 'https://news.example.org/feed.xml',
      title: 'Example',
      folder: 'Agencies',
    });
    const again = await ask('POST', '/v1/feeds', { url: 'https://news.example.org/feed.xml#top' });
    const listed = await ask('GET', '/v1/feeds');

    expect([added.status, again.status]).toEqual([201, 200]);
    expect(queued).toHaveLength(1);
    expect((listed.body['items'] as Json[]).map(({ title, folder }) => [title, folder])).toEqual([
      ['Example', 'Agencies'],
    ]);
  });

  it('are followed up to a hundred in one request, each once, and polled in one message', async () => {
    const { ask, stores, queued } = anApi();
    await stores.feeds.addFeed(aNewFeed({ url: 'https://known.example.org/feed' }));
    const urls = ['https://a.example.org/feed', 'https://known.example.org/feed', 'https://a.example.org/feed#top'];

    const { status, body } = await ask('POST', '/v1/feeds/import', {
      feeds: urls.map((url) => ({ url, folder: 'G' })),
    });
    const tooMany = await ask('POST', '/v1/feeds/import', {
      feeds: Array.from({ length: 101 }, () => ({ url: urls[0] })),
    });

    expect([status, body['outcomes']]).toEqual([200, ['added', 'known', 'known']]);
    expect(queued).toMatchObject([{ feedIds: [feedIdOf('https://a.example.org/feed')] }]);
    expect(tooMany.status).toBe(400);
  });

  it('are shown with the title that there is, and with the health that their batch tells', async () => {
    const { ask, stores } = anApi();
    const feed = aNewFeed({ title: '' });
    await stores.feeds.addFeed(feed);
    const shown = async () => (await ask('GET', `/v1/feeds/${feed.id}`)).body as { title: string; health: Json };
    const nameless = await shown();
    const { state, pollBatch } = (await stores.feeds.getFeed(feed.id))!;
    const polled = {
      baselined: true,
      lastChangedPollAt: later(-3_600_000),
      lastNewItemAt: later(-3_600_000),
      itemCount: 1,
    };
    await stores.feeds.savePollState(feed.id, { ...state, ...polled, ownTitle: 'Own title' });
    await stores.feeds.notePolled(pollBatch, later(-60_000), later(-60_000));
    const named = await shown();
    const { body } = await ask('GET', '/v1/feeds');

    expect([nameless.title, named.title]).toEqual(['https://news.example.org/feed.xml', 'Own title']);
    expect(named.health['lastGoodPollAt']).toBe(later(-60_000));
    expect(body['items']).toEqual([named]);
  });

  it('that are not there are not polled', async () => {
    const { ask, queued } = anApi();
    const { status, body } = await ask('POST', '/v1/feeds/none/poll');

    expect([status, body['detail'], queued]).toEqual([404, 'feed "none" does not exist', []]);
  });

  it('are queued as asked for by a person', async () => {
    const { ask, stores, queued } = anApi();
    const feed = aNewFeed();
    await stores.feeds.addFeed(feed);
    await ask('POST', `/v1/feeds/${feed.id}/poll`);

    expect(queued).toEqual([{ v: 1, kind: 'poll', pollBatch: null, slot: null, feedIds: [feed.id] }]);
  });

  it('can be changed, polled now and removed', async () => {
    const { ask, stores, queued } = anApi();
    const feed = aNewFeed();
    await stores.feeds.addFeed(feed);

    expect((await ask('PATCH', `/v1/feeds/${feed.id}`, { fullText: 'never', active: false })).body['active']).toBe(
      false,
    );
    expect((await ask('POST', `/v1/feeds/${feed.id}/poll`)).status).toBe(202);
    expect(queued).toHaveLength(1);
    expect((await ask('DELETE', `/v1/feeds/${feed.id}`)).status).toBe(204);
    expect((await ask('GET', `/v1/feeds/${feed.id}`)).status).toBe(404);
  });

  it.each([
    ['feed://news.example.org/feed.xml', 'http://news.example.org/feed.xml'],
    ['feed:https://news.example.org/feed.xml', 'https://news.example.org/feed.xml'],
    ['feed://https://news.example.org/feed.xml', 'https://news.example.org/feed.xml'],
  ])('may be named as browsers hand them over: %s', async (written, url) => {
    const { status, body } = await anApi().ask('POST', '/v1/feeds', { url: written });

    expect(status).toBe(201);
    expect((body['feed'] as { url: string }).url).toBe(url);
  });

  it('with an address that is none are refused, with the address', async () => {
    const { status, body } = await anApi().ask('POST', '/v1/feeds', { url: 'file:///etc/passwd' });

    expect(status).toBe(400);
    expect(body['code']).toBe('invalid_feed_url');
    expect(body['detail']).toContain('file:///etc/passwd');
  });
});

describe('feeds that are read first', () => {
  const url = 'https://news.example.org/feed';
  const verified = {
    url,
    addresses: [url, 'https://www.news.example.org/feed'],
    foundOn: 'https://news.example.org/',
    read: {
      title: 'News',
      format: 'rss' as const,
      language: null,
      items: 3,
      newestAt: later(0),
      textOrigin: 'feed' as const,
    },
  };

  it('are followed as they were found, and what was read is shown', async () => {
    const { ask, queued } = anApi({ verifyFeed: async () => verified });

    const { status, body } = await ask('POST', '/v1/feeds', { url: 'news.example.org', folder: 'G', verify: true });

    expect(status).toBe(201);
    expect(body).toMatchObject({
      outcome: 'added',
      feed: { id: feedIdOf(url), url, folder: 'G' },
      foundOn: verified.foundOn,
      read: verified.read,
    });
    expect(queued).toHaveLength(1);
  });

  it('are not followed again under another of their addresses', async () => {
    const { ask, queued, stores } = anApi({ verifyFeed: async () => verified });
    const known = aNewFeed({ url: 'https://www.news.example.org/feed' });
    await stores.feeds.addFeed({ ...known, id: feedIdOf(known.url) });

    const { status, body } = await ask('POST', '/v1/feeds', { url: 'news.example.org', verify: true });

    expect([status, body['outcome'], (body['feed'] as Json)['id']]).toEqual([200, 'known', feedIdOf(known.url)]);
    expect(queued).toEqual([]);
  });

  it('are refused with the kind of the failure and the feeds of the page', async () => {
    const candidates = [{ url: `${url}/a`, title: 'A' }];
    const { ask, stores } = anApi({
      verifyFeed: async () => {
        throw new FeedRefusedError('a page with feeds', 'choose one', { kind: 'several_feeds', candidates });
      },
    });

    const { status, body } = await ask('POST', '/v1/feeds', { url, verify: true });

    expect(status).toBe(422);
    expect(body).toMatchObject({
      code: 'feed_refused',
      detail: 'a page with feeds',
      advice: 'choose one',
      kind: 'several_feeds',
      temporary: false,
      candidates,
    });
    expect(stores.snapshot().feeds).toEqual({});
  });

  it.each([false, undefined])('only where that is asked for (verify: %s)', async (verify) => {
    expect((await anApi().ask('POST', '/v1/feeds', { url, verify })).status).toBe(201);
  });

  it('with an address that is none are refused before anything is asked for', async () => {
    const { status, body } = await anApi().ask('POST', '/v1/feeds', { url: 'file:///etc/passwd', verify: true });

    expect([status, body['code']]).toEqual([400, 'invalid_feed_url']);
  });
});

describe('topics', () => {
  it('are put in force together, or none when one of them has an error', async () => {
    const { ask } = anApi();
    const broken = aTopic({ id: 'broken', any: { en: ['AND'] } });

    const refused = await ask('PUT', '/v1/topics', { topics: [aTopic(), broken] });
    const afterRefusal = await ask('GET', '/v1/topics');
    const taken = await ask('PUT', '/v1/topics', { topics: [aTopic()] });

    expect(refused.status).toBe(400);
    expect(refused.body['errors']).toEqual([{ detail: 'broken: E_EMPTY' }]);
    expect(afterRefusal.body['items']).toEqual([]);
    expect(taken.body).toEqual({ changed: [aTopic().id], ended: [], disabled: [], subscriptions: [] });
  });

  it('are removed and restored, and listed by their state', async () => {
    const { ask, stores } = anApi();
    const { id } = aTopic();
    await ask('PUT', '/v1/topics', { topics: [aTopic(), aTopic({ id: 'other-topic' })], source: 'configuration' });
    await stores.subscriptions.createSubscription(aSubscription({ topics: [id] }));
    const listed = async (query: string) =>
      ((await ask('GET', `/v1/topics${query}`)).body['items'] as Json[]).map((topic) => [topic['id'], topic['state']]);

    const removed = await ask('DELETE', `/v1/topics/${id}`);
    const pushed = await ask('PUT', '/v1/topics', { topics: [aTopic()] });
    const states = [await listed(''), await listed('?state=disabled'), await listed('?state=all')];
    const restored = await ask('POST', `/v1/topics/${id}/restore`);

    expect([removed.status, removed.body]).toEqual([
      200,
      {
        outcome: 'disabled',
        subscriptions: [{ topic: id, id: aSubscription().id, channel: 'email', target: aSubscription().target }],
      },
    ]);
    expect(pushed.body['disabled']).toEqual([id]);
    expect(states).toEqual([
      [['other-topic', 'active']],
      [[id, 'disabled']],
      [
        ['other-topic', 'active'],
        [id, 'disabled'],
      ],
    ]);
    expect(restored.status).toBe(204);
    expect(await listed('?state=disabled')).toEqual([]);
  });

  it('that are not there are neither removed nor restored, and the nearest is named', async () => {
    const { ask, stores } = anApi();
    await stores.topics.putTopics([aTopic()]);

    for (const [method, path] of [
      ['DELETE', '/v1/topics/river-crosings'],
      ['POST', '/v1/topics/river-crosings/restore'],
      ['GET', '/v1/topics/river-crosings/feedback'],
    ] as const) {
      const { status, body } = await ask(method, path);
      expect([status, body['code']]).toEqual([404, 'not_found']);
      expect(body['detail']).toMatch(/Did you mean "?river-crossings"?\?/);
    }
  });

  it('show what readers found not relevant, the newest mark first', async () => {
    const { ask, stores } = await withMatches(2);
    await stores.topics.putTopics([aTopic()]);
    const before = await ask('GET', '/v1/topics/river-crossings/feedback');
    for (const [minute, articleId] of ['article-0', 'article-1'].entries()) {
      const { id: matchId, expiresAt } = aMatch({ articleId });
      const mark = { topicId: 'river-crossings', subscriptionId: aSubscription().id, at: later(minute * 60_000) };
      await stores.matches.noteNotRelevant({ matchId, expiresAt, ...mark });
    }

    const all = await ask('GET', '/v1/topics/river-crossings/feedback');
    const one = await ask('GET', '/v1/topics/river-crossings/feedback?limit=1');

    expect(before.body).toEqual({ items: [], cursor: null });
    expect(all.body['items']).toMatchObject([
      { at: later(60_000), subscriptionId: aSubscription().id, match: { id: aMatch({ articleId: 'article-1' }).id } },
      { at: later(0), match: { schema: 'tocsin.match.v1', id: aMatch({ articleId: 'article-0' }).id } },
    ]);
    expect(one.body['items']).toHaveLength(1);
  });

  it('leave out marks of matches that are no longer stored', async () => {
    const { ask, stores } = await withMatches(1);
    const { id: matchId, expiresAt } = aMatch({ articleId: 'gone' });
    const mark = { topicId: 'river-crossings', subscriptionId: aSubscription().id, at: later(0) };
    await stores.matches.noteNotRelevant({ matchId, expiresAt, ...mark });

    expect((await ask('GET', '/v1/topics/river-crossings/feedback')).body).toEqual({ items: [], cursor: null });
  });

  it('of a configuration end with their pack, unless these are most of all', async () => {
    const { ask } = anApi();
    const all = ['one', 'two', 'three'].map((id) => aTopic({ id, pack: `pack-${id}` }));
    await ask('PUT', '/v1/topics', { topics: all, source: 'configuration' });

    const one = await ask('PUT', '/v1/topics', { topics: all.slice(1), source: 'configuration' });
    const most = await ask('PUT', '/v1/topics', { topics: [], source: 'configuration' });
    const forced = await ask('PUT', '/v1/topics', { topics: [], source: 'configuration', endMissing: true });

    expect(one.body['ended']).toEqual(['one']);
    expect([most.status, most.body['code']]).toEqual([400, 'topics_missing']);
    expect(forced.body['ended']).toEqual(['three', 'two']);
  });

  it('that cannot be used are refused as a whole', async () => {
    const { body } = await anApi().ask('PUT', '/v1/topics', { topics: [aTopic({ any: { en: ['AND'] } })] });

    expect(body).toMatchObject({
      code: 'invalid_topic',
      detail: 'nothing was changed: some topics cannot be used: river-crossings: E_EMPTY',
    });
  });

  it('that ended are named with their subscriptions, and those of packs that are replaced end', async () => {
    const { ask, stores } = anApi();
    await ask('PUT', '/v1/topics', { topics: [aTopic(), aTopic({ id: 'other-topic' })] });
    await stores.subscriptions.createSubscription(aSubscription({ topics: ['other-topic'] }));
    const { body } = await ask('PUT', '/v1/topics', { topics: [aTopic()], replacePacks: [aTopic().pack] });

    expect(body).toEqual({
      changed: [],
      ended: ['other-topic'],
      disabled: [],
      subscriptions: [
        { topic: 'other-topic', id: aSubscription().id, channel: 'email', target: aSubscription().target },
      ],
    });
  });

  it('of a version that is not there are not found, without a guess', async () => {
    const { ask, stores } = anApi();
    await stores.topics.putTopics([aTopic()]);

    expect((await ask('GET', '/v1/topics/river-crossings?version=0.0.1')).body['detail']).toBe(
      'topic "river-crossings" version "0.0.1" does not exist',
    );
    expect(
      (await ask('GET', `/v1/topics/river-crossings?version=${encodeURIComponent(aTopic().version)}`)).status,
    ).toBe(200);
  });

  it('are shown whole, with their version', async () => {
    const { ask, stores } = anApi();
    await stores.topics.putTopics([aTopic()]);

    expect((await ask('GET', `/v1/topics/${aTopic().id}`)).body).toEqual(aTopic());
    expect((await ask('GET', `/v1/topics/${aTopic().id}?version=0.0.1`)).status).toBe(404);
  });
});

const WANTED = { channel: 'email', target: 'desk@example.org', topics: [aTopic().id] };

describe('subscriptions', () => {
  it('ask a new address at once, and say who subscribed it', async () => {
    const settings = { ...defaultSettings, mail: { ...defaultSettings.mail, from: 'alerts@example.org' } };
    const { ask, stores, mails } = anApi({ settings });
    await stores.topics.putTopics([aTopic()]);
    const wanted = { channel: 'email', target: 'reader@example.org', topics: ['river-crossings'] };

    const { status, body } = await ask('POST', '/v1/subscriptions', wanted, { 'x-tocsin-caller': 'user/ann' });

    expect(status).toBe(201);
    expect(body).toMatchObject({
      state: 'unconfirmed',
      isAsked: true,
      consent: { question: 'mail', requestedBy: 'user/ann', wording: 1, confirmedAt: null },
    });
    expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
      ['reader@example.org', 'Tocsin: confirm your subscription'],
    ]);
    expect(JSON.stringify(body)).not.toMatch(/openQuestion|unsubscribeToken|dueAt/);
  });

  it('ask an address three times a day, and then refuse', async () => {
    const settings = { ...defaultSettings, mail: { ...defaultSettings.mail, from: 'alerts@example.org' } };
    const { ask, stores, mails } = anApi({ settings });
    await stores.topics.putTopics([aTopic()]);
    const wanted = { channel: 'email', target: 'reader@example.org', topics: ['river-crossings'] };
    for (let times = 0; times < 3; times += 1) await ask('POST', '/v1/subscriptions', wanted);

    const { status, body } = await ask('POST', '/v1/subscriptions', wanted);

    expect([status, body['code'], mails.length]).toEqual([429, 'asked_too_often', 3]);
  });

  it('are stored, and asked for by the sweep, when the mail cannot be sent now', async () => {
    const settings = { ...defaultSettings, mail: { ...defaultSettings.mail, from: 'alerts@example.org' } };
    const mailer = { sendMail: () => Promise.reject(new ServiceUnavailableError('SES is away')) };
    const { ask, stores } = anApi({ settings, mailer });
    await stores.topics.putTopics([aTopic()]);
    const wanted = { channel: 'email', target: 'reader@example.org', topics: ['river-crossings'] };

    const { status, body } = await ask('POST', '/v1/subscriptions', wanted);

    expect(status).toBe(201);
    expect(body['stateReason']).toBe('the address could not be asked: service_unavailable: SES is away');
    expect(await stores.due.listDue(later(60_000), 10)).toMatchObject([{ kind: 'subscription' }]);
  });

  it('by SNS are shown as SNS has them, and as stored where it does not answer', async () => {
    let answer: () => Promise<'pending' | 'confirmed'> = async () => 'pending';
    const { ask, stores } = anApi({ snsSubscriptions: someSnsSubscriptions({ stateOf: () => answer() }) });
    await stores.topics.putTopics([aTopic()]);
    const wanted = { channel: 'sns-email', target: 'reader@example.org', topics: ['river-crossings'] };
    const { body } = await ask('POST', '/v1/subscriptions', wanted);
    const stateOf = async () => (await ask('GET', `/v1/subscriptions/${body['id']}`)).body['state'];

    expect(await stateOf()).toBe('unconfirmed');
    answer = () => Promise.reject(new ServiceUnavailableError('SNS is away'));
    expect(await stateOf()).toBe('unconfirmed');
    answer = async () => 'confirmed';
    expect((await ask('GET', '/v1/subscriptions')).body['items']).toMatchObject([{ state: 'active' }]);
  });

  it('are forgotten with their address, which stands in the body of the request', async () => {
    const { ask, stores } = anApi();
    await stores.subscriptions.createSubscription(aSubscription({ target: 'reader@example.org' }));

    const { status, body } = await ask('POST', '/v1/forget', { address: 'Reader@example.org' });

    expect([status, body['isDone'], body['subscriptions']]).toEqual([200, true, 1]);
    expect((await ask('POST', '/v1/forget', { address: 'reader' })).status).toBe(400);
  });

  it('are made, extended and ended, and never show their token', async () => {
    const { ask, stores } = anApi();
    await stores.topics.putTopics([aTopic(), aTopic({ id: 'other-topic' })]);

    const made = await ask('POST', '/v1/subscriptions', WANTED);
    const extended = await ask('POST', '/v1/subscriptions', { ...WANTED, topics: ['other-topic'] });
    const ended = await ask('DELETE', `/v1/subscriptions/${made.body['id']}`);
    const after = await ask('GET', '/v1/subscriptions?target=desk@example.org');

    expect([made.status, extended.status, ended.status]).toEqual([201, 200, 204]);
    expect(extended.body['topics']).toEqual([aTopic().id, 'other-topic'].sort());
    expect((after.body['items'] as Json[]).map(({ state }) => state)).toEqual(['unsubscribed']);
    expect(JSON.stringify(seen)).not.toContain('unsubscribeToken');
  });

  it('to an unknown topic or a bad address are refused', async () => {
    const { ask } = anApi();

    const answer = await ask('POST', '/v1/subscriptions', {
      channel: 'email',
      target: 'nobody',
      topics: ['troop-deplyment'],
    });

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      code: 'invalid_subscription',
      errors: [{ pointer: '#/target' }, { pointer: '#/topics', detail: expect.stringContaining('"troop-deplyment"') }],
    });
  });

  it.each([
    [
      { channel: 'fax' },
      'channel: got "fax"; expected one of email, sns-email, webhook, slack, teams, discord, telegram, ntfy',
    ],
    [{ digest: 'wekly' }, 'digest: got "wekly"; expected one of none, hourly, daily, weekly. Did you mean "weekly"?'],
    [{ minSeverity: 'grave' }, 'minSeverity: got "grave"; expected one of low, medium, high, critical'],
    [{ strength: 'faint' }, 'strength: got "faint"; expected one of weak, fair, strong'],
    [{ timeZone: 7 }, 'timeZone: got 7; expected text'],
  ])('with %j are refused with what there is', async (change, detail) => {
    const { ask, stores } = anApi();
    await stores.topics.putTopics([aTopic()]);

    const { status, body } = await ask('POST', '/v1/subscriptions', {
      channel: 'email',
      target: 'desk@example.org',
      topics: ['*'],
      ...change,
    });

    expect([status, body['errors']]).toEqual([400, [{ pointer: `#/${Object.keys(change)[0]}`, detail }]]);
    expect(stores.snapshot().subscriptions).toEqual({});
  });

  it.each(WEB_CHANNELS)('of %s never show what is needed to post', async (channel) => {
    const { ask, stores, senders } = anApi();
    await stores.topics.putTopics([aTopic()]);
    const token = channel === 'ntfy' ? { token: 'tk_ntfy_token_0123456789' } : {};
    const wanted = { channel, target: targetOf(channel), topics: ['*'], ...token };

    const made = await ask('POST', '/v1/subscriptions', wanted);
    const again = await ask('POST', '/v1/subscriptions', { ...wanted, digest: 'daily' });
    const path = `/v1/subscriptions/${made.body['id']}`;
    const tested = await ask('POST', `${path}/test`);
    const answers = [made, again, tested, await ask('GET', path), await ask('GET', '/v1/subscriptions')];

    expect([made.status, again.status, again.body['outcome'], tested.status]).toEqual([201, 200, 'changed', 200]);
    expect(tested.body).toEqual({ state: 'sent', providerId: 'receipt-1' });
    expect(senders.posted).toMatchObject([{ channel, message: { kind: 'test' } }]);
    const shown = JSON.stringify([...answers.map(({ body }) => body), stores.snapshot()]);
    for (const part of SECRET_PARTS.filter((each) => each !== 'whsec_')) expect(shown).not.toContain(part);
  });

  it('of a webhook show its key once, replace it on demand, and forget it with the subscription', async () => {
    const { ask, stores, senders, clock } = anApi();
    await stores.topics.putTopics([aTopic()]);
    const wanted = { channel: 'webhook', target: targetOf('webhook'), topics: ['*'] };

    const { body } = await ask('POST', '/v1/subscriptions', wanted);
    const id = body['id'] as SubscriptionId;
    const again = await ask('POST', '/v1/subscriptions', wanted);
    const rotated = await ask('POST', `/v1/subscriptions/${id}/rotate-secret`);
    const stored = await senders.ports.channelSecrets.getSecret(id);

    expect(body['signingKey']).toMatch(/^whsec_[\w+/]{43}=$/);
    expect([again.body['outcome'], again.body['signingKey']]).toEqual(['unchanged', undefined]);
    const until = new Date(clock.now().getTime() + 86_400_000).toISOString();
    expect(rotated.body).toEqual({ signingKey: expect.stringMatching(/^whsec_/), previousUntil: until });
    expect(stored?.signingKeys).toEqual([
      { key: rotated.body['signingKey'], until: null },
      { key: body['signingKey'], until },
    ]);

    await ask('DELETE', `/v1/subscriptions/${id}`);
    expect(await senders.ports.channelSecrets.getSecret(id)).toBeNull();
    const renewed = await ask('POST', '/v1/subscriptions', wanted);
    expect(renewed.body).toMatchObject({ id, outcome: 'renewed', signingKey: expect.stringMatching(/^whsec_/) });
  });

  it('by mail are tested by a mail that says so', async () => {
    const { ask, stores, senders } = anApi();
    await stores.subscriptions.createSubscription(aSubscription());

    const { body } = await ask('POST', `/v1/subscriptions/${aSubscription().id}/test`);

    expect(body).toEqual({ state: 'sent', providerId: 'mail-1' });
    expect(senders.mails).toMatchObject([
      {
        to: aSubscription().target,
        subject: 'Test message from Tocsin',
        text: expect.stringContaining('This is a test'),
      },
    ]);
  });

  it.each([
    [{ state: 'unsubscribed' }, 'it has ended'],
    [{ state: 'unconfirmed' }, 'the address has not agreed yet'],
    [{ state: 'suppressed' }, 'mail to the address bounced or was reported as spam'],
    [{ channel: 'sns-email' }, 'SNS sends its mails, and has none for a single address'],
  ] as const)('with %j are not tested', async (change, why) => {
    const { ask, stores, senders } = anApi();
    await stores.subscriptions.createSubscription(aSubscription(change));

    const { status, body } = await ask('POST', `/v1/subscriptions/${aSubscription().id}/test`);

    expect([status, body['detail']]).toEqual([400, expect.stringContaining(why)]);
    expect(senders.mails).toEqual([]);
  });

  it.each([
    [{ channel: 'email', target: 'desk@example.org', chat: '@desk' }, 'chat: e-mail has none; leave it out'],
    [{ channel: 'slack', target: targetOf('slack'), token: 'x' }, 'token: Slack has none; leave it out'],
    [{ channel: 'webhook', target: 'http://hooks.example.org/9f8e7d6c5b4a39281706' }, /^target: it is not encrypted/],
  ])('with %j are refused, and what is secret is not quoted', async (change, problem) => {
    const { ask, stores } = anApi();

    const { status, body } = await ask('POST', '/v1/subscriptions', { topics: ['*'], ...change });

    expect(status).toBe(400);
    const [{ detail }] = body['errors'] as [{ detail: string }];
    expect(detail).toEqual(typeof problem === 'string' ? problem : expect.stringMatching(problem));
    expect(JSON.stringify(body)).not.toContain('9f8e7d6c');
    expect(stores.snapshot().subscriptions).toEqual({});
  });

  it('have a key to replace only as webhooks', async () => {
    const { ask, stores } = anApi();
    await stores.subscriptions.createSubscription(aSubscription());

    const { status, body } = await ask('POST', `/v1/subscriptions/${aSubscription().id}/rotate-secret`);
    const unknown = await ask('POST', '/v1/subscriptions/nothing/rotate-secret');
    const untested = await ask('POST', '/v1/subscriptions/nothing/test');

    expect([status, body['detail']]).toEqual([400, expect.stringContaining('only webhooks are signed')]);
    expect([unknown.status, untested.status]).toEqual([404, 404]);
  });

  it('whose address is not stored any more say so when they are tested', async () => {
    const { ask, stores } = anApi();
    await stores.subscriptions.createSubscription(aSubscription({ channel: 'slack', target: 'hooks.slack.com/…Xy3z' }));

    const { status, body } = await ask('POST', `/v1/subscriptions/${aSubscription().id}/test`);

    expect([status, body['code']]).toEqual([400, 'target_gone']);
  });

  it('take settings, and a change of one touches no other', async () => {
    const { ask, stores } = anApi();
    await stores.topics.putTopics([aTopic(), aTopic({ id: 'other-topic' })]);
    const quietHours = { from: '22:00', until: '07:00' };
    const made = await ask('POST', '/v1/subscriptions', { ...WANTED, digest: 'weekly', quietHours, languages: ['en'] });
    const path = `/v1/subscriptions/${made.body['id']}`;

    const changed = await ask('PATCH', path, {
      languages: null,
      addTopics: ['other-topic'],
      topicRules: [{ topic: 'other-topic', follow: 'all' }],
    });

    expect([made.status, made.body['outcome'], made.body['others']]).toEqual([201, 'created', []]);
    expect([changed.status, changed.body]).toEqual([200, (await ask('GET', path)).body]);
    expect(changed.body).toMatchObject({
      digest: 'weekly',
      quietHours,
      languages: [],
      topics: ['other-topic', aTopic().id],
      topicRules: [{ topic: 'other-topic', follow: 'all' }],
    });
  });

  it('with digests that come even when they are empty have the first one at once, and after a change', async () => {
    const { ask, stores } = anApi();
    await stores.topics.putTopics([aTopic()]);
    const periods = () => Object.values(stores.snapshot().digests).map(({ period }) => period);

    const { body } = await ask('POST', '/v1/subscriptions', { ...WANTED, digest: 'daily', whenEmpty: true });
    expect(periods()).toEqual(['daily']);
    await ask('PATCH', `/v1/subscriptions/${body['id']}`, { digest: 'weekly' });
    expect(periods().sort()).toEqual(['daily', 'weekly']);
  });

  it.each([
    [{ digestAt: '25:00', timeZone: 'Mars' }, ['#/digestAt', '#/timeZone']],
    [{ quietHours: { from: '22:00', until: '22:00' } }, ['#/quietHours']],
    [{ quietHours: { from: '22:00' } }, ['#/quietHours/until']],
    [{ topicRules: [{ topic: 'unknown', digest: 'never' }] }, ['#/topicRules/0/digest']],
    [{ dropTopics: [aTopic().id] }, ['#/dropTopics']],
    [{ topics: [] }, ['#/topics']],
    [{ mutes: [] }, ['#/mutes']],
  ])('change to %j is refused at its place, and nothing is changed', async (change, pointers) => {
    const { ask, stores } = anApi();
    await stores.topics.putTopics([aTopic()]);
    const { body } = await ask('POST', '/v1/subscriptions', WANTED);
    const before = stores.snapshot().subscriptions;

    const answer = await ask('PATCH', `/v1/subscriptions/${body['id']}`, change);

    expect([answer.status, (answer.body['errors'] as Json[]).map(({ pointer }) => pointer)]).toEqual([400, pointers]);
    expect(stores.snapshot().subscriptions).toEqual(before);
  });

  it('that do not exist cannot be changed or muted', async () => {
    const { ask } = anApi();
    const until = later(1000);

    const answers = [
      await ask('PATCH', '/v1/subscriptions/none', { digest: 'daily' }),
      await ask('POST', '/v1/subscriptions/none/mutes', { kind: 'source', value: 'wire.example', until }),
      await ask('DELETE', '/v1/subscriptions/none/mutes?kind=source&value=wire.example'),
    ];

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  });

  it('are muted until an instant, and end a mute once', async () => {
    const { ask, stores } = anApi();
    await stores.subscriptions.createSubscription(aSubscription());
    const path = `/v1/subscriptions/${aSubscription().id}`;
    const mute = { kind: 'source', value: 'wire.example', until: later(3_600_000) };

    const muted = await ask('POST', `${path}/mutes`, mute);
    const ended = await ask('DELETE', `${path}/mutes?kind=source&value=Wire.example`);
    const again = await ask('DELETE', `${path}/mutes?kind=source&value=wire.example`);

    expect([muted.status, ended.status, again.status]).toEqual([200, 204, 404]);
    expect(muted.body['mutes']).toEqual([mute]);
    expect((await ask('GET', path)).body['mutes']).toEqual([]);
  });

  it.each([
    [{ until: undefined }, '#/until', 'until: is missing'],
    [{ until: 'tomorrow' }, '#/until', 'until: got "tomorrow"; expected an instant'],
    [{ until: later(-1) }, '#/until', 'is over'],
    [{ kind: 'language' }, '#/kind', 'expected one of topic, story, source'],
    [{ kind: 'topic', value: 'unknown' }, '#/value', 'is not among the topics'],
  ])('are not muted with %j', async (change, pointer, detail) => {
    const { ask, stores } = anApi();
    await stores.subscriptions.createSubscription(aSubscription());
    const mute = { kind: 'source', value: 'wire.example', until: later(3_600_000), ...change };

    const { status, body } = await ask('POST', `/v1/subscriptions/${aSubscription().id}/mutes`, mute);

    expect([status, body['errors']]).toEqual([400, [{ pointer, detail: expect.stringContaining(detail) }]]);
  });

  it('to more topics than a record holds are refused with the limit', async () => {
    const { ask, stores } = anApi();
    const topics = Array.from({ length: 49 }, (_, at) => `topic-${at}`);
    await stores.topics.putTopics(topics.map((id) => aTopic({ id })));

    const { status, body } = await ask('POST', '/v1/subscriptions', {
      channel: 'email',
      target: 'desk@example.org',
      topics,
    });

    expect([status, body['code'], body['title']]).toEqual([400, 'too_many_topics', 'Too many topics']);
    expect(body['detail']).toContain('48');
  });

  describe('of one address', () => {
    const withSubscriptions = async (ids: readonly string[]) => {
      const api = anApi();
      for (const id of ids)
        await api.stores.subscriptions.createSubscription(
          aSubscription({ id: id as SubscriptionId, unsubscribeToken: `token-of-${id}` }),
        );
      const { target } = aSubscription();
      const listed = async (query: string) => {
        const { status, body } = await api.ask('GET', `/v1/subscriptions?target=${target}${query}`);
        return { status, body, ids: ((body['items'] ?? []) as Json[]).map(({ id }) => id) };
      };
      return { listed };
    };

    it('come in pages, each once, until the cursor is null', async () => {
      const { listed } = await withSubscriptions(['d', 'b', 'a', 'c', 'e']);

      const first = await listed('&limit=2');
      const second = await listed(`&limit=2&cursor=${first.body['cursor']}`);
      const third = await listed(`&limit=2&cursor=${second.body['cursor']}`);

      expect([first.ids, second.ids, third.ids]).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
      expect(third.body['cursor']).toBeNull();
    });

    it('have no second page when the first holds all of them', async () => {
      const { listed } = await withSubscriptions(['a', 'b']);

      expect((await listed('&limit=2')).body['cursor']).toBeNull();
      expect((await listed('')).ids).toEqual(['a', 'b']);
    });

    it('are refused for a cursor of another list', async () => {
      const { listed } = await withSubscriptions(['a']);

      const { status, body } = await listed('&cursor=z');

      expect([status, body['code'], body['errors']]).toEqual([
        400,
        'bad_cursor',
        [{ parameter: 'cursor', detail: expect.stringContaining('"z" is not one of this list') }],
      ]);
    });
  });

  it('show what was sent', async () => {
    const { ask, stores } = anApi();
    await stores.subscriptions.createSubscription(aSubscription());
    await stores.deliveries.createDelivery(aDelivery({ subscriptionId: aSubscription().id }));

    expect((await ask('GET', `/v1/subscriptions/${aSubscription().id}`)).status).toBe(200);
    expect(
      ((await ask('GET', `/v1/subscriptions/${aSubscription().id}/deliveries`)).body['items'] as Json[]).length,
    ).toBe(1);
  });
});

describe('suppressed addresses', () => {
  const suppress = ({ stores }: ReturnType<typeof anApi>, address: string, at = START) =>
    stores.suppressions.suppress({ hash: hashOfAddress(address), cause: 'bounce', reason: 'no such user', at });

  it('are listed as hashes with their subscriptions, in pages', async () => {
    const api = anApi();
    await api.stores.subscriptions.createSubscription(aSubscription({ state: 'suppressed' }));
    await suppress(api, 'reader@example.org');
    await suppress(api, 'gone@example.org', later(1));

    const { body } = await api.ask('GET', '/v1/suppressions?limit=1');
    const next = await api.ask('GET', `/v1/suppressions?limit=1&cursor=${body['cursor']}`);

    expect(body['items']).toEqual([
      {
        hash: hashOfAddress('reader@example.org'),
        cause: 'bounce',
        reason: 'no such user',
        at: START,
        subscriptions: [aSubscription().id],
      },
    ]);
    expect(next.body).toMatchObject({ items: [{ subscriptions: [] }], cursor: null });
    expect(JSON.stringify([body, next.body])).not.toContain('@');
  });

  it('are removed by their address, which stands in the body', async () => {
    const api = anApi();
    await api.stores.subscriptions.createSubscription(aSubscription({ state: 'suppressed', stateBefore: 'active' }));
    await suppress(api, 'reader@example.org');
    const remove = (address: string) => api.ask('POST', '/v1/suppressions/remove', { address });

    expect(await remove('READER@example.org')).toMatchObject({
      status: 200,
      body: { outcome: 'lifted', subscriptions: [aSubscription().id] },
    });
    expect((await api.ask('GET', '/v1/suppressions')).body).toEqual({ items: [], cursor: null });
    expect((await remove('reader@example.org')).body).toEqual({ outcome: 'not_suppressed', subscriptions: [] });
    expect(await remove('reader')).toMatchObject({ status: 400, body: { code: 'invalid_body' } });
  });
});

describe('the status', () => {
  it('says what the provider of mails allows, where there is one', async () => {
    const quota = { perSecond: 14, perDay: 50_000, leftToday: 9, isSandbox: false, isEnabled: true };
    const { body } = await anApi({ sendQuota: { read: async () => quota } }).ask('GET', '/v1/status');

    expect(body['mailQuota']).toEqual(quota);
    expect((await anApi().ask('GET', '/v1/status')).body).not.toHaveProperty('mailQuota');
  });

  it('says so when that could not be read', async () => {
    expect((await anApi().ask('GET', '/v1/findings')).body['items']).toContainEqual(
      expect.objectContaining({ what: 'topics', well: false }),
    );
    expect((await anApi().ask('GET', '/v1/me')).body).toEqual({ name: 'API', role: 'admin' });
    const { body } = await anApi({ sendQuota: { read: async () => null } }).ask('GET', '/v1/status');

    expect(body['mailQuota']).toBeNull();
  });
});

describe('outputs', () => {
  const withTopics = async () => {
    const api = anApi();
    await api.stores.topics.putTopics([aTopic(), aTopic({ id: 'treaties' })]);
    return api;
  };

  it('are added with addresses that are shown this once, and listed without them', async () => {
    const { ask, stores } = await withTopics();

    const added = await ask('POST', '/v1/outputs', { topics: ['treaties', 'river-crossings'], source: 'example.org' });
    const listed = await ask('GET', '/v1/outputs');
    const shown = await ask('GET', `/v1/outputs/${added.body['id']}`);

    const { addresses, ...output } = added.body as { addresses: { atom: string; json: string } } & Json;
    expect(added.status).toBe(201);
    expect(output).toEqual({
      id: expect.any(String),
      title: 'river-crossings, treaties',
      topics: ['river-crossings', 'treaties'],
      feed: null,
      source: 'example.org',
      lang: null,
      text: null,
      createdAt: START,
      updatedAt: START,
      lastReadOn: null,
    });
    expect(addresses.atom).toMatch(/^https:\/\/tocsin\.example\.org\/f\/[a-z2-7]{26}-[\w-]{43}\.atom$/);
    expect(addresses.json).toBe(addresses.atom.replace(/atom$/, 'json'));
    expect([listed.body['items'], shown.body]).toEqual([[output], output]);
    expect(JSON.stringify(await stores.outputs.listOutputs())).not.toContain(addresses.atom.slice(-48, -5));
  });

  it('open with their own address only, and a renewed one ends the one before', async () => {
    const { ask, stores, clock } = await withTopics();
    const read = createOutputFeeds({ ...stores, clock, log: aLog(), publicUrl: () => null });
    const statusOf = async ({ body }: { body: Json }) =>
      (await read(new Request((body['addresses'] as { json: string }).json))).status;

    const first = await ask('POST', '/v1/outputs', {});
    const other = await ask('POST', '/v1/outputs', {});
    const renewed = await ask('POST', `/v1/outputs/${first.body['id']}/renew`);
    const statuses = [await statusOf(first), await statusOf(other), await statusOf(renewed)];
    const removed = await ask('DELETE', `/v1/outputs/${first.body['id']}`);

    expect(statuses).toEqual([404, 200, 200]);
    expect([removed.status, await statusOf(renewed), await statusOf(other)]).toEqual([204, 404, 200]);
  });

  it('change what is named; null ends a filter, and brings the usual title back', async () => {
    const { ask } = await withTopics();
    const { body } = await ask('POST', '/v1/outputs', {
      title: ' Mine ',
      topics: ['treaties'],
      text: 'Elbe',
      lang: 'en',
    });

    const changed = await ask('PATCH', `/v1/outputs/${body['id']}`, { lang: null, title: null });

    expect(body['title']).toBe('Mine');
    expect(changed.body).toMatchObject({ title: 'treaties', topics: ['treaties'], text: 'Elbe', lang: null });
  });

  it('keep a topic that has ended', async () => {
    const { ask, stores } = await withTopics();
    const { body } = await ask('POST', '/v1/outputs', { topics: ['treaties'] });
    await stores.topics.removeTopic('treaties', START);

    const both = await ask('PATCH', `/v1/outputs/${body['id']}`, { topics: ['treaties', 'river-crossings'] });

    expect(both.body['topics']).toEqual(['river-crossings', 'treaties']);
  });

  it.each([
    [{ topics: ['treatis'] }, 'topics: "treatis" is not a topic. Did you mean treaties?'],
    [{ feed: 'nothing' }, 'feed: "nothing" is not the id of a feed'],
    [{ topics: Array.from({ length: 21 }, (_, nth) => `t${nth}`) }, 'topics: 21 are named; expected at most 20'],
  ])('with %j are refused', async (request, reason) => {
    const { ask, stores } = await withTopics();

    const { status, body } = await ask('POST', '/v1/outputs', request);

    expect([status, body['code']]).toEqual([400, 'invalid_output']);
    expect(JSON.stringify(body['errors']).replaceAll('\\"', '"')).toContain(reason);
    expect(await stores.outputs.listOutputs()).toEqual([]);
  });

  it('are five hundred at most', async () => {
    const { ask, stores } = anApi();
    for (let nth = 0; nth < 500; nth++) await stores.outputs.createOutput(anOutput({ id: `output-${nth}` }));

    const { body } = await ask('POST', '/v1/outputs', {});

    expect(JSON.stringify(body['errors'])).toContain('there are 500, the most allowed');
  });

  it.each([
    ['GET', '/v1/outputs/none'],
    ['PATCH', '/v1/outputs/none'],
    ['DELETE', '/v1/outputs/none'],
    ['POST', '/v1/outputs/none/renew'],
  ])('%s %s is answered with 404', async (method, path) => {
    const { status, body } = await anApi().ask(method, path, method === 'PATCH' ? { title: 'x' } : undefined);

    expect([status, body['code']]).toEqual([404, 'not_found']);
  });
});

describe('what cannot be answered', () => {
  it.each([
    ['GET', '/v1/nothing-here', undefined, 404, 'not_found'],
    ['GET', '/v1/matches/unknown', undefined, 404, 'not_found'],
    ['POST', '/v1/matches', {}, 405, 'method_not_allowed'],
    ['GET', '/v1/matches?sinse=7d', undefined, 400, 'invalid_query'],
    ['GET', '/v1/matches?since=yesterday', undefined, 400, 'invalid_query'],
    ['GET', '/v1/matches?since=2026-02-30', undefined, 400, 'invalid_query'],
    ['GET', '/v1/matches?until=2026-11-31T08:00:00Z', undefined, 400, 'invalid_query'],
    ['GET', '/v1/matches?since=P999999999999D', undefined, 400, 'invalid_query'],
    ['GET', '/v1/matches?limit=1000', undefined, 400, 'invalid_query'],
    ['GET', '/v1/matches?limit=5&limit=6', undefined, 400, 'invalid_query'],
    ['GET', '/v1/matches?cursor=forged', undefined, 400, undefined],
    ['POST', '/v1/feeds', '{"url":', 400, 'invalid_body'],
    ['POST', '/v1/feeds', { url: 'https://a.example', colour: 'red' }, 400, 'invalid_body'],
    ['PUT', '/v1/topics', { topics: [{ id: 'Not An Id' }] }, 400, 'invalid_body'],
  ] as const)('%s %s is a problem document with a stable code', async (method, path, body, status, code) => {
    const answer = await anApi().ask(method, path, body);

    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    if (code !== undefined) expect(answer.body['code']).toBe(code);
    expect(String(answer.body['detail']).length).toBeGreaterThan(10);
  });

  it('an unexpected error is a 500: the log has everything, and the client nothing', async () => {
    const { ask, errors } = anApi({
      topics: { listEntries: async () => Promise.reject(new Error('secret cause')) } as never,
    });

    const answer = await ask('GET', '/v1/topics');

    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.body)).not.toContain('secret cause');
    expect(errors).toHaveLength(1);
  });

  it('no answer may be framed or sniffed, or cached for any other client', async () => {
    const { ask } = anApi();
    const answers = [await ask('GET', '/v1/topics'), await ask('GET', '/v1/nope'), await ask('POST', '/v1/feeds', {})];

    expect(answers.map(({ headers }) => headers.get('cache-control'))).toEqual([
      'private, no-cache',
      'no-store',
      'no-store',
    ]);
    for (const { headers } of answers) {
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  });
});

it('a feed id with a line break is reported as not found, in a whole sentence', async () => {
  const { status, body } = await anApi().ask('DELETE', '/v1/feeds/odd%0Aname');

  expect([status, body['detail']]).toEqual([404, expect.stringMatching(/odd name.* does not exist/)]);
});

describe('deliveries that fail', () => {
  it('are listed with the reason, and counted in the status', async () => {
    const { ask, stores } = anApi();
    const { id } = aDelivery();
    await stores.deliveries.createDelivery(aDelivery());
    await stores.deliveries.beginAttempt(id, START, later(60_000));
    const again = { state: 'pending', dueAt: later(30_000), reason: 'mail server is down' } as const;
    await stores.deliveries.finishAttempt(id, { ...again, providerId: null, sentAt: null, digestId: null }, START);

    const listed = await ask('GET', '/v1/deliveries?failing=true');
    const status = await ask('GET', '/v1/status');

    expect(listed.body['items']).toMatchObject([{ id, reason: 'mail server is down', attempts: 1 }]);
    expect(status.body['deliveryFailures']).toEqual([
      { channel: 'email', state: 'retrying', count: 1, lastDay: 1, since: START, reason: 'mail server is down' },
    ]);
  });
});

describe('deliveries', () => {
  const refused = { reason: 'delivery_refused: no such box', reasonCode: 'delivery_refused' } as const;
  const ids = ({ body }: { body: Json }) => (body['items'] as Json[]).map(({ id }) => id);
  /** One alert of each of three articles: sent, failed, and muted; the failed one to another subscriber. */
  const withDeliveries = async () => {
    const api = await withMatches(3);
    const { items: matches } = await api.stores.matches.queryMatches({}, { limit: 3, cursor: null });
    for (const id of ['subscription-1', 'subscription-2'] as SubscriptionId[])
      await api.stores.subscriptions.createSubscription(aSubscription({ id, target: `${id}@example.org` }));
    const outcomes = [
      { state: 'sent', dueAt: null },
      { state: 'failed', dueAt: null, ...refused, subscriptionId: 'subscription-2' as SubscriptionId },
      { state: 'filtered', dueAt: null, reason: 'the topic is muted', reasonCode: 'muted' },
    ] as const;
    const deliveries = outcomes.map((outcome, at) =>
      aDelivery({ matchId: matches[at]!.id, createdAt: matches[at]!.article.firstSeenAt, ...outcome }),
    );
    for (const delivery of deliveries) await api.stores.deliveries.createDelivery(delivery);
    return { ...api, matches, deliveries: deliveries.map(({ id }) => id) };
  };

  it('come newest first, a page at a time', async () => {
    const { ask, deliveries } = await withDeliveries();

    const first = await ask('GET', '/v1/deliveries?limit=2');
    const second = await ask(
      'GET',
      `/v1/deliveries?limit=2&cursor=${encodeURIComponent(String(first.body['cursor']))}`,
    );

    expect([ids(first), ids(second), second.body['cursor']]).toEqual([
      deliveries.slice(0, 2),
      deliveries.slice(2),
      null,
    ]);
  });

  it('can be asked for by state, reason, channel, time, match, story, subscription and address', async () => {
    const { ask, matches, deliveries } = await withDeliveries();
    const [sent, failed, muted] = deliveries;
    const found = async (query: string) => ids(await ask('GET', `/v1/deliveries?${query}`));

    expect(await found('state=failed')).toEqual([failed]);
    expect(await found('reason=muted')).toEqual([muted]);
    expect(await found('channel=slack')).toEqual([]);
    expect(await found(`since=${later(120_000)}`)).toEqual([sent]);
    expect(await found('until=2026-11-16')).toEqual([]);
    expect(await found(`match=${matches[2]!.id}`)).toEqual([muted]);
    expect(await found('subscription=subscription-2')).toEqual([failed]);
    expect(await found('target=subscription-1@example.org')).toEqual([sent, muted]);
    expect(await found('target=subscription-1@example.org&subscription=subscription-2')).toEqual([]);
    expect(await found('failed=true')).toEqual([failed]);
    expect(await found('failed=true&since=P1D&channel=email&state=bounced')).toEqual([]);
  });

  it.each([
    ['match=nope', 'there is no match "nope"'],
    ['story=nope', 'there is no story "nope"'],
    ['subscription=nope', 'there is no subscription "nope"'],
    ['target=nobody@example.org', 'no subscription has the target "nobody@example.org"'],
  ])('of a name that does not exist are refused: %s', async (query, words) => {
    const { ask } = await withDeliveries();

    const { status, body } = await ask('GET', `/v1/deliveries?${query}`);

    expect([status, body['code']]).toEqual([400, 'invalid_query']);
    expect(body['detail']).toContain(words);
  });

  it('of the SNS topic need no subscription', async () => {
    expect((await anApi().ask('GET', '/v1/deliveries?subscription=sns-topic')).status).toBe(200);
  });

  it('are sent again by id, each with why not', async () => {
    const { ask, stores, deliveries, delivered } = await withDeliveries();
    const [sent, failed] = deliveries;

    const { status, body } = await ask('POST', '/v1/deliveries/redeliver', { ids: [failed, sent, 'no.such', failed] });

    expect([status, body]).toEqual([
      200,
      {
        redelivered: [failed],
        skipped: [
          { id: sent, why: 'it is sent; only failed, bounced, suppressed, disabled may be sent again' },
          { id: 'no.such', why: 'there is no such delivery' },
        ],
        cursor: null,
      },
    ]);
    expect(await stores.deliveries.getDelivery(failed!)).toMatchObject({ state: 'pending', attempts: 0, reason: null });
    expect((await ask('POST', '/v1/deliveries/redeliver', { ids: [failed] })).body).toMatchObject({ redelivered: [] });
    expect(delivered).toEqual([{ v: 1, kind: 'delivery', id: failed, hasPlace: false }]);
  });

  it('that did not arrive are sent again together, where their subscription is active', async () => {
    const { ask, stores, deliveries } = await withDeliveries();
    const [, failed] = deliveries;
    const again = async (change: Json = {}) =>
      (await ask('POST', '/v1/deliveries/redeliver', { failed: true, since: 'P1D', ...change })).body;
    const setState = (state: 'active' | 'unsubscribed') =>
      stores.subscriptions.updateSubscription('subscription-2' as SubscriptionId, { state }, START);

    await setState('unsubscribed');
    const left = { redelivered: [], skipped: [{ id: failed, why: 'its subscription is unsubscribed' }], cursor: null };
    expect(await again()).toEqual(left);
    await setState('active');
    expect(await again({ channel: 'slack' })).toMatchObject({ redelivered: [] });
    expect(await again()).toEqual({ redelivered: [failed], skipped: [], cursor: null });
    expect(await again()).toEqual({ redelivered: [], skipped: [], cursor: null });
  });

  it.each([
    [{}, 'exactly one of ids and failed'],
    [{ ids: ['a'], failed: true }, 'exactly one of ids and failed'],
    [{ ids: ['a'], since: 'P1D' }, 'only together with failed'],
    [{ ids: [] }, '/ids'],
    [{ failed: false }, 'expected true'],
    [{ failed: true, since: '2026-11-30', until: '2026-11-01' }, 'expected a time before until'],
    [{ failed: true, since: 'P1D', cursor: 'x' }, 'moves with the clock'],
  ])('are not sent again for a body that says %j', async (asked, words) => {
    const { status, body } = await anApi().ask('POST', '/v1/deliveries/redeliver', asked);

    expect([status, body['code']]).toEqual([400, 'invalid_body']);
    expect(JSON.stringify(body)).toContain(words);
  });
});

describe('the JSON Schemas of a match and of a story', () => {
  it.each(['match.v1.json', 'story.v1.json'])('are beside the OpenAPI document: %s', async (name) => {
    const { status, body } = await anApi().ask('GET', `/v1/schemas/${name}`);

    expect(status).toBe(200);
    expect(body).toEqual(JSON.parse(readFileSync(`schema/${name}`, 'utf8')));
  });
});

describe('the OpenAPI document', () => {
  it('names every route and no other', async () => {
    const { body } = await anApi().ask('GET', '/v1/openapi.json');
    const documented = Object.entries(body['paths'] as Record<string, Json>).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );

    expect(body['openapi']).toBe('3.1.0');
    expect(documented.sort()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it('is true of every answer seen in this file, and each route was seen to succeed', async () => {
    await anApi().ask('GET', '/v1/status');
    const { ask, stores } = anApi();
    await stores.feeds.addFeed(aNewFeed());
    await ask('GET', `/v1/feeds/${aNewFeed().id}`);
    const { body: document } = await ask('GET', '/v1/openapi.json');

    const { untrue, succeeded } = untrueAnswers(document, ROUTES, seen);

    expect(untrue).toEqual([]);
    expect(succeeded).toEqual(ROUTES.map(({ id }) => id).sort());
  });
});
