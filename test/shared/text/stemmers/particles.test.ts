// Keys of a word of a text beside its own: without particles, without an apostrophe inside.
import { foldWord } from '../../../../shared/text/fold.ts';
import { withoutParticles } from '../../../../shared/text/stemmers/particles.ts';
import { exactFormsOf, stemsOf, stemWord } from '../../../../shared/text/stemming.ts';

describe('Hebrew particles are taken off one by one', () => {
  it.each([
    ['in', 'בבית', ['בית']],
    ['to', 'לבית', ['בית']],
    ['like', 'כבית', ['בית']],
    ['the', 'הבית', ['בית']],
    ['and', 'ובית', ['בית']],
    ['and the', 'והבית', ['הבית', 'בית']],
    ['that the', 'שהבית', ['הבית', 'בית']],
    ['and that in the', 'ושבהבית', ['שבהבית', 'בהבית', 'הבית', 'בית']],
    ['from the, of which "from" leaves five letters at least', 'מהבית', ['בית']],
    ['from', 'מישראל', ['ישראל']],
    ['that, which leaves four letters at least', 'שבית', []],
    ['when, of two letters', 'כשהבית', ['שהבית', 'הבית', 'בית']],
    ['when, before another particle', 'כשבבית', ['שבבית', 'בבית', 'בית']],
    ['none behind the article', 'הובית', ['ובית']],
    ['none that comes earlier in their order', 'בשבית', ['שבית']],
    ['none where too little is left', 'בית', []],
    ['none of another letter', 'אבבית', []],
    ['none of the last letter', 'תבית', []],
    ['points apart', 'וְהַבַּיִת', ['הבית', 'בית']],
  ])('%s: %s', (_what, word, rests) => {
    expect(withoutParticles(word, 'he')).toEqual(rests);
    expect(withoutParticles(word, 'en')).toEqual(rests);
  });

  it.each('ועדה ועדת ותיקים באמת בקשה כאשר כלכלה לפני לבנון מבקש ממשלה שבועות שעבר הרבה הסכם'.split(' '))(
    'but not off a word of its own: %s',
    (word) => {
      expect(withoutParticles(word, 'he')).toEqual([]);
    },
  );

  it('and are found before a word that only begins like one of its own', () => {
    expect(withoutParticles('לפניו', 'he')).toEqual(['פניו']);
    expect(withoutParticles('שלפני', 'he')).toEqual(['לפני']);
  });
});

it.each([
  ['فقالت', 'ar', ['قالت']],
  ['فقال', 'ar', []],
  ['فرنسا', 'ar', []],
  ['فلسطين', 'ar', []],
  ['فعالية', 'ar', []],
  ['قالت', 'ar', []],
  ['فقالت', 'fa', []],
  ['فقالت', 'en', []],
  ['found', 'ar', []],
  ['', 'ar', []],
])('the Arabic "and so" of %s (%s) leaves %j', (word, language, rests) => {
  expect(withoutParticles(word, language)).toEqual(rests);
});

describe('a word of a text is found', () => {
  it.each([
    ['as itself', 'troops', 'en', ['troops']],
    ['without the apostrophe inside it', "Qur'an", 'en', ["Qur'an", 'Quran']],
    ['without a curly one', 'Qur’an', 'en', ['Qur’an', 'Quran']],
    ['without that of Ukrainian', 'комп\u02bcютер', 'uk', ['комп\u02bcютер', 'компютер']],
    ['not without that of a contraction', "they're", 'en', ["they're"]],
    ['not without that of another contraction', "they've", 'en', ["they've"]],
    ['not without that of a curly contraction', 'they’ll', 'en', ['they’ll']],
    ['not without that behind one letter', "O'Neill", 'en', ["O'Neill"]],
    ['not without that before one letter', "dogs's", 'en', ["dogs's"]],
    ['behind a particle', 'והבית', 'he', ['והבית', 'הבית', 'בית']],
  ])('%s: %s', (_how, word, language, words) => {
    expect(stemsOf(word, language)).toEqual(words.map((each) => stemWord(each, language)));
  });

  it('by its form behind the Arabic "and" too', () => {
    const formsOf = (word: string) => exactFormsOf(foldWord(word));

    expect(formsOf('والجيش')).toEqual(['والجيش', 'الجيش']);
    expect(formsOf('فالجيش')).toEqual(['فالجيش', 'الجيش']);
    expect(formsOf('والاب')).toEqual(['والاب']);
    expect(formsOf('بالجيش')).toEqual(['بالجيش']);
    expect(formsOf('كوالجيش')).toEqual(['كوالجيش']);
    expect(formsOf('army')).toEqual(['army']);
  });
});

it('a mark or ending on its own keeps a key', () => {
  expect(stemWord('ь', 'ru')).not.toBe('');
  expect(stemWord('ات', 'ar')).not.toBe('');
});
