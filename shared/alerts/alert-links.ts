// Links in alerts that lead back to Tocsin. On one machine without a public address there are none.
import type { Subscription } from '../model/subscription.ts';

/** Only POST acts on any of these pages; opening one changes nothing. */
export interface AlertLinks {
  /** Where a GET shows a page with a button and a POST ends the subscription at once. */
  readonly unsubscribeUrl?: (subscription: Subscription) => string;
  /** What the subscription gets, and how to change that. */
  readonly manageUrl?: (subscription: Subscription) => string;
  /** Why the article matched, and the story that it belongs to. */
  readonly matchUrl?: (subscription: Subscription, article: string) => string;
  readonly notRelevantUrl?: (subscription: Subscription, article: string) => string;
  /** Where an address agrees to get alerts. `link`: names the request. */
  readonly confirmUrl?: (subscription: Subscription, link: string) => string;
  /** `topic`: its id. */
  readonly muteUrl?: (subscription: Subscription, topic: string) => string;
}

/**
 * Under the base address of the public links, `https://host/path` or `http://127.0.0.1:port`; none without a base.
 * A user's address is checked at the start (`parsePublicUrl`); on AWS the deployment gives its own.
 */
export function alertLinksUnder(publicUrl: string | undefined): AlertLinks {
  if (publicUrl === undefined || publicUrl === '') return {};
  const base = publicUrl.replace(/\/+$/, '');
  const own = ({ unsubscribeToken }: Subscription, ...path: readonly string[]): string =>
    [`${base}/u/${unsubscribeToken}`, ...path.map(encodeURIComponent)].join('/');
  return {
    unsubscribeUrl: (subscription) => own(subscription),
    manageUrl: (subscription) => own(subscription),
    matchUrl: (subscription, article) => own(subscription, 'hit', article),
    notRelevantUrl: (subscription, article) => own(subscription, 'not-relevant', article),
    confirmUrl: (subscription, link) => own(subscription, 'confirm', link),
    muteUrl: (subscription, topic) => own(subscription, 'mute', topic),
  };
}
