// The text of /metrics, read by a parser of the format.

import { readFileSync } from 'node:fs';
import parse from 'parse-prometheus-text-format';
import { createTelemetry } from '../../../adapters/log/powertools.ts';
import { Counters } from '../../../local/metrics/counters.ts';
import { createMetrics, type MetricsParts } from '../../../local/metrics/instance-metrics.ts';
import { renderMetrics } from '../../../local/metrics/text-format.ts';
import { METRICS } from '../../../shared/core/metrics.ts';
import type { InstanceStatus } from '../../../shared/health/instance-status.ts';
import { aMachineStatus, START } from '../../support/builders.ts';

const STATUS: InstanceStatus = {
  time: START,
  feeds: { total: 12, failing: 2, neverPolled: 0, byStatus: { ok: 10, broken: 2 } },
  topics: 4,
  lastScheduledMinute: START,
  oldestPolledAt: null,
  due: 3,
  question: 'mail',
  oldestDueAt: START,
  deliveryFailures: [{ channel: 'email', state: 'failed', count: 5, lastDay: 5, since: START, reason: 'refused' }],
  operators: null,
};

const metricsOf = (change: Partial<MetricsParts> = {}) =>
  createMetrics({
    counters: new Counters(),
    machineStatus: () => aMachineStatus(),
    instanceStatus: async () => STATUS,
    databaseProcessId: () => null,
    ...change,
  });

const samples = async (text: string | Promise<string>): Promise<Readonly<Record<string, number>>> =>
  Object.fromEntries(
    parse(await text).flatMap(({ name, metrics }) =>
      metrics.map(({ value, labels = {} }) => [
        `${name}${Object.entries(labels)
          .map(([label, said]) => ` ${label}=${said}`)
          .join('')}`,
        Number(value),
      ]),
    ),
  );

describe('the text of /metrics', () => {
  it('shows feeds, queues, deliveries and the state of the machine', async () => {
    const machine = aMachineStatus({
      deadLetters: 2,
      queues: [{ name: 'articles', depth: 7, waitingSeconds: 30, idleSeconds: 1 }],
      database: { isRestarting: false, restarts: 1, lastRestartAt: START },
      problems: [{ what: 'mail server', says: 'down', since: START }],
      schedule: { at: START, secondsAgo: 5 },
      disk: { freeBytes: 1_000, totalBytes: 5_000 },
    });

    expect(await samples(metricsOf({ machineStatus: () => machine })())).toMatchObject({
      [`tocsin_build_info version=1.2.3 node=${process.versions.node}`]: 1,
      tocsin_ready: 1,
      'tocsin_feeds status=ok': 10,
      'tocsin_feeds status=broken': 2,
      'tocsin_feeds status=silent': 0,
      tocsin_feeds_failing: 2,
      tocsin_topics: 4,
      tocsin_alerts_due: 3,
      'tocsin_deliveries_troubled channel=email state=failed': 5,
      'tocsin_deliveries_troubled channel=email state=retrying': 0,
      'tocsin_queue_messages queue=articles': 7,
      'tocsin_queue_oldest_message_age_seconds queue=articles': 30,
      tocsin_dead_letters: 2,
      tocsin_database_restarts_total: 1,
      tocsin_disk_free_bytes: 1_000,
      tocsin_problems: 1,
      tocsin_last_schedule_timestamp_seconds: Date.parse(START) / 1000,
    });
  });

  it('shows 0 for ready while /readyz would refuse', async () => {
    const machineStatus = () => aMachineStatus({ state: 'stopping' });

    expect(await samples(metricsOf({ machineStatus })())).toMatchObject({ tocsin_ready: 0 });
  });

  it('follows the naming rules, with help and type for each', async () => {
    const text = await metricsOf({ databaseProcessId: () => process.pid })();

    for (const { name, help, type, metrics } of parse(text)) {
      expect(name).toMatch(/^(?:tocsin|process|nodejs)_[a-z_]+$/);
      expect(help).toMatch(/\.$/);
      expect([name, type]).toEqual([name, name.endsWith('_total') ? 'COUNTER' : 'GAUGE']);
      for (const { value } of metrics) expect(Number(value)).not.toBeNaN();
    }
    const heads = text.match(/^# TYPE \S+/gm) ?? [];
    expect(new Set(heads).size).toBe(heads.length);
  });

  it('has the names that docs/operations.md explains, and no other', async () => {
    const counters = new Counters();
    for (const name of Object.values(METRICS)) counters.take({ name, value: 1 });
    const shown = parse(await metricsOf({ counters, databaseProcessId: () => process.pid })()).map(({ name }) => name);
    const operations = readFileSync('docs/operations.md', 'utf8');
    const explained = [...operations.matchAll(/`((?:tocsin|process|nodejs)_[a-z_]*\*?)/g)].map(([, name = '']) => name);
    const isExplained = (name: string): boolean =>
      explained.some((each) => (each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : name === each));

    expect(shown.filter((name) => !isExplained(name))).toEqual([]);
    expect(explained.filter((name) => !name.endsWith('*') && !shown.includes(name))).toEqual([]);
  });

  it('shows what Tocsin and its database use', async () => {
    const used = await samples(metricsOf({ databaseProcessId: () => process.pid })());

    expect(used['process_resident_memory_bytes']).toBeGreaterThan(1e6);
    expect(used['process_cpu_seconds_total']).toBeGreaterThan(0);
    expect(Math.abs((used['process_start_time_seconds'] ?? 0) + process.uptime() - Date.now() / 1000)).toBeLessThan(60);
    const spent = process.cpuUsage();
    expect(used['process_cpu_seconds_total']).toBeLessThanOrEqual((spent.user + spent.system) / 1e6);
    expect(used['process_cpu_seconds_total']).toBeGreaterThan((spent.user + spent.system) / 2e6);
    expect(used['tocsin_event_loop_active_seconds_total']).toBeLessThanOrEqual(performance.now() / 1000);
    if (process.platform !== 'linux') return;
    expect(used['process_open_fds']).toBeGreaterThan(2);
    // This process stands for the database.
    const memory = process.memoryUsage().rss;
    expect(used['tocsin_database_resident_memory_bytes']).toBeGreaterThan(memory / 2);
    expect(used['tocsin_database_resident_memory_bytes']).toBeLessThan(memory * 2);
    const { user, system } = process.cpuUsage();
    expect(used['tocsin_database_cpu_seconds_total']).toBeGreaterThan((user + system) / 2e6);
    expect(used['tocsin_database_cpu_seconds_total']).toBeLessThan((user + system) / 5e5);
    expect(used['tocsin_database_open_fds']).toBeGreaterThan(2);
  });

  it('leaves out what is not known', async () => {
    const shown = await samples(
      metricsOf({
        machineStatus: () => aMachineStatus({ schedule: { at: null, secondsAgo: null }, disk: null }),
        instanceStatus: () => Promise.reject(new Error('no database')),
        databaseProcessId: () => 2 ** 30,
      })(),
    );

    const names = Object.keys(shown);
    expect(names).toContain('tocsin_ready');
    for (const missing of ['tocsin_last_schedule', 'tocsin_disk', 'tocsin_feeds', 'tocsin_database_resident'])
      expect(names.filter((name) => name.startsWith(missing))).toEqual([]);
  });

  it('counts what needs the whole table every five minutes, and makes no scrape after the first wait for it', async () => {
    let now = 0;
    const started: ((status: InstanceStatus) => void)[] = [];
    const metrics = metricsOf({
      passed: () => now,
      instanceStatus: () => new Promise((resolve) => started.push(resolve)),
    });
    const first = metrics();
    started[0]?.(STATUS);
    await first;
    now = 5 * 60_000 - 1;
    await metrics();
    const startedBefore = started.length;
    now += 1;
    const meanwhile = await samples(metrics());
    await metrics();
    started[1]?.({ ...STATUS, topics: 9 });
    await new Promise(setImmediate);

    expect(startedBefore).toBe(1);
    expect(meanwhile['tocsin_topics']).toBe(4);
    expect((await samples(metrics()))['tocsin_topics']).toBe(9);
    expect(started).toHaveLength(2);
  });

  it('leaves out figures that are old and cannot be counted again', async () => {
    let now = 0;
    let calls = 0;
    const metrics = metricsOf({
      passed: () => now,
      instanceStatus: async () => {
        calls += 1;
        if (calls > 1) throw new Error('no database');
        return STATUS;
      },
    });
    const first = await samples(metrics());
    now = 5 * 60_000;
    await metrics();
    await new Promise(setImmediate);

    expect(first['tocsin_topics']).toBe(4);
    expect(Object.keys(await samples(metrics()))).not.toContain('tocsin_topics');
  });

  it('counts again at the next scrape when counting failed', async () => {
    let calls = 0;
    const metrics = metricsOf({
      instanceStatus: async () => {
        calls += 1;
        if (calls === 1) throw new Error('no database');
        return STATUS;
      },
    });
    await metrics();

    expect(await samples(metrics())).toMatchObject({ tocsin_topics: 4 });
  });
});

describe('the counters', () => {
  it('start at zero for every count, and show no age that was never measured', async () => {
    const shown = await samples(metricsOf()());

    expect(shown).toMatchObject({
      'tocsin_feed_polls_total result=changed': 0,
      'tocsin_deliveries_total result=retried channel=sns': 0,
      tocsin_matches_stored_total: 0,
    });
    expect(Object.keys(shown).filter((name) => name.startsWith('tocsin_oldest_'))).toEqual([]);
  });

  it('add up what handlers measure; the newest age counts', async () => {
    const counters = new Counters();
    const { metrics } = createTelemetry('send-alerts', { onMeasured: (measured) => counters.take(measured) });
    for (const count of [2, 3]) metrics.put(METRICS.feedsChanged, 'Count', count);
    metrics.put(METRICS.alertsSent, 'Count', 1, 'email');
    metrics.put(METRICS.alertsSent, 'Count', 4, 'sns');
    for (const age of [70, 10]) metrics.put(METRICS.oldestDueFeedSeconds, 'Seconds', age);

    expect(await samples(renderMetrics(counters.families()))).toMatchObject({
      'tocsin_feed_polls_total result=changed': 5,
      'tocsin_feed_polls_total result=failed': 0,
      'tocsin_deliveries_total result=sent channel=email': 1,
      'tocsin_deliveries_total result=sent channel=sns': 4,
      tocsin_oldest_due_feed_seconds: 10,
    });
  });
});

it('each thing that is measured has a name and a result of its own', async () => {
  const counters = new Counters();
  const once = (name: (typeof METRICS)[keyof typeof METRICS], value: number, channel?: 'email' | 'sns'): void =>
    counters.take({ name, value, ...(channel === undefined ? {} : { channel }) });
  const delivered = ['alertsSent', 'alertsFailed', 'alertsSuppressed', 'alertsRetried'] as const;
  const others = Object.keys(METRICS).filter((id) => !(delivered as readonly string[]).includes(id));
  others.forEach((id, index) => void once(METRICS[id as keyof typeof METRICS], index + 1));
  delivered.forEach((id, index) => void once(METRICS[id], index + 20, 'email'));
  counters.take({ name: 'NotKnown', value: 7 } as never);

  expect(await samples(renderMetrics(counters.families()))).toEqual({
    'tocsin_feed_polls_total result=unchanged': 1,
    'tocsin_feed_polls_total result=changed': 2,
    'tocsin_feed_polls_total result=failed': 3,
    tocsin_items_new_total: 4,
    tocsin_oldest_due_feed_seconds: 5,
    'tocsin_articles_total result=matched': 6,
    'tocsin_articles_total result=unmatched': 7,
    tocsin_matches_stored_total: 8,
    tocsin_topics_skipped_total: 9,
    tocsin_extractions_failed_total: 10,
    'tocsin_deliveries_total result=sent channel=email': 20,
    'tocsin_deliveries_total result=sent channel=sns': 0,
    'tocsin_deliveries_total result=failed channel=email': 21,
    'tocsin_deliveries_total result=failed channel=sns': 0,
    'tocsin_deliveries_total result=suppressed channel=email': 22,
    'tocsin_deliveries_total result=suppressed channel=sns': 0,
    'tocsin_deliveries_total result=retried channel=email': 23,
    'tocsin_deliveries_total result=retried channel=sns': 0,
    tocsin_oldest_pending_alert_seconds: 11,
    tocsin_sweep_found_total: 12,
    tocsin_records_failed_total: 13,
  });
});

describe('a label', () => {
  it('may hold any text', () => {
    const odd = 'C:\\news "today"\nnew line';
    const text = renderMetrics([
      { name: 'tocsin_odd', type: 'gauge', help: 'A \\ and\na line.', samples: [{ labels: { odd }, value: 1.5 }] },
    ]);

    expect(parse(text)).toEqual([
      { name: 'tocsin_odd', help: 'A \\ and\na line.', type: 'GAUGE', metrics: [{ value: '1.5', labels: { odd } }] },
    ]);
  });
});
