// A mail as the product's mailers hand it over on one machine.

export interface ReceivedMail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** Subscribed to every topic at the first start, so that each alert can be looked at; mails to it never leave the machine. */
export const OUTBOX_ADDRESS = 'outbox@tocsin.localhost';
