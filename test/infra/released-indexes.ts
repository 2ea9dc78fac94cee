// The indexes of the table at each data version, and whether CloudFormation can go from one to the next.
import { type IndexDefinition, TABLE } from '../../adapters/dynamodb/table.ts';

/** An index in one line: `name: partition key, sort key [projected attributes]`. */
export const describeIndex = ({ name, partitionKey, sortKey, include }: IndexDefinition): string =>
  `${name}: ${partitionKey}, ${sortKey} [${include.join(', ')}]`;

export const INDEXES_NOW: readonly string[] = Object.values(TABLE.indexes).map(describeIndex);

/** Data version 1 is the first. Add a line for each data version; released ones never change. */
export const INDEXES_OF_VERSION: readonly (readonly string[])[] = [
  ['related: relatedTo, relatedAt []', 'listed: listedIn, listedAt []', 'pending: pendingShard, dueAt [expiresAt]'],
  ['related: relatedTo, relatedAt []', 'listed: listedIn, listedAt []', 'pending: pendingShard, dueAt [expiresAt]'],
  ['related: relatedTo, relatedAt []', 'listed: listedIn, listedAt []', 'pending: pendingShard, dueAt [expiresAt]'],
  ['related: relatedTo, relatedAt []', 'listed: listedIn, listedAt []', 'pending: pendingShard, dueAt [expiresAt]'],
  ['related: relatedTo, relatedAt []', 'listed: listedIn, listedAt []', 'pending: pendingShard, dueAt [expiresAt]'],
];

/** Why CloudFormation refuses the step; null when it does not. */
export function whyRefused(before: readonly string[], after: readonly string[]): string | null {
  const added = after.filter((index) => !before.includes(index));
  const removed = before.filter((index) => !after.includes(index));
  const nameOf = (index: string): string => index.split(':')[0] ?? '';
  const changed = added.filter((index) => removed.map(nameOf).includes(nameOf(index)));
  if (changed.length > 0)
    return `${changed.map(nameOf)} cannot be changed: add an index under another name, and remove this one later`;
  if (added.length + removed.length > 1)
    return `${[...added, ...removed].map(nameOf).join(', ')}: a deploy adds or removes one index; give each a data version of its own`;
  return null;
}
