// What `tocsin start` prints about its work: the mail server, polls, matches, mails and failures, with bursts summed up.
import { jest } from '@jest/globals';
import { Narrator } from '../../cli/start/narrator.ts';
import type { MailServerNews } from '../../local/mail/mail-server.ts';
import type { OutboxEntry } from '../../local/mail/outbox.ts';
import type { FetchFailureKind } from '../../shared/core/errors.ts';
import type { Feed } from '../../shared/model/feed.ts';
import { feedIdOf, hitDeliveryIdOf, type SubscriptionId } from '../../shared/model/ids.ts';
import type { Match } from '../../shared/model/match.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { type Story, withReport } from '../../shared/model/story.ts';
import type { Delivery } from '../../shared/model/subscription.ts';
import { UTC } from '../../shared/text/zoned-time.ts';
import { aDelivery, aFeed, aHit, aMatch, aPollState, later } from '../support/builders.ts';

const NOW = '2026-11-30T08:21:04.000Z';
const CLOCK = '08:21:04 UTC';
const UNDER = ' '.repeat(23);

let lines: string[];
let feeds: Feed[];
let matches: Match[];
let deliveries: Delivery[];
let stories: Story[];
let sendMail: (entry: OutboxEntry) => void;
let narrator: Narrator;
let isTableDown = false;

beforeEach(() => {
  jest.useFakeTimers({ now: Date.parse(NOW) });
  [lines, feeds, matches, deliveries, stories] = [[], [], [], [], []];
  narrator = new Narrator({
    say: (line) => lines.push(line),
    color: false,
    now: () => new Date(NOW),
    zone: UTC,
    config: '/etc/tocsin',
  });
});
afterEach(() => jest.useRealTimers());

function begin(): void {
  narrator.begin({
    url: 'http://127.0.0.1:4747',
    stores: {
      feeds: {
        getFeeds: async (ids) => {
          if (isTableDown) throw new Error('the table does not answer');
          return feeds.filter(({ id }) => ids.includes(id));
        },
      },
      matches: {
        getMatches: async (ids) => {
          return matches.filter(({ id }) => ids.includes(id));
        },
      },
      deliveries: { getDeliveries: async (ids) => deliveries.filter(({ id }) => ids.includes(id)) },
      stories: { getStories: async (ids) => stories.filter(({ id }) => ids.includes(id)) },
    },
    parts: {
      settings: defaultSettings,
      outbox: {
        onMail: (listener) => {
          sendMail = listener;
        },
      },
    },
  });
}

/** The lines printed since the last call, once everything gathered was printed. */
async function printed(ms = 400): Promise<readonly string[]> {
  await jest.advanceTimersByTimeAsync(ms);
  return lines.splice(0);
}

const aReadFeed = (name: string, change: Partial<Feed['state']> = {}): Feed => {
  const url = `https://${name.toLowerCase()}.example.org/feed`;
  return aFeed({
    id: feedIdOf(url),
    url,
    title: name,
    state: aPollState({ baselined: true, itemCount: 3, ...change }),
  });
};
const failing = (name: string, kind: FetchFailureKind = 'dns'): Feed => {
  const failure = { kind, message: 'the host name has no address.', since: NOW, count: 1 };
  return aReadFeed(name, { baselined: false, failure, notBefore: later(600_000, NOW) });
};
async function poll(...some: Feed[]): Promise<readonly string[]> {
  feeds = [...feeds.filter(({ id }) => some.every((feed) => feed.id !== id)), ...some];
  narrator.polled(some.map(({ id }) => id));
  return printed();
}
const textsOf = (some: readonly string[]): readonly string[] => some.map((line) => line.slice(UNDER.length).trim());

describe('the mail server', () => {
  const problem = {
    kind: 'problem',
    to: null,
    message: 'm:25: nothing listens there',
    isTriedAgain: true,
    isAlert: true,
    more: 0,
  } as const;
  const said = (news: readonly MailServerNews[]): readonly string[] => {
    const [first, ...rest] = news;
    // The check of the mail server is often done before the banner is printed.
    if (first !== undefined) narrator.mailServer(first);
    expect(lines).toEqual([]);
    begin();
    for (const each of rest) narrator.mailServer(each);
    return lines;
  };

  it('is reported with what happens to mails, and again when it works', () => {
    expect(said([problem, { ...problem, more: 7 }, { kind: 'works', failures: 8 }])).toEqual([
      `${CLOCK}  problem  mails cannot be sent at the moment: m:25: nothing listens there`,
      `${UNDER}waiting mails are retried for 35 hours; the mail server is checked every 5 minutes`,
      `${CLOCK}  problem  mails cannot be sent at the moment: m:25: nothing listens there (and 7 more of this kind)`,
      `${UNDER}waiting mails are retried for 35 hours; the mail server is checked every 5 minutes`,
      `${CLOCK}  mail     the mail server accepts mails again after 8 failed tries; waiting mails are sent at their next try`,
    ]);
  });

  it('is reported below the banner as it happened, where it happened before', () => {
    narrator.mailServer(problem);
    narrator.mailServer({ kind: 'works', failures: 1 });
    begin();

    expect(lines).toEqual([
      `${CLOCK}  problem  mails cannot be sent at the moment: m:25: nothing listens there`,
      `${UNDER}waiting mails are retried for 35 hours; the mail server is checked every 5 minutes`,
      `${CLOCK}  mail     the mail server accepts mails again after 1 failed try; waiting mails are sent at their next try`,
    ]);
  });

  it('is reported with the address whose mail was refused', () => {
    const refused = { ...problem, to: 'a@example.org\u001b[2J', message: 'no such user', isTriedAgain: false };

    expect(said([refused, { ...refused, isTriedAgain: true }])).toEqual([
      `${CLOCK}  problem  the mail to a@example.org\ufffd[2J was refused: no such user`,
      `${UNDER}it is not tried again; details: tocsin deliveries --subscription ID (tocsin subscriptions shows the ID)`,
      `${CLOCK}  problem  the mail to a@example.org\ufffd[2J was refused: no such user`,
      `${UNDER}waiting mails are retried for 35 hours`,
    ]);
  });

  it('has no delivery to look at when it refuses a mail that asks for a confirmation', () => {
    const refused = { ...problem, to: 'a@example.org', message: 'no such user', isAlert: false };

    expect(said([{ ...refused, isTriedAgain: false }])).toEqual([
      `${CLOCK}  problem  the mail to a@example.org was refused: no such user`,
      `${UNDER}it was no alert and is not sent again; if it asked for a confirmation, subscribe that address again`,
    ]);
  });

  it('is one short line when it works', () => {
    expect(
      said([
        { kind: 'works', failures: 0 },
        { kind: 'works', failures: 1 },
      ]),
    ).toEqual([
      `${CLOCK}  mail     the mail server answers; mails are sent through it`,
      `${CLOCK}  mail     the mail server accepts mails again after 1 failed try; waiting mails are sent at their next try`,
    ]);
  });
});

describe('a problem', () => {
  it('is printed once a minute as long as it lasts, even when the clock is set back by days', () => {
    let now = Date.parse(NOW);
    const clocked = new Narrator({
      say: (line) => lines.push(line),
      color: false,
      now: () => new Date(now),
      zone: UTC,
      config: 'config',
    });
    const problem = (afterMs: number): number => {
      now += afterMs;
      clocked.problem('the disk is full');
      return lines.length;
    };

    expect([problem(0), problem(59_999), problem(1), problem(-2 * 86_400_000), problem(59_999)]).toEqual([
      1, 1, 2, 3, 3,
    ]);
    expect(lines[0]).toBe(`${CLOCK}  problem  the disk is full`);
  });

  it('names the configuration that is in use', () => {
    narrator.problem('the sender is refused. Check mail.from in config/tocsin.yaml');

    expect(lines).toEqual([`${CLOCK}  problem  the sender is refused. Check mail.from in /etc/tocsin/tocsin.yaml`]);
  });

  it('of the database is printed, and ends nothing', async () => {
    begin();
    isTableDown = true;
    expect(await poll(aReadFeed('South'))).toEqual([`${CLOCK}  problem  the table does not answer`]);
    isTableDown = false;

    expect(await poll(aReadFeed('North'))).toEqual([`${CLOCK}  polled   North (3 items)`]);
  });
});

describe('feeds', () => {
  it('are counted while they are loaded, if they are many', () => {
    for (const done of [0, 1, 49]) narrator.configuring(done, 49);
    for (let done = 1; done <= 250; done += 1) narrator.configuring(done, 250);
    narrator.configuring(50, 50);

    expect(lines).toEqual([
      'feeds     100 of 250 loaded from /etc/tocsin/feeds.opml',
      'feeds     200 of 250 loaded from /etc/tocsin/feeds.opml',
      'feeds     250 of 250 loaded from /etc/tocsin/feeds.opml',
      'feeds     50 of 50 loaded from /etc/tocsin/feeds.opml',
    ]);
  });

  it('are named at their first answer, four of them, and not again', async () => {
    begin();

    expect(await poll(aReadFeed('One', { itemCount: 1 }), aReadFeed('Two'))).toEqual([
      `${CLOCK}  polled   One (1 item), Two (3 items)`,
    ]);
    expect(await poll(...['A', 'B', 'C', 'D', 'E', 'F'].map((name) => aReadFeed(name)))).toEqual([
      `${CLOCK}  polled   A (3 items), B (3 items), C (3 items), D (3 items) and 2 more`,
    ]);
    expect(await poll(aReadFeed('One'))).toEqual([]);
    expect(narrator.totals).toMatchObject({ polled: 8, failing: 0 });
  });

  it('are printed together when nothing was added for 400 ms, also what came before the banner', async () => {
    feeds = [aReadFeed('One', { itemCount: null })];
    narrator.polled(feeds.map(({ id }) => id));
    expect(await printed()).toEqual([]);

    begin();
    expect(await printed(399)).toEqual([]);
    expect(await printed(1)).toEqual([`${CLOCK}  polled   One (0 items)`]);
  });

  it('without a first poll are not counted', async () => {
    begin();

    expect(await poll(aReadFeed('One', { baselined: false }))).toEqual([]);
    expect(narrator.totals).toMatchObject({ polled: 0, failing: 0 });
  });

  it('that fail are each explained once, and so is that they work again', async () => {
    begin();

    const [first = '', ...others] = await poll(failing('North'));
    expect(first).toMatch(
      /^08:21:04 UTC {2}failing {2}North: the host name has no address\. \(1 try, next one at .* UTC\)/,
    );
    expect(others).toEqual([]);
    expect(await poll(failing('North'))).toEqual([]);
    expect(narrator.totals).toMatchObject({ polled: 0, failing: 1 });
    expect(await poll(aReadFeed('North'))).toEqual([`${CLOCK}  feed     North works again`]);
    expect(narrator.totals).toMatchObject({ polled: 1, failing: 0 });
  });

  it('that fail are summed up by kind, the most frequent first, when they are more than three', async () => {
    begin();

    expect(await poll(failing('A'), failing('B'), failing('C'))).toHaveLength(3);
    const [head = '', ...details] = await poll(
      failing('D', 'tls'),
      ...['E', 'F', 'G', 'H', 'I'].map((name) => failing(name)),
      aReadFeed('J', { goneAt: NOW }),
    );
    expect(head).toMatch(
      /^08:21:04 UTC {2}failing {2}7 feeds could not be read; each is retried automatically, the first at 2026-11-30 \d\d:\d\d UTC$/,
    );
    expect(textsOf(details)).toEqual([
      '5 × host name not found (is there a network?): E, F, G, H and 1 more',
      '1 × invalid certificate: D',
      '1 × ended by its publisher: J',
      'other feeds are unaffected; tocsin feeds list shows the state of each',
    ]);
  });

  it('that fail have words for every kind of failure', async () => {
    begin();
    const kinds = [
      ['dns', 'host name not found (is there a network?)'],
      ['refused', 'connection refused'],
      ['timeout', 'too slow'],
      ['reset', 'connection reset'],
      ['tls', 'invalid certificate'],
      ['http', 'HTTP error'],
      ['not_a_feed', 'not a feed'],
      ['parse', 'cannot be parsed'],
      ['blocked', 'address not allowed'],
      ['robots', 'not allowed by robots.txt'],
      ['throttled', 'the host asks for fewer requests'],
      ['gone', 'ended by its publisher'],
      ['too_large', 'too large'],
      ['decode', 'invalid compression'],
      ['redirects', 'too many redirects'],
      ['empty', 'empty answer'],
      ['internal', 'internal error'],
    ] as const;

    const [, ...details] = await poll(...kinds.map(([kind], index) => failing(`F${index}`, kind)));

    expect(textsOf(details).slice(0, -1)).toEqual(kinds.map(([, words], index) => `1 × ${words}: F${index}`));
  });

  it('that fail in the first round are printed when it is over', async () => {
    narrator.expect(3);
    begin();

    expect(await poll(failing('A'))).toEqual([]);
    expect(await poll(failing('B'))).toEqual([]);
    expect(await poll(aReadFeed('C'))).toHaveLength(3);
  });

  it('that fail in a first round that lasts long are printed after half a minute', async () => {
    narrator.expect(3);
    begin();

    expect(await poll(failing('A'))).toEqual([]);
    expect(await printed(30_000)).toEqual([]);
    expect(await printed(400)).toHaveLength(1);
  });

  it('that are polled again in the first round count once', async () => {
    narrator.expect(2);
    begin();

    for (let polls = 0; polls < 3; polls += 1) expect(await poll(failing('A'))).toEqual([]);
    expect(await poll(aReadFeed('B'))).toHaveLength(2);
  });

  it('that fail are printed at the end in any case', async () => {
    narrator.expect(3);
    begin();
    await poll(failing('A'));

    await narrator.end();

    expect(lines).toHaveLength(1);
  });

  it('have their progress printed every five seconds in a long first round', async () => {
    narrator.expect(50);
    begin();

    await poll(aReadFeed('A'));
    await jest.advanceTimersByTimeAsync(5_000);
    expect(await poll(aReadFeed('B'))).toEqual([
      `${CLOCK}  polled   B (3 items)`,
      `${CLOCK}  progress first poll: 2 of 50 feeds`,
    ]);
    expect(await poll(aReadFeed('C'))).toEqual([`${CLOCK}  polled   C (3 items)`]);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(await poll(aReadFeed('C'))).toContain(`${CLOCK}  progress first poll: 3 of 50 feeds`);
  });

  it('have no progress printed while no feed has answered', async () => {
    narrator.expect(50);
    begin();
    await jest.advanceTimersByTimeAsync(4_599);

    const early = await poll(aReadFeed('A', { baselined: false }), aReadFeed('B', { baselined: false }));
    const none = await poll(aReadFeed('A', { baselined: false }));
    const first = await poll(aReadFeed('A'));

    expect([early, none]).toEqual([[], []]);
    expect(first).toEqual([`${CLOCK}  polled   A (3 items)`, `${CLOCK}  progress first poll: 1 of 50 feeds`]);
  });

  it('have no progress printed a moment before five seconds have passed', async () => {
    narrator.expect(50);
    begin();
    await jest.advanceTimersByTimeAsync(4_599);

    expect(await poll(aReadFeed('A'))).toEqual([`${CLOCK}  polled   A (3 items)`]);
  });

  it('have no progress printed when the first round is over', async () => {
    narrator.expect(50);
    begin();
    await jest.advanceTimersByTimeAsync(5_000);

    const all = Array.from({ length: 50 }, (_, number) => aReadFeed(`F${number}`));
    expect(await poll(...all)).toEqual([
      `${CLOCK}  polled   F0 (3 items), F1 (3 items), F2 (3 items), F3 (3 items) and 46 more`,
    ]);
  });

  it('have no progress printed where they are few', async () => {
    narrator.expect(49);
    begin();
    await jest.advanceTimersByTimeAsync(5_000);

    expect(await poll(aReadFeed('A'))).toEqual([`${CLOCK}  polled   A (3 items)`]);
  });
});

it('the totals begin at nothing', () => {
  expect(narrator.totals).toEqual({ polled: 0, failing: 0, matched: 0, mails: 0, heldBack: 0 });
});

describe('matches', () => {
  const matchAt = (minute: number): Match =>
    aMatch(
      { articleId: `a${minute}`, firstSeenAt: later(minute * 60_000) },
      { article: { ...aMatch().article, title: `Title ${minute}`, firstSeenAt: later(minute * 60_000) } },
    );

  it('are printed in the order in which they were found, each with its first passage', async () => {
    begin();
    matches = [matchAt(2), matchAt(1)];
    narrator.matched(matches.map(({ id }) => id));

    expect(await printed()).toEqual([
      `${CLOCK}  matched  [River crossings] Title 1 — Example News`,
      `${UNDER}“A *convoy* of forty trucks crossed the *river* at dawn.”`,
      `${CLOCK}  matched  [River crossings] Title 2 — Example News`,
      `${UNDER}“A *convoy* of forty trucks crossed the *river* at dawn.”`,
    ]);
    expect(narrator.totals.matched).toBe(2);
  });

  it('are printed once, with all their sources', async () => {
    begin();
    const [source] = aMatch().sources;
    matches = [{ ...matchAt(1), sources: [source!, { ...source!, title: 'Other\u001b' }], passages: [] }];
    narrator.matched(matches.map(({ id }) => id));

    expect(await printed()).toEqual([`${CLOCK}  matched  [River crossings] Title 1 — Example News, Other\ufffd`]);
    expect(await poll(aReadFeed('One'))).toHaveLength(1);
    expect(narrator.totals.matched).toBe(1);
  });

  it('are each printed when they are twelve', async () => {
    begin();
    matches = Array.from({ length: 12 }, (_, minute) => matchAt(minute));
    narrator.matched(matches.map(({ id }) => id));

    expect(await printed()).toHaveLength(12 * 2);
  });

  it('are counted beyond twelve at once, over several hundred too', async () => {
    begin();
    matches = Array.from({ length: 250 }, (_, minute) => matchAt(minute));
    narrator.matched(matches.map(({ id }) => id));

    const found = await printed();

    expect(found).toHaveLength(12 * 2 + 1);
    expect(found.at(-1)).toBe(`${CLOCK}  matched  and 238 more; tocsin matches lists them`);
    expect(narrator.totals.matched).toBe(250);
  });
});

describe('reports that are held back', () => {
  const [match] = [aMatch({ articleId: 'again' })];
  const hit = aHit({}, [match]);
  const story = withReport(null, { hit, title: 'Convoy at the river', language: 'en', source: match.sources[0]! });
  const delivery = (name: string, change: Partial<Delivery> = {}): Delivery => {
    const subscriptionId = name as SubscriptionId;
    const about = { matchId: match.id, articleId: hit.article, storyId: story.id, subscriptionId };
    const outcome = { state: 'merged', dueAt: null, reason: 'nothing new in a story that was alerted before' } as const;
    return { ...aDelivery({ ...about, ...outcome, ...change }), id: hitDeliveryIdOf(hit.article, 1, subscriptionId) };
  };
  const heldBack = (...some: Delivery[]): Promise<readonly string[]> => {
    [matches, stories] = [[match], [story]];
    deliveries = some;
    narrator.heldBack(some.map(({ id }) => id));
    return printed();
  };

  it('are printed with the reason and the story, once for all subscribers', async () => {
    begin();

    expect(await heldBack(delivery('one'), delivery('two'))).toEqual([
      `${CLOCK}  no mail  Convoy crosses the river — Example News`,
      `${UNDER}nothing new in a story that was alerted before`,
      `${UNDER}“Convoy at the river”: tocsin stories ${story.id}`,
    ]);
    expect(await heldBack(delivery('one'))).toEqual([]);
    expect(narrator.totals.heldBack).toBe(1);
  });

  it('for a time say until when, and do not count as left out', async () => {
    begin();
    const until = (ms: number) => ({ state: 'held', dueAt: later(ms, NOW), reason: 'quiet hours' }) as const;

    expect(await heldBack(delivery('one', until(3_600_000)))).toEqual([
      `${CLOCK}  held     Convoy crosses the river — Example News`,
      `${UNDER}until 2026-11-30 09:21 UTC, quiet hours`,
      `${UNDER}“Convoy at the river”: tocsin stories ${story.id}`,
    ]);
    expect(narrator.totals.heldBack).toBe(0);
  });

  it('for a moment, or sent by now, are not printed', async () => {
    begin();

    expect(await heldBack(delivery('one', { state: 'held', dueAt: later(60_000, NOW) }))).toEqual([]);
    expect(await heldBack(delivery('one', { state: 'sent' }))).toEqual([]);
    expect(await heldBack(delivery('one', { state: 'held', dueAt: later(60_001, NOW) }))).toHaveLength(3);
  });

  it('first for a moment and then for hours are printed when it is for hours', async () => {
    begin();
    const held = (ms: number, reason: string) => delivery('one', { state: 'held', dueAt: later(ms, NOW), reason });

    expect(await heldBack(held(30_000, 'another alert of its story is being sent'))).toEqual([]);
    expect(await heldBack(held(14_400_000, 'updates of a story come at least 4 hours apart'))).toEqual([
      `${CLOCK}  held     Convoy crosses the river — Example News`,
      `${UNDER}until 2026-11-30 12:21 UTC, updates of a story come at least 4 hours apart`,
      `${UNDER}“Convoy at the river”: tocsin stories ${story.id}`,
    ]);
  });

  it('are counted beyond twelve at once', async () => {
    begin();
    const many = Array.from({ length: 20 }, (_, n) => aHit({}, [aMatch({ articleId: `a${n}` })]));
    stories = [];
    matches = many.map(({ article }) => aMatch({ articleId: article }));
    deliveries = many.map(({ article, matches: [first] }) => ({
      ...delivery('one', { articleId: article, matchId: first!.id }),
      id: hitDeliveryIdOf(article, 1, 'one' as SubscriptionId),
    }));
    narrator.heldBack(deliveries.map(({ id }) => id));

    expect((await printed()).at(-1)).toBe(`${CLOCK}  no mail  for 8 more reports; tocsin stories lists them`);
    expect(narrator.totals.heldBack).toBe(20);
  });
});

describe('mails', () => {
  const mail = (number: number, via: OutboxEntry['via'] = 'outbox'): OutboxEntry => ({
    number,
    at: NOW,
    to: 'desk@example.org',
    subject: `Subject ${number}`,
    via,
    messageId: `${number}@example.org`,
  });

  it('are printed with where to read them, and to whom they were sent', async () => {
    begin();
    sendMail(mail(1));
    sendMail(mail(2, 'smtp'));

    expect(await printed()).toEqual([
      `${CLOCK}  mail     http://127.0.0.1:4747/outbox/1   Subject 1`,
      `${CLOCK}  mail     http://127.0.0.1:4747/outbox/2 to desk@example.org   Subject 2`,
    ]);
    expect(narrator.totals.mails).toBe(2);
  });

  it('are counted beyond twelve at once, and twelve are each printed', async () => {
    begin();
    for (let number = 1; number <= 12; number += 1) sendMail(mail(number));
    expect(await printed()).toHaveLength(12);
    for (let number = 1; number <= 13; number += 1) sendMail(mail(number));

    const found = await printed();

    expect(found).toHaveLength(13);
    expect(found.at(-1)).toBe(`${CLOCK}  mail     and 1 more: http://127.0.0.1:4747/outbox`);
  });
});
