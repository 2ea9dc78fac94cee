// How long each test file takes: learned while mutants are tried, and kept on this machine for the next time.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface TestCosts {
  /** In milliseconds; a guess for a file that never ran. */
  of(file: string): number;
  learn(costMs: ReadonlyMap<string, number>): void;
  save(): void;
}

const UNKNOWN_MS = 2_000;

export function readTestCosts(path: string): TestCosts {
  const costs = readCosts(path);
  return {
    of: (file) => costs.get(file) ?? UNKNOWN_MS,
    learn: (costMs) => {
      for (const [file, ms] of costMs) costs.set(file, ms);
    },
    save: () => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, JSON.stringify(Object.fromEntries(costs)));
    },
  };
}

function readCosts(path: string): Map<string, number> {
  try {
    return new Map(Object.entries<number>(JSON.parse(readFileSync(path, 'utf8'))));
  } catch {
    return new Map();
  }
}
