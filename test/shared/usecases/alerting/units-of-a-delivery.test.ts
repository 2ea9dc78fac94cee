// What an alert costs in the table: units of the database do not depend on the machine.
import { createDynamoDbStores } from '../../../../adapters/dynamodb/stores.ts';
import { chunks } from '../../../../shared/core/chunks.ts';
import type { SubscriptionId } from '../../../../shared/model/ids.ts';
import type { DeliveryMessage } from '../../../../shared/model/messages.ts';
import type { AlertPorts } from '../../../../shared/usecases/alerting/alert-ports.ts';
import { deliverQueued } from '../../../../shared/usecases/alerting/deliver.ts';
import { readingOnce } from '../../../../shared/usecases/alerting/read-once.ts';
import { recordAlerts } from '../../../../shared/usecases/alerting/record-alerts.ts';
import { sweep } from '../../../../shared/usecases/alerting/sweep.ts';
import { placeAlone } from '../../../contracts/some-stories.ts';
import { ALERT_SETTINGS, anAlertWorld, wholeBudget } from '../../../support/alert-world.ts';
import { aHit, aMatch, articleOf, aSubscription } from '../../../support/builders.ts';
import { startEmbeddedDynamoDb, type TestDatabase } from '../../../support/embedded-dynamodb.ts';

const SUBSCRIBERS = 100;
/** As the queue hands them over. */
const BATCH = 10;
const MINUTE_MS = 60_000;
const WRITES = /^(?:Put|Update|Delete|TransactWrite)/;

describe('the units of an alert to each of a hundred subscribers', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await startEmbeddedDynamoDb();
  });

  afterAll(() => database.stop());

  it('are some seven writes and three and a half reads, with all that its hit costs besides', async () => {
    const units = { writes: 0, reads: 0 };
    const world = anAlertWorld();
    const { clock } = world;
    const stores = createDynamoDbStores({
      client: database.client,
      tableName: await database.newTable(),
      clock,
      onConsumed: (operation, consumed) => {
        units[WRITES.test(operation) ? 'writes' : 'reads'] += consumed;
      },
    });
    const queued: DeliveryMessage[] = [];
    const send = async (messages: readonly DeliveryMessage[]) => void queued.push(...messages);
    const ports: AlertPorts = { ...world.ports, ...stores, deliveryQueue: { send } };
    for (let n = 0; n < SUBSCRIBERS; n += 1) {
      const id = `reader-${n}` as SubscriptionId;
      await stores.subscriptions.createSubscription(aSubscription({ id, target: `${id}@example.org` }));
    }
    const match = aMatch();
    await stores.matches.putMatch(match);
    await placeAlone(stores, aHit({}, [match]));
    Object.assign(units, { writes: 0, reads: 0 });

    await recordAlerts(articleOf(match), ports, ALERT_SETTINGS);
    for (const messages of chunks(queued, BATCH)) {
      const batchPorts = readingOnce(ports);
      for (const message of messages) await deliverQueued(message, batchPorts, ALERT_SETTINGS);
    }
    clock.advance(5 * MINUTE_MS);
    await sweep(ports, ALERT_SETTINGS, wholeBudget(clock));

    expect(world.mails).toHaveLength(SUBSCRIBERS);
    expect(units.writes / SUBSCRIBERS).toBeLessThan(7.5);
    expect(units.reads / SUBSCRIBERS).toBeLessThan(3.8);
  });
});
