// What is said of an answer that holds no feed.
import { isWebPage, notAFeed } from '../../../../shared/feeds/reading/not-a-feed.ts';

const URL_OF_IT = 'https://me:secret@news.example.org/feed';
const errorOf = (text: string, problem: string | null = null, body: Uint8Array = new TextEncoder().encode(text)) =>
  notAFeed(URL_OF_IT, body, text, problem);
const bytes = (...codes: readonly number[]) => errorOf('\ufffd', null, Uint8Array.from([...codes, 0, 0]));

describe('an answer that holds no feed', () => {
  it.each<[text: string, what: string]>([
    ['', 'the answer was empty'],
    [' \n', 'the answer was empty'],
    ['just words', 'it is plain text'],
    ['<?xml version="1.0"?><!-- x --><opml>', 'it is a list of feeds (OPML); import it with "tocsin feeds import"'],
    ['<URLSET>', 'it is a sitemap'],
    ['<sitemapindex>', 'it is a sitemap'],
    ['<error>', 'it is the error message of a server, in XML'],
    ['<svg>', 'it is XML with the root element <svg>, and nothing in it is a channel, a feed or an item'],
    ['<html><title>Harbour &amp; sea</title>', 'it is a web page ("Harbour & sea")'],
    ['<html>', 'it is a web page'],
    ['<html><title>Log in</title><input type = "password">', 'it is a page that asks for a password ("Log in")'],
    ["<html><input TYPE='password'>", 'it is a page that asks for a password'],
    ['<html>captcha', 'it is a page that keeps programs out'],
    ['<html>cf-browser-verification', 'it is a page that keeps programs out'],
    ['<html>challenge-platform', 'it is a page that keeps programs out'],
    ['<html>Are you human?', 'it is a page that keeps programs out'],
    ['<html>Are you a human?', 'it is a page that keeps programs out'],
    ['{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6}', 'it is JSON, but no JSON Feed (its fields: a, b, c, d, e)'],
    ['{}', 'it is JSON, but no JSON Feed'],
    [' [7]', 'it is JSON, but no JSON Feed (its fields: 0)'],
    ['{"a":', 'it looks like JSON, and is broken or cut off'],
  ])('%j is described: %s', (text, what) => {
    expect(errorOf(text).happened).toBe(`it holds no feed: ${what}`);
  });

  it.each<[kind: string, codes: readonly number[]]>([
    ['a PDF document', [0x25, 0x50, 0x44, 0x46]],
    ['an image', [0x89, 0x50, 0x4e, 0x47]],
    ['an image', [0xff, 0xd8, 0xff]],
    ['an image', [0x47, 0x49, 0x46, 0x38]],
    ['a ZIP archive', [0x50, 0x4b, 0x03, 0x04]],
    ['compressed data', [0x1f, 0x8b]],
  ])('is %s by its first bytes', (kind, codes) => {
    expect(bytes(...codes).happened).toBe(`it holds no feed: it is ${kind}`);
    expect(bytes(...codes.slice(0, -1), 0x01).happened).toBe('it holds no feed: it is plain text');
  });

  it('is named without secrets, with what to do, and with its beginning', () => {
    const error = errorOf(` ${'x'.repeat(100)}\u202e`);

    expect(error.kind).toBe('not_a_feed');
    expect(error.url).toBe('https://news.example.org/feed');
    expect(error.message).toBe(
      'https://news.example.org/feed holds no feed: it is plain text. "tocsin feeds check" with the address of the site lists its feeds.' +
        ` It begins: "${'x'.repeat(80)}"`,
    );
    expect(errorOf('a  b\n\u202ec\u2028').message).toContain('It begins: "a b ?c"');
    expect(errorOf('').message).not.toContain('It begins');
  });

  it('is described by the problem that was found', () => {
    expect(errorOf('<rss>', 'it is cut off').happened).toBe('it holds no feed: it is cut off');
  });
});

it.each([
  ['<!DOCTYPE html>', true],
  ['<!doctype\n html PUBLIC>', true],
  ['x <HTML>', true],
  ['<head>', true],
  ['<body class="a">', true],
  ['<htmlx>', false],
  ['<header>', false],
  ['<!doctype rss>', false],
])('%j is a web page: %s', (text, isPage) => {
  expect(isWebPage(text)).toBe(isPage);
});
