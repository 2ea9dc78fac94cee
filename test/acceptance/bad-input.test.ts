// What a user can get wrong on one machine: a message that says what, where and what to do, the right exit code, and nothing else lost.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { makeWorkplace, TROOPS_PACK, type Workplace } from '../support/tocsin-process.ts';

let place: Workplace;

beforeEach(() => {
  place = makeWorkplace();
});
afterEach(() => place.remove());

const startOnce = () => place.run('start', '--once');

describe('files that cannot be used', () => {
  it.each([
    ['settings that are not YAML', 'config/tocsin.yaml', 'poll: [\n', /config\/tocsin\.yaml:\d+:\d+ is not YAML/],
    [
      'an unknown setting',
      'config/tocsin.yaml',
      'pol:\n  everyMinutes: 5\n',
      /pol: unknown setting.*Did you mean poll\?/,
    ],
    [
      'a value out of range',
      'config/tocsin.yaml',
      'poll:\n  everyMinutes: 0\n',
      /poll\.everyMinutes: got 0\. Allowed: a whole number of minutes/,
    ],
    ['a topic with an error', 'config/topics/test.yaml', TROOPS_PACK.replace('NEAR/8', 'NEAR'), /test\.yaml:\d+:\d+/],
    ['a pack that is not YAML', 'config/topics/test.yaml', 'topics: [', /test\.yaml:\d+/],
    ['feeds that are no OPML', 'config/feeds.opml', 'https://example.org/feed', /feeds\.opml:1: /],
  ])('%s stop the start with exit code 2 before anything is touched', async (_what, file, text, message) => {
    place.write(file, text);

    const { code, stderr } = await startOnce();

    expect(stderr).toMatch(message);
    expect(code).toBe(2);
    expect(existsSync(join(place.folder, '.tocsin'))).toBe(false);
  });

  it('tells of all problems of all files together', async () => {
    place.write('config/tocsin.yaml', 'pol: {}\nmail:\n  timeZone: Mars\n');

    const { stderr } = await startOnce();

    expect(stderr).toContain('pol: unknown setting');
    expect(stderr).toContain('mail.timeZone: got "Mars"');
  });

  it('one bad row of the feeds is told with its line, and the others are followed', async () => {
    place.write(
      'config/feeds.opml',
      '<opml version="2.0"><head/><body>\n<outline type="rss" text="Good" xmlUrl="http://127.0.0.1:9/feed"/>\n<outline type="rss" text="Bad" xmlUrl="ftp://example.org/feed"/>\n</body></opml>',
    );

    const { code, stderr, stdout } = await startOnce();

    expect(stderr).toMatch(/left out: .*feeds\.opml:3: /);
    expect(stdout).toContain('watches 3 feeds');
    expect(code).toBe(0);
  }, 60_000);
});

describe('a data folder', () => {
  it('that is corrupt is named with the command that moves it aside, and is left as it is', async () => {
    await startOnce();
    const file = join(place.folder, '.tocsin', 'tocsin.sqlite');
    writeFileSync(file, 'this is no database'.repeat(1000));

    const { code, stderr } = await startOnce();

    expect(stderr).toContain('tocsin.sqlite cannot be used: file is not a database');
    expect(stderr).toMatch(/mv .*tocsin\.sqlite .*tocsin\.sqlite\.broken/);
    expect(code).toBe(2);
    expect(readFileSync(file, 'utf8')).toContain('this is no database');
  }, 60_000);

  it('whose queues are corrupt is named too', async () => {
    await startOnce();
    writeFileSync(join(place.folder, '.tocsin', 'queues.sqlite'), 'this is no database'.repeat(1000));

    const { code, stderr } = await startOnce();

    expect(stderr).toMatch(/queues\.sqlite cannot be used: file is not a database/);
    expect(code).toBe(2);
  }, 60_000);

  it('that another instance uses is refused, and the other goes on', async () => {
    const running = place.start();
    await running.untilSaid(/Ctrl-C stops/);

    const { code, stderr } = await startOnce();

    expect(stderr).toMatch(/is used by another Tocsin \(process \d+\)/);
    expect(code).toBe(2);
    expect(await running.stop()).toBe(0);
  }, 60_000);

  it('that is not there yet is no place to ask questions', async () => {
    const { code, stderr } = await place.run('matches');

    expect(stderr).toContain('start Tocsin once: npm start');
    expect(code).toBe(2);
  });
});

describe('a port', () => {
  it('in use is told with another to take', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;

    const { code, stderr } = await place.run('start', '--port', String(port));
    await new Promise((resolve) => server.close(resolve));

    expect(stderr).toContain(`port ${port} is in use`);
    expect(stderr).toContain(`--port ${port + 1}`);
    expect(code).toBe(2);
  }, 60_000);
});

describe('arguments', () => {
  it.each([
    [['mathces'], /unknown command "mathces"\n {2}did you mean matches\?/],
    [['start', '--onec'], /unknown option --onec\n {2}did you mean --once\?/],
    [['start', '--port', 'http'], /--port: "http" is not a port/],
    [['feeds', 'lsit'], /unknown command "tocsin feeds lsit"\n {2}did you mean list\?/],
    [['topics', 'chekc'], /did you mean check\?/],
    [['doctor', 'extra'], /unexpected argument: "extra"/],
    [['subscribe', 'email'], /usage: tocsin subscribe/],
  ])('%j are refused with the nearest that is known', async (args, message) => {
    const { code, stderr, stdout } = await place.run(...args);

    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('--help tells the usage of every command', async () => {
    const { stdout } = await place.run('--help');
    const names = [...stdout.matchAll(/^ {2}(\w+) {2,}/gm)].map(([, name = '']) => name);

    const helps = await Promise.all(names.map((name) => place.run(name, '--help')));

    expect(names.length).toBeGreaterThanOrEqual(9);
    for (const [index, help] of helps.entries()) {
      expect(help.stdout).toMatch(new RegExp(`^usage: tocsin ${names[index]}`));
      expect(help.code).toBe(0);
    }
  }, 60_000);
});
