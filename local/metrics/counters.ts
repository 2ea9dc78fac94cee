// Adds up what the handlers measure, for /metrics. On AWS the same values go to CloudWatch.
import type { Measured } from '../../adapters/log/powertools.ts';
import { METRICS } from '../../shared/core/metrics.ts';
import { DELIVERY_CHANNELS, isWebChannel } from '../../shared/model/channels.ts';
import type { MetricFamily } from './text-format.ts';

interface Shown {
  readonly name: string;
  readonly type: MetricFamily['type'];
  readonly help: string;
  readonly labels?: Readonly<Record<string, string>>;
}

const polls = (result: string): Shown => ({
  name: 'tocsin_feed_polls_total',
  type: 'counter',
  help: 'Feeds polled.',
  labels: { result },
});
const articles = (result: string): Shown => ({
  name: 'tocsin_articles_total',
  type: 'counter',
  help: 'Articles compared with all topics.',
  labels: { result },
});
const deliveries = (result: string): Shown => ({
  name: 'tocsin_deliveries_total',
  type: 'counter',
  help: 'Tries to deliver an alert, by their result.',
  labels: { result },
});

/** The name and labels of each metric in Prometheus. */
const SHOWN: Readonly<Record<keyof typeof METRICS, Shown>> = {
  feedsUnchanged: polls('unchanged'),
  feedsChanged: polls('changed'),
  feedsFailed: polls('failed'),
  itemsNew: { name: 'tocsin_items_new_total', type: 'counter', help: 'New items found in feeds.' },
  oldestDueFeedSeconds: {
    name: 'tocsin_oldest_due_feed_seconds',
    type: 'gauge',
    help: 'Age of the feed that has been due longest; below a minute while all is well.',
  },
  articlesMatched: articles('matched'),
  articlesUnmatched: articles('unmatched'),
  matchesStored: { name: 'tocsin_matches_stored_total', type: 'counter', help: 'Matches stored.' },
  topicsSkipped: {
    name: 'tocsin_topics_skipped_total',
    type: 'counter',
    help: 'Topics not matched to an article because they took too many steps.',
  },
  extractionsFailed: {
    name: 'tocsin_extractions_failed_total',
    type: 'counter',
    help: 'Article pages whose text could not be read.',
  },
  alertsSent: deliveries('sent'),
  alertsFailed: deliveries('failed'),
  alertsSuppressed: deliveries('suppressed'),
  alertsRetried: deliveries('retried'),
  oldestPendingAlertSeconds: {
    name: 'tocsin_oldest_pending_alert_seconds',
    type: 'gauge',
    help: 'Age of the oldest alert that is neither sent nor given up; 0 when there is none.',
  },
  sweepFound: {
    name: 'tocsin_sweep_found_total',
    type: 'counter',
    help: 'Alerts that the sweep had to finish because the usual way had not.',
  },
  recordsFailed: {
    name: 'tocsin_records_failed_total',
    type: 'counter',
    help: 'Messages and stream records whose work failed, and which are tried again or set aside.',
  },
};

export class Counters {
  /** By metric and channel. */
  readonly #values = new Map<string, number>();

  take({ name, value, channel }: Measured): void {
    const key = keyOf(name, channel);
    const isGauge = shownOf(name)?.type === 'gauge';
    this.#values.set(key, isGauge ? value : (this.#values.get(key) ?? 0) + value);
  }

  families(): readonly MetricFamily[] {
    const families = new Map<string, MetricFamily & { samples: { labels: Record<string, string>; value: number }[] }>();
    for (const [id, shown] of Object.entries(SHOWN)) {
      const { name, type, help, labels = {} } = shown;
      const family = families.get(name) ?? { name, type, help, samples: [] };
      families.set(name, family);
      for (const channel of name === 'tocsin_deliveries_total' ? DELIVERY_CHANNELS : [undefined]) {
        const value = this.#values.get(keyOf(METRICS[id as keyof typeof METRICS], channel));
        // A counter starts at zero, unless it is of a channel that is not used; a gauge that was never measured has no value.
        if (value === undefined && (type === 'gauge' || (channel !== undefined && isWebChannel(channel)))) continue;
        family.samples.push({ labels: { ...labels, ...(channel && { channel }) }, value: value ?? 0 });
      }
    }
    return [...families.values()];
  }
}

const keyOf = (name: string, channel: string | undefined): string =>
  channel === undefined ? name : `${name} ${channel}`;

function shownOf(metric: string): Shown | undefined {
  const [id] = Object.entries(METRICS).find(([, name]) => name === metric) ?? [];
  return id === undefined ? undefined : SHOWN[id as keyof typeof METRICS];
}
