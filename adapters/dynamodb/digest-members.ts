// How a delivery becomes a member of a digest, in the transaction that writes the delivery.

import { ConflictError } from '../../shared/core/errors.ts';
import type { Delivery } from '../../shared/model/subscription.ts';
import { digestKey, memberKey } from './keys.ts';
import type { Action } from './table-client.ts';

/** A member is added only while the digest is open: closing it and reading its members can so miss none. */
export function joinDigest(digestId: string, delivery: Pick<Delivery, 'id' | 'expiresAt'>): readonly Action[] {
  return [
    {
      put: {
        Item: { ...memberKey(digestId, delivery.id), type: 'digestMember', expiresAt: delivery.expiresAt },
      },
    },
    {
      check: {
        Key: digestKey(digestId),
        ConditionExpression: '#state = :open',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':open': 'open' },
      },
    },
  ];
}

export function throwDigestClosed(id: string): never {
  throw new ConflictError(`the digest "${id}" is closed and takes no more deliveries; the next window does`);
}
