// Why a delivery is in its state: a code for programs, filters and translations; words beside it name the particulars.

import type { DeliveryState, MailEventState } from './delivery-states.ts';
import type { DeliveryId } from './ids.ts';

interface Meaning {
  /** The state of a delivery with this reason. One that `failed` is of state `pending` while it is tried again. */
  readonly state: DeliveryState;
  readonly means: string;
}

const REASONS = {
  quiet_hours: { state: 'held', means: "it waits for the end of the subscriber's quiet hours" },
  update_gap: { state: 'held', means: 'updates of a story come at least four hours apart' },
  story_busy: { state: 'held', means: 'another alert of its story is just being sent to this subscriber' },
  pace: { state: 'held', means: 'messages leave no faster than the provider or the service allows' },
  quota: { state: 'held', means: "the provider's quota is used up; it leaves when there is room again" },
  send_later: { state: 'held', means: 'the service asked for a pause' },
  digest: { state: 'waiting', means: 'it comes with the digest that the subscriber asked for' },
  storm: { state: 'waiting', means: 'too many alerts came at once; the rest comes in one message' },
  same_story: { state: 'merged', means: 'it brings nothing new to a story that the subscriber was alerted to' },
  copy: { state: 'merged', means: 'it is a copy of a report in a story that the subscriber was alerted to' },
  first_only: { state: 'merged', means: 'the subscriber wants only the first report of a story, and had it' },
  spoken_for: { state: 'merged', means: 'a later alert of its story or article includes it' },
  topic: { state: 'filtered', means: 'the subscriber does not follow the topic, or not any more' },
  muted: { state: 'filtered', means: 'the subscriber muted the topic, the story or the source' },
  severity: { state: 'filtered', means: 'the topic is less severe than the subscriber wants' },
  strength: { state: 'filtered', means: 'the article mentions the topic more weakly than the subscriber wants' },
  language: { state: 'filtered', means: 'the article is in a language that the subscriber left out' },
  source: { state: 'filtered', means: 'the article comes from a source that the subscriber left out' },
  unconfirmed: { state: 'suppressed', means: 'the subscriber has not confirmed the subscription' },
  unsubscribed: { state: 'suppressed', means: 'the subscription has ended' },
  suppressed: { state: 'suppressed', means: 'mail to the address bounced or was complained about' },
  empty: { state: 'suppressed', means: 'there was nothing to send' },
  disabled: { state: 'disabled', means: 'the service said that the address is gone' },
  bounced: { state: 'bounced', means: "the receiver's server refused it after the provider had accepted it" },
  complained: { state: 'complained', means: 'the receiver reported it as unwanted' },
  delayed: { state: 'delayed', means: "the receiver's server makes the provider wait" },
  not_stored: { state: 'failed', means: 'what it was about is no longer stored' },
  delivery_refused: { state: 'failed', means: 'the server or service does not accept anything for this recipient' },
  message_refused: { state: 'failed', means: 'the server or service does not accept this message' },
  sender_refused: { state: 'failed', means: 'the server or service does not accept anything from us' },
  target_gone: { state: 'failed', means: 'the service says that the address does not exist any more' },
  service_unavailable: { state: 'failed', means: 'the server or service could not be reached, or was busy' },
  internal: { state: 'failed', means: 'an error of Tocsin; the log has it' },
} as const satisfies Readonly<Record<string, Meaning>>;

export type ReasonCode = keyof typeof REASONS;

export const REASON_CODES = Object.keys(REASONS) as readonly ReasonCode[] as readonly [ReasonCode, ...ReasonCode[]];

/** What each code means, and in which state. */
export const DELIVERY_REASONS: Readonly<Record<ReasonCode, Meaning>> = REASONS;

export const isReasonCode = (code: string): code is ReasonCode => Object.hasOwn(REASONS, code);

/** The reason of a mail that is in this state because its provider reported it. */
export const REASON_OF_MAIL_EVENT: Readonly<Record<MailEventState, ReasonCode | null>> = {
  delayed: 'delayed',
  delivered: null,
  suppressed: 'suppressed',
  failed: 'message_refused',
  bounced: 'bounced',
  complained: 'complained',
};

/** As a delivery has it: to be spread into an outcome. */
export interface Reason {
  /** In words. Holds no address. */
  readonly reason: string;
  readonly reasonCode: ReasonCode;
}

/** `words`: the particulars; where there are none, what the code means. */
export const because = (reasonCode: ReasonCode, words: string = REASONS[reasonCode].means): Reason => ({
  reason: words,
  reasonCode,
});

/**
 * How a delivery ends whose subscriber may not get it (`suppressed`, `disabled`) or does not want it (`filtered`), or that is about nothing any more
 * (`failed`).
 */
export function leftOutAs({ reasonCode }: Reason): 'filtered' | 'suppressed' | 'disabled' | 'failed' {
  const { state } = DELIVERY_REASONS[reasonCode];
  return state === 'filtered' || state === 'disabled' || state === 'failed' ? state : 'suppressed';
}

/** Of a report that waited for the next update of its story, and is told by it. */
export const spokenForBy = (update: DeliveryId): Reason => because('spoken_for', `the update ${update} speaks for it`);

export const NOTHING_NEW: Reason = because('same_story', 'nothing new in a story that was alerted before');
