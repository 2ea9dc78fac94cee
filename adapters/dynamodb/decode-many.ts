// What becomes of a damaged record in a list, decided in one place for all stores.
import { DamagedRecordError } from '../../shared/core/errors.ts';
import type { Log } from '../../shared/ports.ts';

/** Decodes each record of a list. */
export type DecodeMany = <Stored, T>(records: readonly Stored[], decode: (record: Stored) => T) => readonly T[];

/** Damaged records are logged and left out, so that one does not hide the rest. Without a log the list fails. */
export const decodeManyWith =
  (log: Log | undefined): DecodeMany =>
  (records, decode) =>
    records.flatMap((record) => {
      try {
        return [decode(record)];
      } catch (error) {
        if (log === undefined || !(error instanceof DamagedRecordError)) throw error;
        log.error(error.message, { code: error.code });
        return [];
      }
    });
