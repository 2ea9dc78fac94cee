// Text of a document to XML that a strict parser takes. What comes before the first tag, declarations, comments and characters
// that XML does not allow go; ampersands are repaired. The texts themselves are held out: an element that holds nothing else gets
// their number instead, so that no parser works on them, and markup inside titles and texts keeps its order. Leaves that nothing
// is read from are left out. One pass, linear in the length of the document.

import { withWindows1252Signs } from '../../text/character-references.ts';
import { repairedAttributes } from './broken-tags.ts';
import { startOf } from './document-start.ts';
import { FIELD_LOCAL_NAMES } from './fields.ts';
import { holdOut } from './held-texts.ts';
import { MarkupScanner, STRUCTURE } from './markup-scanner.ts';
import { References } from './references.ts';
import { endOfBareTag, endOfName, GREATER_THAN, isSign, localOf, SLASH, skipSpace, withoutComments } from './signs.ts';

export interface TidyDocument {
  /** With short names of our own. */
  readonly xml: string;
  /** What the elements of `xml` are called in the document. */
  readonly rawNames: ReadonlyMap<string, string>;
  /** What is held out, by number; held-texts.ts puts it back. */
  readonly texts: readonly string[];
  /** Namespace URI by prefix, as first declared; the default one under the empty prefix. */
  readonly namespaces: ReadonlyMap<string, string>;
  /** A prefix means different things in different places: names must be read with their scope. */
  readonly scoped: boolean;
  /** Raw name of the first element; null when there is none. */
  readonly rootName: string | null;
  /** Start tags in `xml`. */
  readonly startTags: number;
  /** Deepest nesting, outside texts. */
  readonly depth: number;
  /** Repairs, in words. */
  readonly notes: readonly string[];
}

/** Elements that hold text which may be written as markup. Not `media:content`, which holds other elements. */
const TEXTS: ReadonlySet<string> = new Set(
  'title subtitle tagline description summary content encoded abstract info body rights copyright full-text'.split(' '),
);
/** Names and labels hold other elements, but never those of HTML: where one begins in them, they are text. */
const LABELS: ReadonlySet<string> = new Set(['author', 'creator', 'category', 'subject']);
const HTML_BEGINS = /[^<]{0,1000}<(?:a|b|i|u|p|em|strong|span|font|div|small|h[1-6])[\s>]/iy;
/** For a text that is itself a document, as Atom allows. */
const XML_TYPE = /\stype\s*=\s*["'](?:application|text)\/[^"'<>]{0,100}xml["']/i;
/** Set on an element whose content was markup. */
export const MARKUP_ATTRIBUTE = 'markup';
// biome-ignore lint/suspicious/noControlCharactersInRegex: the characters that XML forbids are what is looked for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u0080-\u009f\ufdd0-\ufdef\ufffe\uffff]/g;
/** Different names of elements in one document. */
const MOST_NAMES = 1_000;
/** Of categories, which have most of all attributes. */
const UNREAD_ATTRIBUTE = /\s(?:scheme|domain)\s?=\s?(?:"[^"<]*"|'[^'<]*')/;

/** Never throws, whatever the text. */
export function tidy(text: string): TidyDocument {
  // Those above 0x7f are allowed, but stand for other characters.
  const allowed = text.toWellFormed().replace(FORBIDDEN, (sign) => (isC1(sign) ? withWindows1252Signs(sign) : ''));
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
    startTags: scan.startTags,
    depth: deepest,
    notes,
  };
}

class Scan {
  readonly namespaces = new Map<string, string>();
  readonly texts: string[] = [];
  scoped = false;
  rootName: string | null = null;
  startTags = 0;
  deepest = 0;
  #source: string;
  #out = '';
  /** Short names by raw names: a parser looks at each character of a name, twice for each element. */
  #names = new Map<string, string>();
  #position = 0;
  #depth = 0;
  #references: References;
  #repairs = new Set<string>();
  #scanner: MarkupScanner;

  constructor(source: string) {
    this.#source = source;
    this.#scanner = new MarkupScanner(source, this.#repairs);
    this.#references = new References(this.#scanner.entities);
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
    if (text.trim() !== '') this.#out += text.includes('&') ? this.#references.repair(text) : text;
  }

  /** At a `<`; leaves the position behind what was read. */
  #markup(): void {
    const source = this.#source;
    const at = this.#position;
    if (source.startsWith('<![CDATA[', at)) {
      this.#cdata();
      return;
    }
    const hidden = this.#scanner.endOfHidden(at);
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
      const end = endOfBareTag(source, nameEnd);
      this.#position = end < 0 ? source.length : end;
      this.#depth = Math.max(0, this.#depth - 1);
      this.#out += `</${this.#short(rawName)}>`;
      return;
    }
    this.#startTag(at, rawName, nameEnd);
  }

  #startTag(at: number, rawName: string, nameEnd: number): void {
    const source = this.#source;
    const end = this.#scanner.endOfTag(nameEnd);
    if (end < 0) {
      this.#position = source.length;
      this.#repairs.add('the document ends inside a tag');
      return;
    }
    this.#position = end;
    const local = localOf(rawName);
    const { tagIsBroken } = this.#scanner;
    // What follows the name, including the end of the tag.
    const asWritten = source.slice(nameEnd, end);
    const written = tagIsBroken ? repairedAttributes(asWritten, { mayBeEmpty: !STRUCTURE.has(local) }) : asWritten;
    const selfClosing = tagIsBroken ? written.endsWith('/>') : source.charCodeAt(end - 2) === SLASH;
    const isNeeded = this.rootName === null || (FIELD_LOCAL_NAMES.has(local) && this.#isExpected(rawName));
    if (selfClosing && !isNeeded) return;
    // Nothing at all, and inside of an item it would end that.
    if (selfClosing && (local === 'item' || local === 'entry') && end - nameEnd <= 3) return;
    const rest = local === 'category' ? written.replace(UNREAD_ATTRIBUTE, '') : written;
    if (!selfClosing && this.#leaf(rawName, rest, end, isNeeded)) return;
    const isText =
      (TEXTS.has(local) && !(local === 'content' && this.#isMedia(rawName))) ||
      (LABELS.has(local) && !selfClosing && beginsHtml(source, end));
    if (isText && !selfClosing && at >= this.#scanner.noTextBefore && this.#takeText(rawName, rest, end)) return;
    this.#tag(rawName, rest);
    if (selfClosing) return;
    this.#depth += 1;
    if (this.#depth > this.deepest) this.deepest = this.#depth;
  }

  #tag(rawName: string, rest: string): void {
    this.rootName ??= rawName;
    this.startTags += 1;
    if (rest.includes('xmlns')) this.#declare(rest);
    // Behind a sign that ended the name, as in <feed="…">.
    const gap = isSign(rest.charCodeAt(0)) ? ' ' : '';
    this.#out += `<${this.#short(rawName)}${gap}${rest.includes('&') ? this.#references.repairTag(rest) : rest}`;
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
      const close = this.#scanner.endOfSection(next);
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
    if (text !== '') this.#out += holdOut(text, this.texts);
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

  /** Reads a text with markup or several sections to its end; false, with nothing read, when the end is uncertain. */
  #takeText(rawName: string, rest: string, start: number): boolean {
    const source = this.#source;
    const end = this.#scanner.endOfText(rawName, start, { mayHoldItems: XML_TYPE.test(rest) });
    if (end?.isClosed !== true) this.#repairs.add(`an element <${localOf(rawName)}> was not closed`);
    if (end === null) return false;
    const inner = source.slice(start, end.at);
    this.#position = end.next;
    if (!end.hasTags) {
      this.#put(rawName, rest, this.#plain(inner));
      return true;
    }
    const isXml = /\stype\s*=\s*["'](?:xhtml|[^"']*xml)["']|\smode\s*=\s*["']xml["']/i.test(rest);
    // In XHTML a section is text; elsewhere it is one more piece of HTML.
    const html = isXml ? inner : inner.replaceAll('<![CDATA[', '').replaceAll(']]>', '');
    this.#put(rawName, ` ${MARKUP_ATTRIBUTE}="1"${rest}`, this.#scanner.entities.resolveIn(html));
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

  #cdata(): void {
    const end = this.#scanner.endOfSection(this.#position);
    const section = this.#source.slice(this.#position, end);
    this.#out += section.endsWith(']]>') ? section : `${section}]]>`;
    this.#position = end;
  }
}

const isC1 = (sign: string): boolean => sign >= '\u0080' && sign <= '\u009f';

function beginsHtml(source: string, at: number): boolean {
  HTML_BEGINS.lastIndex = at;
  return HTML_BEGINS.test(source);
}
