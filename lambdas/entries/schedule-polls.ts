// The function schedule-polls on AWS.
import { atFirstEvent } from '../aws/at-first-event.ts';
import { fromEnvironment } from '../aws/schedule-polls.ts';
import { createHandler } from '../schedule-polls.ts';

export const handler = atFirstEvent(() => createHandler(fromEnvironment(process.env)));
