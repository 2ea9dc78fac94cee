// rss-parser reads the structure: which element is the feed, which are its items. It is kept from interpreting what they hold,
// where its answers depend on prefixes, lose a whole feed to one bad date, or drop text (docs/adr/0003): it meets every name in
// its canonical form, and hands on all elements that are asked for as they stand.
import Parser from 'rss-parser';
import type { Element, ElementFields, RawDocument } from './element.ts';
import { FEED_FIELDS, ITEM_FIELDS } from './fields.ts';
import { restoreText } from './held-texts.ts';
import { bindRoot, canonicalAttribute, canonicalName } from './names.ts';
import type { TidyDocument } from './tidy.ts';

/** What rss-parser looks for, by canonical name. */
const STRUCTURE: ReadonlyMap<string, string> = new Map([
  ['rss/rss', 'rss'],
  ['rss/channel', 'channel'],
  ['rss/item', 'item'],
  ['rdf/rdf', 'rdf:RDF'],
  ['atom/feed', 'feed'],
  ['atom/entry', 'entry'],
]);
/** Those of the other format too, which rss-parser does not find. */
const ITEMS: ReadonlySet<string> = new Set(['item', 'entry', 'atom/item', 'rss/entry']);
/** The root's format by canonical name. */
const FORMATS: ReadonlyMap<string, RawDocument['format']> = new Map([
  ['rss/rss', 'rss'],
  ['rdf/rdf', 'rdf'],
  ['atom/feed', 'atom'],
]);
/** Deeper than this a document is left to the tree, which stops there. */
const DEEPEST = 100;
const FIELDS: ReadonlySet<string> = new Set([...FEED_FIELDS, ...ITEM_FIELDS]);
const UNSETTLED = Symbol('unsettled');

/** Null when rss-parser refuses the document, finds not all of its items, or never decides. */
export async function readWithRssParser(document: TidyDocument): Promise<RawDocument | null> {
  const { xml, texts, rawNames, rootName, depth, scoped } = document;
  if (rootName === null || scoped || depth > DEEPEST) return null;
  const { namespaces, core } = bindRoot(rootName, document.namespaces);
  const format = FORMATS.get(canonicalName(rootName, namespaces, core));
  if (format === undefined) return null;
  const names = new Map<string, string>();
  const found = new Set<string>();
  // Filled as names are met: rss-parser asks for them when the whole document is parsed, and each costs something for each item.
  const fields: [name: string, as: string, options: object][] = [['$', '$', { keepArray: true }]];
  let items = 0;
  const rootAttributes: Record<string, string> = {};
  let elements = 0;
  const tagName = (short: string): string => {
    let name = names.get(short);
    if (name === undefined) {
      const canonical = canonicalName(rawNames.get(short) ?? short, namespaces, core);
      name = STRUCTURE.get(canonical) ?? canonical;
      names.set(short, name);
      if (FIELDS.has(name) && !found.has(name)) fields.push([name, name, { keepArray: true }]);
      found.add(name);
    }
    elements += 1;
    if (ITEMS.has(name)) items += 1;
    return name;
  };
  const attributeName = (rawName: string): string => canonicalAttribute(rawName, namespaces);
  // Attributes come before the name of their element: until the first name, they are those of the root.
  const attributeValue = (value: string, rawName: string): string => {
    if (elements === 0) rootAttributes[attributeName(rawName)] = value;
    return value;
  };
  // A new one for each document: it keeps state, and after a document that was cut off another may never be decided.
  const parser = new Parser({
    defaultRSS: 2,
    customFields: { feed: fields, item: fields },
    xml2js: {
      tagNameProcessors: [tagName],
      attrNameProcessors: [attributeName],
      attrValueProcessors: [attributeValue],
      valueProcessors: [(value: string) => restoreText(value, texts)],
    },
  } as unknown as ConstructorParameters<typeof Parser>[0]);
  try {
    // It works in one go: a promise that is not settled by now never will be. No clock is needed to see that.
    const feed = await Promise.race([parser.parseString(xml), Promise.resolve(UNSETTLED)]);
    if (typeof feed === 'symbol') return null;
    const raw = feed as unknown as ElementFields & { readonly items: readonly Element[] };
    // It stops at the end of the first root, whatever follows.
    if (raw.items.length < items || elements < document.startTags) return null;
    return { format, attributes: rootAttributes, feed: raw, items: raw.items, names: found };
  } catch {
    return null;
  }
}
