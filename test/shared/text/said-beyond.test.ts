// What one text says beyond others, sentence by sentence.
import { plainWords } from '../../../shared/text/plain-words.ts';
import { isRepeatOf, MOST_CHARS, MOST_SENTENCES, saidBeyond } from '../../../shared/text/said-beyond.ts';

const PAGE = `The ministry will deploy troops to the coast. "Nobody was hurt," she said.

The minister spoke of war
and peace. The bridge is closed.`;

const beyond = (text: string, ...others: string[]): string[] => saidBeyond(text, others).map((each) => each.text);

describe('a sentence that stands in another text', () => {
  it.each([
    'The ministry will deploy troops to the coast.',
    'THE MINISTRY WILL DEPLOY TROOPS TO THE COAST',
    '  The ministry  will deploy\ntroops to the coast.',
    '“Nobody was hurt”, she said!',
    'The minister spoke of war and peace.',
    'The bridge is closed',
    'The min\u00adistry will deploy troops to the coast.',
  ])('is not said beyond it: %j', (sentence) => {
    expect(beyond(sentence, 'Another text.', PAGE)).toEqual([]);
  });

  it.each([
    'The ministry will deploy troo…',
    'The ministry will deploy troo...',
    'The ministry will deploy troops […]',
    'The ministry will deploy troops to [...]',
    'The ministry will deploy troops (more…)',
    'The ministry will deploy troops (mehr ...)',
  ])('is not said beyond it when it breaks off: %s', (sentence) => {
    expect(beyond(sentence, PAGE)).toEqual([]);
  });

  it('may end in the middle of a word when it is long, the last one, and has no full stop', () => {
    expect(beyond('Rain. The ministry will deploy troops to the coa', PAGE)).toEqual(['Rain.']);
    expect(beyond('The ministry will deploy troo', PAGE)).toEqual(['The ministry will deploy troo']);
    expect(beyond('The ministry will deploy troops to the coa.', PAGE)).toHaveLength(1);
    const first = 'The ministry will deploy troops to the coa';
    expect(beyond(`${first}\n\nRain.`, PAGE)).toEqual([`${first}\n\nRain.`]);
  });

  it.each([
    ['in capitals', PAGE.toUpperCase()],
    ['in small letters', PAGE.toLowerCase()],
    ['with soft hyphens', PAGE.replace('ministry', 'mi\u00adnis\u00adtry').replace('troops', 'tro\u00adops')],
    ['with other quotes and spaces', PAGE.replaceAll('"', '”').replaceAll(' ', '\u00a0')],
    ['as part of a dialogue', `Asked, she said: ${PAGE}`],
  ])('is found in a text %s', (_how, other) => {
    expect(beyond('The ministry will deploy troops to the coast. Nobody was hurt, she said.', other)).toEqual([]);
  });

  it('is found in scripts without capitals, and in Greek and Turkish letters', () => {
    expect(beyond('部队将部署到海岸。桥已关闭。', '政府宣布：部队将部署到海岸！')).toEqual(['桥已关闭。']);
    expect(beyond('Ο ΣΤΡΑΤΟΣ ΕΦΥΓΕ.', 'Ο στρατος εφυγε.')).toEqual([]);
    expect(beyond('İstanbul kapandı.', 'istanbul kapandı.')).toEqual([]);
  });
});

it('a sentence that has a dateline in the other text stands there', () => {
  expect(beyond('Troops came.', 'SEOUL, Nov. 15 (Agency) — Troops came.')).toEqual([]);
  expect(beyond('Troops came.', 'Live: Troops came.')).toEqual([]);
});

describe('a dash', () => {
  const CRANE = 'The crane — built in 1974 — fell. Rain fell.';

  it.each([
    'The crane - built in 1974 - fell.',
    'The crane -- built in 1974 -- fell.',
    'The crane\u00a0-\u00a0built in 1974 - fell.',
    'The crane--built in 1974--fell.',
  ])('may be one or two hyphens elsewhere: %s', (sentence) => {
    expect(beyond(sentence, CRANE)).toEqual([]);
    expect(beyond('The crane — built in 1974 — fell.', sentence)).toEqual([]);
  });

  it('may be left out elsewhere, as between a headline and its source', () => {
    expect(beyond('Crane falls Example News', 'Crane falls - Example News')).toEqual([]);
  });

  it('is not the hyphen of a word', () => {
    expect(beyond('The well known crane fell.', 'The well - known crane fell.')).toEqual([]);
    expect(beyond('Known crane fell - again.', 'The well-known crane fell — again.')).toHaveLength(1);
  });
});

it('figures and letters of full width are the usual ones', () => {
  expect(beyond('Closed for ３０ days in ２０２６.', 'Closed for 30 days in 2026.')).toEqual([]);
});

describe('a snippet, as search engines give it', () => {
  it.each([
    '... troops to the coast. "Nobody was hurt ...',
    '… deploy troops to the coast.',
    '[…] deploy troops to the coast […]',
    'The ministry will deploy troops … minister spoke of war and peace.',
    'The ministry will deploy ... Nobody was hurt ... The bridge is closed.',
  ])('says nothing beyond the text that it is from: %s', (snippet) => {
    expect(beyond(snippet, PAGE)).toEqual([]);
  });

  it.each([
    ['… deploy ships to the coast.', '… deploy ships to the coast.'],
    ['The ministry will deploy troops … unions protest against it.', 'unions protest against it.'],
    ['Unions protest … The bridge is closed.', 'Unions protest …'],
    ['… the coast.', '… the coast.'],
    ['… of war and pea.', '… of war and pea.'],
  ])('keeps the piece that is new, or too short to tell: %s', (snippet, kept) => {
    expect(beyond(snippet, PAGE)).toEqual([kept]);
  });

  it('says where each of its pieces begins', () => {
    expect(saidBeyond('The bridge is closed … unions protest against it.', [PAGE])).toEqual([
      { text: 'unions protest against it.', start: 23 },
    ]);
  });
});

describe('a sentence with a dateline that the other text has not', () => {
  const DATED = 'MARNE (Agency) — The bridge is closed.';

  it('is kept, for a topic may want the place beside its words', () => {
    expect(beyond(DATED, PAGE)).toEqual([DATED]);
  });

  it.each([DATED, '30 Nov 2026 - The bridge is closed.', 'Live: The bridge is closed', 'Live: The bridge is clo…'])(
    'is a repeat of the other: %s',
    (sentence) => {
      expect(isRepeatOf(sentence, 'The bridge is closed.')).toBe(true);
      expect(isRepeatOf(sentence, 'The bridge is open.')).toBe(false);
    },
  );

  it('is none where what stands in front is long', () => {
    const sentence = 'After two weeks of talks about the tolls of the coming year and the next — The bridge is closed.';

    expect(isRepeatOf(sentence, 'The bridge is closed.')).toBe(false);
  });
});

describe('a text that is cut in its last sentence', () => {
  it('says nothing beyond the other where that sentence is short, but the one before it stands there too', () => {
    expect(beyond('The minister spoke of war and peace. The bri', PAGE)).toEqual([]);
    expect(beyond('The minister spoke of war and peace. The bridge', PAGE)).toEqual([]);
  });

  it('keeps it where it goes on in other words, or stands elsewhere', () => {
    expect(beyond('The minister spoke of war and peace. The bru', PAGE)).toEqual(['The bru']);
    expect(beyond('The ministry will deploy troops to the coast. The bri', PAGE)).toEqual(['The bri']);
  });
});

describe('a sentence that says something else', () => {
  it.each([
    ['with another word', 'The ministry will deploy ships to the coast.'],
    ['with a word more', 'The ministry will soon deploy troops to the coast.'],
    ['with a longer last word', 'The ministry will deploy troops to the coastline.'],
    ['with a shorter last word', 'The ministry will deploy troops to the coas.'],
    ['with a first word that only ends like one there', 'He ministry will deploy troops to the coast.'],
    ['that is the end of a sentence there', 'Troops to the coast.'],
    ['that is the end of a sentence there, letter for letter', 'troops to the coast.'],
    ['that breaks off and is in the middle of a sentence there', 'troops to the…'],
    ['that is the beginning of one there', 'The ministry will deploy troops.'],
    ['whose words stand in two sentences there', 'And peace the bridge is closed.'],
    ['whose words stand in two paragraphs there', 'She said the minister spoke of war and peace.'],
    ['that breaks off in other words', 'The ministry will deploy ships to…'],
  ])('%s is kept', (_how, sentence) => {
    expect(beyond(sentence, PAGE)).toEqual([sentence]);
  });
});

it('sentences side by side are one stretch, and one that is left out parts them', () => {
  const text = 'Rain fell. Wind blew. The bridge is closed. Schools open at ten.';

  expect(saidBeyond(text, [PAGE])).toEqual([
    { text: 'Rain fell. Wind blew.', start: 0 },
    { text: 'Schools open at ten.', start: 44 },
  ]);
});

it('a text without words says nothing', () => {
  expect(beyond('', PAGE)).toEqual([]);
  expect(beyond('… — !', PAGE)).toEqual([]);
  expect(beyond('Rain fell.')).toEqual(['Rain fell.']);
});

describe('what is looked at', () => {
  it('ends after so many sentences: the others are kept unseen', () => {
    const text = Array.from({ length: MOST_SENTENCES + 1 }, (_, n) => `Number ${n} is here.`).join(' ');

    expect(beyond(text, text)).toEqual([`Number ${MOST_SENTENCES} is here.`]);
  });

  it('ends after so many characters of the other text', () => {
    const filler = 'x '.repeat(MOST_CHARS / 2 - 6);

    expect(beyond('Rain fell.', `${filler}\n\nRain fell.`)).toEqual([]);
    expect(beyond('Rain fell.', `${filler}${filler}\n\nRain fell.`)).toEqual(['Rain fell.']);
  });
});

describe('a repeat', () => {
  it.each([
    ['The bridge is closed', 'THE BRIDGE IS CLOSED!', true],
    ['The bridge is clo…', 'The bridge is closed.', true],
    ['The bridge is closed.', 'The bridge is clo…', false],
    ['The bridge is closed.', 'The bridge is closed today.', false],
    ['The bridge is', 'The bridge is closed.', false],
    ['The ministry will deploy troops to the coa', 'The ministry will deploy troops to the coast.', false],
    ['—', 'The bridge is closed.', false],
  ])('"%s" of "%s": %s', (sentence, other, expected) => {
    expect(isRepeatOf(sentence, other)).toBe(expected);
  });
});

it('plain words are parted by one space, and by a line end where a sentence may begin', () => {
  expect(plainWords(' “Don’t”, he\u00a0said.\n \nRain…\nHail ')).toBe('\n don t he said \n rain \n hail \n');
  expect(plainWords('war\nand\n\npeace')).toBe('\n war and \n peace \n');
  expect(plainWords('SEOUL (Agency) — Rain: 1.5 mm\u2029c')).toBe('\n seoul agency \n rain \n 1 \n 5 mm \n c \n');
  expect(plainWords(' … ')).toBe('\n');
  expect(plainWords('x.'.repeat(30_000))).toHaveLength(4 * 30_000 + 1);
});

describe('bounds', () => {
  it('a last sentence without a full stop was cut from thirty-seven letters on', () => {
    expect(beyond('Rain. The ministry will deploy troops to th', PAGE)).toEqual(['Rain.']);
    expect(beyond('Rain. The ministry will deploy troops to t', PAGE)).toHaveLength(1);
    expect(beyond('Rain. The ministry will deploy troops to t', PAGE)[0]).toContain('The ministry');
    expect(beyond('Rain. The ministry will deploy troops to th$', PAGE)[0]).toContain('The ministry');
  });

  it.each(['…', '...', '[…]', '[...]', '(…)', '{…}', '(more…)', '[continued …]', '( abcdefghijkl… )', '… ]', '…)]'])(
    'a sentence breaks off with %s',
    (sign) => {
      expect(beyond(`The ministry will deploy troops ${sign}`, PAGE)).toEqual([]);
    },
  );

  it.each(['..', '(abcdefghijklm…', '(more more…)', '(5…)'])('but not with %s', (sign) => {
    expect(beyond(`The ministry will deploy troops ${sign}`, PAGE)).toHaveLength(1);
  });

  it('a piece of a snippet has three words at least', () => {
    expect(beyond('… to the coast.', PAGE)).toEqual([]);
    expect(beyond('… the coast.', PAGE)).toEqual(['… the coast.']);
  });

  it.each(['Live — ', 'Live – ', 'Live—', 'Live - ', 'Live -- ', 'Live: ', 'Live:', 'Live：', `${'x'.repeat(60)}: `])(
    '%j may stand in front of a repeat',
    (lead) => {
      expect(isRepeatOf(`${lead}The bridge is closed.`, 'The bridge is closed.')).toBe(true);
    },
  );

  it.each(['Live ', 'Live-', 'Live, ', 'Live --- ', `${'x'.repeat(61)}: `])('%j may not', (lead) => {
    expect(isRepeatOf(`${lead}The bridge is closed.`, 'The bridge is closed.')).toBe(false);
  });
});

describe('plain words', () => {
  it.each([...'.!?…:;—–\u2029。！？｡：；؟۔।॥'])('begin again after %j', (sign) => {
    expect(plainWords(`a${sign}b`)).toBe('\n a \n b \n');
  });

  it.each([...'\u00ad\u200b\u200c\u200d\u2060\ufeff'])('have no %j', (sign) => {
    expect(plainWords(`a${sign}b${sign}`)).toBe('\n ab \n');
  });

  it.each([
    ['commas, quotes, brackets and hyphens', 'a,b“c”(d)-e/f', '\n a b c d e f \n'],
    ['one line end', 'a\nb', '\n a b \n'],
    ['two line ends', 'a\n \nb', '\n a \n b \n'],
    ['line ends with a word between', 'a\nb\nc', '\n a b c \n'],
    ['capitals and full width', 'ＡÉΣς', '\n aéσσ \n'],
    ['letters of two characters', 'ﬁ Ǆ', '\n ﬁ ǆ \n'],
    ['marks', 'e\u0301', '\n e\u0301 \n'],
    ['pictures and halves of pairs', '😀 \ud800', '\n 😀 \ud800 \n'],
    ['digits', '1,5½', '\n 1 5½ \n'],
  ])('are parted by %s', (_what, text, words) => {
    expect(plainWords(text)).toBe(words);
  });
});
