// What rss-parser refuses: documents that are cut off or ill-formed, whose names change their meaning on the way, or with items in
// unusual places. A tree with namespaces over htmlparser2's tokenizer that takes whatever comes.
import { Tokenizer } from 'htmlparser2';
import { type Attributes, childrenOf, type Element, type RawDocument } from './element.ts';
import { restoreText } from './held-texts.ts';
import {
  bindRoot,
  type CoreName,
  canonicalAttribute,
  canonicalName,
  isUnknownNamespace,
  type Namespaces,
} from './names.ts';
import { endsBefore, FEEDS, hasOwnParts, ITEMS, isForeign, isKnown, isTelling } from './structure.ts';
import { pairTags, type TagPairs } from './tag-pairs.ts';
import type { TidyDocument } from './tidy.ts';

/** What nests deeper gives its text to the element at this depth. */
const DEEPEST = 100;
/** Children of one name that an element which was not closed leaves to its parent. */
const MOST_HOISTED = 1_000;
/** Of one element; the rest is dropped. */
const MOST_ATTRIBUTES = 512;

interface OpenElement {
  /** Of its start tag, in the order of the document. */
  readonly number: number;
  readonly name: string;
  /** Its end tag is there. */
  readonly isClosed: boolean;
  /** Whether it belongs to an extension, by its name or its own namespace. */
  readonly isForeign: boolean;
  readonly namespaces: Namespaces;
  readonly fields: Record<string, unknown>;
  /** What unclosed elements may have taken from this one: used if it has nothing else of that name. */
  readonly leftovers: Children[];
  /** For a feed: what it received since the last item. */
  sinceItem: [name: string, element: unknown][];
  text: string;
}

/** `unfinished`: the document ended inside an item, which is the last of `items`. */
export interface TreeDocument extends RawDocument {
  readonly unfinished: boolean;
  /** The end tag of the root was there. */
  readonly complete: boolean;
}

/** Null when the document holds neither a feed nor an item. */
export function readTolerantly(document: TidyDocument): TreeDocument | null {
  const builder = new TreeBuilder(document);
  builder.run();
  return builder.result();
}

class TreeBuilder {
  #source: string;
  #texts: readonly string[];
  #rawNames: ReadonlyMap<string, string>;
  #pairs: TagPairs;
  #startTags = 0;
  #endTags = 0;
  #stack: OpenElement[] = [];
  #core: CoreName = 'rss';
  #rootName: string | null = null;
  #rootAttributes: Attributes = {};
  #rootClosed = false;
  #items: Element[] = [];
  #names = new Set<string>();
  #feed: Record<string, unknown> | null = null;
  #feedName = '';
  #unfinished = false;
  #isAtEnd = false;
  #tagName = '';
  #attributes: [name: string, value: string][] = [];
  #attributeName = '';
  #attributeValue = '';

  constructor({ xml, texts, rawNames }: TidyDocument) {
    this.#source = xml;
    this.#rawNames = rawNames;
    this.#texts = texts;
    this.#pairs = pairTags(xml, (short) => this.#rawNameOf(short));
  }

  run(): void {
    const source = this.#source;
    const tokenizer = new Tokenizer(
      { xmlMode: true, decodeEntities: true },
      {
        onopentagname: (start, end) => {
          this.#tagName = this.#rawNameOf(source.slice(start, end));
          this.#attributes = [];
        },
        onattribname: (start, end) => {
          this.#attributeName = source.slice(start, end);
          this.#attributeValue = '';
        },
        onattribdata: (start, end) => {
          this.#attributeValue += source.slice(start, end);
        },
        onattribentity: (code) => {
          this.#attributeValue += String.fromCodePoint(code);
        },
        onattribend: () => {
          if (this.#attributes.length < MOST_ATTRIBUTES)
            this.#attributes.push([this.#attributeName, this.#attributeValue]);
        },
        onopentagend: () => this.#open(),
        onselfclosingtag: () => {
          this.#open();
          this.#close(this.#startTags - 1);
        },
        onclosetag: (start, end) => {
          const number = this.#pairs.starts[this.#endTags]!;
          this.#endTags += 1;
          if (number >= 0) this.#close(number);
          else this.#closeNothing(this.#rawNameOf(source.slice(start, end)));
        },
        ontext: (start, end) => this.#text(source.slice(start, end)),
        ontextentity: (code) => this.#text(String.fromCodePoint(code)),
        oncdata: (start, end, offset) => this.#text(source.slice(start, end - offset)),
        oncomment: () => {},
        ondeclaration: () => {},
        onprocessinginstruction: () => {},
        onend: () => {},
      },
    );
    tokenizer.write(source);
    tokenizer.end();
    this.#unfinished = this.#stack.some(({ name }) => ITEMS.has(name));
    this.#isAtEnd = true;
    while (this.#stack.length > 0) this.#pop(true);
  }

  result(): TreeDocument | null {
    const hasFeed = this.#feed !== null && this.#feedName !== 'rss/rss' && this.#feedName !== 'rdf/rdf';
    if (!hasFeed && (!this.#items.some(isTelling) || /^html$/i.test(this.#rootName ?? ''))) return null;
    return {
      format: this.#format(),
      attributes: this.#rootAttributes,
      feed: (this.#feed ?? '') as Element,
      items: this.#items,
      names: this.#names,
      unfinished: this.#unfinished,
      complete: this.#rootClosed,
    };
  }

  #format(): RawDocument['format'] {
    if (this.#core === 'atom') return 'atom';
    return /(?:^|:)rdf$/i.test(this.#rootName ?? '') ? 'rdf' : 'rss';
  }

  #rawNameOf(short: string): string {
    return this.#rawNames.get(short) ?? short;
  }

  #text(text: string): void {
    const top = this.#stack.at(-1);
    if (top !== undefined) top.text += text;
  }

  #open(): void {
    const number = this.#startTags;
    this.#startTags += 1;
    const endName = this.#pairs.endNames[number] ?? null;
    let parent = this.#stack.at(-1);
    const namespaces = this.#scope(parent?.namespaces ?? NONE, this.#tagName);
    const name = this.#canonical(this.#tagName, endName, namespaces);
    while (parent !== undefined && this.#mustEnd(parent, name)) {
      this.#pop(true);
      parent = this.#stack.at(-1);
    }
    if (this.#stack.length >= DEEPEST) return;
    this.#names.add(name);
    const attributes: Record<string, string> = {};
    for (const [key, value] of this.#attributes) attributes[canonicalAttribute(key, namespaces)] ??= value;
    if (this.#rootName === null) {
      this.#rootName = this.#tagName;
      this.#rootAttributes = attributes;
    }
    const fields: Record<string, unknown> = Object.create(null);
    if (this.#attributes.length > 0) fields['$'] = attributes;
    const ownNamespace = this.#attributes.find(([key]) => key === 'xmlns')?.[1];
    const isOfItsOwn = !isKnown(name) && isUnknownNamespace(ownNamespace);
    this.#stack.push({
      number,
      name,
      isClosed: endName !== null,
      isForeign: isOfItsOwn || isForeign(name),
      namespaces,
      fields,
      leftovers: [],
      sinceItem: [],
      text: '',
    });
  }

  /** By the end tag where the start tag is misspelt. */
  #canonical(rawName: string, endName: string | null, namespaces: Namespaces): string {
    const name = canonicalName(rawName, namespaces, this.#core);
    if (endName === null || endName === rawName || isKnown(name)) return name;
    const meant = canonicalName(endName, namespaces, this.#core);
    return isKnown(meant) ? meant : name;
  }

  /**
   * Whether an open element ends where another begins. An unclosed element ends at the latest where the next item
   * begins; but within a closed element, what looks like an item may be part of a list of other things.
   */
  #mustEnd(open: OpenElement, next: string): boolean {
    // No field contains an item, whatever its end tag suggests.
    const isField = isKnown(open.name) && !ITEMS.has(open.name) && !FEEDS.has(open.name);
    if (open.isClosed) return isField && ITEMS.has(next);
    const isFrame = FEEDS.has(open.name) || open.number === 0;
    if (ITEMS.has(next)) return !isFrame || this.#stack.some(({ name, isClosed }) => ITEMS.has(name) && !isClosed);
    if (FEEDS.has(next)) return this.#stack.some(({ name }) => ITEMS.has(name));
    return endsBefore(next, open.name);
  }

  #scope(outer: Namespaces, rawName: string): Namespaces {
    let inner: Map<string, string> | null = null;
    for (const [key, value] of this.#attributes) {
      if (key !== 'xmlns' && !key.startsWith('xmlns:')) continue;
      inner ??= new Map(outer);
      inner.set(key.slice(6), value);
    }
    if (this.#rootName !== null) return inner ?? outer;
    const { namespaces, core } = bindRoot(rawName, inner ?? outer);
    this.#core = core;
    return namespaces;
  }

  /** Ends an element by the number of its start tag; does nothing if it has ended already. */
  #close(number: number): void {
    const index = this.#stack.findLastIndex((open) => open.number <= number);
    if (this.#stack[index]?.number !== number) return;
    while (this.#stack.length > index + 1) this.#pop(true);
    this.#pop();
    if (index === 0) this.#rootClosed = true;
  }

  /** The end tag of an item without a start tag: what the feed received since the previous item belongs to it. */
  #closeNothing(rawName: string): void {
    const name = canonicalName(rawName, this.#stack.at(-1)?.namespaces ?? NONE, this.#core);
    if (!ITEMS.has(name) || this.#items.length === 0) return;
    while (this.#stack.length > 1 && !this.#stack.at(-1)!.isClosed && !FEEDS.has(this.#stack.at(-1)!.name))
      this.#pop(true);
    const feed = this.#stack.at(-1);
    if (feed === undefined || !FEEDS.has(feed.name)) return;
    const item: Record<string, unknown> = Object.create(null);
    for (const [key, element] of feed.sinceItem) append(item, key, [element]);
    if (!isTelling(item as Element)) return;
    for (const [key] of feed.sinceItem) (feed.fields[key] as unknown[]).pop();
    this.#takeItem(item as Element);
  }

  #pop(unclosed = false): void {
    const { name, fields, leftovers, text: held } = this.#stack.pop()!;
    for (const [key, children] of leftovers) if (!(key in fields)) append(fields, key, children);
    const text = restoreText(held, this.#texts);
    const isBare = Object.keys(fields).length === 0;
    if (!isBare && text.trim() !== '') fields['_'] = text;
    const element = (isBare ? text : fields) as Element;
    const isItem = ITEMS.has(name);
    if (isItem && !this.#isInside()) {
      // An end tag whose slash is missing looks like one more item.
      const isNothing = unclosed && !this.#isAtEnd && Object.keys(fields).every((key) => key === '$' || key === '_');
      if (!isNothing) this.#takeItem(element);
      return;
    }
    if (FEEDS.has(name) && !this.#stack.some((open) => ITEMS.has(open.name))) {
      this.#takeFeed(name, fields);
      return;
    }
    const parent = this.#stack.at(-1);
    if (parent === undefined) return;
    if (!unclosed || isKnown(name)) this.#give(parent, name, [element]);
    if (!unclosed) return;
    if (hasOwnParts(name)) parent.leftovers.push(...lastOfEach(fields));
    else if (!isKnown(name)) for (const [key, children] of childrenIn(fields)) this.#give(parent, key, children);
  }

  #give(parent: OpenElement, name: string, elements: readonly unknown[]): void {
    append(parent.fields, name, elements);
    if (!FEEDS.has(parent.name)) return;
    for (const element of elements.slice(0, MOST_HOISTED)) parent.sinceItem.push([name, element]);
  }

  /** Whether it is inside another item, or in an extension of the feed, which may contain entries of something else. */
  #isInside(): boolean {
    // An unclosed one ended where the item began.
    for (const { name, isForeign } of this.#stack.toReversed()) {
      if (ITEMS.has(name)) return true;
      if (FEEDS.has(name)) return false;
      if (isForeign) return this.#stack.some((open) => FEEDS.has(open.name));
    }
    return false;
  }

  /** An element that was not closed has left items to the one it stands in: they are those that follow. */
  #takeItem(element: Element): void {
    this.#items.push(element);
    for (const open of this.#stack) open.sinceItem = [];
    for (const name of ITEMS) for (const item of childrenOf(element, name)) this.#takeItem(item);
  }

  /** The channel rather than what it stands in; what stands in the latter besides it, as in RSS 0.9x, is not lost. */
  #takeFeed(name: string, fields: Record<string, unknown>): void {
    const isOuter = name === 'rss/rss' || name === 'rdf/rdf';
    if (this.#feed === null) {
      this.#feed = fields;
      this.#feedName = name;
    } else if (isOuter || this.#feedName === name) {
      for (const [key, value] of Object.entries(fields)) if (key !== '$') this.#feed[key] ??= value;
    }
  }
}

const NONE: Namespaces = new Map();

type Children = readonly [name: string, children: readonly unknown[]];
const childrenIn = (fields: Readonly<Record<string, unknown>>): readonly Children[] =>
  Object.entries(fields).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]));
/** The first of several is the element's own. */
const lastOfEach = (fields: Readonly<Record<string, unknown>>): readonly Children[] =>
  childrenIn(fields).map(([name, children]) => [name, children.slice(-1)]);

function append(fields: Record<string, unknown>, name: string, elements: readonly unknown[]): void {
  const same = fields[name];
  if (Array.isArray(same)) same.push(...elements.slice(0, MOST_HOISTED));
  else fields[name] = elements.slice(0, MOST_HOISTED);
}
