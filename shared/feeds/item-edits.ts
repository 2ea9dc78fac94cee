// When an edited item is matched again: at most once an hour, and not many of a feed at a time. Pure.
import type { ArticleId } from '../model/ids.ts';
import { exactOf, lettersDiffer, minutesSince } from './item-note.ts';
import type { Sighting } from './item-sightings.ts';

/** Between two matches of an item whose words change again and again. Its first edit is matched at once. */
const MINUTES_BETWEEN_EDITS = 60;
/** Where only numbers, signs and white space have changed: view counters, comments, "5 minutes ago". */
const MINUTES_BETWEEN_COUNTS = 6 * 60;
/** Items of a feed that are matched again within an hour: a feed whose texts all change at each poll is not matched whole at each poll. */
const MOST_EDITS_AN_HOUR = 12;

/**
 * The items to match again now, with the ids of their articles. Those that were never matched again come first, then those that have waited
 * longest. `idOf` gives null for an item whose article is not known any more: it is left alone, for under another id all its matches would
 * be told again.
 */
export function editsDue(
  sightings: readonly Sighting[],
  idOf: (sighting: Sighting) => ArticleId | null,
  now: Date,
): ReadonlyMap<Sighting, ArticleId> {
  const lately = sightings.filter(({ note }) => note?.note.wasEdited && ageOf(note.note) < MINUTES_BETWEEN_EDITS);
  const room = Math.max(0, MOST_EDITS_AN_HOUR - lately.length);
  const waiting = sightings.filter(isDue).sort((one, other) => rankOf(other) - rankOf(one));
  const due = new Map<Sighting, ArticleId>();
  for (const one of waiting) {
    const id = due.size < room ? idOf(one) : null;
    if (id !== null) due.set(one, id);
  }
  return due;

  function isDue({ identified: { item }, note }: Sighting): boolean {
    if (note === null || note.note.exact === exactOf(item)) return false;
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
