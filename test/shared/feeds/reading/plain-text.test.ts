// Texts of feeds, of which nobody says reliably whether they are plain, escaped or markup.
import type { Element } from '../../../../shared/feeds/reading/element.ts';
import { cut, lineOf, paragraphsOf, plainLine, plainParagraphs } from '../../../../shared/feeds/reading/plain-text.ts';
import { MARKUP_ATTRIBUTE } from '../../../../shared/feeds/reading/tidy.ts';

const typed = (type: string, text: string, more: Readonly<Record<string, string>> = {}): Element => ({
  $: { type, ...more },
  _: text,
});
const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64');

describe('a line', () => {
  it.each<[what: string, element: Element | undefined, isAtom: boolean, line: string | null]>([
    ['that is missing', undefined, true, null],
    ['that is empty', ' \n', true, null],
    ['of nothing but markup', '<br>', false, null],
    ['over several lines', ' Harbour\n news ', true, 'Harbour news'],
    ['of RSS, with a reference', 'Fish &amp; chips', false, 'Fish & chips'],
    ['of RSS, with tags', 'The <b>harbour</b>', false, 'The harbour'],
    ['of RSS, with a tag that is none', 'a <harbour> b', false, 'a <harbour> b'],
    ['of Atom, with words in signs', 'a < b', true, 'a < b'],
    ['of Atom, with tags', 'The <b>harbour</b>', true, 'The harbour'],
    ['of Atom, with a reference', 'Fish &amp; chips', true, 'Fish & chips'],
    ['of HTML, with a tag that is none', typed('html', 'a <harbour> b'), true, 'a b'],
    ['of XHTML by its type', typed('application/xhtml+xml', 'a <harbour> b'), true, 'a b'],
    ['of HTML by its type', typed(' TEXT/HTML ', 'a <harbour> b'), true, 'a b'],
    ['of XHTML', typed('xhtml', 'a <harbour> b'), true, 'a b'],
    ['of markup', { $: { [MARKUP_ATTRIBUTE]: '' }, _: 'a <harbour> b' }, true, 'a b'],
    ['escaped, of no type', { $: { mode: ' Escaped ' }, _: 'a <harbour> b' }, true, 'a b'],
    ['escaped, of plain text', typed('text/plain', 'a <harbour> b', { mode: 'escaped' }), true, 'a <harbour> b'],
    ['of text', typed('text', 'a <harbour> b'), false, 'a <harbour> b'],
    ['escaped twice', 'Fish &amp;amp; chips', false, 'Fish & chips'],
    ['in base64', typed('text', base64('Harbour'), { mode: 'base64' }), true, 'Harbour'],
    ['in base64 of another type', typed('application/x-y', base64('Harbour!!')), true, 'Harbour!!'],
    ['in base64 of another type, which is no text', typed('image/png', base64(Uint8Array.of(0, 1, 2))), true, 'AAEC'],
    ['of another type, which is no base64', typed('image/png', 'Harbour news'), true, 'Harbour news'],
    [
      'of another type, which is text all the same',
      typed('application/xml', base64('Harbour!!')),
      true,
      base64('Harbour!!'),
    ],
  ])('%s is read', (_what, element, isAtom, line) => {
    expect(lineOf(element, isAtom)).toBe(line);
  });

  it('has two thousand characters at most, of whole signs', () => {
    expect(plainLine('x'.repeat(2_001), 'text')).toBe('x'.repeat(2_000));
    expect(plainLine(`<b>${'x'.repeat(2_001)}</b>`, 'html')).toBe('x'.repeat(2_000));
    expect([cut('ab🚢', 3), cut('ab🚢', 4), cut('ab🚢c', 4), cut('abc', 2)]).toEqual(['ab', 'ab🚢', 'ab🚢', 'ab']);
  });
});

describe('paragraphs', () => {
  it.each<[what: string, element: Element | undefined, isAtom: boolean, text: string | null]>([
    ['that are missing', undefined, true, null],
    ['that are empty', '', true, null],
    ['of nothing but markup', '<p></p>', false, null],
    ['of RSS, with tags', '<p>One</p><p>Two</p>', false, 'One\n\nTwo'],
    ['of RSS, without tags', 'One\n\nTwo &amp; three', false, 'One\n\nTwo & three'],
    ['of RSS, with a tag that is none', 'a <harbour> b', false, 'a b'],
    ['of Atom, with words in signs', 'a <harbour> b', true, 'a <harbour> b'],
    ['of Atom, with tags', '<p>One</p><p>Two</p>', true, 'One\n\nTwo'],
    ['of HTML without tags', typed('html', 'One &lt; two'), true, 'One < two'],
    ['of HTML, escaped twice', typed('html', '&lt;p&gt;One&lt;/p&gt;<br>'), true, 'One'],
    ['of HTML that shows markup', typed('html', '<code>&lt;br></code>'), true, '<br>'],
    ['of text, escaped', typed('text', 'Fish &amp; chips'), true, 'Fish & chips'],
    ['in base64', typed('application/x-y', base64('One, two')), true, 'One, two'],
    ['in base64 that is no text', typed('image/png', base64(Uint8Array.of(0, 1, 2))), true, null],
  ])('%s are read', (_what, element, isAtom, text) => {
    expect(paragraphsOf(element, isAtom)).toBe(text);
  });

  it('have a million characters at most', () => {
    expect(plainParagraphs('x'.repeat(1_000_001), 'text')).toHaveLength(1_000_000);
  });
});
