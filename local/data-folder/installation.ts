// The two files of a data folder belong together: the table has the subscriptions and matches, the queue file the position in the table's stream
// and the one-time setup. Both carry the id of their installation, so that a file that was moved aside, emptied or swapped is noticed.
import { randomUUID } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { InvalidInputError } from '../../shared/core/errors.ts';
import { DATA_FILES } from '../database/database-engines.ts';
import { LOST_WITH_QUEUES } from '../files/damaged-files.ts';
import { DYNOXIDE_FILE, QUEUES_FILE } from '../files/file-names.ts';
import type { LocalQueues } from '../queues/queues.ts';

const SETTING = 'installation';
/** Settings of the queue file that apply to one table only. */
const SETTINGS_OF_TABLE = ['stream place ', 'outbox subscribed', 'sample feed id'];
const KEY = { pk: { S: 'INSTALLATION' }, sk: { S: 'INSTALLATION' } };

/** Whether a file was there before anything opened it. */
export type FileBefore = 'missing' | 'empty' | 'present';

/** The data files as a start finds them. */
export interface FilesBefore {
  readonly folder: string;
  /** Null: the table is somewhere else, at an endpoint given by the user. */
  readonly table: FileBefore | null;
  readonly queues: FileBefore;
}

export function fileBefore(file: string): FileBefore {
  if (!existsSync(file)) return 'missing';
  return statSync(file).size === 0 ? 'empty' : 'present';
}

/**
 * Throws InvalidInputError('foreign_data') when the table and the queue file belong to different installations, or one of them was emptied.
 * A missing file was moved aside or lost: it starts empty, and what the other file says about it is dropped.
 */
export async function joinInstallation(
  client: DynamoDBClient,
  tableName: string,
  queues: LocalQueues,
  before: FilesBefore,
): Promise<'same' | 'new table'> {
  const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: KEY, ConsistentRead: true }));
  const ofTable = Item?.['id']?.S ?? null;
  const ofQueues = queues.getSetting(SETTING);
  if (ofTable !== null && ofTable === ofQueues) return 'same';
  if (ofTable !== null && ofQueues !== null) throw foreign(before.folder, 'belong to two different installations');
  if (ofQueues !== null && before.table === 'empty')
    throw foreign(before.folder, 'do not belong together: the database file is empty');
  if (ofTable !== null && before.queues === 'empty')
    throw foreign(before.folder, 'do not belong together: the queue file is empty', beginQueues(before.folder));
  if (ofQueues !== null && before.table === 'present')
    throw foreign(before.folder, 'do not belong together: the database has no installation id');
  const isNewTable =
    ofTable === null &&
    before.queues === 'present' &&
    (before.table === 'missing' || (before.table === null && ofQueues !== null));
  // Only when the table is known to be new; a folder of an earlier version has no ids yet.
  if (isNewTable) queues.forgetSettings(SETTINGS_OF_TABLE);
  const id = ofTable ?? ofQueues ?? randomUUID();
  await client.send(
    new PutItemCommand({ TableName: tableName, Item: { ...KEY, type: { S: 'installation' }, id: { S: id } } }),
  );
  queues.setSetting(SETTING, id);
  return isNewTable ? 'new table' : 'same';
}

const foreign = (folder: string, why: string, otherwise = beginTable(folder)): InvalidInputError =>
  new InvalidInputError('foreign_data', `the two data files in ${folder} ${why}`, [
    'restore both files from the same copy: tocsin restore FILE',
    ...otherwise,
  ]);

function beginTable(folder: string): readonly string[] {
  const table = join(folder, DATA_FILES.find((name) => existsSync(join(folder, name))) ?? DYNOXIDE_FILE);
  return [
    `or start with a new database and keep the old one: mv ${table} ${table}.broken`,
    'the new one gets the feeds and topics of the configuration; create the subscriptions again',
  ];
}

function beginQueues(folder: string): readonly string[] {
  const queues = join(folder, QUEUES_FILE);
  return [`or start with new queues: mv ${queues} ${queues}.broken`, LOST_WITH_QUEUES];
}
