// What stands under config/, read whole: what is used, and everything that is wrong with it at once.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readConfiguration, readSettings } from '../../../adapters/files/read-configuration.ts';
import { unreadable } from '../../../adapters/files/unreadable.ts';
import { compileConfiguration } from '../../../infra/compile-configuration.ts';
import type { InvalidInputError } from '../../../shared/core/errors.ts';
import { defaultSettings } from '../../../shared/model/settings.ts';
import { TROOPS_PACK } from '../../support/tocsin-process.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
const opml = (...rows: readonly string[]): string => `<opml version="2.0"><body>${rows.join('\n')}</body></opml>`;
const GOOD = '<outline text="Good" xmlUrl="https://news.example.org/feed"/>';
const BAD = '<outline text="Bad" xmlUrl="ftp://news.example.org/"/>';
const failureOf = (work: Promise<unknown>): Promise<InvalidInputError> =>
  work.then(
    () => {
      throw new Error('it was taken');
    },
    (error: InvalidInputError) => error,
  );

describe('the settings', () => {
  it('are the defaults where there is no file, or an empty one', async () => {
    const without = await readSettings(folder, {});
    write('tocsin.yaml', '');

    expect([without, await readSettings(folder, {})]).toEqual([defaultSettings, defaultSettings]);
  });

  it('are those of the file, with the hosts of the environment', async () => {
    write('tocsin.yaml', 'poll:\n  everyMinutes: 10\n');
    const env = { TOCSIN_ALLOW_HOSTS: '127.0.0.1:8080', TOCSIN_SMTP_URL: 'smtp://mail.example.org' };

    const settings = await readSettings(folder, env);

    expect(settings.poll.everyMinutes).toBe(10);
    expect(settings.fetch.allowHosts).toEqual(['127.0.0.1:8080']);
  });

  it('that are no YAML are refused with their place', async () => {
    write('tocsin.yaml', 'poll:\n  a: [1');

    const failure = await failureOf(readSettings(folder, {}));

    expect(failure.code).toBe('invalid_settings');
    expect(failure.message).toMatch(/tocsin\.yaml:2:\d+ is not YAML: /);
    expect(failure.message).not.toContain('\n');
    expect(failure.problems).toEqual([]);
    expect(failure.cause).toBeInstanceOf(Object);
  });

  it.each([
    ['fetch:\n  allowHosts: [*.example.org]\n', '(the anchor must be set before the alias): .example.org'],
    [`a: &a [x]\nb: &b [${'*a,'.repeat(200)}]\nc: [${'*b,'.repeat(200)}]\n`, 'Excessive alias count'],
  ])('whose aliases lead nowhere, or to too much, are refused with the cure: %#', async (text, words) => {
    write('tocsin.yaml', text);

    const failure = await failureOf(readSettings(folder, {}));

    expect(failure.code).toBe('invalid_settings');
    expect(failure.message).toMatch(/tocsin\.yaml is not YAML: /);
    expect(failure.message).toContain(words);
    expect(failure.problems).toEqual(['a value that begins with * must stand in quotes: "*.example.org"']);
  });

  it('that cannot be read are named', async () => {
    mkdirSync(join(folder, 'tocsin.yaml'));

    await expect(readSettings(folder, {})).rejects.toMatchObject({
      code: 'unreadable_file',
      message: `${join(folder, 'tocsin.yaml')} cannot be read: it is a folder, not a file`,
    });
  });
});

describe('the feeds and the topics', () => {
  beforeEach(() => write('topics/troops.yaml', TROOPS_PACK));

  it('are none where there is no list of feeds', async () => {
    const { configuration, badRows } = await readConfiguration(folder);

    expect([configuration.feeds, badRows]).toEqual([[], []]);
    expect(configuration.topics.map(({ id }) => id)).toEqual(['troop-deployment']);
  });

  it('stand, although rows of the list cannot be used', async () => {
    write('feeds.opml', opml(GOOD, BAD));

    const { configuration, badRows } = await readConfiguration(folder);

    expect(configuration.feeds.map(({ url }) => url)).toEqual(['https://news.example.org/feed']);
    expect(badRows).toEqual([expect.stringMatching(/feeds\.opml:2: ./)]);
    await expect(compileConfiguration(folder, defaultSettings)).rejects.toMatchObject({
      code: 'invalid_configuration',
      message: expect.stringContaining(`${folder} cannot be deployed`),
      problems: badRows,
    });
  });

  it('are refused where no row can be used', async () => {
    write('feeds.opml', opml(BAD));

    const failure = await failureOf(readConfiguration(folder));

    expect(failure).toMatchObject({
      code: 'invalid_configuration',
      problems: [expect.stringMatching(/feeds\.opml:1: ./)],
    });
    expect(failure.message).toContain(`the files in ${folder} cannot be used; nothing was changed`);
  });

  it('are compiled for a deploy as they are read', async () => {
    write('feeds.opml', opml(GOOD));

    expect(JSON.parse(await compileConfiguration(folder, defaultSettings))).toEqual(
      JSON.parse(JSON.stringify((await readConfiguration(folder)).configuration)),
    );
  });

  it('come from every pack, in the order of the files; other files are not read', async () => {
    const pack = (topic: string, id: string) => TROOPS_PACK.replace('troop-deployment', topic).replace('test-pack', id);
    write('topics/b.yml', pack('second', 'a-pack'));
    write('topics/a.yaml', pack('first', 'z-pack'));
    write('topics/notes.yaml.txt', 'not: [read');
    write('topics/yaml', 'not: [read');

    const { configuration } = await readConfiguration(folder);

    expect(configuration.topics.map(({ id }) => id)).toEqual(['first', 'second', 'troop-deployment']);
    expect(configuration.packs).toEqual(['a-pack', 'test-pack', 'z-pack']);
  });

  it('are judged by the usual limits, and problems of all files are told at once', async () => {
    write('feeds.opml', opml(BAD));
    write('topics/broken.yaml', TROOPS_PACK.replace('severity: high', 'severity: loud'));

    const { problems } = await failureOf(readConfiguration(folder));

    expect(problems.some((problem) => problem.includes('feeds.opml:1'))).toBe(true);
    expect(problems.some((problem) => problem.includes('loud'))).toBe(true);
  });

  it('are missed where their folder is missing, with what to do', async () => {
    rmSync(join(folder, 'topics'), { recursive: true });

    await expect(readConfiguration(folder)).rejects.toMatchObject({
      code: 'unreadable_file',
      message: expect.stringContaining(`${join(folder, 'topics')} cannot be read: there is no such file or folder`),
      problems: ['restore the folder, or name another configuration: TOCSIN_CONFIG=DIR'],
    });
  });
});

it.each([
  ['EACCES', 'this user may not read it'],
  ['EPERM', 'this user may not read it'],
  ['ELOOP', 'its symbolic links go round in a circle'],
  ['EODD', 'as the system says'],
])('a file that cannot be read for %s: %s', (code, reason) => {
  const cause = Object.assign(new Error('as the system says'), { code });

  expect(unreadable('a', cause)).toMatchObject({ message: `a cannot be read: ${reason}`, problems: [], cause });
});
