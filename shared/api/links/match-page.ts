// One article that a subscriber was sent: each topic that holds with its passage and why, the event it reports, and what of that was sent.
import { html, type Markup } from '../../alerts/html.ts';
import { boldParts } from '../../alerts/mail-page.ts';
import { linkOf } from '../../alerts/match-link.ts';
import { passageParts } from '../../alerts/passage-parts.ts';
import { oneLine } from '../../alerts/plain-text.ts';
import { whyInWords } from '../../alerts/why-in-words.ts';
import {
  alsoIn,
  headline,
  instantInWords,
  languageName,
  originInWords,
  otherOutlets,
  sourceName,
} from '../../alerts/wording.ts';
import type { Hit } from '../../model/hit.ts';
import type { Match } from '../../model/match.ts';
import type { Story } from '../../model/story.ts';
import type { Delivery } from '../../model/subscription.ts';
import { linkPage, messagePage } from './link-page.ts';
import { notSent, ownDeliveries, type SentHit, sentHit } from './sent-hit.ts';
import { isSubscribedTo, pathFrom, type Visit } from './visit.ts';
import { deliveryInWords, kindInWords } from './words.ts';

/** Reports shown, the newest ones. */
const MOST_REPORTS = 30;

/** A page to read: nothing can be sent to it. */
export async function matchPage(visit: Visit, article: string): Promise<Response> {
  if (visit.form !== null)
    return messagePage(405, 'Method not allowed', 'Open the link in a browser.', { allow: 'GET, HEAD' });
  const found = await sentHit(visit, article);
  if (found === null) return notSent();
  const [first] = found.matches;
  const link = linkOf(first);
  const title = headline(first);
  const shownTitle =
    link === null ? html`${title}` : html`<a href="${link}" rel="noopener noreferrer nofollow">${title}</a>`;
  const body = html`<h1 dir="auto">${shownTitle}</h1>
<p class="soft" dir="auto">${[sourceName(first), alsoIn(otherOutlets(first, null)), languageName(first.article.language)].filter(Boolean).join(' · ')}</p>
${found.matches.map((match) => topicSection(match, visit, found))}
${times(first, visit.timeZone)}
${await storySection(found, visit)}
<p class="buttons"><a href="${pathFrom.notRelevant(found.hit.article)}">Not relevant</a> <a href="${pathFrom.manage(visit.subscription)}">All your alerts</a></p>`;
  return linkPage(200, title, body, { hasHeading: true });
}

function topicSection(match: Match, { subscription }: Visit, { hit }: SentHit): Markup {
  const { topic, passages } = match;
  const mute = isSubscribedTo(subscription, topic.id)
    ? html`<p><a href="${pathFrom.mute(topic.id, hit.article)}">Mute this topic</a></p>`
    : html`<p class="soft">You are not subscribed to this topic.</p>`;
  const why = whyInWords(match);
  return html`<section><h2><span dir="auto">${oneLine(topic.title)}</span> <span class="soft">${topic.severity}</span></h2>
${passages.map((passage) => html`<blockquote dir="auto">${passageParts(passage).map(({ text, marked }) => (marked ? html`<mark>${text}</mark>` : html`${text}`))}</blockquote>`)}
<p class="soft">Why: ${why.some(({ marked }) => marked) ? boldParts(why) : 'the topic holds'} in ${originInWords(match)}.</p>
<dl><dt>Clause</dt><dd dir="auto"><code>${oneLine(match.why)}</code></dd><dt>Topic</dt><dd><bdi>${oneLine(topic.id)}</bdi>, version ${oneLine(topic.version)}</dd></dl>
${mute}</section>`;
}

function times({ article, times: { matchedAt, alertedAt } }: Match, timeZone: string): Markup {
  const rows = [
    ['Published', article.publishedAt],
    ['Seen', article.firstSeenAt],
    ['Matched', matchedAt],
    ['Alerts prepared', alertedAt],
  ] as const;
  return html`<h2>When</h2>
<dl>${rows.map(([name, at]) =>
    at === null ? html`` : html`<dt>${name}</dt><dd>${instantInWords(at, timeZone)}</dd>`,
  )}</dl>`;
}

// ---------------------------------------------------------------- the event

async function storySection({ hit, matches: own, deliveries }: SentHit, visit: Visit): Promise<Markup> {
  const { ports } = visit;
  const [story, reports] = await Promise.all([
    ports.stories.getStory(hit.story.id),
    ports.hits.hitsOfStory(hit.story.id, { limit: MOST_REPORTS, cursor: null }),
  ]);
  const others = reports.items.filter(({ article }) => article !== hit.article);
  const matches = await ports.matches.getMatches(others.flatMap(({ matches: [first] }) => first?.id ?? []));
  const sent = [...deliveries, ...(await ownDeliveries(others, visit))];
  const rows = [hit, ...others].toSorted((a, b) => (a.firstSeenAt < b.firstSeenAt ? 1 : -1));
  return html`<h2>The event</h2>
<p>${story === null ? null : html`<bdi>${oneLine(story.title)}</bdi>: `}${countsOf(story, rows.length)}</p>
<ul>${rows.map((report) => reportRow(report, report === hit, [...own, ...matches], sent, visit))}</ul>
${reports.cursor === null ? null : html`<p class="soft">Older reports are not shown.</p>`}`;
}

function countsOf(story: Story | null, shown: number): string {
  const reports = story?.hits ?? shown;
  const texts = story?.texts ?? 1;
  const independent = reports > 1 ? `, ${texts} of them independent` : '';
  return `${reports === 1 ? 'one report so far' : `${reports} reports${independent}`}.`;
}

function reportRow(
  report: Hit,
  isThis: boolean,
  matches: readonly Match[],
  sent: readonly Delivery[],
  { timeZone }: Visit,
): Markup {
  const match = matches.find(({ article }) => article.id === report.article);
  const own = sent.filter(({ articleId }) => articleId === report.article);
  const title = match === undefined ? 'A report that is no longer stored' : headline(match);
  const name = isThis
    ? html`<b>This article</b>`
    : own.length > 0 && match !== undefined
      ? html`<a href="${pathFrom.hit(report.article)}">${title}</a>`
      : html`${title}`;
  const source = match === undefined ? null : html`<bdi>${sourceName(match)}</bdi> · `;
  const states = own.length === 0 ? ['not part of your alerts'] : own.map((one) => deliveryInWords(one, timeZone));
  return html`<li><p dir="auto">${name}</p><p class="soft">${source}${instantInWords(report.firstSeenAt, timeZone)}</p>
<p class="soft" dir="auto">${kindInWords(report)} (${emphasised(report.story.reason)})</p><p class="soft">${states.join('; ')}</p></li>`;
}

/** The deciding words of a reason stand between asterisks. */
const emphasised = (reason: string): readonly Markup[] =>
  oneLine(reason)
    .split(/\*([^*]+)\*/)
    .map((part, at) => (at % 2 === 1 ? html`<b>${part}</b>` : html`${part}`));
