// The function configure on AWS.
import { atFirstEvent } from '../aws/at-first-event.ts';
import { fromEnvironment } from '../aws/configure.ts';
import { createHandler } from '../configure.ts';

export const handler = atFirstEvent(() => createHandler(fromEnvironment(process.env)));
