// Which documents make one story, and what each brings to it.
import { MemoryStoryIndex } from '../../../shared/stories/memory-story-index.ts';
import { learnFrom, placeDocument, placeDocuments, type StoryParts } from '../../../shared/stories/place-document.ts';
import { DocumentReader, type StoryDocument } from '../../../shared/stories/read-document.ts';
import type { StoryVerdict } from '../../../shared/stories/story-index.ts';
import { joinStory, type StoryRecord, startStory } from '../../../shared/stories/story-record.ts';
import { weighDocument } from '../../../shared/stories/weigh-document.ts';
import { WordStatistics } from '../../../shared/stories/word-statistics.ts';
import { outletCopy } from '../../support/outlet-copies.ts';
import { seeded } from '../../support/seeded.ts';
import { CHANGES, NO_COPIES, OWN_TEXTS, wholeText } from './copied-texts.ts';
import { LOOK_ALIKES } from './look-alikes.ts';

const START_MS = Date.parse('2026-03-02T08:00:00Z');
const HOUR_MS = 3_600_000;

const freshParts = (): StoryParts & { readonly index: MemoryStoryIndex; readonly statistics: WordStatistics } => ({
  reader: new DocumentReader(),
  statistics: new WordStatistics(),
  index: new MemoryStoryIndex(),
});

interface Report {
  readonly title: string;
  readonly text?: string;
  readonly id?: string;
  readonly language?: string;
  readonly hours?: number;
}

const documentOf = ({ title, text = '', id = title, language = 'en', hours = 0 }: Report): StoryDocument => ({
  id,
  title,
  text,
  language,
  timeMs: START_MS + hours * HOUR_MS,
  isTimeKnown: true,
});

async function verdictsOn(reports: readonly Report[], parts = freshParts()): Promise<readonly StoryVerdict[]> {
  const verdicts: StoryVerdict[] = [];
  for (const report of reports) verdicts.push(await placeDocument(documentOf(report), parts));
  return verdicts;
}

const FERRY = {
  title: 'Ferry sinks off Crete with 300 on board',
  text: 'A ferry with 300 people on board sank off the Greek island of Crete on Monday evening, the coast guard said.',
};
const FERRY_AGAIN = {
  title: 'Ferry with 300 on board sinks off Crete',
  text: 'The coast guard said a ferry with 300 people on board sank on Monday evening off the Greek island of Crete.',
  hours: 1,
};
const FERRY_TOLL = {
  title: 'Crete ferry: 47 bodies found',
  text: 'Divers found 47 bodies in the wreck of the ferry that sank off the Greek island of Crete with 300 people on board.',
  hours: 9,
};
const OTHER = {
  title: 'Norvex names new chief executive',
  text: 'The chip maker Norvex has named Petra Lindqvist as its chief executive.',
  hours: 2,
};

describe('a story', () => {
  it('starts with the first report, and says that nothing is like it', async () => {
    const [verdict] = await verdictsOn([FERRY]);

    expect(verdict).toMatchObject({ kind: 'first', reason: 'no open story is similar' });
  });

  it('is joined by a report in other words that brings nothing', async () => {
    const [first, again] = await verdictsOn([FERRY, FERRY_AGAIN]);

    expect(again).toMatchObject({ story: first!.story, kind: 'same' });
    expect(again!.reason).toMatch(new RegExp(`^shares \\*.+\\* with ${first!.story}; nothing new$`));
  });

  it('is joined by a report with a new number, which is named', async () => {
    const [first, , toll] = await verdictsOn([FERRY, FERRY_AGAIN, FERRY_TOLL]);

    expect(toll).toMatchObject({ story: first!.story, kind: 'new' });
    expect(toll!.reason).toContain('new: *47*');
  });

  it('is not joined by another event', async () => {
    const [first, other] = await verdictsOn([FERRY, OTHER]);

    expect(other!.kind).toBe('first');
    expect(other!.story).not.toBe(first!.story);
  });

  it('is over five days after its last report', async () => {
    const [first, within] = await verdictsOn([FERRY, { ...FERRY, id: 'b', hours: 4.9 * 24 }]);
    const [, after] = await verdictsOn([FERRY, { ...FERRY, id: 'b', hours: 5.1 * 24 }]);

    expect(within!.story).toBe(first!.story);
    expect(after!.kind).toBe('first');
  });

  it('stays within its language', async () => {
    const [, other] = await verdictsOn([FERRY, { ...FERRY, id: 'b', language: 'nl' }]);

    expect(other!.kind).toBe('first');
  });

  it('names the number that tells it from a look-alike', async () => {
    const [first, other] = await verdictsOn([
      { title: 'EU adopts 12th sanctions package against Russia' },
      { title: 'EU adopts 13th sanctions package against Russia', hours: 3 },
    ]);

    expect(other!.reason).toBe(`not ${first!.story}: “13th sanctions package” is not “12th sanctions package”`);
  });
});

describe('look-alikes', () => {
  it.each(LOOK_ALIKES.map((pair) => [pair.trait, pair.language, pair.second[0], pair] as const))(
    '%s (%s): %s',
    async (_trait, language, _title, { first, second, hours, isOneStory }) => {
      const [a, b] = await verdictsOn([
        { id: 'a', title: first[0], text: first[1], language },
        { id: 'b', title: second[0], text: second[1], language, hours },
      ]);

      expect(b!.story === a!.story).toBe(isOneStory);
    },
  );

  it.each(
    LOOK_ALIKES.filter(({ trait }) => trait === 'stages of one process').map((pair) => [pair.second[0], pair] as const),
  )('a further stage is news: %s', async (_title, { language, first, second, hours }) => {
    const [, b] = await verdictsOn([
      { id: 'a', title: first[0], text: first[1], language },
      { id: 'b', title: second[0], text: second[1], language, hours },
    ]);

    expect(b!.kind).toBe('new');
  });
});

describe('a round-up', () => {
  const LIVE = { title: 'Greece ferry disaster live: ship sinks off Crete', text: FERRY.text, hours: 1 };

  it('joins no story', async () => {
    const [, live] = await verdictsOn([FERRY, LIVE]);

    expect(live).toMatchObject({ kind: 'first', reason: 'a round-up: kept apart from all stories' });
  });

  it('attracts nothing, itself included', async () => {
    const [live, ferry, again] = await verdictsOn([LIVE, { ...FERRY, hours: 2 }, { ...LIVE, id: 'again', hours: 3 }]);

    expect(new Set([live!.story, ferry!.story, again!.story]).size).toBe(3);
  });
});

describe('copies', () => {
  it('are found whatever outlets change of a text', async () => {
    const missed: string[] = [];
    for (const own of OWN_TEXTS) {
      for (const [name, change] of CHANGES) {
        const [title, text] = change(own);
        const [, verdict] = await verdictsOn([
          { id: 'own', title: own.title, text: own.sentences.join(' '), language: own.language },
          { id: 'copy', title, text, language: own.language, hours: 2 },
        ]);
        if (verdict!.kind !== 'copy') missed.push(`${own.language}, ${name}: ${verdict!.kind}`);
      }
    }

    expect(missed).toEqual([]);
  });

  it('are found in 99 of 100 with several of these changes at once', async () => {
    const random = seeded(4);
    const copies = OWN_TEXTS.flatMap((own) =>
      Array.from({ length: 40 }, () => ({ own, copy: outletCopy(own, random) })),
    );
    const missed: string[] = [];
    for (const { own, copy } of copies) {
      const [, verdict] = await verdictsOn([
        { id: 'own', title: own.title, text: wholeText(own), language: own.language },
        { id: 'copy', title: copy.title, text: copy.text, language: own.language, hours: 2 },
      ]);
      if (verdict!.kind !== 'copy') missed.push(`${own.language}, ${copy.changes}: ${verdict!.kind}`);
    }

    expect(missed.slice(Math.floor(copies.length / 100))).toEqual([]);
  });

  it('are found of a text that was cut, too', async () => {
    const [own] = OWN_TEXTS;
    const [, verdict] = await verdictsOn([
      { id: 'cut', title: own!.title, text: own!.sentences.slice(0, 3).join(' ') },
      { id: 'whole', title: own!.title, text: own!.sentences.join(' '), hours: 2 },
    ]);

    expect(verdict!.kind).toBe('copy');
  });

  it('are never found between different events', async () => {
    const parts = freshParts();
    const all = OWN_TEXTS.flatMap((own, index) =>
      CHANGES.map(([, change], at) => {
        const [title, text] = change(own);
        return { id: `${index} ${at}`, title, text, language: own.language, hours: at };
      }),
    );

    const verdicts = await verdictsOn(all, parts);

    const stories = OWN_TEXTS.map(
      (_, index) =>
        new Set(verdicts.filter((_verdict, at) => all[at]!.id.startsWith(`${index} `)).map(({ story }) => story)),
    );
    expect(stories.map(({ size }) => size)).toEqual(OWN_TEXTS.map(() => 1));
    expect(new Set(stories.flatMap((each) => [...each])).size).toBe(OWN_TEXTS.length);
  });

  it.each(NO_COPIES.map(({ because, first, second }) => [because, first, second] as const))(
    'are no copies when %s',
    async (_, first, second) => {
      const [, verdict] = await verdictsOn([
        { id: 'a', ...first },
        { id: 'b', ...second, hours: 2 },
      ]);

      expect(verdict!.kind).not.toBe('copy');
    },
  );
});

describe('placing is repeatable', () => {
  const REPORTS = [FERRY, OTHER, FERRY_AGAIN, FERRY_TOLL].map((report) => documentOf(report));

  it('gives a document that comes again the same verdict, and changes nothing', async () => {
    const once = freshParts();
    const twice = freshParts();

    const verdicts = await placeDocuments(REPORTS, once);
    const repeated: StoryVerdict[] = [];
    for (const document of REPORTS) {
      await placeDocument(document, twice);
      repeated.push(await placeDocument(document, twice));
    }

    expect(repeated).toEqual(verdicts);
    expect(twice.index.size).toBe(once.index.size);
    expect(twice.statistics.days(100)).toEqual(once.statistics.days(100));
  });

  it('groups a batch by the times of its documents, whatever their order', async () => {
    const expected = new Map(
      (await placeDocuments(REPORTS, freshParts())).map((verdict, i) => [REPORTS[i]!.id, verdict]),
    );
    const random = seeded(11);
    for (let round = 0; round < 10; round++) {
      const shuffled = REPORTS.map((document) => ({ document, at: random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ document }) => document);

      const verdicts = await placeDocuments(shuffled, freshParts());

      expect(new Map(verdicts.map((verdict, i) => [shuffled[i]!.id, verdict]))).toEqual(expected);
    }
  });

  it('keeps no more stories than it may', async () => {
    const parts = { ...freshParts(), index: new MemoryStoryIndex({ mostStories: 3 }) };
    const titles = ['Avalanche buries Tirol hut', 'Norvex buys Altrion', 'Lima metro opens', 'Otters return to Elbe'];

    await verdictsOn(
      titles.map((title, hours) => ({ title, hours })),
      parts,
    );

    expect(parts.index.size).toBe(3);
  });
});

describe('word statistics', () => {
  const BOILERPLATE = 'The ministry press office published its statement regarding border traffic.';

  it('keep what everybody writes from joining events', async () => {
    const reports = [
      { title: 'Statement on tunnel fire', text: BOILERPLATE },
      { title: 'Statement on harbour dredging', text: BOILERPLATE.replace('border', 'river'), hours: 1 },
    ];
    const informed = freshParts();
    for (let i = 0; i < 400; i++)
      learnFrom(documentOf({ id: `c${i}`, title: 'Statement', text: `${BOILERPLATE} river` }), informed);

    const [, uninformed] = await verdictsOn(reports);
    const [, other] = await verdictsOn(reports, informed);

    expect(uninformed!.kind).not.toBe('first');
    expect(other!.kind).toBe('first');
  });
});

describe('the index of stories', () => {
  const stored = async (index: MemoryStoryIndex, id: string, hours: number, lookupKeys: readonly number[]) => {
    const story = { id, language: 'en', lookupKeys, lastAtMs: START_MS + hours * HOUR_MS } as StoryRecord;
    await index.put(`document of ${id}`, { story: id, kind: 'first', reason: '', news: [] }, story);
  };

  it('finds the stories under most keys first, and of these the newest', async () => {
    const index = new MemoryStoryIndex();
    await stored(index, 'late', 2, [1]);
    await stored(index, 'early', 1, [2]);
    await stored(index, 'both', 0, [1, 2]);

    expect((await index.find('en', [2, 1])).map(({ id }) => id)).toEqual(['both', 'late', 'early']);
  });
});

describe('the labels of a story', () => {
  it('are kept once each, so that many reports that say the same leave room for others', () => {
    const { reader, statistics } = freshParts();
    const weighed = (title: string) => weighDocument(reader.read(documentOf({ title })), statistics);
    let story = startStory('s', weighed('EU adopts the 12th package'), []);
    for (let report = 0; report < 40; report += 1)
      story = joinStory(story, weighed('EU praises the 12th package'), false);

    expect(joinStory(story, weighed('Flight 370 found'), false).labels.map(({ value }) => value)).toEqual([12, 370]);
  });
});
