// `tocsin topics judge`: how many alerts are right, by one's own eyes. A seeded sample of stored matches is shown one by one, without the
// rule that matched and its words, which would sway the reader; each verdict is written down before they are shown.
import { appendFileSync, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { PublishedMatch } from '../../../shared/model/match.ts';
import { cutMarks } from '../../../shared/model/passage-cuts.ts';
import type { Topic } from '../../../shared/model/topic.ts';
import { type ApiClient, ApiProblemError } from '../../api/client.ts';
import { clockOf } from '../../api/clock.ts';
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { pagesOf } from '../../api/pages.ts';
import { given, invalidArguments, parseArguments, usageHint } from '../../arguments.ts';
import { type Command, type CommandIo, EXIT } from '../../command.ts';
import { linesOf } from '../../documents/json-lines.ts';
import { readTimes } from '../../listing.ts';
import { ALLOWED_TIMES, localMinute } from '../../local-time.ts';
import { oneLine, printJson } from '../../output.ts';
import { passageRows } from '../../passages.ts';
import { drawSample } from '../../topics/drawn-sample.ts';
import { type Judgement, readJudgements, reportOf, shownReport, type Verdict } from '../../topics/judgements.ts';
import { topicPath } from '../../topics/stored-topics.ts';

const SYNOPSIS = `tocsin topics judge --out FILE [--sample N] [--seed N] [--topic T] [--since TIME] [--until TIME] [--source S] [--lang L] ${INSTANCE_USAGE} | --report FILE`;

export const usage: readonly string[] = [
  SYNOPSIS,
  '',
  'judge shows stored alerts, drawn at random, without the rule that matched, and takes one key for each: r right, a arguable, w wrong, s skip, q ends.',
  '--out: the verdicts are added to FILE, without any text; the same command goes on where it was left. --report: the figures of such a FILE alone; may be repeated.',
  '--sample: how many alerts, 100 without it. --seed: another number draws other alerts, 1 without it.',
  `TIME: ${ALLOWED_TIMES}`,
];

const OPTIONS = {
  ...INSTANCE_OPTIONS,
  out: { type: 'string' },
  report: { type: 'string', multiple: true },
  sample: { type: 'string' },
  seed: { type: 'string' },
  topic: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  source: { type: 'string' },
  lang: { type: 'string' },
} as const;

const DEFAULT_SAMPLE = 100;
const DEFAULT_SEED = 1;

export const run: Command = async (args, io) => {
  const { values } = parseArguments(args, OPTIONS, SYNOPSIS);
  const { out, report, ...choice } = values;
  if ((out === undefined) === (report === undefined))
    throw invalidArguments('give either --out or --report', [usageHint(SYNOPSIS)]);
  if (report !== undefined) {
    if (Object.keys(choice).length > 0)
      throw invalidArguments('--report takes no other options', [usageHint(SYNOPSIS)]);
    const judgements: Judgement[] = [];
    for (const file of report) judgements.push(...(await readJudgements(io, file)));
    return printReport(judgements, io);
  }
  const asked = {
    size: wholeNumber('--sample', choice.sample, 1) ?? DEFAULT_SAMPLE,
    seed: wholeNumber('--seed', choice.seed, 0) ?? DEFAULT_SEED,
  };
  readTimes(choice, new Date(), io);
  const file = resolve(io.cwd, out!);
  const before = existsSync(file) ? await readJudgements(io, out!) : [];
  const keep = (judgement: Judgement): void => append(file, out!, `${JSON.stringify(judgement)}\n`);
  append(file, out!, '');
  return withApi(choice, io, async (api) => {
    const { topic, source, lang } = choice;
    const { since, until } = readTimes(choice, await clockOf(api), io);
    const query = given({ topic, source, lang, since, until });
    const sample = await drawSample(alertsOf(api, { ...query, limit: '100' }), asked);
    if (sample.length === 0) {
      io.stderr('no alerts are stored; matches that send none, because they are weak or too old, are not drawn\n');
      return EXIT.done;
    }
    const judgements = await judge(sample, before, { describe: describer(api), keep }, io);
    return printReport(judgements, io);
  });
};

function wholeNumber(option: string, text: string | undefined, least: number): number | null {
  if (text === undefined) return null;
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= least && text.trim() !== '') return number;
  throw invalidArguments(`${option}: "${text}" is not a whole number from ${least} on`);
}

/** An empty text shows that the file can be written, before anyone judges for an hour. */
function append(file: string, shown: string, text: string): void {
  try {
    appendFileSync(file, text);
  } catch (cause) {
    throw invalidArguments(`${shown} cannot be written: ${(cause as Error).message}`);
  }
}

async function* alertsOf(
  api: ApiClient,
  query: Readonly<Record<string, string>>,
): AsyncGenerator<readonly PublishedMatch[]> {
  for await (const matches of pagesOf<PublishedMatch>(api, '/v1/matches', query))
    yield matches.filter(({ quiet, strength }) => quiet === null && strength !== 'weak');
}

type Describe = (topic: PublishedMatch['topic']) => Promise<string>;

/** What the matched version of a topic says it is about; each is asked for once. Its title where that version is gone. */
function describer(api: ApiClient): Describe {
  const known = new Map<string, Promise<string>>();
  const ask = async ({ id, version, title }: PublishedMatch['topic']): Promise<string> => {
    try {
      const { description } = await api.call<Topic>('GET', topicPath(id), { query: { version } });
      return description === '' ? title : `${title}: ${description}`;
    } catch (error) {
      if (error instanceof ApiProblemError && error.code === 'not_found') return title;
      throw error;
    }
  };
  return (topic) => {
    const key = `${topic.id} ${topic.version}`;
    const asked = known.get(key) ?? ask(topic);
    known.set(key, asked);
    return asked;
  };
}

const ANSWERS: Readonly<Record<string, Verdict | 'quit'>> = {
  r: 'right',
  a: 'arguable',
  w: 'wrong',
  s: 'skipped',
  q: 'quit',
};
const QUESTION = 'right, arguable, wrong, skip or quit? (r/a/w/s/q) ';

/** All verdicts, those of earlier sittings first. */
async function judge(
  sample: readonly PublishedMatch[],
  before: readonly Judgement[],
  { describe, keep }: { readonly describe: Describe; readonly keep: (judgement: Judgement) => void },
  io: CommandIo,
): Promise<readonly Judgement[]> {
  const done = new Set(before.map(({ id }) => id));
  const open = sample.filter(({ id }) => !done.has(id));
  const judgements = [...before];
  const answers = answersOf(io);
  try {
    for (const [at, match] of open.entries()) {
      io.stderr(
        question(match, `${sample.length - open.length + at + 1}/${sample.length}`, await describe(match.topic), io),
      );
      const verdict = await nextVerdict(answers, io);
      if (verdict === 'quit') {
        io.stderr(`${open.length - at} of ${sample.length} are left; the same command goes on with them\n`);
        break;
      }
      const judgement = { id: match.id, topic: match.topic.id, version: match.topic.version, verdict };
      keep(judgement);
      judgements.push(judgement);
      io.stderr(answer(match, verdict, io));
    }
  } finally {
    await answers.return(undefined);
  }
  return judgements;
}

/** Keys of a terminal; otherwise lines, of which the first letter counts. */
async function* answersOf(io: CommandIo): AsyncGenerator<string, undefined> {
  if (io.keys !== undefined) yield* io.keys();
  else
    for await (const lines of linesOf(io.stdin())) for (const { text } of lines) yield (text ?? '').trim().slice(0, 1);
}

/** The end of the input is as `q`. */
async function nextVerdict(answers: AsyncGenerator<string, undefined>, io: CommandIo): Promise<Verdict | 'quit'> {
  for (;;) {
    const { value } = await answers.next();
    io.stderr(`${oneLine(value ?? '')}\n`);
    const answered = value === undefined ? 'quit' : ANSWERS[value.toLowerCase()];
    if (answered !== undefined) return answered;
    io.stderr(QUESTION);
  }
}

/** Without marks, and without what the title says already. */
function question(match: PublishedMatch, count: string, about: string, { zone }: Pick<CommandIo, 'zone'>): string {
  const { article, passages, sources } = match;
  const from = sources.map((source) => oneLine(source.title)).join(', ');
  const lines = [
    '',
    `${count}  ${oneLine(about)}`,
    '',
    `  ${oneLine(article.title)}`,
    ...passages
      .filter(({ field }) => field === 'body')
      .map((passage) => `  ${oneLine(cutMarks(passage).join(passage.text))}`),
    `  ${localMinute(article.firstSeenAt, zone)}  ${from}  ${oneLine(article.url)}`,
    '',
  ];
  return `${lines.map((line) => `${line}\n`).join('')}${QUESTION}`;
}

function answer({ passages, why }: PublishedMatch, verdict: Verdict, { color }: Pick<CommandIo, 'color'>): string {
  const lines = [`  ${verdict.padEnd(8)} why: ${oneLine(why)}`, ...passageRows(passages, color)];
  return lines.map((line) => `${line}\n`).join('');
}

function printReport(judgements: readonly Judgement[], io: CommandIo): number {
  const report = reportOf(judgements);
  if (io.json) printJson(io, report);
  else io.stdout(shownReport(report));
  return EXIT.done;
}
