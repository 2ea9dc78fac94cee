// Deliveries and digests made to fit their records.
import { fitterOf } from './fit.ts';
import { deliverySchema, digestSchema } from './subscription.ts';

/** The fields that are given, as they are stored. */
export const fitDelivery = fitterOf(deliverySchema);
export const fitDigest = fitterOf(digestSchema);

export const fitReason = (reason: string | null): string | null => fitDelivery({ reason }).reason;
