// The function api on AWS.

import { createHandler } from '../api.ts';
import { fromEnvironment } from '../aws/api.ts';
import { atFirstEvent } from '../aws/at-first-event.ts';

export const handler = atFirstEvent(() => createHandler(fromEnvironment(process.env)));
