// Muting a topic, or the event that an article reports: GET asks for how long, POST mutes.
import { html, type Markup } from '../../alerts/html.ts';
import { oneLine } from '../../alerts/plain-text.ts';
import { instantInWords } from '../../alerts/wording.ts';
import { DAY_MS } from '../../core/time.ts';
import type { Mute } from '../../model/alert-rules.ts';
import { mute } from '../../usecases/managing/change-subscription.ts';
import { button, linkPage, messagePage, NO_MORE, notFound, notice, notUnderstood } from './link-page.ts';
import { type SentHit, sentHit } from './sent-hit.ts';
import { isSubscribedTo, pathFrom, type Visit } from './visit.ts';

const PERIODS = [
  { id: 'day', words: '1 day', ms: DAY_MS },
  { id: 'week', words: '1 week', ms: 7 * DAY_MS },
  { id: 'month', words: '30 days', ms: 30 * DAY_MS },
] as const;

export async function mutePage(visit: Visit, topic: string): Promise<Response> {
  const { form, subscription, query, ports } = visit;
  if (subscription.state === 'unsubscribed')
    return messagePage(200, 'Not subscribed', `This subscription has ended. ${NO_MORE}`);
  if (!isSubscribedTo(subscription, topic)) return notFound('You are not subscribed to this topic.');
  const title = oneLine((await ports.topics.getTopic(topic))?.title ?? topic);
  const article = query.get('article');
  const found = article === null ? null : await sentHit(visit, article);
  return form === null ? asked(topic, title, found) : muted(visit, form, { topic, title, found });
}

function asked(topic: string, title: string, found: SentHit | null): Response {
  const body = html`<p>Nothing is lost: what is found meanwhile is kept, but not sent to you. You can unmute it at any time.</p>
${muteForms(topic, title, found)}`;
  return linkPage(200, `Mute “${title}”`, body);
}

async function muted(
  { ports, subscription, timeZone }: Visit,
  form: URLSearchParams,
  { topic, title, found }: { readonly topic: string; readonly title: string; readonly found: SentHit | null },
): Promise<Response> {
  const period = PERIODS.find(({ id }) => id === form.get('for'));
  const what = whatIn(form, topic, found);
  if (period === undefined || what === null) return notUnderstood();
  const until = new Date(ports.clock.now().getTime() + period.ms).toISOString();
  await mute(ports, subscription, { ...what, until });
  const name = what.kind === 'topic' ? `“${title}”` : 'this event';
  const end = button('Unmute', { action: 'unmute', ...what }, { at: pathFrom.manage(subscription) });
  const body = html`${notice(`No alerts of ${name} until ${instantInWords(until, timeZone)}.`, end)}
<p><a href="${pathFrom.manage(subscription)}">All your alerts</a></p>`;
  return linkPage(200, 'Muted', body);
}

function whatIn(form: URLSearchParams, topic: string, found: SentHit | null): Pick<Mute, 'kind' | 'value'> | null {
  if (form.get('action') !== 'mute') return null;
  if (form.get('what') === 'topic') return { kind: 'topic', value: topic };
  return form.get('what') === 'story' && found !== null ? { kind: 'story', value: found.hit.story.id } : null;
}

/** A button for each period: the topic and, when the article is known, the event it reports. */
export function muteForms(topic: string, title: string, found: Pick<SentHit, 'hit'> | null): Markup {
  const at = found === null ? undefined : pathFrom.mute(topic, found.hit.article);
  const buttons = (what: 'topic' | 'story'): Markup =>
    html`<div class="buttons">${PERIODS.map(({ id, words }) => button(words, { action: 'mute', what, for: id }, { ...(at === undefined ? {} : { at }) }))}</div>`;
  return html`<h2>Mute the topic “<bdi>${title}</bdi>” for</h2>${buttons('topic')}${
    found === null ? null : html`<h2>Mute only this event for</h2>${buttons('story')}`
  }`;
}
