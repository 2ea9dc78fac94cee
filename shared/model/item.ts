// One entry as its feed wrote it. Any field may be missing; nothing here holds markup.

export interface Item {
  /** guid, Atom id or JSON Feed id, verbatim; null when the entry has none. */
  readonly id: string | null;
  readonly title: string | null;
  /** Absolute http(s) URL of the article; null when there is none. */
  readonly url: string | null;
  /** RFC 3339 UTC with milliseconds, or null when missing or unreadable. */
  readonly published: string | null;
  readonly updated: string | null;
  /** Plain text of the short description; null when missing. */
  readonly summary: string | null;
  /** Plain text of the full content, paragraphs separated by a blank line; null when missing. */
  readonly content: string | null;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  /** Language the entry itself states (xml:lang, dc:language), or null. */
  readonly language: string | null;
}

export interface ParsedFeed {
  readonly feed: {
    readonly title: string | null;
    /** The web site, absolute http(s). */
    readonly link: string | null;
    readonly description: string | null;
    readonly language: string | null;
    /** Minutes the publisher asks between polls (ttl, sy:updatePeriod); null when not said. */
    readonly ttlMinutes: number | null;
    /** UTC hours 0-23 in which the publisher asks not to be polled (skipHours). */
    readonly skipHours: readonly number[];
    readonly format: 'rss' | 'rdf' | 'atom' | 'json';
  };
  readonly items: readonly Item[];
  /** Repairs that were needed, in words, for `feeds check`; empty for a well-formed document. */
  readonly notes: readonly string[];
}
