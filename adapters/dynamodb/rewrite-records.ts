// Gives all records of the table another shape while others read and write them.
import { isDeepStrictEqual } from 'node:util';
import { ServiceUnavailableError } from '../../shared/core/errors.ts';
import { keyOf } from './keys.ts';
import { nameOf } from './record.ts';
import { type Item, severalAtOnce, type TableClient } from './table-client.ts';

/** A record changes a few times a minute at most; more collisions in a row mean that the condition can never hold. */
const TRIES = 10;

/**
 * Only fields that change are written, and only while they are as they were read; a record that changed meanwhile is read again.
 * Throws ServiceUnavailableError when a record changed each time; what is rewritten by then stays, and the call can be repeated.
 */
export async function rewriteRecords(table: TableClient, rewrite: (record: Item) => Item): Promise<void> {
  for await (const page of table.scan()) await severalAtOnce(page, (record) => rewriteOne(table, record, rewrite));
}

async function rewriteOne(table: TableClient, read: Item, rewrite: (record: Item) => Item): Promise<void> {
  let before = read;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const changes = changesOf(before, rewrite(before));
    if (changes.length === 0) return;
    const after = await table.update({ Key: keyOf(before), ...expressionsOf(changes) });
    if (after !== null) return;
    const now = await table.get(keyOf(before));
    if (now === null) return;
    before = now;
  }
  throw new ServiceUnavailableError(
    `${nameOf(read)} kept changing while it was being upgraded; gave up after ${TRIES} tries. Run the upgrade again`,
  );
}

interface Change {
  readonly field: string;
  /** Undefined: it had no such field. */
  readonly from: unknown;
  /** Undefined: it has no such field any more. */
  readonly to: unknown;
}

function changesOf(before: Item, after: Item): readonly Change[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changes = fields
    .map((field) => ({ field, from: before[field], to: after[field] }))
    .filter(({ from, to }) => !isDeepStrictEqual(from, to));
  if (changes.some(({ field }) => field === 'pk' || field === 'sk'))
    throw new Error(`${nameOf(before)}: a key cannot be rewritten`);
  return changes;
}

function expressionsOf(changes: readonly Change[]) {
  const named = changes.map((change, nth) => ({ ...change, name: `#f${nth}`, was: `:was${nth}`, is: `:is${nth}` }));
  const set = named.filter(({ to }) => to !== undefined);
  const removed = named.filter(({ to }) => to === undefined);
  const part = (verb: string, list: readonly string[]): string =>
    list.length === 0 ? '' : `${verb} ${list.join(', ')}`;
  const values = named.flatMap(({ from, to, was, is }) => [
    ...(from === undefined ? [] : [[was, from]]),
    ...(to === undefined ? [] : [[is, to]]),
  ]);
  return {
    UpdateExpression: [
      part(
        'SET',
        set.map(({ name, is }) => `${name} = ${is}`),
      ),
      part(
        'REMOVE',
        removed.map(({ name }) => name),
      ),
    ].join(' '),
    ConditionExpression: [
      'attribute_exists(pk)',
      ...named.map(({ name, was, from }) =>
        from === undefined ? `attribute_not_exists(${name})` : `${name} = ${was}`,
      ),
    ].join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(named.map(({ name, field }) => [name, field])),
    ExpressionAttributeValues: Object.fromEntries(values),
  };
}
