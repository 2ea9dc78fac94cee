// What a feed's memory may hold, by what its records cost: a write unit pays for a kilobyte. Pure.
import type { ArticleId } from '../model/ids.ts';
import type { Item } from '../model/item.ts';
import { articleIdOfLink } from './item-identity.ts';
import { linkTagOf, minutesSince, type Note, tagOfArticle } from './item-note.ts';

/**
 * So many keys that left the document stay in `current`, and move to the past together: one write for twenty-odd items instead of one
 * each. More of them, as long as they take no further write unit. For a feed that lists few items it is most of what is remembered.
 */
const LEFT_TOGETHER = { least: 60, most: 144 } as const;
/** Bytes that a write unit pays for, and what a record has beside its entries. */
const UNIT_BYTES = 1024;
const RECORD_BYTES = 96;
const KEY_BYTES = 6;
const NOTE_BYTES = 32;
const ARTICLE_BYTES = 17;
/** Of entries; a larger memory is spread over several records (memory-pages.ts). */
const ONE_RECORD_BYTES = 1_980;
/**
 * So many of the newest notes hold the article of their item; more of them as long as they take no further write unit. For the others the
 * article follows from the item's link, as long as that stays.
 */
const ARTICLES_KEPT = { least: 3, most: 12 } as const;

/** Of a memory with so many keys and, behind further keys, notes. Articles that are always kept count, others do not. */
export const bytesOf = (keys: number, notes: number): number =>
  RECORD_BYTES + keys * KEY_BYTES + notes * (KEY_BYTES + NOTE_BYTES) + ARTICLES_KEPT.least * ARTICLE_BYTES;

export const isOneRecord = (bytes: number): boolean => bytes - RECORD_BYTES <= ONE_RECORD_BYTES;

/** Whether so many keys that left are to be moved to the past; `bytes`: of the memory without them. */
export function areWorthMoving(gone: number, bytes: number): boolean {
  const unitsOf = (all: number): number => Math.ceil(all / UNIT_BYTES);
  if (gone >= LEFT_TOGETHER.most) return true;
  return gone >= LEFT_TOGETHER.least && unitsOf(bytes) < unitsOf(bytes + gone * KEY_BYTES);
}

/** The article of a note that does not hold it, where its link is still the same. */
export const articleStillTold = ({ byLink, article, link }: Note, item: Item): ArticleId | null =>
  byLink && article === null && link === linkTagOf(item) ? articleIdOfLink(item) : article;

/**
 * Leaves out the notes' articles that follow from the link anyway; the newest keep them longest. `bytes`: of the memory without them. In one of
 * several records many are left out at a time, for each of them may be a record more to write.
 */
export function leaveOutArticles(notes: Map<string, Note>, bytes: number, now: Date): void {
  const { least, most } = ARTICLES_KEPT;
  const room = least + Math.floor((-bytes & (UNIT_BYTES - 1)) / ARTICLE_BYTES);
  const kept = isOneRecord(bytes) ? Math.min(most, room) : mostOfSeveral([...notes.values()]);
  for (const name of byAge(notes, now).slice(kept)) {
    const note = notes.get(name)!;
    if (isToldByLink(note)) notes.set(name, { ...note, article: null });
  }
}

function mostOfSeveral(notes: readonly Note[]): number {
  const held = notes.filter((note) => note.article !== null && isToldByLink(note)).length;
  return held > 2 * ARTICLES_KEPT.most ? ARTICLES_KEPT.most : notes.length;
}

const isToldByLink = ({ link, article }: Note): boolean => link === tagOfArticle(article);

/** Names of notes, those first whose items were matched last. */
export const byAge = (notes: ReadonlyMap<string, Note>, now: Date): readonly string[] =>
  [...notes].sort(([, one], [, other]) => minutesSince(one, now) - minutesSince(other, now)).map(([name]) => name);
