import { passageOfHeadline, shownPassages, tellingPassage } from '../../../shared/alerts/shown-passages.ts';
import type { Match, Passage } from '../../../shared/model/match.ts';
import { matchOf, passageOf } from '../../support/alert-mails.ts';

const TITLE = 'Convoy crosses the river';
const HEADLINE = passageOf(TITLE, ['Convoy'], { field: 'title', origin: 'title', start: 0 });
const about = (topic: string, ...passages: readonly Passage[]): Match => matchOf({ topic, title: TITLE, passages });
const marked = ({ text, start, highlights }: Passage): string[] =>
  highlights.map(([from, to]) => text.slice(from - start, to - start));

describe('the passages of an alert', () => {
  it('of one topic are up to three, in the order of the document', () => {
    const passages = ['one', 'two', 'three', 'four'].map((word, at) =>
      passageOf(`${word} convoy`, [word], { start: at * 50 }),
    );

    expect(shownPassages([about('A', ...passages)]).map(({ passage }) => passage.text)).toEqual([
      'one convoy',
      'two convoy',
      'three convoy',
    ]);
  });

  it('leave out the headline, which is shown anyway', () => {
    const said = passageOf(TITLE.toUpperCase(), ['RIVER'], { start: 0 });
    const match = about('A', HEADLINE, said, passageOf('Forty trucks were seen.', ['trucks']));

    expect(shownPassages([match]).map(({ passage }) => passage.text)).toEqual(['Forty trucks were seen.']);
    expect(passageOfHeadline([match])?.text).toBe(TITLE);
  });

  it('of several topics are one each: the one with the most different matched words', () => {
    const plain = passageOf('A convoy left. The convoy.', ['convoy'], { start: 0 });
    const telling = passageOf('A convoy reached the river.', ['convoy', 'river'], { start: 100 });

    const shown = shownPassages([
      about('A', plain, telling),
      about('B', passageOf('Trade fell.', ['Trade'], { start: 300 })),
    ]);

    expect(shown.map(({ passage }) => passage.text)).toEqual(['A convoy reached the river.', 'Trade fell.']);
  });

  it('that two topics share stand once, with the words of both marked', () => {
    const text = 'A convoy reached the river at dawn.';
    const [shown, ...more] = shownPassages([
      about('A', passageOf(text, ['convoy', 'river'])),
      about('B', passageOf(text, ['river', 'dawn'])),
    ]);

    expect(more).toEqual([]);
    expect(marked(shown!.passage)).toEqual(['convoy', 'river', 'dawn']);
    expect(shown?.matches.map(({ topic }) => topic.title)).toEqual(['A', 'B']);
  });

  it('that lie inside one another are one, whichever comes first', () => {
    const wide = passageOf('It was dark. A convoy reached the river.', ['convoy'], { start: 10 });
    const narrow = passageOf('A convoy reached the river.', ['river'], { start: 23 });

    for (const matches of [
      [about('A', wide), about('B', narrow)],
      [about('B', narrow), about('A', wide)],
    ]) {
      const shown = shownPassages(matches);
      expect(shown.map(({ passage }) => passage.text)).toEqual([wide.text]);
      expect(marked(shown[0]!.passage)).toEqual(['convoy', 'river']);
    }
  });

  it('of different texts stay apart, although their places are the same', () => {
    const text = 'A convoy reached the river.';
    const shown = shownPassages([
      about('A', passageOf(text, ['convoy'], { origin: 'summary' })),
      about('B', passageOf(text, ['convoy'], { origin: 'article' })),
    ]);

    expect(shown).toHaveLength(2);
  });

  it('of one text that was edited in between stay apart', () => {
    const shown = shownPassages([
      about('A', passageOf('A convoy reached the river.', ['convoy'])),
      about('B', passageOf('A convoy reached the coast.', ['convoy'])),
    ]);

    expect(shown).toHaveLength(2);
  });

  it('are cut around the first matched word when they are very long, and say so', () => {
    const text = `${'before '.repeat(300)}convoy ${'after '.repeat(300)}`;
    const [shown] = shownPassages([about('A', passageOf(text, ['convoy'], { start: 7 }))]);

    expect(shown?.passage.text.length).toBeLessThanOrEqual(1_000);
    expect(marked(shown!.passage)).toEqual(['convoy']);
    expect(shown?.passage.text).toMatch(/^before .* after$/);
    expect(shown?.passage.cut).toBe('both');
  });
});

describe('the most telling passage', () => {
  it('is a sentence of the text before the headline, and the headline where there is none', () => {
    const sentence = passageOf('Forty trucks were seen.', ['trucks']);

    expect(tellingPassage(about('A', HEADLINE, sentence))).toEqual(sentence);
    expect(tellingPassage(about('A', HEADLINE))).toEqual(HEADLINE);
    expect(tellingPassage(about('A'))).toBeNull();
  });
});
