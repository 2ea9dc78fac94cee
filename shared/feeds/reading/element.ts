// An XML element as both readers of documents hand it on (the shape is that of xml2js): a bare string where there is text and
// nothing else, else text under `_`, attributes under `$`, and children by canonical name.

export type Attributes = Readonly<Record<string, string>>;
export type Element = string | ElementFields;
export interface ElementFields {
  readonly [name: string]: readonly Element[] | Attributes | string | undefined;
}

/** What a document holds before anything in it is interpreted. */
export interface RawDocument {
  readonly format: 'rss' | 'rdf' | 'atom';
  /** Of the root element. */
  readonly attributes: Attributes;
  /** `channel` or `feed`. */
  readonly feed: Element;
  readonly items: readonly Element[];
  /** Canonical names that occur in the document: only these need to be looked for. */
  readonly names: ReadonlySet<string>;
}

const NO_ATTRIBUTES: Attributes = Object.freeze({});

/** All children of that name, in document order. */
export function childrenOf(element: Element, name: string): readonly Element[] {
  if (typeof element === 'string') return [];
  const children = element[name];
  return Array.isArray(children) ? children : [];
}

/** The element's own text, without that of its children. */
export function textOf(element: Element | undefined): string {
  if (element === undefined) return '';
  if (typeof element === 'string') return element;
  const text = element['_'];
  return typeof text === 'string' ? text : '';
}

function attributesOf(element: Element): Attributes {
  const attributes = typeof element === 'string' ? undefined : element['$'];
  return typeof attributes === 'object' ? (attributes as Attributes) : NO_ATTRIBUTES;
}

/** Names are lower-case, those of XML and RDF with their usual prefix: `href`, `xml:base`, `rdf:about`. Null when missing. */
export const attributeOf = (element: Element, name: string): string | null => attributesOf(element)[name] ?? null;

/** Neither text nor attributes, however deep. */
export const isBlank = (element: Element): boolean =>
  typeof element === 'string'
    ? element.trim() === ''
    : Object.values(element).every((inside) =>
        Array.isArray(inside) ? inside.every(isBlank) : typeof inside === 'string' && inside.trim() === '',
      );
