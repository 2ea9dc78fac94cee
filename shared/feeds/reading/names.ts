// Names that do not depend on the prefix a document happened to choose: `dc/creator` is that of Dublin Core, whatever it was
// called. Elements of RSS, in a namespace or in none, are `rss/…`; those of Atom 0.3 and 1.0 `atom/…`. All in lower case, and with
// a slash, so that none is a name that rss-parser interprets in its own way.

/** Written as `sameNamespace` leaves them. Sources: the specifications of each; the rest as publishers misspell them. */
const NAMESPACES: ReadonlyMap<string, string> = new Map([
  ['www.w3.org/2005/atom', 'atom'],
  ['purl.org/atom/ns', 'atom'],
  ['purl.org/atom/app', 'app'],
  ['www.w3.org/1999/02/22-rdf-syntax-ns', 'rdf'],
  ['purl.org/rss/1.0', 'rss'],
  ['my.netscape.com/rdf/simple/0.9', 'rss'],
  ['channel.netscape.com/rdf/simple/0.9', 'rss'],
  ['my.netscape.com/publish/formats/rss-0.91.dtd', 'rss'],
  ['backend.userland.com/rss', 'rss'],
  ['backend.userland.com/rss2', 'rss'],
  ['backend.userland.com/rss091', 'rss'],
  ['blogs.law.harvard.edu/tech/rss', 'rss'],
  ['cyber.law.harvard.edu/rss', 'rss'],
  ['cyber.law.harvard.edu/rss/rss.html', 'rss'],
  ['www.rssboard.org/rss-specification', 'rss'],
  ['purl.org/net/rss1.1', 'rss'],
  ['purl.org/dc/elements/1.1', 'dc'],
  ['purl.org/dc/elements/1.0', 'dc'],
  ['purl.org/dc/terms', 'dcterms'],
  ['purl.org/rss/1.0/modules/content', 'content'],
  ['purl.org/rss/1.0/modules/syndication', 'sy'],
  ['search.yahoo.com/mrss', 'media'],
  ['www.rssboard.org/media-rss', 'media'],
  ['video.search.yahoo.com/mrss', 'media'],
  ['www.itunes.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['www.google.com/schemas/play-podcasts/1.0', 'googleplay'],
  ['rssnamespace.org/feedburner/ext/1.0', 'feedburner'],
  ['news.yandex.ru', 'yandex'],
  ['turbo.yandex.ru', 'turbo'],
  ['www.w3.org/1999/xhtml', 'xhtml'],
  ['www.w3.org/xml/1998/namespace', 'xml'],
]);

/** Prefixes that documents use without declaring them, or for a namespace they misspell. */
const USUAL_PREFIXES: ReadonlySet<string> = new Set([...NAMESPACES.values(), 'a10']);

const RSS = 'http://purl.org/rss/1.0/';
const ATOM = 'http://www.w3.org/2005/Atom';

export type CoreName = 'rss' | 'atom';

/** Namespace URI by prefix; the default namespace under the empty prefix. */
export type Namespaces = ReadonlyMap<string, string>;

/** Case, `https`, and a slash or hash at the end are what publishers get wrong most. */
const sameNamespace = (uri: string): string =>
  uri
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[/#]+$/, '');

/** `atom/entry` for `a:entry`. Unknown namespaces keep the prefix they have, behind `other:`. */
export function canonicalName(rawName: string, namespaces: Namespaces, core: CoreName): string {
  const colon = rawName.indexOf(':');
  const prefix = colon < 0 ? '' : rawName.slice(0, colon);
  const local = (colon < 0 ? rawName : rawName.slice(colon + 1)).toLowerCase();
  return `${namespaceOf(prefix, namespaces, core)}/${local}`;
}

function namespaceOf(prefix: string, namespaces: Namespaces, core: CoreName): string {
  const uri = namespaces.get(prefix);
  const known = uri === undefined ? undefined : NAMESPACES.get(sameNamespace(uri));
  if (known !== undefined) return known;
  if (prefix === '') return core;
  const usual = prefix.toLowerCase();
  if (USUAL_PREFIXES.has(usual)) return usual === 'a10' ? 'atom' : usual;
  // RSS in an invented namespace: the root would have shown it, and other modules do not repeat its names.
  return `other:${usual}`;
}

/** `xml:base`, `rdf:about` and the rest without a prefix of their own. Declarations of namespaces are all `xmlns`. */
export function canonicalAttribute(rawName: string, namespaces: Namespaces): string {
  const name = rawName.toLowerCase();
  const colon = name.indexOf(':');
  if (colon < 0) return name;
  const prefix = rawName.slice(0, colon);
  if (prefix === 'xmlns') return 'xmlns';
  const uri = namespaces.get(prefix);
  const known = uri === undefined ? undefined : NAMESPACES.get(sameNamespace(uri));
  return known === undefined ? name : `${known}:${name.slice(colon + 1)}`;
}

/**
 * What the elements of the format itself are, by the document's root. Publishers put RSS into namespaces of their own making, or
 * into that of Atom: whatever is bound to the prefix of `rss`, `feed` or `entry` is the format, and what is bound is replaced.
 */
export function bindRoot(rootName: string, declared: Namespaces): { namespaces: Namespaces; core: CoreName } {
  const colon = rootName.indexOf(':');
  const prefix = colon < 0 ? '' : rootName.slice(0, colon);
  const local = rootName.slice(colon + 1).toLowerCase();
  if (local === 'feed' || local === 'entry') return { namespaces: new Map(declared).set(prefix, ATOM), core: 'atom' };
  if (local === 'rss' || local === 'channel') return { namespaces: new Map(declared).set(prefix, RSS), core: 'rss' };
  return { namespaces: declared, core: 'rss' };
}

/** Declared, but unknown. */
export const isUnknownNamespace = (uri: string | undefined): boolean =>
  uri !== undefined && uri.trim() !== '' && !NAMESPACES.has(sameNamespace(uri));
