// Rule by rule, where a terminator ends a sentence. A | stands where one ends; without it, the whole row is one sentence.
import { afterPlainEnd } from '../../../shared/text/sentence-ends.ts';
import { splitSentences } from '../../../shared/text/sentences.ts';

const sentencesOf = (text: string): string[] => splitSentences(text).map(([start, end]) => text.slice(start, end));
const expectEnds = (rows: readonly string[]): void =>
  expect(rows.map((row) => sentencesOf(row.replaceAll('|', '')))).toEqual(
    rows.map((row) => row.split('|').map((sentence) => sentence.trim())),
  );
/** Each row with each of the pieces in the place of its star. */
const withEach = (pieces: readonly string[], ...rows: readonly string[]): string[] =>
  rows.flatMap((row) => pieces.map((piece) => row.replaceAll('*', piece)));

describe('the plain end of a sentence', () => {
  it.each([
    ['It ended. Then', 10],
    ['It ended.   Then', 12],
    ['It ended.\n\nThen', 11],
    ['It ended. “Then', 10],
    ['It ended. "Then', 10],
    ['It ended. ‘Then', 10],
    ['It ended. A', 10],
    ['It ended. Z', 10],
    ['We abz. Then', 8],
    ['My negotiations. Then', 17],
    ['Éadministrations. Then', 18],
  ])('%j goes on at %i', (text, next) => {
    expect(afterPlainEnd(text, text.indexOf('.'))).toBe(next);
  });

  it.each([
    ['It ended! Then', '!'],
    ['It ended? Then', '?'],
    ['It ended.Then', '.'],
    ['It ended.\tThen', '.'],
    ['It ended. then', '.'],
    ['It ended. “then', '.'],
    ['It ended. (Then', '.'],
    ['It ended. É', '.'],
    ['It ended. [', '.'],
    ['It ended. @', '.'],
    ['It ended. ', '.'],
    ['ended. Then', '.'],
    ['Ended. Then', '.'],
    ['x a. Then', '.'],
    ['x . Then', '.'],
    ['x approx. Then', '.'],
    ['x `ab. Then', '.'],
    ['x {ab. Then', '.'],
    ["x don't. Then", '.'],
    ['Énegotiations. Then', '.'],
  ])('%j is for the other rules', (text, sign) => {
    expect(afterPlainEnd(text, text.indexOf(sign))).toBe(-1);
  });
});

describe('speech goes on with who spoke', () => {
  it.each([
    [
      '라고 했다',
      '이라고 했다',
      '라며 갔다',
      '라면서',
      '라는 말',
      '고 했다',
      '고는',
      '고도',
      '며 갔다',
      '며, 갔다',
      '면서',
      '는 말',
      '하고',
    ],
  ])('in Korean', (...words) => {
    expectEnds(withEach(words, '"간다." *', '"간다."*'));
  });

  it('and in Korean with no word that only begins so', () => {
    expectEnds(withEach(['고기', '며칠', '하나', '라디오', '이라크', '는개'], '"간다." |*'));
  });

  it('in Japanese with a particle or a comma', () => {
    expectEnds(withEach([...'とってのがはをにもで、，,：:'], '「行く。」*首相'));
    expectEnds(['「行く。」|首相', '行く。|と首相']);
  });

  it('in Chinese with a verb soon after', () => {
    expectEnds(
      withEach([...'说說称稱道问問答'], '“走。”他*，', '“走。”他*。|走', '“走。”他*：好', '“走。”他*道，', '“走。”*,'),
    );
    expectEnds(
      withEach(['表示', '指出', '强调', '強調', '补充'], '“走。”王毅*好', '“走。”一二三四五六七八*好', '“走。”*好'),
    );
    expectEnds(['“走。”一二三四五六七八九十说，']);
  });

  it('but not in Chinese with one that is far away, or behind another sentence', () => {
    expectEnds([
      '“走。”|一二三四五六七八九十一说，',
      '“走。”|一二三四五六七八九表示好',
      '“走。”|他，说，好',
      '“走。”|他“说，',
      '“走。”|他说明',
      '走。|他说，好',
    ]);
  });
});

describe('a terminator of full width', () => {
  it('ends a sentence whatever follows', () => {
    expectEnds(withEach([...'。．｡！？'], '走了*|abc', '走了*|走了', '走了* |5'));
    expectEnds(withEach(['។', '៕', '။'], 'កងទ័ព*|abc'));
  });

  it('but not before a comma', () => {
    expectEnds(withEach(['、', '，', ','], '走！*走', '走。”*走'));
  });
});

describe('a full stop with a space', () => {
  it('does not end a sentence before a comma, a semicolon or a bracket', () => {
    expectEnds(withEach([',', ';', '،', '؛', '、', '，', ')'], 'He left. * Then', 'He left! * Then'));
  });

  it('does not end it before a word in lower case, whatever opens it', () => {
    expectEnds(['He left. then', 'He left. élan', 'He left. |5', 'He left. |iPhone']);
    expectEnds(withEach([...'"\'“‘’”«»„‚‹›([{¿¡—–-/「『《〈【（…'], 'He left. *then', 'He left. * then'));
    expectEnds(withEach([...'“‘«„‹([¿¡—「'], 'He left. |*Then', 'He left. |« *Then'));
  });

  it('ends it before a word in lower case in the next line, unless the word before is short for another', () => {
    expectEnds(['He left.|\nthen', 'He left approx.\nthen', 'He left the U.S.\nthen', 'He left in 15.\nthen']);
  });
});

describe('a question or exclamation', () => {
  it('ends unless a word in lower case follows', () => {
    expectEnds(
      withEach(
        ['?', '!', '?!', '؟', '۔', '।', '‼', '⁇', '⁈', '⁉'],
        'Was it* |Then',
        'Was it* |5',
        'Was it* then',
        'Was it* |iPhone',
      ),
    );
  });

  it('ends as one of dots where they trail off, not where words are left out', () => {
    expectEnds([
      'He said... |Then',
      'He said… |Then',
      'He said... then',
      'He said ... Then',
      'He said … Then',
      'He said [...] Then',
      'He said (...) Then',
      'He said\t... Then',
      '… Then',
      '... Then',
    ]);
  });
});

describe('a number or letter that numbers what follows', () => {
  it.each([
    [
      '1. Treaty',
      '12. Treaty',
      '123. Treaty',
      'IV. Treaty',
      'XXIII. Treaty',
      'a. Treaty',
      'É. Treaty',
      '(1. Treaty',
      '"1. Treaty',
      '«1. Treaty',
    ],
    [
      '1234. |Treaty',
      'XXXVII. |Treaty',
      'ab. |Treaty',
      '1.|\nTreaty',
      '12a. |Treaty',
      'See 1. |Treaty',
      '[1. |Treaty',
      '((1. |Treaty',
    ],
  ])('is one with it: %s …', (...rows) => {
    expectEnds(rows);
  });
});

describe('a number before a full stop', () => {
  it('goes on before a word in lower case and before the next number of a date', () => {
    expectEnds([
      'On 15. november it was. |Then',
      'On 12345. november',
      'On 2024. 11. 15. 서울',
      'On 2024. 11. Foo',
      'On 12024. |11. 15. Foo',
      'On 24. |111. Foo',
      'On 24. |11 Foo',
    ]);
  });

  it('is an ordinal behind German words for it, and before months', () => {
    expectEnds([
      'Es war der 20. Jahrestag',
      'Es war im XIX. Jahrhundert',
      'Es war der II. Weltkrieg',
      'Es war 15. März',
      'Es war 15. |Martin',
      'Es war der 120. |Jahrestag',
      'Es war 20. |Jahrestag',
      'Es war im 19. |Der Mann',
      'Es war im 19. Der. |Mann',
      'Es war im 19. Der-Mann',
      'The 1. 5. Foo',
      'The 5. |Foo',
    ]);
  });

  it.each(['ğ', 'ı', 'ş', 'İ', 'Ş'])('is an ordinal in Turkish, which %s shows nearby', (letter) => {
    const far = 'x '.repeat(75);

    expectEnds([
      `Bu ${letter}x 3. Foo`,
      `${letter}x 3. Foo`,
      `Bu 3. Foo ${letter}`,
      `Bu ${letter}${far.slice(0, 140)}3. Foo`,
      `Bu ${letter} ${far}3. |Foo`,
      `Bu 3. |Foo ${far}${letter}`,
    ]);
  });
});

describe('a short form before a full stop', () => {
  it.each([
    [
      'initials',
      ['J. Smith left', 'U.S. President', 'EE.UU. Joe', 'т.е. Дом', 'Ph.D. Smith'].map((row) => `In ${row}`),
    ],
    [
      'initials, and a word that begins sentences',
      ['In plan J. |The end', 'In the U.S. |The end', 'En EE.UU. |El fin'],
    ],
    ['initials, and such a word that is short for another or joined', ['In the U.S. The. end', 'In the U.S. The-end']],
    ['what is no initials', ['In abc.de. |Foo', 'In a.bcd. |Foo', 'In U.S.abc. |Foo']],
    [
      'titles, whatever follows',
      ['By Gen. The end', 'By Gen. Kim', 'By Gen. 5', 'BY GEN. KIM', 'By l’avv. Kim', "By l'avv. Kim"],
    ],
    ['what stands before numbers', ['See No. 5', 'See No. V', 'See No. XL', 'See l’art. 5', 'SEE NO. 5']],
    [
      'what stands before numbers, and no number',
      ['He said No. |The end', 'He said No. |Five', 'HE SAID NO. |KIM', 'He said No. |“Five'],
    ],
    ['what ends a name', ['At Acme Inc. Foo', 'At Acme Inc. 5', 'At Acme Inc. |The end']],
    ['what ends a list', ['Ships, etc. |Foo', 'Ships, etc. |The', 'Ships, etc. 5']],
    ['other words', ['By gEN. |Kim', 'By Genx. |Kim', "By don't. |Kim", 'By Gén. |Kim']],
    ['signs around it', ["By 'gen. Kim", 'By ’gen. Kim', 'By -gen. Kim', 'By (gen. Kim', 'By “Gen. Kim']],
    ['syllables, which are no initials', ['그는 네. |Foo', '他是. |Foo']],
  ])('%s', (_what, rows) => {
    expectEnds(rows);
  });
});

describe('abbreviations of each language', () => {
  it('join what follows', () => {
    const words =
      'Brig Rev viz Lt.-Gen geb evtl Mgr env p.ex Sgto Pdte Profa geom dott.ssa bkz Tümg kmdr abp просп т.наз вул чл.-кор';
    expectEnds(withEach(words.split(' '), 'By *. Kim', 'By *. The'));
  });

  it('join a number', () => {
    const words = 'Ziff Para rozdz pkt рис разд févr янв листоп paź kwi'.split(' ');
    expectEnds(withEach(words, 'By *. 5', 'By *. IV', 'By *. |Kim'));
  });

  it('end a name', () => {
    const words = 'Thurs Mär Blvd Ph.D p.m Calif Wash Mrd Cía Şti M.Ö tys wiek трлн смт'.split(' ');
    expectEnds(withEach(words, 'By *. Kim', 'By *. 5', 'By *. |The'));
  });

  it('end a list', () => {
    expectEnds(withEach(['etc', 'ecc', 'usw', 'itp', 'vb', 'т.п', 'ін'], 'By *. |Kim', 'By *. 5'));
  });

  it('end a sentence before a word that sentences begin with', () => {
    const words = 'This Before Meanwhile According Der Dort Elle Une El Segundo Gli W Ayrıca Bu Он Про';
    expectEnds(withEach(words.split(' '), 'In the U.S. |* x'));
  });

  it('are followed by names of months behind an ordinal', () => {
    const words = 'Januar Jänner Dezember Jan Dez Ocak Mayıs Aralık';
    expectEnds(withEach(words.split(' '), 'Es war 15. *'));
  });

  it('and ordinals follow German words', () => {
    const words = 'der das im zum seit jeder ihren sein einen ein diesem Der Am Beim';
    expectEnds(withEach(words.split(' '), 'Es war * 20. Jahrestag'));
  });
});

describe('a terminator without a space', () => {
  it('ends a sentence between a word and one with a capital', () => {
    expectEnds([
      'It ended.|Then',
      'It ended in 24.|Then',
      'It ended!|Then',
      'It ended!”|Then',
      'It ended!|NATO',
      'It ended.|A man',
      'It ended.|I left',
      "Il dit.|L'armée",
      'Il dit.|L’armée',
      'Он ушёл.|И вот',
      'انتهى.|ثم',
      'انتهى."|ثم',
      '끝났다.|그는',
      '끝났다.|Then',
    ]);
  });

  it('but not where it belongs to a name, a number or an address', () => {
    expectEnds([
      'See node.js now',
      'It ended.NATO now',
      'It ended.X now',
      'An Ab.Then now',
      'The USA.Then now',
      'An a1.b2 now',
      'An approx.Then now',
      'It ended…”Then now',
      'It ended?Then now',
      'It ended...Then now',
      'It ended.then now',
      'It ended.5 now',
      '끝났다."그는',
      'ا.ثم',
      '다.Then',
    ]);
    expectEnds(
      withEach(['com', 'org', 'net', 'gov', 'edu', 'info', 'html', 'php', 'js', 'pdf', 'asp'], 'See site.* now').map(
        (row) => row.replace(/\.([a-z])/, (_, first: string) => `.${first.toUpperCase()}`),
      ),
    );
    expectEnds(
      withEach(
        ['https://abc', 'www.abc', 'me@abc', 'abc/def', 'abc?def', 'abc&def', 'abc=def', 'abc#def'],
        'See *.Then now',
      ),
    );
    expectEnds(['See abc.Then/x now', 'See abc.Then?x now', 'See abc.Then@x now', 'See abc.|Then / x']);
  });
});

describe('quotes and brackets behind a terminator', () => {
  it('belong to the sentence', () => {
    expectEnds(withEach([...'"\'”’»›“)]}）］｝」』】〉》〕'], 'He left.* |Then', 'He left!** |Then'));
    expectEnds([
      'He left.”’ |Then',
      'He left.[1] |Then',
      'He left.[123] |Then',
      'He left.[1][2] |Then',
      'Il dit !\u00a0» |Puis',
      'Il dit !\u202f› |Puis',
      'Il dit ! » |Puis',
    ]);
  });

  it('but no longer note, and no quote that opens the next', () => {
    expectEnds(['He left. |[1234] Then', 'Er ging. |»Dann']);
  });
});

describe('Thai and Lao', () => {
  const letters = (count: number, letter = 'ก'): string => letter.repeat(count);

  it.each([
    ['a stretch of sixty', `${letters(60)} |${letters(9)}`],
    ['a stretch of fifty-nine', `${letters(59)} ${letters(9)}`],
    ['a stretch counted from the end of the last sentence', `${letters(60)} |${letters(59)} ${letters(60)}`],
    ['a stretch of Lao', `${letters(60, 'ກ')} |${letters(9, 'ກ')}`],
    ['a stretch that is not the first sentence', `It ended. |${letters(60)} |${letters(9)}`],
    ['several spaces', `${letters(60)}   |${letters(9)}`],
    ['the first and the last letter of the scripts', `\u0e01${letters(58)}\u0eff |\u0e01${letters(9)}`],
    ['a space beside Latin letters', `${letters(60)} abc ${letters(9)}`],
    ['a text that begins in Latin letters', `abc${letters(60)} |${letters(9)}`],
    ['a text that ends in Latin letters', `${letters(60)} |${letters(9)} abc`],
    ['another script', `${'国'.repeat(60)} ${'国'.repeat(9)}`],
  ])('end a sentence with a space behind %s', (_what, row) => {
    expectEnds([row]);
  });
});

describe('a paragraph ends', () => {
  it('at a blank line and at its sign, whatever stands before', () => {
    expectEnds(['the U.S.|\n\narmy', 'the\n \n|army', 'the\u2029|army', 'the, |\r\n\r\narmy', 'one, |\n\u2029two']);
    expectEnds(['the,\narmy', 'the,\r\narmy', 'the, \n army']);
  });
});

describe('a dateline', () => {
  it('is one with its sentence', () => {
    expectEnds([
      'SEOUL, Nov. 15 (Agency) -- The army moved. |It',
      'SEOUL, Nov. 15 (Agency) — The army moved. |It',
      'SEOUL, Nov. 15 (Agency) - The army moved. |It',
      'SEOUL. Nov. 15 (Agency) – The army moved. |It',
      'SEOUL. (Agency) -- The army moved. |It',
      'НОВЫЙ ГОРОД, 15 нояб. /АГЕНТСТВО/. Договор. |Он',
      'SEOUL, Nov. 15 -- The army moved. |It',
      'THE, Nov. 15 (Ab) — The army',
    ]);
  });

  it('is none in other words', () => {
    expectEnds([
      'Seoul, it left. |Then (Agency) -- The army',
      'SEOUL. |They left for good (Agency) -- The army',
      'SEOUL, they ended. |Then (Agency) -- The army',
    ]);
  });
});

it('spaces around and between sentences belong to none', () => {
  expect(splitSentences('  It ended. \u00a0 Then.\t')).toEqual([
    [2, 11],
    [14, 19],
  ]);
});
