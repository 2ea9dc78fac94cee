// Links in alerts that lead back to Tocsin. On one machine without a public address there are none.
import type { Subscription } from '../model/subscription.ts';

export interface AlertLinks {
  /** Where a GET shows a page with a button and a POST ends the subscription at once. */
  readonly unsubscribeUrl?: (subscription: Subscription) => string;
}

/**
 * Under the base address of the public links, `https://host/path` or `http://127.0.0.1:port`; none without a base.
 * A user's address is checked at the start (`parsePublicUrl`); on AWS the deployment gives its own.
 */
export function alertLinksUnder(publicUrl: string | undefined): AlertLinks {
  if (publicUrl === undefined || publicUrl === '') return {};
  const base = publicUrl.replace(/\/+$/, '');
  return { unsubscribeUrl: ({ unsubscribeToken }) => `${base}/u/${unsubscribeToken}` };
}
