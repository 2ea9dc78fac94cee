import { decodeReferences } from '../../../shared/text/character-references.ts';
import { htmlToText, textToParagraphs, tidyLine } from '../../../shared/text/html-to-text.ts';

describe('the text of HTML', () => {
  it.each<[what: string, html: string, text: string]>([
    ['plain text', 'Two ferries', 'Two ferries'],
    ['paragraphs', '<p>One</p><p>Two</p>', 'One\n\nTwo'],
    ['paragraphs that are not closed', '<p>One<p>Two', 'One\n\nTwo'],
    [
      'text between paragraphs',
      'Before<p>One</p>between<div>Two</div>after',
      'Before\n\nOne\n\nbetween\n\nTwo\n\nafter',
    ],
    ['line breaks', 'One<br>two<br/>three<BR />four', 'One\ntwo\nthree\nfour'],
    ['several line breaks as one', 'One<br><br> <br>two', 'One\ntwo'],
    ['line breaks at the ends', '<p><br>One<br></p>', 'One'],
    ['inline elements without gaps', 'un<b>believ</b>able, <a href="x">so</a>', 'unbelievable, so'],
    ['white space', ' One\n\n  two\t three ', 'One two three'],
    ['lists', '<ul><li>One</li><li>Two</li></ul>', 'One\n\nTwo'],
    ['tables', '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a b\n\nc'],
    ['preformatted lines', '<pre>one\n  two</pre>', 'one\ntwo'],
    ['lines behind preformatted ones', '<pre>one\ntwo</pre>three\nfour', 'one\ntwo\n\nthree four'],
    [
      'lines that are preformatted in the whole',
      '<pre>a<b>\n</b>\r\nb<pre>c\nd</pre>e\nf</pre>g\nh',
      'a\nb\n\nc\nd\n\ne\nf\n\ng h',
    ],
    ['lines beside an end of nothing preformatted', '</pre><pre>a\nb</pre>c\nd', 'a\nb\n\nc d'],
    ['lines that are not', 'a\nb<i>c</i>\nd', 'a bc d'],
    ['headings and options', '<th>a</th><th>b</th><option>c</option><option>d', 'a b c d'],
    ['references', 'R&amp;D &eacute; &#233; &#xE9; &#8217; &nbsp;x', 'R&D é é é ’ x'],
    ['references without semicolon', 'R&amp D &copy 2024', 'R& D © 2024'],
    ['references that look like tags', '&lt;b&gt;not a tag&lt;/b&gt;', '<b>not a tag</b>'],
    ['ampersands that begin nothing', 'AT&T & co &unknown; &', 'AT&T & co &unknown; &'],
    ['scripts and styles', '<p>a</p><script>if (1 < 2) "<p>x</p>"</script><style>p{}</style>b', 'a\n\nb'],
    ['comments', 'a<!-- <p>x</p> -->b', 'ab'],
    ['a comment that is not closed', 'a<!-- b', 'a'],
    ['a comment that is not closed, before tags', 'a<!-- b<i>c</i><!-- d <b>e</b>', 'ace'],
    ['formulas', 'So <math><mi>x</mi><mo>=</mo><mn>2</mn></math> holds', 'So x=2 holds'],
    [
      'formulas once, of several notations',
      '<math><semantics><mi>x</mi><annotation encoding="TeX">\\x</annotation></semantics></math>',
      'x',
    ],
    ['sections of XHTML', 'a <![CDATA[<b> &amp;]]> c', 'a <b> &amp; c'],
    ['what is not shown', '<p>a<svg><text>x</text></svg><iframe>y</iframe><video>z</video></p>', 'a'],
    ['what is never closed, with what follows it', 'a<object data="x"> <b>b</b><iframe src="y"> c', 'a b c'],
    ['the outer of two, where one is never closed', 'a<video><VIDEO>x</VIDEO>b', 'ab'],
    ['applets, and what they embed', 'a<applet>x</applet><embed src="y">b', 'ab'],
    ['self-closed frames', 'a<iframe src="x"/>b', 'ab'],
    ['pictures', 'a<img src="x" alt="y">b', 'ab'],
    ['attributes with angle brackets', '<a title="1 > 0">a</a>', 'a'],
    ['signs that are no tags', '1 < 2 <3 > 0 <- x', '1 < 2 <3 > 0 <- x'],
    ['names of elements in capitals', '<P>One</P><SCRIPT>x</SCRIPT>', 'One'],
    ['unknown elements', '<x-card>One</x-card> <o:p>two</o:p>', 'One two'],
    ['invisible characters', 'so\u00adft zero\u200bwidth \u202eturned\u202c \ufeffmark', 'soft zerowidth turned mark'],
    ['joiners, which some scripts need', 'می\u200cخواهم', 'می\u200cخواهم'],
    ['lone surrogates', 'a\ud800b', 'a\ufffdb'],
    ['a tag that is cut off', 'One <b>two</b> <scr', 'One two'],
    ['values without quotes', '<a href=x/y title=a"b>a</a> <img alt = "1 > 0">b', 'a b'],
    ['comments without text', 'a<!-->b<!--->c<!---->d', 'abcd'],
    ['declarations', 'a<!doctype html><?php x ?>b</ x>c</>d', 'abcd'],
    ['raw text with tags', 'a<title>1 <b> 2</TITLE>b<textarea><p></textarea>c', 'a1 <b> 2bc'],
    ['nothing', '<p> <br> </p>', ''],
  ])('%s', (_what, html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  it('keeps tags no browser knows, where that is asked for', () => {
    expect(htmlToText('Map<String> & List<<b>T</b>></x>', { keepUnknownTags: true })).toBe('Map<String> & List<T></x>');
  });

  it.each([
    ['the <head> of <HTML> pages', 'the <head> of <HTML> pages'],
    ['<table> or <a>link</a>', '<table> or link'],
    ['<table><tr><td>a</td></tr></table>', 'a'],
    ['<iframe src="x">a', 'a'],
    ['<p>a <b>b', 'a b'],
    ['of <math><mi>x</mi></math>', 'of x'],
  ])('keeps tags of whole pages that stand alone with them: %s', (html, text) => {
    expect(htmlToText(html, { keepUnknownTags: true })).toBe(text);
  });

  it('is linear where nothing is closed', () => {
    const times = 100_000;
    expect(htmlToText('<!--x'.repeat(times))).toBe('');
    expect(htmlToText('<object><iframe>x'.repeat(times))).toHaveLength(times);
  });

  it('does not depend on how deep elements nest', () => {
    const depth = 200_000;
    expect(htmlToText(`${'<div>'.repeat(depth)}deep${'</div>'.repeat(depth)} after`)).toBe('deep\n\nafter');
  });
});

describe('plain text', () => {
  it('keeps its lines, and blank lines part paragraphs', () => {
    expect(textToParagraphs('One \r\n two\r\n\r\n \n Three\n\n')).toBe('One\ntwo\n\nThree');
  });

  it('becomes one line where one is wanted', () => {
    expect(tidyLine(' One\n two\u0007\u00a0three ')).toBe('One two three');
  });

  it.each([
    ['soft hyphens', 'a\u00adb', 'ab'],
    ['zero-width spaces', 'a\u200bb', 'ab'],
    ['marks of direction', 'a\u200eb\u200fc\u202ad\u202ee\u2066f\u2069g', 'abcdefg'],
    ['joiners of words', 'a\u2060b', 'ab'],
    ['marks of the byte order', '\ufeffa\ufffeb\uffff', 'ab'],
    ['controls', 'a\u0000b\u001fc\u007fd\u009fe', 'abcde'],
    ['the sign for a line break', 'a\ufdd2b', 'ab'],
  ])('has no %s', (_what, text, line) => {
    expect(tidyLine(text)).toBe(line);
    expect(textToParagraphs(text)).toBe(line);
    expect(htmlToText(`<p>${text.replaceAll('\ufdd2', '')}`)).toBe(line);
  });

  it.each([
    ['several blanks', 'a  b   c', 'a b c'],
    ['tabs and line ends', 'a\tb\r\nc\u000bd', 'a b c d'],
    ['blanks of other widths', 'a\u00a0b\u2003c\u3000d\u1680e\u2028f', 'a b c d e f'],
  ])('has one blank for %s', (_what, text, line) => {
    expect(tidyLine(text)).toBe(line);
  });

  it('keeps what is seen', () => {
    const text = 'a\u200cb\u200dc – “d” … ｅ 국 한 ﬁ 😀';

    expect(tidyLine(text)).toBe(text);
  });

  it('has its references resolved once, and nothing else', () => {
    expect(decodeReferences('&amp;lt; <b> &lt;\n&#146;')).toBe('&lt; <b> <\n’');
    expect(decodeReferences('&copy=1 &copy; &bogus;', { strict: true })).toBe('&copy=1 © &bogus;');
  });
});
