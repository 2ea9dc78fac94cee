// The write of what came of a delivery or a digest.

import { hasFailed } from '../../shared/model/delivery-states.ts';
import { fitReason } from '../../shared/model/fit-delivery.ts';
import type { DeliveryId } from '../../shared/model/ids.ts';
import { failedPosition } from '../../shared/model/positions.ts';
import type { Delivery } from '../../shared/model/subscription.ts';
import { FAILED_DELIVERIES } from './keys.ts';

/** Sets the fields of an outcome, removes those that are null, and keeps the record in or out of the index of what is pending. */
export function outcomeWrite(
  outcome: Partial<
    Pick<Delivery, 'reason' | 'reasonCode' | 'providerId' | 'sentAt' | 'digestId' | 'attempts' | 'kind' | 'expiresAt'>
  > & {
    readonly state: string;
    readonly dueAt: string | null;
    readonly listedIn?: string | null;
    readonly listedAt?: string | null;
  },
  shard: string,
  at: string,
): {
  UpdateExpression: string;
  ExpressionAttributeNames: Record<string, string>;
  ExpressionAttributeValues: Record<string, unknown>;
} {
  const fields: Record<string, unknown> = {
    ...outcome,
    updatedAt: at,
    pendingShard: outcome.dueAt === null ? null : shard,
    // The code never outlives its words.
    ...(outcome.reason !== undefined && {
      reason: fitReason(outcome.reason),
      reasonCode: outcome.reasonCode ?? null,
    }),
  };
  const names = Object.keys(fields).filter((name) => fields[name] !== undefined);
  const kept = names.filter((name) => fields[name] !== null);
  const removed = names.filter((name) => fields[name] === null);
  const set = `SET ${kept.map((name) => `#${name} = :${name}`).join(', ')}`;
  return {
    UpdateExpression: removed.length === 0 ? set : `${set} REMOVE ${removed.map((name) => `#${name}`).join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(kept.map((name) => [`:${name}`, fields[name]])),
  };
}

/** Where a delivery that did not arrive stands in the index `listed`; other deliveries are not in it. */
export const listedIfFailed = (
  id: DeliveryId,
  { state, reasonCode = null }: Pick<Delivery, 'state'> & Partial<Pick<Delivery, 'reasonCode'>>,
  at: string,
) =>
  hasFailed({ state, reasonCode })
    ? { listedIn: FAILED_DELIVERIES, listedAt: failedPosition({ id, updatedAt: at }) }
    : { listedIn: null, listedAt: null };
