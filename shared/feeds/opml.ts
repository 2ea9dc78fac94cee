// Lists of feeds as OPML 2.0 (http://opml.org/spec2.opml): read with patience, written by the book.
// What cannot be used in a row is reported with its line; the other rows are unaffected.
import { Parser } from 'htmlparser2';
import { type FeedSettings, FULL_TEXT_POLICIES, type FullTextPolicy } from '../model/feed.ts';
import { canonicalUrl } from '../net/canonical-url.ts';
import { withoutFeedScheme } from '../net/feed-scheme.ts';

/** Far above what people subscribe to; below what makes a small machine suffer. */
const MOST_FEEDS = 20_000;
const MOST_CHARACTERS = 20_000_000;
const MOST_PROBLEMS = 200;
/** Folders within folders; deeper ones count as the deepest. */
const MOST_FOLDERS_DEEP = 8;
/** The parser's cost grows with the depth at which elements open and close; no list made by a person nests deeper than this. */
const MOST_NESTED = 1_000;
const LONGEST_TITLE = 200;
const LONGEST_FOLDER = 60;
const LONGEST_QUOTE = 80;
/** Our attributes beside those of the specification, which wants them in a namespace. */
const NAMESPACE = 'urn:tocsin:opml';

export type OpmlFeed = Pick<FeedSettings, 'url' | 'title' | 'folder' | 'language'> & {
  readonly fullText?: FullTextPolicy;
};

/** `line` counts from 1; `message` says what was found and what was expected. */
export interface OpmlProblem {
  readonly line: number;
  readonly message: string;
}

export interface ParsedOpml {
  /** In the order of the file; of rows with the same address the first one. */
  readonly feeds: readonly OpmlFeed[];
  readonly problems: readonly OpmlProblem[];
}

/**
 * Folders become `folder`, `/` between them. Attribute names count in any case; `title` comes before `text`; outlines with
 * `isComment="true"`, and what is below them, are left out. Throws nothing: a text that is not OPML at all is one problem.
 */
export function parseOpml(text: string): ParsedOpml {
  if (text.length > MOST_CHARACTERS) {
    return {
      feeds: [],
      problems: [{ line: 1, message: `the file has ${text.length} characters. Allowed: ${MOST_CHARACTERS}; split it` }],
    };
  }
  const reader = new OpmlReader(text);
  const parser = new Parser(reader, { xmlMode: true, lowerCaseTags: true, lowerCaseAttributeNames: true });
  reader.position = () => parser.startIndex;
  try {
    parser.end(text);
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
  }
  return reader.result();
}

/** What `writeOpml` takes of a feed; `active: false` becomes a commented-out row. */
export type WritableFeed = OpmlFeed & { readonly active?: boolean; readonly siteUrl?: string | null };

/** Feeds keep their order; a folder stands where its first feed would. */
export function writeOpml(feeds: readonly WritableFeed[], title = 'Feeds followed by Tocsin'): string {
  const root = newFolder();
  for (const feed of feeds) folderAt(root, feed.folder).rows.push(feed);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<opml version="2.0" xmlns:tocsin="${NAMESPACE}">`,
    `  <head>${element('title', title)}</head>`,
    '  <body>',
    ...folderLines(root, '    '),
    '  </body>',
    '</opml>',
    '',
  ].join('\n');
}

// ---------------------------------------------------------------- reading

type Attributes = Readonly<Record<string, string>>;

class TooDeep extends Error {}

/** What one open outline is; a feed may hold further outlines, which then stand in the same folder. */
interface OpenOutline {
  readonly folder: string | null;
  readonly isComment: boolean;
}

class OpmlReader {
  position: () => number = () => 0;
  readonly #text: string;
  readonly #feeds: OpmlFeed[] = [];
  readonly #problems: OpmlProblem[] = [];
  /** Canonical address -> line of its first row. */
  readonly #lines = new Map<string, number>();
  readonly #open: OpenOutline[] = [];
  #rootSeen = false;
  #isOpml = false;
  #closed = false;
  #full = false;
  #depth = 0;
  #countedTo = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  onopentag(name: string, attributes: Attributes): void {
    this.#depth += 1;
    if (this.#depth > MOST_NESTED)
      this.#stop(`elements nest more than ${MOST_NESTED} deep: the rest of the file is not read`);
    if (!this.#rootSeen) this.#readRoot(name);
    else if (name === 'outline' && this.#isOpml) this.#readOutline(attributes);
  }

  onclosetag(name: string, isImplied: boolean): void {
    this.#depth -= 1;
    if (name === 'outline') this.#open.pop();
    if (name === 'opml' && !isImplied) this.#closed = true;
  }

  result(): ParsedOpml {
    if (!this.#rootSeen) this.#report('is not OPML: no element was found, expected <opml>');
    else if (this.#isOpml && !this.#closed) {
      this.position = () => this.#text.length;
      this.#report('the file ends before </opml>: it may have been cut off');
    }
    return { feeds: this.#feeds, problems: this.#problems };
  }

  #readRoot(name: string): void {
    this.#rootSeen = true;
    this.#isOpml = name === 'opml';
    if (!this.#isOpml) this.#report(`is not OPML: it begins with <${name.slice(0, 40)}>, expected <opml>`);
  }

  #readOutline(attributes: Attributes): void {
    const isComment = this.#open.at(-1)?.isComment === true || attributes['iscomment']?.trim() === 'true';
    const address = attributes['xmlurl']?.trim() ?? '';
    const name = nameOf(attributes);
    if (!isComment) {
      if (address !== '') this.#readFeed(address, name, attributes);
      else if (isFeedRow(attributes)) {
        this.#report(`${name === '' ? 'a row' : `"${cut(name, LONGEST_QUOTE)}"`} has no xmlUrl, so it names no feed`);
      }
    }
    this.#open.push({ folder: address === '' && name !== '' ? name : null, isComment });
  }

  #readFeed(address: string, name: string, attributes: Attributes): void {
    const url = withoutFeedScheme(address);
    const canonical = canonicalUrl(url);
    if (canonical === null) {
      this.#report(`xmlUrl "${cut(address, LONGEST_QUOTE)}" is not an http or https address`);
      return;
    }
    const before = this.#lines.get(canonical);
    if (before !== undefined) {
      this.#report(`"${cut(url, LONGEST_QUOTE)}" is in the file twice, first on line ${before}`);
      return;
    }
    if (this.#feeds.length >= MOST_FEEDS) {
      if (!this.#full) this.#report(`more than ${MOST_FEEDS} feeds: the rest of the file is not read`);
      this.#full = true;
      return;
    }
    this.#lines.set(canonical, this.#lineHere());
    const fullText = this.#fullText(attributes);
    this.#feeds.push({
      url,
      // A row without a name is often given its address instead: the feed's own title is better.
      title: name === address ? '' : cut(name, LONGEST_TITLE),
      folder: this.#folder(),
      language: this.#language(attributes),
      ...(fullText === undefined ? {} : { fullText }),
    });
  }

  #language(attributes: Attributes): string | null {
    const written = attributes['language']?.trim() ?? '';
    if (written === '') return null;
    const primary = written.split(/[-_]/)[0]?.toLowerCase() ?? '';
    if (/^[a-z]{2,3}$/.test(primary)) return primary;
    this.#report(
      `language "${cut(written, LONGEST_QUOTE)}" is not a language tag such as en or pt-BR; the feed is added without one`,
    );
    return null;
  }

  #fullText(attributes: Attributes): FullTextPolicy | undefined {
    const written = (attributes['tocsin:fulltext'] ?? attributes['fulltext'])?.trim();
    if (written === undefined || written === '') return undefined;
    const policy = FULL_TEXT_POLICIES.find((known) => known === written);
    if (policy === undefined) {
      this.#report(
        `tocsin:fullText "${cut(written, LONGEST_QUOTE)}" is not known. Known: ${FULL_TEXT_POLICIES.join(', ')}; auto is taken`,
      );
    }
    return policy;
  }

  #folder(): string {
    return this.#open
      .flatMap(({ folder }) => (folder === null ? [] : [cut(folder.replace(/\s*\/\s*/g, '/'), LONGEST_FOLDER)]))
      .slice(0, MOST_FOLDERS_DEEP)
      .join('/');
  }

  #stop(message: string): never {
    this.#report(message);
    this.#closed = true;
    throw new TooDeep(message);
  }

  #report(message: string): void {
    if (this.#problems.length < MOST_PROBLEMS) this.#problems.push({ line: this.#lineHere(), message });
  }

  /** Lines are counted once, from the place counted last. */
  #lineHere(): number {
    const to = Math.min(this.position(), this.#text.length);
    for (; this.#countedTo < to; this.#countedTo += 1)
      if (this.#text.charCodeAt(this.#countedTo) === 10) this.#line += 1;
    return this.#line;
  }
}

const nameOf = (attributes: Attributes): string =>
  (attributes['title']?.trim() || attributes['text']?.trim() || '').replace(/\s+/g, ' ');

/** A row that is meant to be a feed, and not an empty folder. */
const isFeedRow = (attributes: Attributes): boolean =>
  ['rss', 'atom', 'feed'].includes(attributes['type']?.trim().toLowerCase() ?? '') ||
  attributes['htmlurl'] !== undefined;

const cut = (text: string, longest: number): string =>
  text.length > longest ? `${text.slice(0, longest - 1)}…` : text;

// ---------------------------------------------------------------- writing

interface Folder {
  /** Feeds and folders, in the order in which they came. */
  readonly rows: (WritableFeed | { readonly name: string; readonly inside: Folder })[];
  readonly folders: Map<string, Folder>;
}

const newFolder = (): Folder => ({ rows: [], folders: new Map() });

function folderAt(root: Folder, path: string): Folder {
  return path
    .split('/')
    .filter((name) => name !== '')
    .reduce((folder, name) => {
      const known = folder.folders.get(name);
      if (known !== undefined) return known;
      const added = newFolder();
      folder.folders.set(name, added);
      folder.rows.push({ name, inside: added });
      return added;
    }, root);
}

function folderLines({ rows }: Folder, indent: string): readonly string[] {
  return rows.flatMap((row) => {
    if (!('inside' in row)) return [`${indent}<outline${feedAttributes(row)}/>`];
    return [
      `${indent}<outline${attribute('text', row.name)}>`,
      ...folderLines(row.inside, `${indent}  `),
      `${indent}</outline>`,
    ];
  });
}

function feedAttributes(feed: WritableFeed): string {
  const name = feed.title === '' ? feed.url : feed.title;
  return [
    attribute('type', 'rss'),
    attribute('text', name),
    attribute('title', name),
    attribute('xmlUrl', feed.url),
    feed.siteUrl ? attribute('htmlUrl', feed.siteUrl) : '',
    feed.language === null ? '' : attribute('language', feed.language),
    feed.fullText === undefined || feed.fullText === 'auto' ? '' : attribute('tocsin:fullText', feed.fullText),
    feed.active === false ? attribute('isComment', 'true') : '',
  ].join('');
}

const attribute = (name: string, value: string): string => ` ${name}="${escapeXml(value)}"`;
const element = (name: string, value: string): string => `<${name}>${escapeXml(value)}</${name}>`;

/** Characters that XML 1.0 does not allow at all (section 2.2) are left out; line breaks in attributes are kept by reference. */
function escapeXml(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones XML refuses
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replace(/[&<>"\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`)
  );
}
