// Articles of notes: which of them are left out, and which come back.
import { articleIdOfLink, identifyItems } from '../../../shared/feeds/item-identity.ts';
import { noteOf } from '../../../shared/feeds/item-note.ts';
import { articleStillTold, bytesOf, leaveOutArticles } from '../../../shared/feeds/memory-size.ts';
import { anItem, START } from '../../support/builders.ts';

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
