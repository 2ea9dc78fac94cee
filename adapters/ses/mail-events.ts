// Events of Amazon SES about mails, as it publishes them to SNS. Source: Amazon SES Developer Guide, "Contents of event data that Amazon SES
// publishes to Amazon SNS". Only the fields that are read here are checked.
import * as z from 'zod/mini';
import type { MailEvent } from '../../shared/model/mail-event.ts';
import { addressless } from '../without-addresses.ts';
import { mailIdOfTag, TAG } from './mail-tag.ts';

const recipients = z.array(z.object({ emailAddress: z.string(), diagnosticCode: z.optional(z.string()) }));

const mail = z.object({
  messageId: z.string(),
  destination: z._default(z.array(z.string()), []),
  headers: z._default(z.array(z.object({ name: z.string(), value: z.string() })), []),
  tags: z._default(z.record(z.string(), z.array(z.string())), {}),
});

const common = { mail };
const event = z.discriminatedUnion('eventType', [
  z.object({
    ...common,
    eventType: z.literal('Bounce'),
    bounce: z.object({
      bounceType: z.string(),
      bounceSubType: z._default(z.string(), ''),
      bouncedRecipients: recipients,
      timestamp: z.string(),
    }),
  }),
  z.object({
    ...common,
    eventType: z.literal('Complaint'),
    complaint: z.object({
      complainedRecipients: recipients,
      complaintSubType: z.optional(z.nullable(z.string())),
      complaintFeedbackType: z.optional(z.string()),
      timestamp: z.string(),
    }),
  }),
  z.object({
    ...common,
    eventType: z.literal('Delivery'),
    delivery: z.object({ recipients: z.array(z.string()), timestamp: z.string() }),
  }),
  z.object({
    ...common,
    eventType: z.literal('DeliveryDelay'),
    deliveryDelay: z.object({
      delayType: z._default(z.string(), 'Undetermined'),
      delayedRecipients: recipients,
      timestamp: z.string(),
    }),
  }),
  z.object({
    ...common,
    mail: z.object({ ...mail.shape, timestamp: z.string() }),
    eventType: z.literal('Reject'),
    reject: z.object({ reason: z.string() }),
  }),
  z.object({
    ...common,
    mail: z.object({ ...mail.shape, timestamp: z.string() }),
    eventType: z.literal('Rendering Failure'),
    failure: z.object({ errorMessage: z.string() }),
  }),
]);

type SesEvent = z.infer<typeof event>;
type Outcome = Pick<MailEvent, 'state' | 'suppresses' | 'addresses' | 'reason' | 'at'>;

/** What of an event is worth noting; null for kinds that say nothing new, such as `Send`. Throws when a kind that is known has another shape. */
export function mailEventOf(published: unknown): MailEvent | null {
  const { eventType } = z.object({ eventType: z.string() }).parse(published);
  if (!KNOWN.has(eventType)) return null;
  const read = event.parse(published);
  const outcome = outcomeOf(read);
  if (outcome === null) return null;
  const { reason, at, addresses } = outcome;
  return {
    ...outcome,
    addresses: addresses.map(bare),
    reason: reason === null ? null : addressless(reason).replace(/\s+/g, ' ').trim(),
    at: new Date(at).toISOString(),
    mailId: mailIdOf(read.mail),
    providerId: read.mail.messageId,
  };
}

const KNOWN: ReadonlySet<string> = new Set([
  'Bounce',
  'Complaint',
  'Delivery',
  'DeliveryDelay',
  'Reject',
  'Rendering Failure',
]);

function outcomeOf(read: SesEvent): Outcome | null {
  switch (read.eventType) {
    case 'Bounce':
      return bounced(read.bounce);
    case 'Complaint':
      return complained(read.complaint);
    case 'Delivery': {
      const { recipients: addresses, timestamp: at } = read.delivery;
      return { state: 'delivered', suppresses: null, addresses, reason: null, at };
    }
    case 'DeliveryDelay': {
      const { delayType, delayedRecipients, timestamp: at } = read.deliveryDelay;
      const reason = withWords(`SES is still trying (${delayType})`, delayedRecipients);
      return { state: 'delayed', suppresses: null, addresses: addressesOf(delayedRecipients), reason, at };
    }
    case 'Reject':
      return failed(read.mail, `SES rejected the mail: ${read.reject.reason}`);
    case 'Rendering Failure':
      return failed(read.mail, `SES could not make the mail: ${read.failure.errorMessage}`);
  }
}

const failed = ({ timestamp: at, destination }: { timestamp: string; destination: string[] }, reason: string) =>
  ({ state: 'failed', suppresses: null, addresses: destination, reason, at }) as const;

/** SES did not even try, because the address is on its own list or on that of the account. */
const SUPPRESSED_BY_SES: ReadonlySet<string> = new Set(['Suppressed', 'OnAccountSuppressionList']);
/** Of a transient bounce: this mail does not arrive, another may. */
const NOT_TAKEN: ReadonlySet<string> = new Set([
  'MailboxFull',
  'MessageTooLarge',
  'ContentRejected',
  'AttachmentRejected',
  'CustomTimeoutExceeded',
]);

function bounced({
  bounceType,
  bounceSubType,
  bouncedRecipients,
  timestamp: at,
}: Extract<SesEvent, { eventType: 'Bounce' }>['bounce']): Outcome {
  const addresses = addressesOf(bouncedRecipients);
  const kind = [bounceType, bounceSubType].filter((part) => part !== '').join(', ');
  const reason = withWords(`bounced (${kind})`, bouncedRecipients);
  if (bounceType === 'Permanent') {
    return SUPPRESSED_BY_SES.has(bounceSubType)
      ? { state: 'suppressed', suppresses: 'provider', addresses, reason, at }
      : { state: 'bounced', suppresses: 'bounce', addresses, reason, at };
  }
  // What is left open may be a note that its reader is away: the mail may well have arrived.
  return { state: NOT_TAKEN.has(bounceSubType) ? 'bounced' : 'delayed', suppresses: null, addresses, reason, at };
}

function complained({
  complainedRecipients,
  complaintSubType,
  complaintFeedbackType,
  timestamp: at,
}: Extract<SesEvent, { eventType: 'Complaint' }>['complaint']): Outcome | null {
  const addresses = addressesOf(complainedRecipients);
  if (complaintSubType === 'OnAccountSuppressionList') {
    const reason = 'not sent: the address once reported a mail of this account as spam';
    return { state: 'suppressed', suppresses: 'provider', addresses, reason, at };
  }
  // Somebody took it out of the folder of spam.
  if (complaintFeedbackType === 'not-spam') return null;
  const kind = complaintFeedbackType === undefined ? '' : ` (${complaintFeedbackType})`;
  return { state: 'complained', suppresses: 'complaint', addresses, reason: `reported as spam${kind}`, at };
}

type Recipients = z.infer<typeof recipients>;

const addressesOf = (some: Recipients): readonly string[] => some.map(({ emailAddress }) => emailAddress);

/** With what the receiving server said, each answer once. */
function withWords(what: string, some: Recipients): string {
  const said = [...new Set(some.flatMap(({ diagnosticCode }) => diagnosticCode ?? []))];
  return [what, ...said].join(': ');
}

/** `Reader <reader@example.org>` is the address alone. */
const bare = (recipient: string): string => (/<([^<>]+)>\s*$/.exec(recipient)?.[1] ?? recipient).trim();

/** By the tag, or by the header of a mail that was sent without one. */
function mailIdOf({ tags, headers }: z.infer<typeof mail>): string | null {
  const [tag] = tags[TAG] ?? [];
  if (tag !== undefined) return mailIdOfTag(tag);
  const header = headers.find(({ name }) => name.toLowerCase() === 'x-tocsin-delivery')?.value.trim();
  return header || null;
}
