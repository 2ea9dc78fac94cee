// Page cursors: where the last page ended, and a fingerprint of the query they are good for.
import { hashId } from '../../shared/model/ids.ts';
import { badCursor } from '../../shared/model/page.ts';

const FINGERPRINT_LENGTH = 8;

/** `query` is what makes two queries the same: all of it but the page. */
export function encodeCursor(query: readonly unknown[], position: string): string {
  return Buffer.from(`${fingerprint(query)}${position}`).toString('base64url');
}

/** The position, null for the first page. Throws InvalidInputError `bad_cursor` when the cursor is not one of this query. */
export function decodeCursor(query: readonly unknown[], cursor: string | null): string | null {
  if (cursor === null) return null;
  const text = Buffer.from(cursor, 'base64url').toString();
  if (!/^[a-z2-7]{8}./.test(text) || Buffer.from(text).toString('base64url') !== cursor) {
    throw badCursor(cursor, 'is not a cursor');
  }
  if (!text.startsWith(fingerprint(query))) throw badCursor(cursor, 'belongs to another query');
  return text.slice(FINGERPRINT_LENGTH);
}

const fingerprint = (query: readonly unknown[]): string =>
  hashId('cursor', JSON.stringify(query)).slice(0, FINGERPRINT_LENGTH);
