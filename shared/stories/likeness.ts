// How alike a document and a story are: the words that both give weight to, and the time between them.
import { HOUR_MS } from '../core/time.ts';
import type { StoryRecord } from './story-record.ts';
import type { WeighedDocument } from './weigh-document.ts';

/** What the report most like it counts for; the rest is the story as a whole. */
const REPORT_SHARE = 0.45;
/** A story less like the document as a whole has no report that is like it. */
const LEAST_WHOLE = 0.12;
/** Taken off for the time since the story's last report: 0.07 after six hours, 0.16 after a day, 0.26 after three. */
const GAP_FACTOR = 0.1;
const GAP_UNIT_MS = 6 * HOUR_MS;
/** For documents whose time is not known: two alike ones may lie far apart. */
const ASSUMED_GAP_MS = 6 * HOUR_MS;

/** 0 to 1, and below for what lies long ago. */
export function likenessOf(document: WeighedDocument, story: StoryRecord): number {
  const whole = cosine(document.weights, story.centroidKeys, story.centroidWeights);
  let best = whole;
  // Of a story with one report, that is the story.
  if (story.newest.length > 1 && whole >= LEAST_WHOLE) {
    best = 0;
    for (const { keys, weights } of story.newest) best = Math.max(best, cosine(document.weights, keys, weights));
  }
  const { timeMs, isTimeKnown } = document.document;
  const gap = Math.max(isTimeKnown ? 0 : ASSUMED_GAP_MS, timeMs - story.lastAtMs, story.firstAtMs - timeMs);
  return (1 - REPORT_SHARE) * whole + REPORT_SHARE * best - GAP_FACTOR * Math.log1p(gap / GAP_UNIT_MS);
}

/** `weights` have length 1; the other side has what it has. */
function cosine(weights: ReadonlyMap<number, number>, keys: readonly number[], others: readonly number[]): number {
  let product = 0;
  let squares = 0;
  for (let i = 0; i < keys.length; i++) {
    const other = others[i]!;
    squares += other * other;
    const own = weights.get(keys[i]!);
    if (own !== undefined) product += own * other;
  }
  return squares === 0 ? 0 : product / Math.sqrt(squares);
}
