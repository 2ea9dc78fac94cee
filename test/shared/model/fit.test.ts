// Things made to fit their records, whatever a publisher sends.

import * as z from 'zod/mini';
import { fitterOf } from '../../../shared/model/fit.ts';
import { fitDelivery, fitDigest, fitReason } from '../../../shared/model/fit-delivery.ts';
import { fitFeedSettings, fitPollState } from '../../../shared/model/fit-feed.ts';
import { fitMatch, fitSource } from '../../../shared/model/fit-match.ts';
import type { FeedId } from '../../../shared/model/ids.ts';
import type { Match, Passage } from '../../../shared/model/match.ts';
import { stored } from '../../../shared/model/schema.ts';
import { aMatch, aPollState, feedSettings, START } from '../../support/builders.ts';

const MARK = ' […]';
/** The mark has six bytes. */
const cutAt = (bytes: number): string => 'x'.repeat(bytes - 6) + MARK;
const x = (bytes: number): string => 'x'.repeat(bytes);

describe('a field', () => {
  const short = () => stored(z.string(), { cutTo: 12 });
  const fitted = (schema: z.ZodMiniType, value: unknown): unknown =>
    (fitterOf(z.strictObject({ f: schema })) as (value: object) => { f?: unknown })({ f: value }).f;
  const long = x(13);
  const cut = cutAt(12);

  it.each<[string, z.ZodMiniType, unknown, unknown]>([
    ['is cut', short(), long, cut],
    ['is cut where it may be absent', z.optional(short()), long, cut],
    ['is cut where it has a default', z._default(short(), ''), long, cut],
    ['is cut where it may be null', z.nullable(short()), long, cut],
    ['may be null', z.nullable(short()), null, null],
    ['is cut by the mark of what may be null', stored(z.nullable(z.string()), { cutTo: 12 }), long, cut],
    ['is left out by the mark of what may be null', stored(z.nullable(z.string()), { leftOutAbove: 12 }), long, null],
    ['is left empty', stored(z.string(), { leftOutAbove: 12 }), long, ''],
    ['that may be absent is left empty', stored(z.optional(z.string()), { leftOutAbove: 12 }), long, ''],
    ['is cut in a list', z.array(short()), [long, 'a'], [cut, 'a']],
    ['is cut in a list of a few', stored(z.array(short()), { atMost: 1 }), [long, 'a'], [cut]],
    ['may be one of a few', stored(z.array(z.int()), { atMost: 2 }), [1, 2, 3], [1, 2]],
    ['is cut in a part of which everything is bounded', z.strictObject({ a: short() }), { a: long }, { a: cut }],
    [
      'is cut in a part beside what is not',
      z.strictObject({ a: short(), b: z.string() }),
      { a: long, b: long },
      { a: cut, b: long },
    ],
    ['is cut in a part of a list', z.array(z.strictObject({ a: short() })), [{ a: long }], [{ a: cut }]],
    ['stays where nothing bounds it', z.string(), long, long],
    ['stays where it is no text', z.int(), 7, 7],
  ])('%s', (_name, schema, value, wanted) => {
    expect(fitted(schema, value)).toEqual(wanted);
  });

  it('in which nothing is bounded is not copied', () => {
    const part = { a: long };

    expect(fitted(z.strictObject({ a: z.string() }), part)).toBe(part);
    expect(fitted(z.array(z.strictObject({ a: z.string() })), [part])).toEqual([part]);
    const list = ['a'];
    expect(fitted(z.array(z.string()), list)).toBe(list);
  });
});

describe('a match', () => {
  const put = (path: string, text: string): Match => {
    const match = structuredClone(aMatch()) as Record<string, unknown>;
    const [first = '', second] = path.split('.');
    if (second === undefined) match[first] = text;
    else (match[first] as Record<string, unknown>)[second] = text;
    return match as unknown as Match;
  };
  const at = (match: Match, path: string): unknown =>
    path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], match);

  it.each([
    ['topic.title', 500, cutAt(500)],
    ['article.title', 1_000, cutAt(1_000)],
    ['article.language', 35, cutAt(35)],
    ['article.extractionFailure', 500, cutAt(500)],
    ['why', 1_000, cutAt(1_000)],
    ['article.url', 2_048, ''],
    ['article.canonicalUrl', 2_048, ''],
  ])('keeps %s up to %d bytes', (path, bytes, over) => {
    expect(at(fitMatch(put(path, x(bytes))), path)).toBe(x(bytes));
    expect(at(fitMatch(put(path, x(bytes + 1))), path)).toBe(over);
  });

  it('keeps 32 sources, whose title has at most 120 bytes and whose host 100', () => {
    const source = { feedId: 'f' as FeedId, title: x(120), host: x(100) };
    const sources = (count: number) => Array.from({ length: count }, () => source);

    expect(fitMatch(aMatch({}, { sources: sources(32) })).sources).toEqual(sources(32));
    expect(fitMatch(aMatch({}, { sources: sources(33) })).sources).toEqual(sources(32));
    expect(fitSource({ ...source, title: x(121), host: x(101) })).toEqual({
      ...source,
      title: cutAt(120),
      host: cutAt(100),
    });
  });
});

describe('the passages of a match', () => {
  const passage = (length: number, change: Partial<Passage> = {}): Passage => ({
    text: x(length),
    field: 'body',
    origin: 'feed',
    start: 100,
    end: 100 + length,
    highlights: [],
    ...change,
  });
  const fitted = (...passages: readonly Passage[]): readonly Passage[] => fitMatch(aMatch({}, { passages })).passages;

  it('stay whole while they have 9000 bytes together', () => {
    const passages = [passage(8_999), passage(1)];

    expect(fitted(...passages)).toEqual(passages);
  });

  it('share 9000 bytes evenly when they have more, and a short one keeps its whole text', () => {
    const short = passage(4_500);

    expect(fitted(passage(4_501), short)).toEqual([{ ...passage(4_501), text: cutAt(4_500), end: 100 + 4_494 }, short]);
    expect(fitted(passage(9_001))[0]?.text).toBe(cutAt(9_000));
    expect(fitted(passage(9_000), passage(1), passage(1))[0]?.text).toBe(cutAt(3_000));
    // A share is a whole number of bytes: 9000 / 7 is 1285.7.
    expect(fitted(...Array.from({ length: 7 }, () => passage(1_286)))[6]?.text).toBe(cutAt(1_285));
  });

  it('are counted in bytes, and cut between characters', () => {
    const text = 'ä'.repeat(4_501);

    expect(fitted(passage(4_501, { text }))).toEqual([
      passage(4_501, { text: 'ä'.repeat(4_497) + MARK, end: 100 + 4_497 }),
    ]);
  });

  it('are twenty at most, the first ones', () => {
    const passages = Array.from({ length: 21 }, (_, at) => passage(1, { start: at }));

    expect(fitted(...passages.slice(0, 20))).toEqual(passages.slice(0, 20));
    expect(fitted(...passages)).toEqual(passages.slice(0, 20));
  });

  it('have two hundred highlights together, evenly shared', () => {
    const highlights = Array.from({ length: 201 }, (_, at) => [100 + at, 101 + at] as const);
    const kept = (count: number) =>
      fitted(...Array.from({ length: count }, () => passage(300, { highlights }))).map(
        (each) => each.highlights.length,
      );

    expect(kept(1)).toEqual([200]);
    expect(kept(2)).toEqual([100, 100]);
    expect(kept(3)).toEqual([66, 66, 66]);
    expect(fitted(passage(300, { highlights }))[0]?.highlights).toEqual(highlights.slice(0, 200));
  });

  it('may be none', () => {
    expect(fitted()).toEqual([]);
  });

  it('lose, with their end, the highlights there', () => {
    // What is kept ends at 100 + 8994.
    const end = 9_094;
    const highlights = [
      [end - 9, end - 2],
      [end - 1, end + 5],
      [end, end + 1],
      [end + 7, end + 9],
    ] as const;

    expect(fitted(passage(9_001, { highlights }))[0]).toMatchObject({
      end,
      highlights: [
        [end - 9, end - 2],
        [end - 1, end],
      ],
    });
  });

  it.each([
    ['start', 'start'],
    ['both', 'start'],
    ['end', undefined],
    [undefined, undefined],
  ] as const)('that were cut at %s say so of %s when their end is lost', (cut, said) => {
    const [whole] = fitted(passage(9_000, { ...(cut === undefined ? {} : { cut }) }));
    const [shortened] = fitted(passage(9_001, { ...(cut === undefined ? {} : { cut }) }));

    expect([whole?.cut, shortened?.cut]).toEqual([cut, said]);
  });
});

describe('the record of a feed', () => {
  it.each([
    ['title', cutAt(1_000)],
    ['folder', cutAt(1_000)],
  ])('keeps the %s up to 1000 bytes', (name, over) => {
    expect(fitFeedSettings(feedSettings({ [name]: x(1_000) }))).toEqual(feedSettings({ [name]: x(1_000) }));
    expect(fitFeedSettings({ [name]: x(1_001) })).toEqual({ [name]: over });
  });

  it.each([
    ['etag', 4_096, null],
    ['lastModified', 4_096, null],
    ['validatorsUrl', 4_096, null],
    ['siteUrl', 4_096, null],
    ['ownTitle', 1_000, cutAt(1_000)],
    ['ownLanguage', 1_000, cutAt(1_000)],
  ])('keeps %s up to %d bytes', (name, bytes, over) => {
    const of = (text: string | null) => aPollState({ [name]: text });

    expect(fitPollState(of(x(bytes)))).toEqual(of(x(bytes)));
    expect(fitPollState(of(x(bytes + 1)))).toEqual(of(over));
  });

  it('keeps the message of a failure up to 1000 bytes, and the rest of it', () => {
    const failing = (message: string) =>
      aPollState({ failure: { kind: 'http', message, since: START, count: 3, status: 500 } });

    expect(fitPollState(failing(x(1_000)))).toEqual(failing(x(1_000)));
    expect(fitPollState(failing(x(1_001)))).toEqual(failing(cutAt(1_000)));
  });
});

it('deliveries and digests keep their reason up to 1000 bytes', () => {
  for (const shorten of [fitDelivery, fitDigest]) {
    expect(shorten({ reason: x(1_000), attempts: 2 })).toEqual({ reason: x(1_000), attempts: 2 });
    expect(shorten({ reason: x(1_001) })).toEqual({ reason: cutAt(1_000) });
  }
  expect([fitReason(null), fitReason(x(1_000)), fitReason(x(1_001))]).toEqual([null, x(1_000), cutAt(1_000)]);
});
