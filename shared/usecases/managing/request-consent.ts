// Asking an address whether it agrees: what is written down when it is subscribed, and at most three questions a day.
import { randomBytes } from 'node:crypto';
import { CONFIRMATION_WORDING } from '../../alerts/confirmation-mail.ts';
import { askedAnew, type ConsentRules, MOST_QUESTIONS_A_DAY, NOTHING_DUE, questionFor } from '../../alerts/consent.ts';
import { InvalidInputError } from '../../core/errors.ts';
import { DAY_MS, instantAfter } from '../../core/time.ts';
import type { Channel } from '../../model/channels.ts';
import { LONGEST_CALLER, type Question } from '../../model/consent.ts';
import type { Subscription, SubscriptionChange } from '../../model/subscription.ts';
import type { Clock, PersonStore, SnsState } from '../../ports.ts';

export interface ConsentPorts extends ConsentRules {
  readonly persons: Pick<PersonStore, 'countQuestion'>;
  readonly clock: Clock;
  /** Who asks, as far as it is known. @default API */
  readonly caller?: string;
}

/** What of a subscription says whether its address agreed, and what is to be done about it. */
export type ConsentChange = Required<
  Pick<SubscriptionChange, 'state' | 'stateReason' | 'consent' | 'openQuestion' | 'step' | 'dueAt'>
>;

/** True when somebody is to ask the address: a mail of ours, or SNS. */
export const isAsked = (question: Question | null): boolean => question === 'mail' || question === 'sns';

/** Throws InvalidInputError when the address was asked too often within a day; else this question is counted. */
export async function countQuestion(address: string, { persons, clock }: ConsentPorts): Promise<void> {
  const now = clock.now();
  if (await persons.countQuestion(address, now.toISOString(), instantAfter(now, -DAY_MS), MOST_QUESTIONS_A_DAY)) return;
  throw new InvalidInputError(
    'asked_too_often',
    `the address was asked ${MOST_QUESTIONS_A_DAY} times within a day whether it agrees, and is not asked again before that day is over; nothing was changed`,
  );
}

/** For a new request, counted already where it asks. `atSns`: the state of the subscription that SNS holds. */
export function requestedConsent(
  { channel, target }: { readonly channel: Channel; readonly target: string },
  before: Subscription | null,
  { atSns = 'pending', ...ports }: ConsentPorts & { readonly atSns?: SnsState },
): ConsentChange {
  const now = ports.clock.now();
  const question = questionFor(channel, target, ports);
  const isAgreed = !isAsked(question) || (question === 'sns' && atSns === 'confirmed');
  const nothing = { openQuestion: null, ...NOTHING_DUE };
  const due = {
    mail: (): Pick<ConsentChange, 'openQuestion' | 'step' | 'dueAt'> =>
      askedAnew(before?.openQuestion, randomBytes(9).toString('base64url'), now),
    sns: (): Pick<ConsentChange, 'openQuestion' | 'step' | 'dueAt'> => ({
      openQuestion: null,
      step: 'sns',
      dueAt: now.toISOString(),
    }),
  };
  return {
    state: isAgreed ? 'active' : 'unconfirmed',
    stateReason: null,
    consent:
      question === null
        ? null
        : {
            question,
            requestedAt: now.toISOString(),
            requestedBy: (ports.caller ?? 'API').slice(0, LONGEST_CALLER),
            wording: question === 'mail' ? CONFIRMATION_WORDING : null,
            confirmedAt: question === 'sns' && isAgreed ? now.toISOString() : null,
          },
    ...(question === 'mail' || question === 'sns' ? due[question]() : nothing),
  };
}
