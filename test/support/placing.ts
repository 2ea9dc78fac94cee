// What placing articles into stories needs besides the stores.
import type { Clock, WordCountStore } from '../../shared/ports.ts';
import { createPlacingParts, type PlacingParts } from '../../shared/usecases/matching/placing-parts.ts';
import { aLog } from './fakes.ts';

export const placingParts = (given: { readonly wordCounts: WordCountStore; readonly clock: Clock }): PlacingParts =>
  createPlacingParts({ ...given, log: aLog(), waitBeforeTry: async () => {} });
