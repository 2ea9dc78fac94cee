// What rss-parser refuses: documents that are cut off or ill-formed, whose names change their meaning on the way, or with items in
// unusual places. A tree with namespaces over htmlparser2's tokenizer that takes whatever comes.
import { Tokenizer } from 'htmlparser2';
import { type Attributes, childrenOf, type Element, type RawDocument } from './element.ts';
import { CONTENT, ID, ITEM_FIELDS, ITEM_TITLE, LINKS, PUBLISHED, SUMMARY, UPDATED } from './fields.ts';
import { restoreText } from './held-texts.ts';
import { bindRoot, type CoreName, canonicalAttribute, canonicalName, type Namespaces } from './names.ts';
import type { TidyDocument } from './tidy.ts';

/** What nests deeper gives its text to the element at this depth. */
const DEEPEST = 100;
/** Children of one name that an element which was not closed leaves to its parent. */
const MOST_HOISTED = 1_000;
/** Of one element; the rest is dropped. */
const MOST_ATTRIBUTES = 512;

interface OpenElement {
  readonly rawName: string;
  readonly name: string;
  readonly namespaces: Namespaces;
  readonly fields: Record<string, unknown>;
  text: string;
}

/** `unfinished`: the document ended inside an item, which is the last of `items`. */
export interface TreeDocument extends RawDocument {
  readonly unfinished: boolean;
  /** The end tag of the root was there. */
  readonly complete: boolean;
}

const FEEDS: ReadonlySet<string> = new Set(['rss/channel', 'atom/feed', 'rss/rss', 'rdf/rdf']);
/** Under a damaged root, entries may look like elements of RSS, and the other way round. */
const ITEMS: ReadonlySet<string> = new Set(['rss/item', 'atom/entry', 'rss/entry', 'atom/item']);
/** What makes an item of an element that is only called so. */
const TELLING = [...ITEM_TITLE, ...SUMMARY, ...CONTENT, ...PUBLISHED, ...UPDATED, ...ID, ...LINKS];
/** Elements without children: another field that begins inside of one shows that it was not closed. */
const LEAVES: ReadonlySet<string> = new Set(
  (
    'rss/title rss/link rss/description rss/guid rss/pubdate rss/category rss/comments rss/language rss/ttl rss/copyright ' +
    'atom/title atom/id atom/updated atom/published atom/summary atom/content atom/subtitle atom/category dc/date dc/creator ' +
    'dc/subject content/encoded'
  ).split(' '),
);
const FIELDS: ReadonlySet<string> = new Set([...ITEM_FIELDS, ...LEAVES, ...ITEMS]);

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
  #stack: OpenElement[] = [];
  /** Elements open below the deepest one that is kept. */
  #below = 0;
  #core: CoreName = 'rss';
  #rootName: string | null = null;
  #rootAttributes: Attributes = {};
  #rootClosed = false;
  #items: Element[] = [];
  #names = new Set<string>();
  #feed: Record<string, unknown> | null = null;
  #feedName = '';
  #unfinished = false;
  #tagName = '';
  #attributes: [name: string, value: string][] = [];
  #attributeName = '';
  #attributeValue = '';

  constructor({ xml, texts, rawNames }: TidyDocument) {
    this.#source = xml;
    this.#rawNames = rawNames;
    this.#texts = texts;
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
          this.#close(this.#tagName);
        },
        onclosetag: (start, end) => this.#close(this.#rawNameOf(source.slice(start, end))),
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
    const rawName = this.#tagName;
    if (this.#stack.length >= DEEPEST) {
      this.#below += 1;
      return;
    }
    let parent = this.#stack.at(-1);
    const namespaces = this.#scope(parent?.namespaces ?? NONE, rawName);
    const name = canonicalName(rawName, namespaces, this.#core);
    this.#names.add(name);
    while (parent !== undefined && mustEnd(parent.name, name, this.#stack)) {
      this.#pop(true);
      parent = this.#stack.at(-1);
    }
    const attributes: Record<string, string> = {};
    for (const [key, value] of this.#attributes) attributes[canonicalAttribute(key, namespaces)] ??= value;
    if (this.#rootName === null) {
      this.#rootName = rawName;
      this.#rootAttributes = attributes;
    }
    const fields: Record<string, unknown> = Object.create(null);
    if (this.#attributes.length > 0) fields['$'] = attributes;
    this.#stack.push({ rawName, name, namespaces, fields, text: '' });
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

  #close(rawName: string): void {
    if (this.#below > 0) {
      this.#below -= 1;
      return;
    }
    // At most as far as the stack is deep.
    for (let index = this.#stack.length - 1; index >= 0; index -= 1) {
      if (this.#stack[index]!.rawName !== rawName) continue;
      while (this.#stack.length > index + 1) this.#pop(true);
      this.#pop();
      if (index === 0) this.#rootClosed = true;
      return;
    }
  }

  /** What an element that nothing is known of holds belongs to its parent when it was never closed. */
  #pop(unclosed = false): void {
    const { name, fields, text: held } = this.#stack.pop()!;
    const text = restoreText(held, this.#texts);
    const isBare = Object.keys(fields).length === 0;
    if (!isBare && text.trim() !== '') fields['_'] = text;
    const element = (isBare ? text : fields) as Element;
    const isInItem = this.#stack.some((open) => ITEMS.has(open.name));
    if (ITEMS.has(name) && !isInItem) this.#takeItem(element);
    else if (FEEDS.has(name) && !isInItem) this.#takeFeed(name, fields);
    else {
      const parent = this.#stack.at(-1)?.fields;
      if (parent === undefined) return;
      if (!unclosed || FIELDS.has(name)) append(parent, name, [element]);
      else {
        for (const [key, value] of Object.entries(fields)) if (Array.isArray(value)) append(parent, key, value);
      }
    }
  }

  /** An element that was not closed has left items to the one it stands in: they are those that follow. */
  #takeItem(element: Element): void {
    this.#items.push(element);
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

const isTelling = (item: Element): boolean => TELLING.some((name) => childrenOf(item, name).length > 0);

function append(fields: Record<string, unknown>, name: string, elements: readonly unknown[]): void {
  const same = fields[name];
  if (Array.isArray(same)) same.push(...elements.slice(0, MOST_HOISTED));
  else fields[name] = elements.slice(0, MOST_HOISTED);
}

/**
 * Whether an element that is still open ends where another begins. What looks like an item may be one of a list of other things,
 * within an element that nothing is known of.
 */
function mustEnd(open: string, next: string, stack: readonly OpenElement[]): boolean {
  if (ITEMS.has(next)) return (FIELDS.has(open) || FEEDS.has(open)) && stack.some(({ name }) => ITEMS.has(name));
  if (FEEDS.has(next)) return stack.some(({ name }) => ITEMS.has(name));
  return LEAVES.has(open) && FIELDS.has(next);
}
