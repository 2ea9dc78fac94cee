// `tocsin feeds` against a running instance: feeds that are followed, with their health; OPML in and out.
import { parseOpml } from '../../shared/feeds/opml.ts';
import { feedIdOf } from '../../shared/model/ids.ts';
import { aNewFeed, later } from '../support/builders.ts';
import { commandFolder } from '../support/command-line.ts';
import { serveWeb } from '../support/loopback.ts';
import { aRunningInstance, type RunningInstance } from '../support/running-instance.ts';

const DAY = 86_400_000;
const NORTH = 'https://north.example.org/feed';
const SOUTH = 'https://south.example.org/feed';

let instance: RunningInstance;
beforeEach(async () => {
  instance = await aRunningInstance();
});
afterEach(() => instance.stop());

const feeds = (...args: string[]) => instance.run(['feeds', ...args]);
const json = async (...args: string[]) => JSON.parse((await feeds(...args, '--json')).stdout);

describe('feeds add', () => {
  it('follows a feed with what is said of it, and queues its first poll', async () => {
    const { code, stdout } = await feeds(
      'add',
      '--anyway',
      NORTH,
      '--title',
      'North',
      '--folder',
      'Press',
      '--lang',
      'de',
    );

    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `${feedIdOf(NORTH)} was added; its first poll is queued\n`,
    });
    expect(await instance.stores.feeds.getFeed(feedIdOf(NORTH))).toMatchObject({
      url: NORTH,
      title: 'North',
      folder: 'Press',
      language: 'de',
      fullText: 'auto',
    });
    expect(instance.queued()).toMatchObject([{ feedIds: [feedIdOf(NORTH)], slot: null }]);
  });

  it('keeps no password, and shows no secret where the feed has no title', async () => {
    await feeds('add', '--anyway', 'https://reader:secret@north.example.org/feed?token=s3cret');
    const { stdout } = await feeds('list');

    const stored = instance.stores.snapshot().feeds;
    expect(Object.values(stored).map(({ url }) => url)).toEqual(['https://north.example.org/feed?token=s3cret']);
    expect(stdout).toContain('https://north.example.org/feed?token=…');
    expect(stdout).not.toMatch(/secret|s3cret/);
    expect(parseOpml((await feeds('export')).stdout).feeds).toMatchObject([
      { url: 'https://north.example.org/feed?token=s3cret', title: '' },
    ]);
  });

  it('says when it was followed already, and changes nothing', async () => {
    await feeds('add', '--anyway', NORTH, '--title', 'North');
    instance.queued();
    const { code, stdout } = await feeds('add', '--anyway', `${NORTH}?utm_source=x`, '--title', 'Other');

    expect(code).toBe(0);
    expect(stdout).toContain('was already followed and stays as it is');
    expect(instance.queued()).toEqual([]);
    expect((await instance.stores.feeds.getFeed(feedIdOf(NORTH)))?.title).toBe('North');
  });

  it.each([
    [['ftp://north.example.org/feed'], 'not an http or https address'],
    [[NORTH, '--full-text', 'sometimes'], 'fullText'],
    [[], 'missing argument'],
    [[NORTH, '--titel', 'North'], 'did you mean --title?'],
  ])('refuses %j with exit code 2 and the reason', async (args, reason) => {
    const { code, stdout, stderr } = await feeds('add', ...args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(reason);
  });
});

describe('feeds change', () => {
  beforeEach(() => feeds('add', '--anyway', NORTH, '--title', 'North', '--lang', 'de'));
  const north = async () => instance.stores.feeds.getFeed(feedIdOf(NORTH));

  it('changes what is named and nothing else', async () => {
    const { code, stdout } = await feeds('change', NORTH, '--full-text', 'never', '--folder', 'Press/Coast');

    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('was changed') });
    expect(await north()).toMatchObject({ title: 'North', language: 'de', fullText: 'never', folder: 'Press/Coast' });
  });

  it('pauses a feed and resumes it', async () => {
    await feeds('change', feedIdOf(NORTH), '--pause');
    const paused = await json('list');
    await feeds('change', feedIdOf(NORTH), '--resume');

    expect(paused).toMatchObject([{ active: false, health: { status: 'inactive' } }]);
    expect(await north()).toMatchObject({ active: true });
  });

  it('takes back a language that was stated', async () => {
    expect(await json('change', NORTH, '--lang', '')).toMatchObject({ language: null });
  });

  it('is suggested by `add` for a feed that is already followed, if settings were given', async () => {
    expect((await feeds('add', '--anyway', NORTH, '--full-text', 'never')).stdout).toContain(
      `feeds change ${feedIdOf(NORTH)}`,
    );
    expect((await feeds('add', '--anyway', NORTH)).stdout).not.toContain('change');
  });

  it.each([
    [[NORTH], 'nothing to change'],
    [[NORTH, '--pause', '--resume'], 'contradict'],
    [[NORTH, '--full-text', 'sometimes'], 'expected auto, always or never'],
    [[SOUTH, '--pause'], 'is not followed'],
    [['nobody', '--pause'], 'nobody'],
  ])('refuses %j with exit code 2 and the reason', async (args, reason) => {
    const { code, stderr } = await feeds('change', ...args);

    expect(code).toBe(2);
    expect(stderr).toContain(reason);
  });
});

describe('feeds list', () => {
  beforeEach(async () => {
    await instance.stores.feeds.addFeed(aNewFeed({ url: NORTH, title: 'North \u001b[31mred' }));
    await instance.stores.feeds.addFeed(aNewFeed({ url: SOUTH, title: 'South', folder: 'Press/Coast' }));
    const feed = await instance.stores.feeds.getFeed(feedIdOf(SOUTH));
    const failure = {
      kind: 'dns' as const,
      message: `${SOUTH}: the host name has no address.`,
      since: later(0),
      count: 3,
    };
    await instance.stores.feeds.savePollState(feed!.id, { ...feed!.state, failure, notBefore: later(DAY) });
  });

  it('shows each feed with its state in words, and no control characters', async () => {
    const { code, stdout, stderr } = await feeds('list');

    expect({ code, stderr }).toEqual({ code: 0, stderr: '2 feeds\n' });
    expect(stdout.split('\n')[0]?.split(/ {2,}/)).toEqual([
      'STATUS',
      'FEED',
      'FOLDER',
      'SINCE',
      'LAST GOOD POLL',
      'LAST NEW ITEM',
      'ITEMS/DAY',
      'NEXT POLL',
      'TEXT',
      'ADDRESS',
      'EXPLANATION',
    ]);
    expect(stdout).toMatch(/^broken +South +Press\/Coast .*the host name has no address\. \(3 tries, next one at/m);
    expect(stdout).toMatch(/^new +North/m);
    expect(stdout).toMatch(new RegExp(`^broken .* ${later(0).slice(0, 10)} .* ${SOUTH} +the host name has no`, 'm'));
    expect(stdout.split(SOUTH)).toHaveLength(2); // its address stands there once
    expect(stdout).not.toContain('\u001b');
  });

  it('shows those of a status', async () => {
    expect((await json('list', '--status', 'broken')).map(({ id }: { id: string }) => id)).toEqual([feedIdOf(SOUTH)]);
    expect(await json('list', '--status', 'gone')).toEqual([]);
    const { code, stderr } = await feeds('list', '--status', 'brokn');
    expect(code).toBe(2);
    expect(stderr).toContain('did you mean broken?');
  });

  it('as data holds the health of each', async () => {
    const [south] = (await json('list')).filter(({ id }: { id: string }) => id === feedIdOf(SOUTH));

    expect(south).toMatchObject({ url: SOUTH, folder: 'Press/Coast', health: { status: 'broken', since: later(0) } });
  });

  it('is what `feeds` does without a verb', async () => {
    expect((await feeds()).stdout).toBe((await feeds('list')).stdout);
    expect((await feeds('--status', 'broken')).stderr).toBe('1 feed\n');
  });
});

it('feeds list shows what is known about a feed that is read', async () => {
  await instance.stores.feeds.addFeed(aNewFeed({ url: NORTH, title: 'North', folder: 'Press' }));
  const feed = await instance.stores.feeds.getFeed(feedIdOf(NORTH));
  await instance.stores.feeds.savePollState(feed!.id, {
    ...feed!.state,
    baselined: true,
    itemsPerDay: 2.5,
    lastNewItemAt: later(-DAY),
    lastChangedPollAt: later(0),
    textOrigin: 'summary',
  });

  const [, row = ''] = (await feeds('list')).stdout.split('\n');

  expect(row).toMatch(
    /^unchanged +North +Press +2026-11-16 08:00 UTC +2026-11-17 08:00 UTC +2026-11-16 08:00 UTC +2\.5 +2026-11-17 08:0\d UTC +summary +https:\/\/north\.example\.org\/feed +\S/,
  );
});

describe('what feeds commands print', () => {
  const configured = (...args: string[]) => instance.run(['feeds', ...args], { env: { TOCSIN_CONFIG: '/etc/tocsin' } });
  const id = feedIdOf(NORTH);
  beforeEach(async () => {
    await instance.stores.feeds.addFeed(aNewFeed({ url: NORTH }));
  });

  it('names the file of the configuration that would undo a change', async () => {
    expect((await configured('change', NORTH, '--pause')).stdout).toBe(
      `${id} was changed: {"active":false}\nsettings in /etc/tocsin/feeds.opml are applied again at the next start or deploy\n`,
    );
    expect((await configured('remove', NORTH)).stdout).toBe(
      `${id} is no longer followed; its matches stay\nif it is in /etc/tocsin/feeds.opml, remove it there too: the next start or deploy would add it again\n`,
    );
  });

  it('says that a poll is queued', async () => {
    expect((await configured('poll', id)).stdout).toBe(`a poll of ${id} is queued\n`);
  });

  it('suggests the settings that --full-text takes in the API', async () => {
    expect(await json('change', NORTH, '--title', 'T', '--resume', '--full-text', 'always')).toMatchObject({
      title: 'T',
      active: true,
      fullText: 'always',
    });
  });
});

describe('feeds remove and poll', () => {
  beforeEach(async () => {
    await instance.stores.feeds.addFeed(aNewFeed({ url: NORTH }));
  });

  it.each([
    ['its id', feedIdOf(NORTH)],
    ['its address', NORTH],
    ['its address written otherwise', 'https://NORTH.example.org:443/feed#top'],
  ])('take a feed by %s', async (_what, which) => {
    expect((await feeds('poll', which)).code).toBe(0);
    expect(instance.queued()).toMatchObject([{ feedIds: [feedIdOf(NORTH)] }]);
    expect(await json('remove', which)).toEqual({ removed: feedIdOf(NORTH) });
    expect(await instance.stores.feeds.getFeed(feedIdOf(NORTH))).toBeNull();
  });

  it('take a feed that has moved by its new address, too', async () => {
    await instance.stores.feeds.updateFeedSettings(feedIdOf(NORTH), { url: SOUTH });

    expect(await json('poll', SOUTH)).toEqual({ queued: feedIdOf(NORTH) });
  });

  it.each(['remove', 'poll'])('%s refuses what is not followed', async (action) => {
    const byUrl = await feeds(action, SOUTH);
    const byId = await feeds(action, 'nobody');

    expect([byUrl.code, byId.code]).toEqual([2, 2]);
    expect(byUrl.stderr).toContain(`${SOUTH} is not followed`);
    expect(byId.stderr).toContain('nobody');
  });
});

const OPML = `<opml version="2.0"><body>
<outline text="Press"><outline text="Coast">
<outline type="rss" text="North" xmlUrl="${NORTH}" language="de" tocsin:fullText="never"/>
</outline></outline>
<outline type="rss" text="Broken" xmlUrl="gopher://example.org"/>
<outline type="rss" text="South" xmlUrl="${SOUTH}"/>
<outline type="rss" text="South again" xmlUrl="${SOUTH}/"/>
</body></opml>`;

describe('feeds import', () => {
  it('follows the good rows, tells the bad ones with their lines, and ends with exit code 2 because of them', async () => {
    instance.write('list.opml', OPML);
    const { code, stdout, stderr } = await feeds('import', 'list.opml');

    expect(code).toBe(2);
    expect(stdout).toBe('added 3, already followed 0, bad rows 1\n');
    expect(stderr).toMatch(/^line 5: .*gopher/m);
    expect(await instance.stores.feeds.getFeed(feedIdOf(NORTH))).toMatchObject({
      title: 'North',
      folder: 'Press/Coast',
      language: 'de',
      fullText: 'never',
    });
  });

  it('can be repeated', async () => {
    instance.write('list.opml', OPML);
    await feeds('import', 'list.opml');

    expect(await json('import', 'list.opml')).toMatchObject({
      added: 0,
      known: 3,
      failed: [],
      problems: [{ line: 5 }],
    });
  });

  it('tells with --dry-run what it would do, and does nothing', async () => {
    await instance.stores.feeds.addFeed(aNewFeed({ id: feedIdOf(NORTH), url: 'https://north.example.org:443/feed' }));
    instance.write('list.opml', OPML);
    const { code, stdout } = await feeds('import', 'list.opml', '--dry-run');

    expect({ code, stdout }).toEqual({ code: 2, stdout: 'would add 2, already followed 1, bad rows 1\n' });
    expect(Object.keys(instance.stores.snapshot().feeds)).toHaveLength(1);
    expect(instance.queued()).toEqual([]);
  });

  it('takes a list from the web, where that is allowed', async () => {
    const web = await serveWeb((_request, response) => response.end(OPML));
    const args = ['feeds', 'import', `${web.origin}/list.opml`];
    const refused = await instance.run(args);
    const taken = await instance.run(args, { env: { TOCSIN_ALLOW_HOSTS: web.pair } });
    instance.write(
      'config/tocsin.yaml',
      `contact: https://watch.example.org/about\nfetch:\n  allowHosts: ["${web.pair}"]\n`,
    );
    const again = await instance.run(args);
    await web.close();

    expect(again.stdout).toBe('added 0, already followed 3, bad rows 1\n');
    expect(web.requests.map(({ headers }) => headers['user-agent']?.replace(/^.*?\(/, '('))).toEqual([
      'Tocsin/0.1.0',
      '(+https://watch.example.org/about)',
    ]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('allowHosts');
    expect(taken.stdout).toBe('added 3, already followed 0, bad rows 1\n');
  });

  it('takes a long list in few requests, tells how far it is, and loses no row to a bad neighbour', async () => {
    const rows = Array.from({ length: 250 }, (_, n) => `<outline text="${n}" xmlUrl="https://h${n}.example.org/f"/>`);
    rows[120] = `<outline text="long" xmlUrl="https://long.example.org/${'x'.repeat(3_000)}"/>`;
    instance.write('list.opml', `<opml version="2.0"><body>${rows.join('\n')}</body></opml>`);

    const { code, stdout, stderr } = await feeds('import', 'list.opml');

    expect({ code, stdout }).toEqual({ code: 2, stdout: 'added 249, already followed 0, bad rows 0, refused 1\n' });
    expect(stderr).toContain('100 of 250 …\n');
    expect(stderr).toMatch(/^https:\/\/long\.example\.org\/x{50,200}: .*feeds\[0\]\.url/m);
    expect(instance.queued().flatMap(({ feedIds }) => feedIds)).toHaveLength(249);
  });

  it('reads a list in the encoding that it declares', async () => {
    const list = '<?xml version="1.0" encoding="windows-1251"?><opml version="2.0"><body><outline text="';
    const row = '" xmlUrl="https://north.example.org/feed"/></body></opml>';
    const name = Buffer.from('cdeee2eef1f2e8', 'hex'); // "Новости"
    instance.write('old.opml', Buffer.concat([Buffer.from(list), name, Buffer.from(row)]));

    await feeds('import', 'old.opml');

    expect(Object.values(instance.stores.snapshot().feeds)).toMatchObject([{ title: 'Новости' }]);
  });

  it.each([
    ['a file that is not there', 'none.opml', 'cannot be read'],
    ['a text that is not OPML', 'notes.txt', 'is not OPML'],
    ['a list without a usable row', 'empty.opml', 'no feeds that can be used'],
  ])('refuses %s', async (_what, file, reason) => {
    instance.write('notes.txt', 'north, south');
    instance.write('empty.opml', '<opml version="2.0"><body/></opml>');
    const { code, stderr } = await feeds('import', file);

    expect(code).toBe(2);
    expect(stderr).toContain(reason);
  });
});

describe('feeds export', () => {
  it('gives back what was imported', async () => {
    instance.write('list.opml', OPML);
    await feeds('import', 'list.opml');
    const { code, stdout } = await feeds('export');
    const { feeds: exported, problems } = parseOpml(stdout);
    const byUrl = (rows: typeof exported) => rows.toSorted((left, right) => left.url.localeCompare(right.url));

    expect({ code, problems }).toEqual({ code: 0, problems: [] });
    expect(byUrl(exported)).toEqual(byUrl(parseOpml(OPML).feeds));
  });

  it('does not lose characters that XML knows as its own', async () => {
    const title = `A "quoted" <name> & more; it's all`;
    await instance.stores.feeds.addFeed(aNewFeed({ url: `${NORTH}?a=1&b=2`, title }));

    expect(parseOpml((await feeds('export')).stdout).feeds).toMatchObject([{ url: `${NORTH}?a=1&b=2`, title }]);
  });
});

describe('feeds', () => {
  it('knows its actions', async () => {
    const { code, stderr } = await feeds('improt', 'list.opml');

    expect(code).toBe(2);
    expect(stderr).toContain('did you mean import?');
  });

  it('says what to do where there is no instance', async () => {
    const folder = commandFolder();
    const { code, stderr } = await folder.run(['feeds', 'list']);
    folder.remove();

    expect(code).toBe(2);
    expect(stderr).toContain('npm start');
  });
});
