// What `&name;` and `&#number;` stand for, and what they are where they stand for nothing.
import { decodeReferences, withWindows1252Signs } from '../../../shared/text/character-references.ts';

describe('a reference', () => {
  it.each([
    ['of XML', '&lt;&gt;&amp;&quot;&apos;', '<>&"\''],
    ['by its decimal number', '&#233;&#8217;&#128512;', 'é’😀'],
    ['by its hexadecimal number', '&#xE9;&#XE9;&#x1f600;', 'éé😀'],
    ['by a number without its semicolon', '&#233 &#xE9 ', 'é é '],
    ['at the very end', 'a&eacute;', 'aé'],
    ['in a row', '&eacute;&eacute;x&amp;', 'ééx&'],
    ['that is made by another is none', '&amp;eacute; &amp;amp;', '&eacute; &amp;'],
    ['of HTML without its semicolon', '&copy 2024 &eacutex', '© 2024 éx'],
    ['of two characters', '&NotEqualTilde;', '≂̸'],
    ['of windows-1252', '&#128;&#146;&#159;', '€’Ÿ'],
    ['beside those of windows-1252', '&#127;&#160;', '\u007f\u00a0'],
    ['of white space', '&#9;&#10;&#13;&#32;', '\t\n\r '],
    ['of a control', '&#0;&#8;&#11;&#31;', '\ufffd\ufffd\ufffd\ufffd'],
    ['of half a pair', '&#xd7ff;&#xd800;&#xdfff;&#xe000;', '\ud7ff\ufffd\ufffd\ue000'],
    ['of no character', '&#xfffe;&#xffff;&#x1fffe;&#xfffd;', '\ufffd\ufffd\ufffd\ufffd'],
    ['beyond the last character', '&#x10fffd;&#x110000;', '\u{10fffd}\ufffd'],
  ])('%s: %s', (_what, text, decoded) => {
    expect(decodeReferences(text)).toBe(decoded);
  });

  it.each([
    '',
    'plain',
    'a & b',
    '&',
    '&&',
    '&#;',
    '&#x;',
    '&#a;',
    '&;',
    '& amp;',
    '&unknown;',
    '&é;',
    '&1;',
    '&a',
    'x&',
  ])('is none in %j', (text) => {
    expect(decodeReferences(text)).toBe(text);
  });

  it('has up to 9 decimal and 8 hexadecimal digits', () => {
    expect(decodeReferences('&#000000233;')).toBe('é');
    expect(decodeReferences('&#0000000233;')).toBe('\ufffd3;');
    expect(decodeReferences('&#x000000E9;')).toBe('é');
    expect(decodeReferences('&#x0000000E9;')).toBe('\ufffd9;');
  });

  it('is looked for behind an ampersand that begins none', () => {
    expect(decodeReferences('R&D&amp;x & &eacute;&')).toBe('R&D&x & é&');
  });

  it('may be the longest that HTML has', () => {
    expect(decodeReferences('&CounterClockwiseContourIntegral;')).toBe('∳');
    expect(decodeReferences(`&${'a'.repeat(33)};`)).toBe(`&${'a'.repeat(33)};`);
  });

  it('means the same however many others come between', () => {
    const many = Array.from({ length: 4_100 }, (_, index) => `&x${index};`).join('');

    expect(decodeReferences(`&eacute;${many}&eacute;`)).toBe(`é${many}é`);
  });
});

describe('where the rules of XML hold', () => {
  it('a reference ends with a semicolon', () => {
    expect(decodeReferences('&copy=1 &copy; &lt;', { strict: true })).toBe('&copy=1 © <');
  });

  it('what the document declares comes before the names of HTML, and behind those of XML', () => {
    const declared = (name: string): string | null =>
      ({ copy: 'COPY', Müller: 'M', lt: 'never', a1: '', _x: 'X' })[name] ?? null;

    expect(decodeReferences('&copy; &Müller; &lt; [&a1;] &_x; &reg; &none;', { strict: true, declared })).toBe(
      'COPY M < [] X ® &none;',
    );
  });

  it('a declared name without its semicolon is none', () => {
    const declared = (): string => 'x';

    expect(decodeReferences('&Müller &Ö', { strict: true, declared })).toBe('&Müller &Ö');
  });

  it('bare ampersands and names that XML does not know are reported', () => {
    const told: string[] = [];
    const rules = {
      strict: true,
      onBareAmpersand: () => told.push('bare'),
      onHtmlName: () => told.push('name'),
    };

    expect(decodeReferences('a & b &lt; &#65; &eacute; &unknown; &copy', rules)).toBe('a & b < A é &unknown; &copy');
    expect(told).toEqual(['bare', 'name', 'bare', 'bare']);
  });
});

it('controls that a converter left behind are the signs of windows-1252', () => {
  expect(withWindows1252Signs('it\u0092s \u0080\u009f\u0081 \u007f\u00a0')).toBe('it’s €Ÿ\u0081 \u007f\u00a0');
});
