// What is sent: already decided and composed, not yet in the shape of a channel.
import type { Match } from './match.ts';
import type { Severity } from './severity.ts';

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

// ---------------------------------------------------------------- messages over HTTP

/** What a channel other than mail shows: text without markup, which each channel puts into its own. */
export interface ChannelMessage {
  readonly kind: 'alert' | 'update' | 'digest' | 'test';
  /** Of the delivery or the digest, the same for every try. */
  readonly id: string;
  /** One line: the headline, or what a digest holds. */
  readonly title: string;
  /** Lines below the title: the counts of a digest. */
  readonly introduction: readonly string[];
  /** The gravest of its topics. */
  readonly severity: Severity;
  /** One for an alert. */
  readonly stories: readonly ChannelStory[];
  /** Lines at the end: what is left out, the state of the feeds. */
  readonly notes: readonly string[];
  /** Where the subscriber changes what they get; null where there are no public pages. */
  readonly manageUrl: string | null;
  /** The same for machines: `{type, id, timestamp, data}`. */
  readonly event: Readonly<Record<string, unknown>>;
}

/** One story of a message, told by its leading report. */
export interface ChannelStory {
  readonly title: string;
  /** Null where the feed gave no address. */
  readonly url: string | null;
  readonly topics: readonly { readonly title: string; readonly severity: Severity }[];
  /** The gravest topic's first. None where the text says no more than the title. */
  readonly passages: readonly ChannelPassage[];
  /** Why it matched, in words, a line for each topic. */
  readonly why: readonly string[];
  /** Name of the outlet. */
  readonly source: string;
  /** When it was published, in the subscriber's zone. */
  readonly time: string;
  /** What it brings that the story did not have, in words; empty for a first report. */
  readonly news: readonly string[];
  /** "also in 3: …"; null for one outlet. */
  readonly alsoIn: string | null;
  /** The page about this match; null where there are no public pages. */
  readonly matchUrl: string | null;
}

export interface ChannelPassage {
  /** The topics that it shows; empty where that is clear. */
  readonly label: string;
  readonly text: string;
  /** Matched words, as offsets (UTF-16) into the text; sorted and disjoint. */
  readonly marks: readonly { readonly start: number; readonly end: number }[];
}
