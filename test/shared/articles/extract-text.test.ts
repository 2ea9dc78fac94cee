import { parseHTML } from 'linkedom';
import { extractText } from '../../../shared/articles/extract-text.ts';
import { paragraphsOf } from '../../../shared/articles/paragraphs.ts';
import type { Extraction } from '../../../shared/model/article.ts';
import { cutAtNesting } from '../../../shared/text/limit-nesting.ts';
import { tidyText } from '../../../shared/text/tidy-text.ts';

const PAGE_URL = 'https://www.news.example.org/2026/11/harbour?from=home';

const STORY = [
  'The harbour of Example City was closed on Monday after a ship ran aground, the port authority said.',
  'No one was hurt, and the crew of nineteen stayed on board, waiting for the tide, an official added.',
  'Tugs from two neighbouring ports are on their way, and are expected in the evening, if the weather holds.',
  'The ship, which carries grain, left the river on Sunday and was bound for the north, records show.',
  'Fishermen said the channel had not been dredged for years, a claim that the authority denied.',
];

/** A news page with what stands around articles: menu, teasers, cookie notice, comments, footer. */
const newsPage = (parts: { head?: string; story?: string; lang?: string } = {}): string => `<!doctype html>
<html lang="${parts.lang ?? 'en-GB'}"><head><title>Harbour closed after ship runs aground</title>${parts.head ?? ''}
<style>.menu { color: red }</style><script>var tracking = "The harbour was never closed";</script></head>
<body><header><nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>
<div class="cookie-banner">We value your privacy. Accept all cookies.</div>
<main><article><h1>Harbour closed after ship runs aground</h1>
${parts.story ?? STORY.map((text) => `<p>${text}</p>`).join('\n')}</article></main>
<aside class="related"><h3>Most read</h3><ul><li><a href="/a">Ten cakes for autumn</a></li><li><a href="/b">Cup final drawn</a></li></ul></aside>
<section class="comments"><p>First!</p></section>
<footer>© News of Example City</footer></body></html>`;

const textOf = (extraction: Extraction): string => (extraction.ok ? extraction.text : `failed: ${extraction.reason}`);

describe('the text of an article', () => {
  it('is its paragraphs, without what stands around it', () => {
    expect(extractText(newsPage(), PAGE_URL)).toEqual({
      ok: true,
      text: STORY.join('\n\n'),
      title: 'Harbour closed after ship runs aground',
      canonicalUrl: null,
      language: 'en',
    });
  });

  it('keeps lists, quotations and headings as paragraphs, and inline markup inside them', () => {
    const [first, second, third, fourth] = STORY;
    const story = `<p>${first}</p><h2>The crew</h2><p>${second?.replace('nineteen', '<b>nine</b>teen')}</p>
      <blockquote><p>${third}</p></blockquote><ul><li>${fourth}</li><li>One more point, with enough words to stay in the list.</li></ul>`;

    expect(textOf(extractText(newsPage({ story }), PAGE_URL)).split('\n\n')).toEqual([
      first,
      'The crew',
      second,
      third,
      fourth,
      'One more point, with enough words to stay in the list.',
    ]);
  });

  it.each([
    ['https://www.news.example.org/2026/11/harbour', 'https://www.news.example.org/2026/11/harbour'],
    ['/2026/11/harbour', 'https://www.news.example.org/2026/11/harbour'],
    ['https://elsewhere.example.com/copy', null],
    ['https://www.news.example.org/', null],
  ])('comes with the canonical address %s where it is believable', (href, canonicalUrl) => {
    const head = `<LINK REL="Canonical" HREF="${href}">`;

    expect(extractText(newsPage({ head }), PAGE_URL)).toMatchObject({ canonicalUrl });
  });

  it('of an AMP copy comes with the address of its original', () => {
    const head = '<link rel="canonical" href="https://www.news.example.org/2026/11/harbour">';
    const copy = 'https://www-news-example-org.cdn.ampproject.org/c/s/www.news.example.org/2026/11/harbour.amp';

    expect(extractText(newsPage({ head }).replace('<html', '<html amp'), copy)).toMatchObject({
      canonicalUrl: 'https://www.news.example.org/2026/11/harbour',
    });
  });

  it.each([
    ['de', 'de'],
    ['pt-BR', 'pt'],
    ['zh_Hant', 'zh'],
    ['FIL', 'fil'],
    ['', null],
    ['english', null],
  ])('stated to be in "%s" is in %s', (lang, language) => {
    expect(extractText(newsPage({ lang }), PAGE_URL)).toMatchObject({ language });
  });

  it('is taken from structured data where the page is drawn by a script', () => {
    const json = JSON.stringify({
      '@context': 'https://schema.org',
      '@graph': [
        { '@type': 'Person' },
        { '@type': 'NewsArticle', articleBody: `${STORY.join('\n')}\nFish &amp; chips stayed <b>hot</b>.` },
      ],
    });
    const head = `<script type="application/ld+json">${json.replaceAll('<', '\\u003c')}</script>`;

    expect(textOf(extractText(newsPage({ head, story: '<div id="app"></div>' }), PAGE_URL))).toBe(
      [...STORY, 'Fish & chips stayed hot.'].join('\n\n'),
    );
  });

  it('is not taken from structured data where the page says more', () => {
    const head = '<script type="application/ld+json">[{"articleBody":"Short."},null,7,{"articleBody":{}}]</script>';

    expect(textOf(extractText(newsPage({ head }), PAGE_URL))).toBe(STORY.join('\n\n'));
  });

  it.each([
    ['', 'no article was found on the page'],
    ['<html><body></body></html>', 'no article was found on the page'],
    ['<html><body><p>Access denied.</p></body></html>', 'the page holds only 14 characters of text'],
  ])('is missing from the page %j, and it says why', (html, reason) => {
    expect(extractText(html, PAGE_URL)).toEqual({ ok: false, reason });
  });

  const paragraphs = STORY.map((text) => `<p>${text}</p>`).join('');
  it.each<[what: string, html: string]>([
    [
      'no html, head and body',
      `<!doctype html><title>Harbour</title><link rel=canonical href=/a><article>${paragraphs}</article>`,
    ],
    ['no head', `<html><title>Harbour</title><link rel=canonical href=/a><body>${paragraphs}</body></html>`],
    ['no body', `<html><head><title>Harbour</title><link rel=canonical href=/a></head>${paragraphs}</html>`],
    [
      'a second html',
      `<html><head><title>Harbour</title><link rel=canonical href=/a></head></html><html><body>${paragraphs}</body></html>`,
    ],
    [
      'capital letters',
      `<HTML><HEAD><TITLE>Harbour</TITLE><LINK REL=canonical HREF=/a></HEAD><BODY>${paragraphs}</BODY></HTML>`,
    ],
    [
      'an XML declaration',
      `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Harbour</title><link rel="canonical" href="/a"/></head><body>${paragraphs}</body></html>`,
    ],
  ])('is found on a page with %s', (_what, html) => {
    expect(extractText(html, PAGE_URL)).toMatchObject({
      text: STORY.join('\n\n'),
      title: 'Harbour',
      canonicalUrl: 'https://www.news.example.org/a',
    });
  });

  it('has eighty characters at least: what is shorter is a notice', () => {
    const page = (length: number) =>
      extractText(
        `<article><p>${'The harbour is closed now. '.repeat(4).slice(0, length - 1)}.</p></article>`,
        PAGE_URL,
      );

    expect(page(80)).toMatchObject({ ok: true });
    expect(page(79)).toEqual({ ok: false, reason: 'the page holds only 79 characters of text' });
    expect(extractText('<p></p>', PAGE_URL)).toEqual({ ok: false, reason: 'no article was found on the page' });
  });

  it('is cut at 200,000 characters, between paragraphs', () => {
    const story = Array.from({ length: 3000 }, (_, at) => `<p>${at}. ${STORY[at % STORY.length]}</p>`).join('');

    const text = textOf(extractText(newsPage({ story }), PAGE_URL));

    expect(text.length).toBeGreaterThan(199_800);
    expect(text.length).toBeLessThanOrEqual(200_000);
    expect(STORY.some((paragraph) => text.endsWith(paragraph))).toBe(true);
  });
});

describe('paragraphs', () => {
  const of = (html: string): readonly string[] =>
    paragraphsOf(parseHTML(`<html><body>${html}</body></html>`).document.body);

  it.each<[html: string, paragraphs: readonly string[]]>([
    ['plain', ['plain']],
    ['<p>one</p><p>two</p>', ['one', 'two']],
    ['<p>one<p>two', ['one', 'two']],
    ['before<div>inside</div>after', ['before', 'inside', 'after']],
    ['<p>a <b>bo</b>ld <i>word</i>.</p>', ['a bold word.']],
    ['<p>  much \n\t white&nbsp;space  </p>', ['much white space']],
    ['<p>one<br>two<br/><br>three</p>', ['one\ntwo\nthree']],
    ['<ul><li>one</li><li>two<ul><li>deep</li></ul></li></ul>', ['one', 'two', 'deep']],
    [
      '<table><tr><th>Port</th><td>closed</td></tr><tr><td>Road</td><td>open</td></tr></table>',
      ['Port closed', 'Road open'],
    ],
    ['<p>a</p><p> </p><p>&#8203;</p><p>b</p>', ['a', 'b']],
    ['<p>seen<script>not()</script><style>x{}</style><noscript>nor this</noscript></p>', ['seen']],
    ['<p>fish &amp; chips &lt;b&gt;</p>', ['fish & chips <b>']],
    ['<p>har&shy;bour zero\u200bwidth</p>', ['harbour zerowidth']],
    ['<p>می\u200cخواهم</p>', ['می\u200cخواهم']],
    ['<figure><img alt="x"><figcaption>A ship</figcaption></figure>', ['A ship']],
    ['', []],
  ])('of %j', (html, paragraphs) => {
    expect(of(html)).toEqual(paragraphs);
  });

  it('in a title are one line', () => {
    expect(tidyText(' Two\r\nlines\u2028and\u0007 \u202ebell\ud800 ')).toBe('Two lines and bell\uFFFD');
  });
});

describe('the nesting of a page', () => {
  it('is left alone up to the limit', () => {
    const html = `${'<div>'.repeat(5)}text${'</div>'.repeat(5)}`;

    expect(cutAtNesting(html, 5)).toBe(html);
  });

  it('is cut at the first element beyond it', () => {
    expect(cutAtNesting('<p>one</p><div><div><div><b>deep</b></div></div></div><p>two</p>', 3)).toBe(
      '<p>one</p><div><div><div>',
    );
  });

  it('does not count elements that end by themselves, nor what only looks like elements', () => {
    const html = `${'<p>a'.repeat(50)}${'<br><img>'.repeat(50)}<ul>${'<li>b'.repeat(50)}</ul><script>${'<div>'.repeat(50)}</script><!--${'<div>'.repeat(50)}--><i title="${'<div>'.repeat(50)}">c</i>`;

    expect(cutAtNesting(html, 5)).toBe(html);
  });
});
