// What the provider says of a mail after it took it.
import type { MailEventState } from './delivery-states.ts';
import type { SuppressionCause } from './suppression.ts';

export interface MailEvent {
  readonly state: MailEventState;
  /** Why its addresses get no mail from now on; null: they go on. */
  readonly suppresses: SuppressionCause | null;
  readonly addresses: readonly string[];
  /** Id of the delivery or the digest; null where the mail names none, as one that asks for confirmation. */
  readonly mailId: string | null;
  /** The provider's id of the mail. */
  readonly providerId: string;
  /** What was said, in one line without addresses; null where there is nothing to say. */
  readonly reason: string | null;
  /** RFC 3339. */
  readonly at: string;
}
