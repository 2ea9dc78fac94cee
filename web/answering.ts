// How many feeds answer, from the figures of the instance.
import type { InstanceStatus } from '../shared/model/status.ts';

/** Feeds that answered when they were asked last. A feed may fail and never have been read, so nothing is subtracted. */
export const answering = (byStatus: InstanceStatus['feeds']['byStatus']): number =>
  (['ok', 'unchanged', 'silent', 'empty', 'moved'] as const).reduce((sum, status) => sum + (byStatus[status] ?? 0), 0);
