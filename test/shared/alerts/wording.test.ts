// The words in which an alert says when, where and why.
import {
  alsoIn,
  coverageInWords,
  failureInWords,
  headline,
  languageName,
  listed,
  nameOfSource,
  namesWithin,
  originInWords,
  otherOutlets,
  placeInWords,
  someOf,
  sourceName,
  topicTitle,
  topicVersion,
  topicWithSeverity,
  voicesInWords,
} from '../../../shared/alerts/wording.ts';
import type { TextOrigin } from '../../../shared/model/article.ts';
import type { Match } from '../../../shared/model/match.ts';
import { aStoryIn, passageOf } from '../../support/alert-mails.ts';
import { aMatch, later, START } from '../../support/builders.ts';

const letters = (count: number, letter = 'x'): string => letter.repeat(count);
const ofArticle = (change: Partial<Match['article']>): Match => ({
  ...aMatch(),
  article: { ...aMatch().article, ...change },
});
const ofTopic = (change: Partial<Match['topic']>): Match => ({ ...aMatch(), topic: { ...aMatch().topic, ...change } });
const source = (title: string, host = 'news.example.org'): Match['sources'][number] => ({
  ...aMatch().sources[0]!,
  title,
  host,
});

describe('a language', () => {
  it.each([
    ['ko', 'Korean'],
    ['pt-BR', 'Brazilian Portuguese'],
    ['und', 'unknown'],
    ['', 'unknown'],
    ['qqx', 'qqx'],
    ['no\ntag!', 'no tag!'],
  ])('%j is called %j', (tag, name) => {
    expect(languageName(tag)).toBe(name);
  });
});

describe('where a passage comes from', () => {
  it.each<[TextOrigin, string]>([
    ['article', 'the article'],
    ['feed', "the feed's text"],
    ['summary', "the feed's summary"],
    ['title', 'the headline'],
  ])('%s is called %j', (origin, name) => {
    expect(placeInWords(passageOf('A sentence.', ['sentence'], { origin }))).toBe(name);
  });

  it('is each place once, and says when there is the headline only', () => {
    const inTitle = passageOf('Convoy', ['Convoy'], { field: 'title', origin: 'title', start: 0 });
    const inFeed = passageOf('A sentence.', ['sentence'], { origin: 'feed' });
    const match = ofArticle({ origin: 'feed' });

    expect(originInWords({ ...match, passages: [inTitle, inFeed, inFeed] })).toBe("the headline and the feed's text");
    expect(originInWords({ ...ofArticle({ origin: 'title' }), passages: [inTitle] })).toBe('the headline only');
    expect(originInWords({ ...ofArticle({ origin: 'feed', extractionFailure: '503' }), passages: [inFeed] })).toBe(
      "the feed's text (the page could not be read: 503)",
    );
  });

  it.each([
    ['the page was not found', 'the page was not found'],
    ['answered 503', 'the page could not be read: answered 503'],
    ['the pages differ', 'the page could not be read: the pages differ'],
    ['no\nanswer', 'the page could not be read: no answer'],
    [letters(200), `the page could not be read: ${letters(200)}`],
    [letters(201), `the page could not be read: ${letters(199)}…`],
  ])('why the page was not read: %j', (reason, words) => {
    expect(failureInWords(reason)).toBe(words);
  });
});

describe('names', () => {
  it.each([
    ['Convoy\ncrosses', 'Convoy crosses'],
    ['', 'Untitled article'],
    [' ', 'Untitled article'],
    [letters(300), letters(300)],
    [letters(301), `${letters(299)}…`],
  ])('of an article with the headline %j', (title, name) => {
    expect(headline(ofArticle({ title }))).toBe(name);
  });

  it.each([
    [source('Example News'), 'Example News'],
    [source(' '), 'news.example.org'],
    [source(letters(80)), letters(80)],
    [source(letters(81)), `${letters(79)}…`],
  ])('of a source: %#', (given, name) => {
    expect([nameOfSource(given), sourceName({ ...aMatch(), sources: [given, source('Another')] })]).toEqual([
      name,
      name,
    ]);
  });

  it('of a source that is not known', () => {
    expect(sourceName({ ...aMatch(), sources: [] })).toBe('unknown source');
  });

  it.each([
    [{ title: 'River\ncrossings' }, 'River crossings'],
    [{ title: ' ', id: 'river-crossings' }, 'river-crossings'],
    [{ title: letters(60) }, letters(60)],
    [{ title: letters(61) }, `${letters(59)}…`],
  ])('of a topic: %j', (change, name) => {
    const match = ofTopic({ severity: 'high', ...change });

    expect([topicTitle(match), topicWithSeverity(match)]).toEqual([name, `${name} (high)`]);
  });

  it.each([
    [112, `${letters(112)} 1.0.0+a`],
    [113, `${letters(113)}…`],
  ])('of the definition of a topic, in 120 characters, with an id of %i', (length, name) => {
    expect(topicVersion(ofTopic({ id: letters(length), version: '1.0.0+a' }))).toBe(name);
  });

  it('of other outlets, each once and without the first', () => {
    const match = { ...aMatch(), sources: [source('A'), source('B'), source('A'), source('B')] };

    expect(otherOutlets(match, null)).toEqual(['B']);
    expect(otherOutlets(match, aStoryIn(match, ['A', 'C', 'B']))).toEqual(['B', 'C']);
    expect(otherOutlets({ ...match, sources: [source('A')] }, null)).toEqual([]);
  });
});

describe('lists', () => {
  it.each([
    [['A'], 'A'],
    [['A', 'B'], 'A and B'],
    [['A', 'B', 'C'], 'A, B and C'],
  ])('%j is %j', (names, words) => {
    expect([listed(names), someOf(names, 3), someOf(names, 4)]).toEqual([words, words, words]);
  });

  it('say how many more there are', () => {
    expect(someOf(['A', 'B', 'C', 'D'], 3)).toBe('A, B, C and 1 more');
    expect(someOf(['A', 'B', 'C', 'D'], 1)).toBe('A and 3 more');
  });

  it.each([
    [9, 'aaa and 2 more'],
    [10, 'aaa, bbb and 1 more'],
    [14, 'aaa, bbb and 1 more'],
    [15, 'aaa, bbb and ccc'],
  ])('of names within %i characters, each with its comma: %s', (most, words) => {
    expect(namesWithin(['aaa', 'bbb', 'ccc'], most)).toBe(words);
  });

  it.each([
    [0, ''],
    [1, 'also in 1: 0'],
    [6, 'also in 6: 0, 1, 2, 3, 4, 5'],
    [7, 'also in 7: 0, 1, 2, 3, 4, 5 and 1 more'],
  ])('of %i other outlets: %j', (count, words) => {
    expect(alsoIn(Array.from({ length: count }, (_, n) => String(n)))).toBe(words);
  });

  it.each([
    [1, 3, ''],
    [2, 1, '2 outlets, 1 independent text'],
    [6, 2, '6 outlets, 2 independent texts'],
  ])('of %i outlets with %i texts: %j', (outlets, texts, words) => {
    expect(voicesInWords(outlets, texts)).toBe(words);
  });
});

describe('how many feeds were read', () => {
  const failing = (title: string) => ({ title, since: START });

  it.each([
    [null, ''],
    [{ feeds: 1_214, read: 1_214, failing: [] }, '1,214 of 1,214 feeds read.'],
    [{ feeds: 2, read: 3, failing: [] }, '3 of 2 feeds read.'],
    [{ feeds: 3, read: 2, failing: [] }, '2 of 3 feeds read; 1 failing.'],
    [
      { feeds: 3, read: 1, failing: [failing('A\nB'), { title: ' ', since: later(60_000) }] },
      '1 of 3 feeds read; 2 failing: A B since 2026-11-17 09:00 +01:00, one without a name since 2026-11-17 09:01 +01:00.',
    ],
    [
      { feeds: 3, read: 1, failing: [failing(letters(61))] },
      `1 of 3 feeds read; 2 failing: ${letters(59)}… since 2026-11-17 09:00 +01:00 and 1 more.`,
    ],
  ])('%j: %j', (coverage, words) => {
    expect(coverageInWords(coverage, 'Europe/Berlin')).toBe(words);
  });
});
