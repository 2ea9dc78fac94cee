// The document that a seed and a number decide: the same in every process.
import { seeded } from '../support/seeded.ts';
import { type MutatedDocument, mutate } from './mutate.ts';
import type { SeedDocument } from './seed-documents.ts';

export const documentOf = (seeds: readonly SeedDocument[], seed: number, number: number): MutatedDocument =>
  mutate(seeds, seeded(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca77)));
