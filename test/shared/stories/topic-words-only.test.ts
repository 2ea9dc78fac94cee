// What shares the words of a topic only is not one event, though nothing else was read: in either order, and when both come at once.
import { MemoryStoryIndex } from '../../../shared/stories/memory-story-index.ts';
import { placeDocument } from '../../../shared/stories/place-document.ts';
import { DocumentReader } from '../../../shared/stories/read-document.ts';
import { WordStatistics } from '../../../shared/stories/word-statistics.ts';
import { type Report, TOPIC_WORDS_ONLY } from './topic-words-only.ts';

const HALF_AN_HOUR_MS = 1_800_000;
const freshParts = () => ({
  reader: new DocumentReader(),
  statistics: new WordStatistics(),
  index: new MemoryStoryIndex(),
});

async function storiesOf(reports: readonly Report[], language: string, apartMs: number) {
  const parts = freshParts();
  const stories: string[] = [];
  for (const [at, { title, text }] of reports.entries()) {
    const document = { id: title, title, text, language, timeMs: at * apartMs, isTimeKnown: true };
    stories.push((await placeDocument(document, parts)).story);
  }
  return stories;
}

describe('two events that share the words of a topic', () => {
  it.each(TOPIC_WORDS_ONLY.map((pair) => [pair.language, pair.first.title, pair.second.title, pair] as const))(
    'stay apart in either order (%s): %s; %s',
    async (_language, _first, _second, { language, first, second }) => {
      for (const pair of [
        [first, second],
        [second, first],
      ]) {
        expect(new Set(await storiesOf(pair, language, HALF_AN_HOUR_MS)).size).toBe(2);
        expect(new Set(await storiesOf(pair, language, 0)).size).toBe(2);
      }
    },
  );

  it('are never taken for nothing new among all others, one after the other', async () => {
    const parts = freshParts();
    for (const [at, { language, first, second }] of TOPIC_WORDS_ONLY.entries()) {
      for (const [side, { title, text }] of [first, second].entries()) {
        const document = { id: title, title, text, language, timeMs: (2 * at + side) * 60_000, isTimeKnown: true };

        expect((await placeDocument(document, parts)).kind).toMatch(/^(first|new)$/);
      }
    }
  });
});
