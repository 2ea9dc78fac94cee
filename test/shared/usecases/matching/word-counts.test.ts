// How common words are in what is read, shared by the processes of an instance through one small record a day.
import { ServiceUnavailableError } from '../../../../shared/core/errors.ts';
import type { StoredWordDay, WordCountStore } from '../../../../shared/ports.ts';
import { createWordCounts, type WordCounts } from '../../../../shared/usecases/matching/word-counts.ts';
import { aClock } from '../../../support/builders.ts';
import { aLog } from '../../../support/fakes.ts';
import { createMemoryStores } from '../../../support/memory-store.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const [RIVER, CONVOY] = [11, -22];
/** The prior says nothing of words that no list holds. */
const NO_PRIOR = 0;

/** Processes that share a store; each write is counted. */
function aWorld() {
  const clock = aClock();
  const log = aLog();
  const { wordCounts } = createMemoryStores({ clock });
  const writes: StoredWordDay[] = [];
  const faults: { step: 'load' | 'save' | null } = { step: null };
  const failAt = (step: 'load' | 'save'): void => {
    if (faults.step === step) throw new ServiceUnavailableError('the table is throttled');
  };
  const store: WordCountStore = {
    async loadDays(days) {
      failAt('load');
      return wordCounts.loadDays(days);
    },
    async replaceDay(day, expiresAt) {
      failAt('save');
      const isReplaced = await wordCounts.replaceDay(day, expiresAt);
      if (isReplaced) writes.push(day);
      return isReplaced;
    },
  };
  const start = (): WordCounts => createWordCounts({ wordCounts: store, clock, log });
  return { clock, log, writes, faults, start };
}

const informationOf = async (words: WordCounts, word: number): Promise<number> =>
  (await words.statistics()).informationIn('en')(word, NO_PRIOR);

const read = (words: WordCounts, times: number, ...some: readonly number[]): void => {
  for (let n = 0; n < times; n += 1) words.add('en', some);
};

const counted = (day: StoredWordDay | undefined): readonly (readonly [number, number])[] =>
  day?.languages.flatMap(({ counts }) => counts).toSorted(([a], [b]) => a - b) ?? [];

describe('the words of what was read', () => {
  it('count at once in the process that read them', async () => {
    const { start } = aWorld();
    const words = start();
    const before = await informationOf(words, RIVER);

    read(words, 500, RIVER);

    expect(await informationOf(words, RIVER)).toBeLessThan(before);
  });

  it('count in other processes, and in the next one, once they were exchanged', async () => {
    const { clock, start } = aWorld();
    const [one, other] = [start(), start()];
    await Promise.all([one.exchange(), other.exchange()]);
    const before = await informationOf(other, RIVER);
    read(one, 500, RIVER, CONVOY);

    clock.advance(10 * MINUTE);
    await one.exchange();
    await other.exchange();

    const shared = await informationOf(one, RIVER);
    expect(shared).toBeLessThan(before);
    expect(await informationOf(other, RIVER)).toBeCloseTo(shared);
    expect(await informationOf(start(), RIVER)).toBeCloseTo(shared);
  });

  it('of two processes add up, although one of them finds the record just written', async () => {
    const { clock, writes, start } = aWorld();
    const [one, other] = [start(), start()];
    await Promise.all([one.exchange(), other.exchange()]);
    read(one, 3, RIVER);
    read(other, 4, RIVER, CONVOY);

    for (let times = 0; times < 3; times += 1) {
      clock.advance(10 * MINUTE);
      await Promise.all([one.exchange(), other.exchange()]);
    }

    expect(counted(writes.at(-1))).toEqual([
      [CONVOY, 4],
      [RIVER, 7],
    ]);
  });

  it('count once in the process that must wait to share them', async () => {
    const { clock, start } = aWorld();
    const [one, other] = [start(), start()];
    await Promise.all([one.exchange(), other.exchange()]);
    read(one, 300, RIVER);
    read(other, 300, CONVOY);
    clock.advance(10 * MINUTE);
    await one.exchange();
    await other.exchange();

    const waiting = await informationOf(other, CONVOY);
    clock.advance(10 * MINUTE);
    await other.exchange();

    expect(await informationOf(start(), CONVOY)).toBeCloseTo(waiting);
  });

  it('are written at most once in ten minutes by all processes together', async () => {
    const { clock, writes, start } = aWorld();
    const processes = [start(), start(), start()];

    for (let minute = 0; minute < 60; minute += 1) {
      for (const words of processes) {
        read(words, 1, RIVER);
        await words.exchange();
      }
      clock.advance(MINUTE);
    }

    expect(writes.length).toBeGreaterThan(3);
    expect(writes.length).toBeLessThanOrEqual(6);
    const instants = writes.map(({ savedAt }) => Date.parse(savedAt));
    for (const [at, instant] of instants.entries())
      expect(instant - (instants[at - 1] ?? 0)).toBeGreaterThanOrEqual(10 * MINUTE);
  });

  it('count for a week', async () => {
    const { clock, start } = aWorld();
    const words = start();
    const before = await informationOf(words, RIVER);
    read(words, 500, RIVER);
    clock.advance(10 * MINUTE);
    await words.exchange();

    clock.advance(7 * DAY);

    expect(await informationOf(start(), RIVER)).toBeCloseTo(before);
  });

  it.each(['load', 'save'] as const)(
    'still count, and are kept for the next exchange, when the store fails to %s',
    async (step) => {
      const { clock, log, writes, faults, start } = aWorld();
      const words = start();
      await words.exchange();
      const before = await informationOf(words, RIVER);
      read(words, 500, RIVER);
      faults.step = step;

      clock.advance(10 * MINUTE);
      await words.exchange();
      const meanwhile = await informationOf(words, RIVER);
      faults.step = null;
      clock.advance(10 * MINUTE);
      await words.exchange();

      expect(meanwhile).toBeLessThan(before);
      expect(log.messages('warn')).toEqual([expect.stringContaining('word counts were not exchanged')]);
      expect(counted(writes.at(-1))).toEqual([[RIVER, 500]]);
    },
  );

  it('forgets nothing that this process counted itself, however little the store has room for', async () => {
    const clock = aClock();
    const { wordCounts } = createMemoryStores({ clock });
    const small: WordCountStore = {
      loadDays: (days) => wordCounts.loadDays(days),
      replaceDay: ({ languages, ...day }, expiresAt) =>
        wordCounts.replaceDay(
          { ...day, languages: languages.map((each) => ({ ...each, counts: each.counts.filter(([, n]) => n > 5) })) },
          expiresAt,
        ),
    };
    const words = createWordCounts({ wordCounts: small, clock, log: aLog() });
    read(words, 50, RIVER);
    read(words, 3, CONVOY);
    const before = await informationOf(words, CONVOY);

    for (let times = 0; times < 3; times += 1) {
      clock.advance(10 * MINUTE);
      await words.exchange();
    }

    expect(await informationOf(words, CONVOY)).toBe(before);
  });
});
