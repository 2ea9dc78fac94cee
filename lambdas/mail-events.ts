// What SES publishes about the mails that it took: deliveries get their states, and addresses that bounced or complained get no mail any more.
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { mailEventOf } from '../adapters/ses/mail-events.ts';
import { type MailEventPorts, noteMailEvent } from '../shared/usecases/alerting/note-mail-event.ts';
import { forEachQueueRecord, type QueueTelemetry } from './records.ts';

export type MailEventsDependencies = QueueTelemetry & MailEventPorts;

export const createHandler =
  (ports: MailEventsDependencies) =>
  (event: SQSEvent, context?: Context): Promise<SQSBatchResponse> =>
    forEachQueueRecord(event, context, ports, async ({ body }) => {
      const mailEvent = mailEventOf(publishedIn(JSON.parse(body)));
      return mailEvent === null ? { ignored: 1 } : noteMailEvent(mailEvent, ports);
    });

/** Of a message that SNS wrapped, which the subscription here does not ask for, what is inside. */
function publishedIn(message: unknown): unknown {
  const { Type, Message } = message as { readonly Type?: unknown; readonly Message?: unknown };
  return Type === 'Notification' && typeof Message === 'string' ? JSON.parse(Message) : message;
}
