import { DeclaredEntities, readDoctype } from '../../../../shared/feeds/reading/doctype.ts';

function read(text: string): { readonly rest: string; readonly entity: (name: string) => string | null } {
  const entities = new DeclaredEntities();
  const end = readDoctype(text, 0, entities);
  return { rest: text.slice(end), entity: (name) => entities.valueOf(name) };
}

describe('a DOCTYPE', () => {
  it.each([
    ['<!DOCTYPE rss>', '<rss>'],
    ['<!doctype rss PUBLIC "-//x" "http://example.org/x.dtd" >', '<rss>'],
    ['<!DOCTYPE rss [ ]>', '<rss>'],
    ['<!DOCTYPE rss [<!ENTITY a "]>"> ] >', '<rss>'],
    [
      '<!DOCTYPE rss [<!-- ]> --> <?x ]> ?> %all; <!ELEMENT a (b)> <!ATTLIST a b CDATA "c"> <!NOTATION d SYSTEM "e">]>',
      '<rss>',
    ],
    ['<!DOCTYPE rss [ <!ENTITY a "b"> ', '<rss>'],
    ['<!DOCTYPE rss ', '<rss>'],
    ['<!DOCTYPE rss [ <!ENTITY a "b" ', '<rss>', '<!ENTITY a "b" '],
  ])('%s ends before what follows', (doctype, following, left = '') => {
    expect(read(`${doctype}${following} ]]>`).rest).toBe(`${left}${following} ]]>`);
  });

  it('declares entities, each as it was declared first, with what it knows by then', () => {
    const { entity } = read(
      `<!DOCTYPE rss [<!ENTITY a "A &amp; &#66;"><!ENTITY a "other"><!ENTITY b-1.x '&a;&nbsp;"c"'><!ENTITY lt "x"><!ENTITY é "e">]>`,
    );

    expect(['a', 'b-1.x', 'é', 'lt', 'c'].map(entity)).toEqual(['A & B', 'A & B\u00a0"c"', 'e', null, null]);
  });

  it('declares nothing from elsewhere, with parameters, of itself, or of what is not declared', () => {
    const { entity } = read(
      '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hosts"><!ENTITY b PUBLIC "x" "y"><!ENTITY % c "d"><!ENTITY e "&e;"><!ENTITY f "&g;"><!ENTITY g "x">]>',
    );

    expect(['a', 'b', 'c', 'e', 'f', 'g'].map(entity)).toEqual([null, null, null, null, null, 'x']);
  });

  it('declares entities up to 2,000 characters, a thousand of them', () => {
    const long = 'x'.repeat(1_000);
    const many = Array.from({ length: 1_000 }, (_, index) => `<!ENTITY n${index} "${index}">`).join('');
    const { entity } = read(`<!DOCTYPE rss [<!ENTITY a "${long}"><!ENTITY b "&a;&a;"><!ENTITY c "&a;&a;x">${many}]>`);

    expect([entity('b')?.length, entity('c'), entity('n997'), entity('n998')]).toEqual([2_000, null, '997', null]);
  });

  it('expands references to a million characters, and leaves those beyond', () => {
    const { entity } = read(`<!DOCTYPE rss [<!ENTITY a "${'x'.repeat(2_000)}"><!ENTITY b "y"><!ENTITY c "zz">]>`);
    for (let number = 0; number < 499; number++) entity('a');
    for (let number = 0; number < 1_999; number++) entity('b');

    expect(['c', 'b', 'b'].map(entity)).toEqual([null, 'y', null]);
  });

  it('gives what it declares in markup, and leaves other references', () => {
    const entities = new DeclaredEntities();
    readDoctype('<!DOCTYPE rss [<!ENTITY a "<i>A</i>">]>', 0, entities);

    expect(entities.resolveIn('<b>&a; &amp; &b;</b>')).toBe('<b><i>A</i> &amp; &b;</b>');
  });
});
