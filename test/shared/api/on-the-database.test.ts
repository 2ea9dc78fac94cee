// What a client may name is never more than the database can look for.
import { createDynamoDbStores } from '../../../adapters/dynamodb/stores.ts';
import { ROUTES } from '../../../shared/api/routes.ts';
import { anApi } from '../../support/api-world.ts';
import { aClock } from '../../support/builders.ts';
import { startEmbeddedDynamoDb, type TestDatabase } from '../../support/embedded-dynamodb.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await startEmbeddedDynamoDb();
});
afterAll(() => database.stop());

it.each([
  ['the longest names', '警'.repeat(200)],
  ['emoji', '💥'.repeat(100)],
  ['control characters', '\u0000\u001b\u007f'],
  ['separators of keys', '#~/|*.:'],
])('%s in paths and filters are refused or found to be nothing', async (_what, name) => {
  const stores = createDynamoDbStores({
    client: database.client,
    tableName: await database.newTable(),
    clock: aClock(),
  });
  const { ask, errors } = anApi(stores);
  const text = encodeURIComponent(name);
  const filters = ['topic', 'feed', 'source', 'text', 'cursor'].map((filter) => `/v1/matches?${filter}=${text}`);
  const named = ROUTES.filter(({ path, body }) => path.includes('{id}') && body === undefined);

  for (const { id, method, path } of named) {
    const needed = id === 'unmute' ? '?kind=source&value=wire.example' : '';
    expect((await ask(method, path.replace('{id}', text) + needed)).status).toBe(404);
  }
  for (const path of [...filters, `/v1/topics/${text}?version=${text}`, `/v1/subscriptions?target=${text}`])
    expect((await ask('GET', path)).status).toBeLessThan(500);
  expect((await ask('PATCH', `/v1/feeds/${text}`, { title: 'x' })).status).toBe(404);
  expect(errors).toEqual([]);
});
