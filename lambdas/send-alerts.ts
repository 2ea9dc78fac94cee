// New hits, and those that gained matches, from the table's stream: every subscriber who wants them gets an alert. What fails here stays due, and the sweep finishes it.
import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { Telemetry } from '../adapters/log/powertools.ts';
import type { ArticleId } from '../shared/model/ids.ts';
import type { Settings } from '../shared/model/settings.ts';
import type { AlertPorts } from '../shared/usecases/alerting/alert-ports.ts';
import { sendAlerts } from '../shared/usecases/alerting/send-alerts.ts';
import { forEachStreamRecord } from './records.ts';

export type SendAlertsDependencies = Telemetry & AlertPorts & { readonly settings: Settings };

export const createHandler =
  ({ settings, ...ports }: SendAlertsDependencies) =>
  (event: DynamoDBStreamEvent, context?: Context): Promise<DynamoDBBatchResponse> =>
    forEachStreamRecord(event, context, ports, async ({ dynamodb }) => {
      // The filter of the event source lets pending hits through and nothing else; only the id is read here.
      const id = dynamodb?.NewImage?.['article']?.S;
      if (id === undefined) throw new Error('a stream record without the id of an article');
      return sendAlerts(id as ArticleId, ports, settings);
    });
