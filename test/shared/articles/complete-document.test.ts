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
])('a page %s', (_what, html, expected) => {
  expect(completed(html)).toBe(expected);
});

it('a complete page stays as it is', () => {
  const page = '<html lang="en"><head><title>T</title></head><body><p>One</p></body></html>';

  expect(completed(page)).toBe(page);
});
