import { repairedAttributes } from '../../../../shared/feeds/reading/broken-tags.ts';

describe('a start tag that lacks its end or a quote', () => {
  it.each([
    [
      ' rel="alternate type="text/html" href="https://example.org/1"/>',
      ' rel="alternate" type="text/html" href="https://example.org/1"/>',
    ],
    [' rel=alternate" href="https://example.org/1"/>', ' rel="alternate" href="https://example.org/1"/>'],
    [' href="https://example.org/1/>', ' href="https://example.org/1"/>'],
    [' href="https://example.org/1 rel="self">', ' href="https://example.org/1" rel="self">'],
    [
      " href='https://example.org/1' title='The \"pier\"'\n",
      ' href="https://example.org/1" title="The &quot;pier&quot;">',
    ],
    [' href = https://example.org/1 rel = self /\n', ' href="https://example.org/1" rel="self"/>'],
    [' junk href="a"" b href="c"', ' href="a" href="c">'],
    ['', '>'],
    [' / >', '/>'],
    [' rel="a', ' rel="a">'],
    [' a="1 b=2', ' a="1" b="2">'],
    [' rel=">', ' rel="">'],
  ])('%j is read as %j', (written, repaired) => {
    expect(repairedAttributes(written, { mayBeEmpty: true })).toBe(repaired);
  });

  it('is not an empty element where it cannot be one', () => {
    expect(repairedAttributes(' rdf:about="https://example.org/>', { mayBeEmpty: false })).toBe(
      ' rdf:about="https://example.org/">',
    );
  });

  it('gives a hundred attributes at most', () => {
    const many = ' a="b"'.repeat(150);

    expect(repairedAttributes(`${many} c="d`, { mayBeEmpty: true })).toBe(`${' a="b"'.repeat(100)}>`);
  });
});
