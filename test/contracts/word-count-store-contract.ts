import { DAY_SECONDS } from '../../shared/core/time.ts';
import type { StoredWordDay } from '../../shared/ports.ts';
import { START } from '../support/builders.ts';
import type { OpenSubject } from './store-contract.ts';

const TODAY = Math.floor(Date.parse(START) / 1000 / DAY_SECONDS);
const NEVER = (TODAY + 400) * DAY_SECONDS;

const aDay = (change: Partial<StoredWordDay> = {}): StoredWordDay => ({
  day: TODAY,
  languages: [
    {
      language: 'en',
      day: TODAY,
      documents: 700,
      counts: [
        [-5, 2],
        [7, 600],
      ],
    },
    { language: 'uk', day: TODAY, documents: 3, counts: [[7, 1]] },
  ],
  version: 0,
  savedAt: START,
  ...change,
});

export function describeWordCountStore(open: OpenSubject): void {
  describe('the words of a day', () => {
    it('come back as they were counted, under the next version', async () => {
      const { wordCounts, elsewhere } = await open();

      expect(await wordCounts.loadDays([TODAY])).toEqual([]);
      expect(await wordCounts.replaceDay(aDay(), NEVER)).toBe(true);

      expect(await elsewhere.wordCounts.loadDays([TODAY, TODAY, TODAY - 1])).toEqual([aDay({ version: 1 })]);
    });

    it('are replaced by one of two at the same time', async () => {
      const { wordCounts, elsewhere } = await open();
      await wordCounts.replaceDay(aDay(), NEVER);

      const outcomes = await Promise.all([
        wordCounts.replaceDay(aDay({ version: 1, languages: [] }), NEVER),
        elsewhere.wordCounts.replaceDay(aDay({ version: 1, languages: [] }), NEVER),
      ]);

      expect([...outcomes].sort()).toEqual([false, true]);
      expect(await wordCounts.loadDays([TODAY])).toEqual([aDay({ version: 2, languages: [] })]);
    });

    it('are first written by one of two', async () => {
      const { wordCounts, elsewhere } = await open();

      const outcomes = await Promise.all([
        wordCounts.replaceDay(aDay(), NEVER),
        elsewhere.wordCounts.replaceDay(aDay(), NEVER),
      ]);

      expect([...outcomes].sort()).toEqual([false, true]);
    });
  });
}
