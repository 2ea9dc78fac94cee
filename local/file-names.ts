// The names of the data files, and of the table in them.
export const QUEUES_FILE = 'queues.sqlite';
export const DYNOXIDE_FILE = 'tocsin.sqlite';
export const DYNAMODB_LOCAL_FILE = 'shared-local-instance.db';
export const TABLE_NAME = 'tocsin';
