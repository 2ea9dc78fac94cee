// A batch of queue or stream records, record by record: one that fails returns alone, its batch-mates are done.
// A message that failed is hidden for a wait that grows with its tries. Nothing is given up in silence: what keeps failing ends in the
// dead-letter queue, where it can be seen and redriven. One log line a batch. Powertools Batch carries the partial responses.
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type {
  Context,
  DynamoDBBatchResponse,
  DynamoDBRecord,
  DynamoDBStreamEvent,
  SQSBatchResponse,
  SQSEvent,
  SQSRecord,
} from 'aws-lambda';
import type { Telemetry } from '../adapters/log/powertools.ts';
import { afterFailure, mayPass } from '../shared/core/message-retries.ts';
import { METRICS } from '../shared/core/metrics.ts';
import type { FailedMessage, FailedMessages } from '../shared/ports.ts';

/** What a record handler gives back is added up into the batch's log line. */
export type BatchCounts = Readonly<Record<string, number>>;

type RecordWork<R> = (record: R) => Promise<BatchCounts | undefined>;

/** What every function behind a queue is given. `failedMessages` of the queue that it works on. */
export type QueueTelemetry = Telemetry & { readonly failedMessages: FailedMessages };

interface Failure<R> {
  readonly record: R;
  readonly error: unknown;
}

/** What became of a record that failed, as it is logged. `isDone`: Lambda is not told that it failed. */
interface Outcome {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly isDone: boolean;
}

export const forEachQueueRecord = (
  event: SQSEvent,
  context: Context | undefined,
  telemetry: QueueTelemetry,
  work: RecordWork<SQSRecord>,
): Promise<SQSBatchResponse> =>
  forEachRecord(event, context, telemetry, work, {
    kind: EventType.SQS,
    idOf: ({ messageId }) => messageId,
    itemOf: ({ messageId }) => messageId,
    settle: (failures) => giveBack(failures, telemetry),
  });

/**
 * A record of the stream is a call to look at what the table holds as pending, and the sweep looks there too. So what fails for a reason that may
 * pass is tried twice and then left to the sweep: the stream would wait for it, and give it up before an outage is over.
 */
export const forEachStreamRecord = (
  event: DynamoDBStreamEvent,
  context: Context | undefined,
  telemetry: Telemetry,
  work: RecordWork<DynamoDBRecord>,
): Promise<DynamoDBBatchResponse> =>
  forEachRecord(
    event,
    context,
    telemetry,
    async (record) => {
      try {
        return await work(record);
      } catch (error) {
        if (!mayPass(error)) throw error;
        return await work(record);
      }
    },
    {
      kind: EventType.DynamoDBStreams,
      idOf: ({ eventID = '' }) => eventID,
      itemOf: ({ dynamodb }) => dynamodb?.SequenceNumber ?? '',
      settle: async (failures) =>
        failures.map(({ error }) =>
          mayPass(error) ? { fields: { leftToSweep: true }, isDone: true } : { fields: {}, isDone: false },
        ),
    },
  );

interface RecordSource<R> {
  readonly kind: typeof EventType.SQS | typeof EventType.DynamoDBStreams;
  /** As the log names a record, and as the answer to Lambda does. */
  readonly idOf: (record: R) => string;
  readonly itemOf: (record: R) => string;
  /** Sees to what failed, once the whole batch has been worked on; in the order of the failures. */
  readonly settle: (failures: readonly Failure<R>[]) => Promise<readonly Outcome[]>;
}

async function forEachRecord<R extends SQSRecord | DynamoDBRecord>(
  event: { Records: R[] },
  context: Context | undefined,
  telemetry: Telemetry,
  work: RecordWork<R>,
  source: RecordSource<R>,
): Promise<{ batchItemFailures: { itemIdentifier: string }[] }> {
  const end = telemetry.begin(context);
  const totals: Record<string, number> = {};
  const failures: Failure<R>[] = [];
  const handle = async (record: R): Promise<void> => {
    try {
      for (const [name, value] of Object.entries((await work(record)) ?? {})) {
        totals[name] = (totals[name] ?? 0) + value;
      }
    } catch (error) {
      failures.push({ record, error });
      throw error;
    }
  };
  try {
    const { batchItemFailures } = await processPartialResponse(
      event as never,
      handle as never,
      new BatchProcessor(source.kind),
      { throwOnFullBatchFailure: false },
    );
    telemetry.metrics.put(METRICS.recordsFailed, 'Count', failures.length);
    const outcomes = await source.settle(failures);
    logBatch(event.Records.length, totals, failures, outcomes, { telemetry, source });
    const done = new Set(failures.filter((_, at) => outcomes[at]?.isDone).map(({ record }) => source.itemOf(record)));
    return { batchItemFailures: batchItemFailures.filter(({ itemIdentifier }) => !done.has(itemIdentifier)) };
  } finally {
    end();
  }
}

function logBatch<R>(
  records: number,
  totals: BatchCounts,
  failures: readonly Failure<R>[],
  outcomes: readonly Outcome[],
  { telemetry: { log }, source }: { readonly telemetry: Telemetry; readonly source: RecordSource<R> },
): void {
  const counts = { records, failed: failures.length, ...totals };
  if (failures.length === 0) {
    log.info('batch', counts);
    return;
  }
  const described = failures.map(({ record, error }, at) => ({
    record: source.idOf(record),
    error: reasonOf(error),
    ...outcomes[at]?.fields,
  }));
  log.warn('batch', { ...counts, failures: described });
}

/** In the order of the failures. Whatever fails here only takes longer: the message comes back when the queue's own time is up. */
async function giveBack(
  failures: readonly Failure<SQSRecord>[],
  { failedMessages, log }: QueueTelemetry,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const later: (FailedMessage & { readonly seconds: number })[] = [];
  for (const { record, error } of failures) {
    const message = { handle: record.receiptHandle, body: record.body, reason: reasonOf(error) };
    const next = afterFailure(error, Number(record.attributes.ApproximateReceiveCount), Math.random());
    if (next === 'set aside' && (await succeeds(failedMessages.setAside(message), 'setting a message aside', log))) {
      outcomes.push({ fields: { setAside: true }, isDone: true });
      continue;
    }
    const seconds = next === 'set aside' ? null : next;
    if (seconds !== null) later.push({ ...message, seconds });
    outcomes.push({ fields: seconds === null ? {} : { retryInSeconds: seconds }, isDone: false });
  }
  if (later.length > 0) await succeeds(failedMessages.retryLater(later), 'hiding messages until their next try', log);
  return outcomes;
}

async function succeeds(work: Promise<void>, what: string, log: Telemetry['log']): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    log.warn(`${what} failed; they come back when the queue's own time is up`, { error });
    return false;
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
