// A batch of queue or stream records, record by record: one that fails returns alone, its batch-mates are done.
// Nothing is ever given up here: what keeps failing ends in the dead-letter queue, where it can be seen and redriven.
// One log line a batch. Powertools Batch carries the partial responses.
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

/** What a record handler gives back is added up into the batch's log line. */
export type BatchCounts = Readonly<Record<string, number>>;

type RecordWork<R> = (record: R) => Promise<BatchCounts | undefined>;

export const forEachQueueRecord = (
  event: SQSEvent,
  context: Context | undefined,
  telemetry: Telemetry,
  work: RecordWork<SQSRecord>,
): Promise<SQSBatchResponse> =>
  forEachRecord(event, context, telemetry, EventType.SQS, (record) => record.messageId, work);

export const forEachStreamRecord = (
  event: DynamoDBStreamEvent,
  context: Context | undefined,
  telemetry: Telemetry,
  work: RecordWork<DynamoDBRecord>,
): Promise<DynamoDBBatchResponse> =>
  forEachRecord(event, context, telemetry, EventType.DynamoDBStreams, (record) => record.eventID ?? '', work);

async function forEachRecord<R extends SQSRecord | DynamoDBRecord>(
  event: { Records: R[] },
  context: Context | undefined,
  telemetry: Telemetry,
  kind: typeof EventType.SQS | typeof EventType.DynamoDBStreams,
  idOf: (record: R) => string,
  work: RecordWork<R>,
): Promise<{ batchItemFailures: { itemIdentifier: string }[] }> {
  const end = telemetry.begin(context);
  const totals: Record<string, number> = {};
  const failures: Record<string, unknown>[] = [];
  const handle = async (record: R): Promise<void> => {
    try {
      for (const [name, value] of Object.entries((await work(record)) ?? {})) {
        totals[name] = (totals[name] ?? 0) + value;
      }
    } catch (error) {
      failures.push({ record: idOf(record), error: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  };
  try {
    const response = await processPartialResponse(event as never, handle as never, new BatchProcessor(kind), {
      throwOnFullBatchFailure: false,
    });
    const counts = { records: event.Records.length, failed: failures.length, ...totals };
    if (failures.length === 0) telemetry.log.info('batch', counts);
    else telemetry.log.warn('batch', { ...counts, failures });
    return response;
  } finally {
    end();
  }
}
