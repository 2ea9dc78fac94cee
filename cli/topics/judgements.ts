// What readers said of alerts, as `topics judge` keeps it: JSON lines `{ id, topic, verdict }` without any text, so that they can be shown
// to others.
import { InvalidInputError } from '../../shared/core/errors.ts';
import type { CommandIo } from '../command.ts';
import { chunksOf } from '../documents/documents.ts';
import { linesOf, parseLine } from '../documents/json-lines.ts';
import { table } from '../output.ts';
import { intervalOf } from './score.ts';
import { shareOf } from './shares.ts';

const VERDICTS = ['right', 'arguable', 'wrong', 'skipped'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface Judgement {
  /** Of the match. */
  readonly id: string;
  readonly topic: string;
  readonly verdict: Verdict;
}

/** Other keys of a line are ignored. Throws InvalidInputError at the first line that is no judgement. */
export async function readJudgements(io: CommandIo, file: string): Promise<readonly Judgement[]> {
  const read: Judgement[] = [];
  for await (const lines of linesOf(chunksOf(io, file))) {
    for (const line of lines) {
      const parsed = parseLine(line);
      const problem = 'problem' in parsed ? parsed.problem : isJudgement(parsed.value) ? null : EXPECTED;
      if (problem !== null) throw new InvalidInputError('unreadable_line', `${file}, line ${line.number}: ${problem}`);
      if ('value' in parsed) read.push(parsed.value as Judgement);
    }
  }
  return read;
}

const EXPECTED = `must be an object { id, topic, verdict }, the verdict one of ${VERDICTS.join(', ')}`;

function isJudgement(value: unknown): value is Judgement {
  const { id, topic, verdict } = (value ?? {}) as Record<string, unknown>;
  return typeof id === 'string' && typeof topic === 'string' && VERDICTS.some((each) => each === verdict);
}

type Tally = Readonly<Record<Verdict, number>>;

export interface JudgedShares extends Tally {
  /** All but the skipped ones. */
  readonly judged: number;
  /** Shares of `judged` from 0 to 1, with their 95 % intervals; null without a verdict. */
  readonly precision: Share | null;
  readonly rightOrArguable: Share | null;
}

interface Share {
  readonly share: number;
  readonly interval: readonly [from: number, to: number];
}

export interface JudgementReport {
  readonly topics: Readonly<Record<string, JudgedShares>>;
  readonly overall: JudgedShares;
}

/** Of an alert that was judged twice, the later verdict counts. */
export function reportOf(judgements: readonly Judgement[]): JudgementReport {
  const last = [...new Map(judgements.map((each) => [`${each.topic}\0${each.id}`, each])).values()];
  const byTopic = Map.groupBy(last, ({ topic }) => topic);
  const topics = [...byTopic].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    topics: Object.fromEntries(topics.map(([topic, some]) => [topic, sharesOf(some)])),
    overall: sharesOf(last),
  };
}

function sharesOf(judgements: readonly Judgement[]): JudgedShares {
  const count = (verdict: Verdict): number => judgements.filter((each) => each.verdict === verdict).length;
  const [right, arguable, wrong, skipped] = VERDICTS.map(count) as [number, number, number, number];
  const judged = right + arguable + wrong;
  return {
    judged,
    right,
    arguable,
    wrong,
    skipped,
    precision: shareWithInterval(right, judged),
    rightOrArguable: shareWithInterval(right + arguable, judged),
  };
}

function shareWithInterval(hits: number, cases: number): Share | null {
  const interval = intervalOf(hits, cases);
  return interval === null ? null : { share: hits / cases, interval };
}

export function shownReport({ topics, overall }: JudgementReport): string {
  const rows = [...Object.entries(topics), ['overall', overall] as const].map(([topic, shares]) => ({
    topic,
    ...shares,
  }));
  const shown = table(rows, [
    { title: 'TOPIC', value: ({ topic }) => topic },
    { title: 'JUDGED', value: ({ judged }) => String(judged) },
    { title: 'RIGHT', value: ({ right }) => String(right) },
    { title: 'ARGUABLE', value: ({ arguable }) => String(arguable) },
    { title: 'WRONG', value: ({ wrong }) => String(wrong) },
    { title: 'PRECISION', value: ({ right, judged }) => shareOf(right, judged) },
    { title: 'RIGHT OR ARGUABLE', value: ({ right, arguable, judged }) => shareOf(right + arguable, judged) },
  ]);
  return overall.skipped === 0 ? shown : `${shown}${overall.skipped} skipped\n`;
}
