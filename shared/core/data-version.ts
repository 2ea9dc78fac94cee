// The version of what Tocsin stores: one number for the table, the queue file and backups. Decision: docs/adr/0014-data-versions.md.
import { InvalidInputError } from './errors.ts';

/**
 * Raised when stored data takes a shape that the code before would misread. 1: before versions were recorded. 2: queues know which messages
 * were in work at a kill; a match may be quiet for more reasons; topics may be disabled. 3: alerts belong to hits and stories; deliveries may be held
 * or merged. 4: channels besides mail and SNS, their states, addresses that were not confirmed yet; a queue of deliveries. 5: deliveries that are
 * filtered because a match is too weak.
 */
export const DATA_VERSION = 5;

/** InvalidInputError('newer_data') about data (`where`: a file or a table) that a newer Tocsin has written. Nothing was changed. */
export const newerData = (where: string, found: number): InvalidInputError =>
  new InvalidInputError(
    'newer_data',
    `${where} was written by a newer Tocsin (data version ${found}; this one reads up to ${DATA_VERSION}); nothing was changed`,
    [
      'install that version of Tocsin again',
      'or restore a backup that was made before the upgrade: tocsin restore FILE',
    ],
  );
