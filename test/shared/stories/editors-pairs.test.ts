// Pairs as an editor would judge them, with nothing else read.
import { MemoryStoryIndex } from '../../../shared/stories/memory-story-index.ts';
import { placeDocument } from '../../../shared/stories/place-document.ts';
import { DocumentReader } from '../../../shared/stories/read-document.ts';
import { WordStatistics } from '../../../shared/stories/word-statistics.ts';
import { EDITORS_PAIRS, type JudgedPair, KIND_PAIRS } from './editors-pairs.ts';

const LATER_MS = 5_400_000;

async function judgementOf({ language, first, second }: JudgedPair): Promise<JudgedPair['judgement']> {
  const parts = { reader: new DocumentReader(), statistics: new WordStatistics(), index: new MemoryStoryIndex() };
  const placed = ([title, text]: JudgedPair['first'], id: string, timeMs: number) =>
    placeDocument({ id, title, text, language, timeMs, isTimeKnown: true }, parts);
  const { story } = await placed(first, 'first', 0);
  const verdict = await placed(second, 'second', LATER_MS);
  if (verdict.story !== story) return 'apart';
  return verdict.kind === 'new' ? 'new' : 'same';
}

describe('the second report is judged as an editor would', () => {
  it.each(
    [...EDITORS_PAIRS, ...KIND_PAIRS].map((pair) => [pair.judgement, pair.language, pair.second[0], pair] as const),
  )('%s (%s): %s', async (judgement, _language, _title, pair) => {
    expect(await judgementOf(pair)).toBe(judgement);
  });
});
