// How many functions run at once, out of `aws.concurrency`: what an account allows is shared by all of its functions, and what is refused is late.

const QUEUES = 3;
/** SQS allows no fewer. */
const FEWEST = 2;
/** Both schedules, the API and the links in messages for one request at a time, and the queue of mail events, which gets the fewest. */
const BESIDE_QUEUES = 3 + FEWEST;
/** Of the stream, where there is room for more than the fewest. */
const MOST_PER_SHARD = 2;
/** Bounds how many publishers are asked at once, and the cost of a storm. */
const MOST = 20;

export interface Concurrency {
  /** Of the functions behind the poll queue, the article queue and the delivery queue, each. */
  readonly perQueue: number;
  /** Batches that are read at once from each shard of the table's stream. */
  readonly perShard: number;
}

/**
 * `total`: the setting, 10 or more. Up to 11 it may be exceeded by the two readers of mail events, since SQS allows no fewer readers: then what is
 * refused waits in its queue.
 */
export function concurrencyOf(total: number): Concurrency {
  const perQueue = Math.max(FEWEST, Math.min(MOST, Math.floor((total - BESIDE_QUEUES - MOST_PER_SHARD) / QUEUES)));
  return { perQueue, perShard: perQueue === FEWEST ? 1 : MOST_PER_SHARD };
}
