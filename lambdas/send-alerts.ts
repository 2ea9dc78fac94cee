// New matches from the table's stream: everybody who subscribed is told. What fails here stays due, and the sweep finishes it.
import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { MatchId } from '../shared/model/ids.ts';
import { sendAlerts } from '../shared/usecases/alerting/send-alerts.ts';
import { alertWorld } from './alert-world.ts';
import { once } from './once.ts';
import { forEachStreamRecord } from './records.ts';

const ports = once(() => alertWorld('send-alerts'));

export function handler(event: DynamoDBStreamEvent, context?: Context): Promise<DynamoDBBatchResponse> {
  const { settings, ...world } = ports();
  return forEachStreamRecord(event, context, world, async ({ dynamodb }) => {
    // The filter of the event source lets new pending matches through and nothing else; only the id is read here.
    const id = dynamodb?.NewImage?.['id']?.S;
    if (id === undefined) throw new Error('a stream record without the id of a match');
    return sendAlerts(id as MatchId, world, settings);
  });
}
