// How common words are in what is read: counted in memory by each process, and shared by all through a small record a day. Losing some counts in a
// crash does no harm, so they are saved every ten minutes only, and no failure of the store is passed on.
import { DAY_MS, DAY_SECONDS, MINUTE_MS } from '../../core/time.ts';
import type { Clock, Log, StoredWordDay, WordCountStore } from '../../ports.ts';
import { DAYS_KEPT, type DayOfWords, WordStatistics } from '../../stories/word-statistics.ts';

/** The shortest time between two writes of a day's record, by all processes together: that is $0.08 a month. */
const SAVE_EVERY_MS = 10 * MINUTE_MS;
/** Of each language and day; the store cuts them further, to what fits its record. */
const MOST_WORDS = 30_000;

export interface WordCounts {
  /** What this process and the others counted. */
  statistics(): Promise<Pick<WordStatistics, 'informationIn' | 'guessedIn'>>;
  /** Each different word of one document, once. */
  add(language: string, words: Iterable<number>): void;
  /** Shares what was counted, and takes up what others counted, when it is time. */
  exchange(): Promise<void>;
}

export function createWordCounts(ports: {
  readonly wordCounts: WordCountStore;
  readonly clock: Clock;
  readonly log: Log;
}): WordCounts {
  /** The store keeps the most common words only. Here nothing is forgotten that was counted or loaded within the week. */
  const total = new WordStatistics();
  let unsaved = new WordStatistics();
  let exchangedAt = Number.NEGATIVE_INFINITY;
  let loading: Promise<void> | null = null;

  const exchange = async (): Promise<void> => {
    const now = ports.clock.now();
    if (Math.abs(now.getTime() - exchangedAt) < SAVE_EVERY_MS) return;
    exchangedAt = now.getTime();
    try {
      const stored = await ports.wordCounts.loadDays(daysUpTo(now));
      const sent = unsaved.days(MOST_WORDS, 1);
      unsaved = new WordStatistics();
      let left = sent;
      try {
        left = await save(sent, stored, now);
      } finally {
        // With what was counted since.
        const fresh = unsaved.days(MOST_WORDS, 1);
        total.raiseTo(sumOf([...stored.flatMap(({ languages }) => languages), ...sent, ...fresh]));
        unsaved = sumOf([...left, ...fresh]);
      }
    } catch (error) {
      ports.log.warn('word counts were not exchanged; stories rest on those of this process for now', { error });
    }
  };

  /** What could not be saved yet. */
  const save = async (
    counted: readonly DayOfWords[],
    stored: readonly StoredWordDay[],
    now: Date,
  ): Promise<readonly DayOfWords[]> => {
    const days = Map.groupBy(counted, ({ day }) => day);
    const left: DayOfWords[] = [];
    for (const [day, languages] of days) {
      const known = stored.find((each) => each.day === day);
      const isFresh = known !== undefined && Math.abs(now.getTime() - Date.parse(known.savedAt)) < SAVE_EVERY_MS;
      if (isFresh || !(await replace(day, languages, known, now))) left.push(...languages);
    }
    return left;
  };

  const replace = (
    day: number,
    languages: readonly DayOfWords[],
    known: StoredWordDay | undefined,
    now: Date,
  ): Promise<boolean> => {
    const merged = sumOf([...(known?.languages ?? []), ...languages]).days(MOST_WORDS, 1);
    return ports.wordCounts.replaceDay(
      { day, languages: merged, version: known?.version ?? 0, savedAt: now.toISOString() },
      (day + DAYS_KEPT + 1) * DAY_SECONDS,
    );
  };

  return {
    async statistics() {
      // Articles of a batch ask side by side: one loads, the others wait.
      loading ??= exchange();
      await loading;
      return total;
    },
    add(language, words) {
      const once = [...words];
      const at = ports.clock.now().getTime();
      total.add(language, once, at);
      unsaved.add(language, once, at);
    },
    exchange,
  };
}

function sumOf(days: readonly DayOfWords[]): WordStatistics {
  const sum = new WordStatistics();
  for (const day of days.toSorted((a, b) => a.day - b.day)) sum.merge(day);
  return sum;
}

const daysUpTo = (now: Date): readonly number[] => {
  const today = Math.floor(now.getTime() / DAY_MS);
  return Array.from({ length: DAYS_KEPT }, (_, ago) => today - ago);
};
