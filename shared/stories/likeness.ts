// How alike a document and a story are: the words that both give weight to, and the time between them.
import { HOUR_MS } from '../core/time.ts';
import type { StoryRecord } from './story-record.ts';
import type { WeighedDocument } from './weigh-document.ts';

/** What the report most like it counts for; the rest is the story as a whole. */
const REPORT_SHARE = 0.5;
/** A story less like the document in words has no report that is like it, nor one that it is a copy of. */
export const LEAST_IN_WORDS = 0.12;
/** Taken off for the time since the story's last report: 0.09 after six hours, 0.21 after a day, 0.33 after three. */
const GAP_FACTOR = 0.13;
const GAP_UNIT_MS = 6 * HOUR_MS;
/** For documents whose time is a guess: a little care, and the same for all. */
const ASSUMED_GAP_MS = 2 * HOUR_MS;
/**
 * Taken off for the size of a story, for one of many reports is a little like everything, and the more so the longer it lasts: in a
 * long crisis each day has events of its own. 0.05 for ten texts at once, 0.12 after a day.
 */
const SIZE_FACTOR = 0.02;

/** How alike the document and the story as a whole are in words alone, 0 to 1. */
export const likenessInWords = (document: WeighedDocument, story: StoryRecord): number =>
  cosine(document, story.centroidKeys, story.centroidWeights, story.centroidLength);

/** 0 to 1, and below for what lies long ago. `inWords` is what `likenessInWords` says of them. */
export function likenessOf(
  document: WeighedDocument,
  story: StoryRecord,
  inWords = likenessInWords(document, story),
): number {
  let best = inWords;
  // Of a story with one report, that is the story.
  if (story.newest.length > 1 && inWords >= LEAST_IN_WORDS) {
    best = 0;
    for (const { keys, weights, length } of story.newest)
      best = Math.max(best, cosine(document, keys, weights, length));
  }
  const { timeMs, isTimeKnown } = document.document;
  const gap = unitsOf(isTimeKnown ? Math.max(timeMs - story.lastAtMs, story.firstAtMs - timeMs) : ASSUMED_GAP_MS);
  return (1 - REPORT_SHARE) * inWords + REPORT_SHARE * best - GAP_FACTOR * gap - sizeDistance(document, story);
}

/** What the size of the story took off. */
export function sizeDistance(document: WeighedDocument, story: StoryRecord): number {
  const { timeMs, isTimeKnown } = document.document;
  const age = isTimeKnown ? unitsOf(timeMs - story.firstAtMs) : 0;
  return SIZE_FACTOR * Math.log(story.texts) * (1 + age);
}

/** A span as it counts: 0.7 for six hours, 1.6 for a day, 2.6 for three. */
const unitsOf = (spanMs: number): number => Math.log1p(Math.max(0, spanMs) / GAP_UNIT_MS);

/** The weights of the document have length 1. Most keys are not shared, so the weights are looked at only where they are. */
function cosine(
  { words }: WeighedDocument,
  keys: readonly number[],
  weights: readonly number[],
  length: number,
): number {
  let product = 0;
  for (let i = 0; i < keys.length; i++) {
    const own = words.get(keys[i]!);
    if (own !== undefined) product += own.weight * weights[i]!;
  }
  return length === 0 ? 0 : product / length;
}
