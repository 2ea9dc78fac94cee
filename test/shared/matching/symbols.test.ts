// Which words of a text one written word matches. The table of symbols, which the engine asks, and the plain reading of the pattern,
// which the oracle asks, agree.
import { NUMBER_SYMBOL, SymbolTable } from '../../../shared/matching/compile/symbols.ts';
import {
  type Exactness,
  isSyllableWithParticle,
  matchesWord,
  patternsOfPhrase,
  patternsOfWord,
  type WordPattern,
} from '../../../shared/matching/compile/word-patterns.ts';
import { FIRST_SYMBOL, symbolsIn } from '../../../shared/matching/compile/word-table.ts';
import { codeUnitsOf, hashOf } from '../../../shared/text/code-units.ts';

function symbolsOf(table: SymbolTable, word: string): readonly number[] {
  const units = codeUnitsOf(word);
  const at = table.lookUp(units, 0, word.length, hashOf(units, 0, word.length));
  const { records } = table.words;
  return [...records.slice(at + FIRST_SYMBOL, at + FIRST_SYMBOL + symbolsIn(records[at]!))];
}

function onlyPattern(written: string, exactness: Exactness, language: string): WordPattern {
  const [[pattern] = []] = patternsOfWord(written, exactness, language);
  if (pattern === undefined) throw new Error(`${written} must be a word`);
  return pattern;
}

function isMatched(pattern: WordPattern, word: string): boolean {
  if (pattern.form === 'any' || pattern.form === 'document-stem') throw new Error('no single symbol');
  const table = new SymbolTable();
  const symbol = table.symbolOf(pattern);
  const found = symbolsOf(table, word);
  expect(new Set(found).size).toBe(found.length);
  expect([word, matchesWord(pattern, word, ['en'])]).toEqual([word, found.includes(symbol)]);
  return found.includes(symbol);
}

it.each<[written: string, exactness: Exactness, language: string, matched: string, not: string]>([
  ['deploy', 'forms', 'en', 'deploy deploys Deployed DEPLOYING', 'redeploy deplo'],
  ['deploy', 'written', 'en', 'deploy DEPLOY Deploy', 'deploys deployed'],
  ['Deploy', 'case', 'en', 'Deploy', 'deploy DEPLOY Deploys'],
  ['tro*', 'forms', 'en', 'tro troops Trove', 'stroll tr'],
  ['Tro*', 'case', 'en', 'Troops Tro', 'troops TROOPS'],
  ['*ment', 'written', 'en', 'ment armament ARMAMENT', 'armaments men'],
  ['*Ment', 'case', 'en', 'Ment armaMent', 'armament'],
  ['*rmam*', 'forms', 'en', 'armament rmam ARMAMENT', 'arma'],
  ['*rmaM*', 'case', 'en', 'armaMent', 'armament'],
  ['US', 'written', 'en', 'US us U.S', 'U.S.A USA'],
  ['US', 'case', 'en', 'US U.S', 'us Us'],
  ['us', 'case', 'en', 'us', 'US U.S.'],
  ['U.S.', 'case', 'en', 'U.S', 'US'],
  ['US', 'forms', 'en', 'US us U.S', 'use'],
  ['US*', 'written', 'en', 'USA us use', 'U.S.A'],
  ['12', 'forms', 'en', '12', '123 112'],
  ['cafe', 'written', 'fr', 'café CAFÉ cafe', 'cafés'],
  ['파병', 'forms', 'ko', '파병 파병을', '해외파병'],
  ['파병', 'written', 'ko', '파병', '파병을'],
  ['군', 'forms', 'ko', '군 군이 군에서 군으로의', '군대 해군'],
  ['군', 'written', 'ko', '군', '군이'],
  ['兵', 'forms', 'zh', '兵', '军'],
  ['ガ', 'case', 'ja', 'ガ', 'カ'],
  ['войска', 'forms', 'ru', 'войска войск войскам', 'вой'],
  ['ทหาร', 'forms', 'th', 'ทหาร ทหารไทย', 'ตำรวจ'],
  ['ตา', 'forms', 'th', 'ตา', 'ตาย ตามปกติ'],
  ['ตา*', 'forms', 'th', 'ตา ตาย', 'มา'],
  ['*าย', 'written', 'th', 'ตาย', 'ยา'],
  ['جيش', 'forms', 'ar', 'جيش الجيش', 'كرة'],
  ['קוד', 'forms', 'he', 'קוד', 'x'],
])('%s (%s, %s) is found in %s, not in %s', (written, exactness, language, matched, not) => {
  const pattern = onlyPattern(written, exactness, language);

  expect(matched.split(' ').filter((word) => !isMatched(pattern, word))).toEqual([]);
  expect(not.split(' ').filter((word) => isMatched(pattern, word))).toEqual([]);
});

describe('a table of symbols', () => {
  const patternOf = (written: string, exactness: Exactness = 'forms', language = 'en') => {
    const pattern = onlyPattern(written, exactness, language);
    if (pattern.form === 'any' || pattern.form === 'document-stem') throw new Error('no single symbol');
    return pattern;
  };

  it('gives equal patterns one symbol, and others another', () => {
    const table = new SymbolTable();
    const written = [
      ...(['deploy', 'army', 'tro*', '*ment', '*rmam*', '12'] as const).map((word) => patternOf(word)),
      ...(['deploy', 'army'] as const).map((word) => patternOf(word, 'written')),
      ...(['deploy', 'tro*', '*ment', '*rmam*'] as const).map((word) => patternOf(word, 'case')),
      patternOf('군', 'forms', 'ko'),
      patternOf('деплой', 'forms', 'ru'),
      patternOf('ทหาร', 'forms', 'th'),
      patternOf('*ทหาร', 'forms', 'th'),
      patternOf('ทหาร*', 'forms', 'th'),
      patternOf('*ทหาร*', 'forms', 'th'),
    ];
    const symbols = written.map((pattern) => table.symbolOf(pattern));

    expect(new Set(symbols).size).toBe(written.length);
    expect(written.map((pattern) => table.symbolOf(pattern))).toEqual(symbols);
    expect(table.size).toBe(1 + written.length);
    expect(table.symbolOf(patternOf('deploys'))).toBe(symbols[0]);
  });

  it('has a symbol for words that begin with a digit', () => {
    const table = new SymbolTable();

    expect(table.size).toBe(1);
    expect(
      ['0', '9th', '12', '٣', 'x1', '/', ':'].filter((word) => symbolsOf(table, word).includes(NUMBER_SYMBOL)),
    ).toEqual(['0', '9th', '12', '٣']);
  });

  it('gives a word all its symbols, each once', () => {
    const table = new SymbolTable();
    const patterns = [
      patternOf('US'),
      patternOf('US', 'written'),
      patternOf('US', 'case'),
      patternOf('us', 'case'),
      patternOf('US', 'forms', 'de'),
      patternOf('US', 'forms', 'ru'),
      patternOf('voi', 'forms', 'ru'),
    ];
    const [stem, exact, raw, , german, russian] = patterns.map((pattern) => table.symbolOf(pattern));
    const sorted = (word: string) => [...symbolsOf(table, word)].sort((a, b) => a - b);

    expect(sorted('US')).toEqual([stem, exact, raw, german, russian].sort((a, b) => a! - b!));
    expect(sorted('U.S')).toEqual([stem, exact, raw, german, russian].sort((a, b) => a! - b!));
    expect(sorted('army')).toEqual([]);
  });

  it('knows words that were looked up before a symbol was made', () => {
    const table = new SymbolTable();
    const first = table.symbolOf(patternOf('army'));
    expect(symbolsOf(table, 'troops')).toEqual([]);
    const second = table.symbolOf(patternOf('troops'));

    expect(symbolsOf(table, 'troops')).toEqual([second]);
    expect(symbolsOf(table, 'armies')).toEqual([first]);
    table.renew();
    expect(symbolsOf(table, 'troops')).toEqual([second]);
  });

  it('forgets words that were not seen for a hundred thousand others, and knows them all the same when they come back', () => {
    const table = new SymbolTable();
    const army = table.symbolOf(patternOf('army'));
    const first = table.words;
    const see = (count: number) => {
      for (let index = 0; index < count; index++) symbolsOf(table, `w${index}`);
      table.renew();
    };

    expect(symbolsOf(table, 'army')).toEqual([army]);
    see(99_998);
    expect(table.words).toBe(first);
    symbolsOf(table, 'troops');
    table.renew();
    expect(table.words).not.toBe(first);
    expect(table.words.isEmpty).toBe(true);
    const troops = table.symbolOf(patternOf('troops'));
    expect(symbolsOf(table, 'troops')).toEqual([troops]);
    expect(symbolsOf(table, 'army')).toEqual([army]);
  });

  it('knows whether a script without spaces is asked for', () => {
    const table = new SymbolTable();
    table.symbolOf(patternOf('army'));
    expect(table.hasUnspaced).toBe(false);

    table.symbolOf(patternOf('ทหาร', 'forms', 'th'));
    expect(table.hasUnspaced).toBe(true);
  });

  it('guesses that common words are in more texts, and short parts of words', () => {
    const table = new SymbolTable();
    const weightOf = (...given: Parameters<typeof patternOf>) => table.weightOf(table.symbolOf(patternOf(...given)));

    expect(table.weightOf(NUMBER_SYMBOL)).toBe(0.9);
    for (const exactness of ['forms', 'written', 'case'] as const) {
      expect(weightOf('people', exactness)).toBeGreaterThan(weightOf('ferry', exactness));
      expect(weightOf('The', exactness)).toBeGreaterThan(weightOf('People', exactness));
    }
    expect(weightOf('것', 'forms', 'ko')).toBeGreaterThan(weightOf('뷁', 'forms', 'ko'));
    expect(weightOf('tro*')).toBe(1 / 16);
    expect(weightOf('*ment')).toBe(1 / 25);
    expect(weightOf('*rmam*', 'case')).toBe(1 / 25);
    expect(weightOf('ทหาร', 'forms', 'th')).toBe(1 / 25);
  });
});

describe('a syllable with a particle', () => {
  it.each(
    '은 는 이 가 을 를 의 에 도 와 과 로 만 에서 에게 으로 까지 부터 이나 나 라 이라 이다 라도 처럼 보다 마다 조차 밖에 하고 에는 에도 으로의 에서의'.split(
      ' ',
    ),
  )('is the syllable: %s', (particle) => {
    expect(isSyllableWithParticle('군', `군${particle}`)).toBe(true);
    expect(isSyllableWithParticle('군', `해군${particle}`)).toBe(false);
  });

  it('is not the beginning of another word', () => {
    expect(['군', '군대', '군이나라', '', '이'].filter((word) => isSyllableWithParticle('군', word))).toEqual(['군']);
  });
});

describe('the ways to match a word', () => {
  const shownPattern = (pattern: WordPattern): string =>
    [
      pattern.form,
      'value' in pattern ? pattern.value : 'word' in pattern ? pattern.word : '',
      'raw' in pattern && pattern.raw ? 'raw' : '',
      pattern.join ?? '',
      pattern.isWholeKatakana ? 'whole' : '',
    ]
      .filter((part) => part !== '')
      .join(':');
  const shownWays = (ways: readonly (readonly WordPattern[])[]): readonly string[] =>
    ways.map((way) => way.map(shownPattern).join(' '));

  it.each<[written: string, exactness: Exactness, language: string, ways: readonly string[]]>([
    ['army', 'forms', 'en', ['stem:armi']],
    ['army', 'written', 'en', ['exact:army']],
    ['Army', 'case', 'en', ['raw:Army']],
    ['Army', 'forms', '*', ['document-stem:Army']],
    ['12', 'forms', 'en', ['exact:12']],
    ['!', 'forms', 'en', []],
    ['*', 'forms', 'en', []],
    ['cease-fire', 'written', 'en', ['exact:cease exact:fire', 'exact:ceasefire']],
    ['cease\u2011fire', 'written', 'en', ['exact:cease exact:fire', 'exact:ceasefire']],
    ['cease/fire', 'written', 'en', ['exact:cease exact:fire']],
    ['cease-fi*', 'written', 'en', ['exact:cease prefix:fi', 'prefix:ceasefi']],
    ['*ase-fire', 'written', 'en', ['suffix:ase exact:fire', 'suffix:asefire']],
    ['*a-b-c*', 'case', 'en', ['suffix:a:raw raw:b prefix:c:raw', 'infix:abc:raw']],
    ['兵-军', 'forms', 'zh', ['exact:兵 exact:军']],
    ['派兵', 'forms', 'zh', ['exact:派 exact:兵:touching']],
    ['派兵', 'case', 'zh', ['raw:派 raw:兵:touching']],
    ['A股', 'written', 'zh', ['exact:a exact:股:spaced']],
    ['タン', 'forms', 'ja', ['exact:タ:whole exact:ン:touching']],
    ['ﾀﾝ', 'written', 'ja', ['exact:タ:whole exact:ン:touching']],
    ['タンクロ', 'forms', 'ja', ['exact:タ exact:ン:touching exact:ク:touching exact:ロ:touching']],
    ['タン*', 'forms', 'ja', ['exact:タ exact:ン:touching']],
    ['*タン', 'forms', 'ja', ['exact:タ exact:ン:touching']],
    ['파병', 'forms', 'ko', ['prefix:파병']],
    ['연합훈련', 'forms', 'ko', ['prefix:연합훈련', 'exact:연합 prefix:훈련']],
    [
      '한미연합훈련',
      'forms',
      'ko',
      ['prefix:한미연합훈련', 'exact:한미 prefix:연합훈련', 'exact:한미연 prefix:합훈련', 'exact:한미연합 prefix:훈련'],
    ],
    ['연합훈련', 'written', 'ko', ['exact:연합훈련']],
    ['*연합훈련', 'forms', 'ko', ['suffix:연합훈련']],
    ['국방부', 'forms', 'ko', ['prefix:국방부']],
    ['F-16', 'forms', 'en', ['stem:f exact:16', 'stem:f16', 'stem:f exact:16s', 'stem:f16s']],
    ['München', 'written', 'de', ['exact:munchen', 'exact:muenchen']],
    ['München', 'case', 'de', ['raw:München']],
    ['München', 'written', 'en', ['exact:munchen']],
    ['ทหาร', 'written', 'th', ['unspaced:ทหาร']],
  ])('%s (%s, %s) are %j', (written, exactness, language, ways) => {
    expect(shownWays(patternsOfWord(written, exactness, language))).toEqual(ways);
  });

  const shownValues = (way: readonly WordPattern[]): readonly string[] =>
    way.flatMap((pattern) => ('value' in pattern ? [pattern.value] : 'word' in pattern ? [pattern.word] : []));

  it.each([
    ['F-16', 'en', true],
    ['F16', '*', true],
    ['F-16', 'fr', false],
    ['F-12345', 'en', false],
    ['ABCDEF-16', 'en', false],
    ['ABCDE-1234', 'en', true],
    ['1990', 'en', false],
  ])('%s in %s may have a plural in s: %s', (written, language, hasPlural) => {
    const found = patternsOfWord(written, 'forms', language).flatMap(shownValues);

    expect(found.some((value) => /\ds$/.test(value))).toBe(hasPlural);
  });

  it.each<[words: string, ways: readonly string[]]>([
    ['un troops', ['exact:un exact:troops']],
    ['un * troops', ['exact:un any exact:troops']],
    ['* *', []],
    ['! troops', ['exact:troops']],
    ['yahoo! news', ['exact:yahoo exact:news:open']],
    ['yahoo! news now', ['exact:yahoo exact:news:open exact:now']],
    ['“yahoo.” news', ['exact:yahoo exact:news:open']],
    ['a.b news', ['exact:a.b exact:news']],
    ['cease-fire now', ['exact:cease exact:fire exact:now', 'exact:ceasefire exact:now']],
    ['タン 軍', ['exact:タ exact:ン:touching exact:军']],
    ['タン', ['exact:タ:whole exact:ン:touching']],
  ])('the phrase "%s" are %j', (words, ways) => {
    expect(shownWays(patternsOfPhrase(words.split(' '), 'written', 'en'))).toEqual(ways);
  });

  it('of a phrase are eight at most', () => {
    expect(patternsOfPhrase('a-b c-d e-f'.split(' '), 'written', 'en')).toHaveLength(8);
    expect(patternsOfPhrase('a-b c-d e-f g-h'.split(' '), 'written', 'en')).toHaveLength(8);
  });
});
