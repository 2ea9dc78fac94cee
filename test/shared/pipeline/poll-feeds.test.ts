// Feeds of a host that is too slow for all of them: nobody is left out for ever.
import { HostBusyError } from '../../../shared/errors.ts';
import { pollFeeds } from '../../../shared/pipeline/poll-feeds.ts';
import { defaultSettings } from '../../../shared/settings.ts';
import { aClock, aNewFeed } from '../../support/builders.ts';
import { aLog, aQueue, someMetrics } from '../../support/fakes.ts';
import { createMemoryStores } from '../../support/memory-store.ts';

const FEEDS = 25;
/** Feeds that the host answers before patience ends. */
const TURNS = 10;

it('feeds that had no turn with a busy host are polled first the next time, and none stays without', async () => {
  const clock = aClock();
  const { feeds } = createMemoryStores({ clock });
  const added = Array.from({ length: FEEDS }, (_, n) => aNewFeed({ url: `https://slow.example.org/${n}` }));
  for (const feed of added) await feeds.addFeed(feed);
  let turns = 0;
  const polled = new Set<string>();
  const fetcher = {
    fetchFeed: async ({ url }: { url: string }) => {
      turns += 1;
      if (turns > TURNS) throw new HostBusyError(url, `${url}: no turn came in time`, 60);
      polled.add(url);
      return { kind: 'unchanged', freshSeconds: null } as const;
    },
  };
  const ports = {
    feeds,
    articleQueue: aQueue(),
    fetcher,
    readFeed: () => Promise.reject(new Error('nothing is read')),
    clock,
    log: aLog(),
    metrics: someMetrics(),
  };

  const rounds: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    turns = 0;
    clock.advance(5 * 60_000);
    await pollFeeds(
      { v: 1, kind: 'poll', pollGroup: null, slot: null, feedIds: added.map(({ id }) => id) },
      ports,
      defaultSettings,
    );
    rounds.push(polled.size);
  }

  expect(rounds).toEqual([10, 20, 25]);
});
