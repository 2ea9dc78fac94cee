// Where the text of an element ends. Damaged documents: damage.test.ts.
import { tidy } from '../../../../shared/feeds/reading/tidy.ts';

it.each([
  ['its end tag', '<title>one two</title>', ['one two']],
  ['its end tag with spaces', '<title>one two</title\n >', ['one two']],
  ['its end tag with attributes, which no end tag has', '<title>one two</title x="1">', ['one two']],
  ['a CDATA section and its end tag', '<title><![CDATA[one two]]>\n</title>', ['one two']],
  ['and not at an end tag that only begins like it', '<title>one</titles> two</title>', ['one</titles> two']],
  ['nor at such a one behind a CDATA section', '<title><![CDATA[one]]></titles> two</title>', ['one</titles> two']],
])('the text of an element ends at %s', (_where, element, texts) => {
  const { xml, texts: held, notes } = tidy(`<rss><item>${element}</item></rss>`);

  expect(held).toEqual(texts);
  expect(xml).not.toContain('two');
  expect(xml).toMatch(/<\/c><\/b><\/a>$/);
  expect(notes).toEqual([]);
});
