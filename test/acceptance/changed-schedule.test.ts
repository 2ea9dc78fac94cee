// The settings of the schedule are changed while feeds are followed: real schedule and polls on the embedded database, with a clock that is set.
import { createDynamoDbStores } from '../../adapters/dynamodb/stores.ts';
import type { Feed } from '../../shared/model/feed.ts';
import { type PollMessage, parsePollMessage } from '../../shared/model/messages.ts';
import { defaultSettings, type Settings } from '../../shared/model/settings.ts';
import { pollFeeds } from '../../shared/usecases/polling/poll-feeds.ts';
import { queueFirstPoll, schedulePolls } from '../../shared/usecases/polling/schedule-polls.ts';
import { aClock, aNewFeed, anItem, later, START } from '../support/builders.ts';
import { startEmbeddedDynamoDb, type TestDatabase } from '../support/embedded-dynamodb.ts';
import { aLog, aPublisher, aQueue, readItems, someMetrics } from '../support/fakes.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** The least floor of these settings. */
const STEP = 5;
const URL_OF_FEED = 'https://quiet.example.org/feed.json';

let database: TestDatabase;
beforeAll(async () => {
  database = await startEmbeddedDynamoDb();
});
afterAll(() => database.stop());

const having = (poll: Partial<Settings['poll']>): Settings => ({
  ...defaultSettings,
  poll: { ...defaultSettings.poll, ...poll },
});

/** A feed whose newest item is so old; `pass` runs the schedule every five minutes and returns the minutes in which the publisher was asked. */
async function aQuietFeed(quietMs: number, answer: { readonly freshSeconds?: number } = {}) {
  const clock = aClock();
  const stores = createDynamoDbStores({ client: database.client, tableName: await database.newTable(), clock });
  const publisher = aPublisher();
  publisher.show(URL_OF_FEED, { items: [anItem({ published: later(-quietMs) })] }, answer);
  const feed = aNewFeed({ url: URL_OF_FEED, fullText: 'never', addedAt: START });
  await stores.feeds.addFeed(feed);
  const pollQueue = aQueue<PollMessage>();
  const world = { clock, log: aLog(), metrics: someMetrics(), articleQueue: aQueue(), readFeed: readItems };
  const ports = { ...stores, ...world, pollQueue, fetcher: publisher };
  await queueFirstPoll([feed.id], ports);
  let minutes = 0;
  return {
    stored: async (): Promise<Feed> => (await stores.feeds.getFeed(feed.id))!,
    pass: async (ms: number, settings: Settings): Promise<readonly number[]> => {
      const asked: number[] = [];
      for (let end = minutes + ms / MINUTE; minutes < end; minutes += STEP) {
        await schedulePolls(ports, settings);
        const before = publisher.requests.length;
        for (const message of pollQueue.take()) {
          await pollFeeds(parsePollMessage(JSON.stringify(message)), ports, settings);
        }
        if (publisher.requests.length > before) asked.push(minutes);
        clock.advance(STEP * MINUTE);
      }
      return asked;
    },
  };
}

const gaps = (minutes: readonly number[]): readonly number[] =>
  minutes.slice(1).map((minute, index) => minute - (minutes[index] ?? 0));

describe('a quiet feed', () => {
  it('is polled at the lowered pace from the next start on, without a poll at the old one before', async () => {
    const { pass, stored } = await aQuietFeed(10 * 24 * HOUR);
    await pass(30 * MINUTE, defaultSettings);
    expect((await stored()).state.intervalMinutes).toBe(320);

    const asked = await pass(4 * HOUR, having({ slowestMinutes: 60 }));

    expect((asked[0] ?? 1_000) - 30).toBeLessThanOrEqual(40);
    expect(new Set(gaps(asked))).toEqual(new Set([40]));
  });

  it('is polled at the raised pace after its next poll', async () => {
    const { pass } = await aQuietFeed(10 * 24 * HOUR);
    await pass(2 * HOUR, having({ slowestMinutes: 20 }));

    const asked = await pass(12 * HOUR, having({ slowestMinutes: 360 }));

    expect(asked[0]! - 120).toBeLessThanOrEqual(20);
    expect(gaps(asked).slice(1)).toEqual(
      gaps(asked)
        .slice(1)
        .map(() => 320),
    );
    expect(asked.length).toBeGreaterThan(2);
  });

  it('is polled more often once the floor is lowered', async () => {
    const { pass } = await aQuietFeed(HOUR);
    await pass(2 * HOUR, having({ everyMinutes: 30 }));

    const asked = await pass(HOUR, having({ everyMinutes: 5 }));

    expect(new Set(gaps(asked))).toEqual(new Set([5]));
  });

  it('is never polled more often than its publisher asks, whatever the settings', async () => {
    const { pass, stored } = await aQuietFeed(10 * 24 * HOUR, { freshSeconds: 6 * 3_600 });
    await pass(30 * MINUTE, defaultSettings);
    expect((await stored()).state).toMatchObject({ intervalMinutes: 480, freshMinutes: 480 });

    const asked = await pass(20 * HOUR, having({ slowestMinutes: 60 }));

    expect(asked.length).toBeGreaterThanOrEqual(2);
    expect(new Set(gaps(asked))).toEqual(new Set([480]));
  });

  it('costs no write while nothing changes, at a start as at any time', async () => {
    const { pass, stored } = await aQuietFeed(10 * 24 * HOUR);
    await pass(30 * MINUTE, defaultSettings);
    const { version } = (await stored()).state;

    const asked = await pass(12 * HOUR, defaultSettings);

    expect(asked.length).toBeGreaterThan(0);
    expect((await stored()).state.version).toBe(version);
  });
});
