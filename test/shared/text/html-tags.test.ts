// Where tags begin and end. Each piece is written with what it covers: t for text, c for a section, < and > for tags, / for a tag that closes itself.
import { readTags } from '../../../shared/text/html-tags.ts';

function piecesOf(html: string): string[] {
  const pieces: string[] = [];
  readTags(html, {
    text: (start, end) => pieces.push(`t ${html.slice(start, end)}`),
    literal: (start, end) => pieces.push(`c ${html.slice(start, end)}`),
    startTag: (name, start, end, isSelfClosing) =>
      pieces.push(`${isSelfClosing ? '/' : '<'}${name} ${html.slice(start, end)}`),
    endTag: (name, start, end) => pieces.push(`>${name} ${html.slice(start, end)}`),
  });
  return pieces;
}

describe('pieces of HTML', () => {
  it.each<[what: string, html: string, pieces: readonly string[]]>([
    ['none', '', []],
    ['text alone', 'ab', ['t ab']],
    ['a tag with text around', 'a<b>c</b>d', ['t a', '<b <b>', 't c', '>b </b>', 't d']],
    ['tags without text', '<p></p>', ['<p <p>', '>p </p>']],
    ['names in lower case', '<Az></zA>', ['<az <Az>', '>za </zA>']],
    [
      'names that end at white space',
      '<a\tx><b\nx><c\fx><d\rx><e x>',
      ['<a <a\tx>', '<b <b\nx>', '<c <c\fx>', '<d <d\rx>', '<e <e x>'],
    ],
    [
      'names with other signs',
      '<a\u000bx><o:p><a-b><a\u000e><a\u0008>',
      ['<a\u000bx <a\u000bx>', '<o:p <o:p>', '<a-b <a-b>', '<a\u000e <a\u000e>', '<a\u0008 <a\u0008>'],
    ],
    ['names that end at a slash', '<a/><b/x>', ['/a <a/>', '<b <b/x>']],
    ['a tag that closes itself', '<br /><br/>', ['/br <br />', '/br <br/>']],
    ['values in quotes', `<a x="1>2" y='3>"4'>b`, [`<a <a x="1>2" y='3>"4'>`, 't b']],
    ['values in quotes behind white space', '<a x = \t"1>2">b', ['<a <a x = \t"1>2">', 't b']],
    ['values without quotes', '<a x=1"2>b', ['<a <a x=1"2>', 't b']],
    ['values without quotes, and others behind them', `<a x=1 y=">">b`, [`<a <a x=1 y=">">`, 't b']],
    ['a value that is missing', '<a x=>b', ['<a <a x=>', 't b']],
    ['a quote that begins no value', `<a x">b`, [`<a <a x">`, 't b']],
    ['a slash at the end of a value', '<a x=/>', ['/a <a x=/>']],
    ['signs that are no tags', 'a <1 < <é <-', ['t a <1 < <é <-']],
    ['the letters at the bounds', '<@><[><`><{>', ['t <@><[><`><{>']],
    ['a sign before a tag', '<<b>', ['t <', '<b <b>']],
    ['an end tag with more in it', '</p x>a', ['>p </p x>', 't a']],
    ['an end tag without a name', 'a</>b</ p>c</1>d', ['t a', 't b', 't c', 't d']],
    ['the beginning of an end tag at the very end', 'a</', ['t a</']],
    ['an end tag that is cut off', 'a</p', ['t a']],
    ['a tag that is cut off', 'a<p x', ['t a']],
    ['a tag that is cut off in a value', 'a<p x="b>c', ['t a']],
    ['a declaration', 'a<!x>b', ['t a', 't b']],
    ['a declaration that is cut off', 'a<!x', ['t a']],
    ['an instruction', 'a<?x y?>b', ['t a', 't b']],
    ['an instruction that is cut off', 'a<?x', ['t a']],
    ['a comment', 'a<!-- <b> -- > -->c', ['t a', 't c']],
    ['comments without text', 'a<!-->b<!--->c<!---->d', ['t a', 't b', 't c', 't d']],
    ['a comment that begins with a dash', 'a<!---x-->b', ['t a', 't b']],
    ['a comment that is not closed, to the next tag', 'a<!-- b<i>c', ['t a', '<i <i>', 't c']],
    ['two comments that are not closed', 'a<!-- b<!-- c<i>d', ['t a', '<i <i>', 't d']],
    ['a comment that is not closed, to the end', 'a<!-- b', ['t a']],
    ['a section', 'a<![CDATA[<b> ]] > &amp;]]>c', ['t a', 'c <b> ]] > &amp;', 't c']],
    ['an empty section', '<![CDATA[]]>', ['c ']],
    ['a section that is cut off', 'a<![CDATA[b', ['t a']],
    ['what is no section', 'a<![CDATA b]]>c', ['t a', 't c']],
  ])('%s: %j', (_what, html, pieces) => {
    expect(piecesOf(html)).toEqual(pieces);
  });

  it.each(['script', 'style', 'textarea', 'title'])('are not looked for in %s', (name) => {
    const tag = `<${name}>`;
    const end = `</${name.toUpperCase()} x>`;

    expect(piecesOf(`${tag}<b> </b> </${name}x>${end}c`)).toEqual([
      `<${name} ${tag}`,
      `t <b> </b> </${name}x>`,
      `>${name} ${end}`,
      't c',
    ]);
    expect(piecesOf(`${tag}${end}`)).toEqual([`<${name} ${tag}`, `>${name} ${end}`]);
    expect(piecesOf(`${tag}a</b`)).toEqual([`<${name} ${tag}`, 't a</b']);
    expect(piecesOf(`<${name}/><b>`)).toEqual([`/${name} <${name}/>`, '<b <b>']);
    expect(piecesOf(`${tag}a</${name}/>`)).toEqual([`<${name} ${tag}`, 't a', `>${name} </${name}/>`]);
    expect(piecesOf(`${tag}a</${name}`)).toEqual([`<${name} ${tag}`, 't a']);
  });
});
