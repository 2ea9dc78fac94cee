// Which mutants are tried: a seed decides, so that a result can be repeated and discussed.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { below, pick, seeded } from '../support/seeded.ts';
import { isWellFormed, type Mutant, mutantsOf } from './mutate-source.ts';

export const AREAS = ['shared', 'adapters', 'local', 'cli', 'lambdas', 'infra'];

/**
 * `size` mutants of the files below the folders. Every line of code that can be changed is as likely as any other, and is changed once at most. The same seed
 * gives the same mutants for the same sources, and a smaller sample is the beginning of a larger one.
 */
export function sampleMutants(root: string, folders: readonly string[], size: number, seed: number): Mutant[] {
  const random = seeded(seed);
  const sources = new Map(sourceFiles(root, folders).map((file) => [file, readFileSync(join(root, file), 'utf8')]));
  const lines = Object.values(
    Object.groupBy(
      [...sources].flatMap(([file, source]) => mutantsOf(file, source)),
      ({ file, line }) => `${file}:${line}`,
    ),
  );
  const sample: Mutant[] = [];
  for (let left = lines.length; left > 0 && sample.length < size; left -= 1) {
    const chosen = below(random, left);
    const wellFormed = (lines[chosen] ?? []).filter((mutant) => isWellFormed(sources.get(mutant.file) ?? '', mutant));
    lines[chosen] = lines[left - 1];
    if (wellFormed.length > 0) sample.push(pickByKind(wellFormed, random));
  }
  return sample;
}

/** A line of many numbers is not mostly about numbers. */
function pickByKind(mutants: readonly Mutant[], random: () => number): Mutant {
  const kind = pick(random, [...new Set(mutants.map((mutant) => mutant.kind))]);
  return pick(
    random,
    mutants.filter((mutant) => mutant.kind === kind),
  );
}

function sourceFiles(root: string, folders: readonly string[]): string[] {
  return folders
    .flatMap((folder) =>
      folder.endsWith('.ts')
        ? [folder]
        : readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
    )
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .sort();
}
