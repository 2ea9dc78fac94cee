// Everything on one machine, in this process: what a start makes, what is polled and mailed, what is reported, and what an end leaves.
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { holderOf } from '../../local/data-folder/folder-lock.ts';
import { readRuntime } from '../../local/data-folder/runtime-file.ts';
import { startParts } from '../../local/instance.ts';
import type { MailServerNews } from '../../local/mail/mail-server.ts';
import { OUTBOX_ADDRESS } from '../../local/mail/received-mail.ts';
import { type Ready, type Running, type RunOptions, runTocsin } from '../../local/run.ts';
import type { PollState } from '../../shared/model/feed.ts';
import { type FeedId, feedIdOf } from '../../shared/model/ids.ts';
import { bodyOf } from '../../shared/model/messages.ts';
import { defaultSettings, type Settings } from '../../shared/model/settings.ts';
import { MATCHING_PROBLEMS } from '../../shared/usecases/matching/match-articles.ts';
import { aNewFeed, aTopic, later, START } from '../support/builders.ts';
import { rss } from '../support/followed-feed.ts';
import { type LoopbackWeb, serveWeb } from '../support/loopback.ts';
import { aSmtpServer } from '../support/smtp-server.ts';
import { type VirtualClock, virtualClock } from '../support/virtual-clock.ts';
import { until } from '../support/waiting.ts';

const MINUTE = 60_000;
const CONVOY = {
  title: 'A convoy crossed the river',
  guid: '1',
  date: new Date(START).toUTCString(),
  text: 'A convoy of forty trucks crossed the river.',
};

let folder: string;
let web: LoopbackWeb;
let clock: VirtualClock;
let answer: (response: ServerResponse) => void;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-run-'));
  web = await serveWeb((request, response) => {
    if (request.url === '/robots.txt') response.writeHead(404).end();
    else answer(response);
  });
  answer = (response) => void response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(rss([CONVOY], 1));
});
afterAll(async () => {
  await web.close();
  rmSync(folder, { recursive: true });
});

interface Seen {
  readonly polled: FeedId[];
  readonly matched: string[];
  readonly troubles: string[];
  readonly mailServer: MailServerNews[];
  readonly progress: (readonly [done: number, of: number])[];
  readonly ready: Ready[];
}

const settings = (): Settings => ({
  ...defaultSettings,
  fetch: { ...defaultSettings.fetch, allowHosts: [web.pair] },
});
const feedAt = (path: string) => ({ url: `${web.origin}${path}`, title: path, folder: '', language: null });
const idAt = (path: string): FeedId => feedIdOf(`${web.origin}${path}`);
const polledPaths = (): readonly string[] =>
  web.requests.map(({ path }) => path).filter((path) => path !== '/robots.txt');

/** Starts on the folder of this file; the clock stands still unless it is moved. */
async function start(
  feeds: readonly string[],
  change: Partial<RunOptions> = {},
): Promise<{ readonly running: Running; readonly seen: Seen }> {
  const seen: Seen = { polled: [], matched: [], troubles: [], mailServer: [], progress: [], ready: [] };
  const running = await runTocsin({
    folder,
    env: process.env,
    clock,
    port: 0,
    once: false,
    redrive: false,
    sample: false,
    settings: settings(),
    configuration: { feeds: feeds.map(feedAt), topics: [aTopic()], packs: ['examples'] },
    say: () => {},
    signal: new AbortController().signal,
    watcher: {
      configuring: (done, of) => seen.progress.push([done, of]),
      polled: (ids) => seen.polled.push(...ids),
      matched: (ids) => seen.matched.push(...ids),
      heldBack: () => {},
      mailServer: (news) => seen.mailServer.push(news),
      problem: (message) => seen.troubles.push(message),
    },
    onConfigured: async (ready) => void seen.ready.push(ready),
    ...change,
  });
  return { running, seen };
}

const untilIdle = (running: Running): Promise<void> => running.untilIdle(new AbortController().signal);

describe('while Tocsin runs', () => {
  let running: Running;
  let seen: Seen;

  beforeAll(async () => {
    clock = virtualClock(START);
    ({ running, seen } = await start(['/news']));
    await until(() => seen.polled.length > 0);
  });
  afterAll(() => running.stop(1_000));

  const get = (path: string): Promise<Response> =>
    fetch(`${running.url}${path}`, { headers: { authorization: `Bearer ${running.parts.token}` } });

  it('a new feed is polled at once, its match is stored, and its alert is in the outbox', async () => {
    await until(() => running.parts.outbox.list().length > 0);

    const { items } = await running.stores.matches.queryMatches({}, { limit: 10, cursor: null });
    expect(seen.polled).toEqual([idAt('/news')]);
    expect(items.map(({ article }) => article.title)).toEqual([CONVOY.title]);
    expect(seen.matched).toEqual(items.map(({ id }) => id));
    expect(running.parts.outbox.list()).toMatchObject([{ to: OUTBOX_ADDRESS, via: 'outbox' }]);
    const { items: subscriptions } = await running.stores.subscriptions.listSubscriptions({ limit: 10, cursor: null });
    expect(subscriptions).toMatchObject([{ channel: 'email', target: OUTBOX_ADDRESS, topics: ['*'] }]);
    expect(seen.troubles).toEqual([]);
  });

  it('the configuration was taken over before any work began, and its progress was reported', () => {
    expect(running.configured).toMatchObject({ feedsAdded: 1, topicsChanged: 1 });
    expect(seen.progress.at(-1)).toEqual([1, 1]);
    expect(seen.ready).toMatchObject([{ url: running.url, configured: running.configured }]);
  });

  it('the command line finds it, and its port has pages, the API, public links and health', async () => {
    expect(await readRuntime(folder)).toMatchObject({ url: running.url, token: running.parts.token });
    expect(await (await get('/')).text()).toContain('<div id="console">');
    expect(await (await get('/v1/stories?with=report')).text()).toContain(CONVOY.title);
    expect(await (await get('/outbox')).text()).toContain('convoy');
    expect(await (await get('/v1/status')).json()).toMatchObject({ feeds: { total: 1 }, topics: 1 });
    expect(await (await get('/v1/machine')).json()).toMatchObject({ state: 'running' });
    expect((await get('/u/unknown')).status).toBe(404);
    expect(await (await get('/f/unknown')).text()).toBe('There is no such feed.\n');
    expect(await (await get('/sns/confirm/0a')).text()).toContain('There is no such subscription');
    expect((await fetch(`${running.url}/readyz`)).status).toBe(200);
    expect(await (await get('/metrics')).text()).toContain('tocsin_feeds{status="ok"} 1\n');
  });

  it('an output that is added is read at its address, without a token', async () => {
    const headers = { authorization: `Bearer ${running.parts.token}`, 'content-type': 'application/json' };
    const added = await fetch(`${running.url}/v1/outputs`, { method: 'POST', headers, body: '{"title":"All"}' });
    const { addresses } = (await added.json()) as { addresses: { atom: string; json: string } };

    expect(addresses.atom.startsWith(`${running.url}/f/`)).toBe(true);
    expect(await (await fetch(addresses.atom)).text()).toContain(CONVOY.title);
    const feed = (await (await fetch(addresses.json)).json()) as { title: string; items: { title: string }[] };
    expect([feed.title, feed.items.map(({ title }) => title)]).toEqual(['All', [CONVOY.title]]);
    const log = readFileSync(join(folder, 'tocsin.log'), 'utf8');
    expect(log).not.toContain('/f/');
  });

  it('links in mails lead to its page', () => {
    expect(running.parts.publicUrl.current()).toBe(running.url);
    expect(running.parts.outbox.read(1, 'txt')).toContain(`${running.url}/u/`);
  });

  it('a feed is polled again when it is due, by the clock', async () => {
    const before = polledPaths().length;
    clock.move(3 * 60 * MINUTE);
    await until(() => polledPaths().length > before);
    await untilIdle(running);

    expect(seen.polled.slice(1)).toEqual([idAt('/news')]);
    expect(running.isBusy()).toBe(false);
  });

  it.each([
    [MATCHING_PROBLEMS.leftOut, { topic: 'bridges', problem: 'too long' }, 'topic bridges is not in force: too long'],
    [
      MATCHING_PROBLEMS.skipped,
      { topics: ['bridges', 'tides'] },
      'bridges, tides given up on an article, being too costly there: docs/runbook.md, topics-skipped',
    ],
  ])('the terminal shows what the log says of a topic: %s', async (message, fields, shown) => {
    const before = seen.troubles.length;

    running.parts.telemetry('match-articles').log.warn('of no interest', fields);
    running.parts.telemetry('match-articles').log.warn(message, fields);
    await until(() => seen.troubles.length > before);

    expect(seen.troubles.slice(before)).toEqual([shown]);
  });

  it('a log that cannot be written is shown, and doctor reports it', async () => {
    const before = seen.troubles.length;
    const log = join(folder, 'tocsin.log');
    renameSync(log, `${log}.aside`);
    mkdirSync(log);

    running.parts.log.info('lost');
    await until(() => seen.troubles.length > before);
    const { problems } = running.parts.health.machineStatus();
    rmSync(log, { recursive: true });

    expect(seen.troubles.slice(before)).toEqual([
      expect.stringMatching(/^the log cannot be written, so lines will be missing: EISDIR/),
    ]);
    expect(problems).toMatchObject([
      { what: 'log', says: expect.stringMatching(/^the log cannot be written.*EISDIR/) },
    ]);
  });

  it('a publication is handed to its subscription, and one that cannot be is tried again after some seconds', async () => {
    const { sns, queues } = running.parts;
    const publish = (): string => sns.publish({ subject: 'x', messages: { default: 'the text' }, attributes: {} });
    const arn = 'arn:aws:sqs:us-east-1:000000000000:alerts-given-up';
    const known = sns.subscribe('sqs', arn, { RawMessageDelivery: 'true' }).subscription;
    publish();
    await until(() => queues.depth('alerts-given-up') === 1);
    sns.unsubscribe(known.arn);
    const unknown = sns.subscribe('lambda', 'arn:unknown', {}).subscription;
    publish();
    const waitMs = (): number => (queues.nextVisibleAt('publications') ?? 0) - clock.now().getTime();
    await until(() => waitMs() >= 10_000 && waitMs() <= 12_000);
    sns.unsubscribe(unknown.arn);

    expect(queues.receive('alerts-given-up', 1, MINUTE)).toMatchObject([{ body: 'the text' }]);
  });

  it('a database that ends is restarted, and nothing is lost', async () => {
    const before = seen.troubles.length;
    const ended = running.parts.database.processId() ?? 0;

    process.kill(ended, 'SIGKILL');
    await until(() => seen.troubles.length > before);
    await until(() => running.parts.database.processId() !== ended);

    expect(seen.troubles[before]).toMatch(/ended and is being restarted: .*SIGKILL; stored data is safe$/);
    expect(running.parts.health.readiness().database).toMatchObject({ restarts: 1, isRestarting: false });
    await until(async () => (await get('/v1/status')).status === 200);
  });

  it('says that it stops, and is not found once it has stopped', async () => {
    await running.settle(1_000);
    const { state } = running.parts.health.readiness();
    await running.stop(0);

    expect(state).toBe('stopping');
    expect(await readRuntime(folder)).toBeNull();
    await expect(fetch(running.url)).rejects.toThrow();
    expect(() => running.parts.queues.depth('polls')).toThrow();
    expect(holderOf(folder)).toBeNull();
  });
});

describe('a run that ends', () => {
  let running: Running;
  let seen: Seen;
  let polledBefore: number;

  beforeAll(async () => {
    clock = virtualClock(later(24 * 60 * MINUTE));
    const parts = await startParts(folder, settings(), { env: process.env, clock });
    const { feeds, subscriptions } = parts.stores;
    for (const path of ['/gone', '/paused', '/busy']) await feeds.addFeed(aNewFeed(feedAt(path)));
    const change = async (path: string, state: Partial<PollState>): Promise<void> => {
      const feed = await feeds.getFeed(idAt(path));
      await feeds.savePollState(idAt(path), { ...feed!.state, ...state });
    };
    await change('/gone', { goneAt: START });
    await change('/busy', { notBefore: later(48 * 60 * MINUTE) });
    await feeds.updateFeedSettings(idAt('/paused'), { active: false });
    for (const { id } of await subscriptions.subscriptionsOfTarget(OUTBOX_ADDRESS))
      await subscriptions.updateSubscription(id, { state: 'unsubscribed' }, START);
    parts.queues.send('polls-dead', [
      bodyOf({ v: 1, kind: 'poll', pollBatch: null, slot: null, feedIds: [idAt('/paused')] }),
    ]);
    await parts.stop();
    polledBefore = polledPaths().length;
    ({ running, seen } = await start(['/news', '/new', '/gone', '/paused', '/busy'], { once: true, redrive: true }));
    await untilIdle(running);
  });
  afterAll(() => running.stop(1_000));

  it('polls each feed that may be polled once, whatever its schedule', () => {
    expect(polledPaths().slice(polledBefore).sort()).toEqual(['/new', '/news']);
    expect(running.configured).toMatchObject({ feedsAdded: 1, topicsChanged: 0 });
    expect(running.parts.health.readiness().state).toBe('once');
    expect(seen.troubles).toEqual([]);
  });

  it('tries again what was set aside, if that was asked for', () => {
    expect(running.parts.queues.deadLetters()).toBe(0);
    expect(running.parts.queues.depth('polls')).toBe(0);
  });

  it('does not subscribe the outbox again after its user has ended that', async () => {
    expect(await running.stores.subscriptions.subscriptionsOfTarget(OUTBOX_ADDRESS)).toMatchObject([
      { state: 'unsubscribed' },
    ]);
  });

  it('runs no schedule', async () => {
    clock.move(24 * 60 * MINUTE);
    await new Promise((resolve) => setTimeout(resolve, 50));

    expect(running.parts.health.readiness().schedule.at).toBeNull();
  });
});

describe('with a mail server and the sample feed', () => {
  it('the mail server is asked every five minutes until it answers, and the sample feed is followed', async () => {
    clock = virtualClock(later(72 * 60 * MINUTE));
    const down = await aSmtpServer();
    await down.close();
    const env = { ...process.env, TOCSIN_SMTP_URL: `smtp://127.0.0.1:${down.port}` };
    const withSender = { ...settings(), mail: { ...defaultSettings.mail, from: 'alerts@example.org' } };

    const { running, seen } = await start(['/news'], { env, settings: withSender, sample: true });
    const problemsOf = (): readonly string[] => running.parts.health.machineStatus().problems.map(({ what }) => what);
    await until(() => seen.mailServer.length > 0);
    const problems = problemsOf();
    const up = await aSmtpServer({}, down.port);
    clock.move(5 * MINUTE + 5);
    await until(() => seen.mailServer.length > 1);
    const solved = problemsOf();
    const followed = await running.stores.feeds.listFeeds({ limit: 100, cursor: null });
    await running.stop(1_000);
    await up.close();

    expect(seen.mailServer).toMatchObject([
      { kind: 'problem', to: null },
      { kind: 'works', failures: 1 },
    ]);
    expect([problems, solved]).toEqual([['mail server'], []]);
    expect(followed.items.map(({ title }) => title)).toContain('Tocsin sample feed');
  });

  it('a start without the sample feed no longer follows it', async () => {
    const { running } = await start(['/news']);
    const { items } = await running.stores.feeds.listFeeds({ limit: 100, cursor: null });
    await running.stop(1_000);

    expect(items.map(({ title }) => title)).not.toContain('Tocsin sample feed');
    expect(running.parts.sample).toBeNull();
  });
});

describe('a start that fails leaves nothing running', () => {
  it('when the port is in use', async () => {
    await expect(start([], { port: web.port })).rejects.toMatchObject({ code: 'port_in_use' });

    expect(holderOf(folder)).toBeNull();
  });

  it('when it is broken off', async () => {
    const controller = new AbortController();
    const reason = new Error('Ctrl-C');
    const watcher = {
      polled: () => {},
      matched: () => {},
      heldBack: () => {},
      mailServer: () => {},
      problem: () => {},
    };
    const configuring = (): void => controller.abort(reason);

    await expect(start(['/late'], { signal: controller.signal, watcher: { ...watcher, configuring } })).rejects.toBe(
      reason,
    );

    expect(holderOf(folder)).toBeNull();
    expect(await readRuntime(folder)).toBeNull();
  });
});
