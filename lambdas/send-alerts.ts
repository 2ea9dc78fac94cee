// New hits, and those that gained matches, from the table's stream: every subscriber gets a record, and what is to be sent goes to the delivery
// queue. What fails here stays due, and the sweep finishes it.
import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { Telemetry } from '../adapters/log/powertools.ts';
import { DamagedRecordError } from '../shared/core/errors.ts';
import type { ArticleId } from '../shared/model/ids.ts';
import type { Settings } from '../shared/model/settings.ts';
import { type RecordPorts, recordAlerts } from '../shared/usecases/alerting/record-alerts.ts';
import { forEachStreamRecord } from './records.ts';

export type SendAlertsDependencies = Telemetry & RecordPorts & { readonly settings: Settings };

export const createHandler =
  ({ settings, ...ports }: SendAlertsDependencies) =>
  (event: DynamoDBStreamEvent, context?: Context): Promise<DynamoDBBatchResponse> =>
    forEachStreamRecord(event, context, ports, async ({ dynamodb }) => {
      // The filter of the event source lets pending hits through and nothing else; only the id is read here.
      const id = dynamodb?.NewImage?.['article']?.S;
      if (id === undefined) throw new DamagedRecordError('of the stream', 'it has no id of an article');
      const { isComplete, ...counts } = await recordAlerts(id as ArticleId, ports, settings);
      return { ...counts, continued: isComplete ? 0 : 1 };
    });
