// What `tocsin` does with its own arguments, before any command.
import { withConfigFolder } from '../../cli/command.ts';
import { ConflictError, InvalidInputError, NotFoundError, ServiceUnavailableError } from '../../shared/core/errors.ts';
import { VERSION } from '../../shared/core/version.ts';
import { type CommandFolder, commandFolder } from '../support/command-line.ts';
import { TROOPS_PACK } from '../support/tocsin-process.ts';

let folder: CommandFolder;
beforeAll(() => {
  folder = commandFolder();
});
afterAll(() => folder.remove());

it('prints the overview on stderr with exit code 2 where no command is given', async () => {
  const { code, stdout, stderr } = await folder.run([]);

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^Tocsin \d.*\n\nusage: tocsin COMMAND/);
});

it.each([['help'], ['--help'], ['-h']])('prints the overview on stdout with exit code 0 for %s', async (...args) => {
  const { code, stdout, stderr } = await folder.run(args);

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(
    /^ {2}subscriptions {2}list subscriptions; show or change what a subscriber receives, and when$/m,
  );
  expect(stdout).toContain('Exit codes: 0 done, 1 failed, 2 wrong input.');
});

it('prints its version', async () => {
  expect(await folder.run(['--version'])).toMatchObject({ code: 0, stdout: `${VERSION}\n`, stderr: '' });
});

it.each([
  ['feds', 'unknown command "feds"\n  did you mean feeds?\n  known: start, feeds, topics'],
  ['constructor', 'unknown command "constructor"\n  known: start'],
  ['a\u001b[2J', 'unknown command "a\ufffd[2J"'],
])('refuses %j with exit code 2', async (name, says) => {
  const { code, stdout, stderr } = await folder.run([name]);

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(`tocsin: ${says}`);
});

it('refuses a missing verb with the verbs it knows', async () => {
  const { code, stderr } = await folder.run(['deadletters', '--data', 'x']);

  expect(code).toBe(2);
  expect(stderr).toMatch(/^tocsin: tocsin deadletters needs a verb\n {2}known: list, redrive, drop\n {2}usage: tocsin/);
  expect(stderr).not.toContain('did you mean');
});

it('takes --json and --no-color anywhere', async () => {
  const { code, stderr } = await folder.run(['--json', 'matches', '--no-color', '--lmit', '3']);

  expect(code).toBe(2);
  expect(JSON.parse(stderr)).toMatchObject({ code: 'invalid_arguments', message: 'unknown option --lmit' });
  expect(JSON.parse(stderr).problems[0]).toBe('did you mean --limit?');
});

it('names the file of the configuration in use in messages of the product', async () => {
  folder.write('elsewhere/tocsin.yaml', 'contcat: me@example.org\n');

  const { code, stderr } = await folder.run(['topics', 'check'], { env: { TOCSIN_CONFIG: 'elsewhere' } });
  const unset = await folder.run(['topics', 'check', '--json'], { env: { TOCSIN_CONFIG: '' } });

  expect(code).toBe(2);
  expect(stderr).toMatch(/^tocsin: the settings cannot be used \(elsewhere\/tocsin\.yaml\)\n.*contact/);
  expect(unset.stderr).toContain('config/topics');
});

it.each([
  ['see config/tocsin.yaml, config/topics', 'see /etc/t/tocsin.yaml, /etc/t/topics'],
  ['/srv/config/topics and my-config/feeds.opml stay', '/srv/config/topics and my-config/feeds.opml stay'],
  ['config/other and config/topics2 stay', 'config/other and config/topics2 stay'],
])('rewords %j for another folder', (message, expected) => {
  expect(withConfigFolder(message, '/etc/t')).toBe(expected);
});

it.each([
  [['feeds', '--help'], /^usage: tocsin feeds list .*\n {7}tocsin feeds add /],
  [['feeds', '-h'], /^usage: tocsin feeds list .*\n {7}tocsin feeds add /],
  [['help', 'feeds'], /^usage: tocsin feeds list .*\n {7}tocsin feeds add /],
  [['help', 'feeds', 'add'], /^usage: tocsin feeds add [^\n]*\n {7}WHERE: /],
  [['feeds', 'add', '--help'], /^usage: tocsin feeds add [^\n]*\n {7}WHERE: /],
  [['--help', 'feeds', 'constructor'], /^usage: tocsin feeds list .*\n {7}tocsin feeds add /],
  [['help', 'restore'], /^usage: tocsin restore FILE .*\n\nrestore a backup/],
])('%j prints the usage on stdout', async (args, usage) => {
  const { code, stdout, stderr } = await folder.run(args);

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(usage);
});

it.each([
  [['feeds', '--data', 'nowhere'], 'there is no data in'],
  [['feeds'], 'there is no data in'],
  [['feeds', 'list', '--data', 'nowhere'], 'there is no data in'],
  [['feeds', 'lits'], 'unknown command "tocsin feeds lits"\n  did you mean list?\n  known: list, add'],
])('%j runs the verb that is given, or else the usual one', async (args, says) => {
  expect((await folder.run(args)).stderr).toContain(`tocsin: ${says}`);
});

it('writes in colour on a terminal, unless that is not wanted', async () => {
  folder.write('config/topics/troops.yaml', TROOPS_PACK);
  const match = async (args: readonly string[], color: boolean): Promise<boolean> =>
    (
      await folder.run(['match', '-', ...args], { stdin: ['Troops were deployed to the border on Monday.'], color })
    ).stdout.includes('\u001b[1m');

  expect([await match([], true), await match(['--no-color'], true), await match([], false)]).toEqual([
    true,
    false,
    false,
  ]);
});

describe('an error ends the command', () => {
  const failWith = (error: unknown, args: readonly string[] = [], signal?: AbortSignal) => {
    const stdin: Iterable<string> = {
      [Symbol.iterator]: () => {
        throw error;
      },
    };
    return folder.run(['stories', '--jsonl', '-', ...args], {
      stdin,
      ...(signal === undefined ? {} : { signal }),
    });
  };

  it.each([
    [
      new InvalidInputError('not_found', 'no file\u001b', ['  ^ here\u001b', 'or there']),
      2,
      'no file\ufffd\n    ^ here\ufffd\n  or there',
    ],
    [new NotFoundError('the feed'), 2, 'the feed does not exist'],
    [new ServiceUnavailableError('busy'), 1, 'busy'],
    [new ConflictError('changed'), 1, 'changed'],
    ['a text', 1, 'a text'],
  ])('with its words and its exit code: %s', async (error, code, words) => {
    expect(await failWith(error)).toMatchObject({
      code,
      stdout: '',
      stderr: expect.stringContaining(`tocsin: ${words}`),
    });
    expect((await failWith(error)).stderr.trimEnd().split('\n')).toHaveLength(words.split('\n').length);
  });

  it('with its stack where it is not one of Tocsin', async () => {
    const { code, stderr } = await failWith(new RangeError('a surprise'));

    expect(code).toBe(1);
    expect(stderr).toMatch(/^tocsin: RangeError: a surprise\n +at /);
  });

  it('as data with --json', async () => {
    const { stderr } = await failWith(new InvalidInputError('not_found', 'see config/feeds.opml', ['it is empty']), [
      '--json',
    ]);

    expect(JSON.parse(stderr)).toEqual({
      code: 'not_found',
      message: 'see config/feeds.opml',
      problems: ['it is empty'],
    });
  });

  it('without a word where the user has ended it, but with one where something else failed meanwhile', async () => {
    const reason = new Error('Ctrl-C');

    expect(await failWith(reason, [], AbortSignal.abort(reason))).toEqual(
      expect.objectContaining({ code: 1, stdout: '', stderr: '' }),
    );
    expect((await failWith(new Error('disk'), [], AbortSignal.abort(reason))).stderr).toContain('disk');
    expect((await failWith(reason)).stderr).toContain('Ctrl-C');
  });
});

it('names every unexpected argument', async () => {
  expect((await folder.run(['doctor', 'a', 'b'])).stderr).toMatch(
    /^tocsin: unexpected arguments: "a", "b"\n {2}usage: tocsin doctor/,
  );
});
