// Everything that telling people needs, in memory: stores, a clock one sets, and a mailer and topic that keep what they took.

import { alertLinksUnder } from '../../shared/alerts/alert-links.ts';
import { mapConcurrently } from '../../shared/core/map-concurrently.ts';
import type { AlertEvent, Mail } from '../../shared/model/alert.ts';
import type { Hit } from '../../shared/model/hit.ts';
import type { FeedId } from '../../shared/model/ids.ts';
import type { Match } from '../../shared/model/match.ts';
import { defaultSettings, type Settings } from '../../shared/model/settings.ts';
import { withReport } from '../../shared/model/story.ts';
import type { Subscription } from '../../shared/model/subscription.ts';
import type { StoryRecord } from '../../shared/stories/story-record.ts';
import type { AlertPorts } from '../../shared/usecases/alerting/alert-ports.ts';
import { deliverQueued } from '../../shared/usecases/alerting/deliver.ts';
import { sweep } from '../../shared/usecases/alerting/sweep.ts';
import { aClock, aHit, type SetClock } from './builders.ts';
import { type TestChannels, testChannels } from './channels.ts';
import { checkUnit } from './fakes.ts';
import { createMemoryStores, type MemoryStores } from './memory-store.ts';

export const ALERT_SETTINGS: Settings = {
  contact: 'https://example.org/contact',
  poll: { everyMinutes: 5, slowestMinutes: 360, concurrency: 10 },
  fetch: { allowHosts: [] },
  topics: defaultSettings.topics,
  retention: { matchDays: 365, deliveryDays: 90 },
  alerts: { firstPollMaxAgeHours: 24, maxAgeDays: 30, maxSinglePerTenMinutes: 20 },
  mail: { from: 'alerts@example.org', replyTo: null, maxPerSecond: null, timeZone: 'UTC', confirm: true },
  aws: { deletionProtection: true, logRetentionDays: 30, concurrency: 10, operationsEmail: null },
};

export interface SentMail extends Mail {
  /** The clock when it was taken. */
  readonly at: string;
}

export interface AlertWorld {
  readonly channels: TestChannels;
  readonly ports: AlertPorts;
  readonly stores: MemoryStores;
  readonly clock: SetClock;
  readonly mails: readonly SentMail[];
  /** Events for machines, one a match. */
  readonly publications: readonly (AlertEvent & { readonly at: string })[];
  /** Every metric put so far; with the channel where it is about one. */
  readonly metrics: readonly { readonly name: string; readonly value: number; readonly channel?: string }[];
  /** Events for people, one for each alert of a story. */
  readonly alerts: readonly (AlertEvent & { readonly at: string })[];
  /** Every log line so far, as JSON. */
  readonly logged: readonly string[];
  /** What the next mails and publications are answered with; null when all is well. */
  readonly faults: { mail: (() => Error | null) | null; publication: (() => Error | null) | null };
  /** Stores what the pipeline before would have stored. */
  given(things: {
    readonly matches?: readonly Match[];
    /** Without them: one hit for each article, each in a story of its own, pending unless the matches are quiet. */
    readonly hits?: readonly Hit[];
    readonly subscriptions?: readonly Subscription[];
  }): Promise<void>;
  /** Runs the sweep every five minutes, as the schedule does, for so many minutes. */
  sweepFor(minutes: number): Promise<void>;
}

export function anAlertWorld(): AlertWorld {
  const clock = aClock();
  const stores = createMemoryStores({ clock });
  const mails: SentMail[] = [];
  const publications: (AlertEvent & { readonly at: string })[] = [];
  const metrics: { name: string; value: number; channel?: string }[] = [];
  const alerts: (AlertEvent & { readonly at: string })[] = [];
  const logged: string[] = [];
  const channels = testChannels();
  const faults: AlertWorld['faults'] = { mail: null, publication: null };
  const line = (message: string, fields?: Record<string, unknown>): void =>
    void logged.push(JSON.stringify({ message, ...fields, error: String(fields?.['error'] ?? '') }));
  const at = (): string => clock.now().toISOString();
  const ports: AlertPorts = {
    matches: stores.matches,
    hits: stores.hits,
    stories: stores.stories,
    storyReaders: stores.storyReaders,
    subscriptions: stores.subscriptions,
    deliveries: stores.deliveries,
    digests: stores.digests,
    due: stores.due,
    feedIncidents: stores.feedIncidents,
    // Without any delay; what is to wait is left to the sweep.
    deliveryQueue: {
      send: async (messages, seconds) => {
        if (seconds > 0) return;
        await mapConcurrently(messages, 5, (message) =>
          deliverQueued(message, ports, ALERT_SETTINGS).catch(() => null),
        );
      },
    },
    sendPaces: stores.sendPaces,
    sendQuota: { read: async () => null },
    mailer: {
      async sendMail(mail) {
        const fault = faults.mail?.() ?? null;
        if (fault !== null) throw fault;
        mails.push({ ...mail, at: at() });
        return { providerId: `mail-${mails.length}`, messageId: mail.messageId };
      },
    },
    alertPublisher: {
      async publish(publication) {
        const fault = faults.publication?.() ?? null;
        if (fault !== null) throw fault;
        (publication.attributes.type === 'alert' ? alerts : publications).push({ ...publication, at: at() });
        return `publication-${publications.length + alerts.length}`;
      },
    },
    ...channels,
    alertLinks: alertLinksUnder('https://links.example.org'),
    clock,
    log: { debug: line, info: line, warn: line, error: line },
    metrics: {
      put: (name, unit, value, channel) => {
        checkUnit(name, unit);
        metrics.push({ name, value, ...(channel === undefined ? {} : { channel }) });
      },
    },
  };
  return {
    ports,
    channels,
    stores,
    clock,
    mails,
    publications,
    alerts,
    metrics,
    logged,
    faults,
    async given({ matches = [], subscriptions = [], hits = hitsOf(matches) }) {
      for (const subscription of subscriptions) await stores.subscriptions.createSubscription(subscription);
      for (const match of matches) await stores.matches.putMatch(match);
      for (const hit of hits) await putHit(stores, hit, matches);
    },
    async sweepFor(minutes) {
      for (let minute = 0; minute < minutes; minute += 5) {
        clock.advance(5 * 60_000);
        await sweep(ports, ALERT_SETTINGS, wholeBudget(clock));
      }
    },
  };
}

/** One for each article; matches of before there were hits, which are pending themselves, have none. */
function hitsOf(matches: readonly Match[]): readonly Hit[] {
  const ofHits = matches.filter(({ alertState }) => alertState !== 'pending');
  return [...Map.groupBy(ofHits, ({ article }) => article.id).values()].map((some) =>
    aHit({ alertState: some.every(({ quiet }) => quiet === null) ? 'pending' : 'done' }, some),
  );
}

/** As match-articles would: the hit, and its story with it. */
export async function putHit(stores: MemoryStores, hit: Hit, matches: readonly Match[]): Promise<void> {
  const { record, before } = await storyAsKnown(stores, hit);
  const match = matches.find(({ article }) => article.id === hit.article);
  const report = {
    hit,
    title: match?.article.title ?? '',
    language: match?.article.language ?? 'en',
    source: match?.sources[0] ?? { feedId: 'feed' as FeedId, title: '', host: '' },
  };
  const candidates = { stories: [], keys: [] };
  const story = withReport(before?.story ?? null, report);
  await stores.stories.place({ hit, story, record, before, candidates });
}

async function storyAsKnown(stores: MemoryStores, { story, firstSeenAt }: Hit) {
  const isKnown = (await stores.stories.getStory(story.id)) !== null;
  const before = isKnown ? (stores.snapshot().stories[story.id] ?? null) : null;
  const atMs = Date.parse(firstSeenAt);
  const record: StoryRecord = before?.record ?? {
    id: story.id,
    language: 'en',
    lookupKeys: [],
    firstAtMs: atMs,
    lastAtMs: atMs,
    reports: 1,
    texts: 1,
    centroidKeys: [],
    centroidWeights: [],
    centroidLength: 0,
    newest: [],
    known: [],
    names: [],
    labels: [],
  };
  return { record, before };
}

/** Enough for everything. */
export const wholeBudget = (clock: SetClock) => ({
  maxEntries: 100_000,
  deadline: new Date(clock.now().getTime() + 60_000),
});
