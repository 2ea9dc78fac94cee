// A subscriber, an article that they were alerted to, and the pages behind the links in their mails.
import { createPublicLinks, type PublicLinkPorts } from '../../shared/api/public-links.ts';
import type { Hit } from '../../shared/model/hit.ts';
import { hitDeliveryIdOf } from '../../shared/model/ids.ts';
import type { Match } from '../../shared/model/match.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { withReport } from '../../shared/model/story.ts';
import type { Delivery, Subscription } from '../../shared/model/subscription.ts';
import type { Stores } from '../../shared/ports.ts';
import { aClock, aDelivery, aHit, aMatch, aSubscription, aTopic } from './builders.ts';
import { testChannels } from './channels.ts';
import { aLog } from './fakes.ts';
import { createMemoryStores } from './memory-store.ts';

export const LINK_TOKEN = 'a'.repeat(43);

/** Stores the matches of one article and its hit, the newest report of its story. */
export async function placeHit(
  stores: Pick<Stores, 'matches' | 'stories'>,
  matches: readonly [Match, ...Match[]],
  story: Partial<Hit['story']> = {},
): Promise<Hit> {
  for (const match of matches) await stores.matches.putMatch(match);
  const [lead] = matches;
  const plain = aHit({ alertState: 'done' }, matches);
  const hit: Hit = { ...plain, story: { ...plain.story, ...story } };
  const before = await stores.stories.getStory(hit.story.id);
  const { title, language } = lead.article;
  const after = withReport(before, { hit, title, language, source: lead.sources[0]! });
  await stores.stories.place({ hit, story: after, record: null, before: null, candidates: { stories: [], keys: [] } });
  return hit;
}

/** The subscriber's alert of the hit: sent, unless the change says otherwise. */
export async function deliverHit(
  { deliveries }: Pick<Stores, 'deliveries'>,
  hit: Hit,
  subscription: Subscription,
  change: Partial<Delivery> = {},
): Promise<void> {
  await deliveries.createDelivery({
    ...aDelivery({ matchId: hit.matches[0]!.id, subscriptionId: subscription.id }),
    id: hitDeliveryIdOf(hit.article, 1, subscription.id),
    kind: 'alert',
    matchIds: hit.matches.map(({ id }) => id),
    articleId: hit.article,
    storyId: hit.story.id,
    state: 'sent',
    dueAt: null,
    sentAt: hit.firstSeenAt,
    ...change,
  });
}

/** `treaties` is another topic of the subscriber; `given` replaces fields of the subscription, `change` parts of the pages' world. */
export async function aLinkWorld(given: Partial<Subscription> = {}, change: Partial<PublicLinkPorts> = {}) {
  const clock = aClock();
  const log = aLog();
  const stores = createMemoryStores({ clock });
  await stores.topics.putTopics([aTopic(), aTopic({ id: 'treaties', title: 'Treaties & pacts' })]);
  const subscription = aSubscription({
    unsubscribeToken: LINK_TOKEN,
    topics: ['river-crossings', 'treaties'],
    target: 'reader@example.org',
    ...given,
  });
  await stores.subscriptions.createSubscription(subscription);
  const hit = await placeHit(stores, [aMatch()]);
  await deliverHit(stores, hit, subscription);
  const { channelSecrets } = testChannels();
  const links = createPublicLinks({ ...stores, channelSecrets, settings: defaultSettings, clock, log, ...change });
  /** `path` is what follows the token. */
  const ask = async (method: string, path = '', fields: Readonly<Record<string, string>> | null = null) => {
    const body = fields === null ? {} : { body: new URLSearchParams(fields) };
    const response = await links(new Request(`https://x.example/u/${LINK_TOKEN}${path}`, { method, ...body }));
    const html = await response.text();
    return { status: response.status, headers: response.headers, html, words: wordsOf(html) };
  };
  const now = async (): Promise<Subscription> => (await stores.subscriptions.getSubscription(subscription.id))!;
  return { ask, now, links, stores, channelSecrets, clock, log, subscription, hit };
}

/** What a reader sees of a page, on one line. */
const wordsOf = (html: string): string =>
  html
    .replace(/^.*<body>|<\/body>.*$/gs, '')
    .replace(/<\/?(?:p|li|h\d|dd|dt|div|form|button|blockquote|section|ul|label)\b[^>]*>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? "'")
    .replace(/\s+/g, ' ')
    .trim();
