// HTML to plain text: block elements make paragraphs, parted by a blank line; `<br>` makes a line; scripts and styles go.
// Works on the tokens, without a tree: linear, however deep the markup nests and however it is broken.
import { decodeReferences } from './character-references.ts';
import { readTags } from './html-tags.ts';

const BLOCKS: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
);
/** What these hold is not text of the page. */
const SILENT: ReadonlySet<string> = new Set(
  // Of a formula, the same once more in another notation.
  'annotation annotation-xml applet audio canvas head iframe noscript object script select style svg template textarea video'.split(
    ' ',
  ),
);
/** HTML elements besides those above: in text that is mostly plain, only a known name makes a tag. */
const INLINE: ReadonlySet<string> = new Set(
  (
    'a abbr acronym area b base basefont bdi bdo big blink br button cite code col colgroup data del dfn em font frame frameset ' +
    'html i img input ins kbd label legend embed link map mark marquee meta meter nobr ol optgroup option output param picture ' +
    'progress q rp rt ruby s samp small source span strike strong sub sup td th time title track tt u var wbr center'
  ).split(' '),
);

/** MathML Core, and what older formulas hold besides. Their signs are words of the sentence they are in. */
const FORMULA: ReadonlySet<string> = new Set(
  (
    'math maction menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace ' +
    'msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics'
  ).split(' '),
);

/** What no title holds as markup: one of these without its end is a word about pages. */
const OF_PAGES: ReadonlySet<string> = new Set(
  (
    'article aside audio body button canvas dialog dl fieldset figure footer form frame frameset head header html iframe input ' +
    'label link main map menu meta nav noscript object ol option section script select source style summary svg table tbody td ' +
    'template textarea th thead title tr ul video'
  ).split(' '),
);

const isElement = (name: string): boolean =>
  BLOCKS.has(name) || SILENT.has(name) || INLINE.has(name) || FORMULA.has(name);

export interface HtmlOptions {
  /**
   * For titles: tags whose names HTML does not know stay as text ("Map<String>"), and so do those of whole pages that stand alone
   * ("the <head> element"). False unless said.
   */
  readonly keepUnknownTags?: boolean;
}

/** Empty when there is no text. Character references are resolved; white space collapses, as a browser shows it. */
export function htmlToText(html: string, { keepUnknownTags = false }: HtmlOptions = {}): string {
  if (!html.includes('<')) return tidyLine(decodeReferences(html));
  const text = new Paragraphs();
  const ends = new EndTags(html);
  const isWord = (name: string, start: number, end: number): boolean =>
    keepUnknownTags &&
    (!isElement(name) || (OF_PAGES.has(name) && end - start === name.length + 2 && !ends.isBehind(name, end)));
  let silent: string | null = null;
  let nested = 0;
  readTags(html, {
    text: (start, end) => {
      if (silent === null) text.add(html.slice(start, end));
    },
    literal: (start, end) => {
      if (silent === null) text.add(html.slice(start, end).replaceAll('&', '&amp;'));
    },
    startTag: (name, start, end, isSelfClosing) => {
      if (silent !== null) {
        if (name === silent && !isSelfClosing) nested += 1;
      } else if (isWord(name, start, end)) {
        text.add(html.slice(start, end));
      } else if (!SILENT.has(name)) text.open(name);
      else if (!isSelfClosing && ends.isBehind(name, end)) {
        silent = name;
        nested = 1;
      }
    },
    endTag: (name, start, end) => {
      if (silent === null) {
        if (keepUnknownTags && !isElement(name)) text.add(html.slice(start, end));
        text.close(name);
      } else if (name === silent) {
        nested -= 1;
        if (nested === 0 || !ends.isBehind(name, end)) silent = null;
      }
    },
  });
  return text.toString();
}

/** What is never closed would be silent to the end, with all that was meant to be read. */
class EndTags {
  #html: string;
  /** Where the next one is known to be, by name; -1 when there is none any more. */
  #next = new Map<string, number>();

  constructor(html: string) {
    this.#html = html;
  }

  /** Asked from ever further places, and linear in all. */
  isBehind(name: string, from: number): boolean {
    const known = this.#next.get(name);
    if (known !== undefined && (known < 0 || known >= from)) return known >= 0;
    const pattern = new RegExp(`</${name}[\\s>/]`, 'gi');
    pattern.lastIndex = from;
    const found = pattern.exec(this.#html)?.index ?? -1;
    this.#next.set(name, found);
    return found >= 0;
  }
}

/** Stands for a line break while white space collapses; no character. */
const BREAK = '\ufdd2';

class Paragraphs {
  #text = '';
  #open = '';
  #preformatted = 0;

  /** References are resolved at the end, when nothing they stand for can be taken for markup. */
  add(text: string): void {
    this.#open += this.#preformatted > 0 ? text.replace(/\r\n?|\n/g, BREAK) : text;
  }

  open(name: string): void {
    if (BLOCKS.has(name)) this.#end();
    else if (name === 'br') this.#open += BREAK;
    else if (name === 'td' || name === 'th' || name === 'option') this.#open += ' ';
    if (name === 'pre') this.#preformatted += 1;
  }

  close(name: string): void {
    if (BLOCKS.has(name)) this.#end();
    if (name === 'pre') this.#preformatted = Math.max(0, this.#preformatted - 1);
  }

  #end(): void {
    if (this.#open === '') return;
    const line = collapse(decodeReferences(this.#open));
    this.#open = '';
    const text = line.includes(BREAK) ? line.replace(BREAKS, '\n').trim() : line;
    if (text !== '') this.#text += this.#text === '' ? text : `\n\n${text}`;
  }

  toString(): string {
    this.#end();
    return this.#text;
  }
}

/** Plain text laid out in lines: blank lines separate paragraphs, other breaks are kept. */
export const textToParagraphs = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .split(/\n[^\S\n]*\n\s*/)
    .map((paragraph) => collapse(paragraph.replaceAll(BREAK, '').replaceAll('\n', BREAK)).replace(BREAKS, '\n').trim())
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');

/**
 * One line: white space collapsed, invisible characters gone. Joiners stay where scripts need them (U+200C, U+200D); soft hyphens,
 * zero-width spaces and direction marks would hide words.
 */
export const tidyLine = (text: string): string => collapse(text.includes(BREAK) ? text.replaceAll(BREAK, '') : text);

function collapse(text: string): string {
  if (!UNUSUAL.test(text)) return text.trim();
  return text.toWellFormed().replace(INVISIBLE, '').replace(/\s+/g, ' ').trim();
}

const INVISIBLE =
  /(?![\t-\r\u0020])[\p{Cc}\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]/gu;
/** Anything but words of common scripts with single blanks between them. */
const UNUSUAL = /[^\u0020-\u007e\u00a1-\u00ac\u00ae-\u167f\u2010-\u2027\u3001-\ud7ff\ufdd2]| {2}/;
const BREAKS = /[ \ufdd2]*\ufdd2[ \ufdd2]*/g;
