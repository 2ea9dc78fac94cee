// A document of several texts: the page, and what the feed says beyond it. All are matched as one, and nothing reaches from one into another.
import { compileTopics } from '../../../shared/matching/topic-matcher.ts';
import type { ExtraText, MatchableDocument } from '../../../shared/model/article.ts';
import type { Topic } from '../../../shared/model/topic.ts';
import { topicOf } from './random-topics.ts';

const PAGE =
  'The storm reached the coast at noon. Roofs flew through the old town. Schools stay closed. Trains stand still.';

const extra = (text: string, change: Partial<ExtraText> = {}): ExtraText => ({
  text,
  origin: 'summary',
  start: 0,
  isLead: true,
  ...change,
});

function documentWith(more: readonly ExtraText[], change: Partial<MatchableDocument> = {}): MatchableDocument {
  return { title: 'Storm hits the coast', text: PAGE, language: 'en', more, ...change };
}

const passagesOf = (expression: string, document: MatchableDocument, passage: Partial<Topic['passage']> = {}) => {
  const topic = topicOf(expression);
  return compileTopics([{ ...topic, passage: { ...topic.passage, ...passage } }]).match(document)[0]?.passages ?? [];
};
const holds = (expression: string, document: MatchableDocument): boolean =>
  compileTopics([topicOf(expression)]).match(document).length > 0;

describe('words of the feed that the page lacks', () => {
  it('are found, and the passage says where they are from and where they stand there', () => {
    const document = documentWith([extra('The ministry will deploy troops to the coast.', { start: 100 })]);

    expect(passagesOf('troop NEAR/3 deploy', document)).toEqual([
      {
        text: 'The ministry will deploy troops to the coast.',
        field: 'body',
        origin: 'summary',
        start: 100,
        end: 145,
        highlights: [[118, 131]],
      },
    ]);
  });

  it('do not move the places of the page, whether they are read before it or behind it', () => {
    for (const isLead of [true, false]) {
      const document = documentWith([extra('Rain fell.', { isLead })]);

      expect(passagesOf('roof', document)).toEqual([
        expect.objectContaining({
          text: 'The storm reached the coast at noon. Roofs flew through the old town.',
          origin: 'article',
          start: 0,
          highlights: [[37, 42]],
        }),
      ]);
    }
  });

  it('have the origin of their text, also where the main text is the feed', () => {
    const document = documentWith([extra('Troops came.')], { origin: 'feed' });

    expect(passagesOf('roof OR troop OR title:storm', document).map(({ origin }) => origin)).toEqual([
      'title',
      'summary',
      'feed',
    ]);
  });
});

describe('rules of nearness', () => {
  // The last words of each text and the first of the next, in either order of texts.
  const border = [extra('Nobody saw the army', { isLead: true }), extra('deployed at dawn', { isLead: false })];
  const document = documentWith(border, { title: 'The city waits for troops', text: 'Came home. Many are left' });

  it.each([
    'army NEAR/9 came',
    '"army came"',
    'army w/s came',
    'army w/p came',
    'army ONEAR/9 came',
    'left NEAR/9 deployed',
    '"left deployed"',
    'troops NEAR/9 nobody',
    'left w/p deployed',
  ])('do not reach over the end of a text: %s', (expression) => {
    expect(holds(expression, document)).toBe(false);
  });

  it.each([
    'army AND came',
    'army AND deployed AND troops',
    '2 OF (army, deployed, nothing)',
    'body:army AND body:left AND body:deployed',
  ])('hold over all texts where they are of the whole document: %s', (expression) => {
    expect(holds(expression, document)).toBe(true);
  });

  it('keep a word of one text away from that of another only within the text', () => {
    expect(holds('army NOT NEAR/9 came', document)).toBe(true);
    expect(holds('army AND NOT came', document)).toBe(false);
  });

  it('do not make a number of two texts', () => {
    const split = documentWith([extra('They sent 12', { isLead: true })], { text: 'thousand men came' });

    expect(holds('num(12..12)', split)).toBe(true);
    expect(holds('num(12000..12000)', split)).toBe(false);
  });

  it('count what all texts say', () => {
    const twice = documentWith([extra('Troops came.', { isLead: false })], { text: 'Troops left.' });

    expect(holds('atleast2(troops)', twice)).toBe(true);
    expect(holds('atleast3(troops)', twice)).toBe(false);
  });
});

it('a veto and a context of the topic hold over all texts', () => {
  const base = topicOf('storm');
  const document = documentWith([extra('A film about soldiers.')]);
  const found = (change: Partial<Topic>) => compileTopics([{ ...base, ...change }]).match(document).length;

  expect(found({ none: { en: ['film'] } })).toBe(0);
  expect(found({ none: { en: ['novel'] } })).toBe(1);
  expect(found({ all: { en: ['soldiers'] } })).toBe(1);
  expect(found({ all: { en: ['sailors'] } })).toBe(0);
});

describe('the lead', () => {
  const document = documentWith([
    extra('One is here. Two is here. Three is here. Four is here.'),
    extra('Outside is here.', { origin: 'feed', isLead: false }),
  ]);

  it.each([
    ['lead:hits', true],
    ['lead:one', true],
    ['lead:four', true],
    ['lead:schools', true],
    ['lead:trains', false],
    ['lead:outside', false],
  ])('is the title, the short summary and three sentences of the main text: %s, %s', (expression, expected) => {
    expect(holds(expression, document)).toBe(expected);
  });

  it.each([1, 2, 3])('does not reach behind a main text of %s sentences', (sentences) => {
    const text = ['Rain fell.', 'Wind blew.', 'Snow lay.'].slice(0, sentences).join(' ');

    expect(holds('lead:outside', { ...document, text })).toBe(false);
    expect(holds('lead:rain', { ...document, text })).toBe(true);
  });

  it('is the title and the summary without a main text', () => {
    expect(holds('lead:two', { ...document, text: '' })).toBe(true);
    expect(holds('lead:outside', { ...document, text: '' })).toBe(false);
  });
});

describe('passages', () => {
  it('take no sentence of another text for context', () => {
    const document = documentWith([extra('Rain fell.', { isLead: true }), extra('Snow lay.', { isLead: false })]);

    expect(
      passagesOf('rain OR storm OR trains OR snow', document, { context: 1, max: 5 }).map((each) => each.text),
    ).toEqual([
      'Storm hits the coast',
      'Rain fell.',
      'The storm reached the coast at noon. Roofs flew through the old town.',
      'Schools stay closed. Trains stand still.',
      'Snow lay.',
    ]);
  });

  it('show a sentence once that stands at two places, in whatever punctuation', () => {
    const text =
      'Troops crossed the river at dawn, the ministry said on Monday. Rain fell. “TROOPS crossed the river at dawn”, the ministry said on Monday.';

    expect(passagesOf('troops', { title: '', text, language: 'en' }).map(({ start }) => start)).toEqual([0]);
  });

  it('show the headline once where the text begins with it', () => {
    const document = { title: 'Troops cross the river', text: 'TROOPS CROSS THE RIVER. Rain fell.', language: 'en' };

    expect(passagesOf('troops', document).map(({ origin }) => origin)).toEqual(['title']);
    expect(passagesOf('body:troops', document).map(({ origin }) => origin)).toEqual(['article']);
  });

  it('show other sentences in place of those that were shown', () => {
    const text =
      'Troops came. Nobody knew. Troops came. Nobody spoke. More troops were seen on the northern border that day.';

    expect(passagesOf('troops', { title: '', text, language: 'en' }, { max: 2 }).map((each) => each.text)).toEqual([
      'Troops came.',
      'Nobody spoke. More troops were seen on the northern border that day.',
    ]);
  });
});

it('a sentence that was shown is not shown again without its context where there is no room for that', () => {
  // The fourth sentence brings the third along, and both do not fit into one passage with the second.
  const text = 'Troops came. Nobody in the old town had asked. More troops came in the evening. Troops came.';

  expect(
    passagesOf('troops', { title: '', text, language: 'en' }, { max: 3, maxChars: 75 }).map((each) => each.text),
  ).toEqual(['Troops came.', 'Nobody in the old town had asked. More troops came in the evening.']);
});

it('a long page does not push out the words of a short summary', () => {
  const document = documentWith([extra('Troops came.')], { text: 'word '.repeat(12_000) });

  expect(compileTopics([topicOf('troops')]).matchDetailed(document)).toMatchObject({
    matches: [{ passages: [{ origin: 'summary' }] }],
    truncated: true,
  });
});

it('the language is found from title and main text', () => {
  const more = [extra('Паром перевёз последних солдат через реку, и никто не пострадал. '.repeat(5))];

  expect(holds('storms', { title: 'Storm', text: PAGE, more })).toBe(true);
});
