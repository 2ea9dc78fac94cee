import { createDynamoDbStores } from '../../adapters/dynamodb/stores.ts';
import { aClock } from '../support/builders.ts';
import { startDynamoDbLocal, whyNoDynamoDbLocal } from '../support/dynamodb-local.ts';
import type { TestDatabase } from '../support/embedded-dynamodb.ts';
import { describeStores } from './store-contract.ts';

const missing = whyNoDynamoDbLocal();

if (missing !== null) {
  // A line in the report rather than silence: the second opinion was not asked.
  describe('the stores on DynamoDB Local', () => {
    it.skip(`are not tried, because ${missing}`, () => undefined);
  });
} else {
  describe('the stores on DynamoDB Local', () => {
    let database: TestDatabase;

    beforeAll(async () => {
      database = await startDynamoDbLocal();
    });

    afterAll(() => database?.stop());

    describeStores(async () => {
      const clock = aClock();
      const tableName = await database.newTable();
      const open = () => createDynamoDbStores({ client: database.client, tableName, clock });
      return { ...open(), elsewhere: open(), clock };
    });
  });
}
