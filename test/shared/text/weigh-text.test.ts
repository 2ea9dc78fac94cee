import { CHARSET_MODELS, type CharsetModel } from '../../../shared/text/charset-models.ts';
import { prepareText, weighAs, weighAsUnknown } from '../../../shared/text/weigh-text.ts';

const shared = (text: string): number => prepareText(text).sharedBits;
const modelOf = (language: string): CharsetModel =>
  CHARSET_MODELS.find((model) => model.language === language) as CharsetModel;
const weight = (text: string, language: string): number => weighAs(modelOf(language), prepareText(text));

describe('what all languages share', () => {
  it.each([
    ['plain ASCII letters weigh the same each', 'abc', 13.5],
    ['letters beyond ASCII weigh nothing here', 'éàç', 0],
    ['a first capital', 'Éé', 2],
    ['capitals in a row, as one', 'РИА', 2],
    ['a capital behind a small letter', 'пРИ', 10],
    ['a small letter behind two capitals', 'РИа', 5],
    ['letters of two scripts', 'пé', 12],
    ['Latin letters beside Han', '在é', 5],
    ['letters beside digits, on either side', '2é 3', 3],
    ['digits behind letters', 'é2', 3],
    ['a mark behind its letter', 'ơ\u0323', 0],
    ['a Thai mark behind a letter that is not Thai', 'ô\u0e49', 12],
    ['a sign by itself', '£', 6],
    ['a sign before a digit', '£2', 6],
    ['a sign within a word', 'é£é', 16],
    ['a sign behind a word', 'é£', 10],
    ['a sign that stands behind words', 'é®', 6],
    ['a sign that stands behind words, before one', '®é', 10],
    ['an apostrophe within a word', 'é’é', 6],
    ['a no-break space between words', 'é\u00a0é', 6],
    ['a quote before a word', '“é', 6],
    ['a quote within a word', 'é“é', 12],
    ['a seldom sign', '¤', 11],
    ['a seldom sign before a word', '¶é', 15],
    ['lines of old screens', '╤', 14],
    ['controls', '\u0092', 22],
    ['what could not be decoded', '\ufffd', 22],
    ['an emoji, as two signs', '😀', 12],
  ])('%s: %s', (_what, text, bits) => {
    expect(shared(text)).toBe(bits);
  });
});

describe('a text', () => {
  it.each([
    ['fr', 'été à Orléans, où ça mène', 'pl'],
    ['pl', 'łódź płynie wśród gęstej mgły', 'cs'],
    ['cs', 'vůz stojí před domem, říká žena', 'pl'],
    ['tr', 'kış güneşi ılık', 'is'],
    ['ru', 'мост через реку закрыли', 'sr'],
    ['uk', 'міст через річку закрили', 'ru'],
    ['zh-Hans', '我们从未见过', 'ja'],
  ])('in %s weighs less in it than in another: %s', (language, text, other) => {
    expect(weight(text, language)).toBeLessThan(weight(text, other));
    expect(weight(text, language)).toBeLessThan(weighAsUnknown(prepareText(text)));
  });

  it('weighs the same in capitals but for the capitals', () => {
    expect(weight('МОСТ', 'ru')).toBe(weight('мост', 'ru') + 2);
  });

  it('weighs less the more frequent its letters are', () => {
    expect(weight('о', 'ru')).toBeLessThan(weight('ф', 'ru'));
    expect(weight('ф', 'ru')).toBeLessThan(weight('ї', 'ru'));
  });

  it.each([
    ['ja', 'の', '岐', '鱟'],
    ['zh-Hans', '的', '厄', '鱟'],
    ['zh-Hant', '的', '厄', '乂'],
    ['ko', '이', '뢰', '뷁'],
  ])('of thousands of characters weighs by how usual they are (%s)', (language, frequent, usual, unusual) => {
    expect(weight(frequent, language)).toBeLessThan(weight(usual, language));
    expect(weight(usual, language)).toBeLessThan(14.5);
    expect(weight(unusual, language)).toBe(17);
  });

  it('with a letter that the language has not weighs more', () => {
    expect(weight('ø', 'pl')).toBe(13);
    expect(weight('港', 'pl')).toBe(17);
  });

  it('in an unknown language weighs by its script', () => {
    expect(weighAsUnknown(prepareText('ŵ'))).toBe(8.5);
    expect(weighAsUnknown(prepareText('ж'))).toBe(6.5);
    expect(weighAsUnknown(prepareText('港'))).toBe(14.5);
    expect(weighAsUnknown(prepareText('항'))).toBe(14.5);
  });
});
