import { codeUnitsOf, hashOf } from '../../../shared/text/code-units.ts';
import { isHangul, isHanOrKana } from '../../../shared/text/scripts.ts';
import { tokenize, tokenizeBoth } from '../../../shared/text/tokenize.ts';
import { fc } from '../../support/properties.ts';

const wordsOf = (text: string, maxTokens?: number): string[] => {
  const { count, starts, ends } = tokenize(text, maxTokens);
  return Array.from({ length: count }, (_, i) => text.slice(starts[i], ends[i]));
};

/** The words that are expected have spaces between them. */
const cuts = (text: string, words: string): void =>
  expect(wordsOf(text)).toEqual(words.split(' ').filter((word) => word !== ''));

describe('tokenize', () => {
  it.each([
    ['en', "The army's plan won't hold: 1,500 U.S. troops left.", "The army plan won't hold 1,500 U.S troops left"],
    ['en', 'The ministers’ mutual-defence pact (see p.5)', 'The ministers mutual defence pact see p 5'],
    ['fr', "L'armée n’a pas dit qu'elle s'arrête aujourd’hui", 'armée a pas dit elle arrête aujourd’hui'],
    ['it', "Dell'esercito, c'è un po' d'acqua nell’isola", 'esercito è un po acqua isola'],
    ['es', '¿Cuándo ratificó España el «tratado»?', 'Cuándo ratificó España el tratado'],
    ['pt', 'Disse-lhe: «não», às 15h30 de 2024.', 'Disse lhe não às 15h30 de 2024'],
    ['de', 'Straßenbau-Ämter z.B. in Köln kosten 1.500,5 €', 'Straßenbau Ämter z.B in Köln kosten 1.500,5'],
    ['tr', "Türkiye'nin İstanbul’da ışığı 3'üncü kez", "Türkiye'nin İstanbul’da ışığı 3'üncü kez"],
    ['pl', 'Źródła: łódź płynie, 24-letni żołnierz', 'Źródła łódź płynie 24 letni żołnierz'],
    ['ru', 'Ещё 5-й полк, т.е. «гвардия», ушёл.', 'Ещё 5 й полк т.е гвардия ушёл'],
    ['uk', "З'їзд п’ятого обʼєднання — Київ", "З'їзд п’ятого обʼєднання Київ"],
    ['ar', 'قالت القُوّات، إنّ العدد ٣٬٥٠٠؟', 'قالت القُوّات إنّ العدد ٣٬٥٠٠'],
    ['fa', 'می‌رسند به مرز', 'می‌رسند به مرز'],
    ['ko', "'파병'을 NATO가 3만5천명, 북한군·러시아군이", '파병 을 NATO 가 3만5천명 북한군 러시아군이'],
    ['zh', '中国2024年向NATO派兵。', '中 国 2024 年 向 NATO 派 兵'],
    ['ja', '「ドローン」が3機、東京へ。', 'ド ロ ー ン が 3 機 東 京 へ'],
  ])('%s: %s', (_language, text, words) => cuts(text, words));

  it('keeps a full stop between single letters only, so that a missing space parts two sentences', () => {
    cuts('It ended.Then D.C.officials left, i.e. all', 'It ended Then D.C officials left i.e all');
  });

  it('keeps points, commas and apostrophes between digits, and no others', () => {
    cuts("1.5 10,000 10'000 5,five .5 5. 3.a", "1.5 10,000 10'000 5 five 5 5 3 a");
  });

  it('leaves out the possessive in both forms of apostrophe and in capitals, but keeps what only looks like one', () => {
    cuts("Kim's KIM’S 1990's dogs' it's", 'Kim KIM 1990 dogs it');
    cuts("rock'n'roll o'clock 's", "rock'n'roll o'clock s");
  });

  it('cuts a number from a word that lacks its space, and from a particle or currency before it', () => {
    cuts('10,000troops 5bn 15th 3D 12mila 4x4 80er', '10,000 troops 5bn 15th 3D 12 mila 4x4 80er');
    cuts('Rs500 USD5 F16 H1N1 و500', 'Rs 500 USD 5 F16 H1N1 و 500');
  });

  it('cuts a hashtag where a small letter meets a capital, and no other word', () => {
    cuts('#BootsOnTheGround BootsOnTheGround', 'Boots On The Ground BootsOnTheGround');
    cuts('#NATO #NATOSummit2026 #COVID19Vaccine #ПомогиАрмии', 'NATO NATO Summit2026 COVID19 Vaccine Помоги Армии');
    cuts("# #1 ##Aa C# #don't #Biden’s #中国", "1 Aa C don't Biden 中 国");
  });

  it('says whether it met signs that hold tokens together', () => {
    const joined = [
      'cease-fire',
      'cease\u2011fire',
      '한·미',
      '한ㆍ미',
      'U. S. troops',
      '#BootsOnTheGround',
      'ทหาร',
      'a -b',
    ];
    const plain = ['cease fire', 'U.S. troops', 'I left. We stayed', '한 미', '中国', '1,5 "x" (y)'];

    expect(joined.map((text) => tokenize(text).joints.length > 0)).toEqual(joined.map(() => true));
    expect(plain.map((text) => tokenize(text).joints)).toEqual(plain.map(() => []));
    expect(tokenizeBoth('cease-fire', 'plain', 9).joints).toEqual([0]);
    expect(tokenizeBoth('plain', 'the cease-fire - held', 9).joints).toEqual([2, 3]);
    expect(tokenizeBoth('plain', 'plain', 9).joints).toEqual([]);
  });

  it('takes the accents that are typed for an apostrophe for one', () => {
    cuts('м`яч don´t `army`', 'м`яч don´t army');
  });

  it('goes over a zero-width space between Latin letters, and over no other', () => {
    cuts('tro\u200bops 10\u200b000 中\u200b国 파\u200b병', 'tro\u200bops 10 000 中 国 파 병');
  });

  it('leaves out quotation marks around a word', () => {
    cuts("'army' ‘army’ “army” «army» „army“", 'army army army army army');
  });

  it('keeps marks with their letter, composed or not', () => {
    cuts('e\u0301lan か\u3099 क्षेत्र', 'e\u0301lan か\u3099 क्षेत्र');
    cuts('\u0301 \u3099', '');
  });

  it('keeps a soft hyphen inside a word and no word of invisible characters', () => {
    cuts('rati\u00adfication \u00ad \u200b \ufeff', 'rati\u00adfication');
  });

  it('knows letters beyond the first plane, and takes half of a pair for a separator', () => {
    cuts('𠮷野 𝐀𝐁 a😀b', '𠮷 野 𝐀𝐁 a b');
    cuts('a\ud800b \udc00c', 'a b c');
  });

  it.each([
    ['apostrophe', "'`\u00b4\u2018\u2019\u02b9\u02bb\u02bc\uff07", 'ab*cd'],
    ['point between single letters', '.\uff0e', 'A*B'],
    ['point between digits', ".\uff0e,\uff0c\u066b\u066c'\u2019", '12*345'],
    ['sign that is not seen', '\u00ad\u200b\u200c\u200d\u2060\ufeff', 'ab*cd'],
    ['voicing mark', '\u3099\u309a\uff9e\uff9f', 'か*'],
  ])('keeps each %s in its word', (_what, signs, word) => {
    for (const sign of signs)
      expect([sign, wordsOf(word.replace('*', sign))]).toEqual([sign, [word.replace('*', sign)]]);
  });

  it.each([
    ['hyphen or middle dot', '-\u2010\u2011\u00b7\u318d\u30fb\u2027\u2219\uff65', [0]],
    ['sign that is none of these', '\u2013\u2014_/+\u309b\u309c', []],
  ])('ends a word at each %s', (_what, signs, joints) => {
    for (const sign of signs) {
      expect([sign, wordsOf(`ab${sign}cd`), tokenize(`ab${sign}cd`).joints]).toEqual([sign, ['ab', 'cd'], joints]);
    }
  });

  it('cuts behind either sign of a hashtag, and gives no more parts than asked for', () => {
    cuts('＃BootsOnTheGround ＃don', 'Boots On The Ground don');
    expect(wordsOf('#BootsOnTheGround', 2)).toEqual(['Boots', 'On']);
    expect(tokenize('#AaBb'.repeat(3_000)).count).toBe(6_000);
    expect(tokenize('ทหารไป'.repeat(3_000)).count).toBeGreaterThanOrEqual(6_000);
  });

  it.each(
    'c d j l m n s t qu jusqu lorsqu puisqu quoiqu un dell all dall nell sull coll quell quest gl agl degl'.split(' '),
  )("leaves out %s'", (elided) => {
    cuts(`${elided}'armée ${elided.toUpperCase()}’armée`, 'armée armée');
  });

  it('leaves out nothing else before an apostrophe', () => {
    cuts("aujourd'hui b'x presqu'île xl'armée d's qu's l'a's", "aujourd'hui b'x presqu'île xl'armée d qu a");
  });

  it.each(
    'Rs Rp RM Kč Ft zł USD EUR GBP CHF JPY CNY INR PKR BDT IDR AUD CAD NZD HKD SGD NOK SEK DKK PLN CZK HUF'.split(' '),
  )('cuts the code %s from its number', (code) => {
    cuts(`${code}500 x${code}5`, `${code} 500 x${code}5`);
  });

  it.each([
    ['10abc 10abcd', '10abc 10 abcd'],
    ['10abcd5 10abc\u0301d\u0301 1.5abcd', '10abcd5 10 abc\u0301d\u0301 1.5 abcd'],
    ['USDT5 RS5 و500 ك5', 'USDT5 RS5 و 500 ك 5'],
    ['a.b.c ab.c a.bc a.b\u0301 a.1 1.a a,b', 'a.b.c ab c a bc a b\u0301 a 1 1 a a b'],
    ["a'b a'1 1'a 1'2 1'가 가'b a'가", "a'b a 1 1'a 1'2 1 가 가 b a 가"],
    ['NATO가 3만5천 가abc a1가 1가 가1a', 'NATO 가 3만5천 가 abc a1 가 1가 가1a'],
    ['ab\u200c cd\u200d. ef\u200c-gh', 'ab cd ef gh'],
    ['m² Ⅳ 5½ ３', 'm² Ⅳ 5½ ３'],
    ['a: b; (c) [d] {e} f? g! h… i', 'a b c d e f g h i'],
  ])('%j', (text, words) => cuts(text, words));

  it('gives no more tokens than asked for, and the same ones', () => {
    const text = 'one two 三四 five';
    for (let most = 0; most <= 6; most++) expect(wordsOf(text, most)).toEqual(wordsOf(text).slice(0, most));
  });

  it('gives results that a later call does not change', () => {
    const first = tokenize('one two three');
    tokenize('another text of more words than that '.repeat(400));
    expect([...first.starts]).toEqual([0, 4, 8]);
    expect(tokenize('word '.repeat(5_000)).count).toBe(5_000);
  });

  it('keeps the first of many more tokens than any text before had', () => {
    const { starts, ends, hashes } = tokenize('word '.repeat(40_000));

    expect([starts[0], starts[1], starts[39_999]]).toEqual([0, 5, 199_995]);
    expect([ends[0], ends[1], ends[39_999]]).toEqual([4, 9, 199_999]);
    expect(new Set(hashes).size).toBe(1);
  });

  const pieces = fc.oneof(
    fc.constantFrom(
      "'",
      '’',
      '.',
      ',',
      '-',
      ' ',
      's',
      'S',
      'l',
      'qu',
      'U',
      '1',
      'é',
      '\u0301',
      '다',
      '軍',
      'ー',
      '\u00ad',
      '#',
      'ทหาร',
      '\u200b',
      'Rs',
    ),
    fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    fc.constantFrom('𠮷', '😀', 'NATO', 'dell', 'п', 'ك', '\u200c', '\u3099', 'ﬁ', '²'),
  );
  const beginsWord = (codePoint: number): boolean =>
    isHangul(codePoint) || isHanOrKana(codePoint) || /[\p{L}\p{N}]/u.test(String.fromCodePoint(codePoint));
  const texts = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(''));

  it('gives ascending, disjoint ranges that begin with a letter, a digit or an East Asian character', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { count, starts, ends } = tokenize(text);
        for (let i = 0; i < count; i++) {
          expect(starts[i]).toBeGreaterThanOrEqual(i === 0 ? 0 : ends[i - 1]!);
          expect(beginsWord(text.codePointAt(starts[i]!)!)).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('leaves out no letter or digit, but for elisions and possessives', () => {
    fc.assert(
      fc.property(texts, (text) => {
        // Letters to Unicode too: the half-width voicing marks, which are part of the character before them, and the
        // letter that Korean uses for a middle dot.
        const withoutApostrophes = text.replace(
          /['`\u00b4\u2018\u2019\u02b9\u02bb\u02bc\uff07\uff9e\uff9f\u318d]/g,
          ' ',
        );
        const lettersOf = (parts: readonly string[]) =>
          parts
            .join('')
            .match(/[\p{L}\p{N}]/gu)
            ?.join('') ?? '';
        expect(lettersOf(wordsOf(withoutApostrophes))).toBe(lettersOf([withoutApostrophes]));
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives the hash of each token as it stands', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { count, starts, ends, hashes } = tokenize(text);
        const units = codeUnitsOf(text);
        for (let i = 0; i < count; i++) expect(hashes[i]).toBe(hashOf(units, starts[i]!, ends[i]!));
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives title and text in one row as each for itself, up to the number asked for', () => {
    fc.assert(
      fc.property(texts, texts, fc.nat(20), (title, text, most) => {
        const { count, titleCount, starts, ends } = tokenizeBoth(title, text, most);
        const words = Array.from({ length: count }, (_, i) =>
          (i < titleCount ? title : text).slice(starts[i], ends[i]),
        );
        expect(words).toEqual([...wordsOf(title), ...wordsOf(text)].slice(0, most));
        expect(titleCount).toBe(Math.min(most, wordsOf(title).length));
      }),
      { numRuns: 500 },
    );
  });

  it('finds in two texts with a space between the tokens of each', () => {
    fc.assert(
      fc.property(texts, texts, (first, second) => {
        expect(wordsOf(`${first} ${second}`)).toEqual([...wordsOf(first), ...wordsOf(second)]);
      }),
    );
  });
});
