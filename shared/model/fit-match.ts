// A match within the bounds of its record: under 32 KB, whatever an article holds.
import { CUT_MARK, keptBytes } from '../text/cut-to-bytes.ts';
import { articleSourceSchema } from './article.ts';
import { fitterOf } from './fit.ts';
import { type Match, matchSchema, type Passage, type Range } from './match.ts';

/** Bytes of UTF-8. */
const ALL_PASSAGES = 9_000;
const MOST_PASSAGES = 20;
/** Highlights of all passages together. */
const MOST_HIGHLIGHTS = 200;

const fitFields = fitterOf(matchSchema);

/** The match as it is stored: what is too long is cut with a mark, what cannot be cut is left out. */
export const fitMatch = (match: Match): Match => ({ ...fitFields(match), passages: fitPassages(match.passages) });

export const fitSource = fitterOf(articleSourceSchema);

/** Passages share the room evenly when all together are too long; a short one keeps its whole text. */
function fitPassages(passages: readonly Passage[]): readonly Passage[] {
  const some = passages.slice(0, MOST_PASSAGES);
  const bytes = some.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  const share = bytes <= ALL_PASSAGES ? ALL_PASSAGES : Math.floor(ALL_PASSAGES / some.length);
  const highlights = Math.floor(MOST_HIGHLIGHTS / Math.max(1, some.length));
  return some.map((passage) => fitPassage(passage, share, highlights));
}

/** After a cut `text` is the beginning of the passage and the mark; `end` and the highlights lie within that beginning. */
function fitPassage(passage: Passage, maxBytes: number, maxHighlights: number): Passage {
  const fewer = { ...passage, highlights: passage.highlights.slice(0, maxHighlights) };
  if (Buffer.byteLength(passage.text) <= maxBytes) return fewer;
  const kept = keptBytes(passage.text, maxBytes - Buffer.byteLength(CUT_MARK));
  const end = passage.start + kept.length;
  // The mark says it of the end.
  const { cut, ...whole } = fewer;
  return {
    ...whole,
    ...(cut === 'start' || cut === 'both' ? { cut: 'start' as const } : {}),
    text: kept + CUT_MARK,
    end,
    highlights: fewer.highlights.flatMap(([from, to]): readonly Range[] =>
      from >= end ? [] : [[from, Math.min(to, end)]],
    ),
  };
}
