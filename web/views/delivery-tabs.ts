// What the views about deliveries share.
import { html, nothing, type TemplateResult } from 'lit';
import type { PublishedSubscription } from '../../shared/model/subscription.ts';
import { get } from '../api.ts';
import { TEXTS } from '../texts.ts';

export const tabsTemplate = (here: string): TemplateResult =>
  html`<nav class="tabs" aria-label=${TEXTS.deliveries.title}>${[
    ['/deliveries', TEXTS.deliveries.ledger],
    ['/deliveries/subscriptions', TEXTS.subscriptions.title],
  ].map(
    ([address = '', name]) => html`<a href=${address} aria-current=${address === here ? 'page' : nothing}>${name}</a>`,
  )}</nav>`;

export async function fetchSubscriptions(signal: AbortSignal): Promise<readonly PublishedSubscription[]> {
  const found: PublishedSubscription[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: readonly PublishedSubscription[]; cursor: string | null } = await get(
      '/v1/subscriptions',
      { limit: 100, cursor: cursor ?? undefined },
      signal,
    );
    found.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== null);
  return found;
}
