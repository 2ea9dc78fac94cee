// The function poll-feeds on AWS.
import { atFirstEvent } from '../aws/at-first-event.ts';
import { fromEnvironment } from '../aws/poll-feeds.ts';
import { createHandler } from '../poll-feeds.ts';

export const handler = atFirstEvent(() => createHandler(fromEnvironment(process.env)));
