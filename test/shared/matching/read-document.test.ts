// A document as expressions see it: words, sentences, paragraphs, distances, and words of several parts.
import { areJoined, isWholeKatakana, type Join } from '../../../shared/matching/document/adjacency.ts';
import { ReadDocument } from '../../../shared/matching/document/read-document.ts';
import type { ExtraText, MatchableDocument } from '../../../shared/model/article.ts';
import { codeUnitsOf, hashOf } from '../../../shared/text/code-units.ts';

const read = (text: string, change: Partial<MatchableDocument> = {}): ReadDocument =>
  new ReadDocument({ title: '', text, language: 'en', ...change });
const surfacesOf = (document: ReadDocument): readonly string[] =>
  Array.from({ length: document.count }, (_, token) => document.surface(token));
const extra = (text: string, change: Partial<ExtraText> = {}): ExtraText => ({
  text,
  origin: 'summary',
  start: 0,
  isLead: true,
  ...change,
});

describe('the words of a document', () => {
  it('are those of the title, then those of the text, each with its place in its own field', () => {
    const document = read('Two came.', { title: 'One' });

    expect(surfacesOf(document)).toEqual(['One', 'Two', 'came']);
    expect([document.count, document.titleCount, document.truncated]).toEqual([3, 1, false]);
    expect([...document.starts].slice(0, 3)).toEqual([0, 0, 4]);
    expect([...document.ends].slice(0, 3)).toEqual([3, 3, 8]);
    expect([document.fieldOf(0), document.fieldOf(1)]).toEqual(['One', 'Two came.']);
  });

  it('count with their first hundred letters', () => {
    const long = 'x'.repeat(101);
    const document = read(`${'y'.repeat(100)} ${long}`);

    expect(surfacesOf(document)).toEqual(['y'.repeat(100), 'x'.repeat(100)]);
    expect([document.surfaceEnd(0), document.surfaceEnd(1)]).toEqual([100, 201]);
    const units = codeUnitsOf(document.document.text);
    for (const token of [0, 1]) {
      const start = document.starts[token]!;
      expect(document.surfaceHash(token, units)).toBe(hashOf(units, start, start + 100));
    }
  });

  it('are read up to ten thousand, of which the title may be all', () => {
    expect(read('x '.repeat(10_000))).toMatchObject({ count: 10_000, truncated: false });
    expect(read('x '.repeat(10_001))).toMatchObject({ count: 10_000, truncated: true });
    expect(read('x', { title: 'y '.repeat(10_001) })).toMatchObject({ count: 10_000, titleCount: 10_000 });
  });
});

describe('the sentences of a document', () => {
  const numbers = (document: ReadDocument) => [...document.sentences];

  it('are numbered from 1, the title being 0', () => {
    expect(numbers(read('One came. Two went.\n\nThree.', { title: 'A title. Of two.' }))).toEqual([
      0, 0, 0, 0, 1, 1, 2, 2, 3,
    ]);
    expect(numbers(read(''))).toEqual([]);
  });

  it('are cut for each text alone', () => {
    const document = read('Two. Three.', { title: 'T', more: [extra('One'), extra('Four', { isLead: false })] });

    expect(surfacesOf(document)).toEqual(['T', 'One', 'Two', 'Three', 'Four']);
    expect(numbers(document)).toEqual([0, 1, 2, 3, 4]);
    expect([1, 2, 3, 4].map((sentence) => document.textOf(sentence).text.origin)).toEqual([
      'summary',
      'article',
      'article',
      'summary',
    ]);
    expect([1, 2, 3, 4].map((sentence) => [document.textOf(sentence).first, document.textOf(sentence).behind])).toEqual(
      [
        [1, 2],
        [2, 4],
        [2, 4],
        [4, 5],
      ],
    );
  });

  it('know their text without being asked for themselves first', () => {
    const { text, first, behind } = read('Two. Three.', { more: [extra('One')] }).textOf(2);

    expect([text.isMain, first, behind]).toEqual([true, 2, 4]);
  });

  it('of a long document are cut a thousand characters behind what is read', () => {
    const document = read(`${'x '.repeat(10_000)}${'y '.repeat(2_000)}. Z.`);

    expect(document.sentenceRanges.at(-1)?.[1]).toBe(2 * 10_000 - 1 + 1_000);
  });

  it('end between two words, or do not, also within the title', () => {
    const document = read('One came. Two went.', { title: 'Three left. Four stayed' });

    expect([1, 2, 3, 5, 6, 7].map((token) => document.isSentenceBetween(token - 1, token))).toEqual([
      false,
      true,
      false,
      false,
      true,
      false,
    ]);
  });
});

describe('the paragraphs of a document', () => {
  it.each([
    ['a\n\nb', [1, 2]],
    ['a\nb', [1, 1]],
    ['a.\nb', [1, 2]],
    ['a. \nb', [1, 2]],
    ['a!\r\nb', [1, 2]],
    ['a?\nb', [1, 2]],
    ['a…\nb', [1, 2]],
    ['a。\nb', [1, 2]],
    ['a:\nb', [1, 2]],
    ['a"\nb', [1, 2]],
    ['a”\nb', [1, 2]],
    ['a»\nb', [1, 2]],
    ['a)\nb', [1, 2]],
    ['a,\nb', [1, 1]],
    ['a. b', [1, 1]],
    ['a \t\n \n b', [1, 2]],
    ['a\r\n\r\nb', [1, 2]],
    ['a\r\nb', [1, 1]],
    ['a\r\rb', [1, 2]],
    ['a\rb', [1, 1]],
    ['a\u2029b', [1, 2]],
    ['\n\na', [1]],
    ['a\n\n\n\nb c\n\nd\ne', [1, 2, 2, 3, 3]],
  ])('%j', (text, paragraphs) => {
    expect([...read(text).paragraphs]).toEqual(paragraphs);
  });

  it('begin with the title, which is 0', () => {
    expect([...read('\n\na\n\nb', { title: 'x\n\ny' }).paragraphs]).toEqual([0, 0, 1, 2]);
  });
});

describe('distances', () => {
  it('count half a word for a Han or kana character, and a word for any other', () => {
    expect([...read('aa 兵兵 병력 カ ー 々 ﾀ 12', { title: '兵 a' }).widths]).toEqual([
      0, 1, 3, 5, 6, 7, 9, 10, 11, 12, 13, 15,
    ]);
  });
});

describe('the lead', () => {
  it('ends behind three sentences of the text', () => {
    expect(read('One. Two. Three. Four.', { title: 'A b' }).leadCount).toBe(5);
    expect(read('One. Two.', { title: 'A b' }).leadCount).toBe(4);
    expect(read('', { title: 'A b' }).leadCount).toBe(2);
  });
});

describe('the language of a document', () => {
  const RUSSIAN = 'Паром перевёз последних солдат через реку, и никто не пострадал. '.repeat(3);
  const ENGLISH = 'The ferry took the last soldiers over the river, and nobody was hurt. '.repeat(3);

  it.each([
    ['fr', ['fr']],
    ['', ['en']],
    ['und', ['en']],
    [undefined, ['en']],
  ])('is the one that is stated, else the one that is found: %j', (language, languages) => {
    expect(read(ENGLISH, { language }).languages).toEqual(languages);
  });

  it('is found in the title and the first two thousand characters', () => {
    expect(read('', { title: RUSSIAN, language: undefined }).languages).toEqual(['ru']);
    expect(read(`${' '.repeat(1_800)}${RUSSIAN}`, { language: undefined }).languages).toEqual(['ru']);
    expect(read(`${' '.repeat(2_000)}${RUSSIAN}`, { language: undefined }).languages).toEqual(['und']);
  });

  it('is one of two where that is unsure', () => {
    expect(read('Vi har en stor hund i huset.', { language: undefined }).languages).toHaveLength(2);
  });
});

describe('words of several parts', () => {
  const compoundsOf = (text: string, title = ''): readonly string[] =>
    read(text, { title }).compounds.map(({ surface, isHyphened }) => (isHyphened ? `${surface}-` : surface));

  it.each([
    ['cease-fire', ['ceasefire-']],
    ['cease\u2010fire cease\u2011fire', ['ceasefire-', 'ceasefire-']],
    ['cease - fire', []],
    ['cease–fire', []],
    ['F-16', []],
    ['16-F', []],
    ['a-b-c-d', ['ab-', 'abc-', 'abcd-', 'bc-', 'bcd-', 'cd-']],
    ['a-b-c-d-e', ['ab-', 'abc-', 'abcd-', 'bc-', 'bcd-', 'bcde-', 'cd-', 'cde-', 'de-']],
    ["o'a-b", ["o'ab-"]],
    ['兵-兵', []],
    ['한·미', ['한미']],
    ['한\u318d미 한\u30fb미 한\u2027미 한\u2219미 한\uff65미', ['한미', '한미', '한미', '한미', '한미']],
    ['a·b', []],
    ['한·b', []],
    ['U. S. A.', ['U.S', 'U.S.A', 'S.A']],
    ['U.\u00a0S.', ['U.S']],
    ['U.  S.', []],
    ['U, S.', []],
    ['u. s.', []],
    ['Us. S.', []],
    ['U. S', []],
    ['#McDonalds', ['McDonalds']],
    ['10troops', []],
  ])('%j', (text, compounds) => {
    expect(compoundsOf(text)).toEqual(compounds);
    expect(compoundsOf('', text)).toEqual(compounds);
  });

  it('are no longer than a hundred characters', () => {
    const [left, right] = ['x'.repeat(50), 'y'.repeat(50)];

    expect(compoundsOf(`${left}-${right}`)).toEqual([`${left}${right}-`]);
    expect(compoundsOf(`${left}-y${right}`)).toEqual([]);
  });

  it('never reach from the title into the text', () => {
    expect(compoundsOf('-fire', 'cease')).toEqual([]);
    expect(compoundsOf('fire', 'cease-')).toEqual([]);
  });
});

describe('two words side by side', () => {
  it.each<[join: Join, joined: readonly string[], apart: readonly string[]]>([
    ['touching', ['a\u00ad', 'a\u200b', 'a\u2060', 'a\ufeff'], ['a ', 'a\u3000', 'a,', 'a\u00a0']],
    ['spaced', ['a ', 'a  ', 'a\u3000', 'a\u00a0', 'a\u202f', 'a\u200b '], ['a\n', 'a,', 'a\t', 'a-']],
    ['beside', ['a ', 'a, ', 'a-', 'a (', 'a/'], ['a. ', 'a! ', 'a? ', 'a… ']],
    ['open', ['a ', 'a. ', 'a! '], []],
  ])('are joined as %s by %j, not by %j', (join, joined, apart) => {
    const isJoined = (before: string): boolean => {
      const document = read(`兵${before.slice(1)}Bcd ef gh ij.`);
      return areJoined(join, 0, 1, document);
    };

    expect(joined.filter((before) => !isJoined(before))).toEqual([]);
    expect(apart.filter(isJoined)).toEqual([]);
  });
});

it('a run of katakana is looked at for sixty characters', () => {
  const text = `${'ア'.repeat(70)}`;

  expect(isWholeKatakana(0, 69, read(text))).toBe(true);
  expect(isWholeKatakana(0, 1, read('アア'))).toBe(true);
});
