// Each function's work runs on the embedded database, and each of its calls is held against the policies of the template. So a grant that is
// missing fails here, not at night on AWS, and so does one that nobody uses.

import { TABLE_GRANTS } from '../../adapters/dynamodb/grants.ts';
import { PARTITIONS } from '../../adapters/dynamodb/keys.ts';
import { createDynamoDbStores } from '../../adapters/dynamodb/stores.ts';
import { FUNCTION_NAMES } from '../../infra/bundle.ts';
import { localDynamoDb } from '../../local/database/database.ts';
import { aClock } from '../support/builders.ts';
import { startEmbeddedDynamoDb, type TestDatabase } from '../support/embedded-dynamodb.ts';
import { FUNCTION_WORK } from './function-work.ts';
import { callsOf, type TableCall, watchCalls } from './table-calls.ts';
import { type Statement, statementsOf, useTemplates } from './template.ts';

type FunctionName = keyof typeof FUNCTION_WORK;
const FUNCTIONS = Object.keys(FUNCTION_WORK) as FunctionName[];

const templateOf = useTemplates();
let database: TestDatabase;
beforeAll(async () => {
  database = await startEmbeddedDynamoDb();
});
afterAll(() => database.stop());

/** One action that one statement allows a role: on the table or an index, on partitions that fit one of its patterns. */
interface Allowed {
  readonly action: string;
  readonly index: string | null;
  /** `*`: any. */
  readonly patterns: readonly string[];
}

/** Those of the policies that are about the table's records; not the stream's. */
function allowedTo(name: FunctionName): readonly Allowed[] {
  return statementsOf(templateOf(), name).flatMap((statement) => {
    const actions = [statement.Action].flat().filter((action) => /^dynamodb:.*(?:Item|Query|Scan)$/.test(action));
    return actions.flatMap((action) =>
      placesOf(statement).map((index) => ({
        action: action.replace('dynamodb:', ''),
        index,
        patterns: patternsOf(statement),
      })),
    );
  });
}

/** Null stands for the table itself. */
const placesOf = ({ Resource }: Statement): readonly (string | null)[] =>
  [Resource].flat().map((resource) => /"\/index\/(\w+)"/.exec(JSON.stringify(resource))?.[1] ?? null);

function patternsOf({ Condition }: Statement): readonly string[] {
  if (Condition === undefined) return ['*'];
  const { 'ForAllValues:StringLike': only, ...others } = Condition as Record<string, Record<string, string[]>>;
  expect(Object.keys(others)).toEqual([]);
  expect(Object.keys(only ?? {})).toEqual(['dynamodb:LeadingKeys']);
  return [only?.['dynamodb:LeadingKeys'] ?? []].flat();
}

const fits = (key: string, pattern: string): boolean =>
  pattern.endsWith('*') ? key.startsWith(pattern.slice(0, -1)) : key === pattern;

/** As IAM decides: one statement must allow the action on all keys. */
const isAllowed = (call: TableCall, allowed: readonly Allowed[]): boolean => {
  const keys = call.keys.length === 0 ? ['*'] : call.keys;
  return allowed.some(
    ({ action, index, patterns }) =>
      action === call.action && index === call.index && keys.every((key) => patterns.some((one) => fits(key, one))),
  );
};

async function callsDuring(name: FunctionName): Promise<readonly TableCall[]> {
  const tableName = await database.newTable();
  const client = localDynamoDb(database.endpoint);
  const calls: TableCall[] = [];
  watchCalls(client, (call) => void calls.push(call));
  const clock = aClock();
  const given = createDynamoDbStores({ client: database.client, tableName, clock });
  const stores = createDynamoDbStores({ client, tableName, clock });
  await FUNCTION_WORK[name]({ given, stores, client, tableName, clock });
  client.destroy();
  return calls;
}

const ranOnce = new Map<FunctionName, Promise<readonly TableCall[]>>();
function callsOfFunction(name: FunctionName): Promise<readonly TableCall[]> {
  const calls = ranOnce.get(name) ?? callsDuring(name);
  ranOnce.set(name, calls);
  return calls;
}

describe('the rights of each function on the table', () => {
  it('are stated for each, and its work is known here', () => {
    expect(Object.keys(TABLE_GRANTS).sort()).toEqual([...FUNCTION_NAMES].sort());
    expect([...FUNCTIONS].sort()).toEqual([...FUNCTION_NAMES].sort());
  });

  it.each(FUNCTIONS)('%s may do all that its work does', async (name) => {
    const allowed = allowedTo(name);

    const refused = (await callsOfFunction(name)).filter((call) => !isAllowed(call, allowed));

    expect(refused).toEqual([]);
  });

  it.each(FUNCTIONS)('%s may do nothing that its work does not do', async (name) => {
    const calls = await callsOfFunction(name);

    const unused = allowedTo(name)
      .flatMap((one) => one.patterns.map((pattern) => ({ ...one, patterns: [pattern] })))
      .filter((one) => !calls.some((call) => uses(call, one)));

    expect(unused).toEqual([]);
  });

  const uses = ({ action, index, keys }: TableCall, one: Allowed): boolean =>
    action === one.action &&
    index === one.index &&
    one.patterns.some((pattern) => pattern === '*' || keys.some((key) => fits(key, pattern)));

  const records = { ...PARTITIONS };
  const call = (action: string, key: string, index: string | null = null): TableCall => ({
    action,
    index,
    keys: [key],
  });

  it.each<[FunctionName, string, TableCall]>([
    ['poll-feeds', 'read subscriptions', call('GetItem', `${records.subscription}1`)],
    ['poll-feeds', 'list who subscribes to a topic', call('Query', `${records.subscribers}river`)],
    ['poll-feeds', 'read matches', call('GetItem', `${records.match}1`)],
    ['poll-feeds', 'change topics', call('PutItem', records.topics)],
    ['poll-feeds', 'find what is pending', call('Query', 'PENDING#0', 'pending')],
    ['poll-feeds', 'forget what it remembers', call('DeleteItem', `${records.memory}1`)],
    ['match-articles', 'read subscriptions', call('BatchGetItem', `${records.subscription}1`)],
    ['match-articles', 'change topics', call('PutItem', records.topics)],
    ['match-articles', 'change feeds', call('UpdateItem', `${records.feed}1`)],
    ['match-articles', 'list matches', call('Query', 'TOPIC#river', 'related')],
    ['schedule-polls', 'change feeds', call('UpdateItem', `${records.feed}1`)],
    ['schedule-polls', 'read subscriptions', call('GetItem', `${records.subscription}1`)],
    ['send-alerts', 'list all subscriptions', call('Query', 'SUBSCRIPTIONS', 'listed')],
    ['send-alerts', 'delete subscriptions', call('DeleteItem', `${records.subscription}1`)],
    ['send-alerts', 'read the links in mails', call('GetItem', `${records.token}1`)],
    ['send-alerts', 'find what is pending', call('Query', 'PENDING#0', 'pending')],
    ['sweep', 'change feeds', call('UpdateItem', `${records.feed}1`)],
    ['sweep', 'make a link', call('PutItem', `${records.token}1`)],
    ['sweep', 'read the links in mails', call('GetItem', `${records.token}1`)],
    ['sweep', 'remove matches', call('DeleteItem', `${records.match}1`)],
    ['sweep', 'list all subscriptions', call('Query', 'SUBSCRIPTIONS', 'listed')],
    ['public-links', 'change articles', call('PutItem', `${records.hit}1`)],
    ['public-links', 'remove matches', call('DeleteItem', `${records.match}1`)],
    ['public-links', 'make a link', call('PutItem', `${records.token}1`)],
    ['public-links', 'list subscriptions', call('Query', 'SUBSCRIPTIONS', 'listed')],
    ['public-links', 'read who subscribes to a topic', call('Query', `${records.subscribers}river`)],
    ['output-feeds', 'change an output', call('UpdateItem', records.outputs)],
    ['output-feeds', 'read subscriptions', call('BatchGetItem', `${records.subscription}1`)],
    ['output-feeds', 'change matches', call('PutItem', `${records.match}1`)],
    ['output-feeds', 'read the links in mails', call('GetItem', `${records.token}1`)],
    ['public-links', 'read outputs', call('GetItem', records.outputs)],
    ['api', 'read the whole table', { action: 'Scan', index: null, keys: [] }],
    ['api', 'change what readers were sent of a story', call('UpdateItem', `${records.story}1`)],
    ['api', 'store matches', call('PutItem', `${records.match}1`)],
    ['api', 'remove a topic version', call('DeleteItem', `${records.topic}1`)],
    ['api', 'read the links in mails', call('GetItem', `${records.token}1`)],
    ['configure', 'list who gets alerts by mail', call('Query', 'SUBSCRIPTIONS', 'listed')],
  ])('%s cannot %s', (name, _what, one) => {
    expect(isAllowed(one, allowedTo(name))).toBe(false);
  });
});

describe('the calls on the table', () => {
  const named = (pk: string) => ({ pk: { S: pk }, sk: { S: 'x' } });

  it('are told by action, index and partition', () => {
    const query = {
      IndexName: 'listed',
      KeyConditionExpression: 'listedIn = :all AND listedAt > :after',
      ExpressionAttributeValues: { ':after': { S: '0' }, ':all': { S: 'SUBSCRIPTIONS' } },
    };

    expect(callsOf('GetItem', { Key: named('A') })).toEqual([{ action: 'GetItem', index: null, keys: ['A'] }]);
    expect(callsOf('PutItem', { Item: named('B') })).toEqual([{ action: 'PutItem', index: null, keys: ['B'] }]);
    expect(callsOf('Scan', {})).toEqual([{ action: 'Scan', index: null, keys: [] }]);
    expect(callsOf('Query', query)).toEqual([{ action: 'Query', index: 'listed', keys: ['SUBSCRIPTIONS'] }]);
    expect(callsOf('BatchGetItem', { RequestItems: { table: { Keys: [named('A'), named('B')] } } })).toEqual([
      { action: 'BatchGetItem', index: null, keys: ['A', 'B'] },
    ]);
    expect(
      callsOf('TransactWriteItems', {
        TransactItems: [{ Put: { Item: named('A') } }, { Delete: { Key: named('B') } }],
      }),
    ).toEqual([
      { action: 'PutItem', index: null, keys: ['A'] },
      { action: 'DeleteItem', index: null, keys: ['B'] },
    ]);
  });
});
