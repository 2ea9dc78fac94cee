// Reads the packs that a command works with: every YAML file of a folder, or the files that were named.
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { readSettings } from '../../adapters/files/read-configuration.ts';
import { unreadable } from '../../adapters/files/unreadable.ts';
import { InvalidInputError } from '../../shared/core/errors.ts';
import type { MatcherOptions } from '../../shared/matching/topic-matcher.ts';
import type { Topic } from '../../shared/model/topic.ts';
import { formatProblems } from '../../shared/packs/format-problems.ts';
import type { TopicTest } from '../../shared/packs/pack-tests.ts';
import { type ParsedPack, parsePacks } from '../../shared/packs/parse-pack.ts';
import type { TopicLimits } from '../../shared/query/limits.ts';
import type { Problem } from '../../shared/query/problems.ts';
import { didYouMean } from '../arguments.ts';
import { type CommandIo, configFolder } from '../command.ts';
import { readDocument } from '../documents/documents.ts';

/** What a topic may cost by the settings, so that commands check and match as the instance does. */
export async function matcherOptions(
  io: CommandIo,
): Promise<MatcherOptions & Required<Pick<MatcherOptions, 'today'>> & { readonly limits: TopicLimits }> {
  const { topics } = await readSettings(configFolder(io), io.env);
  return { limits: topics, stepsPerTopic: topics.stepsPerArticle, today: () => new Date() };
}

export const PACKS_OPTION = { packs: { type: 'string' } } as const;

/**
 * The packs of the named files and folders, or of `folder` where none is named. Named files may use the sets of the packs beside them and
 * of `folder`. Showing the problems is up to the caller; warnings about expressions are left out unless `isReviewed`.
 */
export async function readPacks(
  io: CommandIo,
  folder: string | undefined,
  paths: readonly string[] = [],
  isReviewed = true,
): Promise<readonly ParsedPack[]> {
  const { limits } = await matcherOptions(io);
  const files = (await Promise.all(paths.map((path) => filesAt(io, path)))).flat();
  const own = folder ?? join(configFolder(io), 'topics');
  if (files.length === 0) return parsePacks(await readAll(io, await packFilesIn(io, own)), limits, isReviewed);
  const named = await readAll(io, files);
  const folders = [...files.map((path) => dirname(resolve(io.cwd, path))), resolve(io.cwd, own)];
  // The folders beside them are optional: if one cannot be read, its sets are reported as unknown.
  const beside = await Promise.all([...new Set(folders)].map((each) => packFilesIn(io, each).catch(() => [])));
  const taken = new Set(files.map((path) => resolve(io.cwd, path)));
  const others = [...new Set(beside.flat())].filter((path) => !taken.has(resolve(io.cwd, path)));
  // Named ones first: a topic that is in two packs is reported for the later one.
  return parsePacks([...named, ...(await readAll(io, others))], limits, isReviewed).slice(0, named.length);
}

/** The tests with the texts of the files that they name, which are beside their packs. A file that cannot be read is a problem. */
export async function withTestFiles(
  io: CommandIo,
  tests: readonly TopicTest[],
): Promise<{ readonly tests: readonly TopicTest[]; readonly problems: readonly Problem[] }> {
  const readable: TopicTest[] = [];
  const problems: Problem[] = [];
  for (const test of tests) {
    if (test.file === null) {
      readable.push(test);
      continue;
    }
    try {
      const where = join(dirname(resolve(io.cwd, test.path)), test.file);
      const { title, text } = await readDocument(io, where, test.title === '' ? {} : { title: test.title });
      readable.push({ ...test, title, text });
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      problems.push(unreadableTestFile(test, error.message));
    }
  }
  return { tests: readable, problems };
}

const unreadableTestFile = ({ path, line, column, topicId }: TopicTest, message: string): Problem => ({
  severity: 'error',
  code: 'E_TEST_FAILED',
  message: `${topicId}: ${message}`,
  path,
  line,
  column,
  excerpt: '',
  hint: "its path is relative to the pack's folder",
  topic: topicId,
});

async function filesAt(io: CommandIo, path: string): Promise<readonly string[]> {
  const found = await stat(resolve(io.cwd, path)).catch(() => null);
  return found?.isDirectory() ? packFilesIn(io, path) : [path];
}

const readAll = (io: CommandIo, paths: readonly string[]): Promise<readonly { path: string; text: string }[]> =>
  Promise.all(paths.map(async (path) => ({ path, text: await readText(io, path) })));

/**
 * Every topic of a folder's packs, which must all be free of errors, because results for some of the topics would mislead; or only the
 * topic `id`, whatever is wrong with the others. Throws InvalidInputError with every problem.
 */
export async function readTopics(io: CommandIo, folder: string | undefined, id?: string): Promise<readonly Topic[]> {
  const packs = await readPacks(io, folder, [], false);
  const topics = packs.flatMap((pack) => pack.topics);
  const errors = packs.flatMap((pack) => pack.problems).filter(({ severity }) => severity === 'error');
  if (id === undefined) {
    if (errors.length === 0) return topics;
    throw new InvalidInputError('invalid_topic', 'some packs have errors', formatProblems(errors));
  }
  const found = topics.find((topic) => topic.id === id);
  if (found !== undefined) return [found];
  const own = errors.filter(({ topic }) => topic === id);
  if (own.length > 0) throw new InvalidInputError('invalid_topic', `${id} has errors`, formatProblems(own));
  throw unknownTopic(
    id,
    topics.map((topic) => topic.id),
  );
}

export const unknownTopic = (id: string, known: readonly string[]): InvalidInputError =>
  new InvalidInputError('unknown_topic', `no pack has a topic "${id}"`, [
    ...didYouMean(id, known),
    `known: ${known.join(', ')}`,
  ]);

async function readText(io: CommandIo, path: string): Promise<string> {
  try {
    return await readFile(resolve(io.cwd, path), 'utf8');
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

async function packFilesIn(io: CommandIo, folder: string): Promise<readonly string[]> {
  const absolute = resolve(io.cwd, folder);
  const names = await readdir(absolute).catch((cause: unknown) => {
    throw unreadable(folder, cause, ['name the folder of the packs with --packs DIR']);
  });
  const files = names.filter((name) => /\.ya?ml$/.test(name)).sort();
  if (files.length === 0) throw new InvalidInputError('no_packs', `${folder} has no packs (*.yaml)`);
  return files.map((name) => relative(io.cwd, join(absolute, name)));
}
