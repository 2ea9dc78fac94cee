// Where the lines are drawn between joining and not, and between a repetition and news: stories whose likeness to a document is known
// exactly, a little to either side of each line.

import { differingIdentity } from '../../../shared/stories/differing-identity.ts';
import { likenessOf } from '../../../shared/stories/likeness.ts';
import { MemoryStoryIndex } from '../../../shared/stories/memory-story-index.ts';
import { placeDocument } from '../../../shared/stories/place-document.ts';
import { DocumentReader, type ReadDocument, type StoryDocument } from '../../../shared/stories/read-document.ts';
import { MOST_FOUND, type StoryIndex, type StoryVerdict } from '../../../shared/stories/story-index.ts';
import { joinStory, type StoryRecord, startStory } from '../../../shared/stories/story-record.ts';
import { type WeighedDocument, weighDocument } from '../../../shared/stories/weigh-document.ts';
import { whatsNew } from '../../../shared/stories/whats-new.ts';
import { WordStatistics } from '../../../shared/stories/word-statistics.ts';

const NOW_MS = Date.parse('2026-03-02T08:00:00Z');
const DAY_MS = 86_400_000;
/** No word of the documents here has it. */
const FOREIGN = 1;

const documentOf = (title: string, text = '', timeMs = NOW_MS): StoryDocument => ({
  id: `${title} ${text}`,
  title,
  text,
  language: 'en',
  timeMs,
  isTimeKnown: true,
});

const readOf = (document: StoryDocument): ReadDocument => new DocumentReader().read(document);
const weighed = (title: string, text = '', timeMs = NOW_MS): WeighedDocument =>
  weighDocument(readOf(documentOf(title, text, timeMs)), new WordStatistics());
const keysOf = ({ ranked }: WeighedDocument): readonly number[] => ranked.map(({ key }) => key);

/** A story of one text that has just been told and whose cosine with the document is `whole`. */
function storyLike(document: WeighedDocument, whole: number, more: Partial<StoryRecord> = {}): StoryRecord {
  const started = startStory('s1', document, []);
  return {
    ...started,
    centroidKeys: [...keysOf(document), FOREIGN],
    centroidWeights: [...document.ranked.map(({ weight }) => whole * weight), Math.sqrt(1 - whole ** 2)],
    centroidLength: 1,
    newest: [{ ...started.newest[0]!, title: [], sample: { hashes: [], isWhole: true } }],
    ...more,
  };
}

/** An index in which one story is always found, and what it was asked for. */
class OneStory implements StoryIndex {
  sought: readonly number[] = [];
  kept: StoryRecord | null = null;
  readonly #story: StoryRecord | null;

  constructor(story: StoryRecord | null) {
    this.#story = story;
  }

  async verdictOf(): Promise<null> {
    return null;
  }

  async find(_language: string, keys: readonly number[]): Promise<readonly StoryRecord[]> {
    this.sought = keys;
    return this.#story === null ? [] : [this.#story];
  }

  async put(_id: string, _verdict: StoryVerdict, story: StoryRecord | null): Promise<void> {
    this.kept = story;
  }
}

async function kindBeside(story: StoryRecord, title: string): Promise<string> {
  const parts = { reader: new DocumentReader(), statistics: new WordStatistics(), index: new OneStory(story) };
  return (await placeDocument(documentOf(title), parts)).kind;
}

const TITLE = 'Ferry with migrants sinks off rocky shore';

describe('a document', () => {
  it.each([
    [0.2, 'first'],
    [0.225, 'new'],
    [0.24, 'same'],
    [0.26, 'same'],
  ])('of known words and a likeness of %d is %s', async (whole, kind) => {
    expect(await kindBeside(storyLike(weighed(TITLE), whole), TITLE)).toBe(kind);
  });

  it.each([
    [0.6, 'new'],
    [0.66, 'same'],
  ])('that says nothing but new things in its headline needs more: with %d it is %s', async (whole, kind) => {
    expect(await kindBeside(storyLike(weighed(TITLE), whole, { known: [], names: [] }), TITLE)).toBe(kind);
  });

  it('is as much a repetition of a large story as of a small one, though it joins it less easily', async () => {
    expect(await kindBeside(storyLike(weighed(TITLE), 0.3, { texts: 20 }), TITLE)).toBe('same');
    expect(await kindBeside(storyLike(weighed(TITLE), 0.24, { texts: 20 }), TITLE)).toBe('first');
  });

  it('with another name in the headline than all reports joins less easily', async () => {
    const title = 'Ferry with migrants sinks off Crete';
    const other = [{ key: FOREIGN, before: 0, nameKey: FOREIGN, isRepeated: false }];
    const like = (whole: number) => {
      const story = storyLike(weighed(title), whole, { known: [], names: [] });
      return { ...story, newest: [{ ...story.newest[0]!, title: other }] };
    };

    expect(await kindBeside(like(0.29), title)).toBe('first');
    expect(await kindBeside(like(0.33), title)).toBe('new');
    expect(await kindBeside(storyLike(weighed(title), 0.29, { known: [] }), title)).toBe('new');
  });

  it.each([
    [0, 0.5, 'first'],
    [0, 0.65, 'new'],
    [900, 0.36, 'first'],
    [900, 0.42, 'new'],
  ])(
    'whose headline has the form of theirs and another name must be much more alike while little was read: after %d documents, %d is %s',
    async (documents, whole, kind) => {
      const [title, other] = ['Brandweer blust schuurbrand Lindmark', 'Brandweer blust woningbrand Altrion'];
      const parts = { reader: new DocumentReader(), statistics: new WordStatistics(), index: new OneStory(null) };
      for (let i = 0; i < documents; i++) parts.statistics.add('nl', [FOREIGN], NOW_MS);
      const weigh = (text: string) => weighDocument(readOf({ ...documentOf(text), language: 'nl' }), parts.statistics);
      const story = storyLike(weigh(title), whole, { known: [], names: [] });
      const { newest } = startStory('s1', weigh(other), []);

      const index = new OneStory({
        ...story,
        newest: newest.map((each) => ({ ...each, keys: [], weights: [], length: 0 })),
      });
      const verdict = await placeDocument({ ...documentOf(title), language: 'nl' }, { ...parts, index });

      expect(verdict.kind).toBe(kind);
    },
  );

  it('is looked for under sixteen keys, and its story is kept under the best four of them', async () => {
    const index = new OneStory(null);
    const parts = { reader: new DocumentReader(), statistics: new WordStatistics(), index };
    const words = Array.from({ length: 40 }, (_, i) => `word${String.fromCharCode(97 + (i % 26), 97 + (i % 7))}`);

    await placeDocument(documentOf(TITLE, words.join(' ')), parts);

    expect(index.sought).toHaveLength(16);
    expect(index.kept!.lookupKeys).toEqual(index.sought.slice(0, 4));
  });
});

describe('likeness to a story of several reports', () => {
  const document = weighed(TITLE);
  const [report] = startStory('s1', document, []).newest;
  const twice = { newest: [report!, report!] };

  it('is half that to the whole and half that to the report most like the document', () => {
    expect(likenessOf(document, storyLike(document, 0.4, twice))).toBeCloseTo(0.5 * 0.4 + 0.5, 5);
  });

  it('goes by the whole alone where that is hardly alike', () => {
    expect(likenessOf(document, storyLike(document, 0.11, twice))).toBeCloseTo(0.11, 5);
    expect(likenessOf(document, storyLike(document, 0.13, twice))).toBeCloseTo(0.5 * 0.13 + 0.5, 5);
  });
});

describe('the weight of a word', () => {
  it('is half as much again in the title as in the text', () => {
    const { ranked } = weighed('Zorvex', 'Quimble');

    expect(ranked[0]!.weight / ranked[1]!.weight).toBeCloseTo(1.5, 5);
  });
});

describe('a new name in the headline', () => {
  const newToOld = (title: string): number => {
    const { headlineShare } = whatsNew(weighed(title), startStory('s1', weighed('Ferry sinks'), []));
    return headlineShare / (1 - headlineShare);
  };

  it('counts for twice as much as another new word there', () => {
    expect(newToOld('Ferry sinks off Zorvex') / newToOld('Ferry sinks off zorvex')).toBeCloseTo(2, 5);
  });
});

describe('what a story was about', () => {
  it('counts half as much after three days without a report', () => {
    const first = weighed('Zorvex');
    const later = joinStory(startStory('s1', first, []), weighed('Quimble', '', NOW_MS + 3 * DAY_MS), false);

    expect(later.centroidWeights).toEqual([1, 0.5]);
    expect(later.centroidKeys[1]).toBe(keysOf(first)[0]);
    expect(later.centroidLength).toBeCloseTo(Math.hypot(1, 0.5), 9);
  });
});

describe('two actors the other way round', () => {
  it.each([
    ['up to three words', 'Zorland bombs grain depot Quimbia', 'Quimbia bombs supply depot Zorland', true],
    [
      'more words',
      'Zorland bombs army grain supply depot Quimbia',
      'Quimbia bombs army grain supply depot Zorland',
      false,
    ],
  ])('make another event with %s between them', (_, first, second, isOther) => {
    const story = startStory('s1', weighed(first), []);

    expect(differingIdentity(weighed(second), story) !== null).toBe(isOther);
  });

  it.each([
    ['en', 'by from of in after'],
    ['de', 'von vom durch'],
    ['fr', 'par de du'],
    ['es', 'por de'],
    ['it', 'da di'],
    ['pt', 'por de do da'],
    ['pl', 'od przez'],
    ['nl', 'door van'],
    ['sv', 'av från'],
    ['da', 'af fra'],
    ['ru', 'от'],
  ])('are the same event where a word of %s says which of them acts: %s', (language, words) => {
    const read = (title: string) => weighDocument(readOf({ ...documentOf(title), language }), new WordStatistics());
    const story = startStory('s1', read('Zorland grimda Quimbia'), []);
    const isOther = (title: string): boolean => differingIdentity(read(title), story) !== null;

    expect(isOther('Quimbia grimda Zorland')).toBe(true);
    expect(words.split(' ').filter((word) => isOther(`Quimbia grimda ${word} Zorland`))).toEqual([]);
  });
});

describe('a copy', () => {
  const kindOfRepeated = async (text: string): Promise<string> => {
    const parts = { reader: new DocumentReader(), statistics: new WordStatistics(), index: new MemoryStoryIndex() };
    await placeDocument({ ...documentOf('', text), id: 'a' }, parts);
    return (await placeDocument({ ...documentOf('', text), id: 'b' }, parts)).kind;
  };

  it('shares at least five runs of four words: fewer may be alike by chance', async () => {
    expect(await kindOfRepeated('Divers searched the sunken ferry for survivors')).toBe('same');
    expect(await kindOfRepeated('Divers searched the sunken ferry for more survivors')).toBe('copy');
  });

  it.each([
    [200, 'same'],
    [260, 'copy'],
  ])('may differ behind its first 240 words: with another number in place %d it is %s', async (place, kind) => {
    const parts = { reader: new DocumentReader(), statistics: new WordStatistics(), index: new MemoryStoryIndex() };
    const textWith = (number: number): string => {
      const words = Array.from({ length: 300 }, (_, i) => `zor${String.fromCharCode(97 + (i % 26), 97 + (i % 7))}`);
      return words.with(place, String(number)).join(' ');
    };
    await placeDocument(documentOf('', textWith(4_711)), parts);

    expect((await placeDocument(documentOf('', textWith(5_822)), parts)).kind).toBe(kind);
  });
});

describe('a search in memory', () => {
  it('gives no more stories than a document is compared with', async () => {
    const index = new MemoryStoryIndex();
    for (let i = 0; i < 30; i++) {
      const story = { ...startStory(`s${i}`, weighed(TITLE), [7]), lastAtMs: NOW_MS + i * 60_000 };
      await index.put(`d${i}`, { story: story.id, kind: 'first', reason: '', news: [] }, story);
    }

    const found = await index.find('en', [7]);

    expect(found.map(({ id }) => id)).toEqual(Array.from({ length: MOST_FOUND }, (_, i) => `s${29 - i}`));
  });

  it('finds under a key the sixteen stories that had a report last', async () => {
    const index = new MemoryStoryIndex();
    for (let i = 0; i < 17; i++) {
      const keys = i === 0 ? [7, 8] : i === 1 ? [7, 9] : [7];
      const story = { ...startStory(`s${i}`, weighed(TITLE), keys), lastAtMs: NOW_MS + i * 60_000 };
      await index.put(`d${i}`, { story: story.id, kind: 'first', reason: '', news: [] }, story);
    }

    const found = await index.find('en', [7, 8, 9]);

    // The second is under two of the keys; the first is no longer under the one that seventeen had.
    expect(found.map(({ id }) => id)).toEqual([
      's1',
      ...Array.from({ length: MOST_FOUND - 1 }, (_, i) => `s${16 - i}`),
    ]);
  });

  it('finds the newest stories also when many more were put than it keeps', async () => {
    const index = new MemoryStoryIndex({ mostStories: 2 });
    for (let i = 0; i < 9; i++) {
      const story = startStory(`s${i}`, weighed(TITLE), [i]);
      await index.put(`d${i}`, { story: story.id, kind: 'first', reason: '', news: [] }, story);
    }

    const found = await index.find(
      'en',
      Array.from({ length: 9 }, (_, key) => key),
    );

    expect(found.map(({ id }) => id).sort()).toEqual(['s7', 's8']);
  });
});
