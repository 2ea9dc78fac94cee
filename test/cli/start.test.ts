import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { banner, type Started } from '../../cli/start/banner.ts';
import { closingLine } from '../../cli/start/closing-line.ts';
import { lockFolder } from '../../local/data-folder/folder-lock.ts';
import { readRuntime } from '../../local/data-folder/runtime-file.ts';
import type { SubscriptionId } from '../../shared/model/ids.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { type CommandFolder, commandFolder } from '../support/command-line.ts';
import { TROOPS_PACK } from '../support/tocsin-process.ts';
import { until } from '../support/waiting.ts';

const STARTED: Started = {
  url: 'http://127.0.0.1:4747',
  configured: {
    feedsAdded: 0,
    feedsUpdated: 0,
    feedsUnchanged: 1,
    topicsChanged: 0,
    topicsUnchanged: 1,
    topicsEnded: [],
    topicsDisabled: [],
    topicsMissing: [],
    subscriptionsToEnded: [],
  },
  parts: {
    folder: '/srv/tocsin/.tocsin',
    token: 's3cret',
    settings: defaultSettings,
    isNewTable: false,
    sample: null,
    database: { engine: 'dynoxide' } as Started['parts']['database'],
    queues: { deadLetters: () => 0 },
    mailServer: null,
  },
};

const TERMINAL = { json: false, stdout: true, stderr: true };

const said = (
  io: { json: boolean; stdout: boolean; stderr: boolean; config?: string },
  started = STARTED,
  contact = 'mailto:desk@example.com',
): string =>
  banner(started, { feeds: { total: 1 }, topics: 1 }, contact, {
    cwd: '/srv/tocsin',
    env: { TOCSIN_CONFIG: io.config },
    json: io.json,
    terminal: { stdout: io.stdout, stderr: io.stderr },
  }).join('\n');

describe('what start says first', () => {
  it.each([
    { json: false, stdout: true, stderr: false },
    { json: true, stdout: false, stderr: true },
  ])('has the token on a terminal: %j', (io) => {
    const text = said(io);

    expect(text).toContain('http://127.0.0.1:4747/?token=s3cret\n');
    expect(text).toContain('(Authorization: Bearer s3cret)');
    expect(text).not.toContain('TOKEN ');
  });

  it.each([
    { json: false, stdout: false, stderr: true },
    { json: true, stdout: true, stderr: false },
  ])('names the file of the token elsewhere: %j', (io) => {
    const text = said(io);

    expect(text).not.toContain('s3cret');
    expect(text).toContain('http://127.0.0.1:4747/?token=TOKEN\n');
    expect(text).toMatch(/TOKEN +is in the file \.tocsin\/token/);
  });

  it('names the files of the configuration that is in use', () => {
    const io = { json: false, stdout: true, stderr: true };

    expect(said(io)).toContain('mail.from in config/tocsin.yaml');
    expect(said({ ...io, config: '/etc/tocsin' })).toContain('mail.from in /etc/tocsin/tocsin.yaml');
  });

  it('names a data folder elsewhere in full', () => {
    const elsewhere = { ...STARTED, parts: { ...STARTED.parts, folder: '/var/lib/tocsin' } };
    const io = { json: false, stdout: true, stderr: true };

    expect(said(io, elsewhere)).toContain('log: /var/lib/tocsin/tocsin.log');
    expect(said(io)).toContain('log: .tocsin/tocsin.log');
  });

  it('says how mails are sent', () => {
    const state = { server: 'mail.example.org:587', state: 'unknown', since: null, problem: null } as const;
    const settings = { ...defaultSettings, mail: { ...defaultSettings.mail, from: 'alerts@example.org' } };
    const io = { json: false, stdout: true, stderr: true };

    expect(said(io)).toMatch(/Mails +kept in the outbox; to send them, set TOCSIN_SMTP_URL, and mail\.from/);
    expect(said(io, { ...STARTED, parts: { ...STARTED.parts, settings, mailServer: { state: () => state } } })).toMatch(
      /Mails +sent by mail\.example\.org:587 from alerts@example\.org/,
    );
  });
});

describe('the banner has a line only where there is something to say', () => {
  const { parts, configured } = STARTED;
  const plain = said(TERMINAL, STARTED, 'mailto:desk@news.org');

  it('on what changed in the configuration', () => {
    const changed = { ...configured, feedsAdded: 2, feedsUpdated: 1, topicsChanged: 1, topicsEnded: ['ferries'] };

    expect(plain).toMatch(/^Tocsin watches 1 feed for 1 topic\.\n/);
    expect(said({ ...TERMINAL, config: '/etc/tocsin' }, { ...STARTED, configured: changed })).toMatch(
      /^Tocsin watches .*\. From \/etc\/tocsin\/: 2 feeds added, 1 feed changed, 1 topic new or changed, 1 topic ended\.\n/,
    );
  });

  it.each([
    ['', 'Contact            not set, so publishers cannot reach you: set contact in config/tocsin.yaml'],
    ['mailto:me@example.net', 'mailto:me@example.net is only an example, so'],
    ['https://www.example.org/about', 'https://www.example.org/about is only an example, so'],
  ])('on a contact that reaches no one: %j', (contact, line) => {
    expect(said(TERMINAL, STARTED, contact)).toContain(line);
    expect(plain).not.toContain('Contact');
    expect(said(TERMINAL, STARTED, 'https://myexample.org/')).not.toContain('Contact');
  });

  it('on the sample feeds', () => {
    const sample = {
      feeds: [{ url: 'http://127.0.0.1:1/sample.rss', title: 'Tocsin sample feed' }],
      allowHost: '127.0.0.1:1',
      onPublish: () => {},
      stop: async () => {},
    };

    expect(said(TERMINAL, { ...STARTED, parts: { ...parts, sample } })).toMatch(
      /^ {2}Sample feeds +two, built in.*--no-sample\./m,
    );
    expect(plain).not.toContain('Sample feed');
  });

  it('on a database that was missing', () => {
    expect(said(TERMINAL, { ...STARTED, parts: { ...parts, isNewTable: true } })).toContain(
      '  The database was missing, so a new one was created: create the subscriptions again.\n',
    );
    expect(plain).not.toContain('database was missing');
  });

  it('on messages that were set aside', () => {
    const queues = { deadLetters: () => 2 };

    expect(said(TERMINAL, { ...STARTED, parts: { ...parts, queues } })).toContain(
      '  2 messages set aside after too many tries, kept for 14 days. To see them: tocsin deadletters list\n' +
        '  To try them again: tocsin deadletters redrive --all\n',
    );
    expect(plain).not.toContain('set aside');
  });

  it('on topics that are not as their files say', () => {
    const topics = {
      ...configured,
      topicsEnded: ['ferries'],
      topicsDisabled: ['sheep', 'paths'],
      topicsMissing: ['a', 'b'],
      subscriptionsToEnded: [
        { topic: 'ferries', id: 's1' as SubscriptionId, target: 'a@example.org\u001b', channel: 'email' as const },
        { topic: 'ferries', id: 's2' as SubscriptionId, target: 'b@example.org', channel: 'sns-email' as const },
      ],
    };

    const text = said({ ...TERMINAL, config: '/etc/tocsin' }, { ...STARTED, configured: topics });

    expect(text).toContain(
      [
        '  Topics that ended: ferries.',
        '  Still subscribed to ferries, which no longer matches: a@example.org\ufffd (email, s1), b@example.org (sns-email, s2).',
        '  Topics that stay removed: sheep, paths. To undo: tocsin topics restore ID',
        '  LOOK: the pack files of 2 topics are missing, too many to have been deleted on purpose. The topics stay in force.',
        '  Restore the files in /etc/tocsin/topics, or end the topics: tocsin topics push --end-missing',
      ].join('\n'),
    );
    expect(plain).not.toMatch(/Topics|LOOK|Restore/);
  });
});

describe('the last line of start', () => {
  const summary = { polled: 2, failing: 1, matched: 1, mails: 3, heldBack: 0, waiting: 0, alertsWaiting: 0 };

  it.each([
    [summary, true, 'Done: 2 feeds read, 1 failing, 1 new match, 3 mails. To see the matches: tocsin matches'],
    [
      { ...summary, matched: 2, waiting: 1, alertsWaiting: 2 },
      false,
      'Stopped: 2 feeds read, 1 failing, 2 new matches, 3 mails; 1 message waits for the next start; 2 alerts wait for their time or another try. To see the matches: tocsin matches',
    ],
    [
      { ...summary, heldBack: 2 },
      true,
      'Done: 2 feeds read, 1 failing, 1 new match, 3 mails, 2 more reports of the same events held back. To see the matches: tocsin matches; event by event: tocsin stories',
    ],
    [
      { ...summary, alertsWaiting: null },
      false,
      'Stopped: 2 feeds read, 1 failing, 1 new match, 3 mails; the database does not answer, so waiting alerts are not counted. To see the matches: tocsin matches',
    ],
  ])('of %j', (counts, once, line) => {
    expect(closingLine(counts, once)).toBe(line);
  });
});

describe('start is refused before anything is made', () => {
  let folder: CommandFolder;
  beforeAll(() => {
    folder = commandFolder({ 'config/topics/test.yaml': TROOPS_PACK });
  });
  afterAll(() => folder.remove());

  it.each([
    ['TOCSIN_PUBLIC_URL', 'foo', 'TOCSIN_PUBLIC_URL "foo" cannot be used'],
    ['TOCSIN_SMTP_URL', 'me:secret@mail.example.org', 'TOCSIN_SMTP_URL is not the address of a mail server'],
  ])('with %s=%s', async (name, value, says) => {
    const before = process.env[name];
    process.env[name] = value;
    try {
      const { code, stderr } = await folder.run(['start', '--once'], { env: { [name]: value } });

      expect(code).toBe(2);
      expect(stderr).toContain(says);
      expect(stderr).not.toContain('secret');
      expect(existsSync(join(folder.path, '.tocsin'))).toBe(false);
    } finally {
      if (before === undefined) delete process.env[name];
      else process.env[name] = before;
    }
  });

  it.each(['-1', '65536', '1.5', 'http', ''])('with --port=%s', async (port) => {
    const { code, stderr } = await folder.run(['start', `--port=${port}`]);

    expect(code).toBe(2);
    expect(stderr).toContain(
      `--port: "${port}" is not a port. Allowed: 0 (any free one) to 65535\n  usage: tocsin start`,
    );
    expect(existsSync(join(folder.path, '.tocsin'))).toBe(false);
  });
});

describe('start in a folder of its own', () => {
  let folder: CommandFolder;
  beforeAll(() => {
    folder = commandFolder({ 'config/topics/test.yaml': TROOPS_PACK });
  });
  afterAll(() => folder.remove());

  it('--once ends by itself; with --json its summary is all that is on stdout', async () => {
    const { code, stdout, stderr } = await folder.run(['start', '--once', '--no-sample', '--json']);

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      polled: 0,
      failing: 0,
      matched: 0,
      mails: 0,
      heldBack: 0,
      waiting: 0,
      alertsWaiting: 0,
    });
    expect(stderr).toMatch(/^Tocsin watches 0 feeds for 1 topic\./);
    expect(stderr).not.toContain('Sample feed');
  });

  it.each([
    [[], true],
    [['--json'], false],
  ])('shows what matched of the sample feeds in colour on a terminal, but not with %j', async (options, isColoured) => {
    const data = `coloured${options.join('')}`;
    const run = await folder.run(['start', '--once', '--data', data, ...options], { color: true });

    const said = options.includes('--json') ? run.stderr : run.stdout;
    expect(said).toContain('matched  [');
    expect(said.includes('\u001b[1;33m')).toBe(isColoured);
  });

  it('goes on until Ctrl-C, says that it stops, and what it has done', async () => {
    const abort = new AbortController();
    const data = join(folder.path, 'data');
    const run = folder.run(['start', '--port', '0', '--data', 'data', '--no-sample'], { signal: abort.signal });
    await until(async () => (await readRuntime(data)) !== null);
    await until(async () => {
      const { url, token } = (await readRuntime(data))!;
      const response = await fetch(`${url}/v1/machine`, { headers: { authorization: `Bearer ${token}` } });
      return ((await response.json()) as { state: string }).state === 'running';
    });

    abort.abort();
    const { code, stdout } = await run;

    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Tocsin watches 0 feeds for 1 topic\. From config\/: 1 topic new or changed\.\n {2}Console/,
    );
    expect(stdout).toMatch(
      /\n\nStopping: work in progress may finish; Ctrl-C again stops at once\.\nStopped: 0 feeds read, 0 failing, 0 new matches, 0 mails\. To see the matches: tocsin matches\n$/,
    );
    expect(await readRuntime(data)).toBeNull();
  });

  it('is stopped during the start', async () => {
    const reason = new Error('Ctrl-C');
    const unlock = lockFolder(makeData(join(folder.path, 'locked')));

    const run = await folder.run(['start', '--once', '--data', 'locked'], { signal: AbortSignal.abort(reason) });
    unlock();

    expect(run.code).toBe(0);
    expect(run.stdout).toBe('Stopped during the start; the next start continues from here.\n');
  });
});

function makeData(folder: string): string {
  mkdirSync(folder);
  return folder;
}
