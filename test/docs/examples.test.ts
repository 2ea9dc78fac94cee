// What the documentation says of topics is true: each expression, pack, error and limit on its pages is tried.
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { buildClause, type Sets } from '../../shared/matching/compile/build-clause.ts';
import { compileTopics, STEPS_PER_TOPIC } from '../../shared/matching/topic-matcher.ts';
import type { MatchableDocument } from '../../shared/model/article.ts';
import type { TopicMatch } from '../../shared/model/match.ts';
import type { Topic } from '../../shared/model/topic.ts';
import { checkPack, problemsOf } from '../../shared/packs/check-pack.ts';
import { parsePacks } from '../../shared/packs/parse-pack.ts';
import { reviewExpression } from '../../shared/packs/review.ts';
import { DEFAULT_LIMITS, DEFAULT_STEPS_PER_ARTICLE } from '../../shared/query/limits.ts';
import { type CommandFolder, commandFolder } from '../support/command-line.ts';
import { parsePack } from '../support/parse-pack.ts';
import { codeTables, type ExampleText, type ExpressionExample, examplesOf } from './examples.ts';

const SYNTAX = examplesOf('docs/topic-syntax.md');
const WRITING = examplesOf('docs/writing-packs.md');
const validate = new Ajv2020({ allowUnionTypes: true }).compile(
  JSON.parse(readFileSync('schema/topic-pack.schema.json', 'utf8')) as object,
);

/** The sets that the page's own packs define. */
const setsOf = (page: typeof SYNTAX): Sets =>
  Object.assign({}, ...page.packs.map(({ yaml }) => (parse(yaml) as { sets?: object }).sets ?? {})) as Sets;

function topicOf({ expression, language }: Pick<ExpressionExample, 'expression' | 'language'>, sets: Sets): Topic {
  return {
    id: 'example',
    version: '1.0.0+0000000',
    pack: 'example',
    title: 'Example',
    description: '',
    severity: 'medium',
    codes: {},
    any: { [language]: [expression] },
    all: {},
    none: {},
    sets,
    passage: { context: 3, max: 5, maxChars: 2_000 },
  };
}

/** The document with « » around every highlighted word. */
function markedBy(match: TopicMatch | undefined, { title, text }: MatchableDocument): ExampleText['marked'] | null {
  if (match === undefined) return null;
  const mark = (field: 'title' | 'body', whole: string): string => {
    const passages = match.passages.filter((passage) => passage.field === field);
    const ranges = passages.flatMap(({ highlights }) => highlights).sort(([a], [b]) => b - a);
    return ranges.reduce(
      (shown, [start, end]) => `${shown.slice(0, start)}«${shown.slice(start, end)}»${shown.slice(end)}`,
      whole,
    );
  };
  return { title: mark('title', title), body: mark('body', text) };
}

const PAGES = [
  { page: 'topic-syntax.md', ...SYNTAX },
  { page: 'writing-packs.md', ...WRITING },
];

describe('the examples of the documentation', () => {
  const expressions = PAGES.flatMap((page) =>
    page.expressions.map((example) => ({ ...example, page: page.page, sets: setsOf(page) })),
  );
  const packs = PAGES.flatMap(({ page, packs: own }) => own.map((pack) => ({ ...pack, page })));

  it.each(expressions)('$page, line $line: $expression', ({ sets, ...example }) => {
    const { problems } = buildClause(example.expression, { language: example.language, sets });
    const matcher = compileTopics([topicOf(example, sets)]);

    expect(problems.map(({ code }) => code)).toEqual(example.codes);
    for (const { document, marked } of example.found) {
      expect(markedBy(matcher.match(document)[0], document)).toEqual(marked);
    }
    for (const { document } of example.notFound) {
      expect({ document, matches: matcher.match(document) }).toEqual({ document, matches: [] });
    }
  });

  it.each(packs)('$page, line $line: the pack is sound, its tests pass, and editors take it', ({ yaml }) => {
    const pack = parsePack(yaml, 'page.yaml');

    expect(pack.problems).toEqual([]);
    expect(pack.tests.length).toBeGreaterThan(0);
    expect(checkPack(pack.topics, pack.tests).problems).toEqual([]);
    expect({ isValid: validate(parse(yaml)), errors: validate.errors }).toEqual({ isValid: true, errors: null });
  });
});

it('the topics with frames of docs/writing-packs.md are sound, their tests pass, and editors take them', () => {
  const packs = parsePacks(WRITING.framed.map(({ line, yaml }) => ({ path: `${line}.yaml`, text: yaml })));
  const topics = packs.flatMap((pack) => pack.topics);

  expect(packs.flatMap(({ problems }) => problems)).toEqual([]);
  expect(topics.length).toBeGreaterThan(0);
  expect(
    checkPack(
      topics,
      packs.flatMap(({ tests }) => tests),
    ).problems,
  ).toEqual([]);
  for (const { yaml } of WRITING.framed) {
    expect({ isValid: validate(parse(yaml)), errors: validate.errors }).toEqual({ isValid: true, errors: null });
  }
});

describe('the commands of docs/writing-packs.md', () => {
  let folder: CommandFolder;

  beforeAll(() => {
    folder = commandFolder(WRITING.files);
    for (const { line, yaml } of [...WRITING.packs, ...WRITING.framed])
      folder.write(`config/topics/${line}.yaml`, yaml);
  });
  afterAll(() => folder.remove());

  it.each(WRITING.commands)('line $line: $args', async ({ args, output, shown }) => {
    const run = await folder.run(args);

    const written = `${run.stdout}${run.stderr}`.trimEnd();
    expect({ code: run.code, written: output.test(written) ? shown : written }).toEqual({ code: 0, written: shown });
  });
});

describe('the tables of docs/topic-syntax.md', () => {
  const rows = codeTables(SYNTAX.text);
  const HEAD = 'apiVersion: tocsin.dev/v1\nkind: TopicPack\npack: { id: ports, version: 1.0.0 }\n';
  const HARBOUR = 'topics:\n  - id: harbour\n    title: Harbours\n    any: { en: harbour }\n';
  const TESTS = '    tests: [ { match: A harbour. }, { no: A cat. } ]\n';

  it.each(rows.filter((row) => row.length === 3 && row[2] !== ''))('%s: %s', (code, _, example = '') => {
    const options = { language: 'en', sets: setsOf(SYNTAX) };
    const problems = [...buildClause(example, options).problems, ...reviewExpression(example, options)];

    expect(problems.map((problem) => problem.code)).toEqual([code]);
  });

  it.each(rows.filter((row) => row.length === 4))('%s: %s', (code, _, where, example = '') => {
    const isTested = !/^(?:tests|pack):/.test(example);
    const topic = `${HARBOUR}${isTested ? TESTS : ''}`;
    const yaml = {
      topic: `${HEAD}${topic}    ${example}\n`,
      topics: `${HEAD}${topic}  - ${example}\n`,
      file: `${example.startsWith('pack:') ? HEAD.replace(/pack:.*\n/, '') : HEAD}${topic}${example}\n`,
    }[where ?? ''];

    const pack = parsePack(yaml ?? '', 'ports.yaml');

    const problems = [...problemsOf(pack), ...checkPack(pack.topics, pack.tests).problems];
    expect(problems.map((problem) => problem.code)).toContain(code);
  });

  it('warns from 450 terms on', () => {
    const terms = (count: number): string => Array.from({ length: count }, (_, index) => `w${index}`).join(' OR ');
    const codes = (count: number): string[] =>
      buildClause(terms(count), { language: 'en', sets: {} }).problems.map(({ code }) => code);

    expect([codes(450), codes(451)]).toEqual([[], ['W_MANY_TERMS']]);
  });

  it('name every code that there is, and none that there is not', () => {
    const sources = ['shared/query', 'shared/packs', 'shared/matching'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => readFileSync(`${folder}/${name}`, 'utf8')),
    );
    const inSources = new Set(sources.flatMap((source) => source.match(/(?<=')[EW]_[A-Z_]+(?=')/g) ?? []));

    expect(rows.map(([code]) => code).sort()).toEqual([...inSources].sort());
  });

  it('give the limits that are in force', () => {
    const limits = SYNTAX.text.slice(SYNTAX.text.indexOf('## Limits'), SYNTAX.text.indexOf('## If you know'));
    const l = DEFAULT_LIMITS;
    expect(DEFAULT_STEPS_PER_ARTICLE).toBe(STEPS_PER_TOPIC);

    for (const row of [
      `| characters of an expression | ${l.expressionChars.toLocaleString('en')} |`,
      `| terms of an expression, sets put in | ${l.terms} (warning from ${l.termsWarning}) |`,
      `| parentheses inside parentheses | ${l.depth} |`,
      `| sets inside sets | ${l.setDepth} |`,
      `| n of \`NEAR/n\`, \`ONEAR/n\` | ${l.near} (warning from ${l.nearWarning}) |`,
      `| sides of a chain | ${l.nearParts} |`,
      `| n of \`atleastN\`, \`N OF\` | ${l.atLeast} |`,
      `| words that begin with \`*\`, in a language of a topic | ${l.leadingWildcards} |`,
      `${l.wildcardLetters}; ${l.leadingWildcardLetters} where it begins the word; ${l.wildcardSyllables} in Korean`,
      `${STEPS_PER_TOPIC.toLocaleString('en')} steps`,
    ]) {
      expect(limits).toContain(row);
    }
  });

  it('write in the last column what this language takes', () => {
    const table = SYNTAX.text.slice(SYNTAX.text.indexOf('## If you know')).split('\n');
    const cells = table.filter((line) => /^\| [a-z]/.test(line)).map((line) => line.split(' | ').at(-1) ?? '');
    const own = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, expression = '']) => expression));

    expect(own.length).toBeGreaterThan(15);
    for (const expression of own) {
      const { problems } = buildClause(expression, { language: 'en', sets: {}, mayLackText: true });
      expect({ expression, problems }).toEqual({ expression, problems: [] });
    }
  });
});
