// Whether an address is asked before anything is sent to it, and how long an open question lasts. Pure.
import { DAY_MS, instantAfter } from '../core/time.ts';
import type { Channel } from '../model/channels.ts';
import { isUnanswered, type OpenQuestion, type Question } from '../model/consent.ts';
import type { Settings } from '../model/settings.ts';
import type { Subscription, SubscriptionChange } from '../model/subscription.ts';

/** How often an address is asked within a day, regardless of who subscribes it. */
export const MOST_QUESTIONS_A_DAY = 3;
const LINK_LASTS_MS = 7 * DAY_MS;
const REMIND_AFTER_MS = DAY_MS;
/** An address that never agreed is not kept longer. */
const REMOVE_AFTER_MS = 30 * DAY_MS;

/** On one machine: the outbox's own address, and whether other mails leave the machine. */
export interface LocalMail {
  readonly ownAddress: string;
  readonly leaves: boolean;
}

export interface ConsentRules {
  readonly settings: Pick<Settings, 'mail'>;
  /** Absent on AWS. */
  readonly localMail?: LocalMail;
}

/** How a new address of the channel is asked; null for a channel that needs no question, because its target is known to its owner only. */
export function questionFor(channel: Channel, address: string, rules: ConsentRules): Question | null {
  if (channel === 'sns-email') return 'sns';
  if (channel !== 'email') return null;
  const { localMail, settings } = rules;
  if (localMail !== undefined && (!localMail.leaves || address === localMail.ownAddress)) return 'local';
  return settings.mail.confirm ? 'mail' : 'off';
}

/** Whether new addresses are asked by mail. */
export const mailQuestion = ({ settings, localMail }: ConsentRules): Exclude<Question, 'sns'> =>
  localMail?.leaves === false ? 'local' : settings.mail.confirm ? 'mail' : 'off';

/** The question of a new request. A link that still works stays, so that of two mails both do. `link`: of a new one. */
export function askedAnew(
  before: OpenQuestion | null | undefined,
  link: string,
  now: Date,
): Pick<Required<SubscriptionChange>, 'openQuestion' | 'step' | 'dueAt'> {
  const works = before !== null && before !== undefined && now.toISOString() < before.until;
  return {
    openQuestion: {
      link: works ? before.link : link,
      until: instantAfter(now, LINK_LASTS_MS),
      asked: (works ? before.asked : 0) + 1,
      attempts: 0,
    },
    step: 'question',
    dueAt: now.toISOString(),
  };
}

export const NOTHING_DUE = { step: null, dueAt: null } as const satisfies SubscriptionChange;

/** What follows once the question or the reminder left, or will not. */
export function stepAfter(
  { step, consent }: Pick<Subscription, 'step' | 'consent'>,
  now: Date,
): Pick<SubscriptionChange, 'step' | 'dueAt'> {
  const since = new Date(consent?.requestedAt ?? now);
  if (step === 'question') return { step: 'reminder', dueAt: instantAfter(now, REMIND_AFTER_MS) };
  return { step: 'removal', dueAt: instantAfter(since, REMOVE_AFTER_MS) };
}

export type LinkState = 'open' | 'expired' | 'answered' | 'ended' | 'suppressed';

/** What a link in a mail that asks is good for. */
export function linkState(
  { state, openQuestion, consent }: Pick<Subscription, 'state' | 'openQuestion' | 'consent'>,
  link: string,
  now: Date,
): LinkState {
  if (state === 'active') return 'answered';
  if (state === 'unsubscribed') return 'ended';
  if (state !== 'unconfirmed' || !isUnanswered(consent)) return 'suppressed';
  const works = openQuestion?.link === link && now.toISOString() < openQuestion.until;
  return works ? 'open' : 'expired';
}
