// HTML to plain text: block elements make paragraphs, parted by a blank line; `<br>` makes a line; scripts and styles go.
// Works on the tokens, without a tree: linear, however deep the markup nests and however it is broken.
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

const BLOCKS: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
);
/** What these hold is not text of the page. */
const SILENT: ReadonlySet<string> = new Set(
  'audio canvas embed head iframe math noscript object script select style svg template textarea video'.split(' '),
);
/** HTML elements besides those above: in text that is mostly plain, only a known name makes a tag. */
const INLINE: ReadonlySet<string> = new Set(
  (
    'a abbr acronym area b base basefont bdi bdo big blink br button cite code col colgroup data del dfn em font frame frameset ' +
    'html i img input ins kbd label legend link map mark marquee meta meter nobr ol optgroup option output param picture ' +
    'progress q rp rt ruby s samp small source span strike strong sub sup td th time title track tt u var wbr center'
  ).split(' '),
);

const nothing = (): void => {};
const IGNORE: TokenizerCallbacks = {
  onattribdata: nothing,
  onattribentity: nothing,
  onattribend: nothing,
  onattribname: nothing,
  oncdata: nothing,
  onclosetag: nothing,
  oncomment: nothing,
  ondeclaration: nothing,
  onend: nothing,
  onopentagend: nothing,
  onopentagname: nothing,
  onprocessinginstruction: nothing,
  onselfclosingtag: nothing,
  ontext: nothing,
  ontextentity: nothing,
};

const isElement = (name: string): boolean => BLOCKS.has(name) || SILENT.has(name) || INLINE.has(name);

export interface HtmlOptions {
  /** Tags whose names HTML does not know stay as text ("Map<String>"), for titles. False unless said. */
  readonly keepUnknownTags?: boolean;
}

/** Empty when there is no text. Character references are resolved; white space collapses, as a browser shows it. */
export function htmlToText(html: string, { keepUnknownTags = false }: HtmlOptions = {}): string {
  if (!/[<&]/.test(html)) return tidyLines(html.replace(/\s+/g, ' '));
  const text = new Paragraphs();
  let silent: string | null = null;
  let nested = 0;
  let name = '';
  let tagStart = 0;
  const open = (): void => {
    if (silent !== null) {
      if (name === silent) nested += 1;
      return;
    }
    if (SILENT.has(name)) {
      silent = name;
      nested = 1;
    } else text.open(name);
  };
  const close = (closed: string): void => {
    if (silent === null) text.close(closed);
    else if (closed === silent) {
      nested -= 1;
      if (nested === 0) silent = null;
    }
  };
  const keep = (end: number): void => {
    if (keepUnknownTags && silent === null && !isElement(name)) text.add(html.slice(tagStart, end + 1));
  };
  const tokenizer = new Tokenizer(
    { xmlMode: false, decodeEntities: true, recognizeSelfClosing: true },
    {
      ...IGNORE,
      ontext: (start, end) => {
        if (silent === null) text.add(html.slice(start, end));
      },
      ontextentity: (code) => {
        if (silent === null) text.add(String.fromCodePoint(code));
      },
      oncdata: (start, end, offset) => {
        if (silent === null) text.add(html.slice(start, end - offset));
      },
      onopentagname: (start, end) => {
        tagStart = start - 1;
        name = html.slice(start, end).toLowerCase();
      },
      onopentagend: (end) => {
        keep(end);
        open();
      },
      onselfclosingtag: (end) => {
        keep(end);
        if (silent === null && !SILENT.has(name)) text.open(name);
      },
      onclosetag: (start, end) => {
        const closed = html.slice(start, end).toLowerCase();
        if (keepUnknownTags && silent === null && !isElement(closed)) text.add(`</${html.slice(start, end)}>`);
        close(closed);
      },
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  return text.toString();
}

/** Character references to characters; everything else stays, tags and line breaks too. */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  const source = text.replaceAll('<', '&lt;');
  const parts: string[] = [];
  const tokenizer = new Tokenizer(
    {},
    {
      ...IGNORE,
      ontext: (start, end) => parts.push(source.slice(start, end)),
      ontextentity: (code) => parts.push(String.fromCodePoint(code)),
    },
  );
  tokenizer.write(source);
  tokenizer.end();
  return parts.join('');
}

class Paragraphs {
  #closed: string[] = [];
  #open: string[] = [];
  #preformatted = 0;

  add(text: string): void {
    this.#open.push(this.#preformatted > 0 ? text : text.replace(/\s+/g, ' '));
  }

  open(name: string): void {
    if (BLOCKS.has(name)) this.#end();
    else if (name === 'br') this.#open.push('\n');
    else if (name === 'td' || name === 'th' || name === 'option') this.#open.push(' ');
    if (name === 'pre') this.#preformatted += 1;
  }

  close(name: string): void {
    if (BLOCKS.has(name)) this.#end();
    if (name === 'pre') this.#preformatted = Math.max(0, this.#preformatted - 1);
  }

  #end(): void {
    const text = tidyLines(this.#open.join(''));
    if (text !== '') this.#closed.push(text);
    this.#open = [];
  }

  toString(): string {
    this.#end();
    return this.#closed.join('\n\n');
  }
}

/** Plain text that somebody laid out in lines: blank lines part paragraphs, other breaks are kept. */
export const textToParagraphs = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .split(/\n[^\S\n]*\n\s*/)
    .map(tidyLines)
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');

/** One line: white space collapsed, invisible characters gone. */
export const tidyLine = (text: string): string => visible(text).replace(/\s+/g, ' ').trim();

/** As tidyLine with the line breaks kept, several as one. */
function tidyLines(text: string): string {
  const collapsed = visible(text).replace(/[^\S\n]+/g, ' ');
  return collapsed.includes('\n') ? collapsed.replace(/ ?\n[ \n]*/g, '\n').trim() : collapsed.trim();
}

const INVISIBLE = /(?!\s)[\p{Cc}\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]/gu;

/** Joiners stay where scripts need them (U+200C, U+200D); soft hyphens, zero-width spaces and direction marks would hide words. */
const visible = (text: string): string => text.toWellFormed().replace(INVISIBLE, '');
