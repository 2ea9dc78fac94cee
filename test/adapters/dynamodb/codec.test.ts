// Records as they follow from a schema and its marks.
import * as z from 'zod/mini';
import { codecOf } from '../../../adapters/dynamodb/codec.ts';
import { fitterOf } from '../../../shared/model/fit.ts';
import { stored } from '../../../shared/model/schema.ts';

const schema = z.strictObject({
  id: z.string(),
  folder: stored(z.string(), { name: 'group', cutTo: 12 }),
  note: stored(z.nullable(z.string()), { leftOutAbove: 5 }),
  link: stored(z.string(), { leftOutAbove: 5 }),
  failure: stored(z.nullable(z.string()), { read: (text) => text.replace('old: ', '') }),
  count: z._default(z.number(), 0),
  isOpen: z.boolean(),
  state: stored(z.strictObject({ step: z.enum(['one', 'two']), hint: z.optional(z.string()) }), { form: 'json' }),
  parts: stored(
    z.array(z.strictObject({ text: z.string(), origin: stored(z.enum(['a', 'b']), { mayBeMissing: true }) })),
    {
      atMost: 2,
    },
  ),
  topics: z.array(z.string()),
  last: z.nullable(z.strictObject({ at: z.string() })),
  spans: z.array(z.tuple([z.number(), z.number()])),
});
const codec = codecOf(schema);
const shorten = fitterOf(schema);
const KEY = { pk: 'THING#1', sk: 'THING' };
const value = {
  id: '1',
  folder: 'Europe',
  note: null,
  link: '',
  failure: 'gone',
  count: 3,
  isOpen: false,
  state: { step: 'one' as const },
  parts: [{ text: 'x', origin: 'a' as const }],
  topics: ['t'],
  last: null,
  spans: [[1, 2]] as [number, number][],
};
const record = { ...KEY, ...codec.encode(value) };

describe('a record made from a schema', () => {
  it('has the names and forms that the marks say, and nothing for what is null', () => {
    expect(codec.encode(value)).toEqual({
      id: '1',
      group: 'Europe',
      link: '',
      failure: 'gone',
      count: 3,
      isOpen: false,
      state: '{"step":"one"}',
      parts: [{ text: 'x', origin: 'a' }],
      topics: ['t'],
      spans: [[1, 2]],
    });
  });

  it('leaves out a default, which is read where it is missing', () => {
    const written = codec.encode({ ...value, count: 0 });

    expect(written).not.toHaveProperty('count');
    expect(codec.decode({ ...KEY, ...written }).count).toBe(0);
  });

  it('is read as it was written, without unknown fields', () => {
    expect(codec.decode({ ...record, of: 'a newer version' })).toStrictEqual(value);
  });

  it('takes a stored null for a missing field', () => {
    expect(codec.decode({ ...record, note: null, last: null })).toStrictEqual(value);
    expect(() => codec.decode({ ...record, id: null })).toThrow('"id" is missing, expected a text');
  });

  it('that an older version wrote is read in its present form', () => {
    expect(codec.decode({ ...record, failure: 'old: gone' }).failure).toBe('gone');
  });

  it('may lack a field whose usual value its codec knows', () => {
    expect(codec.decode({ ...record, parts: [{ text: 'x' }] }).parts).toEqual([{ text: 'x', origin: undefined }]);
    expect(() => codec.decode({ ...record, parts: [{ origin: 'a' }] })).toThrow(
      'field "parts[0]" is damaged: "text" is',
    );
  });

  it.each<[string, object, string]>([
    ['a text for truth', { isOpen: 'no' }, 'THING#1 / THING is damaged: "isOpen" is "no", expected true or false'],
    ['an infinite number', { count: Number.POSITIVE_INFINITY }, '"count" is number Infinity, expected a number'],
    [
      'an unknown name in JSON',
      { state: '{"step":"three"}' },
      'field "state" is damaged: "step" is "three", expected one of one, two',
    ],
    ['JSON of another kind', { state: '[]' }, 'field "state" is damaged: expected a map, got []'],
    [
      'three numbers for two',
      { spans: [[1, 2, 3]] },
      'field "spans[0]" is damaged: got [1,2,3], expected [a number, a number]',
    ],
    ['a text for a list', { topics: 't' }, '"topics" is "t", expected a list of texts'],
    ['a text for a list of maps', { parts: 'x' }, '"parts" is "x", expected a list'],
    [
      'an unknown name deep inside',
      {
        parts: [
          { text: 'x', origin: 'a' },
          { text: 'x', origin: 'c' },
        ],
      },
      'field "parts[1]" is damaged: "origin" is "c"',
    ],
  ])('with %s is refused, with the place', (_name, change, problem) => {
    expect(() => codec.decode({ ...record, ...change })).toThrow(problem);
  });

  it.each<[string, z.core.$ZodType, readonly unknown[], readonly (readonly [unknown, string])[]]>([
    ['a text', z.string(), ['', 'a'], [[7, 'number 7, expected a text']]],
    [
      'a number',
      z.number(),
      [0, -1.5],
      [
        ['7', '"7", expected a number'],
        [Number.NaN, 'number NaN, expected a number'],
      ],
    ],
    ['truth', z.boolean(), [true, false], [[0, 'number 0, expected true or false']]],
    ['a name', z.enum(['one', 'two']), ['one', 'two'], [['three', '"three", expected one of one, two']]],
    [
      'a text of a form',
      z.custom<string>((value) => value !== 'bad'),
      ['good'],
      [
        ['bad', '"bad", expected a text'],
        [7, 'number 7, expected a text'],
      ],
    ],
    [
      'a pair',
      z.tuple([z.string(), z.number()]),
      [['a', 1]],
      [
        [['a'], '["a"], expected [a text, a number]'],
        [[1, 'a'], '[1,"a"], expected [a text, a number]'],
        [['a', 1, 2], '["a",1,2], expected [a text, a number]'],
        ['a', '"a", expected [a text, a number]'],
      ],
    ],
    [
      'a list of texts',
      z.array(z.string()),
      [[], ['a']],
      [
        [['a', 1], '["a",1], expected a list of texts'],
        ['a', '"a", expected a list of texts'],
      ],
    ],
    ['a list of numbers', z.array(z.number()), [[], [1, 2]], [['a', '"a", expected a list']]],
  ])('holds %s, and nothing else', (_what, type, values, others) => {
    const one = codecOf(z.strictObject({ field: type }));

    for (const given of values) {
      expect(one.encode({ field: given } as never)).toEqual({ field: given });
      expect(one.decode({ ...KEY, field: given })).toEqual({ field: given });
    }
    for (const [given, problem] of others) {
      expect(() => one.decode({ ...KEY, field: given })).toThrow(`"field" is ${problem}`);
    }
    for (const given of [null, undefined]) {
      expect(() => one.decode({ ...KEY, field: given })).toThrow('"field" is missing, expected');
    }
  });

  it('holds things in things in things, and names the place of damage by all of them', () => {
    const inner = z.strictObject({ deep: z.array(z.strictObject({ n: z.number() })) });
    const outer = codecOf(z.strictObject({ list: stored(z.array(inner), { name: 'items' }), one: z.nullable(inner) }));
    const thing = { list: [{ deep: [{ n: 1 }, { n: 2 }] }], one: { deep: [] } };

    expect(outer.encode(thing)).toEqual({ items: thing.list, one: thing.one });
    expect(outer.decode({ ...KEY, items: thing.list, one: thing.one })).toEqual(thing);
    expect(() => outer.decode({ ...KEY, items: [{ deep: [{ n: 1 }, { n: '2' }] }] })).toThrow(
      'THING#1 / THING, field "items[0]", field "deep[1]" is damaged: "n" is "2", expected a number',
    );
    expect(() => outer.decode({ ...KEY, items: [7] })).toThrow('field "items[0]" is damaged: expected a map, got');
    expect(() => outer.decode({ ...KEY, items: [], one: { deep: 'x' } })).toThrow(
      'THING#1 / THING, field "one" is damaged: "deep" is "x", expected a list',
    );
  });

  it('may hold JSON of any kind, and damaged JSON is recognised', () => {
    const json = codecOf(
      z.strictObject({
        texts: stored(z.array(z.string()), { form: 'json' }),
        note: stored(z.nullable(z.number()), { form: 'json', name: 'remark' }),
      }),
    );

    expect(json.encode({ texts: ['a'], note: 7 })).toEqual({ texts: '["a"]', remark: '7' });
    expect(json.encode({ texts: [], note: null })).toEqual({ texts: '[]' });
    expect(json.decode({ ...KEY, texts: '["a"]', remark: '7' })).toEqual({ texts: ['a'], note: 7 });
    expect(json.decode({ ...KEY, texts: '[]' })).toEqual({ texts: [], note: null });
    expect(() => json.decode({ ...KEY, texts: '[' })).toThrow('"texts" is "[", expected JSON');
    expect(() => json.decode({ ...KEY, texts: '[1]' })).toThrow('"texts" holds [1], expected a list of texts');
    expect(() => json.decode({ ...KEY, texts: ['a'] })).toThrow('"texts" is ["a"], expected a text');
    expect(() => json.decode({ ...KEY, texts: '[]', remark: '"x"' })).toThrow('"remark" holds "x", expected a number');
  });

  it('leaves out an optional field, and reads none where there is none', () => {
    const optional = codecOf(
      z.strictObject({ hint: z.optional(z.string()), usual: z._default(z.nullable(z.string()), null) }),
    );

    expect(optional.encode({ hint: undefined, usual: null })).toEqual({});
    expect(Object.keys(optional.decode({ ...KEY }))).toEqual(['usual']);
    expect(optional.decode({ ...KEY, hint: 'a', usual: 'b' })).toEqual({ hint: 'a', usual: 'b' });
  });

  it('is a map, and nothing else', () => {
    for (const record of [null, [], 'text']) {
      expect(() => codecOf(z.strictObject({})).decode(record as never)).toThrow();
    }
    expect(codec.decode({ ...record })).toStrictEqual(value);
  });

  it('passes on an error that is none of the record', () => {
    const failing = codecOf(
      z.strictObject({
        when: stored(z.string(), {
          read: () => {
            throw new TypeError('a bug');
          },
        }),
      }),
    );

    expect(() => failing.decode({ ...KEY, when: 'x' })).toThrow(new TypeError('a bug'));
  });

  it('of some fields keeps null, so that an update clears them', () => {
    expect(codec.encodePart({ note: null, folder: 'Asia', count: 0, link: undefined })).toEqual({
      note: null,
      group: 'Asia',
      count: 0,
    });
  });

  it('cannot be made from a kind of field that no record holds', () => {
    expect(() => codecOf(z.strictObject({ at: z.date() }))).toThrow('"date"');
  });
});

describe('what fits a record', () => {
  it('is cut, left out or shortened as the marks say', () => {
    const parts = ['x', 'y', 'z'].map((text) => ({ text, origin: 'b' as const }));

    expect(shorten({ ...value, folder: 'Europe/Balkans', note: 'sixsix', link: 'sixsix', parts })).toEqual({
      ...value,
      folder: 'Europe […]',
      note: null,
      link: '',
      parts: parts.slice(0, 2),
    });
  });

  it('stays as it is at its bound', () => {
    expect(shorten({ ...value, folder: 'Europe/Alps.', note: 'five.', link: 'five.' })).toEqual({
      ...value,
      folder: 'Europe/Alps.',
      note: 'five.',
      link: 'five.',
    });
  });

  it('are the fields that are given and known', () => {
    expect(shorten({ folder: 'Asia', note: undefined, ...{ other: 1 } })).toStrictEqual({ folder: 'Asia' });
  });
});
