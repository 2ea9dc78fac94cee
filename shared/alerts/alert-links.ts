// Links in alerts that lead back to Tocsin. On one machine without a public address there are none.
import type { Subscription } from '../model/subscription.ts';
import { parsePublicUrl } from './public-url.ts';

export interface AlertLinks {
  /** Where a GET shows a page with a button and a POST ends the subscription at once. */
  readonly unsubscribeUrl?: (subscription: Subscription) => string;
}

/** Under the base address of the public links, `https://host/path` or `http://127.0.0.1:port`; none where there is no base. Throws InvalidInputError. */
export function alertLinksUnder(publicUrl: string | undefined): AlertLinks {
  if (publicUrl === undefined || publicUrl === '') return {};
  const base = parsePublicUrl(publicUrl);
  return { unsubscribeUrl: ({ unsubscribeToken }) => `${base}/u/${unsubscribeToken}` };
}
