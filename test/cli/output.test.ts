// Tables, CSV and single lines: aligned for people, safe for terminals and spreadsheets.
import { csv, namedOnce, oneLine, printJson, table } from '../../cli/output.ts';

const columns = [
  { title: 'NAME', value: ([name]: readonly string[]) => name ?? '' },
  { title: 'NOTE', value: ([, note]: readonly string[]) => note ?? '', maxWidth: 6 },
];

describe('a table', () => {
  it('pads each column to its widest value, and leaves no spaces at the end of a line', () => {
    expect(
      table(
        [
          ['a', 'x'],
          ['long one', ''],
        ],
        columns,
      ),
    ).toBe('NAME      NOTE\na         x\nlong one\n');
  });

  it('has no line of titles where there are none', () => {
    expect(table([['a'], ['b']], [{ title: '', value: ([name]) => name ?? '' }])).toBe('a\nb\n');
  });

  it('has a line of titles as soon as one column has a title', () => {
    expect(table([['a', 'b']], [{ title: '', value: ([name]) => name ?? '' }, columns[1]!])).toBe('   NOTE\na  b\n');
  });

  it('cuts longer values with an ellipsis, and none that just fits', () => {
    expect(
      table(
        [
          ['a', '123456'],
          ['b', '1234567'],
        ],
        columns,
      ),
    ).toBe('NAME  NOTE\na     123456\nb     12345…\n');
  });

  it('cuts at 60 characters unless a column says otherwise', () => {
    const [, first = '', second = ''] = table([['x'.repeat(60)], ['y'.repeat(61)]], [columns[0]!]).split('\n');

    expect(first).toBe('x'.repeat(60));
    expect(second).toBe(`${'y'.repeat(59)}…`);
  });

  it('counts two cells for wide characters', () => {
    expect(
      table(
        [
          ['항구', '1'],
          ['abc', '항구항구'],
        ],
        columns,
      ),
    ).toBe('NAME  NOTE\n항구  1\nabc   항구…\n');
  });
});

describe('a line', () => {
  it('has no line ends, control characters or characters that change the direction', () => {
    expect(oneLine('a\r\nb\tc\u2028d')).toBe('a b c d');
    expect(oneLine('a\u001b[2Jb\u202ec\u0000d\u2066e\u009f')).toBe('a\ufffd[2Jb\ufffdc\ufffdd\ufffde\ufffd');
  });

  it('has a name once', () => {
    expect(namedOnce('North', 'slow')).toBe('North: slow');
    expect(namedOnce('North', 'North: slow')).toBe('North: slow');
    expect(namedOnce('North', 'Northern: slow')).toBe('North: Northern: slow');
  });
});

it('JSON is indented, on lines of its own', () => {
  const written: string[] = [];

  printJson({ stdout: (text: string) => written.push(text) } as never, { a: [1] });

  expect(written).toEqual(['{\n  "a": [\n    1\n  ]\n}\n']);
});

describe('a CSV file', () => {
  it('quotes each field and ends lines as RFC 4180 wants it', () => {
    expect(
      csv([
        ['a', 'b "c"'],
        ['1,2', ''],
      ]),
    ).toBe('"a","b ""c"""\r\n"1,2",""\r\n');
  });

  it.each(['=1', '+1', '-1', '@x', '\tx', '\rx', '＝1', '＋1', '－1', '＠x'])(
    'disarms %j, which a spreadsheet would take for a formula',
    (value) => {
      expect(csv([[value]])).toBe(`"'${value}"\r\n`);
    },
  );

  it('leaves a sign inside a text alone', () => {
    expect(csv([['a=1']])).toBe('"a=1"\r\n');
  });
});
