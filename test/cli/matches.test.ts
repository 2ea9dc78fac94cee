// `tocsin matches` against a running instance: which matches, in which order, in which format.
// What all listings have in common: cli/listing.ts.
import { hitDeliveryIdOf, type SubscriptionId } from '../../shared/model/ids.ts';
import { aDelivery, aMatch, aNewFeed, aSubscription, aTopic, later, START } from '../support/builders.ts';
import { aRunningInstance, type RunningInstance } from '../support/running-instance.ts';
import { storeReport } from '../support/store-report.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let instance: RunningInstance;
beforeEach(async () => {
  instance = await aRunningInstance();
});
afterEach(() => instance.stop());

const matches = (...args: string[]) => instance.run(['matches', ...args]);
const put = (articleId: string, ms: number, change: Parameters<typeof aMatch>[1] = {}, topicId = 'river-crossings') =>
  instance.stores.matches.putMatch(aMatch({ articleId, firstSeenAt: later(ms), topicId }, change));
const titled = (title: string) => ({ article: { ...aMatch().article, title } });
const ids = async (...args: string[]) =>
  JSON.parse((await matches(...args, '--json')).stdout).map(({ article }: { article: { id: string } }) => article.id);

describe('matches in words', () => {
  it('come newest first, each with its passage, the words that matched marked', async () => {
    await put('older', 0);
    await put('newer', HOUR);
    const { code, stdout, stderr } = await matches();

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const heads = stdout.split('\n').filter((line) => line.includes('[River crossings]'));
    expect(heads).toEqual([
      '2026-11-17 09:00 UTC  [River crossings] Convoy crosses the river — Example News',
      '2026-11-17 08:00 UTC  [River crossings] Convoy crosses the river — Example News',
    ]);
    expect(stdout).toContain('  feed     A *convoy* of forty trucks crossed the *river* at dawn.\n');
  });

  it('are marked where they sent no alert, and say why', async () => {
    await put('old', 0, { quiet: 'old', alertState: 'done' });
    await put('early', HOUR, { quiet: 'first_poll_old', alertState: 'done' });
    const { id } = aMatch({ articleId: 'old' });

    expect((await matches()).stdout).toContain('[River crossings] (old) Convoy crosses the river');
    expect((await matches()).stdout).toContain('[River crossings] (first poll) Convoy crosses the river');
    expect((await matches(id)).stdout).toContain(
      'no alerts: its date was already old when it first appeared in its feed',
    );
    expect((await matches('--format', 'csv')).stdout).toMatch(
      /"quiet","link"\r\n.*"first_poll_old","https[^"]*"\r\n.*"old","https[^"]*"\r\n/,
    );
    expect(JSON.parse((await matches('--json')).stdout)).toMatchObject([{ quiet: 'first_poll_old' }, { quiet: 'old' }]);
  });

  it('of one match say when it was alerted and sent, and why its page was not read', async () => {
    const times = { polledAt: later(1_000), matchedAt: later(2_000), alertedAt: later(3_000) };
    await put('sent', 0, { times, article: { ...aMatch().article, extractionFailure: 'http_403' } });
    const { id: matchId } = aMatch({ articleId: 'sent' });
    await instance.stores.subscriptions.createSubscription(aSubscription());
    await instance.stores.deliveries.createDelivery(
      aDelivery({ matchId, state: 'sent', attempts: 1, sentAt: later(4_000) }),
    );

    const { stdout } = await matches(matchId);

    expect(stdout).toMatch(/^ {2}text from {2}feed; \S.*$/m);
    expect(stdout).toContain(
      '  polled     2026-11-17 08:00:01 UTC, matched 2026-11-17 08:00:02 UTC, alerts ready 2026-11-17 08:00:03 UTC\n' +
        '  email      sent 2026-11-17 08:00:04 UTC, attempts 1, subscription subscription-1\n',
    );
  });

  it('of a first poll that sent no alert say why', async () => {
    await put('early', 0, { quiet: 'first_poll_old', alertState: 'done' });

    expect((await matches(aMatch({ articleId: 'early' }).id)).stdout).toContain(
      'no alerts: an old item in the first poll of its feed',
    );
  });

  it('show where a long passage was cut', async () => {
    const [passage] = aMatch().passages;
    await put('cut', 0, { passages: [{ ...passage!, cut: 'both' }] });

    expect((await matches()).stdout).toContain(
      '  feed     …A *convoy* of forty trucks crossed the *river* at dawn.…\n',
    );
  });

  it('cannot move the cursor or add lines, whatever a title holds', async () => {
    const { article } = titled('One\u001b[2J\nTwo \u202ethree');
    await put('bad', 0, { article: { ...article, id: aMatch({ articleId: 'bad' }).article.id, firstSeenAt: START } });

    expect((await matches()).stdout).toContain('One\ufffd[2J Two \ufffdthree — Example News\n');
  });

  it('where there are none, say whether the feeds work', async () => {
    await instance.stores.feeds.addFeed(aNewFeed());
    const { code, stdout, stderr } = await matches();

    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: 'no matches; 1 of 1 feeds are working\n' });
  });

  it('of one match say why it matched and who was alerted', async () => {
    await put('alerted', 0);
    const { id: matchId } = aMatch({ articleId: 'alerted' });
    await instance.stores.subscriptions.createSubscription(aSubscription());
    await instance.stores.deliveries.createDelivery(aDelivery({ matchId, state: 'failed', reason: 'no such box' }));
    const { code, stdout } = await matches(matchId);

    expect(stdout).toMatch(/^ {2}text from {2}feed$/m);
    expect(stdout).toMatch(/^ {2}polled {5}2026-11-17 08:00:00 UTC, matched 2026-11-17 08:00:00 UTC, no alerts yet$/m);

    expect(code).toBe(0);
    expect(stdout).toContain('why        en: convoy NEAR/5 river (river-crossings 1.0.0+0000001)');
    expect(stdout).toMatch(/email +failed, attempts 0, subscription subscription-1: no such box/);
    expect(JSON.parse((await matches(matchId, '--json')).stdout)).toMatchObject({
      id: matchId,
      deliveries: [{ state: 'failed', reason: 'no such box' }],
    });
  });
});

describe('matches as data', () => {
  beforeEach(async () => {
    await put('older', 0);
    await put('newer', HOUR);
  });

  it('are a list with --json and with --format json', async () => {
    const { stdout } = await matches('--json');

    expect(JSON.parse(stdout)).toHaveLength(2);
    expect((await matches('--format', 'json')).stdout).toBe(stdout);
    expect(stdout).not.toContain('expiresAt');
  });

  it('are one to a line with --format jsonl', async () => {
    const { stdout } = await matches('--format', 'jsonl');
    const lines = stdout.trimEnd().split('\n');

    expect(lines.map((line) => JSON.parse(line).article.firstSeenAt)).toEqual([later(HOUR), later(0)]);
  });

  it('begin with a byte order mark for Excel when asked, in CSV only', async () => {
    const plain = (await matches('--format', 'csv')).stdout;

    expect((await matches('--format', 'csv', '--bom')).stdout).toBe(`\ufeff${plain}`);
    expect(await matches('--bom')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('--bom works with --format csv only'),
    });
  });

  it('are a row each with --format csv, which no spreadsheet runs as a formula', async () => {
    const { article } = titled('=HYPERLINK("https://example.org","x")');
    await put('formula', 2 * HOUR, { article: { ...article, firstSeenAt: later(2 * HOUR) } });
    const [head, first, ...rest] = (await matches('--format', 'csv')).stdout.split('\r\n');

    expect(head).toMatch(
      /^"id","topic\.id","topic\.version","topic\.title","topic\.severity",.*,"article\.firstSeenAt",/,
    );
    expect(first).toContain(`"'=HYPERLINK(""https://example.org"",""x"")"`);
    expect(rest).toHaveLength(3);
  });

  it('have a value for each column of a CSV', async () => {
    const [head = '', row = ''] = (await matches('--format', 'csv', '--limit', '1')).stdout.split('\r\n');
    const { id, topic, article } = aMatch({ articleId: 'newer', firstSeenAt: later(HOUR) });
    const names = JSON.parse(`[${head}]`) as string[];
    const values = JSON.parse(`[${row}]`) as string[];

    expect(values).toHaveLength(names.length);
    expect(new Set(names).size).toBe(names.length);
    for (const value of [id, topic.id, topic.version, topic.severity, later(HOUR), article.url, article.title])
      expect(values).toContain(value);
    expect(values).toContain('A convoy of forty trucks crossed the river at dawn.');
  });

  it('name the texts that the passages are from', async () => {
    const [passage] = aMatch().passages;
    const passages = [
      { ...passage!, field: 'title' as const, origin: 'title' as const },
      { ...passage!, origin: 'summary' as const },
    ];
    await put('several', 2 * HOUR, { passages });

    expect((await matches('--limit', '1', '--format', 'csv')).stdout).toContain('"title | summary"');
    expect((await matches('--limit', '1')).stdout).toMatch(/^ {2}title {4}A .*\n {2}summary {2}A /m);
    expect(JSON.parse((await matches('--limit', '1', '--json')).stdout)).toMatchObject([{ passages }]);
  });

  it('are an empty list and an empty file where there is none', async () => {
    expect((await matches('--text', 'other', '--json')).stdout).toBe('[]\n');
    expect((await matches('--text', 'other', '--format', 'jsonl')).stdout).toBe('');
    expect((await matches('--text', 'other', '--format', 'csv')).stdout.split('\r\n')).toHaveLength(2);
  });
});

describe('which matches', () => {
  it('are chosen by topic, time, language, source and text', async () => {
    instance.clock.set(later(10 * DAY));
    await put('old', 0);
    await put('new', 9 * DAY);
    await put('of-another-topic', 9 * DAY, {}, 'other-topic');

    expect(await ids('--topic', 'other-topic')).toEqual(['of-another-topic']);
    expect((await ids('--since', '2d')).sort()).toEqual(['new', 'of-another-topic']);
    expect(await ids('--since', '48h', '--topic', 'river-crossings')).toEqual(['new']);
    expect(await ids('--until', later(DAY))).toEqual(['old']);
    expect(await ids('--lang', 'fr')).toEqual([]);
    expect(await ids('--text', 'forty trucks', '--until', later(DAY))).toEqual(['old']);
    expect(await ids('--source', 'Example News', '--until', later(DAY))).toEqual(['old']);
  });

  it('are chosen by strength and prominence, and weak ones are marked', async () => {
    await put('strong', 0, { strength: 'strong', prominence: 'headline' });
    await put('weak', HOUR, { strength: 'weak', prominence: 'body' });

    expect(await ids('--strength', 'weak')).toEqual(['weak']);
    expect(await ids('--prominence', 'headline')).toEqual(['strong']);
    expect(await ids('--strength', 'fair')).toEqual([]);
    const { stdout } = await matches();
    expect(stdout.match(/\(in passing\) /g)).toHaveLength(1);
    expect((await matches(aMatch({ articleId: 'weak' }).id)).stdout).toContain('  strength   weak, further down\n');
    expect(await matches('--strength', 'high')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--strength: "high"'),
    });
    expect(await matches('--prominence', 'title')).toMatchObject({ code: 2 });
  });

  it('end at the limit, and say so', async () => {
    for (let n = 0; n < 130; n += 1) await put(`n${n}`, n * 1000);
    const few = await matches('--limit', '3');

    expect(few.stdout.match(/\[River crossings\]/g)).toHaveLength(3);
    expect(few.stderr).toBe('showing the newest 3; --limit N shows more\n');
    expect(await ids('--limit', '120')).toHaveLength(120);
    expect((await matches('--limit', '130')).stderr).toBe('');
    expect(await ids('--limit', '500')).toHaveLength(130);
  });
});

describe('times of the terminal', () => {
  const inBerlin = async (...args: string[]) => {
    const { stdout } = await instance.run(['matches', ...args], { env: { TZ: 'Europe/Berlin' } });
    return [...stdout.matchAll(/^(\S+ \S+ \S+) {2}\[/gm)].map(([, time]) => time);
  };
  /** In Berlin: the last minute of the 16th, the first of the 17th, its last, and the first of the 18th. */
  const LOCAL = [
    '2026-11-16 23:59 +01:00',
    '2026-11-17 00:00 +01:00',
    '2026-11-17 23:59 +01:00',
    '2026-11-18 00:00 +01:00',
  ];
  beforeEach(async () => {
    for (const minutes of [-541, -540, 899, 900]) await put(`at${minutes}`, minutes * 60_000);
  });

  it('are shown in its zone, with the offset', async () => {
    expect(await inBerlin()).toEqual(LOCAL.toReversed());
    expect(JSON.parse((await instance.run(['matches', '--limit', '1', '--json'])).stdout)).toMatchObject([
      { article: { firstSeenAt: '2026-11-17T23:00:00.000Z' } },
    ]);
  });

  it('hold a whole day of its zone, the last one included', async () => {
    expect(await inBerlin('--since', '2026-11-17', '--until', '2026-11-17')).toEqual([LOCAL[2], LOCAL[1]]);
    expect(await inBerlin('--until', '2026-11-16')).toEqual([LOCAL[0]]);
    expect(await inBerlin('--since', '2026-11-18')).toEqual([LOCAL[3]]);
  });

  it('are counted from the clock of the instance', async () => {
    instance.clock.set('2026-11-17T23:30:00.000Z');

    expect(await inBerlin('--since', 'today')).toEqual([LOCAL[3]]);
    expect(await inBerlin('--since', 'yesterday', '--until', 'yesterday')).toEqual([LOCAL[2], LOCAL[1]]);
    expect(await inBerlin('--since', '31m')).toEqual([LOCAL[3], LOCAL[2]]);
    expect(await inBerlin('--until', '1d')).toEqual([LOCAL[1], LOCAL[0]]);
  });

  it('stay the same from page to page while the clock goes on', async () => {
    for (let n = 0; n < 120; n += 1) await put(`n${n}`, n * 1000);
    const now = instance.clock.now;
    let ms = 0;
    instance.clock.now = () => {
      ms += 1;
      return new Date(now().getTime() + ms);
    };

    expect((await instance.run(['matches', '--since', '1w', '--limit', '200'])).code).toBe(0);
  });
});

describe('wrong arguments end with exit code 2 and the reason', () => {
  it.each([
    [['--format', 'jsnl'], 'did you mean jsonl?'],
    [['--limit', '0'], 'not a whole number above 0'],
    [['--since', 'lately'], '--since: "lately" is not a time. Allowed: today, yesterday; 90m, 2h, 7d or 1w'],
    [['--until', '2026-02-30'], '--until: "2026-02-30" is not a time'],
    [['--topics', 'river-crossings'], 'did you mean --topic?'],
    [['no-such-match'], 'does not exist'],
    [['one', 'two'], 'unexpected argument: "two"'],
  ])('%j', async (args, reason) => {
    const { code, stdout, stderr } = await matches(...args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(reason);
  });
});

it('wrong times are refused before anything is asked', async () => {
  const { code, stderr } = await instance.run(['matches', '--since', 'lately', '--data', 'no-such-folder']);

  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('"lately" is not a time') });
});

describe('names that do not exist', () => {
  it('are refused with a suggestion; other queries are not affected', async () => {
    await put('one', 0);
    await instance.stores.topics.putTopics([aTopic({ id: 'troop-deployment' })]);

    const slip = await matches('--topic', 'troop-deplyment', '--json');
    const both = await matches('--topic', 'nope', '--feed', 'nope');

    expect({ code: slip.code, stdout: slip.stdout }).toEqual({ code: 2, stdout: '' });
    expect(JSON.parse(slip.stderr)).toMatchObject({
      code: 'unknown_topic',
      message: expect.stringContaining('Did you mean "troop-deployment"?'),
      problems: [],
    });
    expect(both.stderr.split('\n')).toEqual([
      'tocsin: nothing can be found',
      '  feed: there is no feed "nope", and no match of it. tocsin feeds list shows them',
      '  topic: there is no topic "nope", and no match of it. tocsin topics list shows them',
      '',
    ]);
    expect((await matches('--topic', 'troop-deployment')).code).toBe(0);
    expect((await matches('--topic', 'river-crossings')).code).toBe(0);
  });
});

describe('deliveries', () => {
  it('are shown of a match, of a subscription, of both, and of all', async () => {
    await put('alerted', 0);
    const { id: matchId } = aMatch({ articleId: 'alerted' });
    expect((await instance.run(['deliveries', '--match', matchId])).stderr).toBe('no deliveries\n');
    const id = 'subscription-2' as SubscriptionId;
    await instance.stores.subscriptions.createSubscription(aSubscription({ id }));
    await instance.stores.deliveries.createDelivery(aDelivery({ matchId, subscriptionId: id }));
    const deliveries = (...args: string[]) => instance.run(['deliveries', ...args]);

    expect((await deliveries('--match', matchId)).stdout).toMatch(
      /^CREATED +STATE .*\n2026-11-17 08:00:00 UTC +pending +alert +email/,
    );
    expect(JSON.parse((await deliveries('--subscription', id, '--json')).stdout)).toMatchObject([{ matchId }]);
    expect(JSON.parse((await deliveries('--match', matchId, '--subscription', id, '--json')).stdout)).toHaveLength(1);
    expect(JSON.parse((await deliveries('--json')).stdout)).toHaveLength(1);
  });

  it('of a match include the alerts of its article, and say what they wait for and why', async () => {
    const { article, matches: of } = await storeReport(instance.stores, { story: 'ferry' });
    const [{ id: matchId }] = of as [(typeof of)[number]];
    const outcomes = {
      held: { state: 'held', kind: 'update', dueAt: later(HOUR), reason: 'quiet hours' },
      merged: { state: 'merged', kind: 'alert', dueAt: null, reason: 'nothing new in a story that was alerted before' },
      tried: { state: 'pending', kind: 'alert', attempts: 1, dueAt: later(30_000), reason: 'throttled' },
      digest: { state: 'waiting', kind: 'alert', dueAt: null },
    } as const;
    for (const [name, outcome] of Object.entries(outcomes)) {
      const delivery = aDelivery({ matchId, matchIds: [matchId], articleId: article, ...outcome });
      const id = hitDeliveryIdOf(article, 1, name as SubscriptionId);
      await instance.stores.deliveries.createDelivery({ ...delivery, subscriptionId: name as SubscriptionId, id });
    }
    const deliveries = async (...args: string[]) => instance.run(['deliveries', '--match', matchId, ...args]);
    const lines = (text: string) => text.split('\n').map((line) => line.replace(/ {2,}/g, '|'));

    expect(lines((await deliveries()).stdout)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/\|held until 2026-11-17 09:00:00 UTC\|update\|email\|.*\|quiet hours$/),
        expect.stringMatching(/\|merged\|alert\|email\|.*\|nothing new in a story that was alerted before$/),
        expect.stringMatching(/\|pending, next try 2026-11-17 08:00:30 UTC\|alert\|email\|.*\|throttled$/),
        expect.stringMatching(/\|waiting for a digest\|alert\|email\|/),
      ]),
    );
    expect(JSON.parse((await deliveries('--state', 'merged', '--json')).stdout)).toMatchObject([
      { state: 'merged', kind: 'alert' },
    ]);
    expect((await deliveries('--state', 'failed')).stderr).toBe('no delivery has the state failed\n');
    expect(await deliveries('--state', 'hold')).toMatchObject({ code: 2, stderr: expect.stringContaining('merged') });
    expect((await matches(matchId)).stdout).toMatch(
      /^ {2}email {6}update held until 2026-11-17 09:00:00 UTC, attempts 0, subscription held: quiet hours$/m,
    );
  });
});
