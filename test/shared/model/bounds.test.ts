// What the shapes of the model take and refuse, at their edges.
import * as z from 'zod/mini';
import { badCursor, pageSchemaOf } from '../../../shared/model/page.ts';
import { checkTopicCount, MOST_TOPICS } from '../../../shared/model/subscription-topics.ts';
import { topicSchema } from '../../../shared/model/topic-schema.ts';
import { summaryOf } from '../../../shared/model/topic-summary.ts';
import { aTopic, START } from '../../support/builders.ts';

const problemsOf = (schema: z.ZodMiniType, value: unknown): readonly string[] => {
  const { error } = schema.safeParse(value);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
};

describe('a topic', () => {
  it.each([
    ['an id of one letter', { id: 'a' }],
    ['an id that begins with a digit', { id: '7-dwarfs' }],
    ['an id of 64 characters', { id: `a${'-'.repeat(63)}` }],
    ['a version of 64 characters', { version: 'x'.repeat(64) }],
    ['a pack of 64 characters', { pack: 'x'.repeat(64) }],
    ['a title of 200 characters', { title: 'x'.repeat(200) }],
    ['a title of one', { title: 'x' }],
    ['a description of 2000 characters', { description: 'x'.repeat(2_000) }],
    ['no description', { description: '' }],
    ['one code and several', { codes: { cameo: '19', iptc: ['16', '17'] } }],
  ])('may have %s', (_name, change) => {
    expect(problemsOf(topicSchema, aTopic(change))).toEqual([]);
  });

  it.each([
    ['an empty id', { id: '' }, /^id: expected lower-case letters, digits and hyphens, at most 64$/],
    ['an id of 65 characters', { id: `a${'-'.repeat(64)}` }, /^id: expected lower-case/],
    ['a capital letter in its id', { id: 'aB' }, /^id: /],
    ['an id that begins with a hyphen', { id: '-a' }, /^id: /],
    ['a line break behind its id', { id: 'a\n' }, /^id: /],
    ['no version', { version: '' }, /^version: /],
    ['a version of 65 characters', { version: 'x'.repeat(65) }, /^version: /],
    ['no pack', { pack: '' }, /^pack: /],
    ['a pack of 65 characters', { pack: 'x'.repeat(65) }, /^pack: /],
    ['no title', { title: '' }, /^title: /],
    ['a title of 201 characters', { title: 'x'.repeat(201) }, /^title: /],
    ['a description of 2001 characters', { description: 'x'.repeat(2_001) }, /^description: /],
    ['a number for a code', { codes: { cameo: 19 } }, /^codes\.cameo: /],
    ['half a sentence of context', { passage: { context: 0.5, max: 3, maxChars: 600 } }, /^passage\.context: /],
  ])('may not have %s', (_name, change, problem) => {
    expect(problemsOf(topicSchema, { ...aTopic(), ...change })).toEqual([expect.stringMatching(problem)]);
  });

  it('is summed up without its expressions, with its languages in order', () => {
    const topic = aTopic({ any: { uk: ['паром'], en: ['ferry'], '*': ['LPR'] } });
    const entry = { id: topic.id, version: topic.version, pack: topic.pack, digest: 'd', source: 'push' } as const;

    expect(summaryOf(topic, { ...entry, disabledAt: null, isMissing: true })).toStrictEqual({
      id: 'river-crossings',
      version: '1.0.0+0000001',
      title: 'River crossings',
      severity: 'medium',
      description: 'Convoys that cross a river.',
      pack: 'examples',
      languages: ['*', 'en', 'uk'],
      state: 'active',
      disabledAt: null,
      source: 'push',
      isMissing: true,
    });
    expect(summaryOf(topic, { ...entry, disabledAt: START, isMissing: false })).toMatchObject({
      state: 'disabled',
      disabledAt: START,
      isMissing: false,
    });
  });
});

describe('a subscription', () => {
  const names = (count: number) => Array.from({ length: count }, (_, at) => `topic-${at}`);

  it('names 48 topics at most, so that a change of all of them is one transaction', () => {
    expect(MOST_TOPICS).toBe(48);
    expect(() => checkTopicCount(names(48))).not.toThrow();
    expect(() => checkTopicCount(names(49))).toThrow(
      expect.objectContaining({
        code: 'too_many_topics',
        message:
          'a subscription can name at most 48 topics, and this one would name 49; name fewer, or use "*" for every topic',
      }),
    );
  });
});

describe('a page', () => {
  const page = pageSchemaOf(z.string());

  it('has items, and a cursor or null', () => {
    expect(problemsOf(page, { items: ['a'], cursor: 'b' })).toEqual([]);
    expect(problemsOf(page, { items: [], cursor: null })).toEqual([]);
    expect(problemsOf(page, { items: [7], cursor: null })).toHaveLength(1);
    expect(problemsOf(page, { items: [] })).toHaveLength(1);
  });

  it('is refused for a cursor of something else, of which 40 characters are quoted', () => {
    expect(badCursor(`${'x'.repeat(40)}y`, 'is not a cursor')).toMatchObject({
      code: 'bad_cursor',
      message: `cursor "${'x'.repeat(40)}" is not a cursor; pass the cursor of the page before, with the same filters, or none to start again`,
    });
  });
});
