// Each minute: which batches are queued, for which slot, and what a late, a repeated or a wrongly dated run does.
import { batchMinuteUpTo, minuteOf, slotOf } from '../../../../shared/feeds/poll-schedule.ts';
import type { FeedId } from '../../../../shared/model/ids.ts';
import type { PollMessage } from '../../../../shared/model/messages.ts';
import { defaultSettings } from '../../../../shared/model/settings.ts';
import { queueFirstPoll, queuePollNow, schedulePolls } from '../../../../shared/usecases/polling/schedule-polls.ts';
import { aClock, aNewFeed, later, START } from '../../../support/builders.ts';
import { aLog, aQueue, someMetrics } from '../../../support/fakes.ts';
import { createMemoryStores } from '../../../support/memory-store.ts';

const MINUTE = 60_000;
const EVERY = defaultSettings.poll.everyMinutes;

/** A feed in a batch of its own, with the batch. */
async function aWorld() {
  const clock = aClock();
  const { feeds, schedule } = createMemoryStores({ clock });
  await feeds.addFeed(aNewFeed({ addedAt: later(-MINUTE) }));
  const [batch] = await feeds.listPollBatches();
  const pollQueue = aQueue<PollMessage>();
  const metrics = someMetrics();
  const ports = { feeds, schedule, pollQueue, clock, log: aLog(), metrics };
  /** The batch's newest slot at that time. */
  const slotAt = (instant: string): string => slotOf(batchMinuteUpTo(batch!.id, minuteOf(new Date(instant)), EVERY));
  const run = async () => {
    const result = await schedulePolls(ports, defaultSettings);
    return { ...result, sent: pollQueue.take() };
  };
  return { ...ports, batch: batch!, run, slotAt, oldestDue: () => metrics.totals['OldestDueFeedSeconds'] };
}

/** Runs once a minute, and gives the minutes of the runs that queued the batch. */
async function minutesOf({ clock, run }: Awaited<ReturnType<typeof aWorld>>, minutes: number): Promise<number[]> {
  const found: number[] = [];
  for (let minute = 0; minute < minutes; minute += 1) {
    if ((await run()).batches > 0) found.push(minute);
    clock.advance(MINUTE);
  }
  return found;
}

describe('the schedule', () => {
  it('queues a batch once in five minutes, in the minute that is its own', async () => {
    const world = await aWorld();

    const [first = -1, ...others] = await minutesOf(world, 15);

    expect(others).toEqual([first + 5, first + 10]);
    expect(later(first * MINUTE)).toBe(world.slotAt(later(first * MINUTE)));
  });

  it('queues it with its id, its slot and its feeds', async () => {
    const { clock, slotAt, run, batch } = await aWorld();
    clock.set(later(5 * MINUTE, slotAt(START)));

    expect(await run()).toEqual({
      outcome: 'queued',
      batches: 1,
      minutes: 1,
      sent: [{ v: 1, kind: 'poll', pollBatch: batch.id, slot: clock.now().toISOString(), feedIds: batch.feedIds }],
    });
  });

  it('queues nothing twice in a minute', async () => {
    const { clock, slotAt, run, schedule } = await aWorld();
    clock.set(later(5 * MINUTE, slotAt(START)));
    const minute = clock.now().toISOString();
    await run();
    clock.advance(MINUTE - 1);

    expect(await run()).toEqual({ outcome: 'done_already', batches: 0, minutes: 0, sent: [] });
    expect(await schedule.lastMinute()).toBe(minute);
  });

  it('makes up for the minutes that it missed, with one poll for all of them', async () => {
    const { clock, slotAt, run } = await aWorld();
    clock.set(slotAt(START));
    await run();
    clock.advance(17 * MINUTE);

    expect(await run()).toMatchObject({
      outcome: 'queued',
      batches: 1,
      minutes: 17,
      sent: [{ slot: later(15 * MINUTE, slotAt(START)) }],
    });
  });

  it('leaves minutes that another run has claimed to it, until 55 seconds are over', async () => {
    const world = await aWorld();
    const { clock, slotAt, run } = world;
    clock.set(slotAt(START));
    const now = clock.now().toISOString();
    const dies = { send: () => Promise.reject(new Error('killed')) };
    await expect(schedulePolls({ ...world, pollQueue: dies }, defaultSettings)).rejects.toThrow('killed');

    clock.advance(54_999);
    const before = await run();
    clock.advance(1);

    expect(before).toEqual({ outcome: 'claimed_elsewhere', batches: 0, minutes: 0, sent: [] });
    expect(await run()).toMatchObject({ outcome: 'queued', batches: 1, sent: [{ slot: now }] });
  });

  it('queues no batch without feeds', async () => {
    const { batch, feeds, clock, slotAt, run } = await aWorld();
    await feeds.removeFeed(batch.feedIds[0]!);
    clock.set(slotAt(START));

    expect(await run()).toMatchObject({ outcome: 'queued', batches: 0, minutes: 1, sent: [] });
  });

  it('goes on when its mark is of the future, and pushes the mark on by a minute at each run', async () => {
    const { clock, slotAt, run, schedule } = await aWorld();
    clock.set(slotAt(START));
    const future = later(3 * 24 * 60 * MINUTE);
    await schedule.claim(future, later(1), START);
    await schedule.complete(future);
    clock.advance(MINUTE);
    const between = await run();
    const mark = await schedule.lastMinute();
    clock.advance(4 * MINUTE);

    expect(between).toMatchObject({ outcome: 'queued', batches: 0, minutes: 1 });
    expect(mark).toBe(later(MINUTE, future));
    expect(await run()).toMatchObject({ batches: 1, minutes: 1, sent: [{ slot: clock.now().toISOString() }] });
    expect(await schedule.lastMinute()).toBe(later(2 * MINUTE, future));
  });
});

describe('the seconds for which the oldest batch has been due', () => {
  it('are those since its feed was added, while it was never polled', async () => {
    const { run, oldestDue, clock } = await aWorld();
    clock.advance(1_999);
    await run();

    expect(oldestDue()).toBe(61);
  });

  it('are none for a feed that is switched off', async () => {
    const { run, oldestDue, feeds, batch } = await aWorld();
    await feeds.updateFeedSettings(batch.feedIds[0]!, { active: false });
    await run();

    expect(oldestDue()).toBe(0);
  });

  it.each([
    ['in the slot that was polled', 0, 0],
    ['until the next slot', 5 * MINUTE - 1, 0],
    ['from the next slot on', 5 * MINUTE + 2_000, 2],
    ['and still a slot later', 11 * MINUTE, 6 * 60],
  ])('count from the slot after the last one polled: %s', async (_name, ms, seconds) => {
    const { run, oldestDue, feeds, batch, clock, slotAt } = await aWorld();
    const slot = slotAt(START);
    await feeds.notePolled(batch.id, slot, slot);
    clock.set(later(ms, slot));
    await run();

    expect(oldestDue()).toBe(seconds);
  });

  it('are none where the mark is of the future', async () => {
    const { run, oldestDue, feeds, batch, clock } = await aWorld();
    await feeds.notePolled(batch.id, later(60 * MINUTE), START);
    clock.advance(20 * MINUTE);
    await run();

    expect(oldestDue()).toBe(0);
  });
});

describe('feeds that are polled out of turn', () => {
  const ids = (count: number): FeedId[] => Array.from({ length: count }, (_, at) => `feed-${at}` as FeedId);
  const poll = { v: 1, kind: 'poll', pollBatch: null, slot: null };

  it('are queued without a slot, 25 in a message', async () => {
    const pollQueue = aQueue<PollMessage>();
    await queuePollNow(ids(26), { pollQueue });

    expect(pollQueue.take()).toEqual([
      { ...poll, feedIds: ids(25) },
      { ...poll, feedIds: ['feed-25'] },
    ]);
  });

  it('are marked when they were just added', async () => {
    const pollQueue = aQueue<PollMessage>();
    await queueFirstPoll(ids(1), { pollQueue });

    expect(pollQueue.take()).toEqual([{ ...poll, feedIds: ['feed-0'], firstPoll: true }]);
  });

  it('are not queued where there are none', async () => {
    const send = async () => Promise.reject(new Error('an empty request'));

    await expect(queuePollNow([], { pollQueue: { send } })).resolves.toBeUndefined();
  });
});
