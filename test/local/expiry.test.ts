// Records that have outlived their time are deleted; a server of this machine answers as DynamoDB does.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { deleteExpired } from '../../local/event-sources/expiry.ts';
import {
  type AwsAnswer,
  type AwsRequest,
  type AwsServer,
  clientSettings,
  serveAwsJson,
} from '../support/aws-json-server.ts';
import { aClock, epochSeconds, START } from '../support/builders.ts';

const key = (id: string) => ({ pk: { S: id }, sk: { S: id } });
const NOW = { ':now': { N: String(epochSeconds(START)) } };

let server: AwsServer;
let client: DynamoDBClient;
let toDelete: (id: string) => AwsAnswer;

beforeEach(async () => {
  toDelete = () => ({});
  server = await serveAwsJson(({ operation, body }: AwsRequest) => {
    if (operation === 'DeleteItem') return toDelete(body.Key.pk.S);
    // Without a key to begin at it is the first page; the second has none.
    if (body.ExclusiveStartKey === undefined)
      return { body: { Items: [key('a'), key('b')], LastEvaluatedKey: key('b') } };
    return body.ExclusiveStartKey.pk.S === 'b'
      ? { body: { LastEvaluatedKey: key('c') } }
      : { body: { Items: [key('d')] } };
  });
  client = new DynamoDBClient(clientSettings(server));
});
afterEach(async () => {
  client.destroy();
  await server.close();
});

const deleted = (): readonly unknown[] =>
  server.asked.filter(({ operation }) => operation === 'DeleteItem').map(({ body }) => body);

it('every record whose time is over is deleted, unless it was given more time since it was read', async () => {
  await deleteExpired(client, 'tocsin', aClock());

  expect(server.asked[0]).toEqual({
    operation: 'Scan',
    body: {
      TableName: 'tocsin',
      FilterExpression: '#expiresAt < :now',
      ProjectionExpression: '#pk, #sk',
      ExpressionAttributeNames: { '#expiresAt': 'expiresAt', '#pk': 'pk', '#sk': 'sk' },
      ExpressionAttributeValues: NOW,
    },
  });
  expect(deleted()).toEqual(
    ['a', 'b', 'd'].map((id) => ({
      TableName: 'tocsin',
      Key: key(id),
      ConditionExpression: '#expiresAt < :now',
      ExpressionAttributeNames: { '#expiresAt': 'expiresAt' },
      ExpressionAttributeValues: NOW,
    })),
  );
});

it('one that was given more time stays, and the others are deleted', async () => {
  toDelete = (id) => (id === 'a' ? { error: 'ConditionalCheckFailedException' } : {});

  await deleteExpired(client, 'tocsin', aClock());

  expect(deleted()).toHaveLength(3);
});

it('any other error ends it', async () => {
  toDelete = () => ({ error: 'AccessDeniedException' });

  await expect(deleteExpired(client, 'tocsin', aClock())).rejects.toMatchObject({ name: 'AccessDeniedException' });
  expect(deleted()).toHaveLength(1);
});
