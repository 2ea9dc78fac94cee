// The poll queue, the article queue and the delivery queue on SQS: messages as JSON, in as few requests as fit.

import { SendMessageBatchCommand, type SendMessageBatchRequestEntry, SQSClient } from '@aws-sdk/client-sqs';
import { chunks } from '../../shared/core/chunks.ts';
import { InvalidInputError, ServiceUnavailableError } from '../../shared/core/errors.ts';
import {
  type ArticleMessage,
  bodyOf,
  type DeliveryMessage,
  type PollMessage,
  queueDelay,
} from '../../shared/model/messages.ts';
import type { ArticleQueue, DeliveryQueue, PollQueue } from '../../shared/ports.ts';
import { toOurError } from './errors.ts';

/** Limits of SendMessageBatch. The service now takes 1 MiB; what speaks SQS elsewhere often still takes 256 KiB. */
const MESSAGES_PER_REQUEST = 10;
const BYTES_PER_REQUEST = 256 * 1024;
const REQUESTS_AT_ONCE = 4;
/** Tries for messages the service did not accept, with waits of 50 ms doubled each time and full jitter. */
const TRIES = 5;
const FIRST_WAIT_MS = 50;

export interface QueueOptions {
  readonly queueUrl: string;
  /** Made from the environment (region, credentials, endpoint) when absent. */
  readonly client?: SQSClient;
}

export const createPollQueue = (options: QueueOptions): PollQueue => createQueue(options);
export const createArticleQueue = (options: QueueOptions): ArticleQueue => createQueue(options);
export const createDeliveryQueue = (options: QueueOptions): DeliveryQueue => {
  const { sendLater } = createQueue(options);
  return { send: sendLater };
};

type QueueMessage = PollMessage | ArticleMessage | DeliveryMessage;

interface Queue {
  send(messages: readonly QueueMessage[]): Promise<void>;
  sendLater(messages: readonly QueueMessage[], seconds: number): Promise<void>;
}

function createQueue({ queueUrl, client = new SQSClient({}) }: QueueOptions): Queue {
  async function send(messages: readonly QueueMessage[], delaySeconds: number): Promise<void> {
    const requests = inRequests(messages.map(bodyOf));
    for (const some of chunks(requests, REQUESTS_AT_ONCE)) {
      await Promise.all(some.map((bodies) => sendAll(client, queueUrl, bodies, delaySeconds)));
    }
  }
  return {
    send: (messages) => send(messages, 0),
    sendLater: (messages, seconds) => send(messages, queueDelay(seconds)),
  };
}

/** In the order given; a request is closed when the next message does not fit into it. */
function inRequests(bodies: readonly string[]): readonly (readonly string[])[] {
  const requests: string[][] = [];
  let room = 0;
  for (const body of bodies) {
    const bytes = Buffer.byteLength(body);
    if (bytes > BYTES_PER_REQUEST) {
      throw new InvalidInputError(
        'message_too_large',
        `a message of ${bytes} bytes does not fit the queue, which takes ${BYTES_PER_REQUEST}: ${body.slice(0, 80)}…`,
      );
    }
    const open = requests.at(-1);
    if (open === undefined || open.length === MESSAGES_PER_REQUEST || bytes > room) {
      requests.push([body]);
      room = BYTES_PER_REQUEST - bytes;
    } else {
      open.push(body);
      room -= bytes;
    }
  }
  return requests;
}

/** Messages that were taken are not sent again; those that were not are, a few times. */
async function sendAll(
  client: SQSClient,
  queueUrl: string,
  bodies: readonly string[],
  delaySeconds: number,
): Promise<void> {
  const delay = delaySeconds === 0 ? {} : { DelaySeconds: delaySeconds };
  let open: SendMessageBatchRequestEntry[] = bodies.map((body, at) => ({
    Id: String(at),
    MessageBody: body,
    ...delay,
  }));
  let reason = '';
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (tries > 0) await new Promise((resolve) => setTimeout(resolve, Math.random() * FIRST_WAIT_MS * 2 ** tries));
    const answer = await client
      .send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: open }))
      .catch((error: unknown) => {
        throw toOurError(error, queueUrl, 'accept messages');
      });
    const failed = new Map((answer.Failed ?? []).map(({ Id, Code, Message }) => [Id, `${Code}: ${Message ?? ''}`]));
    if (failed.size === 0) return;
    reason = [...failed.values()][0]!;
    open = open.filter(({ Id }) => failed.has(Id));
  }
  throw new ServiceUnavailableError(
    `the queue ${queueUrl} did not accept ${open.length} of ${bodies.length} messages after ${TRIES} tries (${reason})`,
  );
}
