// A process that dies at any call to the world while alerts and digests go out on every channel, to services that are played by a server of this
// machine: each subscriber gets everything, and what comes twice is the same message, under the same id where the service knows one.
import { jest } from '@jest/globals';
import { type Channel, isWebChannel, WEB_CHANNELS } from '../../shared/model/channels.ts';
import { hasReached } from '../../shared/model/delivery-states.ts';
import { articleIdOf, hitDeliveryIdOf, type SubscriptionId } from '../../shared/model/ids.ts';
import type { Delivery, Subscription } from '../../shared/model/subscription.ts';
import { anItem, aSubscription, aTopic, later } from '../support/builders.ts';
import { testChannels } from '../support/channels.ts';
import { atEachPoint, crashPoints, mostRepeats, runWithDeaths } from '../support/crash-runs.ts';
import type { CrashPlan } from '../support/crashes.ts';
import { type LoopbackServices, serveServices } from '../support/loopback-services.ts';
import { aPipelineWorld, isIdle, type PipelineWorld, type Process, runMinutes } from '../support/pipeline-world.ts';

jest.setTimeout(900_000);

const FEED = 'https://news.example.org/feed';
const MINUTE_MS = 60_000;
/** Ten minutes before the hour, so that the hourly digests close within the run. */
const BEGIN = later(50 * MINUTE_MS);
const MINUTES = 16;
/** Messages that the sweep sends at a time: a death leaves open which of them were taken, and these may come twice. */
const UNDER_WAY = 5;

const item = (path: string, title: string, text: string) => {
  const url = `https://news.example.org/${path}`;
  return anItem({ id: url, url, title, summary: text, published: BEGIN });
};
const ITEMS = [
  item('crossing', 'Wedding guests stranded', 'A bridal convoy missed its boat on the river.'),
  item('circus', 'Circus in town', 'Elephants, another convoy, reached the river in the evening.'),
];

const CHANNELS = ['email', ...WEB_CHANNELS] as const;
const subscriptionOn = (channel: Channel, digest: 'none' | 'hourly'): Subscription =>
  aSubscription({ id: `${digest}-${channel}` as SubscriptionId, target: `${digest}@example.org`, channel, digest });
const SUBSCRIPTIONS = CHANNELS.flatMap((channel) => [
  subscriptionOn(channel, 'none'),
  subscriptionOn(channel, 'hourly'),
]);

/** A reader of single alerts and one of digests have an address each at every service. */
let services: LoopbackServices;

beforeAll(async () => {
  services = await serveServices(['none', 'hourly']);
});

afterAll(() => services.close());

async function aWorld(): Promise<PipelineWorld> {
  services.forgetTaken();
  const { channelSecrets } = testChannels();
  for (const { id, channel, digest } of SUBSCRIPTIONS)
    if (isWebChannel(channel)) await channelSecrets.putSecret(id, services.secretOf(channel, digest));
  const world = await aPipelineWorld({
    at: BEGIN,
    feeds: [{ url: FEED, fullText: 'never' }],
    topics: [aTopic()],
    subscriptions: SUBSCRIPTIONS,
    channels: (clock) => ({ channelSecrets, channelSender: services.senderWith(clock) }),
  });
  world.publisher.show(FEED, { items: ITEMS });
  return world;
}

const runThrough = async (world: PipelineWorld, process: Process): Promise<void> => {
  const end = Date.parse(BEGIN) + MINUTES * MINUTE_MS;
  await runMinutes(world, process, Math.max(0, (end - world.clock.now().getTime()) / MINUTE_MS));
};

const runWith = async (plans: readonly CrashPlan[]) => runWithDeaths(await aWorld(), plans, runThrough);

/** What came to a subscriber: the text, and the id by which a repeat is known, where there is one. */
function messagesOf({ channel, target, digest }: Subscription, { mails }: PipelineWorld) {
  if (isWebChannel(channel)) return services.taken(channel, digest);
  return mails.filter(({ to }) => to === target).map(({ text, messageId }) => ({ body: text, key: messageId }));
}

async function expectAllTold(world: PipelineWorld, deaths: number): Promise<void> {
  const { deliveries, digests } = world.stores.snapshot();
  let repeats = 0;
  for (const subscription of SUBSCRIPTIONS) {
    const { id, digest, channel } = subscription;
    const recorded = ITEMS.map(({ url }) => deliveries[hitDeliveryIdOf(articleIdOf(url ?? ''), 1, id)]);
    expect([id, recorded.map((delivery) => hasReached(delivery as Delivery))]).toEqual([id, ITEMS.map(() => true)]);
    const messages = messagesOf(subscription, world);
    const texts = messages.map(({ body }) => body);
    for (const { title } of ITEMS) expect([id, texts.join('\n')]).toEqual([id, expect.stringContaining(title ?? '')]);
    const different = new Set(texts).size;
    expect([id, different]).toEqual([id, digest === 'none' ? ITEMS.length : 1]);
    if (channel === 'email' || channel === 'webhook')
      expect(new Set(messages.map(({ key }) => key)).size).toBe(different);
    expect(mostRepeats(texts)).toBeLessThanOrEqual(1 + deaths);
    repeats += texts.length - different;
  }
  expect(repeats).toBeLessThanOrEqual(deaths * UNDER_WAY);
  expect(Object.values(digests).filter(({ dueAt }) => dueAt !== null)).toEqual([]);
  expect(await isIdle(world)).toBe(true);
}

describe('alerts and digests on every channel', () => {
  it('come once when nothing dies', async () => {
    const { world } = await runWith([]);

    await expectAllTold(world, 0);
  });

  it('come all when the process dies at any one call, before or after it takes effect', async () => {
    const { calls } = await runWith([]);
    expect(calls).toBeGreaterThan(200);
    await atEachPoint(crashPoints(calls), async (plan) => {
      const { world, deaths } = await runWith([plan]);
      expect(deaths).toBe(1);
      await expectAllTold(world, 1);
    });
  });

  it('come all when the process that goes on dies as well', async () => {
    const { calls } = await runWith([]);
    for (let at = 20; at <= calls; at += 37) {
      for (const again of [5, 19, 43]) {
        const { world, deaths } = await runWith([
          { at, when: at % 2 === 0 ? 'after' : 'before' },
          { at: again, when: again % 4 === 1 ? 'after' : 'before' },
        ]);
        await expectAllTold(world, deaths);
      }
    }
  });
});
