// What a subscription gets, and buttons to change it: stop a topic or everything, take back what was stopped, choose a digest, end a mute.
import { html, type Markup } from '../../alerts/html.ts';
import { oneLine } from '../../alerts/plain-text.ts';
import { settingsInWords } from '../../alerts/subscription-in-words.ts';
import { instantInWords } from '../../alerts/wording.ts';
import { mapConcurrently } from '../../core/map-concurrently.ts';
import { DIGEST_PERIODS, type DigestPeriod, type Mute } from '../../model/alert-rules.ts';
import { isWebChannel } from '../../model/channels.ts';
import { isUnanswered } from '../../model/consent.ts';
import type { Subscription } from '../../model/subscription.ts';
import { unexpired } from '../../model/subscription-settings.ts';
import { openWhenEmpty } from '../../usecases/alerting/join-digest.ts';
import { changeSubscription, unmute } from '../../usecases/managing/change-subscription.ts';
import {
  type StoppedTopic,
  stoppedTopics,
  stopTopic,
  takeBackTopic,
  undoEnd,
  undoUntil,
} from '../../usecases/managing/leave.ts';
import { unsubscribeByToken } from '../../usecases/managing/unsubscribe.ts';
import { unconfirmedPage } from './confirm-page.ts';
import { button, linkPage, NO_MORE, notice, notUnderstood } from './link-page.ts';
import { isSubscribedTo, type Visit } from './visit.ts';
import { DIGEST_CHOICES, MESSAGES, shortenedAddress } from './words.ts';

/** Topics whose titles are read at once. */
const CONCURRENCY = 8;

/** A form without an action ends the subscription: a mail program sends that at one click (RFC 8058). */
export async function managePage(visit: Visit): Promise<Response> {
  const { form, subscription } = visit;
  if (form === null) return shown(visit, subscription);
  const { after, words } = await act(visit, form);
  if (after === null) return notUnderstood();
  return shown(visit, after, words);
}

interface Act {
  /** Null: nothing that may be asked for. */
  readonly after: Subscription | null;
  readonly words: (titles: Titles) => string;
}

type Titles = (topic: string) => string;

/** The page of a subscription that has ended has its own words. */
const UNSAID: Act['words'] = () => '';
const UNKNOWN: Act = { after: null, words: UNSAID };

async function act({ ports, subscription }: Visit, form: URLSearchParams): Promise<Act> {
  const topic = form.get('topic') ?? '';
  switch (form.get('action') ?? 'stop') {
    case 'stop':
      return { after: await unsubscribeByToken(ports, subscription.unsubscribeToken), words: UNSAID };
    case 'undo':
      return undo(form, ports, subscription);
    case 'stop-topic': {
      const after = await stopTopic(ports, subscription, topic);
      return {
        after,
        words: (title) =>
          isSubscribedTo(after, topic)
            ? 'Nothing was changed: the subscription is to every topic.'
            : `You will receive no more alerts of “${title(topic)}”.`,
      };
    }
    case 'take-back': {
      const after = await takeBackTopic(ports, subscription, topic);
      return {
        after,
        words: (title) =>
          isSubscribedTo(after, topic)
            ? `You will receive alerts of “${title(topic)}” again.`
            : 'Nothing was changed: a stopped topic can be taken back for a week.',
      };
    }
    case 'digest':
      return changeDigest(form, ports, subscription);
    case 'unmute': {
      const muted = mutedIn(form, subscription);
      return muted === null
        ? { after: subscription, words: () => 'It is not muted.' }
        : { after: await unmute(ports, subscription, muted), words: () => 'It is no longer muted.' };
    }
    default:
      return UNKNOWN;
  }
}

/** As it was; with another digest where the form names one. */
async function undo(form: URLSearchParams, ports: Visit['ports'], subscription: Subscription): Promise<Act> {
  const after = await undoEnd(ports, subscription);
  await openWhenEmpty(after, ports, ports.settings);
  if (form.has('digest') && after.state === 'active') return changeDigest(form, ports, after);
  return { after, words: () => 'The subscription continues as before.' };
}

async function changeDigest(form: URLSearchParams, ports: Visit['ports'], subscription: Subscription): Promise<Act> {
  const digest = DIGEST_PERIODS.find((period) => period === form.get('digest'));
  if (digest === undefined || subscription.channel !== 'email') return UNKNOWN;
  const after =
    digest === subscription.digest ? subscription : await changeSubscription(ports, subscription.id, { digest });
  await openWhenEmpty(after, ports, ports.settings);
  return { after, words: () => `Your choice is saved: ${lowerFirst(DIGEST_CHOICES[digest])}.` };
}

const mutedIn = (form: URLSearchParams, { mutes }: Subscription): Mute | null =>
  mutes.find(({ kind, value }) => kind === form.get('kind') && value === form.get('value')) ?? null;

const lowerFirst = (words: string): string => words.slice(0, 1).toLowerCase() + words.slice(1);

// ---------------------------------------------------------------- the page

async function shown(visit: Visit, subscription: Subscription, done: Act['words'] | null = null): Promise<Response> {
  const now = visit.ports.clock.now();
  if (subscription.state === 'unsubscribed') return ended(visit, subscription, done !== null);
  if (subscription.state === 'unconfirmed') return unconfirmedPage(visit, subscription);
  const stopped = stoppedTopics(subscription, now);
  const titles = await titlesOf(
    visit,
    subscription,
    stopped.map(({ topic }) => topic),
  );
  const said = done === null ? null : notice(done(titles));
  const { channel, state } = subscription;
  const whyNone = WHY_NONE_IS_SENT[state];
  const body = html`${said}<p>For <b>${shortenedAddress(subscription)}</b></p>
${whyNone === undefined ? null : html`<p class="notice">${whyNone}</p>`}
${settingsOf(subscription, titles, visit)}
<h2>Topics</h2>
${topicList(subscription, titles)}
${stoppedList(stopped, titles)}
${digestForm(subscription)}
${muteList(subscription, titles, visit.timeZone, now)}
<h2>Stop everything</h2>
<p class="soft">${isWebChannel(channel) ? STOP_A_CHAT : 'It takes effect at once, and can be undone for a week.'}</p>
<div class="buttons">${button(`Stop all ${MESSAGES[channel]}`, { action: 'stop' })}${dailyInstead(subscription, { action: 'digest' })}</div>`;
  return linkPage(200, 'Your alerts', body);
}

const WHY_NONE_IS_SENT: Partial<Readonly<Record<Subscription['state'], string>>> = {
  suppressed:
    'Mail to this address came back, or was reported as spam, so none is sent. Ask those who run this service to allow it again.',
  disabled:
    'The service said that this address is gone, so nothing is sent. Ask those who run Tocsin to subscribe it again.',
};

const STOP_A_CHAT =
  'It takes effect at once, for everyone who receives these alerts. It cannot be undone here: the address is deleted, and has to be subscribed again.';

function ended({ ports, timeZone }: Visit, subscription: Subscription, isNew: boolean): Response {
  const until = undoUntil(subscription, ports.clock.now());
  const words = `${isNew ? 'The' : 'This'} subscription has ended. ${NO_MORE}`;
  const back =
    until === null
      ? html`<p class="soft">To receive alerts again, ask those who run this service.</p>`
      : html`<p class="soft">You can undo this until ${instantInWords(until.toISOString(), timeZone)}.</p><div class="buttons">${button('Undo', { action: 'undo' })}${dailyInstead(subscription, { action: 'undo' })}</div>`;
  return linkPage(200, isNew ? 'Unsubscribed' : 'Not subscribed', html`<p>${words}</p>${back}`);
}

/** For those whom the number of mails drives away. */
function dailyInstead(
  { channel, digest, consent }: Subscription,
  fields: Readonly<Record<string, string>>,
): Markup | null {
  const isFrequent = digest === 'none' || digest === 'hourly';
  if (channel !== 'email' || !isFrequent || isUnanswered(consent)) return null;
  return button('One mail a day instead', { ...fields, digest: 'daily' });
}

/** The id where a topic has ended. */
async function titlesOf(
  { ports }: Visit,
  { topics, mutes, topicRules }: Subscription,
  stopped: readonly string[],
): Promise<Titles> {
  const muted = mutes.flatMap(({ kind, value }) => (kind === 'topic' ? [value] : []));
  const wanted = [...new Set([...topics, ...topicRules.map(({ topic }) => topic), ...muted, ...stopped])].filter(
    (topic) => topic !== '*',
  );
  const titles = await mapConcurrently(
    wanted,
    CONCURRENCY,
    async (topic): Promise<[string, string]> => [topic, oneLine((await ports.topics.getTopic(topic))?.title ?? topic)],
  );
  const byId = new Map(titles);
  return (topic) => byId.get(topic) ?? oneLine(topic);
}

/** In sentences. Topics are named by title, times have a zone; mutes have a list of their own. */
function settingsOf(subscription: Subscription, titles: Titles, { timeZone, ports }: Visit): Markup {
  const topicRules = subscription.topicRules.map((rules) => ({ ...rules, topic: `“${titles(rules.topic)}”` }));
  const sentences = settingsInWords(
    { ...subscription, timeZone, topicRules, mutes: [] },
    ports.clock.now(),
    (at) => at,
  );
  return html`${sentences.map((words) => html`<p class="setting" dir="auto">${oneLine(words)}</p>`)}`;
}

function topicList({ topics, channel }: Subscription, titles: Titles): Markup {
  const mute = isWebChannel(channel)
    ? 'open “This match” in one of its messages'
    : 'use the “Mute” link in one of its mails';
  if (topics.includes('*')) return html`<p>Every topic. To silence one of them for a while, ${mute}.</p>`;
  return html`<ul>${topics.map(
    (topic) =>
      html`<li class="row"><span dir="auto">${titles(topic)}</span>${button('Stop this topic', { action: 'stop-topic', topic })}</li>`,
  )}</ul>`;
}

function stoppedList(stopped: readonly StoppedTopic[], titles: Titles): Markup | null {
  if (stopped.length === 0) return null;
  return html`<h2>Stopped in the last week</h2>
<ul>${stopped.map(
    ({ topic }) =>
      html`<li class="row"><span dir="auto">${titles(topic)}</span>${button('Undo', { action: 'take-back', topic })}</li>`,
  )}</ul>`;
}

function digestForm({ channel, digest }: Subscription): Markup | null {
  if (channel !== 'email') return null;
  const choice = (period: DigestPeriod): Markup =>
    html`<label><input type="radio" name="digest" value="${period}"${period === digest ? html` checked` : null}>${DIGEST_CHOICES[period]}</label>`;
  return html`<h2>How often</h2>
<form method="post"><input type="hidden" name="action" value="digest"><fieldset><legend class="soft">Choose one, then save.</legend>${DIGEST_PERIODS.map(choice)}</fieldset><button type="submit">Save</button></form>`;
}

function muteList({ mutes }: Subscription, titles: Titles, timeZone: string, now: Date): Markup | null {
  const open = unexpired(mutes, now);
  if (open.length === 0) return null;
  const name = ({ kind, value }: Mute): string => {
    if (kind === 'topic') return titles(value);
    return kind === 'story' ? 'One event and its later reports' : oneLine(value);
  };
  return html`<h2>Muted</h2>
<ul>${open.map(
    (muted) =>
      html`<li class="row"><span><span dir="auto">${name(muted)}</span> <span class="soft">until ${instantInWords(muted.until, timeZone)}</span></span>${button('Unmute', { action: 'unmute', kind: muted.kind, value: muted.value })}</li>`,
  )}</ul>`;
}
