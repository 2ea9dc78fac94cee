// What each command's help says of the options that lead to data: exactly what the command takes.
import { type CommandFolder, commandFolder } from '../support/command-line.ts';

let folder: CommandFolder;
beforeAll(() => {
  folder = commandFolder();
});
afterAll(() => folder.remove());

/** The lines of usage of every command, each with the words that call it: `feeds`, `list`. */
async function usageLines(): Promise<readonly { readonly line: string; readonly words: readonly string[] }[]> {
  const overview = (await folder.run(['--help'])).stdout;
  const commands = [...overview.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name = '']) => name);
  const helps = await Promise.all(commands.map(async (name) => (await folder.run([name, '--help'])).stdout));
  return helps.flatMap((help) =>
    [...help.matchAll(/^(?:usage:)? +tocsin ([a-z]+(?: [a-z]+(?= |$))?).*$/gm)].map(([line, words = '']) => ({
      line,
      words: words.split(' '),
    })),
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
