// What a guid or a link means over time: bulletins that reuse one, items that are edited, items that come under other names, and old ones.
// Real documents through the real reader. A convoy at a river is what the reader waits for.
import { START } from '../support/builders.ts';
import { aFollowedFeed, type Entry, rss } from '../support/followed-feed.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const inMinutes = (minutes: number): string => new Date(Date.parse(START) + minutes * MINUTE_MS).toUTCString();

interface Bulletin {
  readonly title: string;
  readonly text: string;
}

/** The second, the fourth and the sixth are about a convoy at the river. */
const BULLETINS: readonly Bulletin[] = [
  { title: 'Quiet day at the harbour', text: 'Nothing to report.' },
  { title: 'Convoy crosses the river', text: 'Forty trucks reached the far bank at dawn.' },
  { title: 'Ferry strike called off', text: 'Sailors return to work after talks about overtime.' },
  { title: 'Second column at the bridge', text: 'Another convoy passed the river while it rained, engineers said.' },
  { title: 'Mayor opens the library', text: 'Children read poems; the building took nine years.' },
  { title: 'Night of movement', text: 'A long convoy used pontoons on the river again.' },
];

/** Titles of the matches that mails were sent of, in the order of the mails. */
const titlesIn = (mails: readonly { readonly text: string }[], titles: readonly string[]): readonly string[] =>
  mails.flatMap(({ text }) => titles.filter((title) => text.replaceAll('*', '').includes(title)));

const ALL_TITLES = BULLETINS.map(({ title }) => title);
const AWAITED = [1, 3, 5].map((n) => BULLETINS[n]!.title);

describe('a feed that shows one bulletin at a time', () => {
  const page = (n: number): string => `https://news.example.org/b/${n}`;
  const KINDS: readonly [what: string, shows: (bulletin: Bulletin, n: number) => Entry][] = [
    ['one guid, new links', (each, n) => ({ ...each, guid: 'current', link: page(n), date: inMinutes(n) })],
    ['one guid, no links', (each, n) => ({ ...each, guid: 'current', date: inMinutes(n) })],
    ['one guid, no links, no dates', (each) => ({ ...each, guid: 'current' })],
    ['one guid, new links, no dates', (each, n) => ({ ...each, guid: 'current', link: page(n) })],
    ['one link, no guids', (each, n) => ({ ...each, link: page(0), date: inMinutes(n) })],
    ['one link, no guids, no dates', (each) => ({ ...each, link: page(0) })],
    ['one guid, which is the link', (each, n) => ({ ...each, guid: page(0), link: page(0), date: inMinutes(n) })],
    ['one link, new guids', (each, n) => ({ ...each, guid: `b-${n}`, link: page(0), date: inMinutes(n) })],
    [
      'one title, guid and link',
      (each, n) => ({
        text: `${each.title}. ${each.text}`,
        title: 'Bulletin',
        guid: 'current',
        link: page(0),
        date: inMinutes(n * 24 * 60),
      }),
    ],
    [
      'one title and guid, new links',
      (each, n) => ({
        text: `${each.title}. ${each.text}`,
        title: 'Bulletin',
        guid: 'current',
        link: page(n),
        date: inMinutes(n * 60),
      }),
    ],
    ['the home page as link', (each, n) => ({ ...each, link: 'https://news.example.org/', date: inMinutes(n) })],
  ];

  it.each(KINDS)('under %s: each sends one alert', async (_what, shows) => {
    const { poll, world } = await aFollowedFeed();
    for (const [n, bulletin] of BULLETINS.entries()) {
      await poll(rss([shows(bulletin, n)], n));
      await poll(rss([shows(bulletin, n)], 100 + n));
    }

    expect(titlesIn(world.mails, ALL_TITLES)).toEqual(AWAITED);
    expect(Object.keys(world.stores.snapshot().matches)).toHaveLength(3);
  });

  it.each(KINDS)('under %s, and is empty in between: each sends one alert', async (_what, shows) => {
    const { poll, world } = await aFollowedFeed();
    for (const [n, bulletin] of BULLETINS.entries()) {
      await poll(rss([shows(bulletin, n)], n));
      await poll(rss([], 100 + n));
    }

    expect(titlesIn(world.mails, ALL_TITLES)).toEqual(AWAITED);
  });

  it.each(KINDS)('under %s, and shows the last ones again: none sends a second alert', async (what, shows) => {
    const { poll, world } = await aFollowedFeed();
    for (const [n, bulletin] of BULLETINS.entries()) await poll(rss([shows(bulletin, n)], n));

    for (const n of [4, 3, 5]) await poll(rss([shows(BULLETINS[n]!, n)], 100 + n));

    expect([what, titlesIn(world.mails, ALL_TITLES)]).toEqual([what, AWAITED]);
  });

  it('sends no alert when the bulletin is edited under its new name', async () => {
    const { poll, world } = await aFollowedFeed();
    const shows = ({ title, text }: Bulletin, n: number): Entry => ({
      title,
      text,
      guid: 'current',
      date: inMinutes(n),
    });
    for (const [n, bulletin] of BULLETINS.slice(0, 4).entries()) await poll(rss([shows(bulletin, n)], n));
    const last = BULLETINS[3]!;

    await poll(rss([shows({ ...last, text: `${last.text} The bridge held.` }, 3)], 10));

    expect(titlesIn(world.mails, ALL_TITLES)).toEqual(AWAITED.slice(0, 2));
  });
});

it('each report of a series under one guid, link and title, except for its number, sends one alert', async () => {
  const { poll, world } = await aFollowedFeed();
  const report = (n: number, text: string): Entry => ({
    title: `Situation report ${n} November`,
    text,
    guid: 'current',
    link: 'https://news.example.org/situation',
    date: inMinutes(n),
  });
  const reports = [
    report(17, 'No incidents were reported in the northern district.'),
    report(18, 'A convoy passed the river before dawn; two bridges are closed.'),
    report(19, 'Fuel trucks in another convoy came to the river. Hospitals ask for blood.'),
  ];
  for (const each of reports) for (const n of [1, 2]) await poll(rss([each], n));

  expect(
    titlesIn(
      world.mails,
      reports.map(({ title }) => title),
    ),
  ).toEqual(reports.slice(1).map(({ title }) => title));
});

describe('a feed whose guids', () => {
  it('say the place in the list tells of each item once', async () => {
    const { poll, world } = await aFollowedFeed();
    const shown = (newest: number): string =>
      rss(
        [newest, newest - 1, newest - 2]
          .filter((n) => n >= 0)
          .map((n, place) => ({
            ...BULLETINS[n]!,
            guid: `place-${place}`,
            link: `https://news.example.org/b/${n}`,
            date: inMinutes(n),
          })),
        newest,
      );

    for (const [n] of BULLETINS.entries()) {
      await poll(shown(n));
      await poll(shown(n));
    }

    expect(titlesIn(world.mails, ALL_TITLES)).toEqual(AWAITED);
  });
});

const STORY: Bulletin = {
  title: 'Convoy crosses the river near the old mill',
  text: 'Forty trucks reached the far bank at dawn, watched by fishermen and children from the nearby village.',
};
const weather: Entry = {
  title: 'Rain until Friday',
  guid: 'tag:rain',
  link: 'https://news.example.org/rain',
  date: inMinutes(-60),
};
const whole = (change: Partial<Entry> = {}): Entry => ({
  ...STORY,
  guid: 'tag:story',
  link: 'https://news.example.org/story',
  date: inMinutes(5),
  ...change,
});

describe('an item that the publisher', () => {
  const EDITS: readonly [what: string, change: Partial<Entry>][] = [
    ['gives another headline', { title: 'Trucks seen at dawn: a convoy on the river' }],
    ['gives another headline and date', { title: 'What we know so far', date: inMinutes(300) }],
    [
      'gives another headline, date and link',
      { title: 'What we know so far', date: inMinutes(300), link: 'https://news.example.org/what-we-know' },
    ],
    [
      'adds a paragraph to',
      { text: `The mayor spoke of a miracle on the river. ${STORY.text} A second convoy is expected.` },
    ],
    [
      'rewrites in part, with a new date',
      { text: `${STORY.text.slice(0, 50)} The convoy left the river by noon.`, date: inMinutes(90) },
    ],
    ['shortens', { text: 'Forty trucks reached the far bank at dawn.' }],
    ['cuts to its headline', { text: '' }],
    ['dates anew', { date: inMinutes(2 * 24 * 60) }],
    ['moves to another address', { link: 'https://news.example.org/river/story' }],
    ['moves to https, another domain and another guid', { link: 'https://www.harbour.example/story', guid: 'tag:2' }],
    [
      'gives another guid and a session in the link',
      { link: 'https://news.example.org/story?sid=2', guid: 'story?sid=2' },
    ],
  ];

  it.each(EDITS)('%s sends one alert', async (_what, change) => {
    const { poll, world } = await aFollowedFeed();
    await poll(rss([weather], 0));
    await poll(rss([whole(), weather], 1));

    for (let n = 2; n < 6; n += 1) await poll(rss([whole(change), weather], n), 30 * MINUTE_MS);

    expect([world.mails.length, Object.keys(world.stores.snapshot().matches).length]).toEqual([1, 1]);
  });
});

describe('an item whose words arrive later', () => {
  const empty = { title: 'Report from the north', text: 'More soon.' };
  const arrives = { title: 'Report from the north', text: 'More soon: a convoy crossed the river.' };
  const WAYS: readonly [what: string, before: Partial<Entry>, after: Partial<Entry>][] = [
    ['in its text', empty, arrives],
    ['in its title', empty, { title: 'Report from the north: convoy at the river' }],
    ['in its text, and is dated anew', empty, { ...arrives, date: inMinutes(60) }],
    ['in an empty text', { ...empty, text: '' }, arrives],
    ['and has no guid', { ...empty, guid: undefined as never }, { ...arrives, guid: undefined as never }],
    ['and has no link', { ...empty, link: undefined as never }, { ...arrives, link: undefined as never }],
    ['and has no date', { ...empty, date: undefined as never }, { ...arrives, date: undefined as never }],
    [
      'and has neither guid nor link',
      { ...empty, guid: undefined as never, link: undefined as never },
      { ...arrives, guid: undefined as never, link: undefined as never },
    ],
    [
      'all of them other words',
      empty,
      { title: 'A convoy at the river', text: 'Dozens of trucks came across before sunrise.' },
    ],
  ];

  it.each(WAYS)('%s sends one alert', async (_what, before, after) => {
    const { poll, world } = await aFollowedFeed();
    await poll(rss([weather], 0));
    await poll(rss([whole(before), weather], 1));
    const early = world.mails.length;

    for (let n = 2; n < 6; n += 1) await poll(rss([whole({ ...before, ...after }), weather], n), 30 * MINUTE_MS);

    expect([early, world.mails.length]).toEqual([0, 1]);
  });

  it('after another edit is matched again an hour later, if it is still shown', async () => {
    const { poll, world } = await aFollowedFeed();
    await poll(rss([weather], 0));
    await poll(rss([whole(empty), weather], 1));
    await poll(rss([whole({ ...empty, text: 'More soon, says our reporter.' }), weather], 2));

    await poll(rss([whole(arrives), weather], 3), 30 * MINUTE_MS);
    const within = world.mails.length;
    await poll(rss([whole(arrives), weather], 4), 30 * MINUTE_MS);

    expect([within, world.mails.length]).toEqual([0, 1]);
  });

  it('does not wait for others whose texts change at each poll', async () => {
    const { poll, world } = await aFollowedFeed();
    const restless = (n: number): readonly Entry[] =>
      Array.from({ length: 30 }, (_, at) => ({
        title: `Traffic on road number ${at}`,
        guid: `road-${at}`,
        link: `https://news.example.org/road/${at}`,
        text: `Teaser ${['apple', 'birch', 'cedar', 'daisy', 'elder', 'ferns'][n % 6]} and more.`,
        date: inMinutes(-at),
      }));
    await poll(rss(restless(0), 0));
    await poll(rss([whole(empty), ...restless(1)], 1));
    for (let n = 2; n < 8; n += 1) await poll(rss([whole(empty), ...restless(n)], n));

    for (let n = 8; n < 15; n += 1) await poll(rss([whole(arrives), ...restless(n)], n));

    expect(world.mails).toHaveLength(1);
  });

  it('sends no alert where it was old at the first poll', async () => {
    const { poll, world } = await aFollowedFeed();
    const old = { date: inMinutes(-3 * 24 * 60) };
    await poll(rss([whole({ ...empty, ...old }), weather], 0));

    await poll(rss([whole({ ...arrives, ...old }), weather], 1), DAY_MS);

    const { matches } = world.stores.snapshot();
    expect([world.mails.length, Object.values(matches).map(({ quiet }) => quiet)]).toEqual([0, ['first_poll_old']]);
  });

  it('is news where it was there at the first poll without a date', async () => {
    const { poll, world } = await aFollowedFeed();
    const undated = { date: undefined as never };
    await poll(rss([whole({ ...empty, ...undated }), weather], 0));

    await poll(rss([whole({ ...arrives, ...undated }), weather], 1));

    expect(world.mails).toHaveLength(1);
  });

  it('under another link each time sends one alert', async () => {
    const { poll, world } = await aFollowedFeed();
    const link = (n: number): Partial<Entry> => ({ link: `https://news.example.org/story-${n}` });
    await poll(rss([whole({ ...empty, ...link(0) }), weather], 0));

    for (let n = 1; n < 5; n += 1) {
      const text = `${arrives.text} Read on: ${['apples', 'birches', 'cedars', 'daisies'][n - 1]}.`;
      await poll(rss([whole({ ...arrives, text, ...link(n) }), weather], n), 61 * MINUTE_MS);
    }

    expect([world.mails.length, Object.keys(world.stores.snapshot().matches).length]).toEqual([1, 1]);
  });

  it('is news where it was fresh at the first poll', async () => {
    const { poll, world } = await aFollowedFeed();
    await poll(rss([whole(empty), weather], 0));

    await poll(rss([whole(arrives), weather], 1));

    expect(world.mails).toHaveLength(1);
  });
});

describe('guid and link that change together at each poll', () => {
  const search = (n: number, entries: readonly (Bulletin & { readonly date: string })[]): string =>
    rss(
      entries.map(({ title, date }, at) => ({
        title: `${title} - Harbour Post`,
        guid: `CBM${n}${at}`,
        link: `https://search.example/rss/articles/CBM${n}${at}?oc=5`,
        date,
        text: `${title} Harbour Post`,
      })),
      n,
    );
  const dated = (n: number) => ({ title: BULLETINS[n]!.text, text: '', date: inMinutes(n + 0.5) });

  it('make one match and one mail over three polls', async () => {
    const { poll, world } = await aFollowedFeed();
    await poll(search(0, [dated(0)]));

    for (let n = 1; n <= 3; n += 1) await poll(search(n, [dated(3), dated(0)]));

    expect([world.mails.length, Object.keys(world.stores.snapshot().matches).length]).toEqual([1, 1]);
  });

  it('make one where the items leave and come back in another order', async () => {
    const { poll, world } = await aFollowedFeed();
    await poll(search(0, [dated(0)]));

    for (let n = 1; n <= 12; n += 1) {
      const shown = [1, 2, 3, 4, 5].filter((at) => (at + n) % 3 !== 0).map(dated);
      await poll(search(n, n % 2 === 0 ? shown : shown.toReversed()), 7 * HOUR_MS);
    }

    expect(Object.keys(world.stores.snapshot().matches)).toHaveLength(2);
    expect(world.mails).toHaveLength(2);
  });

  it('do not hide a second item in the same words beside the first', async () => {
    const { poll, world } = await aFollowedFeed();
    const warning = (place: string): Entry => whole({ guid: place, link: `https://news.example.org/${place}` });
    await poll(rss([weather], 0));
    await poll(rss([warning('north'), weather], 1));

    await poll(rss([warning('south'), warning('north'), weather], 2));
    await poll(rss([warning('north'), warning('south'), weather], 3));

    expect(world.mails).toHaveLength(2);
  });

  it('do not hide a warning of few words in place of another', async () => {
    const { poll, world } = await aFollowedFeed();
    const warning = (place: string): Entry => ({
      title: 'Convoy on river',
      text: '',
      guid: place,
      link: `https://news.example.org/${place}`,
      date: inMinutes(5),
    });
    await poll(rss([weather], 0));
    await poll(rss([warning('north'), weather], 1));

    await poll(rss([warning('south'), weather], 2));

    expect(world.mails).toHaveLength(2);
  });
});

describe('an old item that appears in a known feed', () => {
  const old = (n: number, days: number): Entry => ({
    ...BULLETINS[n]!,
    guid: `old-${n}`,
    link: `https://news.example.org/old/${n}`,
    date: inMinutes(-days * 24 * 60),
  });
  const quietOf = (world: Awaited<ReturnType<typeof aFollowedFeed>>['world']) =>
    Object.values(world.stores.snapshot().matches).map(({ quiet, alertState }) => `${quiet} ${alertState}`);

  it('is stored and marked, without an alert', async () => {
    const { poll, world } = await aFollowedFeed();
    await poll(rss([weather], 0));

    await poll(rss([old(1, 400), old(3, 31), old(5, 29), weather], 1));

    expect(quietOf(world).toSorted()).toEqual(['null done', 'old done', 'old done']);
    expect(titlesIn(world.mails, ALL_TITLES)).toEqual([BULLETINS[5]!.title]);
    const [feed] = Object.values(world.stores.snapshot().feeds);
    expect(feed?.state.oldItems?.count).toBe(2);
  });

  it.each([
    ['has no date', [{ ...old(1, 0), date: undefined as never }, weather, whole({ title: 'Fog', text: 'Fog.' })]],
    [
      'bears a date that stands for none',
      [{ ...old(1, 0), date: 'Thu, 01 Jan 1970 00:00:00 GMT' }, weather, whole({ title: 'Fog', text: 'Fog.' })],
    ],
    ['is among many without a date', [old(1, 400), weather, { title: 'Fog' }]],
    [
      'is among many from the future',
      [old(1, 400), weather, whole({ title: 'Fog', text: 'Fog.', date: inMinutes(90 * 24 * 60) })],
    ],
    ['bears the date of all others', [old(1, 400), old(2, 400), old(4, 400)]],
  ])('is told of where it %s', async (_what, entries) => {
    const { poll, world } = await aFollowedFeed();
    await poll(rss([{ title: 'Sun until Monday', guid: 'sun' }], 0));

    await poll(rss(entries as Entry[], 1));

    expect(titlesIn(world.mails, ALL_TITLES)).toEqual([BULLETINS[1]!.title]);
  });

  it('sends an alert where the feed gives the same date to one item after the other', async () => {
    const { poll, world } = await aFollowedFeed();
    for (const [n] of BULLETINS.entries()) await poll(rss([old(n, 400)], n));

    expect(titlesIn(world.mails, ALL_TITLES)).toEqual(AWAITED);
  });
});
