// JSON that its publisher broke.
import { parseBrokenJson } from '../../../../shared/feeds/reading/parse-json.ts';

describe('an object', () => {
  it.each<[what: string, text: string, value: unknown, repaired: boolean]>([
    ['that is whole', '{"a":[1]}', { a: [1] }, false],
    ['behind white space', ' \n{"a":1}', { a: 1 }, false],
    ['behind words', 'while(1);{"a":1}', { a: 1 }, true],
    ['in a call', 'feed({"a":{"b":1}});', { a: { b: 1 } }, true],
    ['with a comma too many', '{"a":[1, ],"b":2 , }', { a: [1], b: 2 }, true],
    ['with a comma in a text', '{"a":",}","b":[1,]}', { a: ',}', b: [1] }, true],
    ['with brackets in a text', '{"a":"]}","b":[1,]}', { a: ']}', b: [1] }, true],
    ['with quotes in a text', '{"a":"\\"}\\\\","b":[1,]}', { a: '"}\\', b: [1] }, true],
    ['with raw line breaks, tabs and other signs in a text', '{"a":"x\ny\tz\u0001\r"}', { a: 'x\ny\tz' }, true],
    ['that is cut off within an item', '{"i":[{"a":1},{"b":[2]},{"c":', { i: [{ a: 1 }, { b: [2] }] }, true],
    ['that is cut off within a text', '{"i":[{"a":1},{"b":"x', { i: [{ a: 1 }] }, true],
    ['that is cut off behind an escape', '{"i":[{"a":1},{"b":"x\\', { i: [{ a: 1 }] }, true],
    ['that is cut off, its items in an object', '{"i":{"x":{"a":1},"y":{"b":', { i: { x: { a: 1 } } }, true],
    ['that is cut off, and was broken before', '{"i":[{"a":"\n"},{"b":1,},{"c"', { i: [{ a: '\n' }, { b: 1 }] }, true],
  ])('%s is read', (_what, text, value, repaired) => {
    expect(parseBrokenJson(text)).toEqual({ value, repaired });
  });

  it.each(['', 'words', '[1]', '{', '{"a":1', '{"i":[{"a":1', '{a:1}', '{"a":"x'])('is not found in %j', (text) => {
    expect(parseBrokenJson(text)).toBeUndefined();
  });

  it('may nest a hundred deep where it is broken', () => {
    const nested = (depth: number) => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)},}`;

    expect(parseBrokenJson(nested(100))?.repaired).toBe(true);
    expect(parseBrokenJson(nested(101))).toBeUndefined();
  });
});
