// The function output-feeds on AWS.
import { atFirstEvent } from '../aws/at-first-event.ts';
import { fromEnvironment } from '../aws/output-feeds.ts';
import { createHandler } from '../output-feeds.ts';

export const handler = atFirstEvent(() => createHandler(fromEnvironment(process.env)));
