// What mail programs read of a mail, and its lasting name.
import type { Subscription } from '../model/subscription.ts';
import type { AlertLinks } from './alert-links.ts';
import { isOneClickAddress, safeAddress } from './safe-link.ts';

/** The host part of the sender's address in ASCII, `localhost` where no sender is set. */
export function senderDomain(from: string | null): string {
  const domain = /@([^\s@<>]+)>?\s*$/.exec(from ?? '')?.[1];
  return URL.parse(`http://${domain ?? ''}`)?.hostname || 'localhost';
}

/** `Tocsin <alerts@example.org>`; a sender that brings its own name keeps it. */
export const namedSender = (from: string): string => (from.includes('<') ? from : `Tocsin <${from}>`);

/** The same for every try of the same delivery or digest, so that a receiver can drop a repeat. */
export const messageIdOf = (id: string, from: string | null): string => `${headerText(id)}@${senderDomain(from)}`;

/**
 * `list` names the list a mail program may sort by: a topic id, or `digest`.
 * RFC 2919 (List-ID), 2369 and 8058 (unsubscribing), 3834 (Auto-Submitted: no vacation notes come back).
 * X-Tocsin-Delivery repeats the delivery's id, because SES puts a Message-ID of its own on each try.
 */
export function mailHeaders(mail: {
  readonly id: string;
  readonly list: string;
  readonly from: string | null;
  readonly subscription: Subscription;
  readonly links: AlertLinks;
  /** Message-ID of the mail that this one follows; null for the first. */
  readonly threadId?: string | null;
}): Readonly<Record<string, string>> {
  const list = mail.list.replace(/[^A-Za-z0-9-]+/g, '-');
  return {
    'List-ID': `<${list}.tocsin.${senderDomain(mail.from)}>`,
    'Auto-Submitted': 'auto-generated',
    'X-Tocsin-Delivery': headerText(mail.id),
    ...following(mail.threadId ?? null),
    ...unsubscribeHeaders(mail.links.unsubscribeUrl?.(mail.subscription)),
  };
}

/** RFC 5322, section 3.6.4. A thread has one first mail, and all others follow it. */
function following(threadId: string | null): Record<string, string> {
  const id = headerText(threadId ?? '').replace(/[<>]/g, '');
  return id === '' ? {} : { 'In-Reply-To': `<${id}>`, References: `<${id}>` };
}

/** `address`: where a POST ends the subscription; without one there are none. */
export function unsubscribeHeaders(address: string | undefined): Record<string, string> {
  const safe = safeAddress(address);
  if (safe === null) return {};
  return {
    'List-Unsubscribe': `<${safe}>`,
    ...(isOneClickAddress(safe) ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
  };
}

/** Printable ASCII without blanks. */
const headerText = (text: string): string => text.replace(/[^\x21-\x7e]/g, '');
