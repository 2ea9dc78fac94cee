import { seeded } from '../support/seeded.ts';
import { check } from './check.ts';
import { documentOf } from './document-of.ts';
import { seedDocuments } from './seed-documents.ts';

const seeds = seedDocuments();

describe('the fuzzer', () => {
  it('makes the same document again from its seed and number, and another from another', () => {
    const sameSeeds = seedDocuments();
    for (let number = 0; number < 50; number += 1) {
      const first = documentOf(seeds, 7, number);
      const again = documentOf(sameSeeds, 7, number);
      expect(Buffer.compare(first.body, again.body)).toBe(0);
      expect(first.contentType).toBe(again.contentType);
    }
    const bodies = [1, 2, 3].flatMap((seed) =>
      Array.from({ length: 20 }, (_, number) => Buffer.from(documentOf(seeds, seed, number).body).toString('latin1')),
    );
    expect(new Set(bodies).size).toBeGreaterThan(55);
  });

  it('leaves the documents it begins with as they were', () => {
    const before = seeds.map(({ body }) => Buffer.from(body).toString('latin1'));
    for (let number = 0; number < 300; number += 1) documentOf(seeds, 3, number);
    expect(seeds.map(({ body }) => Buffer.from(body).toString('latin1'))).toEqual(before);
  });

  it('reads every document it begins with, or has it refused', async () => {
    for (const seed of seeds) {
      const { outcome, problem } = await check(seed);
      expect([seed.name, problem]).toEqual([seed.name, null]);
      expect(['read', 'refused']).toContain(outcome);
    }
  });

  it('tells what is no feed from what is', async () => {
    const outcomeOf = async (text: string): Promise<string> =>
      (await check({ body: Buffer.from(text), contentType: undefined })).outcome;
    expect(await outcomeOf('<rss><channel><item><title>News</title></item></channel></rss>')).toBe('read');
    expect(await outcomeOf('Come back tomorrow')).toBe('refused');
  });
});

describe('numbers from a seed', () => {
  it('are the same each time, and spread', () => {
    const [one, two] = [seeded(5), seeded(5)];
    const numbers = Array.from({ length: 1000 }, () => one());
    expect(Array.from({ length: 1000 }, () => two())).toEqual(numbers);
    const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
    expect(mean).toBeGreaterThan(0.45);
    expect(mean).toBeLessThan(0.55);
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  });
});
