// The function public-links on AWS.
import { atFirstEvent } from '../aws/at-first-event.ts';
import { fromEnvironment } from '../aws/public-links.ts';
import { createHandler } from '../public-links.ts';

export const handler = atFirstEvent(() => createHandler(fromEnvironment(process.env)));
