// Whatever subscribers ask for, and whatever fails, repeats or comes late: every hit that a subscriber wants reaches them, or its record says
// why not; and none is reported twice. Seeded: random rules, stories and failures, on a virtual clock.
import { jest } from '@jest/globals';
import { rulesFor, UPDATE_EVERY_MS, wantedOf } from '../../../../shared/alerts/policy.ts';
import { DeliveryRefusedError, ServiceUnavailableError } from '../../../../shared/core/errors.ts';
import { DIGEST_PERIODS, FOLLOW_LEVELS, WEEKDAYS } from '../../../../shared/model/alert-rules.ts';
import { type Hit, hitMatchOf, newMatchesOf } from '../../../../shared/model/hit.ts';
import { hitDeliveryIdOf, type SubscriptionId } from '../../../../shared/model/ids.ts';
import type { Match } from '../../../../shared/model/match.ts';
import { SEVERITIES } from '../../../../shared/model/severity.ts';
import { STRENGTHS } from '../../../../shared/model/strength.ts';
import type { Delivery, Subscription } from '../../../../shared/model/subscription.ts';
import { sweep } from '../../../../shared/usecases/alerting/sweep.ts';
import { ALERT_SETTINGS, type AlertWorld, anAlertWorld, putHit, wholeBudget } from '../../../support/alert-world.ts';
import { aHit, aMatch, anArticle, aSubscription, later } from '../../../support/builders.ts';
import { below, pick, type Random, seeded } from '../../../support/seeded.ts';
import { sendAlerts } from '../../../support/send-alerts.ts';

jest.setTimeout(120_000);

const SEEDS = 40;
const SUBSCRIBERS = 4;
const STORIES = 4;
const HITS = 24;
/** Events that are under way at the same time. */
const WIDTH = 4;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const TOPICS = ['rivers', 'treaties', 'harbours', 'strikes'];
const ZONES = ['UTC', 'Asia/Kathmandu', 'America/New_York'];
const SETTINGS = { ...ALERT_SETTINGS, alerts: { ...ALERT_SETTINGS.alerts, maxSinglePerTenMinutes: 2 } };

const rank = (severity: Match['topic']['severity']): number => SEVERITIES.indexOf(severity);
const some = <T>(random: Random, all: readonly T[], share: number): T[] => all.filter(() => random() < share);
/** What was drawn by chance, or nothing. */
const maybe = <T extends object>(random: Random, share: number, fields: T): Partial<T> =>
  random() < share ? fields : {};

function someSubscription(random: Random, n: number): Subscription {
  return aSubscription({
    id: `subscriber-${n}` as SubscriptionId,
    target: `subscriber-${n}@example.org`,
    topics: random() < 0.5 ? ['*'] : [pick(random, TOPICS), ...some(random, TOPICS, 0.4)],
    timeZone: pick(random, ZONES),
    ...maybe(random, 0.3, {
      digest: pick(random, DIGEST_PERIODS),
      digestDay: pick(random, WEEKDAYS),
      digestAt: '18:30',
    }),
    ...maybe(random, 0.3, { minSeverity: pick(random, SEVERITIES) }),
    ...maybe(random, 0.4, { strength: pick(random, STRENGTHS) }),
    ...maybe(random, 0.2, { languages: ['en'] }),
    ...maybe(random, 0.2, { exceptSources: ['news-0.example.org'] }),
    ...maybe(random, 0.5, { follow: pick(random, FOLLOW_LEVELS) }),
    ...maybe(random, 0.3, { quietHours: { from: '22:00', until: '07:00' } }),
    ...maybe(random, 0.4, {
      topicRules: [
        { topic: pick(random, TOPICS), follow: pick(random, FOLLOW_LEVELS), digest: pick(random, DIGEST_PERIODS) },
      ],
    }),
  });
}

/** Of the topics, each as grave as it is everywhere. */
function someMatches(random: Random, articleId: string, topics: readonly string[]): readonly Match[] {
  const language = random() < 0.8 ? 'en' : 'de';
  const host = `news-${below(random, 3)}.example.org`;
  return topics.map((topicId) => {
    const match = aMatch({ articleId, topicId }, { sources: [{ ...anArticle().source, host }] });
    const severity = SEVERITIES[TOPICS.indexOf(topicId)] ?? 'low';
    const strength = random() < 0.6 ? 'strong' : pick(random, STRENGTHS);
    return {
      ...match,
      strength,
      topic: { ...match.topic, severity },
      article: { ...match.article, language, url: `https://${host}/${articleId}.html` },
    };
  });
}

/** A store that cannot be reached for some calls; nothing is written then. */
function failNowAndThen<Call extends string>(
  store: Record<Call, (...args: never[]) => Promise<unknown>>,
  call: Call,
  random: Random,
): void {
  const works = store[call].bind(store);
  store[call] = ((...args: never[]) =>
    random() < 0.03 ? Promise.reject(new ServiceUnavailableError('the table is away')) : works(...args)) as never;
}

interface Run {
  readonly world: AlertWorld;
  readonly subscribers: readonly Subscription[];
  /** Deliveries that should have been recorded and were not. */
  readonly unrecorded: readonly string[];
  /** Deliveries that waited for nothing at some time. */
  readonly stranded: readonly string[];
}

async function run(seed: number): Promise<Run> {
  const random = seeded(seed);
  const world = anAlertWorld();
  const { stores, clock, ports, faults } = world;
  const subscribers = Array.from({ length: SUBSCRIBERS }, (_, n) => someSubscription(random, n));
  await world.given({ subscriptions: subscribers });
  const reports = new Map<string, number>();
  const unrecorded: string[] = [];
  const stranded: string[] = [];
  const known: Hit['article'][] = [];
  let isDown = false;
  faults.mail = () => {
    if (isDown || random() < 0.05) return new ServiceUnavailableError('down');
    return random() < 0.01 ? new DeliveryRefusedError('refused') : null;
  };
  faults.publication = () => (random() < 0.05 ? new ServiceUnavailableError('down') : null);
  failNowAndThen(stores.hits, 'markAlerted', random);
  failNowAndThen(stores.storyReaders, 'beginSending', random);
  for (const call of ['createDelivery', 'beginAttempt', 'finishAttempt', 'mergeHeld'] as const)
    failNowAndThen(stores.deliveries, call, random);
  for (let n = 0; n < HITS; ) {
    const events: (() => Promise<unknown>)[] = [];
    for (let width = 1 + below(random, WIDTH); width > 0 && n < HITS; width -= 1, n += 1) {
      const articleId = `article-${n}` as Hit['article'];
      await putReport(articleId);
      known.push(articleId);
      // The stream may lose it, or bring it twice.
      for (let copies = below(random, 3); copies > 0; copies -= 1) events.push(() => alert(articleId));
    }
    if (random() < 0.3) await gainTopic(pick(random, known));
    if (random() < 0.4) events.push(() => alert(pick(random, known)));
    if (random() < 0.5) events.push(() => sweep(ports, SETTINGS, wholeBudget(clock)));
    await settle(() => Promise.all(events.map((event) => event())));
    isDown = random() < 0.2;
    await changeSomething();
    clock.advance(random() < 0.5 ? below(random, 20) * MINUTE : below(random, 6 * 60) * MINUTE);
  }
  isDown = false;
  await untilNothingIsDue();
  return { world, subscribers, unrecorded, stranded };

  async function alert(articleId: Hit['article']): Promise<void> {
    // What fails is left to the sweep.
    await sendAlerts(articleId, ports, SETTINGS).catch(() => undefined);
  }

  async function putReport(articleId: string): Promise<void> {
    const story = `story-${below(random, STORIES)}`;
    const texts = reports.get(story) ?? 0;
    const kind = texts === 0 ? 'first' : pick(random, ['copy', 'same', 'new'] as const);
    const now = kind === 'copy' ? texts : texts + 1;
    reports.set(story, now);
    const matches = someMatches(
      random,
      articleId,
      [pick(random, TOPICS), ...some(random, TOPICS, 0.25)].filter(isFirst),
    );
    for (const match of matches) await stores.matches.putMatch(match);
    const news = kind === 'new' ? [articleId] : [];
    const place = { id: story, kind, reason: '', news, texts: now } as const;
    const at = clock.now().toISOString();
    await putHit(stores, aHit({ story: place, firstSeenAt: at, changedAt: at }, matches), matches);
  }

  async function gainTopic(articleId: Hit['article']): Promise<void> {
    const hit = (await stores.hits.getHit(articleId)) as Hit;
    const topicId = TOPICS.find((topic) => hit.matches.every((match) => match.topic !== topic));
    if (topicId === undefined) return;
    const [match] = someMatches(random, articleId, [topicId]) as [Match];
    await stores.matches.putMatch(match);
    await stores.hits.revise(hit, {
      ...hit,
      matches: [...hit.matches, hitMatchOf(match)],
      revision: hit.revision + 1,
      newFrom: hit.alertState === 'pending' ? hit.newFrom : hit.matches.length,
      alertState: 'pending',
      changedAt: clock.now().toISOString(),
    });
  }

  /** After each step: each subscriber who wants a hit that counts as alerted must have a record of it. */
  async function settle(step: () => Promise<unknown>): Promise<void> {
    const pending = (await stores.hits.getHits(known)).filter(({ alertState }) => alertState === 'pending');
    await step();
    for (const { id, state, dueAt, digestId } of Object.values(stores.snapshot().deliveries))
      if (state === 'held' && dueAt === null && digestId === null) stranded.push(id);
    for (const { article, revision } of pending) {
      const hit = (await stores.hits.getHit(article)) as Hit;
      if (hit.alertState === 'pending' || hit.revision !== revision) continue;
      const found = await stores.matches.getMatches(newMatchesOf(hit).map(({ id }) => id));
      for (const { id } of subscribers) {
        const subscriber = (await stores.subscriptions.getSubscription(id)) as Subscription;
        const { matches } = wantedOf(subscriber, found, hit.story.id, clock.now());
        // What was recorded under a revision that did not come to count as alerted is not recorded again.
        const ids = Array.from({ length: revision }, (_, before) => hitDeliveryIdOf(article, before + 1, id));
        const recorded = (await stores.deliveries.getDeliveries(ids)).flatMap(({ matchIds }) => matchIds);
        if (!matches.every((match) => recorded.includes(match.id))) unrecorded.push(ids.at(-1) ?? '');
      }
    }
  }

  async function changeSomething(): Promise<void> {
    if (random() > 0.15) return;
    const { id } = pick(random, subscribers);
    const mute = {
      kind: 'story',
      value: `story-${below(random, STORIES)}`,
      until: later(DAY, clock.now().toISOString()),
    };
    const change = pick(random, [
      { digest: pick(random, DIGEST_PERIODS) },
      { mutes: [mute as Subscription['mutes'][number]] },
      { state: 'unsubscribed' as const },
      { state: 'active' as const },
      { quietHours: null },
    ]);
    await stores.subscriptions.updateSubscription(id, change, clock.now().toISOString());
  }

  async function untilNothingIsDue(): Promise<void> {
    for (let step = 0; step < 400; step += 1) {
      const [next] = await stores.due.listDue(later(60 * DAY, clock.now().toISOString()), 1);
      if (next === undefined) return;
      if (next.dueAt > clock.now().toISOString()) clock.set(next.dueAt);
      await settle(() => sweep(ports, SETTINGS, wholeBudget(clock)));
      clock.advance(MINUTE);
    }
    throw new Error('something is due for ever');
  }
}

/** It brings something new to its story, or is the third independent text of it. */
const isSignificant = ({ story: { kind, texts } }: Hit): boolean => kind === 'new' || (kind === 'same' && texts === 3);

const isFirst = (topic: string, at: number, all: readonly string[]): boolean => all.indexOf(topic) === at;

/** What a subscriber was told of a story so far. */
interface Told {
  readonly topics: Set<string>;
  severity: number;
  singleAt: number;
}

/** What breaks a promise, in words. */
function violations({ world, subscribers, unrecorded, stranded }: Run): readonly string[] {
  const { deliveries, hits, matches } = world.stores.snapshot();
  const problems: string[] = unrecorded.map((id) => `${id} was not recorded`);
  problems.push(...stranded.map((id) => `${id} was held without a time`));
  for (const { article, alertState } of Object.values(hits))
    if (alertState === 'pending') problems.push(`${article} was never alerted`);
  const mine = Object.values(deliveries).filter(({ channel }) => channel === 'email');
  const accepted = world.mails.map(({ messageId, at }) => ({
    id: messageId.replace('@example.org', ''),
    at: Date.parse(at),
  }));
  const acceptedIds = new Set(accepted.map(({ id }) => id));
  const told = new Map<string, Told>();

  for (const { id, at } of accepted.filter((mail, n) => accepted.findIndex((other) => other.id === mail.id) === n)) {
    const single = deliveries[id];
    const members =
      single === undefined ? mine.filter(({ digestId, state }) => digestId === id && state === 'sent') : [single];
    for (const [key, some] of Map.groupBy(members, storyOf)) {
      const before = told.get(key);
      if (before !== undefined && some.every((delivery) => bringsNothing(delivery, before)))
        problems.push(`${id} repeats what ${key} was told`);
      if (before !== undefined && single !== undefined && !mayBeEarly(single, before)) {
        const since = Math.max(before.singleAt, 0);
        if (at < since + UPDATE_EVERY_MS)
          problems.push(`${id} came ${(at - since) / MINUTE} minutes after another alert`);
      }
      const now = before ?? { topics: new Set(), severity: -1, singleAt: 0 };
      for (const match of some.flatMap(wanted)) {
        now.topics.add(match.topic.id);
        now.severity = Math.max(now.severity, rank(match.topic.severity));
      }
      if (single !== undefined) now.singleAt = at;
      told.set(key, now);
    }
  }
  for (const delivery of mine) {
    const { id, state, reason, digestId } = delivery;
    if (state === 'sent' && !acceptedIds.has(digestId ?? id))
      problems.push(`${id} counts as sent, and no mail says it`);
    if (state === 'sent' && digestId !== null && !isTold(delivery)) problems.push(`${id} is not in its digest`);
    if (state === 'merged') {
      const known = told.get(storyOf(delivery));
      const missing = wanted(delivery).filter(({ topic }) => known?.topics.has(topic.id) !== true);
      if (missing.length > 0) problems.push(`${id} was merged, and no alert named ${missing[0]?.topic.id}`);
    }
    if (state === 'filtered' && reason?.includes('muted') !== true && wanted(delivery).length > 0)
      problems.push(`${id} was left out, and ${wanted(delivery)[0]?.topic.id} is wanted`);
    if (!['sent', 'merged', 'filtered', 'failed', 'suppressed'].includes(state))
      problems.push(`${id} is ${state} at the end`);
    if (state !== 'sent' && reason === null) problems.push(`${id} is ${state} without a reason`);
  }
  return problems;

  /** One of its matches, or another report of its story, is in the text of the digest. */
  function isTold({ digestId, storyId, subscriptionId }: Delivery): boolean {
    const mail = world.mails.find(({ messageId }) => messageId === `${digestId}@example.org`);
    const members = mine.filter(
      (other) => other.digestId === digestId && other.storyId === storyId && other.subscriptionId === subscriptionId,
    );
    return members.some(({ matchIds }) => matchIds.some((id) => mail?.text.includes(matches[id]!.article.url ?? id)));
  }

  function storyOf({ subscriptionId, storyId }: Delivery): string {
    return `${subscriptionId} ${storyId}`;
  }

  function subscriberOf({ subscriptionId }: Delivery): Subscription {
    return subscribers.find(({ id }) => id === subscriptionId) as Subscription;
  }

  /** By the rules that never change in a run. */
  function wanted(delivery: Delivery): readonly Match[] {
    const found = delivery.matchIds.map((id) => matches[id] as Match);
    return wantedOf(subscriberOf(delivery), found, delivery.storyId, new Date(0)).matches;
  }

  function isNewOrGraver(delivery: Delivery, before: Told): boolean {
    return wanted(delivery).some(({ topic }) => !before.topics.has(topic.id) || rank(topic.severity) > before.severity);
  }

  function followsAll(delivery: Delivery): boolean {
    return wanted(delivery).some(({ topic }) => rulesFor(subscriberOf(delivery), topic.id).follow === 'all');
  }

  function bringsNothing(delivery: Delivery, before: Told): boolean {
    const hit = hits[delivery.articleId ?? ''] as Hit;
    return !isNewOrGraver(delivery, before) && !followsAll(delivery) && !isSignificant(hit);
  }

  function mayBeEarly(delivery: Delivery, before: Told): boolean {
    return isNewOrGraver(delivery, before) || followsAll(delivery);
  }
}

describe('every hit that a subscriber wants', () => {
  it(`is reported once, or its record says why not, over ${SEEDS} random histories`, async () => {
    const seen = new Map<string, number>();
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const history = await run(seed);
      expect({ seed, problems: violations(history) }).toEqual({ seed, problems: [] });
      for (const { state, kind, channel } of Object.values(history.world.stores.snapshot().deliveries))
        if (channel === 'email') seen.set(`${kind} ${state}`, (seen.get(`${kind} ${state}`) ?? 0) + 1);
    }
    // The histories hold what they are to test.
    for (const outcome of ['alert sent', 'update sent', 'alert merged', 'alert failed', 'alert filtered'])
      expect([outcome, (seen.get(outcome) ?? 0) > SEEDS / 10]).toEqual([outcome, true]);
  });
});
