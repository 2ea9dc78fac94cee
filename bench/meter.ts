// Counts what a stage of the pipeline uses of AWS: write and read units, SQS requests as they are billed, and function time.
import { readFileSync } from 'node:fs';
import type { SendMessageBatchCommandInput, SendMessageBatchCommandOutput, SQSClient } from '@aws-sdk/client-sqs';
import { PRICES } from './prices.ts';

/** A function with this much memory has one whole processor; one with less has the same share of it. */
const WHOLE_PROCESSOR_MB = 1_769;
/** A request is billed for each 64 KB begun. */
const BILLED_BYTES = 64 * 1_024;
const WRITES = /^(?:Put|Update|Delete|TransactWrite|BatchWrite)/;

/** What one invocation takes, in the mean. */
export interface CostedStage {
  readonly name: string;
  readonly memoryMb: number;
  readonly milliseconds: number;
  readonly writeUnits: number;
  readonly readUnits: number;
  readonly sqsRequests: number;
  /** Time, call, log, and asking the queue: messages handed over together share it. */
  readonly invocationDollars: number;
  /** Units of the table, and what is sent to queues. */
  readonly unitDollars: number;
}

interface Totals {
  memoryMb: number;
  invocations: number;
  milliseconds: number;
  writeUnits: number;
  readUnits: number;
  /** Sends; and receives and deletes. */
  sqsSends: number;
  sqsTaken: number;
}

/** Stages are measured one after the other: whatever is used meanwhile counts for the stage under way. */
export class Meter {
  readonly #logBytes: number;
  readonly #totals = new Map<string, Totals>();
  #current: Totals | null = null;

  /** `logBytes`: written by each invocation. */
  constructor(logBytes: number) {
    this.#logBytes = logBytes;
  }

  /** Runs the work as one invocation; one that comes from a queue costs a receive and a delete. */
  async during<T>(name: string, memoryMb: number, work: () => Promise<T>, source?: 'from a queue'): Promise<T> {
    const totals = this.#of(name, memoryMb);
    const began = performance.now();
    const busyBefore = process.cpuUsage();
    const heldUpBefore = heldUpMs();
    this.#current = totals;
    try {
      return await work();
    } finally {
      this.#current = null;
      const { user, system } = process.cpuUsage(busyBefore);
      // What this machine's processor did takes the function's share of one longer.
      const longer = ((user + system) / 1_000) * Math.max(0, WHOLE_PROCESSOR_MB / memoryMb - 1);
      totals.invocations += 1;
      totals.milliseconds += performance.now() - began - (heldUpMs() - heldUpBefore) + longer;
      if (source !== undefined) totals.sqsTaken += 2;
    }
  }

  consumed(operation: string, units: number): void {
    if (this.#current === null) return;
    if (WRITES.test(operation)) this.#current.writeUnits += units;
    else this.#current.readUnits += units;
  }

  /** Counts what the client sends from now on, which `take` receives in place of the service. */
  countSends(client: SQSClient, take: (input: SendMessageBatchCommandInput) => SendMessageBatchCommandOutput): void {
    client.middlewareStack.add(
      () => async (request) => {
        const bytes = Buffer.byteLength(JSON.stringify(request.input));
        if (this.#current !== null) this.#current.sqsSends += Math.ceil(bytes / BILLED_BYTES);
        return { response: {}, output: take(request.input as SendMessageBatchCommandInput) };
      },
      { step: 'initialize' },
    );
  }

  /** Begins anew. */
  forget(): void {
    this.#totals.clear();
  }

  stages(): Readonly<Record<string, CostedStage>> {
    return Object.fromEntries([...this.#totals].map(([name, totals]) => [name, this.#meanOf(name, totals)]));
  }

  #of(name: string, memoryMb: number): Totals {
    const known = this.#totals.get(name);
    if (known !== undefined) return known;
    const totals: Totals = {
      memoryMb,
      invocations: 0,
      milliseconds: 0,
      writeUnits: 0,
      readUnits: 0,
      sqsSends: 0,
      sqsTaken: 0,
    };
    this.#totals.set(name, totals);
    return totals;
  }

  #meanOf(name: string, totals: Totals): CostedStage {
    const { memoryMb, invocations } = totals;
    const milliseconds = totals.milliseconds / invocations;
    const writeUnits = totals.writeUnits / invocations;
    const readUnits = totals.readUnits / invocations;
    const sends = totals.sqsSends / invocations;
    const taken = totals.sqsTaken / invocations;
    const invocationDollars =
      (milliseconds / 1_000) * (memoryMb / 1_024) * PRICES.lambdaGigabyteSecond +
      PRICES.lambdaRequest +
      taken * PRICES.sqsRequest +
      (this.#logBytes / 1e9) * PRICES.logGigabyte;
    const unitDollars =
      writeUnits * PRICES.dynamoDbWriteUnit + readUnits * PRICES.dynamoDbReadUnit + sends * PRICES.sqsRequest;
    const sqsRequests = sends + taken;
    return { name, memoryMb, milliseconds, writeUnits, readUnits, sqsRequests, invocationDollars, unitDollars };
  }
}

/**
 * Milliseconds that this process was ready to work and its neighbours had the processors: no function waits for them. 0 where the system
 * does not tell. What the database and the publisher were held up is not known and still counts.
 */
function heldUpMs(): number {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}
