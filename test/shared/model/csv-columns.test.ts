// The columns of a thing in CSV.
import * as z from 'zod/mini';
import { csvColumnsOf } from '../../../shared/model/csv-columns.ts';

const schema = z.strictObject({
  schema: z.literal('tocsin.thing.v1'),
  id: z.string(),
  about: z.strictObject({ title: z.string(), at: z.nullable(z.string()) }),
  tags: z.array(z.string()),
  counts: z.array(z.number()),
  parts: z.array(
    z.strictObject({
      text: z.string(),
      cut: z.optional(z.string()),
      ranges: z.array(z.array(z.number())),
      notes: z.array(z.strictObject({ by: z.string() })),
    }),
  ),
  isOld: z.boolean(),
});
const columns = csvColumnsOf(schema);
const rowOf = (change: Partial<z.infer<typeof schema>>) => {
  const value = {
    schema: 'tocsin.thing.v1' as const,
    id: 'a',
    about: { title: 'T', at: null },
    tags: [],
    counts: [],
    parts: [],
    isOld: false,
    ...change,
  };
  return Object.fromEntries(columns.map((column) => [column.name, column.value(value)]));
};

describe('CSV columns', () => {
  it('are the paths of the schema, without what is the same in every row', () => {
    expect(columns.map(({ name }) => name)).toEqual([
      'id',
      'about.title',
      'about.at',
      'tags',
      'counts',
      'parts.text',
      'parts.cut',
      'parts.ranges',
      'parts.notes',
      'isOld',
    ]);
  });

  it('hold texts, numbers and truth values as they are, and nothing for null', () => {
    expect(rowOf({ about: { title: 'x', at: null }, isOld: true })).toMatchObject({
      id: 'a',
      'about.title': 'x',
      'about.at': '',
      isOld: 'true',
    });
  });

  it('hold the values of a list one after the other, and lists in it as JSON', () => {
    const parts = [
      { text: 'one', cut: 'end', ranges: [[1, 2]], notes: [{ by: 'me' }] },
      { text: 'two', ranges: [], notes: [] },
    ];

    expect(rowOf({ tags: ['x', 'y'], counts: [1, 2], parts })).toMatchObject({
      tags: 'x | y',
      counts: '1 | 2',
      'parts.text': 'one | two',
      'parts.cut': 'end | ',
      'parts.ranges': '[[1,2]] | []',
      'parts.notes': '[{"by":"me"}] | []',
    });
  });
});
