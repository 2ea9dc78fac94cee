// Which items of a document are new, which were edited, and what to remember of it. Pure; the past is asked for only when something looks
// new. How an item is known over time: docs/adr/0008-identity-over-time.md.
//
// Memory grows with new items only: a known item keeps the keys by which it is known. Were its other key added each time it
// changed, a feed whose guids change at each poll would write at each poll.
import { DAY_MS, SECOND_MS } from '../core/time.ts';
import type { FeedMemory } from '../model/feed.ts';
import { type ArticleId, articleIdOf, type FeedId } from '../model/ids.ts';
import type { Item } from '../model/item.ts';
import { formerArticleId } from './former-names.ts';
import { editsDue } from './item-edits.ts';
import { articleIdOfItem, articleIdOfLink, type IdentifiedItem, reusedMark, storyKey } from './item-identity.ts';
import { encodeNote, linkTagOf, minutesSince, type Note, noteOf } from './item-note.ts';
import { type Memory, readMemory, type Sight, type Sighting, sight } from './item-sightings.ts';
import { areWorthMoving, articleStillTold, byAge, bytesOf, isOneRecord, leaveOutArticles } from './memory-size.ts';

/** Days an item that left the document is remembered: one that returns within them sends no second alert. */
const PAST_DAYS = 90;
/** Bound on what is remembered of a feed's past, for feeds that invent thousands of items a day: about 600 KB. */
const MOST_PAST_KEYS = 100_000;
/** Notes of items that left are kept where a feed shows few: a bulletin that comes and goes is compared with the last ones. */
const FEW_NOTES = 6;
/** Of a longer document the items that came or were edited last have notes: about nine kilobytes. What is older is seldom edited. */
const MOST_NOTED = 200;

export interface WatchedDocument {
  readonly feedId: FeedId;
  readonly items: readonly Item[];
  /** The site's home page; null when not known. */
  readonly siteUrl: string | null;
  readonly isFirst: boolean;
}

/** An item to match, with the id of its article. */
export interface MatchableItem extends IdentifiedItem {
  readonly articleId: ArticleId;
}

export interface EditedItem extends MatchableItem {
  /** It was there at the feed's first poll: its old words are not news. */
  readonly isStock: boolean;
}

export interface Comparison {
  /** Every item of the document, without repeats. */
  readonly items: readonly IdentifiedItem[];
  /** Items never seen, or not for 90 days; in the order of the document. */
  readonly fresh: readonly MatchableItem[];
  /** Known items whose words have changed and which are due to be matched again; in the order of the document. */
  readonly edited: readonly EditedItem[];
  /** Other known items have changed too, and have to wait for their turn. */
  readonly editsWait: boolean;
  /** Dates of items noted that the document no longer shows: minutes since 1970. */
  readonly earlierMinutes: readonly number[];
  /** The argument of `saveMemory`; null when the memory holds all that is needed, so that nothing is written. */
  readonly change: {
    readonly current: ReadonlySet<string>;
    readonly week: string;
    readonly left: ReadonlySet<string>;
    /** Epoch seconds. */
    readonly expiresAt: number;
  } | null;
}

/**
 * `loadPast` is called only if an item is not in `current`. `lastPolledAt`: the last poll that changed `current` or may have; null where
 * that is not known.
 */
export async function compareWithMemory(
  document: WatchedDocument,
  current: ReadonlySet<string>,
  loadPast: () => Promise<FeedMemory['past']>,
  now: Date,
  lastPolledAt: string | null = null,
): Promise<Comparison> {
  const memory = readMemory(current);
  const atFirst = sight(document, memory, [], now, lastPolledAt);
  const isFamiliar = atFirst.sightings.every(({ is }) => is === 'held' || is === 'renamed');
  const weeks = isFamiliar ? [] : [...(await loadPast()).values()];
  const seen = isFamiliar ? atFirst : sight(document, memory, weeks, now, lastPolledAt);
  const { due: edited, othersWait } = editsDue(seen.sightings, idOfNoted(document.feedId), now);
  const isNoted = (one: Sighting): boolean => one.note !== null || document.items.length > MOST_NOTED;
  const isSettled =
    isFamiliar &&
    edited.size === 0 &&
    seen.marks.size === 0 &&
    seen.sightings.every((one) => isNoted(one) && !isRenamedNow(one));
  const found = {
    items: seen.sightings.map(({ identified }) => identified),
    fresh: seen.sightings
      .filter(({ is }) => is === 'fresh')
      .map(({ identified }) => ({ ...identified, articleId: articleIdOfItem(document.feedId, identified) })),
    edited: seen.sightings.flatMap((one) => {
      const articleId = edited.get(one);
      return articleId === undefined
        ? []
        : [{ ...one.identified, articleId, isStock: one.note?.note.isStock === true }];
    }),
    editsWait: othersWait,
    earlierMinutes: earlierMinutes(seen.sightings, memory),
  };
  // Keys that left the document are forgotten only when there is something to write: being remembered for longer does no harm.
  if (isSettled) return { ...found, change: null };
  return { ...found, change: changeOf(seen, new Set(edited.keys()), memory, weeks, document, now) };
}

// ---------------------------------------------------------------- what to do about it

/** The article under which a noted item was matched; null where its link has changed since, and its article is not kept. */
const idOfNoted =
  (feedId: FeedId) =>
  ({ identified: { item }, note }: Sighting): ArticleId | null => {
    if (note === null) return null;
    if (!note.note.byLink) return articleIdOf(feedId, note.name);
    return note.note.article ?? (linkTagOf(item) === note.note.link ? articleIdOfLink(item) : null);
  };

/** The first time that an item comes under another guid and link it gets them as keys, for it may stay under them and be edited. */
const isRenamedNow = ({ is, note }: Sighting): boolean => is === 'renamed' && note !== null && !note.note.wasRenamed;

function earlierMinutes(sightings: readonly Sighting[], { notes }: Memory): readonly number[] {
  const shown = new Set(sightings.map(({ note }) => note?.name));
  return [...notes].flatMap(([name, { minute }]) => (shown.has(name) || minute === null ? [] : [minute]));
}

// ---------------------------------------------------------------- what to remember

function changeOf(
  { sightings, marks }: Sight,
  edited: ReadonlySet<Sighting>,
  memory: Memory,
  weeks: readonly ReadonlySet<string>[],
  document: WatchedDocument,
  now: Date,
): Comparison['change'] {
  const isKnown = (key: string): boolean => memory.keys.has(key) || weeks.some((week) => week.has(key));
  const next = new Set<string>(marks);
  const notes = new Map<string, Note>();
  /** Known, but beyond the bound so far; or remembered from before notes were taken. */
  const unnoted = new Set<string>();
  const stories = new Map<string, number>();
  for (const one of sightings) {
    const { keys } = one.identified;
    const isNew = one.is === 'fresh' || one.note === null || isRenamedNow(one);
    for (const key of keysToKeep(keys, isNew, isKnown)) next.add(key);
    for (const mark of [...keys.marks, ...keys.shared.map(reusedMark)]) next.add(mark);
    if (keys.story !== null) {
      const nth = stories.get(keys.story) ?? 0;
      stories.set(keys.story, nth + 1);
      const key = storyKey(keys.story, nth);
      if (isNew || edited.has(one) || isKnown(key)) next.add(key);
    }
    const [name, note] = notedAs(one, edited.has(one), document, now);
    notes.set(name, note);
    if (one.note === null && one.is !== 'fresh') unnoted.add(name);
  }
  const newest = byAge(notes, now);
  const last = [...newest.filter((name) => !unnoted.has(name)), ...unnoted].slice(MOST_NOTED);
  for (const name of last) notes.delete(name);
  for (const [name, note] of lastLeft(memory, notes, now)) notes.set(name, note);
  for (const name of notes.keys()) next.delete(name);
  const roomInPast = Math.max(0, MOST_PAST_KEYS - weeks.reduce((sum, week) => sum + week.size, 0));
  const gone = [...memory.keys].filter((key) => !next.has(key) && !notes.has(key));
  const bytes = bytesOf(next.size, notes.size);
  const isWorthMoving = areWorthMoving(gone.length, bytes);
  if (!isWorthMoving) for (const key of gone) next.add(key);
  leaveOutArticles(notes, bytesOf(next.size, notes.size), now);
  for (const [name, note] of notes) next.add(`${name}${encodeNote(note)}`);
  const expiresAt = Math.floor((now.getTime() + PAST_DAYS * DAY_MS) / SECOND_MS);
  return {
    current: next,
    week: isoWeek(now),
    left: new Set(isWorthMoving ? gone.slice(0, roomInPast) : []),
    expiresAt,
  };
}

function keysToKeep(
  { name, look, otherLook, words }: IdentifiedItem['keys'],
  isNew: boolean,
  isKnown: (key: string) => boolean,
): readonly string[] {
  const isHeldBy = [name, look].filter(isKnown);
  const saying = words === null ? [] : [words];
  if (isHeldBy.length > 0) return [...isHeldBy, ...saying.filter((key) => isNew || isKnown(key))];
  // New; or known by its other look only, which it shows as long as it shares its link.
  const others = otherLook !== null && isKnown(otherLook) ? [otherLook] : [];
  return [name, look, ...others, ...saying];
}

function notedAs(
  { identified, is, note }: Sighting,
  isEdited: boolean,
  { isFirst, items }: WatchedDocument,
  now: Date,
): readonly [name: string, note: Note] {
  const { name } = identified.keys;
  const isShort = isOneRecord(bytesOf(2 * items.length, items.length));
  if (note === null) {
    // Known without a note: what was remembered before notes were taken. When it was first seen is not known.
    const isStock = isFirst || is !== 'fresh';
    const noted = noteOf(identified, { wasEdited: false, isStock, wasRenamed: false }, now);
    return [name, is === 'fresh' || !noted.byLink ? noted : { ...noted, article: formerArticleId(identified) }];
  }
  if (isEdited) {
    const { isStock, wasRenamed, byLink, article } = note.note;
    const after = noteOf(identified, { wasEdited: true, isStock, wasRenamed }, now);
    // Whatever its link is now, its article keeps its id. Where the note does not hold it, the link has stayed.
    return [note.name, { ...after, byLink, article: byLink ? (article ?? after.article) : null }];
  }
  const kept = isShort ? { ...note.note, article: articleStillTold(note.note, identified.item) } : note.note;
  return [note.name, is === 'renamed' ? { ...kept, wasRenamed: true } : kept];
}

/** The newest notes of items that left, where the document shows few. */
function lastLeft({ notes: before }: Memory, shown: ReadonlyMap<string, Note>, now: Date) {
  const left = [...before].filter(([name]) => !shown.has(name));
  const ageOf = ([, note]: (typeof left)[number]): number => minutesSince(note, now);
  return left.sort((one, other) => ageOf(one) - ageOf(other)).slice(0, Math.max(0, FEW_NOTES - shown.size));
}

/** `2026-W47`: ISO 8601 week, UTC. */
function isoWeek(instant: Date): string {
  const day = new Date(Date.UTC(instant.getUTCFullYear(), instant.getUTCMonth(), instant.getUTCDate()));
  // The week belongs to the year of its Thursday.
  day.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
  const firstOfYear = Date.UTC(day.getUTCFullYear(), 0, 1);
  const week = Math.ceil(((day.getTime() - firstOfYear) / DAY_MS + 1) / 7);
  return `${day.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
}
