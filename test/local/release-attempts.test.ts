// A start after a kill takes up what was being sent, and does not count the try that was cut off.
import { createDynamoDbStores } from '../../adapters/dynamodb/stores.ts';
import { releaseAttempts } from '../../local/event-sources/release-attempts.ts';
import { ofHit } from '../contracts/some-deliveries.ts';
import { placeAlone } from '../contracts/some-stories.ts';
import { aClock, aDelivery, aHit, aMatch } from '../support/builders.ts';
import { startEmbeddedDynamoDb, type TestDatabase } from '../support/embedded-dynamodb.ts';

const LATER = '2026-01-05T10:02:00.000Z';

describe('what a killed process was sending', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await startEmbeddedDynamoDb();
  });

  afterAll(() => database.stop());

  it('is due at once with the tries it had before; what waits for its next try keeps its time', async () => {
    const tableName = await database.newTable();
    const clock = aClock('2026-01-05T10:00:00.000Z');
    const { client } = database;
    const { deliveries, due } = createDynamoDbStores({ client, tableName, clock });
    const now = clock.now().toISOString();
    const sending = aDelivery({ matchId: aMatch({ topicId: 'sending' }).id, attempts: 2, dueAt: now });
    const waiting = aDelivery({ matchId: aMatch({ topicId: 'waiting' }).id, attempts: 2, dueAt: LATER });
    await deliveries.createDelivery(sending);
    await deliveries.createDelivery(waiting);
    await deliveries.beginAttempt(sending.id, now, LATER);

    const released = await releaseAttempts(client, tableName, clock);

    expect(released).toBe(1);
    expect(await deliveries.getDelivery(sending.id)).toMatchObject({ attempts: 2, dueAt: now });
    expect(await deliveries.getDelivery(waiting.id)).toMatchObject({ attempts: 2, dueAt: LATER });
    expect((await due.listDue(now, 10)).map(({ id }) => id)).toEqual([sending.id]);
  });

  it('is due at once even where only its hit was', async () => {
    const tableName = await database.newTable();
    const clock = aClock('2026-01-05T10:00:00.000Z');
    const { client } = database;
    const stores = createDynamoDbStores({ client, tableName, clock });
    const now = clock.now().toISOString();
    await placeAlone(stores);
    await stores.hits.markAlerted(aHit().article, 1, now, LATER);
    const [sending, waiting] = [ofHit(1, aHit().article), ofHit(2, aHit().article)];
    for (const one of [sending, waiting]) await stores.deliveries.createDelivery(one, { isListed: false });
    await stores.deliveries.beginAttempt(sending.id, now, LATER);

    const released = await releaseAttempts(client, tableName, clock);

    expect(released).toBe(1);
    expect(await stores.deliveries.getDelivery(sending.id)).toMatchObject({ attempts: 0, dueAt: now });
    expect((await stores.due.listDue(now, 10)).map(({ id }) => id)).toEqual([sending.id]);
  });
});
