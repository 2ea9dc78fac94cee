import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startDatabase } from '../../local/database/database.ts';

it('lets the embedded database find the end of its stream without reading all of it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-test-'));
  const { stop } = await startDatabase(folder, 'tocsin', { env: { ...process.env, TOCSIN_DYNAMODB_ENDPOINT: '' } });
  await stop();
  const file = join(folder, 'tocsin.sqlite');
  if (existsSync(file)) {
    const database = new DatabaseSync(file, { readOnly: true });
    const plan = database
      .prepare(
        `EXPLAIN QUERY PLAN SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 FROM _stream_records WHERE table_name = 'tocsin'`,
      )
      .all()
      .map(({ detail }) => String(detail));
    database.close();
    expect(plan.join()).toMatch(/SEARCH _stream_records USING (?:COVERING )?INDEX tocsin_stream_order/);
  }
  rmSync(folder, { recursive: true });
});
