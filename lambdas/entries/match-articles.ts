// The function match-articles on AWS.
import { atFirstEvent } from '../aws/at-first-event.ts';
import { fromEnvironment } from '../aws/match-articles.ts';
import { createHandler } from '../match-articles.ts';

export const handler = atFirstEvent(() => createHandler(fromEnvironment(process.env)));
