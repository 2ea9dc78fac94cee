// When an edited item is matched again: at most once an hour, and not many of a feed at a time. Pure.
import { HOUR_MINUTES } from '../core/time.ts';
import type { ArticleId } from '../model/ids.ts';
import { exactOf, lettersDiffer, minutesSince } from './item-note.ts';
import type { Sighting } from './item-sightings.ts';

/** Between two matches of an item whose words change again and again. Its first edit is matched at once. */
const MINUTES_BETWEEN_EDITS = HOUR_MINUTES;
/** Where only numbers, signs and white space have changed: view counters, comments, "5 minutes ago". */
const MINUTES_BETWEEN_COUNTS = 6 * HOUR_MINUTES;
/** Items of a feed that are matched again within an hour: a feed whose texts all change at each poll is not matched whole at each poll. */
const MOST_EDITS_AN_HOUR = 12;

export interface Edits {
  /** The items to match again now, with the ids of their articles. */
  readonly due: ReadonlyMap<Sighting, ArticleId>;
  /** Others have changed too, but their hour has not passed: the document is needed again, even if it stays as it is. */
  readonly othersWait: boolean;
}

/**
 * Items that were never matched again come first, then those that have waited longest. `idOf` gives null for an item whose article is not
 * known any more: it is left alone, because under another id all its matches would be alerted again.
 */
export function editsDue(
  sightings: readonly Sighting[],
  idOf: (sighting: Sighting) => ArticleId | null,
  now: Date,
): Edits {
  const lately = sightings.filter(({ note }) => note?.note.wasEdited && ageOf(note.note) < MINUTES_BETWEEN_EDITS);
  const room = Math.max(0, MOST_EDITS_AN_HOUR - lately.length);
  const changed = sightings.filter(
    ({ identified: { item }, note }) => note !== null && note.note.exact !== exactOf(item),
  );
  const due = new Map<Sighting, ArticleId>();
  for (const one of changed.filter(isDue).sort((one, other) => rankOf(other) - rankOf(one))) {
    const id = due.size < room ? idOf(one) : null;
    if (id !== null) due.set(one, id);
  }
  return { due, othersWait: changed.some((one) => !due.has(one) && idOf(one) !== null) };

  function isDue({ identified: { item }, note }: Sighting): boolean {
    if (note === null) return false;
    if (!lettersDiffer(item, note.note)) return ageOf(note.note) >= MINUTES_BETWEEN_COUNTS;
    return !note.note.wasEdited || ageOf(note.note) >= MINUTES_BETWEEN_EDITS;
  }

  function ageOf(note: NonNullable<Sighting['note']>['note']): number {
    return minutesSince(note, now);
  }

  function rankOf({ note }: Sighting): number {
    return note === null || !note.note.wasEdited ? Number.MAX_SAFE_INTEGER : ageOf(note.note);
  }
}
