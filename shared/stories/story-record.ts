// What is kept of a story: enough to recognise its next report, and bounded, however many reports it has.
import { DAY_MS } from '../core/time.ts';
import { heaviestFirst } from './heaviest-first.ts';
import type { Label } from './labels.ts';
import type { Sample } from './runs-of-words.ts';
import type { WeighedDocument } from './weigh-document.ts';

/** A story without a report for so long is over. */
export const OPEN_FOR_MS = 5 * DAY_MS;
/** Words of the centroid and of each report. */
const MOST_WORDS = 40;
/** Reports of which the words and runs are kept: the first one and the newest. */
const MOST_REPORTS = 4;
/** Words that some report of the story had: what is not among them is new. */
const MOST_KNOWN = 240;
const MOST_NAMES = 60;
const MOST_LABELS = 24;
const MOST_TITLE_WORDS = 20;
/** Copies of one text count as one voice, up to so many. */
const MOST_COUNTED = 10_000;
/** The centroid's older part has half its weight after this time, so that a story follows its event. */
const HALF_LIFE_MS = 3 * DAY_MS;

/** A word of a report's title. */
export interface TitleKey {
  readonly key: number;
  readonly before: number;
  readonly nameKey: number;
  /** The text has it too. */
  readonly isRepeated: boolean;
}

/** One report, as it is compared with the next. */
export interface ReportRecord {
  /** Weightiest first, their weights in single precision, as they are stored, and the length of these. */
  readonly keys: readonly number[];
  readonly weights: readonly number[];
  readonly length: number;
  readonly sample: Sample;
  readonly title: readonly TitleKey[];
}

export interface StoryRecord {
  readonly id: string;
  readonly language: string;
  /** Under which keys of an index it is found; they never change. */
  readonly lookupKeys: readonly number[];
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  readonly reports: number;
  /** Reports that are no copies. */
  readonly texts: number;
  /** As those of a report. */
  readonly centroidKeys: readonly number[];
  readonly centroidWeights: readonly number[];
  readonly centroidLength: number;
  readonly newest: readonly ReportRecord[];
  /** Ascending. */
  readonly known: readonly number[];
  readonly names: readonly number[];
  readonly labels: readonly Label[];
}

export function startStory(id: string, document: WeighedDocument, lookupKeys: readonly number[]): StoryRecord {
  const { timeMs, language } = document.document;
  const report = reportOf(document);
  return {
    id,
    language,
    lookupKeys,
    firstAtMs: timeMs,
    lastAtMs: timeMs,
    reports: 1,
    texts: 1,
    centroidKeys: report.keys,
    centroidWeights: report.weights,
    centroidLength: report.length,
    newest: [report],
    known: united([], keysOf(document), MOST_KNOWN),
    names: united([], namesOf(document), MOST_NAMES),
    labels: document.labels.slice(0, MOST_LABELS),
  };
}

/** The story with one more report. A copy moves its time and its count alone: repeating a text does not make its words weightier. */
export function joinStory(story: StoryRecord, document: WeighedDocument, isCopy: boolean): StoryRecord {
  const { timeMs } = document.document;
  const counted = {
    firstAtMs: Math.min(story.firstAtMs, timeMs),
    lastAtMs: Math.max(story.lastAtMs, timeMs),
    reports: Math.min(story.reports + 1, MOST_COUNTED),
  };
  if (isCopy) return { ...story, ...counted };
  const [first, ...others] = story.newest;
  const newest = [...(first === undefined ? [] : [first]), ...others.slice(-(MOST_REPORTS - 2)), reportOf(document)];
  return {
    ...story,
    ...counted,
    ...movedCentroid(story, document),
    texts: Math.min(story.texts + 1, MOST_COUNTED),
    newest,
    known: united(story.known, keysOf(document), MOST_KNOWN),
    names: united(story.names, namesOf(document), MOST_NAMES),
    labels: [...story.labels, ...document.labels.filter((label) => !isAmong(label, story.labels))].slice(
      0,
      MOST_LABELS,
    ),
  };
}

const isAmong = ({ kind, value }: Label, known: readonly Label[]): boolean =>
  known.some((label) => label.kind === kind && label.value === value);

function reportOf({ ranked, runs, title }: WeighedDocument): ReportRecord {
  const words = ranked.slice(0, MOST_WORDS);
  const weights = words.map(({ weight }) => Math.fround(weight));
  return {
    keys: words.map(({ key }) => key),
    weights,
    length: lengthOf(weights),
    sample: runs.sample(),
    title: title
      .slice(0, MOST_TITLE_WORDS)
      .map(({ word: { key, nameKey, count }, before }) => ({ key, before, nameKey, isRepeated: count > 1 })),
  };
}

function movedCentroid(
  story: StoryRecord,
  document: WeighedDocument,
): Pick<StoryRecord, 'centroidKeys' | 'centroidWeights' | 'centroidLength'> {
  const fading = 0.5 ** (Math.max(0, document.document.timeMs - story.lastAtMs) / HALF_LIFE_MS);
  const keys = [...story.centroidKeys];
  const weights = story.centroidWeights.map(
    (weight, at) => fading * weight + (document.words.get(keys[at]!)?.weight ?? 0),
  );
  for (const { key, weight } of document.ranked) {
    if (story.centroidKeys.includes(key)) continue;
    keys.push(key);
    weights.push(weight);
  }
  const kept = heaviestFirst(weights).slice(0, MOST_WORDS);
  const centroidWeights = kept.map((at) => Math.fround(weights[at]!));
  return { centroidKeys: kept.map((at) => keys[at]!), centroidWeights, centroidLength: lengthOf(centroidWeights) };
}

function lengthOf(weights: readonly number[]): number {
  let squares = 0;
  for (const weight of weights) squares += weight * weight;
  return Math.sqrt(squares);
}

const keysOf = ({ ranked }: WeighedDocument): number[] => ranked.map(({ key }) => key);

function namesOf({ ranked }: WeighedDocument): number[] {
  const names: number[] = [];
  for (const { nameKey } of ranked) if (nameKey !== 0) names.push(nameKey);
  return names;
}

/**
 * Both, each once, ascending. The old ones first where there are too many: what was known stays known. Sorted as integers, which needs no
 * comparison function; kept as a plain array, which costs a collector less than a buffer.
 */
function united(old: readonly number[], fresh: readonly number[], most: number): readonly number[] {
  const unknown = old.length === 0 ? fresh : fresh.filter((key) => !includes(old, key));
  if (unknown.length === 0) return old;
  const sorted = new Int32Array(Math.min(most, old.length + unknown.length));
  sorted.set(old);
  sorted.set(unknown.slice(0, sorted.length - old.length), old.length);
  sorted.sort();
  const keys: number[] = [];
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) keys.push(sorted[i]!);
  return keys;
}

export function includes(ascendingKeys: readonly number[], key: number): boolean {
  let low = 0;
  let high = ascendingKeys.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = ascendingKeys[middle]!;
    if (found === key) return true;
    if (found < key) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
