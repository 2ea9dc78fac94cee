// What each item of a document is, held against what is remembered of its feed: known by which key, renamed, re-dated, or new. Pure.
// How an item is known over time: docs/adr/0008-identity-over-time.md.
import { DAY_MS } from '../core/time.ts';
import type { Item } from '../model/item.ts';
import { formerKeysOf } from './former-names.ts';
import { hasInstant, type IdentifiedItem, identifyItems, KEY_DIGITS, reusedMark, storyKey } from './item-identity.ts';
import { decodeNote, exactOf, isAnotherItem, lettersDiffer, linkTagOf, minuteOf, type Note } from './item-note.ts';

/** Names found to be reused may uncover others: guid, then page, then title. */
const MOST_ROUNDS = 4;

// ---------------------------------------------------------------- what is remembered

export interface Memory {
  readonly keys: ReadonlySet<string>;
  /** By the name under which each stands; those names are among the keys. */
  readonly notes: ReadonlyMap<string, Note>;
}

export function readMemory(current: ReadonlySet<string>): Memory {
  const keys = new Set<string>();
  const notes = new Map<string, Note>();
  for (const entry of current) {
    const key = entry.slice(0, KEY_DIGITS);
    keys.add(key);
    const note = entry.length > KEY_DIGITS ? decodeNote(entry.slice(KEY_DIGITS)) : null;
    if (note !== null) notes.set(key, note);
  }
  return { keys, notes };
}

// ---------------------------------------------------------------- what each item is

/** One item of the document, held against what is remembered. */
export interface Sighting {
  readonly identified: IdentifiedItem;
  /**
   * held: known by a key of the current memory. past: by one of the past. renamed: by its story alone, under another guid and link.
   * redated: by its words alone, under another date. moved: by its link alone, where its note shows that it is an edit.
   */
  readonly is: 'held' | 'past' | 'renamed' | 'redated' | 'moved' | 'fresh';
  readonly note: { readonly name: string; readonly note: Note } | null;
}

export interface Sight {
  readonly sightings: readonly Sighting[];
  /** Marks of names that are found to be reused in this document. */
  readonly marks: ReadonlySet<string>;
}

/** Reused names identify nothing: the items are identified again without them, until no more reused names are found. */
export function sight(
  document: { readonly items: readonly Item[]; readonly siteUrl: string | null },
  memory: Memory,
  weeks: readonly ReadonlySet<string>[],
  now: Date,
  lastPolledAt: string | null,
): Sight {
  const marks = new Set<string>();
  const has = (key: string): boolean => memory.keys.has(key) || weeks.some((week) => week.has(key));
  const isReused = (name: string): boolean => {
    const mark = reusedMark(name);
    return marks.has(mark) || has(mark);
  };
  for (let round = 1; ; round += 1) {
    const items = identifyItems(document.items, document.siteUrl, isReused);
    const reused = round > MOST_ROUNDS ? [] : items.flatMap((item) => namesReused(item, items, memory, has));
    if (reused.length === 0) return { sightings: sightingsOf(items, memory, has, now, lastPolledAt), marks };
    for (const name of reused) marks.add(reusedMark(name));
  }
}

/** Of one item: names that showed another item before. */
function namesReused(
  one: IdentifiedItem,
  items: readonly IdentifiedItem[],
  { notes, keys: current }: Memory,
  has: (key: string) => boolean,
): readonly string[] {
  const { keys, item, linkIsOwn } = one;
  const note = notes.get(keys.name);
  if (note !== undefined) {
    if (keys.namedBy === 'look' || note.exact === exactOf(item)) return [];
    if (!isAnotherItem(one, note) && !isShownElsewhere(note, one, items)) return [];
    const isSameLink = linkIsOwn && note.link === linkTagOf(item);
    return isSameLink && keys.page !== null ? [keys.name, keys.page] : [keys.name];
  }
  if (!linkIsOwn || keys.page === null || has(keys.name) || current.has(keys.look)) return [];
  // A new guid, on the link of a known item.
  const tag = linkTagOf(item);
  const others = [...notes.values()].filter((other) => other.byLink && other.link === tag);
  return others.length > 0 && others.every((other) => isAnotherItem(one, other)) ? [keys.page] : [];
}

/** What was noted under a name stands beside it under another: guids that say the place in the list. */
const isShownElsewhere = (note: Note, one: IdentifiedItem, items: readonly IdentifiedItem[]): boolean =>
  note.link !== linkTagOf(one.item) &&
  items.some((other) => note.exact === exactOf(other.item) && note.link === linkTagOf(other.item));

function sightingsOf(
  items: readonly IdentifiedItem[],
  memory: Memory,
  has: (key: string) => boolean,
  now: Date,
  lastPolledAt: string | null,
): readonly Sighting[] {
  const noteOfItem = noteFinder(items, memory);
  const isHeldIn = (key: (name: string) => boolean, item: IdentifiedItem, { keys } = item): boolean =>
    key(keys.name) ||
    key(keys.look) ||
    (keys.otherLook !== null && key(keys.otherLook) && !isAnotherOnItsLink(item, memory));
  const inCurrent = (key: string): boolean => memory.keys.has(key);
  const held = new Set(items.filter((item) => isHeldIn(inCurrent, item)));
  const past = new Set(items.filter((item) => !held.has(item) && isHeldIn(has, item)));
  for (const item of items) {
    if (held.has(item) || past.has(item) || noteOfItem(item)?.by === 'name') continue;
    const former = formerKeysOf(item).filter(has);
    if (former.length > 0) (former.some(inCurrent) ? held : past).add(item);
  }
  const open = items.filter((item) => !held.has(item) && !past.has(item));
  const renamed = renamedAmong(open, items, memory.keys, has);
  const moved = new Set(open.filter((item) => !renamed.has(item) && noteOfItem(item)?.by === 'link'));
  const rest = open.filter((item) => !renamed.has(item) && !moved.has(item));
  const redated = redatedAmong(rest, items, memory.keys, now, lastPolledAt);
  const kinds = { held, past, renamed, moved, redated };
  const isOf = (item: IdentifiedItem): Sighting['is'] =>
    (Object.keys(kinds) as (keyof typeof kinds)[]).find((kind) => kinds[kind].has(item)) ?? 'fresh';
  return items.map((identified) => {
    const is = isOf(identified);
    return { identified, is, note: is === 'fresh' ? null : noteOfItem(identified) };
  });
}

/** A link that was seen to be reused may show two items of one title on a day: the notes of its items decide. */
function isAnotherOnItsLink(one: IdentifiedItem, { notes }: Memory): boolean {
  const { keys, item, linkIsOwn } = one;
  if (linkIsOwn || keys.page === null || !keys.marks.includes(reusedMark(keys.page))) return false;
  const tag = linkTagOf(item);
  const others = [...notes.values()].filter((other) => other.byLink && other.link === tag);
  return others.length > 0 && others.every((other) => other.exact !== exactOf(item) && isAnotherItem(one, other));
}

/** The note of an item: under its name, else that of the same link, else that of the same words, where no other item has it. */
function noteFinder(items: readonly IdentifiedItem[], { notes }: Memory) {
  const names = new Set(items.map(({ keys }) => keys.name));
  const free = [...notes].filter(([name]) => !names.has(name));
  type Found = { readonly name: string; readonly note: Note; readonly by: 'name' | 'link' | 'words' };
  return ({ item, keys, linkIsOwn }: IdentifiedItem): Found | null => {
    const own = notes.get(keys.name);
    if (own !== undefined) return { name: keys.name, note: own, by: 'name' };
    if (free.length === 0) return null;
    const tag = linkIsOwn ? linkTagOf(item) : null;
    const byLink = free.find(([, note]) => note.byLink && note.link === tag);
    if (byLink !== undefined) return { name: byLink[0], note: byLink[1], by: 'link' };
    const exact = exactOf(item);
    const alike = free.filter(([, note]) => note.exact === exact && !lettersDiffer(item, note));
    const [found] = [...alike.filter(([, note]) => note.minute === minuteOf(item)), ...alike];
    return found === undefined ? null : { name: found[0], note: found[1], by: 'words' };
  };
}

/**
 * Items under an unknown guid and link with a known story: same title, text and date. Several items may have the same one (warnings
 * for several places); so as many are known as were known before, less those that are known by their own keys.
 */
function renamedAmong(
  open: readonly IdentifiedItem[],
  items: readonly IdentifiedItem[],
  current: ReadonlySet<string>,
  has: (key: string) => boolean,
): ReadonlySet<IdentifiedItem> {
  const renamed = new Set<IdentifiedItem>();
  const isOpen = new Set(open);
  for (const [story, tellers] of Map.groupBy(items, ({ keys }) => keys.story)) {
    if (story === null) continue;
    const unheld = tellers.filter((teller) => isOpen.has(teller));
    if (unheld.length === 0) continue;
    // Without an instant the same words may come again: only what was there a moment ago and is gone now has changed its name.
    const isKnown = hasInstant(tellers[0]!.item) ? has : (key: string): boolean => current.has(key);
    let known = 0;
    while (isKnown(storyKey(story, known))) known += 1;
    for (const teller of unheld.slice(0, Math.max(0, known - (tellers.length - unheld.length)))) renamed.add(teller);
  }
  return renamed;
}

/**
 * Items that neither a known guid nor a page of their own holds, whose words the last document held under another date: the publisher
 * re-dates them.
 * The same words may be a new issue of a bulletin, which must not be lost; so they count as known only where the old item is gone, no other
 * says the same, and the date is not one that a new issue would have: there is none, it lies in the future or days before the last poll,
 * or all items bear the same one, that of the document.
 */
function redatedAmong(
  unknown: readonly IdentifiedItem[],
  items: readonly IdentifiedItem[],
  current: ReadonlySet<string>,
  now: Date,
  lastPolledAt: string | null,
): ReadonlySet<IdentifiedItem> {
  const isDatedAsOne = datesAreOfTheDocument(items);
  const uses = Map.groupBy(items, ({ keys }) => keys.words);
  return new Set(
    unknown.filter(({ item, keys: { words } }) => {
      if (words === null || !current.has(words) || uses.get(words)!.length > 1) return false;
      const at = Date.parse(item.published ?? item.updated ?? '');
      if (Number.isNaN(at) || at > now.getTime() + DAY_MS || isDatedAsOne) return true;
      return lastPolledAt !== null && at < Date.parse(lastPolledAt) - DAY_MS;
    }),
  );
}

/** Three items or more, all of the same minute. */
function datesAreOfTheDocument(items: readonly IdentifiedItem[]): boolean {
  const minutes = items.map(({ item }) => (item.published ?? item.updated ?? '').slice(0, 16));
  return minutes.length >= 3 && minutes[0] !== '' && new Set(minutes).size === 1;
}
