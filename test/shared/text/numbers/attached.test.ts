// What is written right behind the digits.
import { attachedTo, moneyFactor } from '../../../../shared/text/numbers/attached.ts';

const factorOf = (before: string, text: string, language = 'en'): number | null =>
  attachedTo(before, text, language)?.factor ?? null;

describe('letters right behind digits', () => {
  it.each([
    ['', '', 1],
    ['', ' people', 1],
    ['', '%', 1],
    ['', 'bn', 1e9],
    ['', 'mln', 1e6],
    ['', 'k', 1e3],
    ['', 'K tourists', 1e3],
    ['', 'K race', null],
    ['', 'k marathons', null],
    ['', 'K video', null],
    ['', 'K footage.', null],
    ['', 'K racers', 1e3],
    ['', 'm', null],
    ['', 'm people', 1e6],
    ['', 'M registered voters', 1e6],
    ['', 'm more jobs', 1e6],
    ['', 'm peoples', null],
    ['', 'm high', null],
    ['', 'm euros', 1e6],
    ['', 'm€', 1e6],
    ['', 'm €', 1e6],
    ['', 'm USD', 1e6],
    ['', 'm USDT', null],
    ['', 'b', null],
    ['', 'b people', null],
    ['', 'B people', 1e9],
    ['', 'B', null],
    ['$', 'b', 1e9],
    ['$', 'B', 1e9],
    ['$', 'm', 1e6],
    ['$ ', 'm', 1e6],
    ['£', 't', 1e12],
    ['£', 'T', 1e12],
    ['', 'T', null],
    ['', 'T people', null],
    ['Rs ', 'cr', 1e7],
    ['Rs. ', 'Cr', 1e7],
    ['', 'cr', null],
    ['EUR ', 'm', 1e6],
    ['xEUR ', 'm', null],
    ['$x', 'm', null],
    ['', 'km', 1],
    ['', 'KM', 1],
    ['', 'кг', 1],
    ['', 'th', null],
    ['', 's', null],
    ['', 'x4', null],
    ['', 'abc', null],
    ['', 'abcd', 1],
    ['', 'abcd5', null],
    ['', 'n\u0303u', null],
    ['', '万人', 1],
    ['', '명', 1],
    ['', 'คน', 1],
  ])('%j, %j: times %j', (before, text, factor) => {
    expect(factorOf(before, text)).toBe(factor);
  });

  it.each([
    ['mila', 'it', { factor: 1e3, length: 4 }],
    ['bn dollars', 'en', { factor: 1e9, length: 2 }],
    ['m people', 'en', { factor: 1e6, length: 1 }],
    ['km', 'en', { factor: 1, length: 0 }],
    ['troops', 'en', { factor: 1, length: 0 }],
    ['명', 'ko', { factor: 1, length: 0 }],
    ['हजार लोग', 'hi', { factor: 1e3, length: 4 }],
    [' x', 'en', { factor: 1, length: 0 }],
  ])('take up their own length where they multiply: %j (%s)', (text, language, attached) => {
    expect(attachedTo('', text, language)).toEqual(attached);
  });
});

describe('a sign beside money', () => {
  it.each([
    ['R$ ', ' mi', 1e6, 3],
    ['R$ ', ' bi x', 1e9, 3],
    ['', ' M€', 1e6, 2],
    ['', 'M €', 1e6, 1],
    ['', ' Md€', 1e9, 3],
    ['', ' Mrd euros', 1e9, 4],
    ['$', ' B', 1e9, 2],
    ['$', ' T', 1e12, 2],
    ['₹', ' cr', 1e7, 3],
    ['₹', ' Cr', 1e7, 3],
    ['$', 'M', 1e6, 1],
  ])('%j, %j multiplies by %d', (before, text, factor, length) => {
    expect(moneyFactor(before, text)).toEqual({ factor, length });
  });

  it.each([
    ['', ' M'],
    ['', ' M people'],
    ['', ' mi €'],
    ['', ' B€'],
    ['', ' cr'],
    ['$', ' Mx'],
    ['$', '  M'],
    ['$', ' m'],
    ['$', ' x'],
    ['$', ''],
  ])('%j, %j does not', (before, text) => {
    expect(moneyFactor(before, text)).toBeNull();
  });
});
