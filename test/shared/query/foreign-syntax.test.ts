// Advice for those who write the syntax of another product.
import {
  hintForCall,
  hintForSign,
  operatorOfSign,
  operatorOfWord,
  ourFieldFor,
} from '../../../shared/query/foreign-syntax.ts';

const SETTINGS = /settings of the pipeline/;

it.each([
  ['headline', 'title'],
  ['hd', 'title'],
  ['lp', 'lead'],
  ['text', 'body'],
  ['publication', 'source'],
  ['la', 'lang'],
  ['inurl', 'url'],
  ['byline', 'author'],
  ['subject', 'category'],
  ['title', undefined],
  ['constructor', undefined],
])('the field %s is called %s here', (theirs, ours) => {
  expect(ourFieldFor(theirs)).toBe(ours);
});

it.each<[call: string, hint: RegExp]>([
  ['allcaps', /=US/],
  ['Caps', /=US/],
  ['nocaps', /=US/],
  ['NUM', /num\(10\.\.20\)/],
  ['atleast', /atleast3\(/],
  ['at-least', /atleast3\(/],
  ['around', /NEAR\/5/],
  ['near', /NEAR\/5/],
  ['date', SETTINGS],
  ['LENGTH', SETTINGS],
  ['headline', /^write title:\( … \)$/],
  ['country', /^write country:\( … \)$/],
  ['Author', /^write author:\( … \)$/],
])('a call of %s has advice', (name, hint) => {
  expect(hintForCall(name)).toMatch(hint);
});

it.each(['undated', 'lengths', 'titles', 'army', 'xnum', 'nearby', 'largecaps'])(
  'a word before a bracket is no call: %s',
  (name) => {
    expect(hintForCall(name)).toBeUndefined();
  },
);

it.each([
  ['/5', 'NEAR/5'],
  ['+12', 'ONEAR/12'],
  ['/s', 'w/s'],
  ['/P', 'w/p'],
  ['+s', 'w/s'],
  ['/x', undefined],
  ['5', undefined],
  ['/5x', undefined],
  ['a/5', undefined],
])('the sign %s is the operator %s', (sign, operator) => {
  expect(operatorOfSign(sign)).toBe(operator);
});

it.each([
  ['SAME', 'w/p'],
  ['around', 'NEAR/5'],
  ['within', 'NEAR/5'],
  ['near5', 'NEAR/5'],
  ['W7', 'NEAR/7'],
  ['adj', 'ONEAR/5'],
  ['adj3', 'ONEAR/3'],
  ['pre', 'ONEAR/5'],
  ['pre2', 'ONEAR/2'],
  ['onear4', 'ONEAR/4'],
  ['near', undefined],
  ['w', undefined],
  ['army', undefined],
  ['sameness', undefined],
  ['adjust', undefined],
])('the word %s is the operator %s', (word, operator) => {
  expect(operatorOfWord(word)).toBe(operator);
});

it.each<[word: string, index: number, hint: RegExp]>([
  ['wc>500', 2, SETTINGS],
  ['date=20260101', 4, SETTINGS],
  ['since<2026', 5, SETTINGS],
  ['hd=coup', 2, /^write title:coup$/],
  ['hd=', 2, /^write title:word$/],
  ['us=', 2, /=US/],
])('the sign in %s has advice', (word, index, hint) => {
  expect(hintForSign(word, index)).toMatch(hint);
});
