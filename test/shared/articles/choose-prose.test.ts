// Which paragraphs of a page are its article, beside the sentences of its story.
import { parseHTML } from 'linkedom';
import { chooseProse } from '../../../shared/articles/choose-prose.ts';
import { notesOn } from '../../../shared/articles/page-notes.ts';
import { blocksOf } from '../../../shared/articles/paragraphs.ts';

const TITLE = 'Seven in court';
const said = (chars: number, letter = 'x'): string => `<p>${letter.repeat(chars - 1)}.</p>`;
/** A line that does not end like a sentence. */
const line = (chars: number, tag = 'p'): string => `<${tag}>${'y'.repeat(chars)}</${tag}>`;
const STORY = said(100).repeat(3);

/** The chosen paragraphs; `kept`: texts that Readability chose. */
function chosen(body: string, ...kept: readonly string[]): readonly string[] {
  const { document } = parseHTML(`<html><body>${body}</body></html>`);
  return chooseProse(
    notesOn(blocksOf(document.body, { lineBreaksPart: true, noscript: true }), [TITLE]),
    new Set(kept),
  );
}

/** Whether the line of `y` is among them. */
const hasLine = (body: string, ...kept: readonly string[]): boolean =>
  chosen(body, ...kept).some((text) => text.startsWith('y'));
const y = (chars: number): string => 'y'.repeat(chars);

it('a page without prose has no article', () => {
  expect(chosen('')).toEqual([]);
  expect(chosen(line(30))).toEqual([]);
});

describe('a line between the headline and the story', () => {
  const page = (lead: string): string => `<article><h1>${TITLE}</h1>${lead}<div class="body">${STORY}</div></article>`;

  it.each<[what: string, lead: string, kept: readonly string[], belongs: boolean]>([
    ['in a box of leads', `<div class="intro">${line(40)}</div>`, [], true],
    ['in a box of leads, but short', `<div class="intro">${line(39)}</div>`, [], false],
    ['in another box', `<div class="other">${line(40)}</div>`, [], false],
    ['in another box, where it was found', `<div class="other">${line(40)}</div>`, [y(40)], true],
    ['in another box, where it was found, but short', `<div class="other">${line(39)}</div>`, [y(39)], false],
    ['that is a heading', line(20, 'h2'), [], true],
    ['that is a short heading', line(19, 'h2'), [], false],
    ['with a link', `<div class="intro"><p>${y(40)} <a href="/x">more</a></p></div>`, [], false],
    ['that is a sentence', `<div class="other"><p>${y(20)}.</p></div>`, [], true],
  ])('%s belongs to the article or not', (_what, lead, kept, belongs) => {
    expect(hasLine(page(lead), ...kept)).toBe(belongs);
  });

  it('does not belong to the article before the headline, nor outside of it where there is no headline', () => {
    const strip = `<div class="strip"><p>${y(50)}.</p></div>`;

    expect(hasLine(`${strip}<h1>${TITLE}</h1>${STORY}`)).toBe(false);
    expect(hasLine(`${strip}<div><div class="body">${STORY}</div></div>`)).toBe(false);
    expect(hasLine(`<article>${strip}<div class="body">${STORY}</div></article>`)).toBe(true);
  });
});

describe('a line of the story', () => {
  const page = (part: string, after = STORY): string =>
    `<article><h1>${TITLE}</h1><div class="body">${STORY}${part}${after}</div></article>`;

  it.each<[what: string, part: string, kept: readonly string[], belongs: boolean]>([
    ['that is an item', `<ul>${line(12, 'li')}</ul>`, [], true],
    ['that is a short item', `<ul>${line(11, 'li')}</ul>`, [], false],
    ['that is a short item, where it was found', `<ul>${line(11, 'li')}</ul>`, [y(11)], true],
    ['that is an item with a link', `<ul><li>${y(12)} <a href="/x">z</a></li></ul>`, [], false],
    ['in a box of its own', line(40, 'div'), [], false],
    ['in a box of its own, where it was found', line(40, 'div'), [y(40)], true],
    ['in a box of its own, where it was found, but short', line(39, 'div'), [y(39)], false],
    ['that is hidden', `<p hidden>${y(50)}</p>`, [y(50)], false],
    ['that is a hidden sentence', `<p hidden>${y(50)}.</p>`, [], true],
    ['that is a teaser', `<p><a href="/x">${y(50)}</a></p>`, [y(50)], false],
  ])('%s belongs to the article or not', (_what, part, kept, belongs) => {
    expect(hasLine(page(part), ...kept)).toBe(belongs);
  });

  it('behind its last sentence belongs to the article only where it was found', () => {
    expect(hasLine(page(line(50), ''))).toBe(false);
    expect(hasLine(page(line(50), ''), y(50))).toBe(true);
  });

  it('that is a label whose links are gone does not belong to it', () => {
    const label = (rest: string): string => page(`<div class="box">${line(20, 'h3')}${rest}</div>`);

    expect(hasLine(label(''))).toBe(true);
    expect(hasLine(label('<p><a href="/x">Ten cakes</a></p>'))).toBe(false);
    expect(hasLine(label('<button>OK</button>'))).toBe(false);
    expect(hasLine(label(`<p><a href="/x">Ten cakes</a></p>${said(40)}`))).toBe(true);
  });
});

describe('what follows the story', () => {
  const page = (rest: string): string => `<article><h1>${TITLE}</h1><div class="body">${STORY}</div>${rest}</article>`;

  it('in its article belongs to it, up to a fifth more than the story', () => {
    const rest = (chars: number): string => `<ul><li><a href="/x">Ten cakes</a></li></ul><p>${y(chars - 1)}.</p>`;

    expect(hasLine(page(rest(50)))).toBe(true);
    expect(hasLine(page(rest(140)))).toBe(true);
  });

  it('is left out where it is more than that, and Readability has found a long story', () => {
    const others = (chars: number): string =>
      Array.from({ length: 6 }, () => `<div class="z"><p>${y(chars - 1)}.</p></div>`).join('');
    const long = (rest: string): string =>
      `<article><h1>${TITLE}</h1><div class="body">${said(100).repeat(7)}</div>${rest}</article>`;
    const found = `${'x'.repeat(99)}.`;

    expect(hasLine(long(others(140)), found)).toBe(true);
    expect(hasLine(long(others(141)), found)).toBe(false);
  });

  it('is no line without the end of a sentence', () => {
    expect(hasLine(page(`<div class="z">${line(60)}</div>`))).toBe(false);
  });
});
