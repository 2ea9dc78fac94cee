// A loopback endpoint that speaks the few calls of SQS, SNS and SES that the product's own adapters make, in their real protocols,
// so that the handlers run here unmodified. Anything else is answered with an error that names the call.
import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { passedOnName } from '../../adapters/passed-on-errors.ts';
import { TocsinError } from '../../shared/core/errors.ts';
import { OUTBOX_ADDRESS, type ReceivedMail } from '../mail/received-mail.ts';
import type { LocalQueues, QueueName } from '../queues/queues.ts';
import { QUEUES } from '../queues/queues.ts';
import { LOCAL_OPERATIONS_ARN, LOCAL_TOPIC_ARN, type LocalSns } from './sns.ts';

export interface AwsEndpointParts {
  readonly queues: LocalQueues;
  readonly sns: LocalSns;
  /** Takes a mail; a mailer's error is passed on as it is, anything else answered as a fault that may be tried again. */
  readonly takeMail: (mail: ReceivedMail) => Promise<string>;
  /** Told of a new e-mail subscription, which has to be confirmed by its address. */
  readonly askToConfirm: (address: string, token: string) => Promise<void>;
}

export interface AwsEndpoint {
  readonly url: string;
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 4 * 1024 * 1024;

export const queueUrl = (endpoint: string, name: (typeof QUEUES)[number]): string => `${endpoint}/000000000000/${name}`;

export async function startAwsEndpoint(parts: AwsEndpointParts): Promise<AwsEndpoint> {
  const server = createServer((request, response) => void answer(request, response, parts));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => closeServer(server) };
}

export function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** What a service answers with instead of a result. */
class CallError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, parts: AwsEndpointParts): Promise<void> {
  const target = request.headers['x-amz-target'];
  const isQuery = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  try {
    const body = await bodyOf(request);
    if (typeof target === 'string' && target.startsWith('AmazonSQS.'))
      return json(response, 200, sqs(target.slice(10), JSON.parse(body), parts.queues));
    if (request.url?.startsWith('/v2/email/outbound-emails') && request.method === 'POST')
      return json(response, 200, { MessageId: await takeSesMail(JSON.parse(body), parts) });
    if (isQuery) return xml(response, 200, await sns(new URLSearchParams(body), parts));
    throw new CallError(
      501,
      'NotImplemented',
      `${request.method} ${request.url} ${target ?? ''} is not part of this machine's AWS`,
    );
  } catch (error) {
    const { status, code, message } = callErrorOf(error);
    if (isQuery)
      xml(
        response,
        status,
        `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error></ErrorResponse>`,
      );
    else json(response, status, { __type: code, message });
  }
}

/** A client tries a 5xx again by itself; a mailer's error is a 400, for the pipeline has its own times for another try. */
function callErrorOf(error: unknown): CallError {
  if (error instanceof CallError) return error;
  const { message } = error as Error;
  const passedOn = error instanceof TocsinError ? passedOnName(error) : null;
  return passedOn === null ? new CallError(503, 'ServiceUnavailable', message) : new CallError(400, passedOn, message);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new CallError(413, 'RequestEntityTooLarge', 'the request is larger than 4 MB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() });
  response.end(JSON.stringify(body));
}

function xml(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/xml', 'x-amzn-requestid': randomUUID() });
  response.end(body);
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

// ---------------------------------------------------------------- SQS (AWS JSON 1.0)

function sqs(action: string, input: Record<string, unknown>, queues: LocalQueues): unknown {
  const name = String(input['QueueUrl'] ?? '')
    .split('/')
    .at(-1) as QueueName;
  if (!QUEUES.some((known) => known === name))
    throw new CallError(400, 'com.amazonaws.sqs#QueueDoesNotExist', `there is no queue "${name}"`);
  if (action === 'SendMessage') {
    const [id] = queues.send(name, [String(input['MessageBody'])]);
    return { MessageId: String(id), MD5OfMessageBody: md5(String(input['MessageBody'])) };
  }
  if (action === 'SendMessageBatch') {
    const entries = input['Entries'] as { Id: string; MessageBody: string; DelaySeconds?: number }[];
    const bodies = entries.map(({ MessageBody }) => MessageBody);
    // Those of a request are sent together, with one delay.
    const ids = queues.send(name, bodies, (entries[0]?.DelaySeconds ?? 0) * 1000);
    const successful = entries.map(({ Id, MessageBody }, index) => ({
      Id,
      MessageId: String(ids[index]),
      MD5OfMessageBody: md5(MessageBody),
    }));
    return { Successful: successful, Failed: [] };
  }
  throw new CallError(501, 'NotImplemented', `SQS ${action} is not part of this machine's AWS`);
}

/** The client checks it. */
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

// ---------------------------------------------------------------- SNS (query protocol)

async function sns(input: URLSearchParams, { sns: topic, askToConfirm, takeMail }: AwsEndpointParts): Promise<string> {
  const action = input.get('Action') ?? '';
  const result = (content: string): string =>
    `<${action}Response xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><${action}Result>${content}</${action}Result><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`;
  const arn = input.get('SubscriptionArn') ?? '';
  switch (action) {
    case 'Publish': {
      if (input.get('TopicArn') === LOCAL_OPERATIONS_ARN) {
        const [subject, text] = [input.get('Subject') ?? '', input.get('Message') ?? ''];
        const id = await takeMail({ from: OUTBOX_ADDRESS, to: OUTBOX_ADDRESS, subject, text, html: null, headers: {} });
        return result(`<MessageId>${escapeXml(id)}</MessageId>`);
      }
      mustBeTheTopic(input.get('TopicArn'));
      const message = input.get('Message') ?? '';
      const messages =
        input.get('MessageStructure') === 'json'
          ? (JSON.parse(message) as Record<string, string>)
          : { default: message };
      const id = topic.publish({
        subject: input.get('Subject') ?? '',
        messages,
        attributes: messageAttributes(input),
      });
      return result(`<MessageId>${id}</MessageId>`);
    }
    case 'Subscribe': {
      mustBeTheTopic(input.get('TopicArn'));
      const { subscription } = topic.subscribe(
        input.get('Protocol') ?? '',
        input.get('Endpoint') ?? '',
        entries(input, 'Attributes', 'key', 'value'),
      );
      if (!subscription.confirmed) await askToConfirm(subscription.endpoint, subscription.token);
      return result(`<SubscriptionArn>${subscription.arn}</SubscriptionArn>`);
    }
    case 'SetSubscriptionAttributes': {
      const value = input.get('AttributeValue') ?? '';
      const change =
        input.get('AttributeName') === 'FilterPolicy'
          ? { filterPolicy: JSON.parse(value || '{}') }
          : { raw: value === 'true' };
      if (topic.change(arn, change) === null) throw new CallError(404, 'NotFound', 'Subscription does not exist');
      return result('');
    }
    case 'Unsubscribe':
      if (!topic.unsubscribe(arn)) throw new CallError(404, 'NotFound', 'Subscription does not exist');
      return result('');
    case 'ListSubscriptionsByTopic':
      return result(
        `<Subscriptions>${topic
          .subscriptions()
          .map(
            (each) =>
              `<member><SubscriptionArn>${each.confirmed ? each.arn : 'PendingConfirmation'}</SubscriptionArn><Protocol>${escapeXml(each.protocol)}</Protocol><Endpoint>${escapeXml(each.endpoint)}</Endpoint><TopicArn>${LOCAL_TOPIC_ARN}</TopicArn></member>`,
          )
          .join('')}</Subscriptions>`,
      );
    default:
      throw new CallError(501, 'NotImplemented', `SNS ${action} is not part of this machine's AWS`);
  }
}

function mustBeTheTopic(arn: string | null): void {
  if (arn !== LOCAL_TOPIC_ARN) throw new CallError(404, 'NotFound', 'Topic does not exist');
}

function messageAttributes(input: URLSearchParams): Record<string, string> {
  return entries(input, 'MessageAttributes', 'Name', 'Value.StringValue');
}

/** `<prefix>.entry.1.<name>`, `<prefix>.entry.1.<value>`, …: how the query protocol writes a map. */
function entries(input: URLSearchParams, prefix: string, name: string, value: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (let i = 1; input.has(`${prefix}.entry.${i}.${name}`); i++) {
    found[input.get(`${prefix}.entry.${i}.${name}`) ?? ''] = input.get(`${prefix}.entry.${i}.${value}`) ?? '';
  }
  return found;
}

// ---------------------------------------------------------------- SES (version 2, REST JSON)

interface SesInput {
  readonly FromEmailAddress?: string;
  readonly Destination?: { readonly ToAddresses?: readonly string[] };
  readonly Content?: {
    readonly Simple?: {
      readonly Subject?: { readonly Data?: string };
      readonly Body?: { readonly Text?: { readonly Data?: string }; readonly Html?: { readonly Data?: string } };
      readonly Headers?: readonly { readonly Name: string; readonly Value: string }[];
    };
  };
}

function takeSesMail(input: SesInput, { takeMail }: AwsEndpointParts): Promise<string> {
  const simple = input.Content?.Simple;
  const to = input.Destination?.ToAddresses?.[0];
  if (simple === undefined || to === undefined)
    throw new CallError(400, 'BadRequestException', 'expected Content.Simple and a recipient');
  return takeMail({
    from: input.FromEmailAddress ?? '',
    to,
    subject: simple.Subject?.Data ?? '',
    text: simple.Body?.Text?.Data ?? '',
    html: simple.Body?.Html?.Data ?? null,
    headers: Object.fromEntries((simple.Headers ?? []).map(({ Name, Value }) => [Name, Value])),
  });
}
