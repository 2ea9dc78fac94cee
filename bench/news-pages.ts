// Web pages as news sites serve them, made from a seed: an article among navigation, teasers, comments, scripts and styles.
import { below, pick, type Random, seeded } from '../test/support/seeded.ts';

const WORDS =
  'the council of northern harbour towns has agreed with its neighbours that grain ships may pass under a common flag while talks about tolls continue in spring and several ministers said they expected progress after years without any result because both sides now need open water'.split(
    ' ',
  );

export interface PageShape {
  readonly seed: number;
  readonly paragraphs: number;
  readonly teasers: number;
  readonly comments: number;
}

export function generatePage({ seed, paragraphs, teasers, comments }: PageShape): string {
  const random = seeded(seed);
  const title = sentence(random, 8);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title} | Example News</title>
<link rel="canonical" href="https://example.org/news/${seed}"><meta property="og:title" content="${title}">
<style>${Array.from({ length: 120 }, (_, index) => `.c${index}{margin:${index}px;color:#${(index * 4099).toString(16)}}`).join('\n')}</style>
<script>window.settings=${JSON.stringify({ words: WORDS, seed })};</script>
<script type="application/ld+json">${JSON.stringify({ '@context': 'https://schema.org', '@type': 'NewsArticle', headline: title })}</script></head>
<body><header><nav><ul>${many(25, (index) => `<li class="menu-item c${index}"><a href="/section/${index}">${pick(random, WORDS)}</a></li>`)}</ul></nav></header>
<div id="page" class="wrapper"><main><article class="story"><h1>${title}</h1><p class="byline">By <a rel="author" href="/staff">North Desk</a></p>
<div class="story-body">${many(paragraphs, (index) => paragraph(random, index))}</div></article></main>
<aside class="sidebar">${many(teasers, (index) => teaser(random, index))}</aside>
<section class="comments">${many(comments, (index) => `<div class="comment" id="comment-${index}"><b>Reader ${index}</b><p>${sentence(random, 12)}</p></div>`)}</section></div>
<footer><p>Example News</p>${many(20, (index) => `<a href="/about/${index}">${pick(random, WORDS)}</a>`)}</footer>
<script>${'function f(a){return a+1}\n'.repeat(60)}</script></body></html>`;
}

const many = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join('\n');

const sentence = (random: Random, words: number): string => {
  const text = Array.from({ length: words }, () => pick(random, WORDS)).join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};

function paragraph(random: Random, index: number): string {
  const sentences = Array.from(
    { length: 3 + below(random, 4) },
    () => `${sentence(random, 12 + below(random, 12))}, ${pick(random, WORDS)}.`,
  );
  const figure =
    index % 6 === 5
      ? `<figure><img src="/image/${index}.jpg" alt=""><figcaption>${sentence(random, 6)}</figcaption></figure>`
      : '';
  return `<p>${sentences.join(' ')} <a href="/topic/${index}">${pick(random, WORDS)}</a> <em>${pick(random, WORDS)}</em>.</p>${figure}`;
}

const teaser = (random: Random, index: number): string =>
  `<div class="teaser c${index}"><a href="/news/${index}"><img src="/thumb/${index}.jpg" alt=""><h3>${sentence(random, 7)}</h3></a><p>${sentence(random, 15)}</p></div>`;
