// Reads what a user keeps under config/: the settings, the feeds, the topic packs. All problems of all files are reported together.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import type { Environment } from '../../shared/core/environment.ts';
import { InvalidInputError } from '../../shared/core/errors.ts';
import { parseOpml } from '../../shared/feeds/opml.ts';
import { parseSettings, type Settings } from '../../shared/model/settings.ts';
import { formatProblems } from '../../shared/packs/format-problems.ts';
import { parsePacks } from '../../shared/packs/parse-pack.ts';
import { DEFAULT_LIMITS, type TopicLimits } from '../../shared/query/limits.ts';
import type { Configuration } from '../../shared/usecases/managing/configure.ts';
import { unreadable } from './unreadable.ts';

const SETTINGS_FILE = 'tocsin.yaml';
const FEEDS_FILE = 'feeds.opml';
const TOPICS_FOLDER = 'topics';
/** An alias is found to lead nowhere when values are put together; no place is known then. */
const STAR_HINT = 'a value that begins with * must stand in quotes: "*.example.org"';

export interface ReadConfiguration {
  readonly configuration: Configuration;
  /** Rows of the feeds' file that cannot be used: `feeds.opml:12: …`. The other rows stand. */
  readonly badRows: readonly string[];
}

/** The settings of `<folder>/tocsin.yaml`; the defaults where the file is missing. Throws InvalidInputError with every problem. */
export async function readSettings(folder: string, env: Environment): Promise<Settings> {
  const file = join(folder, SETTINGS_FILE);
  const overrides = env['TOCSIN_ALLOW_HOSTS'] === undefined ? {} : { TOCSIN_ALLOW_HOSTS: env['TOCSIN_ALLOW_HOSTS'] };
  return parseSettings(parseYaml((await readIfThere(file)) ?? '', file), overrides);
}

/**
 * `limits` are those of the settings. Throws InvalidInputError when a pack has an error or the feeds' file is no OPML at
 * all. A missing feeds' file is no feeds.
 */
export async function readConfiguration(
  folder: string,
  limits: TopicLimits = DEFAULT_LIMITS,
): Promise<ReadConfiguration> {
  const [feeds, packs] = await Promise.all([
    readFeeds(join(folder, FEEDS_FILE)),
    readPacks(join(folder, TOPICS_FOLDER), limits),
  ]);
  const problems = packs.flatMap((pack) => pack.problems).filter(({ severity }) => severity === 'error');
  const errors = [...feeds.errors, ...formatProblems(problems)];
  if (errors.length > 0) {
    throw new InvalidInputError(
      'invalid_configuration',
      `the files in ${folder} cannot be used; nothing was changed`,
      errors,
    );
  }
  return {
    configuration: {
      feeds: feeds.feeds,
      topics: packs.flatMap((pack) => pack.topics),
      packs: [...new Set(packs.map(({ packId }) => packId).filter((id) => id !== ''))].sort(),
    },
    badRows: feeds.badRows,
  };
}

async function readFeeds(file: string) {
  const text = await readIfThere(file);
  if (text === null) return { feeds: [], badRows: [], errors: [] };
  const { feeds, problems } = parseOpml(text);
  const told = problems.map(({ line, message }) => `${file}:${line}: ${message}`);
  return feeds.length === 0 ? { feeds, badRows: [], errors: told } : { feeds, badRows: told, errors: [] };
}

async function readPacks(folder: string, limits: TopicLimits) {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw unreadable(folder, cause, ['restore the folder, or name another configuration: TOCSIN_CONFIG=DIR']);
  });
  const paths = names
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(folder, name));
  const texts = await Promise.all(
    paths.map((path) =>
      readFile(path, 'utf8').catch((cause: unknown) => {
        throw unreadable(path, cause);
      }),
    ),
  );
  return parsePacks(
    paths.map((path, index) => ({ path, text: texts[index] ?? '' })),
    limits,
    false,
  );
}

async function readIfThere(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return null;
    throw unreadable(file, cause);
  });
}

function parseYaml(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    const { line = 1, col = 1 } = (cause instanceof YAMLParseError ? cause.linePos?.[0] : null) ?? {};
    const place = cause instanceof YAMLParseError ? `:${line}:${col}` : '';
    const [message = ''] = (cause as Error).message.split('\n');
    throw new InvalidInputError(
      'invalid_settings',
      `${file}${place} is not YAML: ${message}`,
      /alias/i.test(message) ? [STAR_HINT] : [],
      { cause },
    );
  }
}
