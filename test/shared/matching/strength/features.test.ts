// What is said of a match, by the evidence and the document: anyone who reads the document can check it.

import { compileTopics } from '../../../../shared/matching/topic-matcher.ts';
import type { MatchableDocument } from '../../../../shared/model/article.ts';
import type { MatchFeatures } from '../../../../shared/model/strength.ts';
import type { Topic } from '../../../../shared/model/topic.ts';
import { aTopic } from '../../../support/builders.ts';

const sentencesAbout = (about: string, count: number): string =>
  Array.from({ length: count }, (_, at) => `The ${about} number ${at} was dull and long.`).join(' ');

function featuresIn(document: Partial<MatchableDocument>, topic: Partial<Topic> = {}): MatchFeatures {
  const { matches } = compileTopics([aTopic(topic)]).matchDetailed({
    title: '',
    text: '',
    language: 'en',
    ...document,
  });
  expect(matches).toHaveLength(1);
  return matches[0]!.features;
}

const HIT = 'A convoy crossed the river.';
const REST = 'Nobody was hurt.';

describe('the prominence of a match', () => {
  it.each<[string, string, Partial<MatchableDocument>]>([
    ['headline', 'when the headline has evidence, wherever else it is', { title: HIT, text: `${REST} ${HIT}` }],
    [
      'lead',
      'when the first of it stands in the third sentence',
      { title: REST, text: `${REST} ${REST} ${HIT} ${REST} ${HIT}` },
    ],
    [
      'body',
      'when the first of it stands in the fourth sentence',
      { title: REST, text: `${REST} ${REST} ${REST} ${HIT}` },
    ],
    [
      'lead',
      "when it stands in the feed's summary",
      { text: sentencesAbout('weather', 5), more: [{ text: HIT, origin: 'summary', start: 0, isLead: true }] },
    ],
    [
      'body',
      'when it stands in another text behind the main one',
      { text: sentencesAbout('weather', 5), more: [{ text: HIT, origin: 'feed', start: 0, isLead: false }] },
    ],
  ])('is %s %s', (prominence, _, document) => {
    expect(featuresIn(document).prominence).toBe(prominence);
  });

  it.each([
    ['lead', `Convoys crossed rivers. ${REST}`],
    ['body', `${REST} ${REST} ${REST} Convoys crossed rivers.`],
  ])('is %s when its first word is the first one there', (prominence, text) => {
    expect(featuresIn({ title: REST, text }, { any: { en: ['convoy NEAR/5 river'] } }).prominence).toBe(prominence);
  });

  it('goes by the earliest evidence when a clause spans headline and text', () => {
    const topic = { any: { en: ['convoy AND ferry'] } };

    expect(
      featuresIn({ title: 'A convoy', text: `${sentencesAbout('weather', 6)} The ferry left.` }, topic).prominence,
    ).toBe('headline');
  });
});

describe('the sentences with evidence', () => {
  it('are counted, the headline among them', () => {
    expect(
      featuresIn({ title: 'Convoy at the river', text: `${HIT} ${REST} Another convoy left the river.` }).sentences,
    ).toBe(3);
  });

  it('count once when they say the same, as a summary does that repeats the headline', () => {
    expect(
      featuresIn({ title: 'A convoy crossed the river', text: `${HIT} ${REST} A convoy crossed the river.` }).sentences,
    ).toBe(1);
  });

  it('count once when two rules hold in them', () => {
    const topic = { any: { en: ['convoy NEAR/5 river', 'convoy NEAR/2 crossed'] } };

    expect(featuresIn({ text: `${HIT} ${REST}` }, topic)).toMatchObject({ sentences: 1, rules: 2 });
  });

  it('are eight at most', () => {
    const text = Array.from({ length: 12 }, (_, at) => `Convoy ${at} crossed the river.`).join(' ');

    expect(featuresIn({ text }).sentences).toBe(8);
    expect(featuresIn({ text: text.split('. ').slice(0, 8).join('. ') }).sentences).toBe(8);
    expect(featuresIn({ text: text.split('. ').slice(0, 7).join('. ') }).sentences).toBe(7);
  });

  it('are each a sentence when a clause spans two', () => {
    expect(featuresIn({ text: 'A convoy came. The river rose.' }).sentences).toBe(2);
  });
});

describe('the rules that hold', () => {
  it('are counted, those of the topic that do not hold are not', () => {
    const topic = { any: { en: ['convoy NEAR/5 river', 'crossed', 'ferry'] } };

    expect(featuresIn({ text: HIT }, topic).rules).toBe(2);
  });

  it('are eight at most', () => {
    const words = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

    expect(featuresIn({ text: words.join(' ') }, { any: { en: words } }).rules).toBe(8);
  });
});

describe('the power that is named', () => {
  it.each([
    ['en', 'The Russian convoy crossed the river.', true],
    ['en', 'The U.S. convoy crossed the river.', true],
    ['en', 'The CHINA convoy crossed the river with cups.', false],
    ['en', 'A convoy of malicious cooks crossed the river.', false],
  ])('is looked for in the sentences with evidence (%s: %s)', (language, text, isNamed) => {
    expect(featuresIn({ text, language }).namesPower).toBe(isNamed);
  });

  it('is not looked for elsewhere', () => {
    expect(featuresIn({ text: `Russia protested. ${HIT}` }).namesPower).toBe(false);
  });
});

describe('the density', () => {
  it('is the matched words in a hundred words of headline and text, to a tenth', () => {
    const words = Array.from({ length: 95 }, () => 'word').join(' ');

    expect(featuresIn({ text: `${HIT} ${words}` }).density).toBe(2);
    expect(featuresIn({ title: 'Five more words are here', text: `${HIT} ${words} word` }).density).toBe(1.9);
  });

  it('is three at most', () => {
    expect(featuresIn({ text: HIT }).density).toBe(3);
  });

  it('counts a character of Chinese as half a word, and so the length', () => {
    const topic = { any: { zh: ['制裁'] } };
    const text = `欧盟宣布实施制裁。${'今天天气很好。'.repeat(14)}`;

    expect(featuresIn({ text, language: 'zh' }, topic)).toMatchObject({ density: 2.2, length: 'brief' });
  });
});

describe('the length', () => {
  it.each([
    ['brief', 60],
    ['medium', 61],
    ['medium', 400],
    ['long', 401],
  ])('is %s for a document of %i words, headline included', (length, words) => {
    const text = `${HIT} ${Array.from({ length: words - 6 }, () => 'word').join(' ')}`;

    expect(featuresIn({ title: 'Headline', text }).length).toBe(length);
  });
});
