import { extractText } from '../../../shared/articles/extract-text.ts';

const SAID = 'The ministry will deploy troops to the border.';
const STORY = [
  'Seven people appeared in court on Monday after a long inquiry into the harbour fund, and the judge set a date.',
  'The defence asked for more time to read the files, which run to forty thousand pages, and the court agreed.',
  'Observers from three countries followed the hearing, and workers held a vigil before the building.',
].map((text) => `<p>${text}</p>`);
const AROUND =
  '<div class="side"><h2>Most read</h2><ul><li><a href="/1">Ten cakes for autumn</a></li></ul></div><footer>Contact us</footer>';

/** The place of the part on the page: as lead, between the paragraphs, or after them; and in which markup. */
const PLACES: Readonly<Record<string, (part: string) => string>> = {
  'a lead in the article': (part) =>
    `<main><article><h1>Seven in court</h1>${part}<div class="body">${STORY.join('')}</div></article></main>`,
  'a lead outside of articles': (part) =>
    `<div class="page"><h1>Seven in court</h1>${part}<div class="body">${STORY.join('')}</div></div>`,
  'among the paragraphs': (part) =>
    `<main><h1>Seven in court</h1><div class="text">${STORY[0]}${part}${STORY.slice(1).join('')}</div></main>`,
  'among paragraphs in rows': (part) =>
    `<article><h1>Seven in court</h1>${[STORY[0], part, ...STORY.slice(1)].map((each) => `<div class="row"><div>${each}</div></div>`).join('')}</article>`,
  'in a cell of a table': (part) =>
    `<table><tr><td><a href="/a">Home</a><br><a href="/b">Contact</a></td><td><h1>Seven in court</h1>${STORY[0]}${part}${STORY.slice(1).join('')}</td></tr></table>`,
  'after the story': (part) =>
    `<div class="page"><h1>Seven in court</h1><div class="body">${STORY.join('')}</div>${part}</div>`,
};

const isFound = (place: string, part: string): boolean => {
  const html = `<!doctype html><html lang="en"><head><title>Seven in court</title></head><body>${PLACES[place]?.(part)}${AROUND}</body></html>`;
  const extraction = extractText(html, 'https://news.example.org/a');
  const text = extraction.ok ? extraction.text : '';
  expect(text).toContain('The defence asked for more time');
  return /deploy troops/i.test(text);
};

describe.each(Object.keys(PLACES))('a sentence %s', (place) => {
  it.each([
    `<p>${SAID}</p>`,
    `<p class="comment-quote">${SAID}</p>`,
    `<p class="social">${SAID}</p>`,
    `<p id="sidebar-text">${SAID}</p>`,
    `<div class="markup"><p><strong><a href="/x">${SAID}</a></strong></p></div>`,
    `<p><a href="/m">The ministry</a> will deploy <a href="/t">troops to the border</a>.</p>`,
    `<section class="lead"><p>${SAID}</p></section>`,
    `<header><p>${SAID}</p></header>`,
    `<div class="intro">${SAID}</div>`,
    `<p class="paywall" aria-hidden="true">${SAID}</p>`,
    `<div hidden><p>${SAID}</p></div>`,
    `<blockquote class="comment"><p>${SAID}</p></blockquote>`,
    `<ul class="related-facts"><li>${SAID}</li></ul>`,
    `<div class="comment-quote"><p>${SAID}</p></div>`,
    `<div class="share-text"><p>${SAID}</p></div>`,
    `<div class="banner"><p>${SAID}</p></div>`,
    `<aside><p>${SAID}</p></aside>`,
    `<figure><img src="/a.jpg" alt=""><figcaption>${SAID}</figcaption></figure>`,
    `<table><tr><th>When</th><td>${SAID}</td></tr></table>`,
    `<h2 class="subtitle">${SAID}</h2>`,
    `<font>${SAID}</font>`,
    `<x-paragraph>${SAID}</x-paragraph>`,
    `<noscript><p>${SAID}</p></noscript>`,
    `<p class="quote">“${SAID}”</p>`,
  ])('is found in %j', (part) => {
    expect(isFound(place, part)).toBe(true);
  });

  it.each([
    '<p><a href="/x">Ministry to deploy troops to the border</a></p>',
    '<p>Read more: <a href="/x">Ministry to deploy troops</a></p>',
    '<p>Unheard-of label: <a href="/x">Ministry to deploy troops</a></p>',
    '<ul><li><a href="/x">Ministry to deploy troops</a></li><li><a href="/y">Dam opens</a></li></ul>',
    '<div class="card"><a href="/x"><img src="/a.jpg" alt=""><h3>Border</h3><p>It will deploy troops.</p></a></div>',
    '<div><h4><a href="/x">Ministry to act</a></h4><p>It will deploy troops to the border on Monday.</p></div>',
    '<div class="newsletter"><p>We deploy troops of reporters. Sign up now.</p><form><input></form></div>',
    '<form><p>Should the ministry deploy troops?</p><input type="radio">Yes</form>',
    '<nav><a href="/x">Deploy troops.</a></nav>',
    '<div class="comments"><p>They should never deploy troops, if you ask me.</p></div>',
    '<figure><a href="/x"><img src="/a.jpg" alt=""><figcaption>Soldiers deploy troops.</figcaption></a></figure>',
    '<div class="cookie-note"><p>Our cookies deploy troops.</p><button>OK</button></div>',
    '<div role="dialog"><p>We deploy troops.</p></div>',
    '<div class="tags"><a href="/t">deploy troops</a></div>',
    '<noscript><p>Please turn on JavaScript to deploy troops.</p></noscript>',
    '<amp-list><div>Deploy troops.</div></amp-list>',
  ])('is not taken from %j', (part) => {
    expect(isFound(place, part)).toBe(false);
  });
});

describe('text for readers without scripts', () => {
  it('that the page says anyway is not said again', () => {
    const twice = `<p>${SAID}</p><noscript><p>${SAID}</p></noscript>`;
    const html = `<html><head><title>Seven in court</title></head><body>${PLACES['among the paragraphs']?.(twice)}</body></html>`;

    const extraction = extractText(html, 'https://news.example.org/a');

    expect(extraction.ok && extraction.text.split(SAID)).toHaveLength(2);
  });
});
