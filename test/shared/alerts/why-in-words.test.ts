import { clauseOf, whyInText, whyInWords } from '../../../shared/alerts/why-in-words.ts';
import { passageOf } from '../../support/alert-mails.ts';
import { aMatch } from '../../support/builders.ts';

const why = (clause: string, text: string, words: readonly string[]): string =>
  whyInText(aMatch({}, { why: clause, passages: [passageOf(text, words)] }));

describe('why an article matched', () => {
  it.each([
    ['en: convoy NEAR/5 river', 'A convoy crossed the river.', ['convoy', 'river'], '*convoy* near *river*'],
    [
      'en: {forces} NEAR/8 {send}',
      'They will send two battalions.',
      ['send', 'battalions'],
      '*send* near *battalions*',
    ],
    [
      'sent: en: troops ONEAR/2 border',
      'Troops near the border.',
      ['Troops', 'border'],
      '*Troops* shortly before *border*',
    ],
    ['*: convoy NEAR/5 river', 'A convoy crossed the river.', ['convoy', 'river'], '*convoy* near *river*'],
    ['en: troops ONEAR/2 border', 'Troops near the border.', ['Troops', 'border'], '*Troops* shortly before *border*'],
    ['en: a NEAR/5 b NEAR/5 c', 'a, b, c', ['a', 'b', 'c'], '*a*, *b* and *c* near each other'],
    ['en: coup w/s general', 'A coup by a general.', ['coup', 'general'], '*coup* and *general* in one sentence'],
    ['en: coup w/c general', 'A coup by a general.', ['coup', 'general'], '*coup* and *general* in one clause'],
    ['en: (convoy NEAR/5 river) WITHOUT film', 'A convoy at a river.', ['convoy', 'river'], '*convoy* near *river*'],
    ['en: coup w/p general', 'A coup. A general.', ['coup', 'general'], '*coup* and *general* in one paragraph'],
    ['en: coup AND general', 'A coup. A general.', ['coup', 'general'], '*coup* and *general*'],
    ['en: (convoy NEAR/5 river) NOT NEAR/6 film', 'A convoy at a river.', ['convoy', 'river'], '*convoy* near *river*'],
    ['en: atleast3(coup OR putsch)', 'A coup, a putsch, a coup.', ['coup'], '*coup* in 3 places or more'],
    ['en: title:sanctions', 'New sanctions agreed.', ['sanctions'], '*sanctions*'],
    ['en: "armed forces"', 'The armed forces left.', ['armed', 'forces'], '*armed forces*'],
    ['ko: 수송대 NEAR/5 강', '수송대가 강을 건넜다.', ['수송대', '강'], '*수송대* near *강*'],
  ])('is said in the words that matched: %s', (clause, text, words, said) => {
    expect(why(clause, text, words)).toBe(said);
  });

  it('begins with the strength where the topic is mentioned in passing', () => {
    const passages = [passageOf('A convoy crossed the river.', ['convoy', 'river'])];
    const found = aMatch({}, { why: 'en: convoy NEAR/5 river', passages });

    expect(whyInText({ ...found, strength: 'weak' })).toBe('mentioned in passing: *convoy* near *river*');
    expect(whyInText({ ...found, strength: 'fair' })).toBe('*convoy* near *river*');
    expect(whyInText({ ...found, strength: 'weak', passages: [] })).toBe(
      'mentioned in passing: en: convoy NEAR/5 river',
    );
  });

  it('keeps the order of the words, although one of them stands there again', () => {
    const text = 'Troops near the border, and more troops.';
    const again: [number, number] = [40 + text.lastIndexOf('troops'), 40 + text.lastIndexOf('troops') + 6];
    const passage = passageOf(text, ['Troops', 'border']);
    const passages = [{ ...passage, highlights: [...passage.highlights, again] }];

    expect(whyInText(aMatch({}, { why: 'en: troops ONEAR/3 border', passages }))).toBe(
      '*Troops* shortly before *border*',
    );
  });

  it('takes the words of a sentence of the text before those of the headline', () => {
    const passages = [
      passageOf('Convoy at the river', ['Convoy', 'river'], { field: 'title', origin: 'title', start: 0 }),
      passageOf('Forty trucks reached the bank.', ['trucks', 'bank']),
    ];

    expect(whyInText(aMatch({}, { why: 'en: a NEAR/5 b', passages }))).toBe('*trucks* near *bank*');
  });

  it('names the words of all passages where they may stand anywhere', () => {
    const passages = [
      passageOf('A coup began.', ['coup']),
      passageOf('The general spoke.', ['general'], { start: 90 }),
    ];

    expect(whyInText(aMatch({}, { why: 'en: coup AND general', passages }))).toBe('*coup* and *general*');
  });

  it('is the clause itself where no word was matched', () => {
    expect(why('en: source:example.org', 'Anything.', [])).toBe('en: source:example.org');
  });

  it('needs no whole clause: one may have been cut when it was stored', () => {
    expect(why('en: (convoy NEAR/5 (river OR', 'A convoy at a river.', ['convoy', 'river'])).toBe(
      '*convoy* near *river*',
    );
  });

  it('stays short, however many and long the words are', () => {
    const words = Array.from({ length: 30 }, (_, n) => `word${n}${'x'.repeat(200)}`);

    expect(why('en: a AND b', words.join(' , '), words).length).toBeLessThan(200);
    expect(clauseOf(aMatch({}, { why: 'word OR '.repeat(200) })).length).toBeLessThanOrEqual(300);
  });

  it('holds nothing that turns text around or breaks its line', () => {
    const parts = whyInWords(aMatch({}, { passages: [passageOf('a\u202eb\nc at a river', ['a\u202eb\nc', 'river'])] }));

    expect(parts.map(({ text }) => text).join('')).toBe('ab c near river');
  });
});
