// The function send-alerts on AWS.
import { atFirstEvent } from '../aws/at-first-event.ts';
import { fromEnvironment } from '../aws/send-alerts.ts';
import { createHandler } from '../send-alerts.ts';

export const handler = atFirstEvent(() => createHandler(fromEnvironment(process.env)));
