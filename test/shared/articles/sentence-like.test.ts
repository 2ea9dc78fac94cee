import { parseHTML } from 'linkedom';
import { blocksOf } from '../../../shared/articles/paragraphs.ts';
import { charsOf, isSentenceLike, isStatement } from '../../../shared/articles/sentence-like.ts';

describe('a line of a page', () => {
  it.each([
    'The dam held.',
    'Did the dam hold?',
    '“It held up!”',
    'It held (so far).',
    'Talks went on. No one',
    '大坝守住了。三艘船',
    '港口今天关闭。',
    'وقالت المهندسة إن السد صمد؟',
    'बांध टिक गया।',
    ...Array.from('.!?…。！？؟।॥۔։።၊။។').map((end) => `ten letters${end}`),
    ...Array.from(`"'”’»›“「」』）)]}*`).map((close) => `ten letters.${close}`),
    'ten letters. ”) ',
    `${'x'.repeat(60)}:`,
    'ten letters.” No one',
    'ten letters! No one',
    'ten letters? No one',
    'ten letters؟ No one',
    'ten letters۔ No one',
    'x'.repeat(140),
    'น'.repeat(60),
  ])('%j reads like a sentence', (line) => {
    expect(isSentenceLike(line)).toBe(true);
  });

  it.each([
    'Home',
    'More...',
    'Most read',
    'World and wars',
    'By our desk:',
    'Mo. 30',
    'ten letter.',
    'ten letters at 3. No one',
    'ten letters.No one',
    'ten letters; ',
    'ten letters：',
    `${'x'.repeat(59)}:`,
    'x'.repeat(139),
    '港口关闭',
    '更多。',
  ])('%j does not', (line) => {
    expect(isSentenceLike(line)).toBe(false);
  });

  it.each([
    ['The ministry will act.', true],
    ['The ministry will act.”', true],
    ['The ministry will act. )”', true],
    ['The ministry will act۔', true],
    ['The ministry will act։', true],
    ['The ministry will act።', true],
    ['The ministry will act।', true],
    ['The ministry will act။', true],
    ['ten letters.', true],
    ['ten letter.', false],
    ['The ministry will act. Now', false],
    ['军队将部署到边境。', true],
    ['Will the ministry act?', false],
    ['The ministry will act…', false],
    ['The ministry will act...', false],
    ['Ministry to act', false],
    ['More.', false],
  ])('%j is a statement: %s', (line, stated) => {
    expect(isStatement(line)).toBe(stated);
  });

  it.each([
    ['abc', 3],
    ['Привет', 6],
    ['港口', 5],
    ['안녕', 5],
    ['a港', 3.5],
    ['ไทย', 7.5],
    ['', 0],
    ['港'.repeat(2_000), 5_000],
    ['港'.repeat(2_001), 2_001],
  ])('%j is as long as %d letters', (line, chars) => {
    expect(charsOf(line)).toBe(chars);
  });
});

describe('a box of a page', () => {
  it.each([
    ['<nav>', 'never'],
    ['<div role="navigation">', 'never'],
    ['<div class="comments-area">', 'never'],
    ['<div class="newsletterSignup">', 'never'],
    ['<ul id="share_bar">', 'never'],
    ['<aside>', 'doubtful'],
    ['<div role="complementary">', 'doubtful'],
    ['<div class="related-box">', 'doubtful'],
    ['<div class="most-read">', 'doubtful'],
    ['<div class="comment-quote">', 'doubtful'],
    ['<article class="post category-comments">', 'plain'],
    ['<blockquote class="comment">', 'plain'],
    ['<div class="commentary">', 'plain'],
    ['<div class="shareholders">', 'plain'],
    ['<div id="share-of-the-vote-by-town">', 'plain'],
    ['<section class="body">', 'plain'],
  ])('%s is %s by its name', (tag, kind) => {
    const { document } = parseHTML(`<html><body>${tag}A line</body></html>`);

    const { blocks } = blocksOf(document.body, { lineBreaksPart: true, noscript: true });

    expect(blocks.map(({ frame }) => frame.kind)).toEqual([kind]);
  });

  it.each([
    ['<div hidden>', true],
    ['<div aria-hidden="true">', true],
    ['<div style="color:red;display: none">', true],
    ['<div style="VISIBILITY:hidden">', true],
    ['<div aria-hidden="false">', false],
    ['<div style="display:block">', false],
  ])('%s is hidden: %s', (tag, hidden) => {
    const { document } = parseHTML(`<html><body>${tag}A line</body></html>`);

    const { blocks } = blocksOf(document.body, { lineBreaksPart: true, noscript: true });

    expect(blocks.map(({ frame }) => frame.hidden)).toEqual([hidden]);
  });
});

it('what a page shows without scripts is a block of its own, where it is asked for', () => {
  const html = '<html><body>Troops left.<noscript>They left <b>on foot</b>.</noscript>It rained.</body></html>';
  const textsOf = (noscript: boolean) => {
    const { document } = parseHTML(html);
    return blocksOf(document.body, { lineBreaksPart: true, noscript }).blocks.map((block) => [
      block.text,
      block.noscript,
    ]);
  };

  expect(textsOf(true)).toEqual([
    ['Troops left.', false],
    ['They left on foot.', true],
    ['It rained.', false],
  ]);
  expect(textsOf(false)).toEqual([['Troops left.It rained.', false]]);
});
