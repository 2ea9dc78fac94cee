// What the help of the feeds commands has in common.
import { INSTANCE_USAGE } from '../api/connect.ts';

/** The meaning of [WHERE] in a line of usage. */
export const WHERE = `WHERE: ${INSTANCE_USAGE}`;
