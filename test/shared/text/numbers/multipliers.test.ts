// Words that multiply the number before them.
import { multiplierOf, unspacedMultiplier } from '../../../../shared/text/numbers/multipliers.ts';

describe('a word multiplies', () => {
  it.each([
    [100, 'hundred مئة'],
    [1e3, 'thousand K mille mila tausend tys tisíc тыс χιλιάδες bin ألف אלף हज़ार ribu Tsd'],
    [1e5, 'lakh lacs लाख لاکھ লাখ'],
    [
      1e6,
      'million MILLIONS mio millón milhões Millionen milion milijun millió млн εκατομμύρια milyon مليون מיליון मिलियन juta triệu',
    ],
    [1e7, 'crore کروڑ करोड'],
    [1e9, 'billion bn milliard mrd miliardo Milliarden mld млрд δισ milyar مليار מיליארד अरब miliar tỷ'],
    [1e12, 'trillion tn billón trilhões Billionen трлн τρισ trilyon تريليون טריליון triliun'],
  ])('by %d: %s', (factor, words) => {
    for (const word of words.split(' ')) expect([word, multiplierOf(word, 'und')]).toEqual([word, factor]);
  });

  it.each([
    ['de', 'Billion', 1e12],
    ['de', 'Trillionen', 1e18],
    ['de', 'trillion', 1e18],
    ['de', 'bin', undefined],
    ['de', 'mil', undefined],
    ['en', 'bin', undefined],
    ['nl', 'bin', undefined],
    ['tr', 'bin', 1e3],
    ['da', 'billion', 1e12],
    ['no', 'billion', 1e12],
    ['en', 'billion', 1e9],
    ['sv', 'md', 1e9],
    ['sv', 'mdr', 1e9],
    ['fr', 'md', 1e9],
    ['fr', 'billion', 1e12],
    ['fr', 'billions', 1e12],
    ['en', 'md', undefined],
    ['en', 'mil', 1e6],
    ['ro', 'mil', 1e6],
    ['cs', 'mil', 1e6],
    ['sk', 'mil', 1e6],
    ['es', 'mil', 1e3],
    ['ro', 'mie', 1e3],
    ['pl', 'bilion', 1e12],
    ['pl', 'biliony', 1e12],
    ['id', 'bilion', 1e9],
    ['pt', 'mi', 1e6],
    ['pt', 'bi', 1e9],
    ['pt', 'tri', 1e12],
    ['es', 'mi', undefined],
    ['tr', 'bini', 1e3],
    ['tr', 'binlik', 1e3],
    ['en', 'bini', undefined],
    ['az', 'min', 1e3],
    ['en', 'min', undefined],
    ['vi', 'tr', 1e6],
    ['en', 'tr', undefined],
  ])('in %s: %s by %j', (language, word, factor) => {
    expect(multiplierOf(word, language)).toBe(factor);
  });

  it.each([
    [1e3, 'тысяч тысячами тисячі tysięcy tysiące тысячный'],
    [1e6, 'миллионов миллионный мільйонів милиона milyonu milyona milyonda milyondan milyonun milyonluk milyonluğa'],
    [1e9, 'миллиардов мільярдів милиарда milyarı milyara milyarda milyardan milyarın milyarlık milyarlığa'],
    [1e12, 'триллионов трильйонів трилиона'],
    [
      undefined,
      'тысячелетие тысячелетний тысячолетие тисячоліття tysiąclecie tysiącletni миллионер мільйонерів миллиардер мільярдерів milyoner milyarder milyonlarca milyarlarca полтысячи',
    ],
  ])('in an inflected form by %j: %s', (factor, words) => {
    for (const word of words.split(' ')) expect([word, multiplierOf(word, 'und')]).toEqual([word, factor]);
  });
});

describe('of scripts without spaces', () => {
  it.each([
    [1e12, ['ล้านล้าน', 'ລ້ານລ້ານ']],
    [1e11, ['แสนล้าน', 'ແສນລ້ານ']],
    [1e10, ['หมื่นล้าน', 'ໝື່ນລ້ານ']],
    [1e9, ['พันล้าน', 'ພັນລ້ານ', 'ពាន់លាន']],
    [1e8, ['ร้อยล้าน', 'ຮ້ອຍລ້ານ']],
    [1e6, ['ล้าน', 'ລ້ານ', 'លាន', 'သန်း']],
    [1e5, ['แสน', 'ແສນ', 'សែន', 'သိန်း']],
    [1e4, ['หมื่น', 'ໝື່ນ', 'ម៉ឺន', 'သောင်း']],
    [1e3, ['พัน', 'ພັນ', 'ពាន់', 'ထောင်']],
  ])('%d is read with whatever stands behind it: %s', (factor, words) => {
    for (const word of words) {
      expect([word, unspacedMultiplier(`${word}คน`)]).toEqual([word, { factor, length: word.length }]);
      expect([word, unspacedMultiplier(`x${word}`)]).toEqual([word, null]);
    }
  });

  it.each(['พันธมิตร', 'ພັນທະມິດ', 'คน', ''])('%s is none', (text) => {
    expect(unspacedMultiplier(text)).toBeNull();
  });
});
