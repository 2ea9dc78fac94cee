// The function deliver-alerts on AWS.
import { atFirstEvent } from '../aws/at-first-event.ts';
import { fromEnvironment } from '../aws/deliver-alerts.ts';
import { createHandler } from '../deliver-alerts.ts';

export const handler = atFirstEvent(() => createHandler(fromEnvironment(process.env)));
