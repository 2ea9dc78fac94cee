// What `tocsin` does with its own arguments, before any command.
import { withConfigFolder } from '../../cli/command.ts';
import { VERSION } from '../../shared/core/version.ts';
import { type CommandFolder, commandFolder } from '../support/command-line.ts';

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
  expect(stdout).toMatch(/^ {2}subscriptions {2}list subscriptions$/m);
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

it('names every unexpected argument', async () => {
  expect((await folder.run(['doctor', 'a', 'b'])).stderr).toMatch(
    /^tocsin: unexpected arguments: "a", "b"\n {2}usage: tocsin doctor/,
  );
});
