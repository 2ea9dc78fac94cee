// What placing articles into stories needs besides the stores.
import type { Clock, WordCountStore } from '../../shared/ports.ts';
import { DocumentReader } from '../../shared/stories/read-document.ts';
import { createWordCounts, type WordCounts } from '../../shared/usecases/matching/word-counts.ts';
import { aLog } from './fakes.ts';

export const placingParts = (given: {
  readonly wordCounts: WordCountStore;
  readonly clock: Clock;
}): { readonly documentReader: DocumentReader; readonly words: WordCounts } => ({
  documentReader: new DocumentReader(),
  words: createWordCounts({ ...given, log: aLog() }),
});
