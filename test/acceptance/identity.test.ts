// What publishers do to their items: no second alert, no lost first one. Real documents through the real reader, ten polls of each kind.
import { readFeed } from '../../shared/feeds/read-feed.ts';
import { feedIdOf } from '../../shared/model/ids.ts';
import { aSubscription, aTopic, START } from '../support/builders.ts';
import { aFollowedFeed, atom, type Entry, FEED, rss, TEXT } from '../support/followed-feed.ts';
import { aPipelineWorld, startProcess } from '../support/pipeline-world.ts';

const POLLS = 10;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const page = (n: number): string => `https://news.example.org/2026/convoy-${n}`;
const convoy = (n: number, more: Partial<Entry> = {}): Entry => ({
  title: `Convoy ${n} crosses the river`,
  ...more,
});
const whole = (n: number, more: Partial<Entry> = {}): Entry =>
  convoy(n, { guid: `tag:${n}`, link: page(n), date: dateOf(0), ...more });
const dateOf = (days: number): string => new Date(Date.parse(START) + days * DAY_MS).toUTCString();
const weather: Entry = { title: 'Rain until Friday', guid: 'tag:rain', link: 'https://news.example.org/rain' };

/** `shows(n, poll)` is convoy n as the publisher shows it at that poll, null when it does not. */
const KINDS: readonly [what: string, shows: (n: number, poll: number) => Entry | null][] = [
  ['nothing', (n) => whole(n)],
  ['its guids', (n, poll) => whole(n, { guid: `tag:${n}-${poll}` })],
  ['its dates', (n, poll) => whole(n, { date: dateOf(poll) })],
  ['its guids and its dates', (n, poll) => whole(n, { guid: `tag:${n}-${poll}`, date: dateOf(poll) })],
  ['its dates, and has neither guids nor links', (n, poll) => convoy(n, { date: dateOf(poll) })],
  [
    'its dates to ever earlier ones, and has neither guids nor links',
    (n, poll) => convoy(n, { date: dateOf(-3 * poll) }),
  ],
  ['its guids and its dates, and has no links', (n, poll) => convoy(n, { guid: `${n}-${poll}`, date: dateOf(poll) })],
  [
    'whether there are dates, and has neither guids nor links',
    (n, poll) => convoy(n, poll > 2 ? {} : { date: dateOf(0) }),
  ],
  ['its texts', (n, poll) => whole(n, { text: `${TEXT} Update ${poll}.` })],
  ['its links', (n, poll) => whole(n, { link: `${page(n)}?session=${poll}` })],
  ['whether items are there at all', (n, poll) => (n < 10 && poll % 3 === 0 ? null : whole(n))],
  ['tracking parameters', (n, poll) => convoy(n, { link: `${page(n)}?utm_source=rss&utm_id=${poll}` })],
  [
    'tracking parameters of a link that is the guid too',
    (n, poll) => convoy(n, { guid: `${page(n)}?utm_id=${poll}`, link: `${page(n)}?utm_id=${poll}`, date: dateOf(0) }),
  ],
  [
    'http to https, in guids and links',
    (n, poll) => {
      const link = poll < 5 ? page(n).replace('https:', 'http:') : page(n);
      return convoy(n, { guid: link, link, date: dateOf(0) });
    },
  ],
  ['nothing, and has no guids', (n) => convoy(n, { link: page(n) })],
  ['nothing, and has no links', (n) => convoy(n, { guid: `tag:${n}` })],
  ['nothing, and has neither guids nor links', (n) => convoy(n, { date: dateOf(0) })],
  ['nothing, and has neither guids nor links nor dates', (n) => convoy(n)],
  ['nothing, and all guids are the same', (n) => convoy(n, { guid: 'tag:news', link: page(n) })],
  ['nothing, and all links are the home page', (n) => whole(n, { link: 'https://news.example.org/' })],
  ['how many items share a link', (n, poll) => (n === 2 && poll < 4 ? null : convoy(n, { link: page(0) }))],
  ['nothing, and dates are in the future', (n) => whole(n, { date: dateOf(4000) })],
  ['nothing, and dates are of long ago', (n) => whole(n, { date: 'Thu, 01 Jan 1970 00:00:00 GMT' })],
  ['dates that cannot be read', (n, poll) => whole(n, { date: `day ${poll} of the week` })],
];

describe('a feed that changes', () => {
  it.each(KINDS)('%s: each new item sends one alert', async (_what, shows) => {
    const { poll, told } = await aFollowedFeed();
    const document = (numbers: readonly number[], at: number): string => {
      const shown = numbers.map((n) => shows(n, at)).filter((entry) => entry !== null);
      return rss([...shown, weather], at);
    };
    await poll(rss([weather], 0));

    for (let at = 1; at <= POLLS; at += 1) await poll(document([1, 2], at));
    // In another order, and with one more.
    for (let at = POLLS + 1; at <= POLLS + 3; at += 1) await poll(document([2, 1, 11], at));

    expect(told().toSorted()).toEqual(['1', '11', '2']);
  });

  it('the order of its items at each poll repeats nothing', async () => {
    const { poll, told } = await aFollowedFeed();
    const all = [1, 2, 3, 4, 5];
    await poll(rss([weather], 0));

    for (let at = 1; at <= POLLS; at += 1) {
      await poll(
        rss(
          [...all.slice(at % 5), ...all.slice(0, at % 5)].map((n) => whole(n)),
          at,
        ),
      );
    }

    expect(told().toSorted()).toEqual(['1', '2', '3', '4', '5']);
  });

  it('from RSS to Atom repeats nothing', async () => {
    const { poll, told } = await aFollowedFeed();
    await poll(rss([weather], 0));
    await poll(rss([whole(1)], 1));

    await poll(atom([whole(1), whole(2)]));

    expect(told()).toEqual(['1', '2']);
  });

  it('to an empty list and back repeats nothing', async () => {
    const { poll, told } = await aFollowedFeed();
    await poll(rss([weather], 0));
    await poll(rss([whole(1), weather], 1));

    await poll(rss([], 2));
    await poll(rss([whole(2), whole(1), weather], 3));

    expect(told()).toEqual(['1', '2']);
  });

  it('to half a document and back repeats nothing, and loses nothing', async () => {
    const { poll, told } = await aFollowedFeed();
    await poll(rss([weather], 0));
    const document = rss([whole(1), whole(2, { text: `${TEXT} ${TEXT}` }), weather], 1);

    await poll(document.slice(0, document.lastIndexOf('Convoy 2') + 10));
    const afterHalf = told();
    await poll('<html><title>Back soon</title></html>');
    await poll(document);

    expect([afterHalf, told()]).toEqual([['1'], ['1', '2']]);
  });
});

describe('a feed without guids and links', () => {
  it('whose items all bear the date of the document repeats nothing from day to day', async () => {
    const { poll, told } = await aFollowedFeed();
    const bare = (day: number, ...numbers: number[]): string =>
      rss(
        [...numbers.map((n) => convoy(n)), { title: 'Rain' }, { title: 'Sun' }].map((each) => ({
          ...each,
          date: dateOf(day),
        })),
        day,
      );
    await poll(bare(0), DAY_MS);

    for (let day = 2; day <= 6; day += 1) await poll(bare(day, 1, 2), DAY_MS);
    await poll(bare(7, 1, 2, 3), DAY_MS);

    expect(told().toSorted()).toEqual(['1', '2', '3']);
  });

  it('that issues a bulletin anew in the same words is told of each issue', async () => {
    const { poll, told } = await aFollowedFeed();
    const issue = (day: number): Entry => convoy(1, { date: dateOf(day) });
    await poll(rss([{ title: 'Rain', date: dateOf(0) }], 0), DAY_MS);

    await poll(rss([issue(2)], 2), DAY_MS); // the day's only one
    await poll(rss([issue(3)], 3), DAY_MS);
    await poll(rss([issue(4), issue(3)], 4), DAY_MS); // or beside the last one

    expect(told()).toEqual(['1', '1', '1']);
  });

  it('that brings a briefing of the same title each day is told of each', async () => {
    const { poll, told } = await aFollowedFeed();
    const briefing = (day: number): Entry => convoy(7, { date: dateOf(day), text: `What day ${day} brought.` });
    await poll(rss([{ title: 'Rain', date: dateOf(0) }], 0), DAY_MS);

    for (let day = 2; day <= 4; day += 1) await poll(rss([briefing(day)], day), DAY_MS);

    expect(told()).toEqual(['7', '7', '7']);
  });
});

describe('an item', () => {
  it('that is in a document twice sends one alert', async () => {
    const { poll, told } = await aFollowedFeed();
    await poll(rss([weather], 0));

    await poll(rss([whole(1), whole(1), convoy(1, { link: page(1), date: dateOf(0) })], 1));

    expect(told()).toEqual(['1']);
  });

  it('that comes back after eighty days is not told of again', async () => {
    const { poll, told } = await aFollowedFeed();
    await poll(rss([weather], 0));
    await poll(rss([convoy(1)], 1));
    for (let n = 100; n < 200; n += 1) await poll(rss([{ title: `Rain on day ${n}`, text: 'Rain.' }], n), DAY_MS / 24);

    await poll(rss([convoy(1)], 300), 80 * DAY_MS);

    expect(told()).toEqual(['1']);
  });

  it('that stays for two hundred days sends one alert', async () => {
    const { poll, told } = await aFollowedFeed();
    await poll(rss([weather], 0));

    for (let day = 1; day <= 200; day += 1) {
      await poll(rss([convoy(1), { title: `Rain on day ${day}`, text: 'Rain.' }], day), DAY_MS);
    }

    expect(told()).toEqual(['1']);
  });

  it('whose page changes its title and its guid is still the same article', async () => {
    const { poll, told } = await aFollowedFeed();
    await poll(rss([weather], 0));
    await poll(rss([whole(1)], 1));

    await poll(rss([whole(1, { title: 'Updated: Convoy 1 crosses the river', guid: 'tag:new' })], 2));

    expect(told()).toEqual(['1']);
  });
});

describe('an article of two feeds', () => {
  const OTHER = 'https://search.example.org/alerts.xml';
  const link = page(1);
  const plain = link.replace('https:', 'http:');

  it.each<[how: string, first: string, second: string]>([
    ['by http in one and https in the other', plain, link],
    ['by https in one and http in the other', link, plain],
    ['through a search engine', `https://www.google.com/url?rct=j&sa=t&url=${link}&ct=ga&usg=AOv`, plain],
    ['through another one', link, `http://www.bing.com/news/apiclick.aspx?tid=1&url=${encodeURIComponent(plain)}&c=2`],
    [
      'through two services',
      `https://l.facebook.com/l.php?u=${encodeURIComponent(link)}&h=1`,
      `https://nam01.safelinks.protection.outlook.com/?url=${encodeURIComponent(link)}&data=05`,
    ],
  ])('%s is one match that lists both, and one mail', async (_how, first, second) => {
    const world = {
      ...(await aPipelineWorld({
        at: START,
        feeds: [FEED, OTHER].map((url) => ({ url, fullText: 'never' as const })),
        topics: [aTopic()],
        subscriptions: [aSubscription({ topics: ['*'], follow: 'all' })],
      })),
      readFeed,
    };
    const process = startProcess(world);
    const show = async (url: string, entries: readonly Entry[]): Promise<void> => {
      world.clock.advance(10 * MINUTE_MS);
      world.publisher.answer(url, async () => ({
        kind: 'changed',
        body: new TextEncoder().encode(rss(entries, 0)),
        contentType: 'application/rss+xml',
        finalUrl: url,
        movedTo: null,
        etag: null,
        lastModified: null,
        freshSeconds: null,
      }));
      await process.poll({ v: 1, kind: 'poll', pollBatch: null, slot: null, feedIds: [feedIdOf(url)] });
      await process.drain();
    };
    for (const url of [FEED, OTHER]) await show(url, [weather]);

    await show(FEED, [whole(1, { link: first }), weather]);
    await show(OTHER, [whole(1, { link: second, guid: 'tag:other' }), weather]);

    const matches = Object.values(world.stores.snapshot().matches);
    expect(matches.map(({ sources }) => sources.map(({ feedId, host }) => [feedId, host]))).toEqual([
      [FEED, OTHER].map((url) => [feedIdOf(url), 'news.example.org']),
    ]);
    expect(world.mails).toHaveLength(1);
  });

  it('whose link through a search engine changes at each poll sends one alert', async () => {
    const { poll, told } = await aFollowedFeed();
    const entry = (n: number): Entry =>
      convoy(1, { link: `http://www.bing.com/news/apiclick.aspx?tid=${n}&url=${encodeURIComponent(link)}&c=${n}` });
    await poll(rss([weather], 0));

    for (let n = 1; n <= 3; n += 1) await poll(rss([entry(n), weather], n));

    expect(told()).toEqual(['1']);
  });
});
