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

describe('the story of a page', () => {
  const LONG = Array.from(
    { length: 8 },
    (_, at) =>
      `Witness ${at} told the court that the harbour fund had paid for ships that never sailed, and for crews that nobody had seen.`,
  ).map((text) => `<p>${text}</p>`);
  const OTHER = Array.from(
    { length: 24 },
    (_, at) =>
      `Picture ${at} shows a town on another coast, where a market was opened and a bridge was closed in spring.`,
  );
  const textOf = (body: string, title = 'Seven in court'): string => {
    const extraction = extractText(
      `<!doctype html><html><head><title>${title}</title></head><body>${body}</body></html>`,
      'https://news.example.org/a',
    );
    return extraction.ok ? extraction.text : '';
  };

  it('is where Readability finds a long one, though more is said about other pictures', () => {
    const text = textOf(
      `<article><h1>Seven in court</h1><div class="text">${LONG.join('')}</div><ul class="legends">${OTHER.map((each) => `<li><h2>Town</h2><p>${each}</p></li>`).join('')}</ul></article>`,
    );

    expect(text).toContain('Witness 7');
    expect(text).not.toContain('Picture');
  });

  it('goes on in its next part, beyond related stories', () => {
    const text = textOf(
      `<div class="page"><h1>Seven in court</h1><section class="a">${LONG.join('')}</section><div class="related"><a href="/x">The fund explained</a></div><section class="b">${LONG.slice(0, 4).join('').replaceAll('Witness', 'Expert')}</section></div>`,
    );

    expect(text).toContain('Witness 7');
    expect(text).toContain('Expert 3');
    expect(text).not.toContain('explained');
  });

  it('leaves out hidden text that is not a sentence', () => {
    const text = textOf(
      `<article><h1>Seven in court</h1>${STORY[0]}<p hidden>Link copied to the clipboard</p>${STORY[1]}</article>`,
    );

    expect(text).not.toContain('clipboard');
  });

  it('does not begin before the headline', () => {
    const text = textOf(
      `<div class="strip"><p>Our app has moved to another shop.</p></div><h1>Seven in court</h1>${STORY.join('')}`,
    );

    expect(text).toContain('Seven people');
    expect(text).not.toContain('Our app');
  });

  it('has no lead outside of it where there is no headline', () => {
    const text = textOf(
      `<div class="strip"><p>Our app has moved to another shop.</p></div><div class="content"><div>${STORY.join('')}</div></div>`,
      '',
    );

    expect(text).toContain('Seven people');
    expect(text).not.toContain('Our app');
  });

  it('keeps a long part under a linked heading', () => {
    const text = textOf(
      `<main><h1>Seven in court</h1>${STORY.join('')}<section><h2><a href="/live/3">Afternoon session</a></h2>${LONG.join('')}</section></main>`,
    );

    expect(text).toContain('Witness 7');
  });

  it('has no teaser of a picture, a title and a sentence, whatever its name', () => {
    const text = textOf(
      `<article><h1>Seven in court</h1>${STORY[0]}<div class="x1"><a href="/x"><img src="/a.jpg" alt=""></a><a href="/x">The fund explained</a><p>It was founded in the year of the flood.</p></div>${STORY[1]}${STORY[2]}</article>`,
    );

    expect(text).toContain('Observers');
    expect(text).not.toContain('flood');
  });

  it('has no line of a footer among its parts', () => {
    const post = (each: string | undefined): string =>
      `<article class="post">${each}<footer><p>Updated by the court desk</p></footer></article>`;

    const text = textOf(`<main><h1>Seven in court</h1>${STORY.map(post).join('')}</main>`);

    expect(text).toContain('Observers');
    expect(text).not.toContain('Updated by');
  });

  it('keeps a line without a full stop that is half a link', () => {
    const text = textOf(
      `<article><h1>Seven in court</h1>${STORY[0]}<p>Present were also <a href="/p">the members of the harbour board</a> and three ministers</p>${STORY[1]}</article>`,
    );

    expect(text).toContain('harbour board and three ministers');
  });

  it('is found under an id made of a heading', () => {
    const text = textOf(
      `<div class="page"><h1>Harbour</h1><div id="sharing-with-the-other-towns">${STORY.join('')}</div><div class="links"><a href="/x">Ships</a></div></div>`,
      'Harbour',
    );

    expect(text).toContain('Observers');
  });

  it('is not cut from a text in Chinese, which says more with fewer signs', () => {
    const text = textOf(
      '<h1>港口</h1><p>港口今天关闭。</p><p>三艘货船在入口搁浅，船员平安，领航员等待涨潮。</p><p>风力仍有十级。</p>',
      '港口',
    );

    expect(text).toBe('港口今天关闭。\n\n三艘货船在入口搁浅，船员平安，领航员等待涨潮。\n\n风力仍有十级。');
  });

  it.each([
    ['section', 'comment opinion'],
    ['div', 'share-wrapper'],
    ['div', 'promo-article'],
    ['div', 'sponsored social'],
  ])('is found in a %s of class %j where the page has no other', (tag, name) => {
    const text = textOf(
      `<nav><a href="/">Home</a></nav><${tag} class="${name}">${[...STORY, ...STORY].join('')}</${tag}><footer><p>The paper is printed in three towns.</p></footer>`,
    );

    expect(text).toContain('The defence asked');
    expect(text).toContain('Observers');
  });

  it('is not found in the comments of readers, however long they are', () => {
    const long = `<p>${'I have known this harbour for years, and the council never listened to us. '.repeat(12)}</p>`;

    const inList = textOf(
      `<h1>Seven in court</h1>${STORY[0]}<div class="comments"><div class="comment">${long}</div></div>`,
    );
    const alone = textOf(`<h1>Seven in court</h1>${STORY[0]}<div class="comment comment-item">${long}</div>`);
    const beside = textOf(`<h1>Seven in court</h1>${STORY.join('')}<div class="comment">${long}</div>`);

    for (const text of [inList, alone, beside]) {
      expect(text).toContain('Seven people');
      expect(text).not.toContain('the council never listened');
    }
  });

  it.each(['factbox', 'info-box', 'story-timeline'])('keeps the facts in an aside of class %j', (name) => {
    const text = textOf(
      `<main><h1>Seven in court</h1>${STORY[0]}<aside class="${name}"><h3>The fund</h3><p>It was set up in 1962 to repair the piers.</p></aside>${STORY[1]}${STORY[2]}</main>`,
    );

    expect(text).toContain('It was set up in 1962');
  });

  it('is without the notice of cookies before it', () => {
    const text = textOf(
      `<div class="x1"><p>We use cookies to show you relevant advertising. By continuing you agree to this.</p></div><h1>Seven in court</h1>${STORY.join('')}`,
    );

    expect(text).not.toContain('cookies');
  });

  it('is parted by two line breaks and not by one', () => {
    const [first, second, third] = STORY.map((each) => each.slice(3, -4));

    const text = textOf(`<h1>Seven in court</h1><div>${first}<br>${second}<br><br>${third}</div>`);

    expect(text).toBe(`${first}\n${second}\n\n${third}`);
  });
});
