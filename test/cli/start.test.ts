import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { banner, type Started } from '../../cli/start/banner.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { type CommandFolder, commandFolder } from '../support/command-line.ts';
import { TROOPS_PACK } from '../support/tocsin-process.ts';

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

const said = (io: { json: boolean; stdout: boolean; stderr: boolean; config?: string }, started = STARTED): string =>
  banner(started, { feeds: { total: 1 }, topics: 1 }, 'mailto:desk@example.com', {
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
});
