// The stretches of a text that a proximity stays within.
import type { Reach } from '../../query/syntax.ts';
import type { ReadDocument } from '../document/read-document.ts';

/** The number of each token's clause, sentence or paragraph, whichever a span of this reach may not leave. */
export function unitsOf(reach: Reach, read: ReadDocument): Int32Array {
  if (reach.unit === 'clause' || (reach.unit === 'words' && reach.inClause === true)) return read.clauses;
  return reach.unit === 'sentence' ? read.sentences : read.paragraphs;
}

/** Proximity never reaches over the end of a paragraph, nor w/s over that of a sentence, nor w/c over that of a clause. */
export function isInOneUnit(reach: Reach, first: number, last: number, read: ReadDocument): boolean {
  if (read.paragraphs[first] !== read.paragraphs[last]) return false;
  const units = unitsOf(reach, read);
  return units[first] === units[last];
}
