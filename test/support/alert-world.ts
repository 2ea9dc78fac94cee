// Everything that telling people needs, in memory: stores, a clock one sets, and a mailer and topic that keep what they took.
import { alertLinksUnder } from '../../shared/alerts/alert-links.ts';
import type { AlertEvent, Mail } from '../../shared/model/alert.ts';
import type { Match } from '../../shared/model/match.ts';
import { defaultSettings, type Settings } from '../../shared/model/settings.ts';
import type { Subscription } from '../../shared/model/subscription.ts';
import type { AlertPorts } from '../../shared/usecases/alerting/alert-ports.ts';
import { sweep } from '../../shared/usecases/alerting/sweep.ts';
import { aClock, type SetClock } from './builders.ts';
import { checkUnit } from './fakes.ts';
import { createMemoryStores, type MemoryStores } from './memory-store.ts';

export const ALERT_SETTINGS: Settings = {
  contact: 'https://example.org/contact',
  poll: { everyMinutes: 5, slowestMinutes: 360, concurrency: 10 },
  fetch: { allowHosts: [] },
  topics: defaultSettings.topics,
  retention: { matchDays: 365, deliveryDays: 90 },
  alerts: { firstPollMaxAgeHours: 24, maxAgeDays: 30, maxSinglePerTenMinutes: 20 },
  mail: { from: 'alerts@example.org', replyTo: null, timeZone: 'UTC' },
  aws: { deletionProtection: true, logRetentionDays: 30, operationsEmail: null },
};

export interface SentMail extends Mail {
  /** The clock when it was taken. */
  readonly at: string;
}

export interface AlertWorld {
  readonly ports: AlertPorts;
  readonly stores: MemoryStores;
  readonly clock: SetClock;
  readonly mails: readonly SentMail[];
  readonly publications: readonly (AlertEvent & { readonly at: string })[];
  /** Every metric put so far; with the channel where it is about one. */
  readonly metrics: readonly { readonly name: string; readonly value: number; readonly channel?: string }[];
  /** Every log line so far, as JSON. */
  readonly logged: readonly string[];
  /** What the next mails and publications are answered with; null when all is well. */
  readonly faults: { mail: (() => Error | null) | null; publication: (() => Error | null) | null };
  /** Stores what the pipeline before would have stored. */
  given(things: {
    readonly matches?: readonly Match[];
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
  const logged: string[] = [];
  const faults: AlertWorld['faults'] = { mail: null, publication: null };
  const line = (message: string, fields?: Record<string, unknown>): void =>
    void logged.push(JSON.stringify({ message, ...fields, error: String(fields?.['error'] ?? '') }));
  const at = (): string => clock.now().toISOString();
  const ports: AlertPorts = {
    matches: stores.matches,
    subscriptions: stores.subscriptions,
    deliveries: stores.deliveries,
    digests: stores.digests,
    due: stores.due,
    mailer: {
      async sendMail(mail) {
        const fault = faults.mail?.() ?? null;
        if (fault !== null) throw fault;
        mails.push({ ...mail, at: at() });
        return `mail-${mails.length}`;
      },
    },
    alertPublisher: {
      async publish(publication) {
        const fault = faults.publication?.() ?? null;
        if (fault !== null) throw fault;
        publications.push({ ...publication, at: at() });
        return `publication-${publications.length}`;
      },
    },
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
    stores,
    clock,
    mails,
    publications,
    metrics,
    logged,
    faults,
    async given({ matches = [], subscriptions = [] }) {
      for (const subscription of subscriptions) await stores.subscriptions.createSubscription(subscription);
      for (const match of matches) await stores.matches.putMatch(match);
    },
    async sweepFor(minutes) {
      for (let minute = 0; minute < minutes; minute += 5) {
        clock.advance(5 * 60_000);
        await sweep(ports, ALERT_SETTINGS, wholeBudget(clock));
      }
    },
  };
}

/** Enough for everything. */
export const wholeBudget = (clock: SetClock) => ({
  maxEntries: 100_000,
  deadline: new Date(clock.now().getTime() + 60_000),
});
