// Which function may do what with which records: the one table from which infra/ makes the roles. A policy distinguishes records by their
// partition keys (the condition dynamodb:LeadingKeys), so a match and its deliveries, or a digest and its members, go together.
// test/infra/table-grants.test.ts runs each function's work: it fails for a grant that is missing here, and for one that is not used.
import { PARTITIONS } from './keys.ts';
import { TABLE } from './table.ts';

export type TableAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'Scan'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'ConditionCheckItem';

export type RecordKind = keyof typeof PARTITIONS;
export type IndexName = keyof typeof TABLE.indexes;

export interface FunctionGrants {
  /** Actions on records, by kind. Those on `every` are not limited to a kind. */
  readonly records: Readonly<Partial<Record<RecordKind | 'every', readonly TableAction[]>>>;
  /** Indexes that may be queried. They hold keys only, so what a key leads to needs a grant of its own. */
  readonly indexes: readonly IndexName[];
}

/** A read of one record, of some, or of a partition. */
const GET = ['GetItem'] as const;
const GET_MANY = ['BatchGetItem'] as const;
const LIST = ['Query'] as const;

const hostPaces = { hostPace: ['GetItem', 'PutItem'] } as const satisfies FunctionGrants['records'];

/** What a pending hit needs: its matches, its subscribers, a delivery for each, the digests they join, places in the row of mails. */
const recording = {
  match: ['BatchGetItem', 'PutItem', 'UpdateItem'],
  hit: ['GetItem', 'PutItem', 'UpdateItem'],
  digest: ['GetItem', 'PutItem', 'ConditionCheckItem'],
  subscribers: LIST,
  subscription: GET_MANY,
  sendPace: ['UpdateItem'],
} as const satisfies FunctionGrants['records'];

/** What a due alert needs: its matches and story, its subscriber, what else they were sent, the digest it joins. */
const sending = {
  match: ['GetItem', 'BatchGetItem', 'UpdateItem'],
  hit: ['GetItem', 'BatchGetItem', 'UpdateItem'],
  story: ['GetItem', 'PutItem', 'UpdateItem'],
  digest: ['GetItem', 'PutItem', 'ConditionCheckItem'],
  // A subscription is disabled when its channel is gone.
  subscribers: ['DeleteItem'],
  subscription: ['GetItem', 'PutItem'],
  // Asked before each mail.
  suppression: GET,
  rate: ['UpdateItem'],
  sendPace: ['UpdateItem'],
} as const satisfies FunctionGrants['records'];

/** Both. */
const alerts = {
  match: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'],
  // Deliveries of a hit that were not tried are looked for.
  hit: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'],
  story: ['GetItem', 'PutItem', 'UpdateItem'],
  digest: ['GetItem', 'PutItem', 'ConditionCheckItem'],
  subscribers: ['Query', 'DeleteItem'],
  subscription: ['GetItem', 'BatchGetItem', 'PutItem'],
  // Asked before each mail.
  suppression: GET,
  rate: ['UpdateItem'],
  sendPace: ['UpdateItem'],
} as const satisfies FunctionGrants['records'];

/** Adding feeds: each gets a place in a poll batch, and starts without a memory. */
const newFeeds = {
  feed: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'],
  memory: ['Query', 'DeleteItem'],
  pollBatches: ['Query', 'UpdateItem'],
} as const satisfies FunctionGrants['records'];

export const TABLE_GRANTS = {
  'schedule-polls': {
    records: { schedule: ['GetItem', 'UpdateItem'], pollBatches: LIST, feed: GET_MANY },
    indexes: [],
  },
  'poll-feeds': {
    records: {
      feed: ['BatchGetItem', 'UpdateItem'],
      memory: ['Query', 'PutItem'],
      pollBatches: ['GetItem', 'UpdateItem'],
      ...hostPaces,
    },
    indexes: [],
  },
  'match-articles': {
    records: {
      topics: ['GetItem', 'Query'],
      topic: GET_MANY,
      match: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'],
      matchDays: ['UpdateItem'],
      feedMatches: ['PutItem'],
      hit: ['GetItem', 'PutItem'],
      story: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'],
      storyKey: ['BatchGetItem', 'PutItem', 'ConditionCheckItem'],
      storyDays: ['UpdateItem'],
      wordCounts: ['BatchGetItem', 'PutItem'],
      ...hostPaces,
    },
    indexes: [],
  },
  'send-alerts': { records: recording, indexes: [] },
  'deliver-alerts': { records: sending, indexes: [] },
  sweep: {
    records: {
      ...alerts,
      story: [...alerts.story, 'BatchGetItem'],
      digest: [...alerts.digest, 'UpdateItem', 'Query'],
      // Reminds addresses of an open question, and ends subscriptions that were never confirmed, or that their reader ended at SNS.
      subscription: [...alerts.subscription, 'UpdateItem', 'DeleteItem'],
      subscribers: [...alerts.subscribers, 'PutItem'],
      token: ['DeleteItem'],
      feedIncidents: ['GetItem', 'Query', 'PutItem', 'UpdateItem'],
      pollBatches: LIST,
      feed: GET_MANY,
    },
    indexes: ['pending'],
  },
  api: {
    records: {
      ...newFeeds,
      feed: [...newFeeds.feed, 'DeleteItem'],
      pollBatches: [...newFeeds.pollBatches, 'GetItem'],
      ...hostPaces,
      schedule: GET,
      topics: ['GetItem', 'Query', 'PutItem', 'DeleteItem'],
      topic: ['Query', 'BatchGetItem', 'PutItem'],
      // The record of a delivery that is sent again lies with its match or its hit. Forgetting an address deletes what lies there for it.
      match: ['GetItem', 'BatchGetItem', 'Query', 'UpdateItem', 'DeleteItem'],
      matchDays: LIST,
      feedMatches: LIST,
      hit: ['GetItem', 'BatchGetItem', 'Query', 'UpdateItem', 'DeleteItem'],
      // What the team has done with a story lies with it.
      story: ['GetItem', 'BatchGetItem', 'PutItem', 'DeleteItem'],
      storyDays: LIST,
      subscription: ['GetItem', 'BatchGetItem', 'PutItem', 'DeleteItem'],
      subscribers: ['Query', 'PutItem', 'DeleteItem'],
      token: ['PutItem', 'DeleteItem'],
      suppression: ['GetItem', 'BatchGetItem', 'DeleteItem'],
      questions: ['GetItem', 'PutItem'],
      digest: ['GetItem', 'Query', 'PutItem', 'DeleteItem'],
      outputs: ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
      outputReadings: ['GetItem', 'Query', 'DeleteItem'],
      views: ['Query', 'PutItem', 'DeleteItem'],
    },
    indexes: ['related', 'listed', 'pending'],
  },
  'public-links': {
    records: {
      token: GET,
      subscription: ['GetItem', 'PutItem'],
      subscribers: ['PutItem', 'DeleteItem'],
      // Confirming may open a digest, and a link that has ended asks again.
      digest: ['PutItem'],
      questions: ['GetItem', 'PutItem'],
      topics: ['GetItem', 'Query'],
      topic: LIST,
      // A mark that says a match was not relevant is kept with the match.
      match: ['BatchGetItem', 'PutItem'],
      hit: ['GetItem', 'BatchGetItem'],
      story: GET,
    },
    indexes: ['related'],
  },
  'mail-events': {
    records: {
      // Deliveries, and members of digests.
      match: ['GetItem', 'BatchGetItem', 'UpdateItem'],
      hit: ['GetItem', 'BatchGetItem', 'UpdateItem'],
      digest: ['GetItem', 'Query'],
      story: ['GetItem', 'PutItem'],
      suppression: ['PutItem'],
      subscription: ['GetItem', 'BatchGetItem', 'PutItem'],
      subscribers: ['DeleteItem'],
    },
    indexes: ['related'],
  },
  // It serves matches to those who have an output's address. It knows no subscriber, and changes nothing but the day of the last reading.
  'output-feeds': {
    records: {
      outputs: GET,
      outputReadings: ['GetItem', 'PutItem'],
      match: GET_MANY,
      matchDays: LIST,
      feedMatches: LIST,
    },
    indexes: ['related', 'listed'],
  },
  configure: {
    records: {
      ...newFeeds,
      topics: ['GetItem', 'Query', 'PutItem', 'DeleteItem'],
      topic: ['PutItem'],
      subscribers: LIST,
      subscription: GET_MANY,
      dataVersion: ['GetItem', 'PutItem'],
      // An upgrade reads all records, and gives those that need it another shape.
      every: ['Scan', 'GetItem', 'UpdateItem'],
    },
    indexes: [],
  },
} as const satisfies Readonly<Record<string, FunctionGrants>>;

export type TableRole = keyof typeof TABLE_GRANTS;

/** A statement of a policy: actions on the table, limited to partitions whose keys match one of the patterns, or on all. */
export interface TableStatement {
  readonly actions: readonly TableAction[];
  readonly partitions: readonly string[] | 'every';
}

/**
 * The kinds that share the same actions stand in one statement: a role's policies have a limit of size, and a batch over several kinds must be allowed
 * by one statement. Queries, each of one partition, stand apart, so that they do not separate kinds that are read together.
 */
export function tableStatements(role: TableRole): readonly TableStatement[] {
  const { records }: FunctionGrants = TABLE_GRANTS[role];
  const { every = [], ...byKind } = records;
  const kinds = Object.keys(byKind) as RecordKind[];
  const limited = [(action: TableAction) => action !== 'Query', (action: TableAction) => action === 'Query'].flatMap(
    (isMeant) => {
      const actionsOf = (kind: RecordKind): readonly TableAction[] => (byKind[kind] ?? []).filter(isMeant);
      const sameActions = Map.groupBy(kinds, (kind) => actionsOf(kind).toSorted().join());
      return [...sameActions.values()]
        .map((some) => ({ actions: actionsOf(some[0] as RecordKind), partitions: some.map(patternOf).sort() }))
        .filter(({ actions }) => actions.length > 0);
    },
  );
  return every.length === 0 ? limited : [...limited, { actions: every, partitions: 'every' }];
}

const patternOf = (kind: RecordKind): string =>
  PARTITIONS[kind].endsWith('#') ? `${PARTITIONS[kind]}*` : PARTITIONS[kind];

export const indexNames = (role: TableRole): readonly string[] =>
  TABLE_GRANTS[role].indexes.map((index) => TABLE.indexes[index].name);
