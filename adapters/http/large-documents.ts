// Memory for what publishers send: any number of documents are read at once while they are small, and few while they are large.
import { MINUTE_MS } from '../../shared/core/time.ts';
import type { DocumentTurn, LargeDocuments } from '../../shared/ports.ts';
import { createSlots } from './slots.ts';

/** Nearly all feeds stay below this, as do most pages. */
const SMALL_BYTES = 256 * 1024;
/** A document of 5 MB takes up to thirty times that while it is read. */
const AT_ONCE = 2;
/** Publishers hang up after a minute in which nothing could be sent. */
const WAIT_MS = MINUTE_MS;

export interface LargeDocumentsOptions {
  readonly smallBytes?: number;
  readonly atOnce?: number;
  readonly waitMs?: number;
}

/** First come, first served. A turn is taken only when a document turns out to be large, so that no turn is held by one that may stay small. */
export function createLargeDocuments(options: LargeDocumentsOptions = {}): LargeDocuments {
  const { smallBytes = SMALL_BYTES, atOnce = AT_ONCE, waitMs = WAIT_MS } = options;
  const slots = createSlots(atOnce);

  function openTurn(): DocumentTurn & { end(): void } {
    let slot: ReturnType<typeof slots.take> | undefined;
    let askedAt: number | undefined;
    let waitedMs: number | undefined;
    return {
      smallBytes,
      waitedMs: () => waitedMs ?? performance.now() - (askedAt ?? performance.now()),
      take: async () => {
        askedAt ??= performance.now();
        slot ??= slots.take(waitMs);
        const hasTurn = (await slot) !== null;
        waitedMs ??= performance.now() - askedAt;
        return hasTurn;
      },
      // The work may have ended before its turn came.
      end: () => void slot?.then((giveBack) => giveBack?.()),
    };
  }

  return {
    withTurn: async (work) => {
      const turn = openTurn();
      try {
        return await work(turn);
      } finally {
        turn.end();
      }
    },
  };
}
