// The names of the data files, and of the table in them.
export const QUEUES_FILE = 'queues.sqlite';
export const DYNOXIDE_FILE = 'tocsin.sqlite';
export const DYNAMODB_LOCAL_FILE = 'shared-local-instance.db';
/** Addresses and keys of the channels that are reached over HTTP. */
export const SECRETS_FILE = 'channel-secrets.json';
/** Named tokens with roles, and the sessions of browsers; hashes only. */
export const ACCESS_FILE = 'access.json';
/** Contains the name of the backup whose files are being put in place; left behind by a restore that was interrupted. */
export const RESTORE_MARK = 'restore-unfinished';
export const TABLE_NAME = 'tocsin';
