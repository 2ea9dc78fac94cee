// Small numbers written in words.
import { foldWord } from '../../../../shared/text/fold.ts';
import { numberInWords } from '../../../../shared/text/numbers/number-words.ts';

const counts = (word: string, language: string): number => numberInWords(foldWord(word), language);

describe('a small number in words', () => {
  it.each([
    ['en', 'Three twelve twenty thirty ninety', [3, 12, 20, 30, 90]],
    ['de', 'zwei zwölf zwanzig dreißig neunzig', [2, 12, 20, 30, 90]],
    ['fr', 'deux douze vingt trente soixante nonante', [2, 12, 20, 30, 60, 90]],
    ['es', 'dos dieciséis veinte treinta noventa', [2, 16, 20, 30, 90]],
    ['pt', 'duas três dezassete vinte noventa', [2, 3, 17, 20, 90]],
    ['it', 'tre sette venti trenta novanta', [3, 7, 20, 30, 90]],
    ['ru', 'трое двух пятеро двадцать девяносто', [3, 2, 5, 20, 90]],
    ['uk', 'троє двох п’ятеро двадцять дев’яносто', [3, 2, 5, 20, 90]],
    ['pl', 'troje dwóch pięciu dwadzieścia dziewięćdziesiąt', [3, 2, 5, 20, 90]],
    ['tr', 'üç on yirmi otuz doksan', [3, 10, 20, 30, 90]],
    ['ar', 'ثلاثة خمسة عشرون ثلاثين تسعين', [3, 5, 20, 30, 90]],
  ])('is known in %s', (language, words, values) => {
    expect(words.split(' ').map((word) => counts(word, language))).toEqual(values);
  });

  it.each([
    ['one is an article', 'one', 'en'],
    ['sei is “you are” as well', 'sei', 'it'],
    ['a word of another language', 'drei', 'en'],
    ['any other word', 'ferry', 'en'],
    ['a language without a list', 'kaksi', 'fi'],
  ])('is none where %s', (_, word, language) => {
    expect(counts(word, language)).toBe(0);
  });
});
