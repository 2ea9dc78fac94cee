// Pages whose author left out <html>, <head> or <body> have them, as in a browser.
import { parseHTML } from 'linkedom';
import { completeDocument } from '../../../shared/articles/complete-document.ts';

function completed(html: string): string {
  const { document } = parseHTML(html);
  completeDocument(document);
  return document.documentElement.outerHTML;
}

it.each([
  [
    'without any of them',
    '<title>T</title><meta name="a"><p>One</p><p>Two</p>',
    '<html><head><title>T</title><meta name="a"></head><body><p>One</p><p>Two</p></body></html>',
  ],
  [
    'with attributes at a body and a root',
    '<html lang="de"><body class="post"><p>One</p></body></html>',
    '<html lang="de"><head></head><body class="post"><p>One</p></body></html>',
  ],
  [
    'with a style behind the first paragraph, which stays there',
    '<p>One</p><style>a{}</style>',
    '<html><head></head><body><p>One</p><style>a{}</style></body></html>',
  ],
  [
    'with two bodies, of which the first is believed',
    '<html lang="de"><body class="a"><p>One</p></body><body class="b" id="c"><p>Two</p></body></html>',
    '<html lang="de"><head></head><body id="c" class="a"><p>One</p><p>Two</p></body></html>',
  ],
  [
    'with a head alone, whatever is in it',
    '<html><head><title>T</title><div>D</div></head></html>',
    '<html><head><title>T</title><div>D</div></head><body></body></html>',
  ],
  [
    'with a head behind its body',
    '<html><body><p>One</p></body><head><title>T</title></head></html>',
    '<html><head><title>T</title></head><body><p>One</p></body></html>',
  ],
  ['with bare words', 'One <b>two</b>', '<html><head></head><body>One <b>two</b></body></html>'],
  [
    'with each kind of metadata before its text',
    '<base href="/"><link rel="a"><script>b</script><style>c</style><p>One</p><link rel="d">',
    '<html><head><base href="/"><link rel="a"><script>b</script><style>c</style></head><body><p>One</p><link rel="d"></body></html>',
  ],
])('a page %s', (_what, html, expected) => {
  expect(completed(html)).toBe(expected);
});

it('a complete page stays as it is', () => {
  const page = '<html lang="en"><head><title>T</title></head><body><p>One</p></body></html>';

  expect(completed(page)).toBe(page);
});

it('a complete page is not taken apart', () => {
  const { document } = parseHTML('<!-- a --><html><head></head><body><p>One</p></body></html>');
  const root = document.documentElement;
  completeDocument(document);

  expect(document.documentElement === root).toBe(true);
});
