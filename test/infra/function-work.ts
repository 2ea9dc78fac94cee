// The work of each function on the table, in all the ways that make it call the table differently. The rest of its world is made up.

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { upgradeTable } from '../../adapters/dynamodb/data-version.ts';
import { TableClient } from '../../adapters/dynamodb/table-client.ts';
import { createOutputFeeds } from '../../shared/api/output-feeds.ts';
import { createPublicLinks } from '../../shared/api/public-links.ts';
import { compileTopics } from '../../shared/matching/topic-matcher.ts';
import type { Hit } from '../../shared/model/hit.ts';
import { articleIdOf, feedIdOf, hitDeliveryIdOf, type SubscriptionId } from '../../shared/model/ids.ts';
import type { Item } from '../../shared/model/item.ts';
import type { ArticleMessage, DeliveryMessage } from '../../shared/model/messages.ts';
import { SNS_TOPIC_SUBSCRIPTION } from '../../shared/model/subscription.ts';
import { hashOfAddress } from '../../shared/model/suppression.ts';
import { idleSharedPace } from '../../shared/net/host-pace.ts';
import type { SnsState, Stores } from '../../shared/ports.ts';
import { deliverQueued } from '../../shared/usecases/alerting/deliver.ts';
import { noteMailEvent } from '../../shared/usecases/alerting/note-mail-event.ts';
import { notifyOperators } from '../../shared/usecases/alerting/notify-operators.ts';
import { recordAlerts } from '../../shared/usecases/alerting/record-alerts.ts';
import { sweep } from '../../shared/usecases/alerting/sweep.ts';
import { configure } from '../../shared/usecases/managing/configure.ts';
import { subscriptionIdOf } from '../../shared/usecases/managing/subscribe.ts';
import { createTopicsInForce, matchArticle } from '../../shared/usecases/matching/match-articles.ts';
import { pollFeeds } from '../../shared/usecases/polling/poll-feeds.ts';
import { schedulePolls } from '../../shared/usecases/polling/schedule-polls.ts';
import { placeAlone } from '../contracts/some-stories.ts';
import { ALERT_SETTINGS, anAlertWorld, wholeBudget } from '../support/alert-world.ts';
import { anApi } from '../support/api-world.ts';
import {
  aDelivery,
  aDigest,
  aHit,
  aMatch,
  aNewFeed,
  anItem,
  aSubscription,
  aTopic,
  epochSeconds,
  later,
  type SetClock,
  START,
} from '../support/builders.ts';
import { testChannels } from '../support/channels.ts';
import { aLog, aPublisher, aQueue, readItems, someMetrics } from '../support/fakes.ts';
import { deliverHit, placeHit } from '../support/link-world.ts';
import { anOutput, pathOfOutput } from '../support/output-world.ts';
import { placingParts } from '../support/placing.ts';
import { storeReport } from '../support/store-report.ts';

export interface Place {
  /** Prepares; not the function's work. */
  readonly given: Stores;
  /** Those of the function. */
  readonly stores: Stores;
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly clock: SetClock;
}

const DAY_MS = 86_400_000;
const NEVER = epochSeconds(later(365 * DAY_MS));
const TOKEN = 'token-0123456789-0123456789';

const asksHosts = async ({ hostPaces }: Stores): Promise<void> => {
  const { version } = await hostPaces.read('news.example.org');
  await hostPaces.replace('news.example.org', idleSharedPace, version, NEVER);
};

const alerting = ({ stores, clock }: Place, change: Partial<typeof ALERT_SETTINGS.alerts> = {}) => ({
  ports: { ...anAlertWorld().ports, ...stores, clock },
  settings: { ...ALERT_SETTINGS, alerts: { ...ALERT_SETTINGS.alerts, ...change } },
});

/** As the mailer of the function does. */
const asksSuppressions = async ({ stores }: Place, address: string | null): Promise<void> => {
  await stores.suppressions.getSuppression(hashOfAddress(address ?? ''));
};

/** A reader who gets single alerts, one who gets digests, and a chat whose address is not stored any more. */
async function givenReaders({ given }: Place): Promise<void> {
  await given.subscriptions.createSubscription(aSubscription());
  const id = 'subscription-2' as SubscriptionId;
  await given.subscriptions.createSubscription(
    aSubscription({ id, target: 'digest@example.org', digest: 'hourly', topics: ['*'], unsubscribeToken: TOKEN }),
  );
  const chat = { channel: 'slack', target: 'hooks.slack.com/…Xy3z', unsubscribeToken: `${TOKEN}-of-the-chat` } as const;
  await given.subscriptions.createSubscription(aSubscription({ id: 'subscription-3' as SubscriptionId, ...chat }));
}

/** Subscriptions with something due: an open question, an answer at SNS, the end of one that was never confirmed. */
async function givenSteps({ given }: Place): Promise<void> {
  const consent = { requestedAt: START, requestedBy: 'API', wording: null, confirmedAt: null } as const;
  const some = { topics: ['treaties'], state: 'unconfirmed', dueAt: START } as const;
  const openQuestion = { link: 'link', until: later(DAY_MS), asked: 1, attempts: 0 };
  for (const change of [
    { id: 'asked', step: 'question', openQuestion, consent: { ...consent, question: 'mail' } },
    { id: 'over', step: 'removal', consent: { ...consent, question: 'mail' } },
    {
      id: 'held by SNS',
      channel: 'sns-email',
      step: 'sns',
      snsSubscriptionArn: 'arn:1',
      consent: { ...consent, question: 'sns' },
    },
    { id: 'of a fast clock', step: 'reminder', dueAt: later(DAY_MS), updatedAt: later(DAY_MS) },
  ] as const)
    await given.subscriptions.createSubscription(
      aSubscription({ ...some, ...change, id: change.id as SubscriptionId, target: `${change.step}@example.org` }),
    );
}

/**
 * Hits of one story, each with something new. The second finds the digests there, and comes when no more single alerts may be sent; it has
 * a topic that is not wanted, too.
 */
async function givenHits({ given }: Place): Promise<readonly Hit[]> {
  const hits = ['one', 'two', 'three'].map((articleId) => {
    const matches = [aMatch({ articleId }), aMatch({ articleId, topicId: 'treaties' })];
    const place = { ...aHit().story, id: 'one-story', kind: 'new', news: ['40'] } as const;
    return { matches, hit: aHit({ story: place }, matches) };
  });
  for (const { matches, hit } of hits) {
    for (const match of matches) await given.matches.putMatch(match);
    await placeAlone(given, hit);
  }
  return hits.map(({ hit }) => hit);
}

export const FUNCTION_WORK = {
  async 'schedule-polls'({ given, stores, clock }) {
    await given.feeds.addFeed(aNewFeed());
    await schedulePolls({ ...stores, pollQueue: aQueue(), clock, log: aLog(), metrics: someMetrics() }, ALERT_SETTINGS);
  },

  async 'poll-feeds'({ given, stores, clock }) {
    const publisher = aPublisher();
    const feed = aNewFeed();
    await given.feeds.addFeed(feed);
    const ports = {
      ...stores,
      articleQueue: aQueue<ArticleMessage>(),
      fetcher: publisher,
      readFeed: readItems,
      clock,
      log: aLog(),
      metrics: someMetrics(),
    };
    const item = (name: string) => anItem({ id: name, url: `https://news.example.org/${name}`, title: name });
    const poll = async (items: readonly string[]): Promise<void> => {
      publisher.show(feed.url, { items: items.map(item) });
      clock.advance(3_600_000);
      const slot = clock.now().toISOString();
      await pollFeeds({ v: 1, kind: 'poll', pollBatch: '000001', slot, feedIds: [feed.id] }, ports, ALERT_SETTINGS);
    };
    await poll(['a', 'b', 'c']);
    await poll(['b', 'c', 'd']);
    await poll(['d', 'e']);
    await asksHosts(stores);
  },

  async 'match-articles'({ given, stores, clock }) {
    await given.topics.putTopics([aTopic(), aTopic({ id: 'treaties', any: { en: ['treaty'] } })]);
    const world = {
      ...stores,
      clock,
      log: aLog(),
      metrics: someMetrics(),
      articleQueue: aQueue<ArticleMessage>(),
      pages: { fetchPage: async (url: string) => ({ html: '', finalUrl: url }) },
      extractor: { extract: async () => ({ ok: false as const, reason: 'no text' }) },
      topicsInForce: createTopicsInForce({ topics: stores.topics, clock, log: aLog() }, compileTopics),
      ...placingParts({ ...stores, clock }),
    };
    const message = (host: string, item: Partial<Item> = {}): ArticleMessage => ({
      v: 1,
      kind: 'article',
      feed: {
        id: feedIdOf(`https://${host}/feed`),
        title: host,
        url: `https://${host}/feed`,
        language: 'en',
        fullText: 'never',
      },
      item: anItem(item),
      articleId: articleIdOf(item.url ?? anItem().url!),
      linkIsOwn: true,
      firstPoll: false,
      polledAt: START,
      truncated: false,
    });
    const match = (...about: Parameters<typeof message>) => matchArticle(message(...about), world, ALERT_SETTINGS);
    const summary = 'At dawn a convoy of forty army trucks crossed the river Elbe near Magdeburg, police said.';
    const other = { url: 'https://other.example.org/convoy', summary: `${summary} Nobody was hurt.` };
    // Its match was stored before there were hits.
    const old = 'https://old.example.org/1';
    await given.matches.putMatch(aMatch({ articleId: articleIdOf(old) }));
    await match('old.example.org', { url: old, summary });
    await match('news.example.org', { summary });
    await match('news.example.org', { summary });
    await match('other.example.org', { summary });
    await match('news.example.org', { summary: `${summary} The treaty was ratified.` });
    await match('other.example.org', other);
    await match('other.example.org', { url: 'https://other.example.org/2', title: 'Rain', summary: 'It rained.' });
    clock.advance(DAY_MS);
    await world.words.exchange();
    await asksHosts(stores);
  },

  async 'send-alerts'(place) {
    await givenReaders(place);
    const { ports, settings } = alerting(place);
    const paced = { ...settings, mail: { ...settings.mail, maxPerSecond: 1 } };
    const [first, ...others] = await givenHits(place);
    // Many subscribers: the place is noted.
    const page = ports.subscriptions.subscribersPage.bind(ports.subscriptions);
    const endless = {
      ...ports,
      subscriptions: {
        ...ports.subscriptions,
        subscribersPage: async (...about: Parameters<typeof page>) => ({ ...(await page(...about)), next: 'z#' }),
      },
    };
    await recordAlerts(first!.article, endless, paced);
    for (const { article } of [first!, ...others]) await recordAlerts(article, ports, paced);
  },

  async 'deliver-alerts'(place) {
    await givenReaders(place);
    const { given, stores, clock } = place;
    const { ports, settings } = alerting(place, { maxSinglePerTenMinutes: 1 });
    const paced = { ...settings, mail: { ...settings.mail, maxPerSecond: 1 } };
    const alert = async ({ article }: Hit, as = settings): Promise<void> => {
      const messages: DeliveryMessage[] = [];
      const deliveryQueue = { send: async (some: readonly DeliveryMessage[]) => void messages.push(...some) };
      await recordAlerts(article, { ...ports, ...given, deliveryQueue }, settings);
      for (const message of messages) await deliverQueued(message, { ...ports, ...stores }, as);
    };
    const [first, ...others] = await givenHits(place);
    await alert(first!);
    // One too many at once goes to a digest: there is none yet, then there is one.
    for (const articleId of ['of another event', 'of a third event']) {
      const match = aMatch({ articleId });
      await given.matches.putMatch(match);
      await placeAlone(given, aHit({}, [match]));
      await alert(aHit({}, [match]));
    }
    for (const hit of others) {
      await alert(hit);
      clock.advance(5 * 3_600_000);
    }
    const last = aMatch({ articleId: 'at a pace' });
    await given.matches.putMatch(last);
    await placeAlone(given, aHit({}, [last]));
    await alert(aHit({}, [last]), paced);
    await asksSuppressions(place, settings.mail.from);
  },

  async sweep(place) {
    const { given, stores, clock } = place;
    await givenReaders(place);
    await givenSteps(place);
    await givenHits(place);
    await given.matches.putMatch(
      aMatch(
        { articleId: 'of a fast clock, from before there were hits' },
        { alertState: 'pending', times: { polledAt: START, matchedAt: later(DAY_MS), alertedAt: null } },
      ),
    );
    await placeAlone(given, aHit({ changedAt: later(DAY_MS) }, [aMatch({ articleId: 'of a fast clock' })]));
    await given.deliveries.createDelivery(
      aDelivery({ subscriptionId: 'reader-9' as SubscriptionId, dueAt: later(DAY_MS), updatedAt: later(DAY_MS) }),
    );
    const ahead = { windowStart: later(DAY_MS), updatedAt: later(DAY_MS) };
    await given.digests.openDigest(aDigest({ subscriptionId: 'reader-9' as SubscriptionId, ...ahead }));
    const feed = aNewFeed();
    await given.feeds.addFeed(feed);
    const { state } = (await given.feeds.getFeed(feed.id))!;
    await given.feeds.savePollState(feed.id, { ...state, goneAt: START });

    const { ports: alerts, settings } = alerting(place, { maxSinglePerTenMinutes: 1 });
    let isEnded = false;
    const stateOf = async (): Promise<SnsState> => (isEnded ? 'gone' : 'confirmed');
    const ports = { ...alerts, snsSubscriptions: { stateOf } };
    await sweep(ports, settings, wholeBudget(clock));
    isEnded = true;
    await given.subscriptions.updateSubscription('held by SNS' as SubscriptionId, { dueAt: START }, START);
    clock.advance(2 * 3_600_000);
    await sweep(ports, settings, wholeBudget(clock));
    await notifyOperators({ ...stores, operators: null, clock, log: aLog() });
    await asksSuppressions(place, settings.mail.from);
  },

  async api({ given, stores, clock }) {
    await given.matches.putMatch(aMatch());
    const reported = await storeReport(given, { story: 'ferry' });
    const alert = {
      ...aDelivery({ matchId: reported.matches[0]!.id, articleId: reported.article }),
      kind: 'alert',
    } as const;
    await given.deliveries.createDelivery({ ...alert, id: hitDeliveryIdOf(reported.article, 1, alert.subscriptionId) });
    await given.digests.openDigest(aDigest());
    await given.deliveries.createDelivery(
      aDelivery({ state: 'waiting', dueAt: null, digestId: aDigest().id, subscriptionId: aDigest().subscriptionId }),
    );
    await given.digests.beginDigest(aDigest().id, START, later(60_000));
    await given.digests.finishDigest(
      aDigest().id,
      { state: 'closed', dueAt: later(60_000), reason: 'throttled' },
      [],
      START,
    );
    const failing = aDelivery({ subscriptionId: 'reader-9' as SubscriptionId, reason: 'throttled' });
    await given.deliveries.createDelivery(failing);
    const failed = { state: 'failed', dueAt: null, subscriptionId: SNS_TOPIC_SUBSCRIPTION } as const;
    const lost = [
      aDelivery({ ...failed, channel: 'sns' }),
      { ...alert, ...failed, id: hitDeliveryIdOf(reported.article, 1, SNS_TOPIC_SUBSCRIPTION) },
    ];
    for (const delivery of lost) await given.deliveries.createDelivery(delivery);
    const ofStory = { ...alert, articleId: reported.article, storyId: reported.story.id };
    const reader = subscriptionIdOf('email', 'reader@example.org');
    const forgotten = { ...ofStory, id: hitDeliveryIdOf(reported.article, 1, reader), subscriptionId: reader };
    const feed = aNewFeed();
    const imported = aNewFeed({ url: 'https://imported.example.org/feed' });
    for (const { id } of [feed, imported]) {
      const keys = new Set(['0123456789ab']);
      await given.feeds.saveMemory(id, { current: keys, week: '2026-W47', left: keys, expiresAt: NEVER });
    }

    await given.topics.putTopics([aTopic({ id: 'configured' })], { source: 'configuration' });

    const { ask, errors } = anApi({ ...stores, clock });
    const ok = async (...asked: Parameters<typeof ask>) => {
      const answer = await ask(...asked);
      if (answer.status >= 300) throw new Error(`${asked[0]} ${asked[1]}: ${JSON.stringify(answer.body)}`);
      return answer.body;
    };
    // What adding many falls back to when a batch was filled meanwhile.
    await stores.feeds.addFeed(feed);
    await ok('POST', '/v1/feeds/import', { feeds: [{ url: imported.url }] });
    await ok('GET', '/v1/feeds');
    await ok('GET', `/v1/feeds/${feed.id}`);
    await ok('PATCH', `/v1/feeds/${feed.id}`, { title: 'Renamed' });
    await ok('POST', `/v1/feeds/${feed.id}/poll`);
    await ok('DELETE', `/v1/feeds/${imported.id}`);
    const topic = aTopic();
    await ok('PUT', '/v1/topics', { topics: [topic] });
    await ok('GET', '/v1/topics?state=all');
    await ok('GET', `/v1/topics/${topic.id}?version=${encodeURIComponent(topic.version)}`);
    await ok('DELETE', '/v1/topics/configured');
    await ok('POST', '/v1/topics/configured/restore');
    const { id: matchId, expiresAt } = aMatch();
    const mark = { matchId, topicId: topic.id, subscriptionId: 'reader-9' as SubscriptionId, at: START, expiresAt };
    await given.matches.noteNotRelevant(mark);
    await ok('GET', `/v1/topics/${topic.id}/feedback`);
    for (const filter of ['', `?topic=${topic.id}`, `?feed=${feed.id}`]) await ok('GET', `/v1/matches${filter}`);
    await ok('GET', `/v1/matches/${aMatch().id}`);
    await ok('GET', `/v1/matches/${aMatch().id}/deliveries`);
    const [report] = reported.matches;
    await ok('GET', `/v1/matches/${report!.id}/deliveries`);
    await ok('GET', `/v1/matches/${report!.id}/story`);
    await ok('GET', '/v1/stories');
    await ok('GET', `/v1/stories/${reported.story.id}`);
    const wanted = { channel: 'email', target: 'reader@example.org', topics: [topic.id] };
    await ok('POST', '/v1/subscriptions', wanted);
    const { items } = (await ok('GET', '/v1/subscriptions')) as { items: { id: string }[] };
    await ok('GET', `/v1/subscriptions?target=${wanted.target}`);
    await ok('PATCH', `/v1/subscriptions/${items[0]!.id}`, { digest: 'daily', whenEmpty: true });
    await ok('GET', `/v1/subscriptions/${items[0]!.id}/deliveries`);
    const asking = anApi({ ...stores, clock, settings: ALERT_SETTINGS });
    for (let times = 0; times < 2; times += 1) {
      const { status, body } = await asking.ask('POST', '/v1/subscriptions', {
        ...wanted,
        target: 'asked@example.org',
      });
      if (status >= 300) throw new Error(JSON.stringify(body));
    }
    await ok('DELETE', `/v1/topics/${topic.id}`);
    await ok('DELETE', `/v1/subscriptions/${items[0]!.id}`);
    await ok('GET', '/v1/stories?with=report,triage&triage=unread');
    await ok('GET', '/v1/stories/volume');
    const view = (await ok('POST', '/v1/views', { name: 'All', query: '' })) as { id: string };
    await ok('DELETE', `/v1/views/${view.id}`);
    await ok('GET', '/v1/stories/volume?text=convoy');
    await ok('PUT', `/v1/stories/${reported.story.id}/triage`, { state: 'read' });
    for (const filter of ['', '?failing=true', '?subscription=sns-topic', `?story=${reported.story.id}`])
      await ok('GET', `/v1/deliveries${filter}`);
    await ok('POST', '/v1/deliveries/redeliver', { ids: lost.map(({ id }) => id) });
    await ok('POST', '/v1/deliveries/redeliver', { failed: true });
    const bounced = hashOfAddress('bounced@example.org');
    await given.suppressions.suppress({ hash: bounced, cause: 'bounce', reason: 'no such user', at: START });
    await ok('GET', '/v1/suppressions');
    await ok('POST', '/v1/suppressions/remove', { address: 'bounced@example.org' });
    const { id: outputId } = (await ok('POST', '/v1/outputs', { feed: feed.id })) as { id: string };
    await ok('GET', '/v1/outputs');
    await ok('PATCH', `/v1/outputs/${outputId}`, { feed: null });
    await ok('POST', `/v1/outputs/${outputId}/renew`);
    await ok('DELETE', `/v1/outputs/${outputId}`);
    await ok('GET', '/v1/status');
    await given.deliveries.createDelivery({ ...failing, ...forgotten, digestId: aDigest().id });
    await ok('POST', '/v1/forget', { address: wanted.target });
    await asksHosts(stores);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
  },

  async 'output-feeds'({ given, stores, clock }) {
    const match = aMatch();
    await given.matches.putMatch(match);
    const handle = createOutputFeeds({ ...stores, publicUrl: () => null, clock, log: aLog() });
    for (const filter of [{}, { topics: [match.topic.id] }, { feed: match.sources[0]!.feedId }]) {
      await given.outputs.removeOutput(anOutput().id);
      await given.outputs.createOutput(anOutput(filter));
      const response = await handle(new Request(`https://api.example.org${pathOfOutput('json')}`));
      const { items } = (await response.json()) as { items: readonly unknown[] };
      if (items.length !== 1) throw new Error(`${JSON.stringify(filter)}: ${items.length} entries`);
    }
  },

  async 'public-links'(place) {
    const { given, stores, clock } = place;
    await given.topics.putTopics([aTopic(), aTopic({ id: 'treaties' })]);
    const subscription = aSubscription({ topics: ['river-crossings', 'treaties'], unsubscribeToken: TOKEN });
    await given.subscriptions.createSubscription(subscription);
    const hit = await placeHit(given, [aMatch()]);
    await deliverHit(given, hit, subscription);
    const handle = createPublicLinks({ ...stores, ...testChannels(), settings: ALERT_SETTINGS, clock, log: aLog() });
    const ask = async (path: string, fields?: Readonly<Record<string, string>>) => {
      const form = fields === undefined ? {} : { method: 'POST', body: new URLSearchParams(fields) };
      const { status } = await handle(new Request(`https://links.example.org/u/${TOKEN}${path}`, form));
      if (status !== 200) throw new Error(`${path} ${JSON.stringify(fields)}: ${status}`);
    };
    const topic = 'river-crossings';
    await ask('');
    await ask(`/hit/${hit.article}`);
    await ask(`/not-relevant/${hit.article}`, { action: 'not-relevant', topic });
    await ask(`/mute/${topic}?article=${hit.article}`, { action: 'mute', what: 'story', for: 'day' });
    await ask(`/mute/${topic}`, { action: 'mute', what: 'topic', for: 'day' });
    await ask('', { action: 'digest', digest: 'daily' });
    await ask('', { action: 'stop-topic', topic });
    await ask('', { action: 'take-back', topic });
    await ask('', { 'List-Unsubscribe': 'One-Click' });
    await ask('', { action: 'undo' });
    await ask('', { action: 'digest', digest: 'weekly' });
    const openQuestion = { link: 'link', until: later(DAY_MS), asked: 1, attempts: 0 };
    const consent = {
      question: 'mail',
      requestedAt: START,
      requestedBy: 'API',
      wording: 1,
      confirmedAt: null,
    } as const;
    const unconfirmed = { state: 'unconfirmed', consent, openQuestion, whenEmpty: true } as const;
    await given.subscriptions.updateSubscription(subscription.id, unconfirmed, START);
    await ask('/confirm/other', { action: 'ask-again' });
    await given.subscriptions.updateSubscription(subscription.id, unconfirmed, START);
    await ask('/confirm/link', { action: 'confirm' });
  },

  async 'mail-events'({ given, stores, clock }) {
    await given.subscriptions.createSubscription(aSubscription());
    const hit = await placeHit(given, [aMatch()]);
    await deliverHit(given, hit, aSubscription());
    const alert = hitDeliveryIdOf(hit.article, 1, aSubscription().id);
    const alerted = { storyId: hit.story.id, subscriptionId: aSubscription().id, topics: [], severity: null } as const;
    await given.storyReaders.noteAlerted({ ...alerted, alertedAt: START, alertedBy: alert, expiresAt: NEVER });
    await given.digests.openDigest(aDigest());
    // One of a match from before there were hits, and one of a hit.
    const member = aDelivery({ state: 'waiting', dueAt: null, digestId: aDigest().id });
    const ofHit = hitDeliveryIdOf(hit.article, 2, aSubscription().id);
    for (const id of [member.id, ofHit]) await given.deliveries.createDelivery({ ...member, id });
    await given.digests.beginDigest(aDigest().id, START, later(60_000));
    const sent = { state: 'sent', dueAt: null, reason: null } as const;
    await given.digests.finishDigest(aDigest().id, sent, [member.id, ofHit], START);
    for (const mailId of [aDelivery().id, aDigest().id, alert, 'unknown']) {
      const reason = '550 5.1.1 no such user';
      const addresses = [aSubscription().target];
      const event = {
        state: 'bounced',
        suppresses: 'bounce',
        addresses,
        mailId,
        providerId: 'ses-1',
        reason,
      } as const;
      await noteMailEvent({ ...event, at: START }, { ...stores, clock, log: aLog() });
    }
  },

  async configure(place) {
    const { given, stores, clock, client, tableName } = place;
    await givenReaders(place);
    const feed = aNewFeed();
    for (const { id } of [feed, aNewFeed({ url: 'https://second.example.org/feed' })]) {
      const keys = new Set(['0123456789ab']);
      await given.feeds.saveMemory(id, { current: keys, week: '2026-W47', left: keys, expiresAt: NEVER });
    }
    const ports = { ...stores, pollQueue: aQueue(), clock, log: aLog() };
    const row = (url: string, title: string) => ({ url, title, folder: '', language: null });
    const [kept, ended] = [aTopic({ id: 'kept' }), aTopic()];
    const packs = ['examples'];
    const first = { feeds: [row(feed.url, 'First')], topics: [kept, ended], packs };
    const second = {
      feeds: [row(feed.url, 'Renamed'), row('https://second.example.org/feed', 'Second')],
      topics: [kept],
      packs,
    };
    await configure(ports, first, ALERT_SETTINGS);
    // What adding many falls back to when a batch was filled meanwhile.
    await stores.feeds.addFeed(feed);
    await configure(ports, second, ALERT_SETTINGS, { whenMostEnd: 'keep' });

    const table = new TableClient({ client, tableName });
    const rewrite = (record: Record<string, unknown>) => ({ ...record, shape: 2 });
    const recordVersion = await upgradeTable(table, { onUpgrade: () => {}, steps: [{ to: 2, rewrite }] });
    await recordVersion();
  },
} satisfies Record<string, (place: Place) => Promise<void>>;
