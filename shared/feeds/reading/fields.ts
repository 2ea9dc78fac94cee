// The elements that are looked at, by canonical name, in the order in which they are asked. The first that has text wins, unless
// a field gathers several.

/** Text fields of feeds. */
const FEED_TITLE = ['rss/title', 'atom/title', 'dc/title', 'dcterms/title', 'media/title', 'itunes/title'] as const;
const FEED_DESCRIPTION = [
  'rss/description',
  'atom/subtitle',
  'atom/tagline',
  'dc/description',
  'itunes/subtitle',
  'itunes/summary',
  'googleplay/description',
  'rss/abstract',
] as const;
const LANGUAGE = ['rss/language', 'dc/language', 'dcterms/language'] as const;
export const LINKS = ['rss/link', 'atom/link'] as const;

/** Text fields of items. */
export const ITEM_TITLE = [
  'rss/title',
  'atom/title',
  'dc/title',
  'dcterms/title',
  'media/title',
  'itunes/title',
] as const;
export const SUMMARY = [
  'rss/description',
  'atom/summary',
  'rss/summary',
  'rss/abstract',
  'dc/description',
  'dcterms/abstract',
  'itunes/summary',
  'googleplay/description',
  'media/description',
  'itunes/subtitle',
] as const;
export const CONTENT = [
  'content/encoded',
  'atom/content',
  'xhtml/body',
  'rss/body',
  'xhtml/div',
  'rss/content',
  'rss/encoded',
  'rss/fullitem',
  // News of Russia for the portals there.
  'yandex/full-text',
  'turbo/content',
  'rss/fulltext',
] as const;
export const PUBLISHED = [
  'rss/pubdate',
  'atom/published',
  'atom/issued',
  'dc/date',
  'dcterms/issued',
  'dcterms/created',
  'atom/created',
  'dcterms/date',
  'rss/published',
  'rss/date',
] as const;
export const UPDATED = [
  'atom/updated',
  'atom/modified',
  'dcterms/modified',
  'rss/updated',
  'rss/lastbuilddate',
  'dc/date',
] as const;
export const ID = ['rss/guid', 'atom/id', 'rss/id'] as const;
/** Used when there is no other identifier. */
const OTHER_ID = ['dc/identifier', 'dcterms/identifier'] as const;
const AUTHORS = [
  'atom/author',
  'rss/author',
  'dc/creator',
  'dc/author',
  'dcterms/creator',
  'itunes/author',
  'googleplay/author',
] as const;
/** Of feeds; each is used when those before it name no one. The web master is not an author. */
const RESPONSIBLE = ['rss/managingeditor', 'itunes/owner'] as const;
const CATEGORIES = [
  'rss/category',
  'atom/category',
  'dc/subject',
  'dcterms/subject',
  'media/category',
  'itunes/category',
  'media/keywords',
  'itunes/keywords',
  'rss/keywords',
] as const;
/** The short text and the long one of items that have both, whichever is which. */
const TWINS = ['rss/description', 'rss/summary'] as const;
const MEDIA_GROUPS = ['media/group', 'media/content'] as const;

const FIELDS = {
  feedTitle: FEED_TITLE,
  feedDescription: FEED_DESCRIPTION,
  title: ITEM_TITLE,
  summary: SUMMARY,
  content: CONTENT,
  published: PUBLISHED,
  updated: UPDATED,
  id: ID,
  otherId: OTHER_ID,
  authors: AUTHORS,
  responsible: RESPONSIBLE,
  categories: CATEGORIES,
  language: LANGUAGE,
  twins: TWINS,
  groups: MEDIA_GROUPS,
} as const;
export type Fields = Readonly<Record<keyof typeof FIELDS, readonly string[]>>;

/** The elements to ask in a document that holds these names: a few of the many there are, for each item. */
export const fieldsIn = (names: ReadonlySet<string>): Fields =>
  Object.fromEntries(
    Object.entries(FIELDS).map(([field, all]) => [field, all.filter((name) => names.has(name))]),
  ) as unknown as Fields;

export const FEED_FIELDS: readonly string[] = [
  ...new Set([
    ...FEED_TITLE,
    ...FEED_DESCRIPTION,
    ...LANGUAGE,
    ...LINKS,
    ...AUTHORS,
    ...RESPONSIBLE,
    'rss/ttl',
    'rss/skiphours',
    'sy/updateperiod',
    'sy/updatefrequency',
    'atom/id',
    '$',
  ]),
];

export const ITEM_FIELDS: readonly string[] = [
  ...new Set([
    ...ITEM_TITLE,
    ...SUMMARY,
    ...CONTENT,
    ...PUBLISHED,
    ...UPDATED,
    ...ID,
    ...OTHER_ID,
    ...AUTHORS,
    ...CATEGORIES,
    ...LANGUAGE,
    ...LINKS,
    ...MEDIA_GROUPS,
    'feedburner/origlink',
    'atom/source',
    '$',
  ]),
];

/** Local names of everything that is read, in lower case; an element with another name only wraps these. */
export const FIELD_LOCAL_NAMES: ReadonlySet<string> = new Set([
  ...[...FEED_FIELDS, ...ITEM_FIELDS].map((name) => name.slice(name.indexOf('/') + 1)),
  ...'rss rdf channel feed item entry skiphours hour name email uri url'.split(' '),
]);
