// Where the parts of a document that is not well-formed XML end: comments, sections, declarations, tags, and texts with markup in
// them. Each looks ahead from its own beginning, and all together stay linear: what was looked for in vain is remembered, and
// whatever is passed over while looking is not looked at again.
import { Comments } from './comments.ts';
import { DeclaredEntities, readDoctype } from './doctype.ts';
import { FIELD_LOCAL_NAMES } from './fields.ts';
import { MisspeltNames } from './misspelt-names.ts';
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
export const STRUCTURE: ReadonlySet<string> = new Set(['item', 'entry', 'channel', 'feed', 'rss', 'rdf']);
/** No attribute is longer; a quote that is closed later than this was never closed. */
const LONGEST_ATTRIBUTE = 100_000;

/** Where a section that was not closed may end. */
const END_OF_TEXT =
  /<\/(?:[\w.-]{1,30}:)?(?:title|subtitle|description|summary|content|encoded|link|guid|id|pubdate|date|published|updated|creator|author|name|category|subject|keywords|item|entry)\s{0,9}>/i;
/** HTML elements that an unclosed text may contain, so they do not end it. */
const HTML_FIELDS: ReadonlySet<string> = new Set(['div', 'body']);
/** How many unclosed texts are examined before the same end of an item. */
const MOST_OPEN_TEXTS = 8;
/** After this many texts that could hold items but have no end in the document, no text is followed beyond its item: time would grow as the square. */
const MOST_ENDLESS_TEXTS = 16;

/** End tags that no leftover processing instruction contains. */
const END_OF_FRAMES = ['</item', '</entry', '</channel', '</feed'];

const DECLARATION = /^<\?xml\s/i;
const END_OF_XML = /[^<>]*>?/y;

export interface TextEnd {
  /** Where the text ends. */
  readonly at: number;
  /** Where the document continues. */
  readonly next: number;
  readonly hasTags: boolean;
  /** Its own end tag was there. */
  readonly isClosed: boolean;
}

/** `repairs` gathers, in words, what had to be assumed. */
export class MarkupScanner {
  /** The tag that was looked at last has no end of its own, or a quote without one; its attributes cannot be read. */
  tagIsBroken = false;
  /** No text is to be looked for before this place: one that began earlier was never closed. */
  noTextBefore = 0;
  /** What the DOCTYPE declared, as far as the document has been read. */
  readonly entities = new DeclaredEntities();
  #source: string;
  #repairs: Set<string>;
  #marks: Comments;
  /** For each quote, the position from which it is known not to occur again. */
  #missing = new Map<string, number>();
  #misspelt = new MisspeltNames();
  /** The end of the item in which open texts were last found, and how many there were. */
  #frame = -1;
  #openTexts = 0;
  /** Texts that may hold items and were followed to the end of the document without finding their end. */
  #endless = 0;

  constructor(source: string, repairs: Set<string>) {
    this.#source = source;
    this.#repairs = repairs;
    this.#marks = new Comments(source);
  }

  /**
   * End tags of the same name inside the text are counted. A text without its own end tag ends with a misspelt one,
   * else where another field begins, else with its item; only one that is XML by its type may hold
   * its own items. Null when too many texts of that item have no end.
   */
  endOfText(rawName: string, start: number, { mayHoldItems: isXml = false } = {}): TextEnd | null {
    const source = this.#source;
    const mayHoldItems = isXml && this.#endless < MOST_ENDLESS_TEXTS;
    let nested = 1;
    let frames = 0;
    let firstFrame: number | null = null;
    let hasTags = false;
    let instead: TextEnd | null = null;
    let at = start;
    for (;;) {
      at = source.indexOf('<', at);
      if (at < 0) {
        if (firstFrame !== null) this.#endless += 1;
        return this.#openEnd(instead, firstFrame ?? source.length, hasTags);
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
        if (nested === 0) return { at, next: behindTag(source, nameEnd), hasTags, isClosed: true };
      }
      const local = localOf(name);
      if (STRUCTURE.has(local)) {
        if (!mayHoldItems || (isEnd && frames === 0)) return this.#openEnd(instead, firstFrame ?? at, hasTags);
        frames += isEnd ? -1 : 1;
        firstFrame ??= at;
      }
      if (instead === null && nameEnd > nameStart) {
        if (!isEnd) {
          const isField = name === rawName || (FIELD_LOCAL_NAMES.has(local) && !HTML_FIELDS.has(local));
          if (isField) instead = { at, next: at, hasTags, isClosed: false };
        } else if (name !== rawName && this.#misspelt.isMisspelt(name, rawName)) {
          instead = { at, next: behindTag(source, nameEnd), hasTags, isClosed: false };
        }
      }
      if (nameEnd > nameStart) hasTags = true;
      at = Math.max(nameEnd, at + 1);
    }
  }

  /** Where a text ends that was not closed before its item ends at `frame`. */
  #openEnd(instead: TextEnd | null, frame: number, hasTags: boolean): TextEnd | null {
    if (frame !== this.#frame) this.#openTexts = 0;
    this.#frame = frame;
    this.#openTexts += 1;
    if (this.#openTexts <= MOST_OPEN_TEXTS) return instead ?? { at: frame, next: frame, hasTags, isClosed: false };
    this.noTextBefore = frame;
    return null;
  }

  /** Behind a CDATA section. One that is never closed, or not before the item ends, is closed where its element ends. */
  endOfSection(at: number): number {
    const close = this.#marks.next(']]>', at);
    const end = close < 0 ? this.#source.length : close + 3;
    const again = this.#marks.next('<![CDATA[', at + 9);
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
      return DECLARATION.test(source.slice(at, at + 6)) ? this.#endOfXml(at) : this.#endOfInstruction(at);
    if (second !== EXCLAMATION) return null;
    if (source.startsWith('<!--', at)) return this.#marks.endOf(at) ?? this.#notClosed(this.#nextTag(at + 4));
    if (!/^<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(source.slice(at, at + 12))) return at + 2;
    this.#repairs.add('the DOCTYPE was dropped');
    if (/^<!DOCTYPE/i.test(source.slice(at, at + 9))) return readDoctype(source, at, this.entities);
    const end = endOfBareTag(source, at + 2);
    return end < 0 ? source.length : end;
  }

  /** An XML declaration holds no angle brackets: one that is not closed ends where one comes. */
  #endOfXml(at: number): number {
    END_OF_XML.lastIndex = at + 2;
    END_OF_XML.exec(this.#source);
    return END_OF_XML.lastIndex;
  }

  #endOfInstruction(at: number): number {
    const close = this.#marks.next('?>', at);
    const holdsEnd = END_OF_FRAMES.some((tag) => {
      const end = this.#marks.next(tag, at);
      return end >= 0 && end < close;
    });
    return close < 0 || holdsEnd ? this.#notClosed(this.#nextTag(at + 2)) : close + 2;
  }

  #nextTag(from: number): number {
    const next = this.#source.indexOf('<', from);
    return next < 0 ? this.#source.length : next;
  }

  /** It ends before the next tag. */
  #notClosed(end: number): number {
    this.#repairs.add('a comment or instruction was not closed');
    return end;
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
      if ((value.includes('>') || value.includes('<')) && isAcrossTags(value, source.charAt(end + 1))) {
        return this.#breakTag(from);
      }
      at = end;
    }
    return -1;
  }

  /** The tag ends at the next angle bracket of either kind; broken-tags.ts reads what there is of its attributes. */
  #breakTag(from: number): number {
    this.tagIsBroken = true;
    this.#repairs.add('a tag was not closed, or a quote in it');
    return endOfBareTag(this.#source, from);
  }
}

function behindTag(source: string, nameEnd: number): number {
  const end = endOfBareTag(source, nameEnd);
  return end < 0 ? source.length : end;
}

/** Whether a quote that was not closed is what makes a value of this, up to the first quote of a later attribute. */
const isAcrossTags = (value: string, following: string): boolean =>
  !/[\s/>?]/.test(following) || (value.includes('<') && value.includes('\n'));
