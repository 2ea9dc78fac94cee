// A small set, with nothing else read and no times: events of one kind stay apart all the same, and reports of one event come together.
import { MemoryStoryIndex } from '../../../shared/stories/memory-story-index.ts';
import { placeDocument } from '../../../shared/stories/place-document.ts';
import { DocumentReader } from '../../../shared/stories/read-document.ts';
import { WordStatistics } from '../../../shared/stories/word-statistics.ts';
import { seeded } from '../../support/seeded.ts';
import { SMALL_SET } from './small-set.ts';

const REPORTS = Object.entries(SMALL_SET).flatMap(([event, reports]) =>
  reports.map(([title, text]) => ({ event, title, text })),
);

/** The mean share of a report's story that is of its event, and of its event that is in its story. */
async function precisionAndRecall(reports: typeof REPORTS) {
  const parts = { reader: new DocumentReader(), statistics: new WordStatistics(), index: new MemoryStoryIndex() };
  const placed: { event: string; story: string }[] = [];
  for (const { event, title, text } of reports) {
    const document = { id: title, title, text, language: 'en', timeMs: 0, isTimeKnown: false };
    placed.push({ event, story: (await placeDocument(document, parts)).story });
  }
  const shares = placed.map(({ event, story }) => {
    const both = placed.filter((other) => other.event === event && other.story === story).length;
    return [
      both / placed.filter((other) => other.story === story).length,
      both / placed.filter((other) => other.event === event).length,
    ] as const;
  });
  return { precision: mean(shares.map(([each]) => each)), recall: mean(shares.map(([, each]) => each)) };
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

describe('a small set of reports without times', () => {
  it('is grouped by event, in the mean of ten orders in which it may come', async () => {
    const random = seeded(1);
    const found: Awaited<ReturnType<typeof precisionAndRecall>>[] = [];
    for (let order = 0; order < 10; order++) {
      const shuffled = REPORTS.map((report) => ({ report, at: random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ report }) => report);
      found.push(await precisionAndRecall(shuffled));
    }

    expect(mean(found.map(({ precision }) => precision))).toBeGreaterThan(0.94);
    expect(mean(found.map(({ recall }) => recall))).toBeGreaterThan(0.85);
  });
});
