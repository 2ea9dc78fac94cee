// A subscriber says that an article does not belong to a topic: GET asks for which one, POST keeps the mark with the match.
import { html } from '../../alerts/html.ts';
import { oneLine } from '../../alerts/plain-text.ts';
import { headline } from '../../alerts/wording.ts';
import { button, linkPage, notice, notUnderstood } from './link-page.ts';
import { muteForms } from './mute-page.ts';
import { notSent, type SentHit, sentHit, sentMatch } from './sent-hit.ts';
import { isSubscribedTo, pathFrom, type Visit } from './visit.ts';

export async function notRelevantPage(visit: Visit, article: string): Promise<Response> {
  const found = await sentHit(visit, article);
  if (found === null) return notSent();
  return visit.form === null ? asked(found) : marked(visit, visit.form, found);
}

function asked({ hit, matches, sent }: SentHit): Response {
  const buttons = matches
    .filter(({ id }) => sent.has(id))
    .map(({ topic }) => button(`Not about “${oneLine(topic.title)}”`, { action: 'not-relevant', topic: topic.id }));
  const body = html`<p dir="auto"><b>${headline(matches[0])}</b></p>
<p>Which topic does this article not belong to? Your answer helps those who write the topics. Your alerts stay as they are.</p>
<div class="buttons">${buttons}</div>
<p><a href="${pathFrom.hit(hit.article)}">Why it was found</a></p>`;
  return linkPage(200, 'Not relevant?', body);
}

async function marked({ ports, subscription }: Visit, form: URLSearchParams, found: SentHit): Promise<Response> {
  const match = form.get('action') === 'not-relevant' ? sentMatch(found, form.get('topic')) : null;
  if (match === null) return notUnderstood();
  const { topic } = match;
  await ports.matches.noteNotRelevant({
    matchId: match.id,
    topicId: topic.id,
    subscriptionId: subscription.id,
    at: ports.clock.now().toISOString(),
    expiresAt: match.expiresAt,
  });
  const title = oneLine(topic.title);
  const mayMute = subscription.state === 'active' && isSubscribedTo(subscription, topic.id);
  const muting = html`<p>Nothing else has changed. If you get too many alerts of this topic, mute it for a while:</p>
${muteForms(topic.id, title, found)}
<p><a href="${pathFrom.manage(subscription)}">All your alerts</a></p>`;
  const body = html`${notice(`Noted: this article is not about “${title}”.`)}
${mayMute ? muting : null}`;
  return linkPage(200, 'Thank you', body);
}
