// How arguments are read, and what is said of those that cannot be used.
import { type invalidArguments, oneOf, parseArguments, usageHint } from '../../cli/arguments.ts';

const OPTIONS = {
  title: { type: 'string' },
  'dry-run': { type: 'boolean' },
  topic: { type: 'string', multiple: true },
} as const;
const USAGE = 'tocsin try FILE [--title T] [--dry-run]';

const refusalOf = (args: readonly string[], positionals?: { min: number; max: number }): unknown => {
  try {
    return parseArguments(args, OPTIONS, USAGE, positionals);
  } catch (error) {
    const { code, message, problems } = error as ReturnType<typeof invalidArguments>;
    return [code, message.split('\n')[0], ...problems];
  }
};

describe('arguments', () => {
  it('are the values of options, and the rest in its order', () => {
    const args = ['a', '--title', 'T', '--dry-run', '--topic=x', 'b', '--topic', 'y', '--', '--c'];

    const { values, positionals } = parseArguments(args, OPTIONS, USAGE, { min: 3, max: 3 });

    expect({ ...values }).toEqual({ title: 'T', 'dry-run': true, topic: ['x', 'y'] });
    expect(positionals).toEqual(['a', 'b', '--c']);
  });

  it.each<[string, readonly string[], { min: number; max: number } | undefined, readonly string[]]>([
    ['too few', [], { min: 1, max: 1 }, ['missing argument']],
    ['too few of two', ['a'], { min: 2, max: 2 }, ['missing argument']],
    ['one where none is taken', ['a'], undefined, ['unexpected argument: "a"']],
    ['one too many', ['a', 'b'], { min: 1, max: 1 }, ['unexpected argument: "b"']],
    ['two too many', ['a', 'b', 'c'], { min: 0, max: 1 }, ['unexpected arguments: "b", "c"']],
    ['an unknown option', ['--titel', 'x'], undefined, ['unknown option --titel', 'did you mean --title?']],
    ['an unknown letter', ['-x'], undefined, ['unknown option -x']],
    ['a missing value', ['--title'], undefined, ['--title needs a value']],
    [
      'a value that looks like an option',
      ['--title', '-x'],
      undefined,
      ['--title needs a value; a value that begins with a hyphen is written --title=VALUE'],
    ],
    ['a value that is not taken', ['--dry-run=yes'], undefined, ['--dry-run takes no value']],
  ])('%s are refused with the usage', (_, args, positionals, says) => {
    expect(refusalOf(args, positionals)).toEqual(['invalid_arguments', ...says, `usage: ${USAGE}`]);
  });

  it('may be as many as are allowed, and as few', () => {
    for (const args of [['a'], ['a', 'b']])
      expect(parseArguments(args, {}, USAGE, { min: 1, max: 2 }).positionals).toEqual(args);
    expect(parseArguments([], {}, USAGE).positionals).toEqual([]);
  });
});

it('a usage of several lines is one hint, its lines below each other', () => {
  expect(usageHint('tocsin a')).toBe('usage: tocsin a');
  expect(usageHint(['tocsin a', 'tocsin b'])).toBe('usage: tocsin a\n         tocsin b');
});

describe('a value', () => {
  it('is one of those that are allowed', () => {
    expect(['table', 'csv'].map((given) => oneOf('--format', given, ['table', 'csv']))).toEqual(['table', 'csv']);
  });

  it('that is none of them is refused with all of them, and the nearest', () => {
    expect(() => oneOf('--format', 'tabel', ['table', 'csv'])).toThrow(
      expect.objectContaining({
        code: 'invalid_arguments',
        message: expect.stringMatching(/^--format: "tabel" is not one of table, csv/),
        problems: ['did you mean table?'],
      }),
    );
  });
});
