// How many functions run at once, out of `aws.concurrency`: what an account allows is shared by all of its functions, and what is refused is late.

/** Both schedules, the API and the links in mails for one request at a time, the stream. */
const BESIDE_QUEUES = 4;
const QUEUES = 3;
/** SQS allows no fewer. */
const FEWEST = 2;
/** Bounds how many publishers are asked at once, and the cost of a storm. */
const MOST = 20;

export interface Concurrency {
  /** Of the functions behind the poll queue, the article queue and the delivery queue, each. */
  readonly perQueue: number;
  /** Batches that are read at once from each shard of the table's stream. */
  readonly perShard: number;
}

/** `total`: the setting, 10 or more. */
export function concurrencyOf(total: number): Concurrency {
  const perQueue = Math.max(FEWEST, Math.min(MOST, Math.floor((total - BESIDE_QUEUES) / QUEUES)));
  return { perQueue, perShard: perQueue === FEWEST ? 1 : 2 };
}
