// A YAML file whose values know where they stand, so that a problem inside of one is shown under the very characters.
import { itemsOf, pairsOf, textOf, type YamlNode, YamlSource } from '../../../shared/packs/yaml-source.ts';

/** The node under a path of keys. */
const nodeAt = (source: YamlSource, ...keys: readonly string[]): YamlNode =>
  keys.reduce<YamlNode>((node, name) => pairsOf(node).find(({ key }) => key.value === name)?.value, source.root);

/** The problem at these characters of the value, as `line:column` and the text above the carets. */
function placeOf(yaml: string, wanted: string): string {
  const source = new YamlSource(yaml, 'a.yaml');
  const node = nodeAt(source, 'x');
  const value = textOf(node) ?? '';
  const start = value.indexOf(wanted);
  source.reportInside(
    { severity: 'error', code: 'E', message: 'm', start, end: start + wanted.length },
    { value, node },
  );
  const [problem] = source.problems;
  const [line = '', carets = ''] = (problem?.excerpt ?? '').split('\n');
  return `${problem?.line}:${problem?.column} ${line.slice(carets.indexOf('^'), carets.length)}`;
}

describe('characters of a value are shown where they stand', () => {
  it.each([
    ['x: aa bb', 'bb', '1:7 bb'],
    ['x: aa bb', 'aa', '1:4 aa'],
    ['x: aa bb', 'a b', '1:5 a b'],
    ['x: "aa bb"', 'bb', '1:8 bb'],
    ["x: 'aa bb'", 'aa', '1:5 aa'],
    ["x: 'it''s bb'", 'bb', '1:11 bb'],
    ['x: "a\\"b bb"', 'bb', '1:10 bb'],
    ['x: >-\n  aa\n  bb cc', 'bb', '3:3 bb'],
    ['x: >-\n  aa\n  bb cc', 'cc', '3:6 cc'],
    ['x: |\n  aa\n  bb', 'bb', '3:3 bb'],
    ['x: aa\n  bb\n  cc', 'cc', '3:3 cc'],
    ['y: bb\nx: aa bb', 'bb', '2:7 bb'],
    ['x:   aa   bb', 'bb', '1:11 bb'],
    ['x: 10', '10', '1:4 10'],
  ])('in %j: %s', (yaml, wanted, place) => {
    expect(placeOf(yaml, wanted)).toBe(place);
  });

  it('and those of an empty value, or behind a value, at its end', () => {
    const source = new YamlSource('x: ""\ny: aa', 'a.yaml');
    const at = (name: string, start: number, end: number) => {
      const node = nodeAt(source, name);
      source.reportInside(
        { severity: 'warning', code: 'W', message: 'm', start, end, hint: 'h' },
        { value: textOf(node) ?? '', node },
        'one',
      );
      return source.problems.at(-1);
    };

    expect(at('x', 0, 0)).toMatchObject({ line: 1, column: 4, excerpt: 'x: ""\n   ^', topic: 'one', hint: 'h' });
    expect(at('y', 2, 3)).toMatchObject({
      line: 2,
      column: 5,
      excerpt: 'y: aa\n    ^',
      severity: 'warning',
      path: 'a.yaml',
    });
    expect(at('y', 0, 9)).toMatchObject({ line: 2, column: 4, excerpt: 'y: aa\n   ^^' });
    expect(at('y', 1, 0)).toMatchObject({ line: 2, column: 5, excerpt: 'y: aa\n    ^' });
  });

  it('and without a node at the first character of the file', () => {
    const source = new YamlSource('x: aa', 'a.yaml');
    source.report('error', 'E', 'm', null);
    source.report('error', 'E', 'm', nodeAt(source, 'y'));
    source.reportInside({ severity: 'error', code: 'E', message: 'm', start: 0, end: 1 }, { value: 'zz', node: null });

    expect(source.problems.map(({ line, column, excerpt }) => [line, column, excerpt])).toEqual([
      [1, 1, 'x: aa\n^'],
      [1, 1, 'x: aa\n^'],
      [1, 1, 'x: aa\n^'],
    ]);
    expect(source.positionOf(undefined)).toEqual({ line: 1, column: 1 });
    expect(source.positionOf(nodeAt(source, 'x'))).toEqual({ line: 1, column: 4 });
  });
});

describe('what YAML cannot read', () => {
  const SPECIAL =
    "write an expression that begins with a special character below >-, or put all of it in 'single quotes'";
  const OTHER = 'check the quotes, the colons and the indentation (spaces only)';

  it.each([
    ['a: 1\nx: "b" c', 2, SPECIAL],
    ["x: 'b' c", 1, SPECIAL],
    ['x: {b} c', 1, SPECIAL],
    ['x: [b] c', 1, SPECIAL],
    ['x: %b', 1, SPECIAL],
    ['x: @b', 1, SPECIAL],
    ['x: `b', 1, SPECIAL],
    ['- "b" c', 1, SPECIAL],
    ['  -   "b" c', 1, SPECIAL],
    ['a: 1\n"b" c: 2', 2, OTHER],
    ['x: b: c', 1, OTHER],
    ['x:\n\t- b', 2, OTHER],
    ['x: "b" c\ny: d: e\nz: 1', 1, SPECIAL],
  ])('%j is reported in line %i, with how to write it', (yaml, line, hint) => {
    const [first] = new YamlSource(yaml, 'a.yaml').problems;

    expect(first).toMatchObject({ severity: 'error', code: 'E_YAML', line, hint });
    expect(first?.excerpt).toMatch(/\n *\^+$/);
  });

  it('is reported for each line', () => {
    const { problems } = new YamlSource('x: "b" c\ny: d: e\nz: 1', 'a.yaml');

    expect(problems.map(({ line, hint }) => [line, hint])).toEqual([
      [1, SPECIAL],
      [2, OTHER],
    ]);
  });

  it('is marked from its first character to its last', () => {
    const [problem] = new YamlSource('aa: 1\naa: 2\nb: 3\n', 'a.yaml').problems;

    expect([problem?.line, problem?.column, problem?.excerpt]).toEqual([2, 1, 'aa: 2\n^']);
  });

  it('hides what else is said of its line, and the rest is in the order of the file', () => {
    const source = new YamlSource('a: 1\nx: "b" c\ny: 2\n', 'a.yaml');
    source.report('error', 'E_THIRD', 'm', nodeAt(source, 'y'));
    source.report('error', 'E_HIDDEN', 'm', nodeAt(source, 'x'));
    source.report('error', 'E_SECOND', 'm', nodeAt(source, 'a'));
    source.report('error', 'E_FIRST', 'm', pairsOf(source.root)[0]?.key.node);

    expect(source.problemsInOrder().map(({ code }) => code)).toEqual(['E_FIRST', 'E_SECOND', 'E_YAML', 'E_THIRD']);
  });
});

it('what YAML reads with a doubt is a warning', () => {
  const { problems } = new YamlSource('a: 1\nx: !odd b\n', 'a.yaml');

  expect(problems).toEqual([
    expect.objectContaining({
      severity: 'warning',
      code: 'W_YAML',
      line: 2,
      column: 4,
      hint: 'put the value in quotes',
    }),
  ]);
  expect(problems[0]?.excerpt).toBe('x: !odd b\n   ^^^^');
});

describe('the values of a file', () => {
  const source = new YamlSource('a: b\nn: 1.50\nt: true\ne:\ns: ""\nl: [1, x]\nm: { k: v }\n5: five\n', 'a.yaml');

  it('are texts as they were written, or none', () => {
    expect(['a', 'n', 't', 'e', 's', 'l', 'm', 'zz'].map((name) => textOf(nodeAt(source, name)))).toEqual([
      'b',
      '1.50',
      'true',
      undefined,
      '',
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('are lists and mappings, empty where they are none', () => {
    expect(itemsOf(nodeAt(source, 'l')).map(textOf)).toEqual(['1', 'x']);
    expect(itemsOf(nodeAt(source, 'm'))).toEqual([]);
    expect(pairsOf(nodeAt(source, 'l'))).toEqual([]);
    expect(pairsOf(source.root).map(({ key }) => key.value)).toEqual(['a', 'n', 't', 'e', 's', 'l', 'm', '5']);
    expect(pairsOf(new YamlSource('? : x', 'a.yaml').root).map(({ key }) => key.value)).toEqual(['']);
  });
});
