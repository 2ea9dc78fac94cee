// From evidence to what a reader is shown: whole sentences, the best first when there is not room for all, with exactly
// the matched words highlighted.
import type { Passage, Range } from '../../model/match.ts';
import { joinedInitials } from '../../text/fold.ts';
import { isRepeatOf } from '../../text/said-beyond.ts';
import type { ReadDocument } from '../document/read-document.ts';
import type { TimedEvidence } from '../event-time/timed-evidence.ts';

export interface PassageRules {
  /** Sentences added on either side. */
  readonly context: number;
  /** Passages shown at most. */
  readonly max: number;
  /** Longest passage, characters; about half as many in Chinese, Japanese and Korean. */
  readonly maxChars: number;
}

/** A chosen passage and how well it shows the topic; scores compare within one document only. */
export interface ScoredPassage {
  readonly passage: Passage;
  readonly score: number;
}

/** Evidence no wider than this many tokens counts in full; wider counts in proportion (Clarke's K). */
const FULL_WIDTH = 16;
/** A passage shorter than this is shown with the sentence before it. */
const MIN_CHARS = 60;
/** A character of these scripts says about twice as much as a letter. */
const DENSE_SCRIPT = /[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]/;
const DENSE_SHARE = 200 / 420;
/** A sentence that begins so points back to the one before it. */
const CONTINUATION =
  /^["“”'‘«\s]*(second|third|also|but|however|it|he|she|they|this|that|these|those|his|her|their|its|such|instead|meanwhile|moreover|furthermore|additionally|lastly|finally|그는|그녀는|그들은|이는|이에|또|또한|他|她|他们|他們|这|這|此|Он|Она|Они|Это|Він|Вона|Вони|Це|Il|Elle|Ils|Elles|Cela|Él|Ella|Ellos|Esto|Er|Sie|Dies)(?![\p{L}\p{N}])/iu;

interface Group {
  evidence: TimedEvidence[];
  firstSentence: number;
  lastSentence: number;
}

/** A group with the stretch of its field that shows it. */
interface Chosen {
  readonly group: Group;
  readonly start: number;
  readonly end: number;
  readonly score: number;
}

/** At most `rules.max` passages, in the order of the document, title first. No sentence is shown twice. */
export function buildPassages(
  evidence: readonly TimedEvidence[],
  rules: PassageRules,
  read: ReadDocument,
): readonly ScoredPassage[] {
  const chosen: Chosen[] = [];
  const candidates = groupBySentence(evidence, rules, read)
    .map((group) => ({ group, score: scoreOf(group) }))
    .sort((a, b) => b.score - a.score || a.group.firstSentence - b.group.firstSentence);
  for (const { group, score } of candidates) {
    const [start, end] = extentOf(group, rules, read);
    place({ group, start, end, score }, chosen, rules, read);
  }
  chosen.sort((a, b) => a.group.firstSentence - b.group.firstSentence || a.start - b.start);
  return chosen.map(({ group, start, end, score }) => ({
    passage: toPassage(group, start, end, evidence, read),
    score,
  }));
}

const isTitle = ({ group }: Chosen): boolean => group.firstSentence === 0;

const overlaps = (a: Chosen, b: Chosen): boolean => isTitle(a) === isTitle(b) && a.start < b.end && a.end > b.start;

/**
 * Adds to `chosen`. A sentence that brings the one before it along may meet a passage that is there already: both become
 * one where there is room for it; else it comes without the sentence before.
 */
function place(next: Chosen, chosen: Chosen[], rules: PassageRules, read: ReadDocument): void {
  const met = chosen.findIndex((each) => overlaps(each, next));
  if (met === -1) {
    if (chosen.length < rules.max && !isShown(next.group, chosen, read)) chosen.push(next);
    return;
  }
  const together = joined(chosen[met]!, next, rules, read);
  if (together !== null) {
    chosen.splice(met, 1);
    place(together, chosen, rules, read);
    return;
  }
  const [start, end] = extentOf(next.group, rules, read, true);
  const bare = { ...next, start, end };
  const hasRoom = chosen.length < rules.max && !chosen.some((each) => overlaps(each, bare));
  if (hasRoom && !isShown(bare.group, chosen, read)) chosen.push(bare);
}

/** Each of its sentences says what another one, in a passage chosen before, says as well: the headline again, a quote set twice. */
function isShown({ firstSentence, lastSentence }: Group, chosen: readonly Chosen[], read: ReadDocument): boolean {
  const shown = chosen.flatMap(({ group }) => sentencesOf(group.firstSentence, group.lastSentence));
  return (
    shown.length > 0 &&
    sentencesOf(firstSentence, lastSentence).every((sentence) =>
      shown.some((other) => other !== sentence && isRepeatOf(textOf(sentence, read), textOf(other, read))),
    )
  );
}

const sentencesOf = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

function textOf(sentence: number, read: ReadDocument): string {
  const field = sentence === 0 ? read.document.title : read.document.text;
  return field.slice(...read.sentenceRanges[sentence]!);
}

function joined(a: Chosen, b: Chosen, rules: PassageRules, read: ReadDocument): Chosen | null {
  const start = Math.min(a.start, b.start);
  const end = Math.max(a.end, b.end);
  const field = isTitle(a) ? read.document.title : read.document.text;
  if (end - start > roomFor(field.slice(start, end), rules)) return null;
  const group = {
    evidence: [...a.group.evidence, ...b.group.evidence],
    firstSentence: Math.min(a.group.firstSentence, b.group.firstSentence),
    lastSentence: Math.max(a.group.lastSentence, b.group.lastSentence),
  };
  return { group, start, end, score: Math.max(a.score, b.score) };
}

/** Evidence that shares a sentence is one passage, as long as that passage does not grow too long. */
function groupBySentence(evidence: readonly TimedEvidence[], rules: PassageRules, read: ReadDocument): Group[] {
  const sorted = [...evidence].sort((a, b) => a.first - b.first || a.last - b.last);
  const groups: Group[] = [];
  for (const each of sorted) {
    const firstSentence = read.sentences[each.first]!;
    const lastSentence = read.sentences[each.last]!;
    const open = groups.at(-1);
    const shares = open !== undefined && firstSentence <= open.lastSentence;
    if (shares && (lastSentence <= open.lastSentence || fits(open.firstSentence, lastSentence, rules, read))) {
      open.evidence.push(each);
      open.lastSentence = Math.max(open.lastSentence, lastSentence);
    } else {
      groups.push({ evidence: [each], firstSentence, lastSentence });
    }
  }
  return groups;
}

function fits(firstSentence: number, lastSentence: number, rules: PassageRules, read: ReadDocument): boolean {
  const start = read.sentenceRanges[firstSentence]![0];
  const end = read.sentenceRanges[lastSentence]![1];
  return end - start <= roomFor(read.document.text.slice(start, end), rules);
}

/** What is news is shown before any background. */
const COST_OF_BACKGROUND = 100;

/** Required terms shown count most; then how tightly, how often, how early, and whether the title says it. */
function scoreOf({ evidence, firstSentence }: Group): number {
  const cost = evidence.every(({ time }) => time === 'background') ? COST_OF_BACKGROUND : 0;
  const shown = Math.max(...evidence.map((each) => each.weight));
  const tightness = evidence.reduce(
    (sum, each) => sum + FULL_WIDTH / Math.max(FULL_WIDTH, each.last - each.first + 1),
    0,
  );
  return 4 * shown + tightness + 1 / Math.log(10 + firstSentence) + (firstSentence === 0 ? 2 : 0) - cost;
}

/** [start, end) in the group's field; `isBare`: without the sentences around it. */
function extentOf(group: Group, rules: PassageRules, read: ReadDocument, isBare = false): Range {
  const field = group.firstSentence === 0 ? read.document.title : read.document.text;
  const own = trimmed(field, ...outerRange(group, read));
  const room = roomFor(field.slice(own[0], own[1]), rules);
  if (own[1] - own[0] > room) return cut(group, own, room, read);
  if (group.firstSentence === 0 || isBare) return own;
  const wide = withContext(group, own, rules, read);
  return wide[1] - wide[0] <= room ? wide : own;
}

function roomFor(text: string, rules: PassageRules): number {
  return DENSE_SCRIPT.test(text) && isDense(text) ? Math.round(rules.maxChars * DENSE_SHARE) : rules.maxChars;
}

function isDense(text: string): boolean {
  let dense = 0;
  for (const character of text) if (DENSE_SCRIPT.test(character)) dense += 1;
  return dense * 4 > text.length;
}

function withContext(group: Group, own: Range, rules: PassageRules, read: ReadDocument): Range {
  const { text } = read.document;
  const shown = text.slice(own[0], own[1]);
  const least = isDense(shown) ? MIN_CHARS * DENSE_SHARE : MIN_CHARS;
  const needsBefore = shown.length < least || CONTINUATION.test(shown);
  // What another text says before or after it is not context.
  const { first, behind } = read.textOf(group.firstSentence);
  const before = Math.max(first, group.firstSentence - Math.max(rules.context, needsBefore ? 1 : 0));
  const after = Math.min(behind - 1, group.lastSentence + rules.context);
  return trimmed(text, read.sentenceRanges[before]![0], read.sentenceRanges[after]![1]);
}

/** The best evidence with as much around it as there is room for, cut between words and never through evidence. */
function cut(group: Group, own: Range, room: number, read: ReadDocument): Range {
  const core = group.evidence.reduce((best, each) => (each.weight > best.weight ? each : best));
  let { first, last } = core;
  const sizeOf = (from: number, to: number) => read.ends[to]! - read.starts[from]!;
  const isIn = (token: number) =>
    token >= 0 &&
    token < read.count &&
    token < read.titleCount === core.first < read.titleCount &&
    read.starts[token]! >= own[0] &&
    read.ends[token]! <= own[1];
  for (let grew = true; grew; ) {
    grew = false;
    if (isIn(first - 1) && sizeOf(first - 1, last) <= room) {
      first -= 1;
      grew = true;
    }
    if (isIn(last + 1) && sizeOf(first, last + 1) <= room) {
      last += 1;
      grew = true;
    }
  }
  // Signs before the first word and after the last come along where there is room for them.
  const start = !isIn(first - 1) && read.ends[last]! - own[0] <= room ? own[0] : read.starts[first]!;
  const end = !isIn(last + 1) && own[1] - start <= room ? own[1] : read.ends[last]!;
  return [start, end];
}

function trimmed(field: string, start: number, end: number): Range {
  let from = start;
  let to = end;
  while (from < to && /\s/.test(field[from]!)) from++;
  while (to > from && /\s/.test(field[to - 1]!)) to--;
  return [from, to];
}

function toPassage(
  group: Group,
  start: number,
  end: number,
  evidence: readonly TimedEvidence[],
  read: ReadDocument,
): Passage {
  const inTitle = group.firstSentence === 0;
  const field = inTitle ? read.document.title : read.document.text;
  const tokens = new Set<number>();
  for (const each of evidence) {
    for (const token of each.tokens) {
      const isHere = token < read.titleCount === inTitle && read.starts[token]! >= start && read.ends[token]! <= end;
      if (isHere) tokens.add(token);
    }
  }
  const sorted = [...tokens].sort((a, b) => a - b);
  const cut = cutOf(start, end, trimmed(field, ...outerRange(group, read)));
  const { origin, shift } = inTitle ? TITLE : read.textOf(group.firstSentence).text;
  return {
    text: field.slice(start, end),
    field: inTitle ? 'title' : 'body',
    origin,
    start: start + shift,
    end: end + shift,
    highlights: joinNeighbours(sorted, field, end, read).map(([from, to]) => [from + shift, to + shift]),
    ...(cut === null ? {} : { cut }),
  };
}

const TITLE = { origin: 'title', shift: 0 } as const;

const outerRange = ({ firstSentence, lastSentence }: Group, read: ReadDocument): Range => [
  read.sentenceRanges[firstSentence]![0],
  read.sentenceRanges[lastSentence]![1],
];

function cutOf(start: number, end: number, [from, to]: Range): 'start' | 'end' | 'both' | null {
  if (start > from) return end < to ? 'both' : 'start';
  return end < to ? 'end' : null;
}

/** Matched words side by side are one highlight, so that a phrase reads as one. */
function joinNeighbours(tokens: readonly number[], field: string, shownEnd: number, read: ReadDocument): Range[] {
  const ranges: [number, number][] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const token of tokens) {
    const start = read.starts[token]!;
    const end = withLastPoint(field, start, read.ends[token]!, shownEnd);
    const open = ranges.at(-1);
    const touches = token === before + 1 && open !== undefined && /^[\s\-‐‑'’]*$/.test(field.slice(open[1], start));
    if (touches) open[1] = end;
    else ranges.push([start, end]);
    before = token;
  }
  return ranges;
}

/** The last point of U.S. belongs to it, though not to its token. */
const withLastPoint = (field: string, start: number, end: number, shownEnd: number): number =>
  end < shownEnd && field[end] === '.' && joinedInitials(field.slice(start, end)) !== null ? end + 1 : end;
