import { createDynamoDbStores } from '../../adapters/dynamodb/stores.ts';
import { aClock } from '../support/builders.ts';
import { startEmbeddedDynamoDb, type TestDatabase } from '../support/embedded-dynamodb.ts';
import { describeStores } from './store-contract.ts';

describe('the stores on the embedded database', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await startEmbeddedDynamoDb();
  });

  afterAll(() => database.stop());

  describeStores(async () => {
    const clock = aClock();
    const tableName = await database.newTable();
    const open = () => createDynamoDbStores({ client: database.client, tableName, clock });
    return { ...open(), elsewhere: open(), clock };
  });
});
