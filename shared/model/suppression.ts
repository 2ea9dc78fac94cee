// Addresses that get no mail any more, because it bounced or was not wanted. An address stands here as a hash only.
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { fitterOf } from './fit.ts';
import { described, type Immutable, instant, named, pick, stored, subscriptionId } from './schema.ts';

/**
 * `bounce`: the receiving server refuses the address for good. `complaint`: its owner reported a mail as spam. `refused`: our mail server refused
 * the address twice. `provider`: it is on the provider's own list.
 */
const SUPPRESSION_CAUSES = ['bounce', 'complaint', 'refused', 'provider'] as const;
export type SuppressionCause = (typeof SUPPRESSION_CAUSES)[number];

const shape = {
  hash: described(z.string(), 'SHA-256 of the address in lower case, in base64url; the address itself is not stored'),
  cause: described(
    z.enum(SUPPRESSION_CAUSES),
    '`bounce`: refused for good; `complaint`: reported as spam; `refused`: refused twice by the mail server; `provider`: on the list of the provider',
  ),
  reason: stored(described(z.string(), 'What the provider or the mail server said; holds no address'), {
    cutTo: 1_000,
  }),
  at: instant(),
};

export const suppressionSchema = z.strictObject(shape);

/** As it is stored. */
export const fitSuppression = fitterOf(suppressionSchema);

/** An address to which no mail is sent until a human lifts it. */
export type Suppression = Immutable<z.infer<typeof suppressionSchema>>;

/** What API and commands show: with the e-mail subscriptions of the address. */
export const publishedSuppressionSchema = named(
  'Suppression',
  z.strictObject({ ...shape, subscriptions: z.array(subscriptionId()) }),
);

export type PublishedSuppression = Immutable<z.infer<typeof publishedSuppressionSchema>>;

export const publishedSuppression = (
  suppression: Suppression,
  subscriptions: PublishedSuppression['subscriptions'],
): PublishedSuppression => pick(publishedSuppressionSchema, { ...suppression, subscriptions });

/** Upper and lower case are the same, and blanks around it do not count. */
export const hashOfAddress = (address: string): string =>
  createHash('sha256').update(address.trim().toLowerCase()).digest('base64url');

/** Why nothing is sent to a subscription, in words. */
export const suppressedInWords = ({ cause, reason }: Pick<Suppression, 'cause' | 'reason'>): string =>
  `${CAUSES_IN_WORDS[cause]}: ${reason}`;

const CAUSES_IN_WORDS: Readonly<Record<SuppressionCause, string>> = {
  bounce: 'mail to the address bounced',
  complaint: 'a mail was reported as spam',
  refused: 'the mail server refused the address twice',
  provider: 'the address is on the suppression list of the provider',
};
