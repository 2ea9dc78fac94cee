// Hands a queue's messages to their handler as Lambda would: batches, partial failures, pauses before another try.
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { afterFailure } from '../../shared/core/message-retries.ts';
import { SECOND_MS } from '../../shared/core/time.ts';
import type { LocalQueues, QUEUES, ReceivedMessage } from '../queues/queues.ts';
import type { InstanceClock } from '../system/instance-clock.ts';
import type { BatchResult, EventSource } from './event-source.ts';

export interface QueueSourceOptions {
  readonly clock: InstanceClock;
  readonly queues: LocalQueues;
  readonly queue: (typeof QUEUES)[number];
  readonly handler: (event: SQSEvent) => Promise<BatchResult>;
  readonly batchSize: number;
  /** Batches at once. */
  readonly concurrency: number;
  /** As long as six times the function's timeout, so that no message is worked on twice at once. */
  readonly visibilityTimeoutMs: number;
  /** The queue itself failed, on a full disk for example: it is tried again after a pause. */
  readonly onError: (error: unknown) => void;
}

/** The longest pause between two checks of a queue: the clock may have been set, or the disk may have room again. */
const LOOK_AGAIN_MS = 5_000;

export function startQueueSource(options: QueueSourceOptions): EventSource {
  const { queues, queue, clock } = options;
  let stopped = false;
  const running = new Set<Promise<void>>();
  let cancelTimer = (): void => {};
  /** Hands out as much as may be processed at once. Returns the milliseconds until there may be more. */
  const handOut = (): number => {
    while (running.size < options.concurrency) {
      const messages = queues.receive(queue, options.batchSize, options.visibilityTimeoutMs);
      if (messages.length === 0) break;
      const work: Promise<void> = handOver(messages, options)
        .catch(options.onError)
        .finally(() => {
          queues.finished(messages);
          running.delete(work);
          // Not at once: a handler that waits for nothing would keep signals, timers and answers waiting until its queue is empty.
          setImmediate(pump);
        });
      running.add(work);
    }
    const next = queues.nextVisibleAt(queue);
    return next === null ? LOOK_AGAIN_MS : Math.min(LOOK_AGAIN_MS, Math.max(20, next - clock.now().getTime()));
  };
  const pump = (): void => {
    cancelTimer();
    if (stopped) return;
    let waitMs = LOOK_AGAIN_MS;
    try {
      waitMs = handOut();
    } catch (error) {
      options.onError(error);
    }
    cancelTimer = clock.after(waitMs, pump);
  };
  const unlisten = queues.onSend(queue, () => void setImmediate(pump));
  pump();
  return {
    busy: () => running.size > 0 || (queues.nextVisibleAt(queue) ?? Number.POSITIVE_INFINITY) <= clock.now().getTime(),
    stop: async () => {
      stopped = true;
      unlisten();
      cancelTimer();
      await Promise.all(running);
    },
  };
}

async function handOver(
  messages: readonly ReceivedMessage[],
  { queues, queue, handler }: QueueSourceOptions,
): Promise<void> {
  let failed: ReadonlySet<string>;
  try {
    const { batchItemFailures } = await handler({ Records: messages.map((message) => sqsRecord(message, queue)) });
    failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  } catch (error) {
    failed = new Set(messages.filter((message) => !isSetAside(message, error, queues)).map(({ id }) => String(id)));
  }
  queues.delete(...messages.map(({ id }) => id).filter((id) => !failed.has(String(id))));
}

/** As what failed in a batch, for all of it: the handler itself did not say what becomes of each. */
function isSetAside({ id, receives }: ReceivedMessage, error: unknown, queues: LocalQueues): boolean {
  const reason = error instanceof Error ? error.message : String(error);
  const next = afterFailure(error, receives, Math.random());
  if (next === 'set aside') queues.setAside(id, reason);
  else queues.giveBack(id, next * SECOND_MS, reason);
  return next === 'set aside';
}

const sqsRecord = ({ id, body, receives, sentAt }: ReceivedMessage, queue: string): SQSRecord => ({
  messageId: String(id),
  receiptHandle: String(id),
  body,
  attributes: {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: String(sentAt),
    SenderId: 'local',
    ApproximateFirstReceiveTimestamp: String(sentAt),
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${queue}`,
  awsRegion: 'us-east-1',
});
