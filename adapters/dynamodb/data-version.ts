// The data version of the table: which it is, and how an older table gets the present one. A deploy and a start do the same here.
import { DATA_VERSION, newerData } from '../../shared/core/data-version.ts';
import { DATA_VERSION_KEY } from './keys.ts';
import { RecordReader } from './record.ts';
import { rewriteRecords } from './rewrite-records.ts';
import type { Item, TableClient } from './table-client.ts';

export interface TableStep {
  /** The data version that the table has afterwards. */
  readonly to: number;
  /**
   * A record of the version before, in the new shape; a record that needs no change as it is. It may be called again for a record that
   * has the new shape or a later one, and then returns it as it is: a step that was cut short is repeated from its beginning.
   */
  readonly rewrite?: (record: Item) => Item;
}

/** In order. A step without `rewrite` needs none: fields that an older record lacks may be missing, or the index alone is new. */
export const TABLE_STEPS: readonly TableStep[] = [{ to: 2 }, { to: 3 }, { to: 4 }, { to: 5 }];

export interface UpgradeOptions {
  /** Called before anything is changed. */
  readonly onUpgrade: (from: number, to: number) => void;
  /** What the steps need first: on one machine, the indexes that are missing. On AWS, CloudFormation has made them. */
  readonly prepare?: () => Promise<void>;
  readonly steps?: readonly TableStep[];
}

/**
 * Brings the table to the present data version, and returns the function that records it: call it when nothing else can fail any more, for
 * an earlier version refuses the table from then on. What is cut short before is repeated the next time. A table without a mark is new when
 * it is empty, else of version 1. Throws InvalidInputError('newer_data') before it changes anything.
 */
export async function upgradeTable(
  table: TableClient,
  { onUpgrade, prepare = async () => {}, steps = TABLE_STEPS }: UpgradeOptions,
): Promise<() => Promise<void>> {
  const latest = steps.at(-1)?.to ?? DATA_VERSION;
  const found = await versionOf(table);
  if (found !== null && found > latest) throw newerData(`the table "${table.name}"`, found);
  if (found === latest) return async () => {};
  if (found !== null) {
    onUpgrade(found, latest);
    await prepare();
    for (const { to, rewrite } of steps) if (to > found && rewrite !== undefined) await rewriteRecords(table, rewrite);
  }
  return async () => {
    await table.put({ Item: { ...DATA_VERSION_KEY, type: 'dataVersion', version: latest } });
  };
}

/** Null for an empty table. */
async function versionOf(table: TableClient): Promise<number | null> {
  const record = await table.get(DATA_VERSION_KEY);
  if (record !== null) return new RecordReader(record, 'of the data version').number('version');
  for await (const page of table.scan()) if (page.length > 0) return 1;
  return null;
}
