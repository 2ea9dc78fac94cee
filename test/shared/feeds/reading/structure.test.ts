// Which elements end others that were not closed, where a feed begins, and what references become.
import { DeclaredEntities } from '../../../../shared/feeds/reading/doctype.ts';
import { startOf } from '../../../../shared/feeds/reading/document-start.ts';
import { References } from '../../../../shared/feeds/reading/references.ts';
import { endsBefore, hasOwnParts, isForeign, isKnown, isTelling } from '../../../../shared/feeds/reading/structure.ts';

it.each<[next: string, open: string, ends: boolean]>([
  ['rss/title', 'atom/link', true],
  ['other:own/mood', 'rss/enclosure', true],
  ['rss/link', 'rss/title', true],
  ['rss/item', 'rss/title', true],
  ['xhtml/b', 'rss/title', false],
  ['rss/title', 'other:own/mood', false],
  ['rss/title', 'atom/author', true],
  ['atom/name', 'atom/author', false],
  ['rss/email', 'rss/author', false],
  ['other:own/mood', 'atom/author', false],
  ['atom/content', 'atom/source', true],
  ['atom/title', 'atom/source', false],
  ['atom/updated', 'atom/source', false],
  ['atom/id', 'atom/source', false],
  ['rss/title', 'rss/skiphours', true],
  ['rss/hour', 'rss/skiphours', false],
  ['rss/title', 'rss/image', false],
  ['rss/title', 'rss/item', false],
  ['rss/title', 'rss/channel', false],
  ['rss/comments', 'rss/title', true],
  ['rss/title', 'rss/comments', true],
])('where %s begins, an unclosed %s ends: %s', (next, open, ends) => {
  expect(endsBefore(next, open)).toBe(ends);
});

it('elements of feeds and their usual modules are known, those of extensions are foreign', () => {
  const names = ['rss/title', 'atom/feed', 'rdf/rdf', 'rss/copyright', 'dc/creator', 'xhtml/b', 'other:own/mood'];

  expect(names.filter(isKnown)).toEqual(['rss/title', 'atom/feed', 'rdf/rdf', 'rss/copyright', 'dc/creator']);
  expect(names.filter(isForeign)).toEqual(['dc/creator', 'other:own/mood']);
  expect(['atom/source', 'rss/image', 'rss/textinput', 'rss/item'].map(hasOwnParts)).toEqual([true, true, true, false]);
});

it('an item is recognised by its children', () => {
  expect([{ 'rss/title': [''] }, { 'atom/id': ['1'] }, { 'dc/creator': ['A'] }, 'text'].map(isTelling)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

it.each<[text: string, begins: string]>([
  ['<rss>', '<rss>'],
  ['  Warning <?xml version="1.0"?><rss>', '<?xml version="1.0"?><rss>'],
  ['Warning: 5 < 7 <rss>', '<rss>'],
  ['<b>Warning</b><rss>', '<rss>'],
  ['<br />Warning<br /><?xml version="1.0"?><feed>', '<?xml version="1.0"?><feed>'],
  ['<!DOCTYPE html><html><body><a:rss x="1">', '<a:rss x="1">'],
  ['<html><rdf:RDF>', '<rdf:RDF>'],
  ['<div><channel/>', '<channel/>'],
  ['<p><entry>', '<entry>'],
  ['<html><body>Hello', '<html><body>Hello'],
  ['<html><rssx>', '<html><rssx>'],
  ['<bold><rss>', '<bold><rss>'],
  ['<html><rss><?xml version="1.0"?>', '<rss><?xml version="1.0"?>'],
  ['just words', 'just words'],
])('a feed in %j begins: %s', (text, begins) => {
  expect(text.slice(startOf(text))).toBe(begins);
});

describe('references', () => {
  const made = () => new References(new DeclaredEntities());

  it('become what they stand for; an ampersand that begins none is text', () => {
    const references = made();

    expect(references.decode('a &amp; b & c &eacute; &nosuch; &#65;')).toBe('a & b & c é &nosuch; A');
    expect([references.bareAmpersands, references.htmlNames]).toEqual([2, 1]);
  });

  it('become those that XML knows', () => {
    expect(made().repair('a &amp; b & <c> &eacute;')).toBe('a &amp; b &amp; &lt;c&gt; é');
    expect(made().repairTag(`<a b="x &amp; &quot;y&quot; & z" c='&apos;&eacute;' d="no" &e>`)).toBe(
      `<a b="x &amp; &quot;y&quot; &amp; z" c='&apos;é' d="no" &e>`,
    );
  });

  it('become what the document declares', () => {
    const entities = new DeclaredEntities();
    const references = new References(entities);
    entities.declare('ship', 'Aurora');

    expect(references.decode('&ship; &amp; &nosuch;')).toBe('Aurora & &nosuch;');
  });
});
