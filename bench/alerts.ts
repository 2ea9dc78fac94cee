// One match with ten thousand subscribers, on the parts of one machine: how long until every delivery is recorded and until all are sent, the longest
// run of a function, and the table's units a delivery.
import { createDynamoDbStores } from '../adapters/dynamodb/stores.ts';
import { createHandler as deliverAlerts } from '../lambdas/deliver-alerts.ts';
import { createLocalDeliveryQueue, createLocalFailedMessages } from '../local/aws/local-ports.ts';
import { localDynamoDb } from '../local/database/database.ts';
import { startQueueSource } from '../local/event-sources/queue-source.ts';
import { TABLE_NAME } from '../local/files/file-names.ts';
import { MINUTE_MS, SECOND_MS } from '../shared/core/time.ts';
import type { SubscriptionId } from '../shared/model/ids.ts';
import { defaultSettings, type Settings } from '../shared/model/settings.ts';
import { defaultSubscriptionSettings } from '../shared/model/subscription.ts';
import type { AlertPorts } from '../shared/usecases/alerting/alert-ports.ts';
import { recordAlerts } from '../shared/usecases/alerting/record-alerts.ts';
import { placeAlone } from '../test/contracts/some-stories.ts';
import { aHit, aMatch, articleOf } from '../test/support/builders.ts';
import { testChannels } from '../test/support/channels.ts';
import { SILENT, startBenchParts } from './local-parts.ts';
import { heading, tell } from './report.ts';

const SUBSCRIBERS = 10_000;
const WRITES = /^(?:Put|Update|Delete|TransactWrite|BatchWrite)/;
/** Of the product before deliveries had a queue, for each: design/alerts.md, section 5. */
const MOST_WRITES = 4.5;
const MOST_READS = 2;

export async function run(): Promise<void> {
  const { parts } = await startBenchParts([]);
  const units = { writes: 0, reads: 0 };
  const client = localDynamoDb(parts.database.endpoint);
  const { clock } = parts;
  const stores = createDynamoDbStores({
    client,
    tableName: TABLE_NAME,
    clock,
    onConsumed: (operation, consumed) => {
      units[WRITES.test(operation) ? 'writes' : 'reads'] += consumed;
    },
  });
  const settings: Settings = { ...defaultSettings, mail: { ...defaultSettings.mail, from: 'alerts@example.org' } };
  let sent = 0;
  const ports: AlertPorts = {
    ...stores,
    ...testChannels(),
    deliveryQueue: createLocalDeliveryQueue(parts.queues),
    sendQuota: { read: async () => null },
    mailer: {
      sendMail: async ({ messageId }) => {
        sent += 1;
        return { providerId: messageId, messageId };
      },
    },
    alertPublisher: { publish: async () => 'publication' },
    alertLinks: {},
    clock,
    log: SILENT,
    metrics: { put: () => {} },
  };
  const longest = { record: 0, deliver: 0 };
  const timed = async <T>(name: keyof typeof longest, work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    try {
      return await work();
    } finally {
      longest[name] = Math.max(longest[name], performance.now() - began);
    }
  };
  try {
    const now = clock.now().toISOString();
    const match = aMatch({ firstSeenAt: now });
    await stores.matches.putMatch(match);
    await placeAlone(stores, aHit({ changedAt: now }, [match]));
    await subscribeAll(stores, now);
    heading(`One match, ${SUBSCRIBERS.toLocaleString('en')} subscribers by mail`);
    Object.assign(units, { writes: 0, reads: 0 });
    const began = performance.now();
    while (!(await timed('record', () => recordAlerts(articleOf(match), ports, settings))).isComplete);
    const recordedAfter = performance.now() - began;
    const recording = { ...units };
    const telemetry = { log: SILENT, metrics: ports.metrics, begin: () => () => {} };
    const failedMessages = createLocalFailedMessages(parts.queues);
    const handler = deliverAlerts({ ...ports, ...telemetry, failedMessages, settings });
    const source = startQueueSource({
      clock,
      queues: parts.queues,
      queue: 'deliveries',
      handler: (event) => timed('deliver', () => handler(event)),
      batchSize: 10,
      concurrency: 2,
      visibilityTimeoutMs: 15 * MINUTE_MS,
      onError: (error) => {
        throw error;
      },
    });
    while (parts.queues.depth('deliveries') > 0) await new Promise((resolve) => setTimeout(resolve, 50));
    await source.stop();
    const sentAfter = performance.now() - began;
    tell('every delivery recorded after', recordedAfter / SECOND_MS, 's', { most: 60 });
    tell('every mail sent after', sentAfter / SECOND_MS, 's');
    tell('mails', sent, '');
    tell('longest run that records (1,000 subscribers)', longest.record / SECOND_MS, 's', { most: 30 });
    tell('longest run that sends (10 alerts)', longest.deliver / SECOND_MS, 's', { most: 30 });
    tell('write units a delivery', units.writes / SUBSCRIBERS, '', { most: MOST_WRITES });
    tell('  of them to record it', recording.writes / SUBSCRIBERS, '');
    tell('read units a delivery', units.reads / SUBSCRIBERS, '', { most: MOST_READS });
    tell('  of them to record it', recording.reads / SUBSCRIBERS, '');
  } finally {
    client.destroy();
    await parts.stop();
  }
}

async function subscribeAll(
  stores: Pick<AlertPorts, 'subscriptions'> & ReturnType<typeof createDynamoDbStores>,
  at: string,
) {
  for (let first = 0; first < SUBSCRIBERS; first += 25) {
    await Promise.all(
      Array.from({ length: 25 }, (_, n) => {
        const name = `reader-${String(first + n).padStart(5, '0')}`;
        return stores.subscriptions.createSubscription({
          id: name as SubscriptionId,
          channel: 'email',
          target: `${name}@example.org`,
          topics: ['*'],
          ...defaultSubscriptionSettings,
          state: 'active',
          stateReason: null,
          consent: null,
          createdAt: at,
          updatedAt: at,
          unsubscribeToken: `token-of-${name}`,
          snsSubscriptionArn: null,
        });
      }),
    );
  }
}
