// A database for tests: the product's own embedded one, in a folder that is thrown away, or in one that outlives it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTable } from '../../adapters/dynamodb/create-table.ts';
import { localDynamoDb, startDatabase } from '../../local/database/database.ts';

export interface TestDatabase {
  readonly endpoint: string;
  readonly client: DynamoDBClient;
  /** A new, empty table; its name. */
  newTable(): Promise<string>;
  stop(): Promise<void>;
}

/** `folder`: where the data stays; without it, the data goes when the database is stopped. */
export async function startEmbeddedDynamoDb(options: { readonly folder?: string } = {}): Promise<TestDatabase> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'tocsin-test-'));
  const { endpoint, stop } = await startDatabase(folder, 'tocsin', { env: process.env });
  return testDatabase(endpoint, async () => {
    await stop();
    if (options.folder === undefined) rmSync(folder, { recursive: true });
  });
}

/** The database behind an endpoint. */
export function testDatabase(endpoint: string, stop: () => Promise<void>): TestDatabase {
  const client = localDynamoDb(endpoint);
  let tables = 0;
  return {
    endpoint,
    client,
    async newTable() {
      tables += 1;
      const name = `tocsin-test-${process.pid}-${tables}`;
      await createTable(client, name);
      return name;
    },
    async stop() {
      client.destroy();
      await stop();
    },
  };
}
