// The packs a command works with: every YAML file of a folder, or the files that were named.
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { InvalidInputError } from '../shared/errors.ts';
import type { Topic } from '../shared/model/topic.ts';
import { type ParsedPack, parsePacks } from '../shared/topics/parse-pack.ts';
import { formatProblem } from '../shared/topics/problems.ts';
import { didYouMean } from './arguments.ts';
import { type CommandIo, configFolder } from './command.ts';

export const PACKS_OPTION = { packs: { type: 'string' } } as const;

/** Packs of the named files or, where none is named, of a folder. Their problems are the caller's to show. */
export async function readPacks(
  io: CommandIo,
  folder: string | undefined,
  files: readonly string[] = [],
): Promise<readonly ParsedPack[]> {
  const paths = files.length > 0 ? files : await packFilesIn(io, folder ?? join(configFolder(io), 'topics'));
  const texts = await Promise.all(paths.map((path) => readText(io, path)));
  return parsePacks(paths.map((path, index) => ({ path, text: texts[index]! })));
}

/** Packs without an error. Throws InvalidInputError with every problem: work on half of the topics would mislead. */
export async function readSoundPacks(io: CommandIo, folder: string | undefined): Promise<readonly ParsedPack[]> {
  const packs = await readPacks(io, folder);
  const errors = packs.flatMap((pack) => pack.problems).filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return packs;
  throw new InvalidInputError('invalid_topic', 'some packs have errors', errors.map(formatProblem));
}

/** The topics of packs, or the one that was asked for. Throws InvalidInputError('unknown_topic') with the nearest known. */
export function topicsOf(packs: readonly ParsedPack[], id?: string): readonly Topic[] {
  const topics = packs.flatMap((pack) => pack.topics);
  const wanted = id === undefined ? topics : topics.filter((topic) => topic.id === id);
  if (id === undefined || wanted.length > 0) return wanted;
  const known = topics.map((topic) => topic.id);
  const near = didYouMean(id, known).map((name) => `did you mean ${name}?`);
  throw new InvalidInputError('unknown_topic', `no pack has a topic ${id}`, [...near, `known: ${known.join(', ')}`]);
}

export async function readText(io: CommandIo, path: string): Promise<string> {
  try {
    return await readFile(resolve(io.cwd, path), 'utf8');
  } catch (cause) {
    throw new InvalidInputError('unreadable_file', `${path} cannot be read: ${(cause as Error).message}`, [], {
      cause,
    });
  }
}

async function packFilesIn(io: CommandIo, folder: string): Promise<readonly string[]> {
  const absolute = resolve(io.cwd, folder);
  const names = await readdir(absolute).catch((cause: unknown) => {
    const message = `${folder} cannot be read: ${(cause as Error).message}`;
    throw new InvalidInputError('unreadable_file', message, ['--packs DIR names the folder of the packs'], { cause });
  });
  const files = names.filter((name) => /\.ya?ml$/.test(name)).sort();
  if (files.length === 0) throw new InvalidInputError('no_packs', `${folder} holds no packs (*.yaml)`);
  return files.map((name) => relative(io.cwd, join(absolute, name)));
}
