// Runs contracts on the embedded database. There is a test file for each family of stores, so that a change of one store is tried in seconds.
import { createDynamoDbStores } from '../../adapters/dynamodb/stores.ts';
import { aClock } from '../support/builders.ts';
import { startEmbeddedDynamoDb, type TestDatabase } from '../support/embedded-dynamodb.ts';
import type { OpenSubject } from './store-contract.ts';

export function describeOnEmbeddedDynamoDb(describeStores: (open: OpenSubject) => void): void {
  describe('on the embedded database', () => {
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
}
