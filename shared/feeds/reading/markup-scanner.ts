// Where the parts of a document end that is no well-formed XML: comments, sections, declarations, tags, and texts with markup in
// them. Each looks ahead from its own beginning, and all together stay linear: what was looked for in vain is remembered, and
// whatever is passed over while looking is not looked at again.
import {
  APOSTROPHE,
  EXCLAMATION,
  endOfBareTag,
  endOfName,
  GREATER_THAN,
  LESS_THAN,
  localOf,
  QUESTION_MARK,
  QUOTE,
  SLASH,
} from './signs.ts';

/** Where one of these begins or ends, a text that is still open was never closed. */
const STRUCTURE: ReadonlySet<string> = new Set(['item', 'entry', 'channel', 'feed', 'rss', 'rdf']);
/** No attribute is longer; a quote that is closed later than this was never closed. */
const LONGEST_ATTRIBUTE = 100_000;

const END_OF_TEXT = /<\/(?:[\w.-]{1,30}:)?(?:title|subtitle|description|summary|content|encoded|item|entry)\s{0,9}>/i;

const END_OF_SUBSET = /\]\s{0,99}>/g;

const DECLARATION = /^<\?xml\s/i;
const END_OF_XML = /[^<>]*>?/y;

/** Ends of a text element, or of one of the same name inside it, are counted; what it may not hold ends the search. */
export interface TextEnd {
  /** Where the end tag begins; -1 when the document or the item ends first. */
  readonly at: number;
  readonly hasTags: boolean;
}

/** `repairs` gathers, in words, what had to be assumed. */
export class MarkupScanner {
  /** The tag that was looked at last has no end of its own, or a quote without one; its attributes cannot be read. */
  tagIsBroken = false;
  /** No text is to be looked for before this place: one that began earlier was never closed. */
  noTextBefore = 0;
  #source: string;
  #repairs: Set<string>;
  /** Ends of comments and such, and from where on they are known not to come any more. */
  #missing = new Map<string, number>();
  #noSubsetAfter = Number.POSITIVE_INFINITY;

  constructor(source: string, repairs: Set<string>) {
    this.#source = source;
    this.#repairs = repairs;
  }

  /** Ends of elements of the same name inside of the text are counted. */
  endOfText(rawName: string, start: number): TextEnd {
    const source = this.#source;
    let nested = 1;
    let hasTags = false;
    let at = start;
    for (;;) {
      at = source.indexOf('<', at);
      if (at < 0) {
        this.noTextBefore = source.length;
        return { at: -1, hasTags };
      }
      if (source.startsWith('<![CDATA[', at)) {
        at = this.endOfSection(at);
        continue;
      }
      const hidden = this.endOfHidden(at);
      if (hidden !== null) {
        at = hidden;
        continue;
      }
      const isEnd = source.charCodeAt(at + 1) === SLASH;
      const nameStart = isEnd ? at + 2 : at + 1;
      const nameEnd = endOfName(source, nameStart);
      const name = source.slice(nameStart, nameEnd);
      if (name === rawName) {
        const selfClosing = !isEnd && source.charCodeAt(endOfBareTag(source, nameEnd) - 2) === SLASH;
        if (!selfClosing) nested += isEnd ? -1 : 1;
        if (nested === 0) return { at, hasTags };
      } else if (STRUCTURE.has(localOf(name))) {
        this.noTextBefore = at;
        return { at: -1, hasTags };
      }
      if (nameEnd > nameStart) hasTags = true;
      at = Math.max(nameEnd, at + 1);
    }
  }

  /** Behind a CDATA section. One that is never closed, or not before the item ends, is closed where its element ends. */
  endOfSection(at: number): number {
    const close = this.#find(']]>', at);
    const end = close < 0 ? this.#source.length : close + 3;
    const again = this.#find('<![CDATA[', at + 9);
    const suspect = close < 0 || (again >= 0 && again < close);
    if (!suspect) return end;
    const ofText = (close < 0 ? this.#source.slice(at) : this.#source.slice(at, again)).search(END_OF_TEXT);
    if (close < 0 || ofText >= 0) this.#repairs.add('a CDATA section was not closed');
    return ofText >= 0 ? at + ofText : end;
  }

  /** Where a comment, instruction or declaration at this place ends; null when there is none here. */
  endOfHidden(at: number): number | null {
    const source = this.#source;
    const second = source.charCodeAt(at + 1);
    if (second === QUESTION_MARK)
      return DECLARATION.test(source.slice(at, at + 6)) ? this.#endOfXml(at) : this.#after('?>', at);
    if (second !== EXCLAMATION) return null;
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
    const bracket = close < 0 ? -1 : this.#source.slice(0, close).indexOf('[', at);
    if (bracket < 0) return close < 0 ? at + 2 : close + 1;
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

  /** Behind the `>` of a start tag; -1 when the document ends first. Attribute values may hold a `>`. Sets `tagIsBroken`. */
  endOfTag(from: number): number {
    const source = this.#source;
    this.tagIsBroken = false;
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
    this.tagIsBroken = true;
    this.#repairs.add('a tag was not closed, or a quote in it');
    return endOfBareTag(this.#source, from);
  }
}
