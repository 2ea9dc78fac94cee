// What is noted of the blocks and boxes of a page.
import { parseHTML } from 'linkedom';
import { type FrameNotes, notesOn, type PageNotes } from '../../../shared/articles/page-notes.ts';
import { blocksOf } from '../../../shared/articles/paragraphs.ts';

const SENTENCE = 'The ministry will deploy troops to the border.';

function notesOf(body: string, ...titles: readonly string[]): PageNotes {
  const { document } = parseHTML(`<html><body>${body}</body></html>`);
  return notesOn(blocksOf(document.body, { lineBreaksPart: true, noscript: true }), titles);
}

/** Of the first block: what it counts as. */
function kindOf(body: string, ...titles: readonly string[]): string {
  const [block] = notesOf(body, ...titles).blocks;
  if (block === undefined) return 'none';
  return block.isTitle ? 'title' : block.isTeaser ? 'teaser' : block.isSentence ? 'sentence' : 'label';
}

/** The figures alone, since a box also holds its element. */
function figuresOf(frame: FrameNotes | undefined): Partial<FrameNotes> {
  const { frame: _frame, parent: _parent, ...figures } = frame!;
  return figures;
}

const linked = (text: string, chars: number): string => `<a href="/x">${text.slice(0, chars)}</a>${text.slice(chars)}`;

describe('a block of a page', () => {
  it.each<[what: string, body: string, kind: string]>([
    ['a sentence', `<p>${SENTENCE}</p>`, 'sentence'],
    ['words', '<p>World and wars</p>', 'label'],
    ['a sentence that is a link', `<p>${linked(SENTENCE, 99)}</p>`, 'sentence'],
    ['a headline that is a link', '<p><a href="/x">Ministry to deploy troops</a></p>', 'teaser'],
    ['a line four fifths of which are a link', `<p>${linked('x'.repeat(20), 16)}</p>`, 'teaser'],
    ['a line less of which is a link', `<p>${linked('x'.repeat(20), 15)}</p>`, 'label'],
    [
      'a line two fifths of which are a link, among related ones',
      `<div class="related">${linked('x'.repeat(20), 8)}</div>`,
      'teaser',
    ],
    [
      'a line less of which is a link, among related ones',
      `<div class="related">${linked('x'.repeat(20), 7)}</div>`,
      'label',
    ],
    ['a link of more than 120 characters', `<p>${linked(`${'x'.repeat(120)}y`, 999)}</p>`, 'label'],
    ['a link of 120 characters', `<p>${linked('x'.repeat(120), 999)}</p>`, 'teaser'],
    [
      'a long link of a title and a summary',
      `<p><a href="/x"><b>${'x'.repeat(60)}</b> ${'y'.repeat(70)}</a></p>`,
      'teaser',
    ],
    ['a label and a link', `<p>Unheard-of label: <a href="/x">${'x'.repeat(20)}</a></p>`, 'teaser'],
    ['a label and a short link', `<p>Unheard-of label: <a href="/x">${'x'.repeat(19)}</a></p>`, 'label'],
    ['a label of 40 characters and a link', `<p>${'x'.repeat(38)}: <a href="/x">${'y'.repeat(60)}</a></p>`, 'teaser'],
    ['a label of 41 characters and a link', `<p>${'x'.repeat(39)}: <a href="/x">${'y'.repeat(60)}</a></p>`, 'label'],
    ['a longer label than link', `<p>${'x'.repeat(28)}: <a href="/x">${'y'.repeat(29)}</a></p>`, 'label'],
    ['words and a link', `<p>Unheard-of words <a href="/x">${'x'.repeat(20)}</a></p>`, 'label'],
    ['words before a bar and a link', `<p>Harbour | <a href="/x">${'x'.repeat(20)}</a></p>`, 'teaser'],
    ['words before an arrow and a link', `<p>Harbour » <a href="/x">${'x'.repeat(20)}</a></p>`, 'teaser'],
    ['words before a sign and a link', `<p>Harbour > <a href="/x">${'x'.repeat(20)}</a></p>`, 'teaser'],
    ['words before a wide colon and a link', `<p>港口：<a href="/x">${'x'.repeat(20)}</a></p>`, 'teaser'],
    ['a line of publishing systems', '<p>Read more</p>', 'teaser'],
    ['a card', `<a href="/x"><h3>Border</h3><p>${SENTENCE}</p></a>`, 'teaser'],
    ['a note that asks for scripts', '<noscript><p>Please turn on JavaScript to read this.</p></noscript>', 'teaser'],
    ['markup for readers without scripts', '<noscript><p>&lt;img src="x"> is shown here.</p></noscript>', 'teaser'],
    ['text for readers without scripts', `<noscript><p>${SENTENCE}</p></noscript>`, 'sentence'],
    ['a word on scripts in the page', '<p>The JavaScript conference opened on Monday.</p>', 'sentence'],
  ])('that is %s', (_what, body, kind) => {
    expect(kindOf(body)).toBe(kind);
  });

  it('that the page says anyway is a teaser among what readers without scripts see', () => {
    const { blocks } = notesOf(`<p>${SENTENCE}</p><noscript><p>${SENTENCE}</p></noscript>`);

    expect(blocks.map(({ isTeaser }) => isTeaser)).toEqual([false, true]);
  });

  it.each<[what: string, body: string, title: string, kind: string]>([
    ['the title', '<h1>Seven in court</h1>', 'Seven in court', 'title'],
    ['the title in a paragraph', '<p>Seven in court</p>', 'Seven in court', 'title'],
    ['the title without the name of the site', '<p>Seven in court</p>', 'Seven in court - Harbour News', 'title'],
    ['a heading that says more than the title', '<h1>Seven in court on Monday</h1>', 'Seven in court', 'title'],
    ['a paragraph that says more than the title', '<p>Seven in court on Monday</p>', 'Seven in court', 'label'],
    ['a word of four letters', '<h1>Ship</h1>', 'Ship', 'title'],
    ['a word of three letters', '<h1>Sea</h1>', 'Sea', 'label'],
    ['the title, 79 characters shorter', '<p>Ship</p>', `Ship${'x'.repeat(79)}`, 'title'],
    ['the title, 80 characters shorter', '<p>Ship</p>', `Ship${'x'.repeat(80)}`, 'label'],
    ['something else', '<h1>Eight in court</h1>', 'Seven in court', 'label'],
    ['a linked title', '<h1><a href="/x">Seven in court</a></h1>', 'Seven in court', 'teaser'],
  ])('is the headline: %s', (_what, body, title, kind) => {
    expect(kindOf(body, 'Another title of it', title)).toBe(kind);
  });
});

describe('a box of a page', () => {
  it('counts what stands in it, however deep', () => {
    const { frames, plainProse } = notesOf(
      `<div><h2><a href="/x">Ten cakes for autumn</a></h2><p>${SENTENCE}</p><section><p>A label</p><p>${linked(SENTENCE, 10)}</p><img src="/a"><input></section></div>`,
    );
    const [page, box, section] = frames;
    const chars = 'Ten cakes for autumn'.length + 2 * SENTENCE.length + 'A label'.length;
    const all = {
      chars,
      prose: 2 * SENTENCE.length - 5,
      sentences: 2,
      labels: 1,
      headings: 1,
      teasers: 1,
      linkedHeadings: 1,
      controls: 1,
      pictures: 1,
      opensWithTeaser: true,
      holdsTitle: false,
    };

    expect(figuresOf(page)).toEqual({ ...all, ownSentences: 0 });
    expect(figuresOf(box)).toEqual({ ...all, ownSentences: 1 });
    expect(figuresOf(section)).toMatchObject({
      chars: SENTENCE.length + 'A label'.length,
      prose: SENTENCE.length - 5,
      sentences: 1,
      labels: 1,
      headings: 0,
      teasers: 0,
      opensWithTeaser: false,
      ownSentences: 1,
    });
    expect(plainProse).toBe(2 * SENTENCE.length);
  });

  it('holds the headline where a box in it does', () => {
    const { frames } = notesOf(
      '<div><section><h1>Seven in court</h1></section></div><div>Words</div>',
      'Seven in court',
    );

    expect(frames.map(({ holdsTitle }) => holdsTitle)).toEqual([true, true, true, false]);
  });

  it('is counted as plain prose unless it or a box around it is named otherwise', () => {
    const proseIn = (body: string): number => notesOf(body).plainProse;

    expect(proseIn(`<div><p>${SENTENCE}</p></div>`)).toBe(SENTENCE.length);
    expect(proseIn(`<div class="related"><p>${SENTENCE}</p></div>`)).toBe(0);
    expect(proseIn(`<div class="related"><div><p>${SENTENCE}</p></div></div>`)).toBe(0);
    expect(proseIn('<div><p>Words</p></div>')).toBe(0);
  });

  it('without anything in it opens with nothing', () => {
    expect(notesOf('<div></div>').frames.map(({ opensWithTeaser }) => opensWithTeaser)).toEqual([null, null]);
  });

  it('counts each block of a card as a linked heading', () => {
    const { frames } = notesOf('<div><a href="/x"><p>Border</p><p>It will deploy.</p></a></div>');

    expect(figuresOf(frames[1])).toMatchObject({ teasers: 2, linkedHeadings: 2, headings: 0 });
  });
});
