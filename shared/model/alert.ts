// What is sent: already decided and composed, not yet in the shape of a channel.
import type { Match } from './match.ts';

/** A composed mail. Both bodies carry the same content; no remote images, no tracking. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Extra headers, such as List-Unsubscribe, List-ID, Auto-Submitted. No CR or LF in a value. */
  readonly headers: Readonly<Record<string, string>>;
  /** Message-ID without angle brackets, the same for every try of the same delivery. */
  readonly messageId: string;
}

/** One publication on the deployment's SNS topic. */
export interface AlertEvent {
  readonly subject: string;
  /** Text for e-mail subscriptions. */
  readonly text: string;
  /** JSON for machines (SQS, HTTPS, Lambda): `{type: "match.created", …}` or `{type: "alert", …}`. */
  readonly json: string;
  readonly attributes: {
    /** Both for a match that has no hit, because it was stored before there were any. */
    readonly type: 'match.created' | 'alert' | readonly ['match.created', 'alert'];
    /** One topic of `match.created`, all of an `alert`. A filter policy that names one of them lets it through. */
    readonly topic: string | readonly string[];
    readonly severity: string;
    readonly language: string;
    readonly source: string;
  };
  readonly matchId: Match['id'];
}
