// Whether the person behind an address agreed to get alerts: what is known of it, and what is still to be done.
import * as z from 'zod/mini';
import { described, type Immutable, instant, nullableInstant } from './schema.ts';

/**
 * Who asked the address. `mail`: a mail of ours. `sns`: SNS itself. `off`: no one, because `mail.confirm` was false. `local`: no one, because mails
 * did not leave the machine.
 */
const QUESTIONS = ['mail', 'sns', 'off', 'local'] as const;
export type Question = (typeof QUESTIONS)[number];

/** Bounds the name of a caller. */
export const LONGEST_CALLER = 200;

export const consentSchema = z.strictObject({
  question: described(
    z.enum(QUESTIONS),
    'Who asked the address: `mail` (a mail of Tocsin), `sns` (SNS itself); or no one, because `mail.confirm` was false (`off`) or mails did not leave the machine (`local`)',
  ),
  requestedAt: described(instant(), 'When the address was last subscribed'),
  requestedBy: described(
    z.string(),
    'Who did that, as far as it is known: the caller of the API, `command line`, `page`',
  ),
  wording: described(z.nullable(z.int()), 'Version of the text of the mail that asked; null where none did'),
  confirmedAt: described(nullableInstant(), 'When the address agreed; null before that'),
});

export type Consent = Immutable<z.infer<typeof consentSchema>>;

/**
 * What is due for a subscription. `question`: the mail that asks. `reminder`: the same once more. `removal`: there was no answer, so the record is
 * deleted. `sns`: SNS is asked for the state of its own subscription.
 */
export const SUBSCRIPTION_STEPS = ['question', 'reminder', 'removal', 'sns'] as const;

/** The open question of one request. It never leaves. */
export const openQuestionSchema = z.strictObject({
  /** Names the link in its mails, so that an old link does not confirm a later request. */
  link: z.string(),
  /** The link works before this instant. */
  until: instant(),
  /** How often the address was asked under this link. */
  asked: z.int(),
  /** Tries of the mail that is due. */
  attempts: z.int(),
});

export type OpenQuestion = Immutable<z.infer<typeof openQuestionSchema>>;

/** Asked, and no answer yet. */
export const isUnanswered = (consent: Consent | null): boolean =>
  consent !== null && (consent.question === 'mail' || consent.question === 'sns') && consent.confirmedAt === null;
