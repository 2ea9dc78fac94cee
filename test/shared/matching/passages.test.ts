// What a reader is shown: whole sentences around the match, the matched words highlighted, never too much.
import { compileTopics } from '../../../shared/matching/topic-matcher.ts';
import type { Passage } from '../../../shared/model/match.ts';
import type { Topic } from '../../../shared/model/topic.ts';
import { topicOf } from './random-topics.ts';

interface Given {
  readonly title?: string;
  readonly language?: string;
  readonly passage?: Partial<Topic['passage']>;
}

function passagesOf(
  expression: string,
  text: string,
  { title = '', language = 'en', passage }: Given = {},
): readonly Passage[] {
  const plain = topicOf(expression, 'topic', language);
  const topic = { ...plain, passage: { ...plain.passage, ...passage } };
  return compileTopics([topic]).match({ title, text, language })[0]?.passages ?? [];
}

/** Passages with their highlights in brackets. */
const shown = (...given: Parameters<typeof passagesOf>): string[] =>
  passagesOf(...given).map(({ text, start, highlights }) =>
    highlights.reduceRight(
      (marked, [from, to]) =>
        `${marked.slice(0, from - start)}[${marked.slice(from - start, to - start)}]${marked.slice(to - start)}`,
      text,
    ),
  );

const FILLER = 'The harbour of the old town was quiet on that day and nobody on the quay had anything to tell.';
const many = (count: number): string => Array.from({ length: count }, () => FILLER).join(' ');

describe('a passage', () => {
  it('is the sentence of the match, with the matched words highlighted and not those between', () => {
    const text = `${FILLER} The ministry said that troops will soon be deployed along the northern border. ${FILLER}`;

    expect(shown('troop NEAR/5 deploy', text)).toEqual([
      'The ministry said that [troops] will soon be [deployed] along the northern border.',
    ]);
  });

  it.each([
    ['US', 'We sent the [U.S.] a long letter about the old harbour and its many ships last night.'],
    ['"US"', 'A long letter about the old harbour and its many ships was sent to the [U.S.]'],
    ['=US NEAR/1 troop', 'More than a hundred [U.S. troops] came to the old harbour, more than last year.'],
    ['"UN troops"', 'More than a hundred [U.N. troops] came to the old harbour, more than last year.'],
    ['="U.S." NEAR/1 troop', 'More than a hundred [U.S. troops] came to the old harbour, more than last year.'],
    ['EU AND UK', "The [U.K.]'s ministers met those of the [E.U.], who had come to the harbour by ship."],
  ])('finds initials with points by %s, and shows them whole', (expression, marked) => {
    expect(shown(expression, marked.replace(/[[\]]/g, ''))).toEqual([marked]);
  });

  it.each([
    ['"U.S."', 'They told us about the US troops.'],
    ['=us', 'They told the U.S. about it.'],
    ['PM', 'They came at 5 p.m. to the harbour.'],
    ['USA*', 'They told the U.S.A. about it.'],
  ])('does not find by %s: %s', (expression, text) => {
    expect(shown(expression, text)).toEqual([]);
  });

  it('shows the smallest match: other troops in the sentence stay plain', () => {
    const text = 'Old troops left in March and new troops were deployed in June, the ministry of defence said.';

    expect(shown('troop NEAR/9 deploy', text)).toEqual([
      'Old troops left in March and new [troops] were [deployed] in June, the ministry of defence said.',
    ]);
  });

  it('highlights neighbouring words as one, a hyphenated word too', () => {
    expect(
      shown('"cease-fire talks"', 'Envoys said that the cease-fire talks in the capital would begin on Sunday.'),
    ).toEqual(['Envoys said that the [cease-fire talks] in the capital would begin on Sunday.']);
  });

  it('holds every match of its sentence', () => {
    const text = 'Troops were deployed in the north, and more soldiers were deployed in the south of the country.';

    expect(shown('(troop OR soldier) NEAR/3 deploy', text)).toEqual([
      '[Troops] were [deployed] in the north, and more [soldiers] were [deployed] in the south of the country.',
    ]);
  });

  it('reaches over two sentences when the match does', () => {
    const text = `${FILLER} The brigade has many troops now, officers said. Deployment to the coast begins this week. ${FILLER}`;

    expect(shown('troop NEAR/6 deployment', text)).toEqual([
      'The brigade has many [troops] now, officers said. [Deployment] to the coast begins this week.',
    ]);
  });

  it('takes in the sentence before when it is short or points back', () => {
    const before = 'The general arrived in the capital on Monday evening.';

    expect(
      shown('troops', `${FILLER} ${before} He said that the troops would stay until the end of the winter.`),
    ).toEqual([`${before} He said that the [troops] would stay until the end of the winter.`]);
    expect(shown('troops', `${FILLER} ${before} No troops left.`)).toEqual([`${before} No [troops] left.`]);
  });

  it('has as many sentences around it as the topic asks for', () => {
    const text = 'One stays here for a while. Two sees the troops arrive. Three goes home to sleep.';

    expect(shown('troops', text, { passage: { context: 1 } })).toEqual([text.replace('troops', '[troops]')]);
  });

  it('of a title is the title alone, and comes first', () => {
    const text = `${FILLER} The troops arrived in the harbour before the sun was up, witnesses said.`;

    expect(
      passagesOf('troops', text, { title: 'Troops arrive' }).map(({ field, text: part }) => [field, part]),
    ).toEqual([
      ['title', 'Troops arrive'],
      ['body', 'The troops arrived in the harbour before the sun was up, witnesses said.'],
    ]);
  });

  it('has offsets in the text as it was given, whatever stands before: composed accents, wide letters, emoji', () => {
    const text = `🚢 Ｔｈｅ cafe\u0301 closed early on Friday for want of guests. The ＴＲＯＯＰＳ were deployed at the border in the early morning.`;
    const [passage] = passagesOf('troop NEAR/3 deploy', text);

    expect(passage?.highlights.map(([from, to]) => text.slice(from, to))).toEqual(['ＴＲＯＯＰＳ', 'deployed']);
    expect(text.slice(passage?.start, passage?.end)).toBe(passage?.text);
  });
});

describe('passages', () => {
  it('are at most as many as the topic allows, the best ones, in the order of the text', () => {
    const text = Array.from(
      { length: 6 },
      (_, index) =>
        `In week ${index} the ${index % 2 === 0 ? 'troops at last' : 'troops of the second brigade that had come up from the coast in the night with all that they had on many lorries'} deployed near the river bend. ${FILLER}`,
    ).join(' ');
    const found = shown('troop w/s deploy', text);

    expect(found).toHaveLength(3);
    expect(found.map((passage) => /week (\d)/.exec(passage)?.[1])).toEqual(['0', '2', '4']);
    expect(shown('troop w/s deploy', text, { passage: { max: 1 } })).toHaveLength(1);
  });

  it('that share a sentence, brought along by the one after it, are one, and nothing found is left out', () => {
    const first = 'The troops were deployed to the northern border of the country in spring.';
    const text = `${first} They deployed troops again. ${FILLER}`;

    expect(shown('troop NEAR/3 deploy', text)).toEqual([
      'The [troops] were [deployed] to the northern border of the country in spring. They [deployed troops] again.',
    ]);
  });

  it('that share a sentence and would be too long as one are two, each whole', () => {
    const text =
      'The army is large and well equipped. They deployed troops to the north. They deployed troops to the south.';

    expect(shown('troop NEAR/3 deploy', text, { passage: { maxChars: 100 } })).toEqual([
      'The army is large and well equipped. They [deployed troops] to the north.',
      'They [deployed troops] to the south.',
    ]);
  });

  it('of an AND whose sides stand together are one', () => {
    const text = `${FILLER} The treaty was signed while troops of both sides looked on from the hills. ${FILLER}`;

    expect(shown('treaty AND troops', text)).toEqual([
      'The [treaty] was signed while [troops] of both sides looked on from the hills.',
    ]);
  });

  it('of an AND whose sides are far apart are one for each side', () => {
    const first = 'The treaty was signed in the town hall by both of the ministers.';
    const last = 'In the north the troops were still in the trenches at nightfall.';

    expect(shown('treaty AND troops', `${first} ${many(8)} ${last}`)).toEqual([
      first.replace('treaty', '[treaty]'),
      last.replace('troops', '[troops]'),
    ]);
  });

  it('never show what only excludes', () => {
    const text =
      'The troops were deployed at the border before dawn. Nothing was said of an exercise in the south of the land.';

    expect(shown('(troop NEAR/3 deploy) NOT NEAR/3 exercise', text)).toEqual([
      'The [troops] were [deployed] at the border before dawn.',
    ]);
  });
});

describe('a long sentence', () => {
  const words = (count: number, word: string) =>
    Array.from({ length: count }, (_, index) => `${word}${index}`).join(' ');

  it('is cut around the match, between words, within 420 characters', () => {
    const text = `${words(90, 'before')} troops were deployed ${words(90, 'after')}.`;
    const [passage] = passagesOf('troop NEAR/3 deploy', text);

    expect(passage?.text.length).toBeLessThanOrEqual(420);
    expect(passage?.text.length).toBeGreaterThan(380);
    expect(passage?.text).toMatch(/^before\d+ .* troops were deployed .* after\d+$/);
    expect(passage?.highlights.map(([from, to]) => text.slice(from, to))).toEqual(['troops', 'deployed']);
  });

  it('says at which of its edges it was cut, and nothing when it is whole', () => {
    const before = words(90, 'before');
    const after = words(90, 'after');
    const cutOf = (text: string) => passagesOf('troop NEAR/3 deploy', text)[0]?.cut;

    expect(cutOf(`${before} troops were deployed ${after}.`)).toBe('both');
    expect(cutOf(`Troops were deployed ${after}.`)).toBe('end');
    expect(cutOf(`${before} troops were deployed.`)).toBe('start');
    expect(passagesOf('troop', 'The troops left.')[0]).not.toHaveProperty('cut');
  });

  it('is cut at the length that the topic sets', () => {
    const text = `${words(90, 'before')} troops were deployed ${words(90, 'after')}.`;

    expect(passagesOf('troop NEAR/3 deploy', text, { passage: { maxChars: 80 } })[0]?.text.length).toBeLessThanOrEqual(
      80,
    );
  });

  it.each(Array.from({ length: 12 }, (_, index) => index))(
    'is cut within its length, closing signs included: %i',
    (extra) => {
      const text = `${words(40, 'before')} ${'x'.repeat(1 + extra)} troops came (and went)...`;

      expect(passagesOf('troop', text, { passage: { maxChars: 100 } })[0]?.text.length).toBeLessThanOrEqual(100);
      const late = `(...${words(2, 'b')} ${'x'.repeat(1 + extra)} troops ${words(40, 'after')}`;
      expect(passagesOf('troop', late, { passage: { maxChars: 100 } })[0]?.text.length).toBeLessThanOrEqual(100);
    },
  );

  it.each([
    ['Chinese', 'zh', '派兵', '会议在首都举行并讨论了许多问题'],
    ['Japanese', 'ja', '派兵', 'この会議は首都で開かれて多くの問題が話し合われ'],
    ['Korean', 'ko', '파병', '회의는 수도에서 열렸고 많은 문제를 논의했으며 '],
  ])('in %s is cut within 200 characters', (_language, language, word, filler) => {
    const text = `${filler.repeat(20)}${word} ${filler.repeat(20)}`;
    const [passage] = passagesOf(word, text, { language });

    expect(passage?.text.length).toBeLessThanOrEqual(200);
    expect(passage?.text.length).toBeGreaterThan(150);
    expect(passage?.text).toContain(word);
  });

  it('is never cut through the match, even where the match is longer than allowed', () => {
    const text = `${words(50, 'before')} troops ${words(30, 'between')} deployed ${words(50, 'after')}.`;
    const [passage] = passagesOf('troop NEAR/40 deploy', text, { passage: { maxChars: 100 } });

    expect(passage?.text).toMatch(/troops between0 .* between29 deployed/);
  });
});

describe('the best passage', () => {
  const fill = (count: number): string => 'xx '.repeat(count);
  /** Whichever of the sentences is shown when there is room for one. */
  const best = (expression: string, sentences: readonly string[], title = ''): string =>
    passagesOf(expression, sentences.join(' '), { title, passage: { max: 1 } })[0]?.text ?? '';

  it.each([
    [14, 'first'],
    [15, 'second'],
  ])('is the tighter one, beyond sixteen words: with %i words between, the %s', (between, expected) => {
    const sentences = [`One aa ${fill(between)}bb of the first.`, `One aa ${fill(14)}bb of the second.`];

    expect(best('aa w/s bb', sentences)).toBe(sentences[expected === 'first' ? 0 : 1]);
  });

  it.each([
    [4, 'second'],
    [5, 'first'],
  ])('shows two words that belong together rather than a few that do not: %i words, the %s', (count, expected) => {
    const sentences = [`One ${'aa, '.repeat(count)}${fill(20)} of the first.`, `One bb cc ${fill(20)} of the second.`];

    expect(best('aa OR (bb NEAR/2 cc)', sentences)).toBe(sentences[expected === 'first' ? 0 : 1]);
  });

  it.each([
    [3, 'title'],
    [4, 'text'],
  ])('is the title, unless the text says much more: %i words, the %s', (count, expected) => {
    const text = `One ${'aa, '.repeat(count)}${fill(20)}of the text.`;

    expect(best('aa', [text], 'An aa')).toBe(expected === 'title' ? 'An aa' : text);
  });

  it('is the earlier one, where the later is hardly tighter', () => {
    const between = Array.from({ length: 40 }, (_, index) => `Nothing new on day ${index}.`);
    const sentences = [`One aa ${fill(15)}bb of the first.`, ...between, `One aa ${fill(14)}bb of the last.`];

    expect(best('aa w/s bb', sentences)).toBe(sentences[0]);
  });

  it('is the earlier of two that show the same', () => {
    const sentences = [`One aa ${fill(20)}of the first.`, `Other aa ${fill(20)}of the second.`];

    expect(best('aa', sentences)).toBe(sentences[0]);
  });

  it.each<[expression: string, second: string]>([
    ['aa OR (bb AND cc)', 'bb cc'],
    ['aa OR (2 OF (bb, cc, dd))', 'bb dd'],
    ['aa OR ((bb NEAR/1 cc) AND NOT ee)', 'bb cc'],
    ['aa OR ((bb NEAR/1 cc) NOT NEAR/3 ee)', 'bb cc'],
    ['aa OR atleast1(bb NEAR/1 cc)', 'bb cc'],
    ['aa OR ((bb OR dd) NEAR/2 cc)', 'dd cc'],
    ['aa OR atleast1((bb NEAR/1 cc) OR (dd NEAR/1 ff))', 'bb cc'],
  ])('is the one with more words of %s', (expression, second) => {
    const sentences = [`One aa ${fill(20)}of the first.`, `One ${second} ${fill(20)}of the second.`];

    expect(best(expression, sentences)).toBe(sentences[1]);
  });

  it.each(['aa OR atleast1(bb OR (cc NEAR/1 dd))', 'aa OR (bb NOT NEAR/1 (cc NEAR/1 dd))', 'aa OR bb'])(
    'counts the least that %s asks for',
    (expression) => {
      const sentences = [`One aa ${fill(20)}of the first.`, `One bb ${fill(20)}of the second.`];

      expect(best(expression, sentences)).toBe(sentences[0]);
    },
  );
});

describe('passages beside each other', () => {
  it('are two where they only touch, as sentences of Chinese do', () => {
    const sentence = `派兵${'问'.repeat(30)}。`;

    expect(passagesOf('派兵', `${sentence}军队${sentence}`, { language: 'zh' })).toHaveLength(2);
  });

  it('are one where a match reaches from the sentence of another into the next', () => {
    const text =
      'One aa bb and a cc were in the old harbour on that morning. Then a dd came into the old harbour as well.';

    expect(shown('(aa NEAR/1 bb) OR (cc NEAR/14 dd)', `${text} ${FILLER}`)).toEqual([
      'One [aa bb] and a [cc] were in the old harbour on that morning. Then a [dd] came into the old harbour as well.',
    ]);
  });

  it('come in the order of the text, whatever the order of the expression', () => {
    const [first, second] = [`One aa bb of the first ${'x'.repeat(50)}.`, `One cc dd of the second ${'x'.repeat(50)}.`];

    expect(passagesOf('(cc NEAR/1 dd) OR (aa NEAR/1 bb)', `${first} ${second}`).map(({ text }) => text)).toEqual([
      first,
      second,
    ]);
  });

  it('are one where the text says the title again, however late', () => {
    const text = `${FILLER} ${FILLER} Troops cross the river.`;

    expect(passagesOf('troops', text, { title: 'Troops cross the river' }).map(({ field }) => field)).toEqual([
      'title',
    ]);
  });

  it('have no white space around them', () => {
    expect(passagesOf('troops', 'Rain.', { title: '  Troops came \n' })).toMatchObject([
      { text: 'Troops came', start: 2, end: 13, highlights: [[2, 8]] },
    ]);
  });
});

describe('the sentence before', () => {
  const before = 'The general arrived in the capital on Monday evening at ten.';
  const broughtAlong = (sentence: string, first = before, language = 'en', word = 'troops'): boolean =>
    passagesOf(word, `${first} ${sentence}`, { language })[0]?.text === `${first} ${sentence}`;

  it('is brought along by a sentence of fewer than sixty characters', () => {
    const sentenceOf = (length: number) => `No troops ${'x'.repeat(length - 11)}.`;

    expect(broughtAlong(sentenceOf(59))).toBe(true);
    expect(broughtAlong(sentenceOf(60))).toBe(false);
  });

  it('is brought along by a sentence of fewer than twenty-nine Chinese characters', () => {
    const first = '会议在首都举行并讨论了许多问题而且没有结果所以大家都回家了然后再来。';
    const sentenceOf = (length: number) => `派兵${'问'.repeat(length - 3)}。`;
    const textOf = (length: number) => passagesOf('派兵', first + sentenceOf(length), { language: 'zh' })[0]?.text;

    expect(textOf(28)).toBe(first + sentenceOf(28));
    expect(textOf(29)).toBe(sentenceOf(29));
  });

  it.each([
    'Second Third Also But However It He She They This That These Those His Her Their Its Such Instead Meanwhile',
    'Moreover Furthermore Additionally Lastly Finally 그는 그녀는 그들은 이는 이에 또 또한 他 她 他们 他們 这 這 此 Он Она',
    'Они Это Він Вона Вони Це Il Elle Ils Elles Cela Él Ella Ellos Esto Er Sie Dies',
  ])('is brought along by sentences that point back: %s', (words) => {
    const rest = 'troops would stay in the old town until the end of the winter, as was said.';

    for (const word of words.split(' ')) {
      expect([word, broughtAlong(`${word} ${rest}`)]).toEqual([word, true]);
      expect([word, broughtAlong(`X${word} ${rest}`)]).toEqual([word, false]);
      expect([word, broughtAlong(`${word}x ${rest}`)]).toEqual([word, false]);
    }
    expect(broughtAlong(`“${words.split(' ')[0]} ${rest}`)).toBe(true);
  });

  it('is brought along only where both fit', () => {
    const sentence = `He said that the troops ${'would stay '.repeat(31)}here.`;
    const length = before.length + 1 + sentence.length;

    expect(passagesOf('troops', `${before} ${sentence}`, { passage: { maxChars: length } })[0]?.text).toHaveLength(
      length,
    );
    expect(passagesOf('troops', `${before} ${sentence}`, { passage: { maxChars: length - 1 } })[0]?.text).toBe(
      sentence,
    );
  });

  it('is not there for the first sentence, nor the one after for the last', () => {
    const only = 'No troops.';

    expect(passagesOf('troops', only, { passage: { context: 2 } })[0]?.text).toBe(only);
  });

  it('is one of as many on both sides as the topic asks for', () => {
    const sentences = ['One.', 'Two.', 'Three troops.', 'Four.', 'Five.'];
    const shownWith = (context: number) => passagesOf('troops', sentences.join(' '), { passage: { context } })[0]?.text;

    expect(shownWith(0)).toBe('Two. Three troops.');
    expect(shownWith(1)).toBe('Two. Three troops. Four.');
    expect(shownWith(2)).toBe('One. Two. Three troops. Four. Five.');
  });
});

describe('the room for a passage', () => {
  const inside = (count: number) => Array.from({ length: count }, (_, index) => `w${index}`).join(' ');

  it('is for a whole sentence of just that length', () => {
    const sentence = `Troops ${'x'.repeat(91)}.`;

    expect(passagesOf('troops', sentence, { passage: { maxChars: 99 } })[0]).toMatchObject({ text: sentence });
    expect(passagesOf('troops', sentence, { passage: { maxChars: 99 } })[0]).not.toHaveProperty('cut');
    expect(passagesOf('troops', sentence, { passage: { maxChars: 98 } })[0]?.cut).toBe('end');
  });

  it('is about half as long where more than a quarter is Chinese, Japanese or Korean', () => {
    const lengthOf = (dense: number) => {
      const text = `troops ${'兵'.repeat(dense)}${' xx'.repeat(40)}`.slice(0, 100).padEnd(100, 'x');
      return passagesOf('troops', text, { passage: { maxChars: 100 } })[0]?.text.length;
    };

    expect(lengthOf(25)).toBe(100);
    expect(lengthOf(26)).toBeLessThanOrEqual(48);
    expect(lengthOf(26)).toBeGreaterThan(40);
  });

  it('is filled word by word on both sides of the match', () => {
    const text = `${inside(9)} troops ${inside(9)}.`;
    const cutTo = (maxChars: number) => {
      const [passage] = passagesOf('troops', text, { passage: { maxChars } });
      return [passage?.text, passage?.cut];
    };

    expect(cutTo(6)).toEqual(['troops', 'both']);
    expect(cutTo(8)).toEqual(['troops', 'both']);
    expect(cutTo(9)).toEqual(['w8 troops', 'both']);
    expect(cutTo(11)).toEqual(['w8 troops', 'both']);
    expect(cutTo(12)).toEqual(['w8 troops w0', 'both']);
    expect(cutTo(15)).toEqual(['w7 w8 troops w0', 'both']);
    expect(cutTo(text.length - 1)).toEqual([text.slice(0, -1), 'end']);
  });

  it('goes to one side where the other has come to its end, signs of that end included', () => {
    const late = `(${inside(20)} troops!`;
    const early = `“Troops ${inside(20)}.`;
    const textOf = (text: string, maxChars: number) => passagesOf('troops', text, { passage: { maxChars } })[0]?.text;

    expect(textOf(late, 20)).toBe('w17 w18 w19 troops!');
    expect(textOf(late, 19)).toBe('w17 w18 w19 troops!');
    expect(textOf(late, 18)).toBe('w17 w18 w19 troops');
    expect(textOf(early, 20)).toBe('“Troops w0 w1 w2 w3');
    expect(textOf(early, 19)).toBe('“Troops w0 w1 w2 w3');
    expect(textOf(early, 18)).toBe('Troops w0 w1 w2 w3');
  });

  it('is given to the part that says most, and of several to the first', () => {
    const text = `Old aa ${inside(30)} bb cc ${inside(30)} aa.`;
    const textOf = (expression: string) => passagesOf(expression, text, { passage: { maxChars: 20 } })[0]?.text;

    expect(textOf('aa OR (bb NEAR/1 cc)')).toMatch(/bb cc/);
    expect(textOf('aa')).toMatch(/^Old aa/);
  });

  it('is for a title too, which takes no words of the text', () => {
    const [passage] = passagesOf('troops', 'Nothing new.', {
      title: `${inside(20)} troops ${inside(20)}`,
      passage: { maxChars: 20 },
    });

    expect(passage).toMatchObject({ field: 'title', text: 'w18 w19 troops w0 w1', cut: 'both' });
    expect(
      passagesOf('troops', 'New one. Two.', { title: `${inside(20)} troops`, passage: { maxChars: 20 } })[0]?.text,
    ).toBe('w17 w18 w19 troops');
  });
});

describe('highlights', () => {
  it.each([
    ['"aa bb"', 'An [aa bb] came.'],
    ['"aa bb"', 'An [aa-bb] came.'],
    ['"aa bb"', 'An [aa‑bb] came.'],
    ['"aa bb"', 'An [aa  bb] came.'],
    ['"aa bb"', 'An [aa] (bb) came.'.replace('(bb)', '([bb])')],
    ['"aa bb"', 'An [aa], [bb] came.'],
    ['"aa bb"', 'An [aa]/[bb] came.'],
    ['aa OR bb OR cc', 'An [aa bb cc] xx [aa] came.'],
    ['aa NEAR/1 cc', 'An [aa] xx [cc] came.'],
    ['=US', 'To the [U.S.] they came.'],
    ['=US', 'They came to the [US].'],
    ['aa', 'They came to the [aa].'],
  ])('of %s: %s', (expression, marked) => {
    const text = `${FILLER} ${marked.replace(/[[\]]/g, '')}`;

    expect(
      shown(expression, text, { passage: { context: 0 } })
        .join('')
        .replace(`${FILLER} `, ''),
    ).toBe(marked);
  });

  it('are also words of another match in the same passage', () => {
    const text = 'The old troops of both sides looked on from the hills as the treaty was signed.';

    expect(shown('treaty OR (troops NEAR/2 sides)', text)).toEqual([
      'The old [troops] of both [sides] looked on from the hills as the [treaty] was signed.',
    ]);
  });
});
