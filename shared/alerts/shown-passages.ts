// Which passages an alert shows, and where: sentences of the text first, the headline's own words in the headline.
import type { Match, Passage, Range } from '../model/match.ts';
import { cutAtHighlights } from '../model/passage-cuts.ts';
import { oneLine } from './plain-text.ts';

/** Of an alert of one topic. */
const MOST_OF_ONE_TOPIC = 3;
/** UTF-16 code units. Packs may ask for longer passages than a mail has room for. */
const LONGEST_SHOWN = 1_000;
/** Kept before the first matched word where a passage is cut. */
const BEFORE_HIGHLIGHT = 200;

/** One passage and the matches that it shows. */
export interface ShownPassage {
  readonly passage: Passage;
  readonly matches: readonly Match[];
}

/**
 * Of one topic up to three passages, in the order of the document; of several topics the most telling one each. A passage inside another
 * is shown as part of it, with the words of both marked. Those that only repeat the headline are left out: see `passageOfHeadline`.
 */
export function shownPassages(matches: readonly Match[]): readonly ShownPassage[] {
  const wanted = matches.flatMap((match) => {
    const ofText = match.passages.filter((passage) => !saysHeadline(passage, match));
    const telling = mostTelling(ofText);
    const some = matches.length === 1 ? ofText.slice(0, MOST_OF_ONE_TOPIC) : telling === null ? [] : [telling];
    return some.map((passage) => ({ passage, matches: [match] }));
  });
  return wanted
    .reduce<readonly ShownPassage[]>(withOneMore, [])
    .map(({ passage, matches: some }) => ({ passage: shortened(passage, LONGEST_SHOWN), matches: some }));
}

/** A sentence of the text before one that only repeats the headline; null where there is no passage. At most `most` UTF-16 code units of it. */
export function tellingPassage(match: Match, most = LONGEST_SHOWN): Passage | null {
  const passage = mostTelling(match.passages.filter((each) => !saysHeadline(each, match))) ?? match.passages[0] ?? null;
  return passage === null ? null : shortened(passage, most);
}

/** The headline with the matched words of all these matches; null where none of them holds in it. */
export function passageOfHeadline(matches: readonly Match[]): Passage | null {
  const found = matches.flatMap((match) => match.passages.filter((passage) => saysHeadline(passage, match)));
  const [joined] = found.reduce<readonly ShownPassage[]>(
    (shown, passage) => withOneMore(shown, { passage, matches: [] }),
    [],
  );
  return joined?.passage ?? null;
}

/** It stands in the headline, or a text repeats the headline. */
export const saysHeadline = ({ field, text }: Passage, { article }: Match): boolean =>
  field === 'title' || (text.length < 2 * article.title.length && folded(text) === folded(article.title));

const folded = (text: string): string => oneLine(text).toLowerCase();

/** The one with the most different matched words; the first of several. */
const mostTelling = (passages: readonly Passage[]): Passage | null =>
  passages.toSorted((a, b) => matchedWords(b) - matchedWords(a))[0] ?? null;

const matchedWords = (passage: Passage): number =>
  new Set(cutAtHighlights(passage).flatMap(({ text, marked }) => (marked ? [text.toLowerCase()] : []))).size;

function withOneMore(shown: readonly ShownPassage[], next: ShownPassage): readonly ShownPassage[] {
  const at = shown.findIndex(({ passage }) => holds(passage, next.passage) || holds(next.passage, passage));
  const met = shown[at];
  if (met === undefined) return [...shown, next];
  const wide = holds(met.passage, next.passage) ? met.passage : next.passage;
  const joined = {
    passage: { ...wide, highlights: union([...met.passage.highlights, ...next.passage.highlights]) },
    matches: [...new Set([...met.matches, ...next.matches])],
  };
  return shown.with(at, joined);
}

/** The same text, at the same place. */
const holds = (outer: Passage, inner: Passage): boolean =>
  outer.origin === inner.origin &&
  outer.start <= inner.start &&
  inner.end <= outer.end &&
  outer.text.slice(inner.start - outer.start).startsWith(inner.text);

const union = (ranges: readonly Range[]): readonly Range[] =>
  ranges
    .toSorted(([a], [b]) => a - b)
    .reduce<Range[]>((joined, [start, end]) => {
      const before = joined.at(-1);
      if (before !== undefined && start <= before[1]) joined.splice(-1, 1, [before[0], Math.max(before[1], end)]);
      else joined.push([start, end]);
      return joined;
    }, []);

/** Around its first matched word, between words. */
function shortened(passage: Passage, most: number): Passage {
  const { text, start, highlights } = passage;
  if (text.length <= most) return passage;
  const first = (highlights[0]?.[0] ?? start) - start;
  const from = first <= BEFORE_HIGHLIGHT ? 0 : gapAt(text, Math.min(first - BEFORE_HIGHLIGHT, text.length - most));
  const to = Math.min(text.length, from + most);
  const last = to === text.length ? to : Math.max(text.lastIndexOf(' ', to), from + most / 2);
  const isCutBefore = from > 0 || passage.cut === 'start' || passage.cut === 'both';
  const isCutAfter = last < text.length || passage.cut === 'end' || passage.cut === 'both';
  const { cut: _, ...whole } = passage;
  return {
    ...whole,
    text: text.slice(from, last).toWellFormed(),
    start: start + from,
    end: start + last,
    highlights: highlights.filter(([a, b]) => a >= start + from && b <= start + last),
    ...(isCutBefore && isCutAfter ? { cut: 'both' as const } : {}),
    ...(isCutBefore && !isCutAfter ? { cut: 'start' as const } : {}),
    ...(!isCutBefore && isCutAfter ? { cut: 'end' as const } : {}),
  };
}

function gapAt(text: string, at: number): number {
  const gap = text.indexOf(' ', at);
  return gap === -1 || gap - at > BEFORE_HIGHLIGHT / 2 ? at : gap + 1;
}
