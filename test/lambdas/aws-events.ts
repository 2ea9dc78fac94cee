// Events in the shapes that AWS documents, as Lambda hands them over: every field that a service sends, with invented values.
import type {
  APIGatewayProxyEventV2,
  Context,
  DynamoDBRecord,
  DynamoDBStreamEvent,
  SQSEvent,
  SQSRecord,
} from 'aws-lambda';
import type { CustomResourceRequest } from '../../adapters/cloudformation/respond.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export const sqsEvent = (bodies: Readonly<Record<string, string>>, receives = 1): SQSEvent => ({
  Records: Object.entries(bodies).map(([messageId, body]) => sqsRecord(messageId, body, receives)),
});

const sqsRecord = (messageId: string, body: string, receives: number): SQSRecord => ({
  messageId,
  receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a',
  body,
  attributes: {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: '1545082649183',
    SenderId: 'AIDAIENQZJOLO23YVJ4VO',
    ApproximateFirstReceiveTimestamp: '1545082649185',
  },
  messageAttributes: {},
  md5OfBody: 'e4e68fb7bd0e697a0ae8f1bb342846b3',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:us-east-2:123456789012:polls',
  awsRegion: 'us-east-2',
});

/** https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
export const streamEvent = (...records: readonly DynamoDBRecord[]): DynamoDBStreamEvent => ({ Records: [...records] });

/** A record of the hit of this article; null: one that brings no image, as of a stream of keys only. */
export const streamRecord = (
  eventName: 'INSERT' | 'MODIFY',
  articleId: string | null,
  sequenceNumber: string,
): DynamoDBRecord => ({
  eventID: `c4ca4238a0b923820dcc509a6f75849b-${sequenceNumber}`,
  eventName,
  eventVersion: '1.1',
  eventSource: 'aws:dynamodb',
  awsRegion: 'us-east-2',
  dynamodb: {
    ApproximateCreationDateTime: 1479499740,
    Keys: { pk: { S: `HIT#${articleId}` }, sk: { S: 'HIT' } },
    ...(articleId === null
      ? {}
      : { NewImage: { type: { S: 'hit' }, article: { S: articleId }, alertState: { S: 'pending' } } }),
    SequenceNumber: sequenceNumber,
    SizeBytes: 26,
    StreamViewType: 'NEW_IMAGE',
  },
  eventSourceARN: 'arn:aws:dynamodb:us-east-2:123456789012:table/tocsin/stream/2026-06-10T19:26:16.525',
});

/** What the stack's schedule sends: the input of its target. https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html */
export const SCHEDULE_EVENT = { time: '2026-11-17T12:00:00Z' };

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html, payload format 2.0 */
export const httpEvent = (
  method: string,
  path: string,
  change: Partial<APIGatewayProxyEventV2> = {},
): APIGatewayProxyEventV2 => ({
  version: '2.0',
  routeKey: '$default',
  rawPath: path,
  rawQueryString: '',
  headers: { accept: 'application/json', host: 'id.execute-api.us-east-2.amazonaws.com' },
  requestContext: {
    accountId: '123456789012',
    apiId: 'id',
    domainName: 'id.execute-api.us-east-2.amazonaws.com',
    domainPrefix: 'id',
    http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'agent' },
    requestId: 'JKJaXmPLvHcESHA=',
    routeKey: '$default',
    stage: '$default',
    time: '17/Nov/2026:12:00:00 +0000',
    timeEpoch: 1795003200000,
  },
  isBase64Encoded: false,
  ...change,
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-requests.html */
export const cloudFormationRequest = (
  RequestType: CustomResourceRequest['RequestType'],
  ResponseURL = 'https://cloudformation-custom-resource-response-useast2.s3.us-east-2.amazonaws.com/x',
) => ({
  RequestType,
  ResponseURL,
  StackId: 'arn:aws:cloudformation:us-east-2:123456789012:stack/Tocsin/guid',
  RequestId: 'a1b2c3d4-0000-0000-0000-000000000000',
  ResourceType: 'Custom::Configuration',
  LogicalResourceId: 'Configuration',
  ResourceProperties: { ServiceToken: 'arn:aws:lambda:us-east-2:123456789012:function:configure', Hash: 'h' },
  ...(RequestType === 'Create' ? {} : { PhysicalResourceId: 'tocsin-configuration' }),
  ...(RequestType === 'Update' ? { OldResourceProperties: { Hash: 'g' } } : {}),
});

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html; `leftMs` until the function's timeout. */
export const aContext = (leftMs: number): Context => ({
  callbackWaitsForEmptyEventLoop: true,
  functionName: 'tocsin',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:us-east-2:123456789012:function:tocsin',
  memoryLimitInMB: '256',
  awsRequestId: 'request-1',
  logGroupName: '/aws/lambda/tocsin',
  logStreamName: '2026/11/17/[$LATEST]x',
  getRemainingTimeInMillis: () => leftMs,
  done: () => {},
  fail: () => {},
  succeed: () => {},
});
