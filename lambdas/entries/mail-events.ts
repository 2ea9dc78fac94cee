// The function mail-events on AWS.
import { atFirstEvent } from '../aws/at-first-event.ts';
import { fromEnvironment } from '../aws/mail-events.ts';
import { createHandler } from '../mail-events.ts';

export const handler = atFirstEvent(() => createHandler(fromEnvironment(process.env)));
