// The one table as plain data: infra/ builds it with CDK, createTable builds it on one machine and in tests. Key design: docs/adr/0002-single-table-and-keys.md.

export interface IndexDefinition {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  /** Attributes projected besides the keys; an empty list means keys only. */
  readonly include: readonly string[];
}

/** All keys are strings. Every index is sparse: only records that carry its two attributes are in it. */
export const TABLE = {
  partitionKey: 'pk',
  sortKey: 'sk',
  /** Epoch seconds. Every reader leaves expired records out, since the database deletes them up to two days late. */
  ttlAttribute: 'expiresAt',
  /** The alert function needs the new record only. */
  streamView: 'NEW_IMAGE',
  indexes: {
    /** Matches of a topic, deliveries of a subscription, subscriptions of a target; by instant. */
    related: { name: 'related', partitionKey: 'relatedTo', sortKey: 'relatedAt', include: [] },
    /** All matches by day and shard; all subscriptions; deliveries that failed for good; by instant. */
    listed: { name: 'listed', partitionKey: 'listedIn', sortKey: 'listedAt', include: [] },
    /** What the sweep takes up: matches not alerted, deliveries and digests not final; by the instant they are due. */
    pending: { name: 'pending', partitionKey: 'pendingShard', sortKey: 'dueAt', include: ['expiresAt'] },
  },
} as const satisfies {
  readonly partitionKey: string;
  readonly sortKey: string;
  readonly ttlAttribute: string;
  readonly streamView: string;
  readonly indexes: Readonly<Record<string, IndexDefinition>>;
};
