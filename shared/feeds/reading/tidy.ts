// Text of a document to XML that a strict parser takes. What stands before the first tag, declarations, comments and characters
// that XML does not allow go; ampersands are mended. The texts themselves are held out: an element that holds nothing else gets
// their number instead, so that no parser works on them, and markup inside titles and texts keeps its order. Leaves that nothing
// is read from are left out. One pass, linear in the length of the document.
import { FIELD_LOCAL_NAMES } from './fields.ts';
import { References } from './references.ts';

export interface TidyDocument {
  /** With short names of our own. */
  readonly xml: string;
  /** What the elements of `xml` are called in the document. */
  readonly rawNames: ReadonlyMap<string, string>;
  /** What is held out, by number; `restoreText` puts it back. */
  readonly texts: readonly string[];
  /** Namespace URI by prefix, as first declared; the default one under the empty prefix. */
  readonly namespaces: ReadonlyMap<string, string>;
  /** A prefix means different things in different places: names must be read with their scope. */
  readonly scoped: boolean;
  /** Raw name of the first element; null when there is none. */
  readonly rootName: string | null;
  /** Deepest nesting, outside texts. */
  readonly depth: number;
  /** Repairs, in words. */
  readonly notes: readonly string[];
}

/** Elements that hold text which may be written as markup. Not `media:content`, which holds other elements. */
const TEXTS: ReadonlySet<string> = new Set(
  'title subtitle tagline description summary content encoded abstract info body rights copyright'.split(' '),
);
/** Where one of these begins or ends, a text that is still open was never closed. */
const STRUCTURE: ReadonlySet<string> = new Set(['item', 'entry', 'channel', 'feed', 'rss', 'rdf']);
/** Set on an element whose content was markup. */
export const MARKUP_ATTRIBUTE = 'markup';
const ROOT = /<(?:[\w.-]+:)?(?:rss|rdf|feed|channel|entry)(?=[\s>/])/i;
const PAGE_TAG =
  /^<(?:!doctype\s+html|html|head|body|br|b|i|p|a|div|script|style|center|font|span|table|h\d|pre)(?=[\s/>])/i;
const FIRST_TAG = /<[?!]|<[\p{L}_]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the characters that XML forbids are what is looked for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufdd0-\ufdef\ufffe\uffff]/g;
/** Different names of elements in one document. */
const MOST_NAMES = 1_000;
/** No attribute is longer; a quote that is closed later than this was never closed. */
const LONGEST_ATTRIBUTE = 100_000;

const END_OF_TEXT = /<\/(?:[\w.-]{1,30}:)?(?:title|subtitle|description|summary|content|encoded|item|entry)\s{0,9}>/gi;

// Characters that no document may hold, and that are dropped where one does.
const NUMBER_BEGINS = '\ufdd0';
const NUMBER_ENDS = '\ufdd1';
const NUMBERS = /\ufdd0(\d+)\ufdd1/g;
/** Of categories, which have most of all attributes. */
const UNREAD_ATTRIBUTE = /\s(?:scheme|domain)\s?=\s?(?:"[^"<]*"|'[^'<]*')/;
const END_OF_SUBSET = /\]\s{0,99}>/g;

const DECLARATION = /^<\?xml\s/i;
const END_OF_XML = /[^<>]*>?/y;
const SLASH = 47;
const LESS_THAN = 60;
const GREATER_THAN = 62;
const QUESTION_MARK = 63;
const EQUALS = 61;
const QUOTE = 34;
const APOSTROPHE = 39;

export function tidy(text: string): TidyDocument {
  const allowed = text.toWellFormed().replace(FORBIDDEN, '');
  const start = startOf(allowed);
  const scan = new Scan(start === 0 ? allowed : allowed.slice(start));
  scan.run();
  const notes = [
    ...(start > 0 && allowed.slice(0, start).trim() !== '' ? ['text before the first tag was dropped'] : []),
    ...(allowed.length !== text.length ? ['characters that XML does not allow were dropped'] : []),
    ...scan.notes(),
  ];
  const { namespaces, scoped, rootName, deepest } = scan;
  return {
    xml: scan.xml(),
    rawNames: scan.rawNames(),
    texts: scan.texts,
    namespaces,
    scoped,
    rootName,
    depth: deepest,
    notes,
  };
}

/** The texts in place of their numbers, in what a parser made of `xml`. */
export function restoreText(text: string, texts: readonly string[]): string {
  if (!text.includes(NUMBER_BEGINS)) return text;
  if (text.startsWith(NUMBER_BEGINS) && text.indexOf(NUMBER_ENDS) === text.length - 1)
    return texts[Number(text.slice(1, -1))] ?? '';
  return text.replace(NUMBERS, (_, number: string) => texts[Number(number)] ?? '');
}

/** Where the document begins: at its first tag or, where that is of a web page or of a server's warning, at the root of a feed. */
function startOf(text: string): number {
  const first = FIRST_TAG.exec(text)?.index ?? 0;
  if (!PAGE_TAG.test(text.slice(first, first + 40))) return first;
  const root = ROOT.exec(text)?.index ?? first;
  const declaration = text.indexOf('<?xml');
  return declaration >= 0 && declaration < root ? declaration : root;
}

/** Ends of a text element, or of one of the same name inside it, are counted; what it may not hold ends the search. */
interface TextEnd {
  /** Where the end tag begins; -1 when the document or the item ends first. */
  readonly at: number;
  readonly hasTags: boolean;
}

class Scan {
  readonly namespaces = new Map<string, string>();
  readonly texts: string[] = [];
  scoped = false;
  rootName: string | null = null;
  deepest = 0;
  #source: string;
  #out = '';
  /** Short names by raw names: a parser looks at each character of a name, twice for each element. */
  #names = new Map<string, string>();
  #position = 0;
  #depth = 0;
  #references = new References();
  #repairs = new Set<string>();
  /** Ends of comments and such, and from where on they are known not to come any more. */
  #missing = new Map<string, number>();
  /** No text is looked for before this place: one that began earlier was never closed. */
  #noTextBefore = 0;
  #tagIsBroken = false;
  #noSubsetAfter = Number.POSITIVE_INFINITY;

  constructor(source: string) {
    this.#source = source;
  }

  xml(): string {
    return this.#out;
  }

  rawNames(): ReadonlyMap<string, string> {
    return new Map([...this.#names].map(([rawName, name]) => [name, rawName]));
  }

  #short(rawName: string): string {
    let name = this.#names.get(rawName);
    if (name === undefined) {
      const { size } = this.#names;
      name = size < 25 ? String.fromCharCode(97 + size) : `z${size}`;
      this.#names.set(rawName, name);
    }
    return name;
  }

  /** Each name costs a look-up: a document that makes up ever new prefixes is not followed. */
  #isExpected(rawName: string): boolean {
    return this.#names.size < MOST_NAMES || this.#names.has(rawName);
  }

  notes(): readonly string[] {
    const { bareAmpersands, htmlNames } = this.#references;
    return [
      ...(bareAmpersands > 0
        ? [bareAmpersands === 1 ? 'a bare & was escaped' : `${bareAmpersands} bare ampersands were escaped`]
        : []),
      ...(htmlNames > 0 ? ['entities of HTML were replaced by their characters'] : []),
      ...this.#repairs,
    ];
  }

  run(): void {
    const source = this.#source;
    while (this.#position < source.length) {
      const next = source.indexOf('<', this.#position);
      const end = next < 0 ? source.length : next;
      if (end > this.#position) this.#text(source.slice(this.#position, end));
      this.#position = end;
      if (next >= 0) this.#markup();
    }
  }

  #text(text: string): void {
    // Between elements there is little else than white space, which says nothing.
    if (text.trim() !== '') this.#out += text.includes('&') ? this.#references.mend(text) : text;
  }

  /** At a `<`; leaves the position behind what was read. */
  #markup(): void {
    const source = this.#source;
    const at = this.#position;
    if (source.startsWith('<![CDATA[', at)) {
      this.#cdata();
      return;
    }
    const hidden = this.#endOfHidden(at);
    if (hidden !== null) {
      this.#position = hidden;
      return;
    }
    const isEnd = source.charCodeAt(at + 1) === SLASH;
    const nameStart = isEnd ? at + 2 : at + 1;
    const nameEnd = endOfName(source, nameStart);
    if (nameEnd === nameStart) {
      this.#repairs.add('a bare < was escaped');
      this.#out += '&lt;';
      this.#position = at + 1;
      return;
    }
    const rawName = source.slice(nameStart, nameEnd);
    if (isEnd) {
      const close = source.indexOf('>', nameEnd);
      this.#position = close < 0 ? source.length : close + 1;
      this.#depth = Math.max(0, this.#depth - 1);
      this.#out += `</${this.#short(rawName)}>`;
      return;
    }
    this.#startTag(at, rawName, nameEnd);
  }

  #startTag(at: number, rawName: string, nameEnd: number): void {
    const source = this.#source;
    const end = this.#endOfTag(nameEnd);
    if (end < 0) {
      this.#position = source.length;
      this.#repairs.add('the document ends inside a tag');
      return;
    }
    this.#position = end;
    const selfClosing = !this.#tagIsBroken && source.charCodeAt(end - 2) === SLASH;
    const local = localOf(rawName);
    const isNeeded = this.rootName === null || (FIELD_LOCAL_NAMES.has(local) && this.#isExpected(rawName));
    if (selfClosing && !isNeeded) return;
    // What stands behind the name, with the end of the tag.
    const written = this.#tagIsBroken ? '>' : source.slice(nameEnd, end);
    const rest = local === 'category' ? written.replace(UNREAD_ATTRIBUTE, '') : written;
    if (!selfClosing && this.#leaf(rawName, rest, end, isNeeded)) return;
    const isText = TEXTS.has(local) && !(local === 'content' && this.#isMedia(rawName));
    if (isText && !selfClosing && at >= this.#noTextBefore && this.#takeText(rawName, rest, end)) return;
    this.#tag(rawName, rest);
    if (selfClosing) return;
    this.#depth += 1;
    if (this.#depth > this.deepest) this.deepest = this.#depth;
  }

  #tag(rawName: string, rest: string): void {
    this.rootName ??= rawName;
    if (rest.includes('xmlns')) this.#declare(rest);
    // Behind a sign that ended the name, as in <feed="…">.
    const gap = isSign(rest.charCodeAt(0)) ? ' ' : '';
    this.#out += `<${this.#short(rawName)}${gap}${rest.includes('&') ? this.#references.mendTag(rest) : rest}`;
  }

  /** An element that holds only text, or one CDATA section; false, and nothing read, when it holds anything else. */
  #leaf(rawName: string, rest: string, start: number, isNeeded: boolean): boolean {
    const source = this.#source;
    const next = source.indexOf('<', start);
    if (next < 0) return false;
    const isText = source.charCodeAt(next + 1) === SLASH;
    let endTag = next;
    let section = '';
    if (!isText) {
      if (!source.startsWith('<![CDATA[', next) || source.slice(start, next).trim() !== '') return false;
      const close = this.#endOfSection(next);
      if (!source.startsWith(']]>', close - 3)) return false;
      section = source.slice(next + 9, close - 3);
      endTag = skipSpace(source, close);
    }
    if (!source.startsWith(rawName, endTag + 2) || source.charCodeAt(endTag + 1) !== SLASH) return false;
    const close = skipSpace(source, endTag + 2 + rawName.length);
    if (source.charCodeAt(close) !== GREATER_THAN) return false;
    this.#position = close + 1;
    if (isNeeded) this.#put(rawName, rest, isText ? this.#references.decode(source.slice(start, next)) : section);
    return true;
  }

  /** An element with a text, which is held out. */
  #put(rawName: string, rest: string, text: string): void {
    this.#tag(rawName, rest);
    if (text !== '') {
      this.#out += `${NUMBER_BEGINS}${this.texts.length}${NUMBER_ENDS}`;
      this.texts.push(text);
    }
    this.#out += `</${this.#short(rawName)}>`;
  }

  #isMedia(rawName: string): boolean {
    const colon = rawName.indexOf(':');
    if (colon < 0) return false;
    const prefix = rawName.slice(0, colon);
    return prefix.toLowerCase() === 'media' || (this.namespaces.get(prefix) ?? '').includes('mrss');
  }

  #declare(tag: string): void {
    for (const [, prefix = '', double, single] of tag.matchAll(
      /\sxmlns(?::([\w.-]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')/g,
    )) {
      const uri = double ?? single ?? '';
      // Of a body in XHTML, which is known by its name.
      if (prefix === '' && uri.endsWith('/xhtml')) continue;
      const before = this.namespaces.get(prefix);
      if (before === undefined && (prefix !== '' || this.#depth === 0)) this.namespaces.set(prefix, uri);
      else if (before !== uri) this.scoped = true;
    }
  }

  /** A text with markup or several sections, with its end tag; false, and nothing read, when it has none before the item ends. */
  #takeText(rawName: string, rest: string, start: number): boolean {
    const source = this.#source;
    const end = this.#endOfText(rawName, start);
    if (end.at < 0) {
      this.#repairs.add(`an element <${localOf(rawName)}> was not closed`);
      return false;
    }
    const inner = source.slice(start, end.at);
    const close = source.indexOf('>', end.at);
    this.#position = close < 0 ? source.length : close + 1;
    if (!end.hasTags) {
      this.#put(rawName, rest, this.#plain(inner));
      return true;
    }
    const isXml = /\stype\s*=\s*["'](?:xhtml|[^"']*xml)["']|\smode\s*=\s*["']xml["']/i.test(rest);
    // In XHTML a section is text; elsewhere it is one more piece of HTML.
    const html = isXml ? inner : inner.replaceAll('<![CDATA[', '').replaceAll(']]>', '');
    this.#put(rawName, ` ${MARKUP_ATTRIBUTE}="1"${rest}`, html);
    return true;
  }

  /** Text and CDATA sections in turn, without comments. */
  #plain(inner: string): string {
    let text = '';
    let at = 0;
    for (;;) {
      const section = inner.indexOf('<![CDATA[', at);
      const before = section < 0 ? inner.slice(at) : inner.slice(at, section);
      const visible = withoutComments(before);
      if (visible.includes('<')) this.#repairs.add('a bare < was escaped');
      text += this.#references.decode(visible);
      if (section < 0) return text;
      const close = inner.indexOf(']]>', section);
      text += inner.slice(section + 9, close < 0 ? inner.length : close);
      if (close < 0) return text;
      at = close + 3;
    }
  }

  #endOfText(rawName: string, start: number): TextEnd {
    const source = this.#source;
    let nested = 1;
    let hasTags = false;
    let at = start;
    for (;;) {
      at = source.indexOf('<', at);
      if (at < 0) {
        this.#noTextBefore = source.length;
        return { at: -1, hasTags };
      }
      if (source.startsWith('<![CDATA[', at)) {
        at = this.#endOfSection(at);
        continue;
      }
      const hidden = this.#endOfHidden(at);
      if (hidden !== null) {
        at = hidden;
        continue;
      }
      const isEnd = source.charCodeAt(at + 1) === SLASH;
      const nameStart = isEnd ? at + 2 : at + 1;
      const nameEnd = endOfName(source, nameStart);
      const name = source.slice(nameStart, nameEnd);
      if (name === rawName) {
        const close = isEnd ? -1 : this.#find('>', nameEnd);
        const selfClosing = close > 0 && source.charCodeAt(close - 1) === SLASH;
        if (!selfClosing) nested += isEnd ? -1 : 1;
        if (nested === 0) return { at, hasTags };
      } else if (STRUCTURE.has(localOf(name))) {
        this.#noTextBefore = at;
        return { at: -1, hasTags };
      }
      if (nameEnd > nameStart) hasTags = true;
      at = Math.max(nameEnd, at + 1);
    }
  }

  #cdata(): void {
    const end = this.#endOfSection(this.#position);
    const section = this.#source.slice(this.#position, end);
    this.#out += section.endsWith(']]>') ? section : `${section}]]>`;
    this.#position = end;
  }

  /** Behind a CDATA section. One that is never closed, or not before the item ends, is closed where its element ends. */
  #endOfSection(at: number): number {
    const close = this.#find(']]>', at);
    const end = close < 0 ? this.#source.length : close + 3;
    const again = this.#find('<![CDATA[', at + 9);
    const suspect = close < 0 || (again >= 0 && again < close);
    if (!suspect) return end;
    END_OF_TEXT.lastIndex = at;
    const ofText = END_OF_TEXT.exec(this.#source)?.index ?? -1;
    const isOpen = ofText >= 0 && (close < 0 || ofText < again);
    if (close < 0 || isOpen) this.#repairs.add('a CDATA section was not closed');
    return isOpen ? ofText : end;
  }

  /** Where a comment, instruction or declaration at this place ends; null when there is none here. */
  #endOfHidden(at: number): number | null {
    const source = this.#source;
    const second = source.charCodeAt(at + 1);
    if (second === QUESTION_MARK)
      return DECLARATION.test(source.slice(at, at + 6)) ? this.#endOfXml(at) : this.#after('?>', at);
    if (second !== 33) return null;
    if (source.startsWith('<!--', at)) return this.#after('-->', at + 4);
    if (/^<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(source.slice(at, at + 12))) {
      this.#repairs.add('the DOCTYPE was dropped');
      return this.#endOfDeclaration(at);
    }
    return at + 2;
  }

  /** An XML declaration holds no angle brackets: one that is not closed ends where one comes. */
  #endOfXml(at: number): number {
    END_OF_XML.lastIndex = at + 2;
    END_OF_XML.exec(this.#source);
    return END_OF_XML.lastIndex;
  }

  #after(mark: string, at: number): number {
    const end = this.#find(mark, at);
    if (end >= 0) return end + mark.length;
    this.#repairs.add('a comment or instruction was not closed');
    return at + 2;
  }

  /** Behind the `>` of a DOCTYPE, with its internal subset; behind its first characters when it has no end. */
  #endOfDeclaration(at: number): number {
    const close = this.#find('>', at);
    const bracket = this.#find('[', at);
    if (bracket < 0 || close < bracket) return close < 0 ? at + 2 : close + 1;
    END_OF_SUBSET.lastIndex = bracket;
    const end = bracket >= this.#noSubsetAfter ? null : END_OF_SUBSET.exec(this.#source);
    if (end !== null) return end.index + end[0].length;
    this.#noSubsetAfter = Math.min(this.#noSubsetAfter, bracket);
    // Whatever the subset has declared is text now, and harmless.
    return at + 2;
  }

  /** As indexOf, and linear however often something is looked for in vain. */
  #find(mark: string, from: number): number {
    if (from >= (this.#missing.get(mark) ?? Number.POSITIVE_INFINITY)) return -1;
    const found = this.#source.indexOf(mark, from);
    if (found < 0) this.#missing.set(mark, Math.min(from, this.#missing.get(mark) ?? from));
    return found;
  }

  /** Behind the `>` of a start tag; -1 when the document ends first. Attribute values may hold a `>`. Sets `#tagIsBroken`. */
  #endOfTag(from: number): number {
    const source = this.#source;
    this.#tagIsBroken = false;
    for (let at = from; at < source.length; at += 1) {
      const character = source.charCodeAt(at);
      if (character === GREATER_THAN) return at + 1;
      if (character === LESS_THAN) return this.#breakTag(at);
      if (character !== QUOTE && character !== APOSTROPHE) continue;
      const mark = character === QUOTE ? '"' : "'";
      const end = this.#find(mark, at + 1);
      if (end < 0 || end - at > LONGEST_ATTRIBUTE) return this.#breakTag(from);
      const value = source.slice(at + 1, end);
      if (value.includes('<') && (value.includes('\n') || !/[\s/>?]/.test(source.charAt(end + 1)))) {
        return this.#breakTag(from);
      }
      at = end;
    }
    return -1;
  }

  /** The tag ends at the next angle bracket of either kind, and loses its attributes. */
  #breakTag(from: number): number {
    this.#tagIsBroken = true;
    this.#repairs.add('a tag was not closed, or a quote in it');
    const source = this.#source;
    for (let at = from; at < source.length; at += 1) {
      const character = source.charCodeAt(at);
      if (character === LESS_THAN) return at;
      if (character === GREATER_THAN) return at + 1;
    }
    return -1;
  }
}

const localOf = (rawName: string): string => rawName.slice(rawName.indexOf(':') + 1).toLowerCase();

const isSign = (code: number): boolean => code === EQUALS || code === QUOTE || code === APOSTROPHE;

function skipSpace(source: string, from: number): number {
  let at = from;
  for (let code = source.charCodeAt(at); code === 32 || (code >= 9 && code <= 13); code = source.charCodeAt(at))
    at += 1;
  return at;
}

/** Comments that are not closed stay, as text. */
function withoutComments(text: string): string {
  let rest = '';
  let from = 0;
  for (let at = text.indexOf('<!--'); at >= 0; at = text.indexOf('<!--', from)) {
    const end = text.indexOf('-->', at + 4);
    if (end < 0) break;
    rest += text.slice(from, at);
    from = end + 3;
  }
  return rest + text.slice(from);
}

/** The place itself where no name begins. */
function endOfName(source: string, start: number): number {
  const first = source.charCodeAt(start);
  const begins =
    (first >= 97 && first <= 122) || (first >= 65 && first <= 90) || first === 95 || (first >= 0xc0 && first <= 0xfffd);
  if (!begins) return start;
  let at = start + 1;
  while (at < source.length && !isEndOfName(source.charCodeAt(at))) at += 1;
  return at;
}

/** White space, a sign that no name holds, or the end of the document. */
const isEndOfName = (code: number): boolean =>
  code === GREATER_THAN ||
  code === SLASH ||
  code === LESS_THAN ||
  code === EQUALS ||
  code === QUOTE ||
  code === APOSTROPHE ||
  code <= 32 ||
  Number.isNaN(code);
