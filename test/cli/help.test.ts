// What each command's help says of the options that lead to data: exactly what the command takes.
import { type CommandFolder, commandFolder } from '../support/command-line.ts';

let folder: CommandFolder;
beforeAll(() => {
  folder = commandFolder();
});
afterAll(() => folder.remove());

/** The lines of usage of every command, each with the words that call it: `feeds`, `list`; `stories`, `--jsonl`. */
async function usageLines(): Promise<readonly { readonly line: string; readonly words: readonly string[] }[]> {
  const overview = (await folder.run(['--help'])).stdout;
  const commands = [...overview.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name = '']) => name);
  const helps = await Promise.all(commands.map(async (name) => (await folder.run([name, '--help'])).stdout));
  return helps.flatMap((help) =>
    [...help.matchAll(/^(?:usage:)? +tocsin ([a-z]+(?: (?:[a-z]+(?:-[a-z]+)*|--jsonl)(?= |$))?).*$/gm)].map(
      ([line, words = '']) => ({
        line,
        words: words.split(' '),
      }),
    ),
  );
}

describe('the help of a command', () => {
  it.each(['--data', '--stack'])('names %s where it is taken, and nowhere else', async (option) => {
    const lines = await usageLines();

    const takes = await Promise.all(
      lines.map(async ({ words }) => {
        const { stderr } = await folder.run([...words, option, 'x', '--no-such-option']);
        expect(stderr).toMatch(/unknown option/);
        return stderr.includes('unknown option --no-such-option');
      }),
    );

    expect(lines.length).toBeGreaterThan(20);
    expect(lines.map(({ line }) => `${line.includes(option) || line.includes('[WHERE]')} ${line}`)).toEqual(
      lines.map(({ line }, index) => `${takes[index]} ${line}`),
    );
  });

  it('is shown in part after a mistake: every line of usage of that very command', async () => {
    const synopsis = (line: string): string => line.replace(/^(?:usage:)? +/, '').replace(/ {5,}.*$/, '');
    const silent: string[] = [];
    for (const { line, words } of await usageLines()) {
      const { code, stderr } = await folder.run([...words, '--no-such-option']);
      if (code !== 2 || !stderr.includes('  usage: tocsin ') || !stderr.includes(synopsis(line))) silent.push(line);
    }

    expect(silent).toEqual([]);
  });

  it('names the arguments that it cannot run without', async () => {
    const needed = /^[A-Z]+(?:\|[A-Z]+)*$/;
    const answers = await Promise.all(
      (await usageLines()).flatMap(({ line, words }) => {
        const [first = ''] = line
          .replace(/^(?:usage:)? +/, '')
          .split(' ')
          .slice(1 + words.length);
        return needed.test(first) ? [folder.run(words).then(({ code, stderr }) => ({ line, code, stderr }))] : [];
      }),
    );

    expect(answers.length).toBeGreaterThan(15);
    expect(answers.filter(({ code, stderr }) => code !== 2 || !/^tocsin: (?:missing|name|give)/.test(stderr))).toEqual(
      [],
    );
  });

  it('has a line for each verb', async () => {
    for (const noun of ['feeds', 'topics', 'subscriptions', 'deadletters']) {
      const [, known = ''] = /\n {2}known: (.*)\n/.exec((await folder.run([noun, 'x'])).stderr) ?? [];
      const help = (await folder.run([noun, '--help'])).stdout;

      expect([...help.matchAll(/^(?:usage:)? +tocsin \w+ ([\w-]+) ?/gm)].map(([, verb]) => verb)).toEqual(
        known.split(', '),
      );
    }
  });

  it('says what each command is for', async () => {
    const { stdout } = await folder.run(['help']);
    const rows = [...stdout.matchAll(/^ {2}([a-z]+) {2,}(.*)$/gm)];

    expect(rows).toHaveLength(21);
    for (const [, name = '', summary = ''] of rows) {
      expect(summary.split(' ').length).toBeGreaterThan(1);
      expect((await folder.run([name, '--help'])).stdout).toContain(`\n\n${summary}\n\n`);
    }
  });

  it('says what the options of all commands do', async () => {
    const { stdout } = await folder.run(['feeds', '--help']);

    expect(stdout).toMatch(
      /^ {2}--data DIR {7}the data folder on this machine\. Default: .*TOCSIN_DATA, or \.tocsin$/m,
    );
    expect(stdout).toMatch(
      /^ {2}--stack NAME {5}a deployment on AWS, in --region R or the region of the environment$/m,
    );
    expect(stdout).toMatch(/^ {2}--json {11}machine-readable output$/m);
    expect(stdout).toMatch(/^ {2}--no-color {7}no colours; NO_COLOR=1 does the same$/m);
  });

  it('names only options that the command takes', async () => {
    const wrong: string[] = [];
    for (const { line, words } of await usageLines()) {
      for (const [option] of line.matchAll(/--[a-z][a-z-]{3,}/g)) {
        const { stderr } = await folder.run([...words, `${option}x`]);
        if (!stderr.includes(`did you mean ${option}?`)) wrong.push(`${words.join(' ')} ${option}`);
      }
    }

    expect(wrong).toEqual([]);
  });

  it.each(['deliveries', 'matches', 'stories', 'subscriptions'])(
    'of %s has every line under the first',
    async (name) => {
      const [usage = ''] = (await folder.run([name, '--help'])).stdout.split(/\n\n(?=[a-z])/);

      expect(usage.split('\n').filter((line) => !/^(?:usage: | {7}|$)/.test(line))).toEqual([]);
    },
  );

  it('of subscribe says what its own options and its target are', async () => {
    const help = (await folder.run(['subscribe', '--help'])).stdout;

    expect(help).toMatch(
      /^ +TARGET: the address of the service \(docs\/channels\.md\); - reads it from standard input/m,
    );
    expect(help).toMatch(
      /^ +--chat: of Telegram; --token: of an ntfy server; --test: sends a message marked as a test$/m,
    );
    expect(help).toMatch(/^ +SETTINGS: \[--digest none\|hourly\|daily\|weekly\]/m);
  });

  it.each([
    ['mute', '--for 12h|2d|1w | --until TIME'],
    ['unmute', 'ID|ADDRESS topic|story|source VALUE'],
    ['redeliver', '--failed: all that did not arrive'],
    ['deliveries', '--failing: what needs somebody now'],
    ['outputs', 'an empty value ends a filter'],
    ['topics', '--end-missing: end the topics of missing pack files, however many'],
    ['match', '--id: of a document in a JSON lines file'],
    ['stories', '--since and --until are about the last report of a story'],
    ['suppressions', 'sends mail to it again'],
    ['restore', 'existing data is renamed, not deleted'],
    ['backup', 'also while Tocsin runs'],
  ])('of %s says: %s', async (name, words) => {
    expect((await folder.run([name, '--help'])).stdout).toContain(words);
  });

  it('is that of one verb where one is named', async () => {
    const help = (await folder.run(['feeds', 'add', '--help'])).stdout;

    expect(help.match(/tocsin feeds \w+/g)).toEqual(['tocsin feeds add']);
    expect(help).toMatch(/^ {7}WHERE: \[--data/m);
    expect((await folder.run(['help', 'topics', 'remove'])).stdout.match(/tocsin topics \w+/g)).toEqual([
      'tocsin topics remove',
    ]);
    expect((await folder.run(['matches', 'x', '--help'])).stdout).toMatch(/^usage: tocsin matches /);
  });

  it('is shown for one verb where its arguments cannot be read', async () => {
    const { stderr } = await folder.run(['feeds', 'add']);

    expect(stderr).toMatch(/^tocsin: missing argument\n {2}usage: tocsin feeds add URL/);
    expect(stderr.match(/tocsin feeds \w+/g)).toEqual(['tocsin feeds add']);
    expect((await folder.run(['feeds', 'ad'])).stderr.match(/tocsin feeds \w+/g)?.length).toBeGreaterThan(7);
  });

  it.each([
    [['--since'], '--since needs a value'],
    [['--since', '--bom'], '--since needs a value; a value that begins with a hyphen is written --since=VALUE'],
    [['--bom=x'], '--bom takes no value'],
  ])('is shown with what is wrong with an option: matches %s', async (args, words) => {
    expect((await folder.run(['matches', ...args])).stderr).toContain(`tocsin: ${words}\n  usage: tocsin matches`);
  });

  it('is the same by help COMMAND, and is refused for what is no command', async () => {
    const help = await folder.run(['help', 'feeds']);

    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toBe((await folder.run(['feeds', '--help'])).stdout);
    expect(help.stdout).toMatch(/^usage: tocsin feeds list/);
    expect(help.stdout).toMatch(/^ {2}--data DIR /m);
    expect(await folder.run(['help', 'fedes'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean feeds?'),
    });
  });
});
