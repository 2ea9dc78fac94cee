// A message of the delivery queue: one try of one alert.
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { parseDeliveryMessage } from '../shared/model/messages.ts';
import type { Settings } from '../shared/model/settings.ts';
import type { AlertPorts } from '../shared/usecases/alerting/alert-ports.ts';
import { deliverQueued } from '../shared/usecases/alerting/deliver.ts';
import { readingOnce } from '../shared/usecases/alerting/read-once.ts';
import { forEachQueueRecord, type QueueTelemetry } from './records.ts';

export type DeliverAlertsDependencies = QueueTelemetry & AlertPorts & { readonly settings: Settings };

export const createHandler =
  ({ settings, ...ports }: DeliverAlertsDependencies) =>
  (event: SQSEvent, context?: Context): Promise<SQSBatchResponse> => {
    const batchPorts = readingOnce(ports);
    return forEachQueueRecord(event, context, ports, async ({ body }) => ({
      [await deliverQueued(parseDeliveryMessage(body), batchPorts, settings)]: 1,
    }));
  };
