import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startDatabase } from '../../local/database/database.ts';
import { thisMachine } from '../../local/database/this-machine.ts';

/** Only this engine keeps its stream in a file of SQLite. Its package is optional, since some systems have none. */
const dynoxide = thisMachine(process.env).packageFolder(`@dynoxide/${process.platform}-${process.arch}`);
const itOnDynoxide = dynoxide === null ? it.skip : it;

itOnDynoxide('lets the embedded database find the end of its stream without reading all of it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-test-'));
  const { stop } = await startDatabase(folder, 'tocsin', { env: { ...process.env, TOCSIN_DYNAMODB_ENDPOINT: '' } });
  await stop();
  const database = new DatabaseSync(join(folder, 'tocsin.sqlite'), { readOnly: true });
  const plan = database
    .prepare(
      `EXPLAIN QUERY PLAN SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 FROM _stream_records WHERE table_name = 'tocsin'`,
    )
    .all()
    .map(({ detail }) => String(detail));
  database.close();
  rmSync(folder, { recursive: true });

  expect(plan.join()).toMatch(/SEARCH _stream_records USING (?:COVERING )?INDEX tocsin_stream_order/);
});
