// What is known of each paragraph of a page, and of the box that it stands in.
import { parseHTML } from 'linkedom';
import { blocksOf, type PageBlock } from '../../../shared/articles/paragraphs.ts';

function pageOf(body: string) {
  const { document } = parseHTML(`<html><body>${body}</body></html>`);
  return blocksOf(document.body, { lineBreaksPart: true, noscript: true });
}

const blocks = (body: string): readonly PageBlock[] => pageOf(body).blocks;
const textsOf = (body: string): readonly string[] => blocks(body).map(({ text }) => text);

describe('a paragraph', () => {
  it.each<[what: string, body: string, linkChars: number]>([
    ['without links', '<p>Ships left</p>', 0],
    ['with a link', '<p>Ships <a href="/x">left</a> today</p>', 4],
    ['with two links', '<p><a href="/x">Ships</a> <a href="/y">left</a></p>', 9],
    ['with a link in a link', '<p><a href="/x">Ships <a href="/y">left</a></a></p>', 10],
    ['with a link within the page', '<p>Ships <a href="#note">left</a></p>', 0],
    ['with a link that is a button', '<p>Ships <a href="#">left</a></p>', 4],
    ['with a link to nowhere', '<p>Ships <a>left</a></p>', 0],
    ['with a link whose address names a part of another page', '<p>Ships <a href="/x#note">left</a></p>', 4],
    ['with blanks in a link', '<p>Ships<a href="/x"> </a></p>', 0],
    ['behind another with a link', '<p><a href="/x">Ships</a></p><p>left</p>', 0],
  ])('%s is known by how much of it leads elsewhere', (_what, body, linkChars) => {
    expect(blocks(body).at(-1)?.linkChars).toBe(linkChars);
  });

  it('is known by the longest of its parts, as it stands on the page', () => {
    expect(blocks('<p>a <b>much\n longer</b> b</p><p>c</p>').map(({ longestPart }) => longestPart)).toEqual([
      'much\n longer',
      'c',
    ]);
  });

  it('is known by its element', () => {
    const tags = blocks('bare<h2>a</h2><P>b</P><ul><li>c</li></ul><div>d<p>e</p>f</div>g').map(({ tag }) => tag);

    expect(tags).toEqual(['body', 'h2', 'p', 'li', 'div', 'p', 'div', 'body']);
  });

  it('is hidden by itself only: what is behind it is not', () => {
    expect(blocks('<p hidden>a</p><p>b</p><div hidden>c</div>').map(({ hidden }) => hidden)).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('is parted by two line breaks, whatever white space is between them, and not by one', () => {
    expect(textsOf('<p>a<br>b<br> \n<br>c<br>d</p>')).toEqual(['a\nb', 'c\nd']);
  });

  it('in a cell is part of the row, unless the cell lays out the page', () => {
    expect(textsOf('<table><tr><th>Port</th><td>closed</td></tr></table>')).toEqual(['Port closed']);
    expect(textsOf('<table><tr><td>Port<br>town</td><td>closed</td></tr></table>')).toEqual(['Port\ntown', 'closed']);
    expect(textsOf('<table><tr><td><p>Port</p></td><td>closed</td></tr></table>')).toEqual(['Port', 'closed']);
  });

  it.each([
    ['<x-line>a</x-line><x-line>b</x-line>', ['a', 'b']],
    ['c <x-word>a</x-word>', ['c a']],
    ['<x-word>a</x-word> c', ['a c']],
    ['<b>c</b><x-word>a</x-word> \n <b>d</b>', ['c', 'a', 'd']],
  ])('is an element of the page’s own, unless it stands in a line: %s', (body, texts) => {
    expect(textsOf(body)).toEqual(texts);
  });

  it.each(
    (
      'audio button canvas iframe math object script select style svg template textarea video ' +
      'amp-ad amp-analytics amp-consent amp-embed amp-iframe amp-list amp-sidebar amp-sticky-ad amp-user-notification'
    ).split(' '),
  )('is not read from the element %s', (name) => {
    expect(textsOf(`<p>a</p><${name}>b</${name}><p>c</p>`)).toEqual(['a', 'c']);
  });
});

describe('a card', () => {
  it.each<[what: string, body: string, inCard: readonly boolean[]]>([
    [
      'is a link around several paragraphs',
      '<p>a</p><a href="/x"><p>b</p><p>c</p></a><p>d</p>',
      [false, true, true, false],
    ],
    ['is a link around a paragraph and a picture', '<a href="/x"><img src="/a"><p>b</p></a>', [true]],
    ['is not a link around one paragraph', '<img src="/a"><a href="/x"><p>b</p></a>', [false]],
    ['is not a link within the page', '<a href="#b"><p>b</p><p>c</p></a>', [false, false]],
  ])('%s', (_what, body, inCard) => {
    expect(blocks(body).map((block) => block.inCard)).toEqual(inCard);
  });
});

describe('a box', () => {
  it('is known by its words, its element and the box around it', () => {
    const { frames } = pageOf(
      '<div class="relatedBox--wide" id="x1"><section data-area="Top" data-component="list" role="search"><p class="no-box">a</p></section></div>',
    );

    expect(frames.map(({ tag, name }) => [tag, name.trim()])).toEqual([
      ['body', ''],
      ['div', 'related box wide x1'],
      ['section', 'top list'],
    ]);
    expect(frames.map(({ parent }) => frames.indexOf(parent!))).toEqual([-1, 0, 1]);
  });

  it('counts its own fields, buttons and pictures', () => {
    const { frames } = pageOf(
      '<div><form><input><select></select><textarea></textarea><button>b</button></form><img src="/a"><img src="/b"></div>',
    );

    expect(frames.map(({ tag, controls, pictures }) => [tag, controls, pictures])).toEqual([
      ['body', 0, 0],
      ['div', 1, 2],
      ['form', 4, 0],
    ]);
  });

  it('ends where its element ends', () => {
    expect(blocks('<div class="a">b</div>c<div class="d">e</div>').map(({ frame }) => frame.name.trim())).toEqual([
      'a',
      '',
      'd',
    ]);
  });

  it.each<[tag: string, kind: string]>([
    ...['dialog', 'dir', 'menu', 'nav'].map((name): [string, string] => [`<${name}>`, 'never']),
    ...[
      ...['navigation', 'menu', 'menubar', 'dialog', 'alertdialog', 'alert', 'search', 'banner', 'contentinfo'],
      ...['tablist', 'toolbar'],
    ].map((role): [string, string] => [`<div role="${role}">`, 'never']),
    ['<div role="navigations">', 'plain'],
    ['<div role="subnavigation">', 'plain'],
    ['<div role="main">', 'plain'],
    ...['adslot', 'skip', 'replies', 'subscriber', 'lightbox', 'sharebar', 'rating'].map((name): [string, string] => [
      `<div class="${name}">`,
      'never',
    ]),
    ...['relevant', 'ranking', 'tags', 'paywall', 'verwandt', 'leiamais', 'osusume'].map((name): [string, string] => [
      `<div class="${name}">`,
      'doubtful',
    ]),
    ...['most-popular', 'more-from', 'read_next', 'seeAlso'].map((name): [string, string] => [
      `<div class="${name}">`,
      'doubtful',
    ]),
    ['<div class="most-wanted">', 'plain'],
    ['<div class="comments-statement">', 'doubtful'],
    ['<div class="popup-line">', 'doubtful'],
    ['<div class="social-media-affairs">', 'doubtful'],
    ['<div class="ad-free">', 'doubtful'],
    ['<aside class="fact-file">', 'plain'],
    ['<aside class="key-points">', 'plain'],
    ['<aside class="factory">', 'doubtful'],
    ['<main class="comments">', 'plain'],
    ['<div id="share-of-votes">', 'never'],
    ['<div id="share_of_the_vote">', 'plain'],
    ['<div class="share-of-the-vote">', 'never'],
    ['<div data-component="share">', 'never'],
    ['<div data-area="share">', 'never'],
    ['<div class="SHARE">', 'never'],
  ])('%s is %s', (tag, kind) => {
    expect(blocks(`${tag}a`)[0]?.frame.kind).toBe(kind);
  });

  it('with the same words is of the same kind each time', () => {
    expect(blocks('<div class="share">a</div><div class="share">b</div>').map(({ frame }) => frame.kind)).toEqual([
      'never',
      'never',
    ]);
  });
});
