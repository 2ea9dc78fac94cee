import { cutAtNesting, MAX_NESTING } from '../../../shared/text/limit-nesting.ts';

describe('a page', () => {
  it.each([
    ['that nests as deep as allowed is whole', '<a><b><c>x</c></b></a>', '<a><b><c>x</c></b></a>'],
    ['that nests deeper ends before the element that does', '<a><b><c>x<d>y</d></c></b></a>', '<a><b><c>x'],
    [
      'may have many elements side by side',
      '<a></a><a></a><a></a><a></a><a>x</a>',
      '<a></a><a></a><a></a><a></a><a>x</a>',
    ],
    ['without markup is whole', 'x', 'x'],
  ])('%s', (_what, html, kept) => {
    expect(cutAtNesting(html, 3)).toBe(kept);
  });

  it('may nest four hundred deep unless another limit is given', () => {
    const deepest = '<i>'.repeat(MAX_NESTING);

    expect(MAX_NESTING).toBe(400);
    expect(cutAtNesting(deepest)).toBe(deepest);
    expect(cutAtNesting(`${deepest}<b>x`)).toBe(deepest);
  });
});
