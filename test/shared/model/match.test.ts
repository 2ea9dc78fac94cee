// A match as it is made from an article and what the matcher found.
import {
  buildMatch,
  foundMatch,
  matchSchema,
  originsOf,
  type Passage,
  prominenceOf,
  publishedMatch,
  usualOrigin,
} from '../../../shared/model/match.ts';
import { cutMarks } from '../../../shared/model/passage-cuts.ts';
import { storageOf } from '../../../shared/model/schema.ts';
import { aMatch, anArticle, later, START, someFeatures } from '../../support/builders.ts';

const [passage] = aMatch().passages as readonly [Passage];
const found = {
  topicId: 'river-crossings',
  topicVersion: '1.0.0+0000002',
  passages: [passage],
  why: 'en: convoy',
  strength: 'weak',
  prominence: 'body',
  features: someFeatures(),
} as const;
const topic = { title: 'River crossings', severity: 'high' } as const;
const when = { polledAt: later(1), matchedAt: later(2), quiet: null, expiresAt: 7 } as const;

describe('a match', () => {
  it('has what is needed of its article, its topic and the places where the topic holds', () => {
    const article = anArticle({
      url: 'https://news.example.org/a?utm_source=feed',
      canonicalUrl: 'https://news.example.org/a',
      firstSeenAt: later(3),
      extractionFailure: 'the page is too long',
    });

    expect(buildMatch(article, found, topic, when)).toStrictEqual({
      id: aMatch({ articleId: article.id }).id,
      topic: { id: 'river-crossings', version: '1.0.0+0000002', title: 'River crossings', severity: 'high' },
      article: {
        id: article.id,
        url: 'https://news.example.org/a?utm_source=feed',
        canonicalUrl: 'https://news.example.org/a',
        title: 'Convoy crosses the river',
        language: 'en',
        origin: 'feed',
        publishedAt: START,
        firstSeenAt: later(3),
        extractionFailure: 'the page is too long',
      },
      sources: [article.source],
      passages: [passage],
      why: 'en: convoy',
      strength: 'weak',
      prominence: 'body',
      times: { polledAt: later(1), matchedAt: later(2), alertedAt: null },
      quiet: null,
      alertState: 'done',
      expiresAt: 7,
    });
  });

  it.each([null, 'old', 'first_poll_old'] as const)(
    'whose reason to be quiet is %s has no alert of its own pending: its hit has',
    (quiet) => {
      expect(buildMatch(anArticle(), found, topic, { ...when, quiet })).toMatchObject({ quiet, alertState: 'done' });
    },
  );

  it('that was stored without a prominence has that of its passages', () => {
    const from = (origin: Passage['origin']): Passage => ({ ...passage, origin });

    expect(prominenceOf([passage, { ...passage, field: 'title', origin: 'title' }])).toBe('headline');
    expect(prominenceOf([from('article'), from('summary')])).toBe('lead');
    expect(prominenceOf([from('article'), from('feed')])).toBe('body');
    expect(prominenceOf([])).toBe('body');
  });

  it('of a document that is not stored has its topic, its passages, why, and how much of the document the topic is', () => {
    expect(foundMatch(found, topic)).toStrictEqual({
      topic: { id: 'river-crossings', version: '1.0.0+0000002', title: 'River crossings', severity: 'high' },
      passages: [passage],
      why: 'en: convoy',
      strength: 'weak',
      prominence: 'body',
    });
  });

  it('is published with its schema and its link, without what is internal', () => {
    const { alertState: _, expiresAt: __, ...shown } = aMatch();

    expect(publishedMatch(aMatch(), 'https://news.example.org/a#:~:text=convoy')).toStrictEqual({
      schema: 'tocsin.match.v1',
      ...shown,
      link: 'https://news.example.org/a#:~:text=convoy',
    });
  });
});

describe('the origin of a passage', () => {
  it('is usually the headline, or the main text of its article', () => {
    expect([usualOrigin('title', 'summary'), usualOrigin('body', 'summary')]).toEqual(['title', 'summary']);
  });

  it('is named once for several passages, in the order shown', () => {
    const passages = (['summary', 'title', 'summary'] as const).map((origin) => ({ ...passage, origin }));

    expect(originsOf(aMatch({}, { passages }))).toEqual(['summary', 'title']);
  });

  it('is the main text of the article where there is no passage', () => {
    expect(originsOf(aMatch({}, { passages: [] }))).toEqual(['feed']);
  });
});

it.each([
  [undefined, ['', '']],
  ['start', ['…', '']],
  ['end', ['', '…']],
  ['both', ['…', '…']],
] as const)('a passage cut at %s is shown between %j', (cut, marks) => {
  expect(cutMarks({ ...passage, ...(cut === undefined ? {} : { cut }) })).toEqual(marks);
});

describe('the failure to read a page, as an older version stored it,', () => {
  const read = storageOf(matchSchema.shape.article.shape.extractionFailure).read as (text: string) => string;

  it.each([
    ['http://a.example/b: it answered 500. Try again later.', 'it answered 500'],
    ['https://a.example/b: it answered 500.', 'it answered 500'],
    ['https://a.example/b: it took 1.5 s. Ünder a second is expected.', 'it took 1.5 s'],
    ['https://a.example/b: one. two. Three.', 'one. two'],
    ['https://a.example/b: first\nsecond. Wait.', 'first\nsecond'],
  ])('%j says what happened, without address and advice', (stored, shown) => {
    expect(read(stored)).toBe(shown);
  });

  it.each([
    'it answered 500',
    'it answered 500. Try again later.',
    'see https://a.example/b: it failed. Try again.',
    'https://a.example/b: it has no end',
    'https://: it failed. Try again.',
    'ftp://a.example/b: it failed. Try again.',
  ])('%j stays as it is', (stored) => {
    expect(read(stored)).toBe(stored);
  });
});
