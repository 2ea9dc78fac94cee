// A turn for one document, where turns are kept.
import type { DocumentTurn, LargeDocuments } from '../../ports.ts';

/** As `LargeDocuments.withTurn`; without turns where there are none to take. */
export const withTurn = <T>(
  largeDocuments: LargeDocuments | undefined,
  work: (turn: DocumentTurn | undefined) => Promise<T>,
): Promise<T> => (largeDocuments === undefined ? work(undefined) : largeDocuments.withTurn(work));
