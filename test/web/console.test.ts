// The console as people use it: in a browser, with the keyboard, in each role, with text of anybody.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { FeedRefusedError } from '../../shared/core/errors.ts';
import { feedIdOf } from '../../shared/model/ids.ts';
import { aFeed, aMatch, aSubscription, aTopic } from '../support/builders.ts';
import { aConsole, hasBrowser, isTooWide, openBrowser, openPage, type Watched } from '../support/console-world.ts';
import { deliverHit, placeHit } from '../support/link-world.ts';

const VIEWS = ['/', '/stories/ferry', '/sources', '/deliveries', '/deliveries/subscriptions', '/status'];
/** What is there once a view has loaded. */
const CONTENT: Readonly<Record<string, string>> = {
  '/': '.story',
  '/stories/ferry': '.report-text',
  '/sources': '.source',
  '/deliveries': '.empty',
  '/deliveries/subscriptions': '.subscriptions .source',
  '/status': '.proof',
};
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const HOSTILE = [
  '<img src=x onerror="window.wasRun=1">',
  '</script><script>window.wasRun=1</script>',
  '"><svg/onload=window.wasRun=1>',
  '{{constructor.constructor("window.wasRun=1")()}}',
  'javascript:window.wasRun=1',
  `${'x'.repeat(3_000)}`,
  '\u202eevil\u202c مرحبا 你好 한국어 \u0000\u0007',
];

type Console = Awaited<ReturnType<typeof aConsole>>;

/** As it is before it is followed. */
const newFeed = (change: Parameters<typeof aFeed>[0]) => {
  const feed = aFeed(change);
  return { ...feed, id: feedIdOf(feed.url), intervalMinutes: 5 };
};

const describeInBrowser = hasBrowser ? describe : describe.skip;

describeInBrowser('the console', () => {
  let browser: Browser;
  let console: Console;
  let watched: Watched[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    watched = [];
    console = await aConsole();
    // The browser's clock is the world's; stories are of now.
    console.clock.set(new Date().toISOString());
    await console.stores.topics.putTopics([
      aTopic({ title: 'River crossings' }),
      aTopic({ id: 'treaties', title: 'Treaties' }),
    ]);
  });
  afterEach(async () => {
    for (const { page } of watched) await page.context().close();
    await console.stop();
    expect(watched.flatMap(({ problems }) => problems)).toEqual([]);
  });

  const show = async (address: string, options: Parameters<typeof openPage>[3] = {}): Promise<Page> => {
    const opened = await openPage(browser, console.url, address, options);
    watched.push(opened);
    return opened.page;
  };

  /** Minutes ago. */
  const aStory = async (
    id: string,
    title: string,
    minutes = 0,
    more: { readonly url?: string; readonly topicId?: string } = {},
  ) => {
    const at = new Date(console.clock.now().getTime() - minutes * 60_000).toISOString();
    const match = aMatch({ articleId: `article-${id}`, firstSeenAt: at, topicId: more.topicId ?? 'river-crossings' });
    const article = { ...match.article, title, url: more.url ?? match.article.url };
    const expiresAt = Date.parse(at) / 1_000 + 86_400 * 90;
    return placeHit(console.stores, [{ ...match, article, expiresAt }], { id });
  };

  const titles = (page: Page): Promise<string[]> => page.locator('.story a.head').allTextContents();
  const states = async (...ids: readonly string[]): Promise<readonly string[]> => {
    const found = await console.stores.triages.getTriages(ids);
    return ids.map((id) => found.find(({ story }) => story === id)?.state ?? 'unread');
  };
  const untilStates = async (ids: readonly string[], wanted: readonly string[]): Promise<void> => {
    for (let tries = 0; tries < 200 && (await states(...ids)).join() !== wanted.join(); tries++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await states(...ids)).toEqual(wanted);
  };

  it('lists stories with the passage that matched, and is triaged by the keyboard alone', async () => {
    for (const [n, id] of ['ferry', 'strike', 'bridge'].entries()) await aStory(id, `Story of the ${id}`, n);
    const page = await show('/');
    await page.waitForSelector('.story');
    expect(await titles(page)).toEqual(['Story of the ferry', 'Story of the strike', 'Story of the bridge']);
    expect(await page.locator('.story mark').first().textContent()).not.toBe('');

    await page.keyboard.press('j');
    await page.keyboard.press('s');
    await untilStates(['ferry'], ['kept']);
    await page.keyboard.press('j');
    await page.keyboard.press('m');
    await untilStates(['strike'], ['read']);
    await page.keyboard.press('j');
    await page.keyboard.press('e');
    await untilStates(['bridge'], ['dismissed']);
    await page.waitForSelector('text=1 story dismissed.');
    await page.keyboard.press('z');
    await untilStates(['ferry', 'strike', 'bridge'], ['kept', 'read', 'unread']);
    expect(await console.stores.triages.getTriages(['ferry'])).toMatchObject([{ by: 'owner' }]);

    await page.keyboard.press('o');
    await page.waitForURL('**/stories/bridge');
    await untilStates(['bridge'], ['read']);
    await page.keyboard.press('u');
    await page.waitForURL(`${console.url}/`);
    await page.keyboard.press('g');
    await page.keyboard.press('f');
    await page.waitForURL('**/sources');
  });

  it('keeps what is looked for in the address, and several stories are triaged together', async () => {
    await aStory('ferry', 'Ferry sinks', 0);
    await aStory('pact', 'Pact is signed', 1, { topicId: 'treaties' });
    await aStory('strike', 'Strike ends', 2);
    const page = await show('/');
    await page.waitForSelector('.story');

    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.locator('.selection >> text=Duplicate').click();
    await untilStates(['ferry', 'pact', 'strike'], ['dismissed', 'dismissed', 'unread']);
    await page.reload();
    await page.waitForSelector('.story');
    expect(await titles(page)).toEqual(['Strike ends']);

    await page.locator('.chip', { hasText: 'Dismissed' }).first().click();
    await page.waitForURL(/not=$/);
    await page.waitForFunction(() => document.querySelectorAll('.story').length === 3);
    await page.locator('.topics >> text=Treaties').click();
    await page.waitForURL(/topic=treaties/);
    await page.waitForFunction(() => document.querySelectorAll('.story').length === 1);
    expect(await titles(page)).toEqual(['Pact is signed']);
    await page.goBack();
    await page.waitForFunction(() => document.querySelectorAll('.story').length === 3);
  });

  it('keeps a view under a name for colleagues, and offers it as a feed', async () => {
    await aStory('pact', 'Pact is signed', 1, { topicId: 'treaties' });
    const page = await show('/?topic=treaties');
    await page.waitForSelector('.story');
    await page.fill('.save-view input[name="name"]', 'Treaties today');
    await page.check('.save-view input[name="shared"]');
    await page.click('.save-view button');
    await page.waitForSelector('.saved >> text=Treaties today');
    await page.click('text=Read as a feed');
    await page.waitForSelector('aside code');
    expect(await console.stores.outputs.listOutputs()).toMatchObject([{ topics: ['treaties'] }]);

    const other = await show('/', { token: console.access.createToken('ana', 'read') });
    await other.click('.saved >> text=Treaties today');
    await other.waitForURL(/topic=treaties/);
    expect(await other.locator('.saved button').count()).toBe(0);
    await page.click('.saved button');
    await page.waitForSelector('text=The view Treaties today is removed.');
    await page.keyboard.press('z');
    await page.waitForSelector('.saved >> text=Treaties today');
  });

  it('says that somebody else was first, and shows what they did', async () => {
    await aStory('ferry', 'Ferry sinks');
    const page = await show('/');
    await page.waitForSelector('.story');
    const headers = { 'x-tocsin-caller': 'ben' };
    await console.ask('PUT', '/v1/stories/ferry/triage', { state: 'kept', note: 'Mine' }, headers);

    await page.click('text=Mark as read');

    await page.waitForSelector('text=Someone else has just changed it.');
    await page.waitForSelector('text=Kept by ben');
    expect(await states('ferry')).toEqual(['kept']);
  });

  it('proves an empty list, and says why nothing is there', async () => {
    const page = await show('/?text=nothing-like-this');

    await page.waitForSelector('.empty');

    expect(await page.locator('.empty').textContent()).toContain('0 of 0 feeds were read, and 2 topics are in force.');
  });

  it('shows a story with its reports, who was told, why, and a note that colleagues see', async () => {
    const hit = await aStory('ferry', 'Ferry sinks');
    const subscription = aSubscription({ topics: ['river-crossings'] });
    await console.stores.subscriptions.createSubscription(subscription);
    await deliverHit(console.stores, hit, subscription);
    const page = await show('/stories/ferry');
    await page.waitForSelector('.report-text mark');
    expect(await page.locator('.told').textContent()).toContain(subscription.target);

    await page.keyboard.press('w');
    await page.waitForSelector('.why');
    expect(await page.locator('.why').textContent()).toContain('The rule that matched');
    await page.fill('textarea[name="note"]', 'Ask the desk');
    await page.click('text=Save the note');
    await page.waitForSelector('text=The note is saved.');

    const other = await show('/stories/ferry', { token: console.access.createToken('ana', 'read') });
    await other.waitForSelector('text=Ask the desk');
    expect(await other.locator('main textarea').count()).toBe(0);
  });

  it('lets those who only read change nothing', async () => {
    await aStory('ferry', 'Ferry sinks');
    const token = console.access.createToken('ana', 'read');
    const page = await show('/', { token });
    for (const view of VIEWS) {
      await page.goto(`${console.url}${view}`);
      await page.waitForSelector('header .who >> text=ana (read)', { state: 'attached' });
      const names = await page.locator('main button:visible').allTextContents();
      expect(
        names.filter((name) => /^(?:Keep|Mark|Not relevant|Follow|Pause|Remove|Send|Subscribe|End)\b/.test(name)),
      ).toEqual([]);
    }
    expect(await states('ferry')).toEqual(['unread']);
  });

  it('shows text of anybody as text', async () => {
    for (const [n, text] of HOSTILE.entries()) {
      await aStory(`hostile-${n}`, text, n, {
        url: n % 2 === 0 ? 'javascript:window.wasRun=1' : `https://x.example/${n}`,
      });
      await console.stores.feeds.addFeed(newFeed({ url: `https://feed-${n}.example/`, title: text }));
    }
    for (const width of [320, 1280]) {
      const page = await show('/', { viewport: { width, height: 700 } });
      for (const view of ['/', '/stories/hostile-0', '/stories/hostile-6', '/sources']) {
        await page.goto(`${console.url}${view}`);
        await page.waitForSelector(view === '/' ? '.story' : view === '/sources' ? '.source' : '.report-text');
        expect(await page.evaluate(() => (window as { wasRun?: number }).wasRun)).toBeUndefined();
        expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
        expect(await isTooWide(page)).toBe(false);
      }
    }
  });

  it('follows, finds, pauses and removes sources, and takes lists of them', async () => {
    for (const name of ['one', 'two'])
      await console.stores.feeds.addFeed(newFeed({ url: `https://${name}.example/feed`, title: name }));
    const page = await show('/sources');
    await page.waitForSelector('.source');

    await page.fill('input[type="search"]', 'two');
    await page.waitForURL(/text=two/);
    expect(await page.locator('.source').count()).toBe(1);
    await page.click('text=Pause');
    await page.waitForSelector('text=two is not read until you resume it.');
    await page.click('text=Resume');
    await page.waitForSelector('text=two is read again.');
    await page.click('.source >> text=Remove');
    await page.getByRole('button', { name: 'No', exact: true }).click();
    await page.click('.source >> text=Remove');
    await page.click('text=Yes, remove it');
    await page.waitForSelector('text=two is not followed any more.');
    await page.fill('input[type="search"]', '');

    const opml =
      '<opml version="2.0"><body><outline text="Agencies"><outline xmlUrl="https://three.example/feed" text="three"/><outline xmlURL="not an address" text="x"/></outline></body></opml>';
    await page.setInputFiles('input[type="file"]', {
      name: 'feeds.opml',
      mimeType: 'text/xml',
      buffer: Buffer.from(opml),
    });
    await page.waitForSelector('text=1 feed added, 0 followed already, 1 refused.');
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('text=Export as OPML')]);
    const text = readFileSync(await file.path(), 'utf8');
    expect(text).toContain(
      '<outline text="Agencies" title="Agencies"><outline type="rss" text="three" title="three" xmlUrl="https://three.example/feed"/>',
    );
    expect(text).not.toContain('two.example');
  });

  it('reads an address before it follows it, and lets one choose among the feeds of a page', async () => {
    await console.stop();
    const candidates = [
      { url: 'https://news.example/world.xml', title: 'World' },
      { url: 'https://news.example/sport.xml', title: 'Sport' },
    ];
    console = await aConsole({
      verifyFeed: async (address) => {
        if (address.includes('nothing'))
          throw new FeedRefusedError('it is no feed', 'give another', { kind: 'not_a_feed' });
        if (!address.endsWith('.xml'))
          throw new FeedRefusedError('several', 'choose', { kind: 'several_feeds', candidates });
        const read = {
          title: 'World',
          format: 'rss',
          language: 'en',
          items: 20,
          newestAt: null,
          textOrigin: 'summary',
        } as const;
        return { url: address, addresses: [address], foundOn: null, read };
      },
    });
    const page = await show('/sources');
    const follow = async (address: string): Promise<void> => {
      await page.fill('input[name="url"]', address);
      await page.click('form.add button:has-text("Follow")');
    };
    await follow('nothing.example');
    await page.waitForSelector('.message.problem >> text=give another');
    await follow('news.example');
    await page.waitForSelector('text=This page names several feeds.');

    await page.locator('p', { hasText: 'World' }).getByRole('button', { name: 'Follow' }).click();

    await page.waitForSelector('.report >> text=World is followed now.');
    await page.waitForSelector('.report >> text=It has 20 items.');
    expect(await page.locator('.source').count()).toBe(1);
  });

  it('subscribes a channel by form, sends a test, shows a refusal at the form, and ends it after a question', async () => {
    const page = await show('/deliveries/subscriptions');
    await page.click('button:has-text("Slack")');
    await page.fill('input[name="target"]', 'http://hooks.example.org/x');
    await page.click('form button:has-text("Subscribe")');
    await page.waitForSelector('form .problem');

    await page.fill('input[name="target"]', 'https://hooks.slack.com/services/T0/B0/abc');
    await page.selectOption('select[name="topics"]', 'treaties');
    await page.click('form button:has-text("Subscribe")');
    await page.waitForSelector('text=Subscribed.');
    await page.waitForSelector('.subscriptions .source');
    expect(console.senders.posted.map(({ channel }) => channel)).toEqual(['slack']);
    expect(await page.locator('.subscriptions').textContent()).not.toContain('abc');

    await page.getByRole('button', { name: 'End', exact: true }).click();
    await page.click('text=Yes, end it');
    await page.waitForSelector('text=gets nothing any more.');
  });

  it('shows what became of alerts, and sends again what did not arrive', async () => {
    const hit = await aStory('ferry', 'Ferry sinks');
    const subscription = aSubscription({ topics: ['river-crossings'] });
    await console.stores.subscriptions.createSubscription(subscription);
    await deliverHit(console.stores, hit, subscription, {
      state: 'failed',
      reason: 'The server refused it',
      createdAt: console.clock.now().toISOString(),
    });
    const page = await show('/deliveries?failed=true');
    await page.waitForSelector('text=The server refused it');

    await page.click('text=Send again');

    await page.waitForSelector('text=1 delivery is due again.');
    expect(console.delivered).toHaveLength(1);
    await page.click('text=Only what did not arrive');
    await page.waitForURL(`${console.url}/deliveries`);
  });

  it('says in Status what makes silence mean that nothing happened, and what to do first', async () => {
    const page = await show('/status');
    await page.waitForSelector('.proof');

    const text = (await page.locator('main').textContent()) ?? '';
    expect(text).toContain('0 of 0 feeds were read.');
    expect(text).toContain('No alert was sent yet.');
    expect(text).toContain('○ Add feeds');
    expect(text).toContain('✓ Have topics');
  });

  it('lists its keys, and single ones can be switched off', async () => {
    await aStory('ferry', 'Ferry sinks');
    const page = await show('/');
    await page.waitForSelector('.story');
    await page.keyboard.press('?');
    await page.waitForSelector('.keys');

    await page.click('text=Use single keys');
    await page.keyboard.press('j');
    await page.keyboard.press('s');

    expect(await page.locator('.story[aria-current]').count()).toBe(0);
    expect(await states('ferry')).toEqual(['unread']);
  });

  it.each(['light', 'dark'] as const)('has no fault that axe finds in any view, %s', async (colorScheme) => {
    await aStory('ferry', 'Ferry sinks');
    await console.stores.feeds.addFeed(newFeed({ title: 'One' }));
    await console.stores.subscriptions.createSubscription(aSubscription());
    const found: string[] = [];
    // The policy of the page lets no other script in.
    const page = await show('/', { colorScheme, bypassCSP: true });
    for (const view of VIEWS) {
      await page.goto(`${console.url}${view}`);
      await page.waitForSelector(CONTENT[view] ?? 'h1');
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() =>
        (
          window as unknown as {
            axe: { run(): Promise<{ violations: readonly { id: string; nodes: readonly { html: string }[] }[] }> };
          }
        ).axe.run(),
      );
      found.push(
        ...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${view}: ${id}: ${html.slice(0, 160)}`)),
      );
    }
    expect(found).toEqual([]);
  });

  it.each([320, 768, 1280])('fits into %d pixels', async (width) => {
    await aStory('ferry', 'Ferry sinks');
    await console.stores.feeds.addFeed(newFeed({ title: 'One' }));
    await console.stores.subscriptions.createSubscription(aSubscription());
    const page = await show('/', { viewport: { width, height: 800 } });
    for (const view of VIEWS) {
      await page.goto(`${console.url}${view}`);
      await page.waitForSelector(CONTENT[view] ?? 'h1');
      expect([view, await isTooWide(page)]).toEqual([view, false]);
    }
  });

  it('signs out', async () => {
    const page = await show('/');
    await page.click('text=Sign out');
    await page.waitForURL('**/login**');

    await page.goto(`${console.url}/status`);

    expect(page.url()).toContain('/login');
  });
});
