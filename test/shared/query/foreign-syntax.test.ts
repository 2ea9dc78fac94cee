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
  ['title', 'headline hd hl intitle allintitle'],
  ['lead', 'hlead hlp lp ingress'],
  ['body', 'intext text'],
  ['source', 'site domain publication pub sn'],
  ['lang', 'language la'],
  ['url', 'inurl'],
  ['author', 'byline by'],
  ['category', 'categories tag tags subject keyword keywords'],
  [undefined, 'title constructor hea'],
])('the field %s has these names elsewhere: %s', (ours, theirs) => {
  for (const name of theirs.split(' ')) expect([name, ourFieldFor(name)]).toEqual([name, ours]);
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
  ['title', /^write title:\( … \)$/],
  ['lead', /^write lead:\( … \)$/],
  ['body', /^write body:\( … \)$/],
  ['source', /^write source:\( … \)$/],
  ['lang', /^write lang:\( … \)$/],
  ['url', /^write url:\( … \)$/],
  ['category', /^write category:\( … \)$/],
  ['caps', /^for exact case, write = before the word: =US$/],
])('a call of %s has advice', (name, hint) => {
  expect(hintForCall(name)).toMatch(hint);
});

it.each([
  ...[
    'undated',
    'lengths',
    'titles',
    'army',
    'xnum',
    'nearby',
    'largecaps',
    'capsize',
    'subtitle',
    'atleasts',
    'cat-least',
  ],
  ...[
    'atlas',
    'turnaround',
    'arounds',
    'linear',
    'dates',
    'updated',
    'length_',
    'curl',
    'urls',
    'bodyguard',
    'constructor',
  ],
])('a word before a bracket is no call: %s', (name) => {
  expect(hintForCall(name)).toBeUndefined();
});

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
  ['/50', 'NEAR/50'],
  ['+s5', undefined],
  ['/sp', undefined],
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
  ['unsame', undefined],
  ['Same', 'w/p'],
  ['AROUND', 'NEAR/5'],
  ['Within', 'NEAR/5'],
  ['arounds', undefined],
  ['turnaround', undefined],
  ['near12', 'NEAR/12'],
  ['PRE15', 'ONEAR/15'],
  ['ADJ', 'ONEAR/5'],
  ['Near5', 'NEAR/5'],
  ['near5x', undefined],
  ['anear5', undefined],
  ['badj', undefined],
  ['spre', undefined],
  ['prep', undefined],
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
  ['wc>500', 2, /^dates, lengths and duplicates are settings of the pipeline, not part of a topic$/],
  ['Length<500', 6, SETTINGS],
  ['pd>2026', 2, SETTINGS],
  ['before=2026', 6, SETTINGS],
  ['after>2026', 5, SETTINGS],
  ['update>5', 6, /num\(10\.\.\)/],
  ['dates>5', 5, /num\(10\.\.\)/],
  ['wc~5', 2, /no fuzzy search/],
  ['hd>coup', 2, /num\(10\.\.\)/],
  ['HD=coup', 2, /^write title:coup$/],
  ['=coup', 0, /=US/],
])('the sign in %s has advice', (word, index, hint) => {
  expect(hintForSign(word, index)).toMatch(hint);
});
