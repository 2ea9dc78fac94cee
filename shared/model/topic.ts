// A topic as data: what a pack says of it, expressions still in text. JSON-serialisable, so it can be stored and sent.
// Its language: docs/topic-syntax.md.

export type Severity = 'low' | 'medium' | 'high' | 'critical';

/** Expressions per language; key `*` holds for every language. */
export type ExpressionsByLanguage = Readonly<Record<string, readonly string[]>>;

export interface Topic {
  readonly id: string;
  /** `<pack version>+<first 7 hex digits of the definition's hash>`, so that every change of meaning has a name of its own. */
  readonly version: string;
  readonly pack: string;
  readonly title: string;
  readonly description: string;
  readonly severity: Severity;
  /** Codes of other taxonomies, such as CAMEO: metadata only. */
  readonly codes: Readonly<Record<string, string | readonly string[]>>;
  /** One of these must hold. */
  readonly any: ExpressionsByLanguage;
  /** Each of these must hold somewhere in the document. */
  readonly all: ExpressionsByLanguage;
  /** None of these may hold. */
  readonly none: ExpressionsByLanguage;
  /** The sets its expressions name, and those that they name: set -> language (or `*`) -> expression. */
  readonly sets: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly passage: { readonly context: number; readonly max: number; readonly maxChars: number };
}

/** What a reader is shown of a topic in lists and alerts. */
export type TopicSummary = Pick<Topic, 'id' | 'version' | 'title' | 'severity'>;

/** `configuration`: from the folder of packs that starts and deploys read whole; `push`: put by hand or through the API. */
export type TopicSource = 'configuration' | 'push';

/** What is kept of a topic beside its definition. */
export interface TopicEntry {
  readonly id: string;
  readonly version: string;
  readonly pack: string;
  /** Hash of the whole definition: tells whether anything changed, wording of the title included. */
  readonly digest: string;
  /** Null: put by a version that did not record it. */
  readonly source: TopicSource | null;
  /** Since when it is out of force by an operator's wish, whatever packs say; null while it is in force. RFC 3339. */
  readonly disabledAt: string | null;
  /** In force although its pack file was gone at the last start. */
  readonly isMissing: boolean;
}

export const isInForce = ({ disabledAt }: Pick<TopicEntry, 'disabledAt'>): boolean => disabledAt === null;
