import { commonness, isVeryCommon } from '../../../shared/text/common-words.ts';
import { foldWord } from '../../../shared/text/fold.ts';
import { FREQUENT_ENGLISH_WORDS } from '../../../shared/text/frequent-english-words.ts';
import { FREQUENT_WORDS } from '../../../shared/text/frequent-words.ts';
import { fc } from '../../support/properties.ts';

const inOrder = (language: string, ...words: string[]): void => {
  const shares = words.map((word) => commonness(foldWord(word), language));
  expect(shares).toEqual([...shares].sort((a, b) => b - a));
  expect(new Set(shares).size).toBe(shares.length);
};

describe('commonness', () => {
  it('is greater for words that more documents hold', () => {
    inOrder('en', 'the', 'government', 'military', 'troops', 'ratification');
    inOrder('de', 'die', 'Regierung', 'Truppen', 'Ratifizierung');
    inOrder('fr', 'de', 'président', 'troupes', 'ratification');
    inOrder('ru', 'и', 'президент', 'ратификация');
    inOrder('zh', '的', '军', '谍');
    inOrder('ko', '대통령은', '북극곰들');
  });

  it('is near one for the most frequent word and below 1 % for one of a longer list’s end', () => {
    expect(commonness('the', 'en')).toBeGreaterThan(0.9);
    expect(commonness('ratification', 'en')).toBeLessThan(0.01);
    expect(commonness('befestigungsanlage', 'de')).toBeLessThan(0.01);
  });

  it('knows a word with diacritics by its folded form', () => {
    expect(commonness('annees', 'fr')).toBe(commonness(foldWord('années'), 'fr'));
    expect(commonness('annees', 'fr')).toBeGreaterThan(0.05);
    expect(commonness('turkiye', 'tr')).toBeGreaterThan(0.05);
  });

  it('takes the language where a word is most common when none is given', () => {
    expect(commonness('die', 'und')).toBe(commonness('die', 'de'));
    expect(commonness('die', 'und')).toBeGreaterThan(commonness('die', 'en'));
    expect(commonness('die', 'fi')).toBe(commonness('die', 'und'));
  });

  it('takes an unlisted short word for more common than an unlisted long one', () => {
    inOrder('und', 'zqx', 'zqxzqx', 'zqxzqxzqxzqx');
  });

  it('takes a number for rarer than a function word and more common than a rare word', () => {
    expect(commonness('2024', 'en')).toBeLessThan(commonness('with', 'en'));
    expect(commonness('2024', 'en')).toBeGreaterThan(commonness('ratification', 'en'));
  });

  it('follows from the rank of a word in the list of its language', () => {
    const english = [...new Set([...(FREQUENT_WORDS.get('en') ?? []), ...FREQUENT_ENGLISH_WORDS].map(foldWord))];

    expect(commonness(english[0]!, 'en')).toBeCloseTo(1 - Math.exp(-30 / 9), 12);
    expect(commonness(english[199]!, 'en')).toBeCloseTo(1 - Math.exp(-30 / 208), 12);
    expect(commonness(english[2_999]!, 'en')).toBeCloseTo(0.00992, 5);
  });

  it('is guessed for a word in no list', () => {
    expect(commonness('zqx', 'de')).toBeCloseTo(0.2 / 9, 12);
    expect(commonness('zqx', 'en')).toBe(0.004);
    expect(commonness('zqxzqxzqxzqx', 'en')).toBeCloseTo(0.2 / 144, 12);
    expect(commonness('', 'de')).toBe(0.2);
    expect(commonness('谍', 'zh')).toBe(0.02);
    expect(commonness('2024', 'en')).toBe(0.05);
    expect(commonness('٣', 'ar')).toBe(0.05);
  });

  it('is a share, whatever the word and the language', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('en', 'ko', 'und', '', 'xx', 'constructor'), (word, language) => {
        const share = commonness(word, language);
        expect(share).toBeGreaterThan(0);
        expect(share).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('isVeryCommon', () => {
  it('is true of the first words of a list only', () => {
    expect(isVeryCommon('with', 'en')).toBe(true);
    expect(isVeryCommon('troops', 'en')).toBe(false);
    expect(isVeryCommon('regierung', 'de')).toBe(true);
    expect(isVeryCommon('panzer', 'de')).toBe(false);
    expect(isVeryCommon('の', 'ja')).toBe(true);
  });

  it('is true of a word that is so in any language when none is given', () => {
    expect(isVeryCommon('para', 'und')).toBe(true);
    expect(isVeryCommon('para', 'en')).toBe(false);
  });
});

describe('the lists of frequent words', () => {
  it.each([...FREQUENT_WORDS])('have each word of %s once, in lower case and without spaces', (_language, words) => {
    expect(words.length).toBeGreaterThanOrEqual(80);
    expect(new Set(words).size).toBe(words.length);
    expect(words.filter((word) => word === '' || /\s|\p{Lu}/u.test(word))).toEqual([]);
  });

  it('have 3,000 English words', () => {
    const words = [...FREQUENT_WORDS.get('en')!, ...FREQUENT_ENGLISH_WORDS];
    expect(words).toHaveLength(3_000);
    expect(new Set(words).size).toBe(3_000);
  });
});

it('the first two hundred words of a list are very common, and no other', () => {
  const english = [...new Set([...(FREQUENT_WORDS.get('en') ?? []), ...FREQUENT_ENGLISH_WORDS].map(foldWord))];

  expect(english.findIndex((word) => !isVeryCommon(word, 'en'))).toBe(200);
  expect(english.slice(200).some((word) => isVeryCommon(word, 'en'))).toBe(false);
  expect(isVeryCommon('zqx', 'en')).toBe(false);
});
