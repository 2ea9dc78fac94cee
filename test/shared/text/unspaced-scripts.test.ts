import { isUnspaced } from '../../../shared/text/scripts.ts';
import { tokenize, tokenizeWanted } from '../../../shared/text/tokenize.ts';
import { endsOfWords, hasUnspacedWord, scriptWithoutSegmenter } from '../../../shared/text/unspaced-scripts.ts';

const piecesOf = (text: string, { count, starts, ends }: ReturnType<typeof tokenize>): string =>
  Array.from({ length: count }, (_, index) => text.slice(starts[index], ends[index])).join(' ');

describe('a run of a script without spaces', () => {
  it.each([
    ['Thai', 'รัฐบาลส่งทหารไปชายแดน', 'รัฐบาล ส่ง ทหาร ไป ชายแดน'],
    ['Lao', 'ລັດຖະບານສົ່ງທະຫານໄປຊາຍແດນ', 'ລັດຖະບານ ສົ່ງ ທະຫານ ໄປ ຊາຍແດນ'],
    ['Burmese', 'စစ်သားများကို', 'စစ်သား များ ကို'],
    ['Khmer', 'កងទ័ពកម្ពុជាទៅព្រំដែន', 'កងទ័ព កម្ពុជា ទៅ ព្រំដែន'],
    ['Thai with digits and Latin letters', 'ทหาร300คนของNATOไป', 'ทหาร 300 คน ของ NATO ไป'],
    ['Thai digits', 'ทหาร๓๐๐คน', 'ทหาร ๓๐๐ คน'],
    ['a zero-width space', 'ท\u200bหาร', 'ท หาร'],
    ['a full stop', 'ทหาร.ไป', 'ทหาร ไป'],
  ])('of %s is cut into words: %s', (_name, text, words) => {
    expect(piecesOf(text, tokenize(text))).toBe(words);
  });

  it('stays whole in a topic', () => {
    expect(piecesOf('ส่งทหาร ไป', tokenizeWanted('ส่งทหาร ไป'))).toBe('ส่งทหาร ไป');
    expect(piecesOf('ส่งทหาร', tokenize('ส่งทหาร'))).toBe('ส่ง ทหาร');
  });

  it('gives no more words than asked for', () => {
    expect(tokenize('รัฐบาลส่งทหารไปชายแดน', 3).count).toBe(3);
    expect(endsOfWords('รัฐบาลส่งทหาร', 2)).toEqual([6, 9]);
  });

  it('is cut to its end, however long', () => {
    const run = 'ทหาร'.repeat(2_000);

    expect(endsOfWords(run, Number.POSITIVE_INFINITY).at(-1)).toBe(run.length);
  });

  it('is of Thai, Lao, Burmese or Khmer, and of nothing beside them', () => {
    expect([...'ก๛ກໟက႟ꩠក៹'].map((letter) => isUnspaced(letter.codePointAt(0)!))).toEqual(Array(9).fill(true));
    expect([...'aफ་ༀႠᄀ\u1800军가'].map((letter) => isUnspaced(letter.codePointAt(0)!))).toEqual(Array(9).fill(false));
  });

  it('has a segmenter here', () => {
    expect(['ทหาร', 'ທະຫານ', 'စစ်သား', 'ទាហាន', 'abcทหาร', 'troops'].map(scriptWithoutSegmenter)).toEqual(
      Array(6).fill(null),
    );
  });
});

describe('a word in a stretch of segments', () => {
  const wanted = (word: string) => ({ word, isOpenBefore: false, isOpenBehind: false });

  it.each([
    ['alone', 'ทหาร', 'ทหาร', true],
    ['before a word', 'ทหารไทย', 'ทหาร', true],
    ['behind a word', 'ทหารไทย', 'ไทย', true],
    ['before letters that are no word', 'ตาย', 'ตา', false],
    ['over two segments', 'สหรัฐ\u200bอเมริกา', 'สหรัฐอเมริกา', true],
    ['in the first segment alone', 'ทหาร\u200bไทย', 'ทหาร', false],
    ['in the last segment alone', 'ทหาร\u200bไทย', 'ไทย', false],
    ['cut in the wrong place', 'ของกอง\u200bทัพ', 'กองทัพ', true],
    ['before a mark', 'กา\u0e49', 'กา', false],
    ['behind a vowel that is written first', 'เกาะ', 'กาะ', false],
    ['not at all', 'ตำรวจ', 'ทหาร', false],
  ])('%s: %j, %s', (_where, stretch, word, isFound) => {
    expect(hasUnspacedWord(stretch, wanted(word))).toBe(isFound);
  });

  it('may have anything on the side of its star', () => {
    const sidesOf = (stretch: string) =>
      [
        [false, false],
        [true, false],
        [false, true],
      ].map(([isOpenBefore, isOpenBehind]) =>
        hasUnspacedWord(stretch, { word: 'ตา', isOpenBefore: isOpenBefore!, isOpenBehind: isOpenBehind! }),
      );

    expect(sidesOf('ตาย')).toEqual([false, false, true]);
    expect(sidesOf('มตา')).toEqual([false, true, false]);
  });
});
