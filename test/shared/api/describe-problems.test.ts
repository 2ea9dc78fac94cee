// What a schema found, in words.
import * as z from 'zod/mini';
import { describeProblems, problemAt } from '../../../shared/api/describe-problems.ts';
import { mustBeFeedUrls } from '../../../shared/api/feed-url.ts';
import { RequestError } from '../../../shared/api/problem.ts';

const x = (length: number): string => 'x'.repeat(length);
describe('a problem of the input', () => {
  const found = (schema: z.ZodMiniType, value: unknown, part: 'query' | 'body' = 'body') =>
    describeProblems(schema.safeParse(value).error!.issues, schema, value, part).problems.map(({ detail }) => detail);
  const field = (schema: z.ZodMiniType, value: unknown): string => {
    const [detail = ''] = found(z.strictObject({ f: schema }), { f: value });
    return detail;
  };

  it.each<[string, z.ZodMiniType, unknown, string]>([
    ['text', z.string(), 5, 'f: got 5; expected text'],
    ['a whole number', z.int(), 1.5, 'f: got 1.5; expected a whole number'],
    ['a number', z.number(), 'x', 'f: got "x"; expected a number'],
    ['truth', z.boolean(), 'yes', 'f: got "yes"; expected true or false'],
    ['a list', z.array(z.string()), {}, 'f: got an object; expected a list'],
    ['an object', z.strictObject({}), [], 'f: got a list of 0; expected an object'],
    ['a map', z.record(z.string(), z.string()), 5, 'f: got 5; expected an object'],
    ['null', z.null(), 5, 'f: got 5; expected null'],
    ['a kind without words of ours', z.bigint(), 5, 'f: got 5; expected bigint'],
    ['one of a few', z.enum(['a', 'b']), 'zzzz', 'f: got "zzzz"; expected one of a, b'],
    [
      'one of a few, misspelt',
      z.enum(['alpha', 'beta']),
      'alpa',
      'f: got "alpa"; expected one of alpha, beta. Did you mean "alpha"?',
    ],
    ['one of a few, of another kind', z.enum(['alpha']), 5, 'f: got 5; expected one of alpha'],
    ['a number of at least two', z.number().check(z.gte(2)), 1, 'f: got 1; expected at least 2'],
    ['a number of at most two', z.number().check(z.lte(2)), 3, 'f: got 3; expected at most 2'],
    ['one character', z.string().check(z.minLength(1)), '', 'f: is empty; expected at least 1 character'],
    ['two characters', z.string().check(z.minLength(2)), 'a', 'f: got "a"; expected at least 2 characters'],
    ['at most one character', z.string().check(z.maxLength(1)), 'ab', 'f: got "ab"; expected at most 1 character'],
    ['one entry', z.array(z.int()).check(z.minLength(1)), [], 'f: got a list of 0; expected at least 1 entry'],
    [
      'two entries',
      z.array(z.int()).check(z.maxLength(2)),
      [1, 2, 3],
      'f: got a list of 3; expected at most 2 entries',
    ],
    [
      'either',
      z.union([z.string(), z.int(), z.array(z.string())]),
      true,
      'f: got true; expected text or a number or a list',
    ],
    ['either, said once', z.union([z.array(z.string()), z.array(z.int())]), true, 'f: got true; expected a list'],
    ['what a schema says', z.string('expected a name of a day'), 5, 'f: got 5; expected a name of a day'],
    ['what a rule says', z.string().check(z.refine(() => false, 'a day')), 'x', 'f: got "x"; expected a day'],
    ['a rule that says nothing', z.string().check(z.refine(() => false)), 'x', 'f: got "x"; expected another value'],
    ['what is there', z.string(), undefined, 'f: is missing; expected text'],
  ])('says that %s was expected', (_name, schema, value, detail) => {
    expect(field(schema, value)).toBe(detail);
  });

  it('names what is allowed where it stands, through what may be absent or null, and in lists and maps', () => {
    const inner = z.strictObject({ alpha: z.optional(z.string()) });
    const schema = z.strictObject({
      one: z.optional(z.nullable(inner)),
      list: z.optional(z.array(inner)),
      map: z.optional(z.record(z.string(), inner)),
    });
    const alpa = { alpa: 1 };
    const unknown = 'unknown field; known: alpha. Did you mean "alpha"?';

    expect(found(schema, { one: alpa, list: [{}, alpa], map: { k: alpa } })).toEqual([
      `list[1].alpa: ${unknown}`,
      `map.k.alpa: ${unknown}`,
      `one.alpa: ${unknown}`,
    ]);
    expect(found(z.strictObject({}), { a: 1 })).toEqual(['a: unknown field; none is allowed here']);
    expect(found(z.strictObject({}), { a: 1 }, 'query')).toEqual(['a: unknown parameter; none is allowed here']);
  });

  it('names twenty of those that are allowed', () => {
    const known = (count: number) =>
      z.strictObject(
        Object.fromEntries(Array.from({ length: count }, (_, at) => [`known${at}`, z.optional(z.string())])),
      );

    expect(found(known(20), { Q: 1 })[0]).toMatch(/known18, known19\.$/);
    expect(found(known(21), { Q: 1 })[0]).toMatch(/known18, known19 and 1 more\.$/);
  });

  it('comes in the order of the places: entries by number, names by letter', () => {
    const paths = [['b', 10], ['b', 9], ['a', 'z'], ['a'], ['b', 9, 'x'], ['B']];
    const issues = paths.map((path) => ({ code: 'custom', path, message: 'x' })) as never;

    expect(describeProblems(issues, z.unknown() as never, {}, 'body').problems.map(({ pointer }) => pointer)).toEqual([
      '#/B',
      '#/a/z',
      '#/a',
      '#/b/9',
      '#/b/9/x',
      '#/b/10',
    ]);
  });

  it.each([
    [[], 'body: x', '#'],
    [['a'], 'a: x', '#/a'],
    [['a', 'b', 3, 'c'], 'a.b[3].c: x', '#/a/b/3/c'],
    [[3], 'body[3]: x', '#/3'],
    [['a-b_C9'], 'a-b_C9: x', '#/a-b_C9'],
    [['a b'], '"a b": x', '#/a%20b'],
    [['a', ''], 'a."": x', '#/a/'],
    [[x(64)], `${x(64)}: x`, `#/${x(64)}`],
    [[x(65)], `"${x(60)}…" (65 characters): x`, `#/${x(65)}`],
    [['~/%'], '"~/%": x', '#/~0~1%25'],
    [['\ud800'], '"\\ud800": x', '#/%EF%BF%BD'],
  ])('at %j is placed in words and as a pointer', (path, detail, pointer) => {
    expect(problemAt('body', path, 'x')).toEqual({ detail, pointer });
  });

  it('of a query is placed by the name of the parameter', () => {
    expect(problemAt('query', ['limit'], 'x')).toEqual({ detail: 'limit: x', parameter: 'limit' });
  });

  it('is listed up to the fiftieth, and counted beyond', () => {
    const issues = Array.from({ length: 51 }, (_, at) => ({ code: 'custom', path: [at], message: 'x' })) as never;
    const { count, problems } = describeProblems(issues, z.unknown() as never, [], 'body');

    expect([count, problems.length, problems[0]?.pointer, problems[49]?.pointer]).toEqual([51, 50, '#/0', '#/49']);
  });
});

describe('addresses of feeds', () => {
  it('are refused together, each at its place', () => {
    const at = (written: string, index: number) => ({ written, path: ['feeds', index, 'url'] });

    expect(() => mustBeFeedUrls([at('https://a.example/', 0), at('news.example.org/feed', 1)])).toThrow(RequestError);
    expect(() => mustBeFeedUrls([at('https://a.example/', 0)])).not.toThrow();
    expect(() => mustBeFeedUrls([at('ftp://a.example/', 0), at('', 1)])).toThrow(
      expect.objectContaining({
        code: 'invalid_feed_url',
        message: 'nothing was added',
        problems: [
          {
            detail: 'feeds[0].url: got "ftp://a.example/", which is not an http or https address',
            pointer: '#/feeds/0/url',
          },
          { detail: 'feeds[1].url: got "", which is not an http or https address', pointer: '#/feeds/1/url' },
        ],
      }),
    );
  });
});
