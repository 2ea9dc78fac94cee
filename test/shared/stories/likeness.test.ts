// How alike a document and a story are.
import { likenessOf } from '../../../shared/stories/likeness.ts';
import { lookupKeys } from '../../../shared/stories/lookup-keys.ts';
import { DocumentReader, type StoryDocument } from '../../../shared/stories/read-document.ts';
import { joinStory, type StoryRecord, startStory } from '../../../shared/stories/story-record.ts';
import { type WeighedDocument, weighDocument } from '../../../shared/stories/weigh-document.ts';
import { WordStatistics } from '../../../shared/stories/word-statistics.ts';

const HOUR_MS = 3_600_000;
const reader = new DocumentReader();
const statistics = new WordStatistics();

function weighed(title: string, hours = 0, more: Partial<StoryDocument> = {}): WeighedDocument {
  const document = { id: title, title, text: '', language: 'en', timeMs: hours * HOUR_MS, isTimeKnown: true, ...more };
  return weighDocument(reader.read(document), statistics);
}

const storyOf = (document: WeighedDocument): StoryRecord =>
  startStory('s1', document, lookupKeys(document).slice(0, 4));

const TITLE = 'Ferry sinks off Crete';

describe('likeness', () => {
  it('is 1 for the same words at the same time, 0 for other words', () => {
    const story = storyOf(weighed(TITLE));

    expect(likenessOf(weighed(TITLE), story)).toBeCloseTo(1, 5);
    expect(likenessOf(weighed('Norvex names executive'), story)).toBeCloseTo(0, 5);
  });

  it('falls with the time since the last report, in either direction', () => {
    const story = storyOf(weighed(TITLE, 100));

    expect(likenessOf(weighed(TITLE, 124), story)).toBeCloseTo(1 - 0.13 * Math.log(5), 5);
    expect(likenessOf(weighed(TITLE, 76), story)).toBeCloseTo(1 - 0.13 * Math.log(5), 5);
  });

  it('of a document whose time is a guess is that after two hours, whatever the guess', () => {
    const story = storyOf(weighed(TITLE));

    expect(likenessOf(weighed(TITLE, 24, { isTimeKnown: false }), story)).toBeCloseTo(1 - 0.13 * Math.log(4 / 3), 5);
  });

  it('falls with the number of texts, and the more so the longer the story lasts', () => {
    const twoTexts = joinStory(storyOf(weighed(TITLE)), weighed(TITLE), false);
    const aDayLong = joinStory(storyOf(weighed(TITLE)), weighed(TITLE, 24), false);

    expect(likenessOf(weighed(TITLE), twoTexts)).toBeCloseTo(1 - 0.02 * Math.log(2), 5);
    expect(likenessOf(weighed(TITLE, 24), aDayLong)).toBeCloseTo(1 - 0.02 * Math.log(2) * (1 + Math.log(5)), 5);
  });

  it('goes by the most similar report as well as by the whole story', () => {
    const others = ['Divers search Crete wreck', 'Owner of Crete wreck charged'].map((title) => weighed(title));
    const story = others.reduce((record, each) => joinStory(record, each, false), storyOf(weighed(TITLE)));

    const likeness = likenessOf(weighed(TITLE), story);

    expect(likeness).toBeGreaterThan(0.45 + 0.55 * 0.3);
    expect(likeness).toBeLessThan(1);
  });
});

describe('a story', () => {
  it('stays bounded, however many reports it has', () => {
    let story = storyOf(weighed(TITLE));
    for (let i = 0; i < 300; i++)
      story = joinStory(story, weighed(`Crete ferry report Alpha${i} Beta${i} Gamma${i}`, i / 10), false);

    expect(story.reports).toBe(301);
    expect(story.newest).toHaveLength(4);
    expect(story.centroidKeys).toHaveLength(40);
    expect(story.known.length).toBe(240);
    expect(story.names.length).toBeLessThanOrEqual(60);
  });

  it('counts a copy as a report and not as a text', () => {
    const story = joinStory(storyOf(weighed(TITLE)), weighed(TITLE, 2), true);

    expect([story.reports, story.texts, story.lastAtMs]).toEqual([2, 1, 2 * HOUR_MS]);
  });
});
