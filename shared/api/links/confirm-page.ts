// The page behind the link of a mail that asks: GET says that one click is left, POST agrees. A scanner that opens it confirms nothing.

import { linkState } from '../../alerts/consent.ts';
import { html, type Markup } from '../../alerts/html.ts';
import { oneLine } from '../../alerts/plain-text.ts';
import { mapConcurrently } from '../../core/map-concurrently.ts';
import type { Subscription } from '../../model/subscription.ts';
import { openWhenEmpty } from '../../usecases/alerting/join-digest.ts';
import { type Answered, askAgain, confirm } from '../../usecases/managing/confirm.ts';
import { button, linkPage, messagePage, NO_MORE, notice, notUnderstood } from './link-page.ts';
import { pathFrom, type Visit } from './visit.ts';
import { shortenedAddress } from './words.ts';

/** Topics whose titles are read at once. */
const CONCURRENCY = 8;
/** Topics that are named; a reader wants to know what it is about. */
const MOST_NAMED = 20;

export async function confirmPage(visit: Visit, link: string): Promise<Response> {
  const { form, subscription, ports } = visit;
  switch (form === null ? 'look' : form.get('action')) {
    case 'look':
      return looked(visit, link);
    case 'confirm': {
      const answered = await confirm(ports, subscription, link);
      if (answered.was === 'open') await openWhenEmpty(answered.subscription, ports, ports.settings);
      return afterConfirming(visit, answered);
    }
    case 'ask-again':
      return afterAsking(visit, await askAgain(ports, subscription, link));
    default:
      return notUnderstood();
  }
}

async function looked(visit: Visit, link: string): Promise<Response> {
  const { subscription, ports } = visit;
  const was = linkState(subscription, link, ports.clock.now());
  if (was !== 'open') return afterConfirming(visit, { subscription, was });
  return linkPage(200, ONE_CLICK_LEFT, await questionOf(visit, { no: pathFrom.manage(subscription) }));
}

const ONE_CLICK_LEFT = 'One click left';

/** The page of a subscription that was not confirmed yet. */
export async function unconfirmedPage(visit: Visit, subscription: Subscription): Promise<Response> {
  const link = subscription.openQuestion?.link ?? 'none';
  const yes = `${subscription.unsubscribeToken}/confirm/${encodeURIComponent(link)}`;
  if (linkState(subscription, link, visit.ports.clock.now()) !== 'open') return linkEnded(yes);
  return linkPage(200, ONE_CLICK_LEFT, await questionOf({ ...visit, subscription }, { yes }));
}

/** What it is about, and both answers. The paths are those of their forms, where that is not the page itself. */
async function questionOf(
  { subscription, ports }: Visit,
  { yes, no }: { readonly yes?: string; readonly no?: string },
): Promise<Markup> {
  const topics = await titlesOf(subscription, ports);
  const about =
    topics === null
      ? html`<p>They are about every topic.</p>`
      : html`<p>They are about:</p><ul>${topics.map((title) => html`<li dir="auto">${title}</li>`)}</ul>`;
  const to = (at: string | undefined) => (at === undefined ? {} : { at });
  return html`<p>Someone subscribed <b>${shortenedAddress(subscription)}</b> to alerts of Tocsin, a monitor of news feeds.</p>
${about}
<div class="buttons">${button('Yes, send me alerts', { action: 'confirm' }, { ...to(yes), isMain: true })}${button('No', { action: 'stop' }, to(no))}</div>
<p class="soft">No alerts are sent unless you agree. You can change or stop them at any time, by a link in each of them.</p>`;
}

const linkEnded = (at?: string): Response =>
  linkPage(
    200,
    'This link has ended',
    html`<p>Links in mails that ask work for a week. Nothing was changed, and no alerts are sent.</p>
${button('Send me a new link', { action: 'ask-again' }, { ...(at === undefined ? {} : { at }), isMain: true })}`,
  );

async function titlesOf({ topics }: Subscription, ports: Visit['ports']): Promise<readonly string[] | null> {
  if (topics.includes('*')) return null;
  const titles = await mapConcurrently(topics.slice(0, MOST_NAMED), CONCURRENCY, async (topic) =>
    oneLine((await ports.topics.getTopic(topic))?.title ?? topic),
  );
  const more = topics.length - titles.length;
  return more === 0 ? titles : [...titles, `and ${more} more`];
}

function afterConfirming({ subscription: before }: Visit, { subscription, was }: Answered): Response {
  const all = html`<p><a href="${pathFrom.manage(subscription)}">What you get, and how to change or stop it</a></p>`;
  switch (was) {
    case 'open':
      return linkPage(200, 'Confirmed', html`${notice('You will receive alerts from now on.')}${all}`);
    case 'answered':
      return linkPage(200, 'Confirmed already', html`<p>You receive these alerts.</p>${all}`);
    case 'expired':
      return linkEnded();
    case 'ended':
      return messagePage(200, 'Not subscribed', `This subscription has ended. ${NO_MORE}`);
    case 'suppressed':
      return messagePage(
        200,
        'Not possible',
        `No mail can be sent to ${shortenedAddress(before)}. Ask those who run this service.`,
      );
  }
}

function afterAsking(visit: Visit, answered: Answered): Response {
  if (answered.was !== 'expired') return afterConfirming(visit, answered);
  if (answered.subscription.state !== 'unconfirmed') return afterConfirming(visit, { ...answered, was: 'open' });
  return linkPage(
    200,
    'A new mail is on its way',
    html`<p>It comes within a few minutes. Open the link in it within a week, and confirm there.</p>`,
  );
}
