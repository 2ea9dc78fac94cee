// What a process keeps to place articles into stories, besides the stores: one of each, made at its start.
import { createTurns, type Turns } from '../../core/turns.ts';
import type { Clock, Log, WordCountStore } from '../../ports.ts';
import { DocumentReader } from '../../stories/read-document.ts';
import { createWordCounts, type WordCounts } from './word-counts.ts';

export interface PlacingParts {
  readonly documentReader: DocumentReader;
  readonly words: WordCounts;
  /** So that articles of one story that come at once do not refuse each other's writes. */
  readonly placingTurns: Turns;
  /** Before a placement is decided again because another process was first; `tries`: how often it was. */
  readonly waitBeforeTry: (tries: number) => Promise<void>;
}

export const createPlacingParts = (ports: {
  readonly wordCounts: WordCountStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly waitBeforeTry: PlacingParts['waitBeforeTry'];
}): PlacingParts => ({
  documentReader: new DocumentReader(),
  words: createWordCounts(ports),
  placingTurns: createTurns(),
  waitBeforeTry: ports.waitBeforeTry,
});
