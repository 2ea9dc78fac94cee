// The function sweep on AWS.
import { atFirstEvent } from '../aws/at-first-event.ts';
import { fromEnvironment } from '../aws/sweep.ts';
import { createHandler } from '../sweep.ts';

export const handler = atFirstEvent(() => createHandler(fromEnvironment(process.env)));
