// The writing system of a text, by its letters.
import {
  countScripts,
  LANGUAGE_OF_SCRIPT,
  leadingScript,
  scriptOfFirst,
  scriptsOf,
} from '../../../shared/text/script-counts.ts';

describe('the script of a letter', () => {
  it.each<[script: string, letters: string]>([
    ['Latin', 'AzÀžɏḀỿ'],
    ['Greek', 'ͰΑωϿἀῼ'],
    ['Cyrillic', 'ЀАяԯ'],
    ['Armenian', 'ԱՖֈ'],
    ['Hebrew', 'אתײ'],
    ['Arabic', 'ؠعیݿﭐﷻﹰﻼ'],
    ['Devanagari', 'ऄकॿ'],
    ['Thai', 'กฮๆ'],
    ['Georgian', 'Ⴀაჿ'],
    ['Hangul', '가힣'],
    ['Han', '兵かカ'],
    ['Other', 'ɐআሀ'],
  ])('is %s from the first to the last of its blocks: %s', (script, letters) => {
    expect([...letters].map((letter) => `${letter} ${scriptOfFirst(letter)}`)).toEqual(
      [...letters].map((letter) => `${letter} ${script}`),
    );
  });

  it.each(['', '7', ' ', '—', '\u0301', '€'])('is none where there is no letter: "%s"', (text) => {
    expect(scriptOfFirst(text)).toBeNull();
  });

  it('is that of the whole character beyond the first plane', () => {
    expect(scriptOfFirst('𠀋')).toBe('Han');
    expect(scriptOfFirst('𐐀')).toBe('Other');
  });
});

describe('the letters of a text', () => {
  it('are counted for each script in its order, a Han character or a syllable as two', () => {
    const { letters, han, kana } = countScripts('Die NATO — войска, 兵 和 かカ 병력 7!');

    expect([...letters]).toEqual([
      ['Latin', 7],
      ['Cyrillic', 6],
      ['Han', 8],
      ['Hangul', 4],
    ]);
    expect({ han, kana }).toEqual({ han: 2, kana: 2 });
  });

  it('count kana apart from Han, from the first to the last, and characters beyond the first plane once', () => {
    expect(countScripts('ぁヿㇰㇿ')).toMatchObject({ han: 0, kana: 4 });
    expect(countScripts('一𠀋𠀋')).toMatchObject({ han: 3, kana: 0 });
    expect(countScripts('한글 abc')).toMatchObject({ han: 0, kana: 0 });
  });

  it('lead where they are the most; of equals, the first in the text', () => {
    expect(leadingScript(countScripts('aб'))).toBe('Latin');
    expect(leadingScript(countScripts('бa'))).toBe('Cyrillic');
    expect(leadingScript(countScripts('abв兵兵'))).toBe('Han');
    expect(leadingScript(countScripts('1 2 3'))).toBeNull();
  });
});

it.each<[languages: string, scripts: readonly string[]]>([
  ['ar fa ur ps ug ckb', ['Arabic']],
  ['ru uk bg mk be ky tg tt ba', ['Cyrillic']],
  ['mn', ['Cyrillic', 'Other']],
  ['sr kk uz', ['Cyrillic', 'Latin']],
  ['az', ['Latin', 'Cyrillic']],
  ['ko', ['Hangul']],
  ['zh ja yue', ['Han']],
  ['el', ['Greek']],
  ['he yi', ['Hebrew']],
  ['hi mr ne', ['Devanagari']],
  ['th', ['Thai']],
  ['hy', ['Armenian']],
  ['ka', ['Georgian']],
  ['fi en xx', ['Latin', 'Other']],
])('%s may be written in %s', (languages, scripts) => {
  for (const language of languages.split(' ')) expect([language, scriptsOf(language)]).toEqual([language, scripts]);
});

it('a script that only one language uses tells the language', () => {
  expect(Object.fromEntries(LANGUAGE_OF_SCRIPT)).toEqual({
    Hangul: 'ko',
    Greek: 'el',
    Hebrew: 'he',
    Devanagari: 'hi',
    Thai: 'th',
    Armenian: 'hy',
    Georgian: 'ka',
  });
});
