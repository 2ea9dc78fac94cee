// Which boxes of a page are not part of its article.
import { parseHTML } from 'linkedom';
import { framesToRemove, isPure, outerFrames } from '../../../shared/articles/outer-frames.ts';
import { notesOn, type PageNotes } from '../../../shared/articles/page-notes.ts';
import { blocksOf } from '../../../shared/articles/paragraphs.ts';

const TITLE = 'Seven in court';

function notesOf(body: string): PageNotes {
  const { document } = parseHTML(`<html><body>${body}</body></html>`);
  return notesOn(blocksOf(document.body, { lineBreaksPart: true, noscript: true }), [TITLE]);
}

/** A sentence of so many characters. */
const said = (chars: number): string => `<p>${'x'.repeat(chars - 1)}.</p>`;
const box = (name: string, ...inside: readonly string[]): string => `<div class="${name}">${inside.join('')}</div>`;
const LINKED_HEADING = '<h3><a href="/x">Ten cakes for autumn</a></h3>';
const LABEL = '<p>World and wars</p>';
const PICTURE = '<img src="/a.jpg">';

/** Names of the boxes that need not be seen at all. */
const removed = (body: string): readonly string[] => framesToRemove(notesOf(body)).map(({ name }) => name.trim());

/** Names of the boxes that are not part of the article; `kept`: what Readability chose, by the names of the boxes where it stands. */
function out(body: string, ...kept: readonly string[]): readonly string[] {
  const notes = notesOf(body);
  const chosen = notes.blocks.filter(({ home }) => kept.includes(home.frame.name.trim()));
  return [...outerFrames(notes, new Set(chosen))].map(({ frame }) => frame.name.trim());
}

describe('a box that opens with a linked heading', () => {
  const length = 'Ten cakes for autumn'.length;

  it.each<[what: string, body: string, isTeaser: boolean]>([
    ['and a line', box('a', LINKED_HEADING, said(40)), true],
    ['and holds 420 characters', box('a', LINKED_HEADING, said(420 - length)), true],
    ['and holds more', box('a', LINKED_HEADING, said(421 - length)), false],
    ['and holds the headline of the page', box('a', LINKED_HEADING, `<h1>${TITLE}</h1>`), false],
    ['behind a sentence', box('a', said(40), LINKED_HEADING), false],
    ['that is no heading', box('a', '<p><a href="/x">Ten cakes for autumn</a></p>', said(40)), false],
    ['that is no heading, with a picture', box('a', PICTURE, '<p><a href="/x">Ten cakes</a></p>', said(40)), true],
    [
      'with a picture and two sentences',
      box('a', PICTURE, '<p><a href="/x">Ten cakes</a></p>', said(40), said(40)),
      false,
    ],
  ])('%s is a teaser or not', (_what, body, isTeaser) => {
    expect(removed(`${said(500)}${body}`)).toEqual(isTeaser ? ['a'] : []);
    expect(out(`${said(500)}${body}`)).toEqual(isTeaser ? ['a'] : []);
  });

  it('takes the boxes in it along', () => {
    const body = `${said(500)}${box('a', LINKED_HEADING, box('b', said(40)))}`;

    expect(removed(body)).toEqual(['a']);
    expect(out(body)).toEqual(['a', 'b']);
  });
});

describe('a box that is named like no part of an article', () => {
  it.each<[what: string, body: string, names: readonly string[]]>([
    ['with less prose than the rest', `${said(500)}${box('share', said(400))}`, ['share']],
    ['with as much prose as the rest', `${said(500)}${box('share', said(500))}`, []],
    ['with less than a story', `${said(900)}${box('share', said(599))}`, ['share']],
    ['with as much as a story', `${said(900)}${box('share', said(600))}`, []],
    ['beside no prose', box('share', said(400)), []],
    ['with the headline', `${said(500)}${box('share', `<h1>${TITLE}</h1>`)}`, []],
    ['like the words of readers, however long', `${said(500)}${box('comments', said(900))}`, ['comments']],
    ['like a notice of cookies, however long', `${said(500)}${box('cookie-consent', said(900))}`, ['cookie consent']],
    ['like opinion', `${said(500)}${box('comment', said(900))}`, []],
    ['like the opinion of a reader', `${said(500)}${box('comment-text', said(900))}`, ['comment text']],
    ['within another such', `${said(500)}${box('share', box('social', said(40)))}`, ['share']],
    ['that may be one', `${said(500)}${box('related', said(40), LABEL)}`, []],
  ])('%s need not be seen, or must', (_what, body, names) => {
    expect(removed(body)).toEqual(names);
  });

  it.each<[what: string, body: string, kept: readonly string[], names: readonly string[]]>([
    ['like a bar', `${said(500)}${box('share', said(400))}`, [], ['share']],
    ['like a bar, with the headline', `${said(500)}${box('share', `<h1>${TITLE}</h1>`)}`, [], []],
    ['like a bar, where a story was found', `${said(500)}${box('share', said(600))}`, ['share'], []],
    ['like a bar, where less than a story was found', `${said(900)}${box('share', said(599))}`, ['share'], ['share']],
    [
      'like a bar, with most of what was found and of the prose',
      `${said(300)}${box('share', said(400))}`,
      ['share'],
      [],
    ],
    ['like a bar, with nearly all of the prose', `${said(100)}${box('share', said(600))}`, [], []],
    ['like a bar, with nearly all of the little prose', `${said(100)}${box('share', said(599))}`, [], ['share']],
    [
      'like related stories, with nearly all of the little prose',
      `${said(100)}${box('related', said(500), LABEL)}`,
      [],
      [],
    ],
    ['like related stories', `${said(500)}${box('related', said(400), LABEL)}`, [], ['related']],
    ['like related stories, with nothing but sentences', `${said(500)}${box('related', said(400))}`, [], []],
    [
      'like the words of readers, where a story was found',
      `${said(500)}${box('comments', said(900))}`,
      ['comments'],
      ['comments'],
    ],
    ['like opinion, with nearly all of the prose', `${said(100)}${box('comment', said(900))}`, [], []],
    ['like opinion, with half of the prose', `${said(500)}${box('comment', said(500))}`, [], ['comment']],
  ])('%s is part of the article, or not', (_what, body, kept, names) => {
    expect(out(body, ...kept)).toEqual(names);
  });
});

describe('a form', () => {
  it('is part of the article only with the headline or what was found', () => {
    const form = (inside: string): string => `${said(500)}<form class="a">${inside}</form>`;

    expect(out(form(said(40)))).toEqual(['a']);
    expect(out(form(`<h1>${TITLE}</h1>`))).toEqual([]);
    expect(out(form(said(700)), 'a')).toEqual([]);
  });
});

describe('a footer', () => {
  it('is part of the article only with a sentence', () => {
    expect(out(`${said(500)}<footer class="a">${LABEL}</footer>`)).toEqual(['a']);
    expect(out(`${said(500)}<footer class="a">${said(40)}</footer>`)).toEqual([]);
  });
});

it.each<[what: string, body: string, pure: boolean]>([
  ['a sentence', said(40), true],
  ['nothing', '', false],
  ['a label', `${said(40)}${LABEL}`, false],
  ['a heading that is a sentence', '<h3>The harbour is closed.</h3>', false],
  ['a teaser', `${said(40)}<p><a href="/x">Ten cakes</a></p>`, false],
  ['a button', `${said(40)}<button>OK</button>`, false],
])('a box with %s holds nothing but sentences: %s', (_what, body, pure) => {
  expect(isPure(notesOf(box('a', body)).frames[1]!)).toBe(pure);
});
