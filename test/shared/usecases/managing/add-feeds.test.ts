// Adding feeds, by request and from config/, on stores in memory.
import { defaultSettings } from '../../../../shared/model/settings.ts';
import { addFeeds, type VerifyAndAddPorts, verifyAndAddFeed } from '../../../../shared/usecases/managing/add-feeds.ts';
import { configure } from '../../../../shared/usecases/managing/configure.ts';
import type { VerifiedFeed } from '../../../../shared/usecases/managing/verify-feed.ts';
import { aClock, START } from '../../../support/builders.ts';
import { aLog } from '../../../support/fakes.ts';
import { createMemoryStores } from '../../../support/memory-store.ts';

const URL = 'https://news.example.org/feed';
const MOVED = 'https://www.news.example.org/feed';

const VERIFIED: VerifiedFeed = {
  url: URL,
  addresses: [URL, MOVED],
  foundOn: null,
  read: { title: 'News', format: 'rss', language: null, items: 3, newestAt: null, textOrigin: 'feed' },
};

function aWorld() {
  const clock = aClock();
  const stores = createMemoryStores({ clock });
  const queued: { feedIds: readonly string[] }[] = [];
  const read: string[] = [];
  const written: number[] = [];
  const ports: VerifyAndAddPorts & { log: ReturnType<typeof aLog> } = {
    feeds: {
      ...stores.feeds,
      getFeeds: (ids) => stores.feeds.getFeeds(ids),
      listFeeds: (page) => stores.feeds.listFeeds(page),
      addFeeds: (feeds) => {
        written.push(feeds.length);
        return stores.feeds.addFeeds(feeds);
      },
    },
    pollQueue: { send: async (messages) => void queued.push(...messages) },
    clock,
    settings: defaultSettings,
    verifyFeed: async (address) => {
      read.push(address);
      return VERIFIED;
    },
    log: aLog(),
  };
  const polled = (): readonly string[] => queued.flatMap(({ feedIds }) => feedIds);
  return { stores, ports, read, written, polled };
}

describe('adding feeds', () => {
  it('stores each with its settings, without credentials, and polls it at once', async () => {
    const { ports, stores, polled } = aWorld();

    const [added] = await addFeeds(
      [
        {
          url: ' feed:https://ann:secret@news.example.org/feed#top ',
          title: ' News ',
          folder: ' Agencies/Local ',
          language: 'fr',
          fullText: 'never',
        },
      ],
      ports,
    );

    expect(added?.outcome).toBe('added');
    expect(await stores.feeds.getFeed(added!.id)).toMatchObject({
      url: URL,
      title: 'News',
      folder: 'Agencies/Local',
      language: 'fr',
      fullText: 'never',
      active: true,
      addedAt: START,
    });
    expect(polled()).toEqual([added?.id]);
  });

  it('leaves out what the request does not say', async () => {
    const { ports, stores } = aWorld();

    const [added] = await addFeeds([{ url: URL }], ports);

    expect(await stores.feeds.getFeed(added!.id)).toMatchObject({
      title: '',
      folder: '',
      language: null,
      fullText: 'auto',
      state: { intervalMinutes: defaultSettings.poll.everyMinutes },
    });
  });

  it('distinguishes new feeds from known ones, in the order given, and polls only the new ones', async () => {
    const { ports, polled } = aWorld();
    await addFeeds([{ url: URL }], ports);
    const before = polled().length;

    const outcomes = await addFeeds(
      ['https://a.example/', URL, 'https://b.example/', 'https://a.example/'].map((url) => ({ url })),
      ports,
    );

    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['added', 'known', 'added', 'known']);
    expect(polled().slice(before)).toEqual([outcomes[0]?.id, outcomes[2]?.id]);
  });

  it('adds none when the address of one cannot be used, and names each of those', async () => {
    const { ports, written, polled } = aWorld();
    const urls = ['https://a.example/', 'file:///etc/passwd', 'nonsense'];

    await expect(
      addFeeds(
        urls.map((url) => ({ url })),
        ports,
      ),
    ).rejects.toMatchObject({
      code: 'invalid_feed_url',
      problems: ['"file:///etc/passwd" is not an http or https address', '"nonsense" is not an http or https address'],
    });

    expect([written, polled()]).toEqual([[], []]);
  });

  it('writes a few hundred at a time and reports each', async () => {
    const { ports, written } = aWorld();
    const requests = Array.from({ length: 1_001 }, (_, at) => ({ url: `https://host-${at}.example/feed` }));
    let reported = 0;

    await addFeeds(requests, ports, () => {
      reported += 1;
    });

    expect(written).toEqual([500, 500, 1]);
    expect(reported).toBe(1_001);
  });
});

it('an address that cannot be used is quoted up to 200 characters', async () => {
  const { ports } = aWorld();

  await expect(addFeeds([{ url: 'x'.repeat(201) }], ports)).rejects.toMatchObject({
    message: `nothing was added\n  "${'x'.repeat(200)}" is not an http or https address`,
  });
});

describe('adding a feed that is read first', () => {
  it('stores the address that was found, and shows what was read', async () => {
    const { ports, stores, read } = aWorld();

    const { id, outcome, ...found } = await verifyAndAddFeed({ url: 'news.example.org', folder: 'G' }, ports);

    expect([outcome, found]).toEqual(['added', { read: VERIFIED.read, foundOn: null }]);
    expect(await stores.feeds.getFeed(id)).toMatchObject({ url: URL, folder: 'G' });
    expect(read).toEqual(['news.example.org']);
  });

  it('reads nothing when the address is followed already', async () => {
    const { ports, read } = aWorld();
    const [before] = await addFeeds([{ url: URL }], ports);

    expect(await verifyAndAddFeed({ url: 'news.example.org/feed' }, ports)).toEqual({
      id: before?.id,
      outcome: 'known',
    });
    expect(read).toEqual([]);
  });

  it('finds a feed that is followed under another address, or has moved there since', async () => {
    const { ports, stores, written } = aWorld();
    const [other] = await addFeeds([{ url: 'https://old.example.org/feed' }], ports);
    await stores.feeds.updateFeedSettings(other!.id, { url: MOVED });
    const before = written.length;

    const found = await verifyAndAddFeed({ url: 'news.example.org' }, ports);

    expect(found).toEqual({ id: other?.id, outcome: 'known', read: VERIFIED.read, foundOn: null });
    expect(written).toHaveLength(before);
  });
});

it('a feed that has moved is found among more feeds than one page holds', async () => {
  const { ports, stores } = aWorld();
  const many = await addFeeds(
    Array.from({ length: 501 }, (_, at) => ({ url: `https://host-${at}.example/feed` })),
    ports,
  );
  let last: string | undefined;
  for (let cursor: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof stores.feeds.listFeeds>> = await stores.feeds.listFeeds({
      limit: 500,
      cursor,
    });
    last = page.items.at(-1)?.id;
    cursor = page.cursor;
    if (cursor === null) break;
  }
  const moved = many.find(({ id }) => id === last);
  await stores.feeds.updateFeedSettings(moved!.id, { url: MOVED });

  expect(await verifyAndAddFeed({ url: 'news.example.org' }, ports)).toMatchObject({ id: moved!.id, outcome: 'known' });
});

describe('the feeds of config/', () => {
  const row = { url: URL, title: 'News', folder: 'Agencies', language: null };
  const configured = (world: ReturnType<typeof aWorld>, feeds: readonly (typeof row)[], done: string[] = []) =>
    configure(
      { ...world.stores, pollQueue: world.ports.pollQueue, clock: world.ports.clock, log: world.ports.log },
      { feeds, topics: [], packs: [] },
      defaultSettings,
      { onProgress: (count, of) => void done.push(`${count}/${of}`) },
    );

  it('are added once, and then only what changed is written', async () => {
    const world = aWorld();
    const other = { ...row, url: 'https://b.example/', title: 'B' };
    const done: string[] = [];

    const first = await configured(world, [row, { ...row, title: 'A repeat' }, other]);
    const second = await configured(world, [row, { ...other, folder: 'Elsewhere' }], done);

    expect(first).toMatchObject({ feedsAdded: 2, feedsUpdated: 0, feedsUnchanged: 0 });
    expect(second).toMatchObject({ feedsAdded: 0, feedsUpdated: 1, feedsUnchanged: 1 });
    expect(done).toEqual(['1/1']);
    const titles = (await world.stores.feeds.listFeeds({ limit: 9, cursor: null })).items.map(({ title, folder }) => [
      title,
      folder,
    ]);
    expect(titles.sort()).toEqual([
      ['B', 'Elsewhere'],
      ['News', 'Agencies'],
    ]);
    expect(world.polled()).toHaveLength(2);
  });

  it('keep the address that a feed has moved to, and a title that the file does not state', async () => {
    const world = aWorld();
    await configured(world, [row]);
    const [feed] = (await world.stores.feeds.listFeeds({ limit: 1, cursor: null })).items;
    await world.stores.feeds.updateFeedSettings(feed!.id, { url: MOVED });

    expect(await configured(world, [{ ...row, title: '' }])).toMatchObject({ feedsUpdated: 0, feedsUnchanged: 1 });
    expect(await world.stores.feeds.getFeed(feed!.id)).toMatchObject({ url: MOVED, title: 'News' });
  });

  it.each<[string, object, object]>([
    ['another title', { title: 'Other' }, { title: 'Other' }],
    ['another folder', { folder: 'Other' }, { folder: 'Other' }],
    ['no folder', { folder: '' }, { folder: '' }],
    ['a language', { language: 'fr' }, { language: 'fr' }],
    ['another policy', { fullText: 'never' }, { fullText: 'never' }],
  ])('that state %s are written, and nothing else of them', async (_name, stated, written) => {
    const world = aWorld();
    await configured(world, [row]);
    const [before] = (await world.stores.feeds.listFeeds({ limit: 1, cursor: null })).items;
    const changed = await configured(world, [{ ...row, ...stated }]);
    const [after] = (await world.stores.feeds.listFeeds({ limit: 1, cursor: null })).items;

    expect(changed).toMatchObject({ feedsAdded: 0, feedsUpdated: 1, feedsUnchanged: 0 });
    expect(after).toEqual({ ...before, ...written });
    expect(await configured(world, [{ ...row, ...stated }])).toMatchObject({ feedsUpdated: 0, feedsUnchanged: 1 });
  });

  it('that do not state a language or a policy keep what an operator has set', async () => {
    const world = aWorld();
    await configured(world, [{ ...row, language: 'fr', fullText: 'never' } as never]);

    expect(await configured(world, [row])).toMatchObject({ feedsUpdated: 0, feedsUnchanged: 1 });
  });

  it('are reported one by one, those to add before those to change', async () => {
    const world = aWorld();
    const done: string[] = [];
    await configured(world, [row]);
    await configured(
      world,
      [
        { ...row, folder: 'X' },
        { ...row, url: 'https://b.example/' },
        { ...row, url: 'https://c.example/' },
      ],
      done,
    );

    expect(done).toEqual(['1/3', '2/3', '3/3']);
  });

  it('that somebody adds at the same time are not counted as added', async () => {
    const world = aWorld();
    const getFeeds = async () => [];
    await addFeeds([{ url: URL }], world.ports);
    const ports = {
      ...world.stores,
      feeds: { ...world.ports.feeds, getFeeds, updateFeedSettings: async () => undefined as never },
    };
    const result = await configure(
      { ...ports, pollQueue: world.ports.pollQueue, clock: world.ports.clock, log: world.ports.log },
      { feeds: [row], topics: [], packs: [] },
      defaultSettings,
    );

    expect(result).toMatchObject({ feedsAdded: 0, feedsUpdated: 0, feedsUnchanged: 1 });
  });

  it('with an address that cannot be used change nothing', async () => {
    const world = aWorld();

    await expect(configured(world, [row, { ...row, url: 'ftp://a.example/' }])).rejects.toMatchObject({
      code: 'invalid_feed_url',
    });

    expect(world.stores.snapshot().feeds).toEqual({});
  });
});
