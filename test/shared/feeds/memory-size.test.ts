// Articles of notes: which of them are left out, and which come back.
import { articleIdOfLink, identifyItems } from '../../../shared/feeds/item-identity.ts';
import { type Note, noteOf } from '../../../shared/feeds/item-note.ts';
import {
  areWorthMoving,
  articleStillTold,
  byAge,
  bytesOf,
  isOneRecord,
  leaveOutArticles,
} from '../../../shared/feeds/memory-size.ts';
import { anItem, later, START } from '../../support/builders.ts';

const NOW = new Date(START);
const NEW = { wasEdited: false, isStock: false, wasRenamed: false };
const item = anItem({ url: 'https://news.example.org/a' });
const note = noteOf(identifyItems([item], null)[0]!, NEW, NOW);

it('an article that a note does not hold follows from the link, as long as that stays', () => {
  const bare = { ...note, article: null };

  expect(articleStillTold(bare, item)).toBe(articleIdOfLink(item));
  expect(articleStillTold(bare, { ...item, url: 'https://news.example.org/b' })).toBeNull();
  expect(articleStillTold({ ...bare, byLink: false }, item)).toBeNull();
  expect(articleStillTold(note, { ...item, url: 'https://news.example.org/b' })).toBe(note.article);
});

it('an article that does not follow from its link is never left out', () => {
  const notes = new Map(Array.from({ length: 30 }, (_, n) => [`${n}`, n === 29 ? { ...note, link: 'ffff' } : note]));

  leaveOutArticles(notes, bytesOf(2, 1), NOW);

  const held = [...notes].filter(([, { article }]) => article !== null).map(([name]) => name);
  expect(held).toEqual([...Array.from({ length: 12 }, (_, n) => `${n}`), '29']);
});

it('a memory takes six bytes for a key, and 32 more for a note after it, besides what each record has', () => {
  const empty = bytesOf(0, 0);

  // What a record has, and three articles of 17 bytes.
  expect(empty).toBe(96 + 3 * 17);
  expect([bytesOf(1, 0) - empty, bytesOf(0, 1) - empty]).toEqual([6, 38]);
});

it('a memory is one record up to 1,980 bytes of entries', () => {
  expect([isOneRecord(96 + 1_980), isOneRecord(96 + 1_981)]).toEqual([true, false]);
});

describe('keys that left the document', () => {
  it.each<[what: string, gone: number, bytes: number, areWorth: boolean]>([
    ['are many', 144, 100, true],
    ['are not many, and take no further write unit', 143, 100, false],
    ['are some, and take a further write unit', 60, 1_024, true],
    ['are some, and take a further write unit by a byte', 60, 1_025 - 60 * 6, true],
    ['are some, and fill the write unit', 60, 1_024 - 60 * 6, false],
    ['are some, and stay in the further write unit', 60, 1_025, false],
    ['are few, and take a further write unit', 59, 1_024, false],
    ['are none', 0, 1_024, false],
  ])('that %s are moved to the past together or not', (_what, gone, bytes, areWorth) => {
    expect(areWorthMoving(gone, bytes)).toBe(areWorth);
  });
});

describe('of the articles that follow from their links', () => {
  const told = (count: number): Map<string, Note> => new Map(Array.from({ length: count }, (_, n) => [`${n}`, note]));
  const heldOf = (notes: Map<string, Note>, bytes: number): number => {
    leaveOutArticles(notes, bytes, NOW);
    return [...notes.values()].filter(({ article }) => article !== null).length;
  };

  it.each([
    [1_024, 3],
    [1_024 - 16, 3],
    [1_024 - 17, 4],
    [1_024 - 9 * 17, 12],
    [1_024 - 30 * 17, 12],
  ])('of a memory of %d bytes %d are kept: those that take no further write unit, and three', (bytes, kept) => {
    expect(heldOf(told(30), bytes)).toBe(kept);
  });

  it('many are left out at a time where the memory is several records', () => {
    expect([heldOf(told(24), 5_000), heldOf(told(25), 5_000)]).toEqual([24, 12]);
  });

  it('those that must be kept do not count among the many', () => {
    const notes = told(24)
      .set('own', { ...note, link: 'ffff' })
      .set('bare', { ...note, article: null });

    expect(heldOf(notes, 5_000)).toBe(25);
  });

  it('the newest are kept longest', () => {
    const at = (minutes: number): Note => ({
      ...noteOf(identifyItems([item], null)[0]!, NEW, new Date(later(minutes * 60_000))),
    });
    const notes = new Map([
      ['old', at(-30)],
      ['new', at(-10)],
      ['middle', at(-20)],
      ['oldest', at(-40)],
    ]);

    expect(byAge(notes, NOW)).toEqual(['new', 'middle', 'old', 'oldest']);
    leaveOutArticles(notes, 1_024, NOW);
    expect([...notes].filter(([, { article }]) => article === null).map(([name]) => name)).toEqual(['oldest']);
  });
});
