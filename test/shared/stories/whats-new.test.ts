// What counts as new in a report, by kind. The first report is about the event; the second has nearly its words, so that it would be held back.
import { MemoryStoryIndex } from '../../../shared/stories/memory-story-index.ts';
import { placeDocument } from '../../../shared/stories/place-document.ts';
import { DocumentReader } from '../../../shared/stories/read-document.ts';
import type { StoryVerdict } from '../../../shared/stories/story-index.ts';
import { WordStatistics } from '../../../shared/stories/word-statistics.ts';

const START_MS = Date.parse('2026-03-02T08:00:00Z');

type Report = readonly [title: string, text: string];

async function secondOf(first: Report, second: Report, language = 'en'): Promise<StoryVerdict> {
  const parts = { reader: new DocumentReader(), statistics: new WordStatistics(), index: new MemoryStoryIndex() };
  const placed = ([title, text]: Report, id: string, hours: number) =>
    placeDocument({ id, title, text, language, timeMs: START_MS + hours * 3_600_000, isTimeKnown: true }, parts);
  await placed(first, 'first', 0);
  return placed(second, 'second', 1);
}

const FERRY: Report = [
  'Ferry sinks off Crete in storm',
  'A ferry sank off the Greek island of Crete in a storm on Monday evening, the coast guard said.',
];
const ferryWith = (title: string, more = ''): Report => [
  title,
  `The coast guard said a ferry sank in a storm off the Greek island of Crete on Monday evening${more}.`,
];

describe('a number', () => {
  it.each([
    ['in the headline', ferryWith('Ferry with 300 sinks off Crete in storm'), '300'],
    ['in words in the headline', ferryWith('Ferry with twenty-five sinks off Crete in storm'), 'twenty-five'],
    [
      'of the dead in the text',
      ferryWith('Ferry sinks off Crete in storm', ', killing at least three people'),
      'three',
    ],
    ['of the hurt in the text', ferryWith('Ferry sinks off Crete in storm', '; 12 people were injured'), '12'],
  ])('is new %s', async (_, second, news) => {
    expect(await secondOf(FERRY, second)).toMatchObject({ kind: 'new', news: expect.arrayContaining([news]) });
  });

  it.each([
    ['of other things in the text', ferryWith('Ferry sinks off Crete in storm', ', 40 kilometres from Chania')],
    ['that is an age', ferryWith('Ferry sinks off Crete in storm, says a 62-year-old')],
  ])('is not new %s', async (_, second) => {
    expect((await secondOf(FERRY, second)).kind).toBe('same');
  });

  it.each([
    ['en', 'Ferry sinks off Crete: 3 dead', 'Ferry sinks off Crete: three dead'],
    ['en', 'Ferry sinks off Crete with two million euros', 'Ferry sinks off Crete with 2 million euros'],
    ['ru', 'У Крита затонул паром: 3 человека погибли', 'У Крита затонул паром: погибли трое'],
    ['uk', 'Біля Криту затонув пором: 5 людей загинули', 'Біля Криту затонув пором: загинули п’ятеро'],
    ['de', 'Fähre sinkt vor Kreta: 12 Tote', 'Fähre sinkt vor Kreta: zwölf Tote'],
    ['fr', 'Un ferry coule au large de la Crète : 4 morts', 'Quatre morts : un ferry coule au large de la Crète'],
  ])('is the same in words and in digits (%s): %s', async (language, first, second) => {
    expect((await secondOf([first, ''], [second, ''], language)).kind).toBe('same');
  });

  it('of other dead is not new in the text where the story counts some already: tolls differ from outlet to outlet', async () => {
    const [title, text] = ferryWith('Ferry sinks off Crete in storm', ', killing 11 people');

    expect((await secondOf([FERRY[0], `${FERRY[1]} It killed 12 people.`], [title, text])).kind).toBe('same');
  });
});

describe('a decision in the headline', () => {
  const BILL: Report = [
    'Parliament debates assisted dying bill in Edinburgh',
    'The parliament in Edinburgh debated the assisted dying bill of Liam Harker on Monday.',
  ];
  const LATER = 'The assisted dying bill of Liam Harker was before the Edinburgh parliament on Monday.';

  it('is new', async () => {
    const second: Report = ['Parliament rejects assisted dying bill in Edinburgh', LATER];

    expect(await secondOf(BILL, second)).toMatchObject({ kind: 'new', news: ['rejects'] });
  });

  it('is not new in another word for the same', async () => {
    const adopted: Report = ['Parliament adopts assisted dying bill in Edinburgh', BILL[1]];
    const passed: Report = ['Parliament passes assisted dying bill in Edinburgh', LATER];

    expect((await secondOf(adopted, passed)).kind).toBe('same');
  });

  it('is not new where the word is a noun', async () => {
    const second: Report = ['Parliament debates assisted dying bill in Edinburgh: a sign of the end', LATER];

    expect((await secondOf(BILL, second)).kind).toBe('same');
  });
});

describe('what a report brings is named', () => {
  it('by numbers, decisions, names and words of the headline, not by words of the text', async () => {
    const { kind, news } = await secondOf(FERRY, ferryWith('Crete ferry: 47 bodies found', ' near jagged skerries'));

    expect(kind).toBe('new');
    expect(news[0]).toBe('47');
    expect(news).not.toContain('skerries');
    expect(news).not.toContain('jagged');
  });
});

describe('a Slavic name', () => {
  it.each(['Velinskyy', 'Velinskiy', 'Velinski', 'Velinskyj'])(
    'is one word however it ends: Velinsky, %s',
    async (name) => {
      expect((await secondOf(['Velinsky', ''], [name, ''])).kind).toBe('same');
    },
  );
});

describe('one caption under two articles', () => {
  const CAPTION =
    'The premier of Norland, Petra Lindqvist, meets firefighters in Hamnvik on Monday. (Ina Rosvall/The Coast Agency)';

  it('makes no copy of them, nor one story', async () => {
    const verdict = await secondOf(
      ['Norland pays evacuees of forest fires at once', CAPTION],
      ['Cooler nights may help crews, but heat returns on Friday', CAPTION],
    );

    expect(verdict.kind).toBe('first');
  });

  it('leaves them one story where the headlines say so', async () => {
    const verdict = await secondOf(
      ['Norland pays evacuees of forest fires at once', CAPTION],
      ['Evacuees of forest fires in Norland paid at once', CAPTION],
    );

    expect(verdict.kind).toBe('same');
  });
});
