// From a DOM tree to paragraphs of plain text: block elements part them, inline elements do not, white space collapses.

const BLOCKS: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
);

const SILENT: ReadonlySet<string> = new Set(
  'audio button canvas embed iframe input math noscript object script select style svg template textarea video'.split(
    ' ',
  ),
);

const ELEMENT = 1;
const TEXT = 3;
const CDATA = 4;

/** Never empty paragraphs; a `<br>` inside one is a line break. The tree must be of bounded depth (limit-nesting.ts). */
export function paragraphsOf(root: Node): readonly string[] {
  const paragraphs: string[] = [];
  let open = '';
  const close = (): void => {
    const text = tidyLines(open);
    if (text !== '') paragraphs.push(text);
    open = '';
  };
  const walk = (node: Node): void => {
    if (node.nodeType === TEXT || node.nodeType === CDATA) {
      open += (node.nodeValue ?? '').replace(/\s+/g, ' ');
      return;
    }
    const name = node.nodeName.toLowerCase();
    if (node.nodeType === ELEMENT && SILENT.has(name)) return;
    const isBlock = BLOCKS.has(name);
    if (isBlock) close();
    if (name === 'br') open += '\n';
    if (name === 'td' || name === 'th') open += ' ';
    for (let child = node.firstChild; child !== null; child = child.nextSibling) walk(child);
    if (isBlock) close();
  };
  walk(root);
  close();
  return paragraphs;
}

/** One line: white space collapsed, control and invisible formatting characters gone, lone surrogates replaced. */
export const tidyText = (text: string): string => visible(text).replace(/\s+/g, ' ').trim();

/** As tidyText, with the line breaks kept; two of them or more are one. */
function tidyLines(text: string): string {
  const plain = visible(text);
  return (UNTIDY.test(plain) ? plain.replace(/[^\S\n]+/g, ' ').replace(/ ?\n[ \n]*/g, '\n') : plain).trim();
}

/** White space that is not one blank. */
const UNTIDY = /[^\S ]| {2}/;

/** Joiners stay where scripts need them (U+200C, U+200D); soft hyphens, zero-width spaces and direction marks would hide words from matching. */
function visible(text: string): string {
  if (ALL_VISIBLE.test(text)) return text;
  return text.toWellFormed().replace(INVISIBLE, '');
}

const INVISIBLE = /(?!\s)[\p{Cc}\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]|\ufeff/gu;
/** Nearly every text: none of the invisible characters, no surrogates. */
const ALL_VISIBLE = /^[\t\n\r\u0020-\u007e\u00a0-\u00ac\u00ae-\u1fff\u2010-\u2027\u3000-\ud7ff]*$/;
