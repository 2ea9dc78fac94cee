// The durable queues of one machine keep SQS's promises.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LocalQueues } from '../../local/queues/queues.ts';
import { MOST_RECEIVES } from '../../shared/core/message-retries.ts';

const HIDE_MS = 60_000;

function aQueue() {
  const clock = { now: Date.parse('2026-01-05T10:00:00Z') };
  return { queues: new LocalQueues(':memory:', () => clock.now), clock };
}

const folders: string[] = [];
const opened: LocalQueues[] = [];

afterAll(() => {
  for (const queues of opened) queues.close();
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** `kill` gives the queues as the next start finds them; `stop` the same after an orderly end. */
function aQueueOnDisk() {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-queues-'));
  folders.push(folder);
  const clock = { now: Date.parse('2026-01-05T10:00:00Z') };
  const file = join(folder, 'queues.sqlite');
  const open = (): LocalQueues => {
    const queues = new LocalQueues(file, () => clock.now);
    opened.push(queues);
    queues.releaseAll();
    return queues;
  };
  const stop = (): LocalQueues => {
    opened.pop()?.close();
    return open();
  };
  // What a killed process had open is simply not used any more.
  return { clock, file, queues: open(), kill: open, stop };
}

const bodies = (messages: readonly { readonly body: string }[]): readonly string[] => messages.map(({ body }) => body);

describe('a message', () => {
  it('is given to one receiver at a time, oldest first', () => {
    const { queues } = aQueue();
    queues.send('polls', ['first', 'second', 'third']);

    const one = queues.receive('polls', 2, HIDE_MS);
    const other = queues.receive('polls', 2, HIDE_MS);

    expect([bodies(one), bodies(other)]).toEqual([['first', 'second'], ['third']]);
  });

  it('comes back when its receiver did not delete it in time, and not before', () => {
    const { queues, clock } = aQueue();
    queues.send('polls', ['again']);
    queues.receive('polls', 1, HIDE_MS);

    clock.now += HIDE_MS - 1;
    const early = queues.receive('polls', 1, HIDE_MS);
    clock.now += 1;
    const [late] = queues.receive('polls', 1, HIDE_MS);

    expect(early).toEqual([]);
    expect(late).toMatchObject({ body: 'again', receives: 2 });
  });

  it('given back is hidden for its pause', () => {
    const { queues, clock } = aQueue();
    const [id = 0] = queues.send('polls', ['later']);
    queues.receive('polls', 1, HIDE_MS);

    queues.giveBack(id, 5_000, 'the host does not answer');

    expect(queues.receive('polls', 1, HIDE_MS)).toEqual([]);
    expect(queues.nextVisibleAt('polls')).toBe(clock.now + 5_000);
  });

  it('received too often without success is set aside, and can be redriven', () => {
    const { queues } = aQueue();
    const [id = 0] = queues.send('articles', ['poison']);
    for (let receive = 0; receive < MOST_RECEIVES; receive++) {
      expect(queues.receive('articles', 1, HIDE_MS)).toHaveLength(1);
      queues.giveBack(id, 0, 'cannot be read');
    }

    expect(queues.receive('articles', 1, HIDE_MS)).toEqual([]);
    expect([queues.depth('articles'), queues.depth('articles-dead')]).toEqual([0, 1]);
    expect(queues.deadLetters()).toBe(1);
    expect(queues.redrive()).toBe(1);
    expect(queues.receive('articles', 1, HIDE_MS)).toMatchObject([{ body: 'poison', receives: 1 }]);
  });

  it('that its receiver sets aside is among the dead letters at once, and still with its receiver until it is deleted', () => {
    const { queues } = aQueue();
    const [id = 0] = queues.send('articles', ['poison']);
    queues.receive('articles', 1, HIDE_MS);

    queues.setAside(id, 'it is no JSON');
    const before = [queues.depth('articles'), queues.deadLetters()];
    queues.delete(id);

    expect(before).toEqual([1, 1]);
    expect(queues.depth('articles')).toBe(0);
    expect(queues.listDeadLetters()).toMatchObject([{ queue: 'articles', body: 'poison', reason: 'it is no JSON' }]);
    queues.redrive();
    expect(queues.receive('articles', 1, HIDE_MS)).toMatchObject([{ body: 'poison', receives: 1 }]);
  });

  it('that is not being worked on is not given back', () => {
    const { queues, clock } = aQueue();
    const [id = 0] = queues.send('articles', ['waiting']);

    queues.giveBack(id, 60_000, 'too late');

    expect(queues.nextVisibleAt('articles')).toBe(clock.now);
  });

  it('is forgotten after four days, a dead letter after fourteen', () => {
    const { queues, clock } = aQueue();
    queues.send('polls', ['old']);
    const [id = 0] = queues.send('articles', ['poison']);
    for (let receive = 0; receive < MOST_RECEIVES; receive++) {
      queues.receive('articles', 1, HIDE_MS);
      queues.giveBack(id, 0, '');
    }
    queues.receive('articles', 1, HIDE_MS);

    const left = [4, 14].map((days) =>
      [0, 1].map((ms) => {
        queues.forgetExpired(clock.now + days * 86_400_000 + ms);
        return [queues.depth('polls'), queues.depth('articles-dead')];
      }),
    );

    expect(left).toEqual([
      [
        [1, 1],
        [0, 1],
      ],
      [
        [0, 1],
        [0, 0],
      ],
    ]);
  });
});

describe('a message that was in work when the process was killed', () => {
  it('comes back at the next start without having used up a try', () => {
    const { queues, kill } = aQueueOnDisk();
    queues.send('articles', ['news']);
    const failed = queues.receive('articles', 1, HIDE_MS)[0]!;
    queues.giveBack(failed.id, 0, 'the table was busy');
    queues.receive('articles', 1, HIDE_MS);

    const after = kill();

    expect(after.receive('articles', 1, HIDE_MS)).toMatchObject([{ body: 'news', receives: 2 }]);
  });

  it('is never set aside while other messages are finished between the kills', () => {
    let { queues, kill } = aQueueOnDisk();
    queues.send('articles', ['slow']);
    for (let round = 0; round < 12; round++) {
      const [quick = 0] = queues.send('polls', [`quick ${round}`]);
      queues.receive('articles', 1, HIDE_MS);
      queues.receive('polls', 1, HIDE_MS);
      queues.delete(quick);
      queues = kill();
    }

    expect([queues.depth('articles'), queues.deadLetters()]).toEqual([1, 0]);
  });

  it('is set aside when the process was killed five times over it and nothing else was finished', () => {
    let { queues, kill } = aQueueOnDisk();
    queues.send('articles', ['deadly']);
    for (let round = 0; round < 4; round++) {
      expect(queues.receive('articles', 10, HIDE_MS)).toHaveLength(1);
      queues = kill();
    }
    queues.receive('articles', 10, HIDE_MS);

    const after = kill();

    expect([after.depth('articles'), after.depth('articles-dead')]).toEqual([0, 1]);
    expect(after.redrive()).toBe(1);
    expect(after.receive('articles', 1, HIDE_MS)).toMatchObject([{ body: 'deadly', receives: 1 }]);
  });

  it('comes alone from then on, so that the message which ends the process takes no other with it', () => {
    let { queues, kill } = aQueueOnDisk();
    queues.send('articles', ['deadly']);
    queues.receive('articles', 1, HIDE_MS);
    queues = kill();
    queues.send('articles', ['next', 'last']);

    const first = queues.receive('articles', 10, HIDE_MS);
    const second = queues.receive('articles', 10, HIDE_MS);

    expect([bodies(first), bodies(second)]).toEqual([['deadly'], ['next', 'last']]);
  });

  it('does not wait for one that was set aside after too many tries and one kill', () => {
    let { queues, kill, clock } = aQueueOnDisk();
    queues.send('articles', ['tried too often']);
    queues.receive('articles', 1, HIDE_MS);
    queues = kill();
    for (let tries = 0; tries <= MOST_RECEIVES; tries++) {
      queues.receive('articles', 1, HIDE_MS);
      clock.now += HIDE_MS;
    }
    queues.send('polls', ['in work at each kill']);
    for (let kills = 0; kills < 3; kills++) {
      queues.receive('polls', 1, HIDE_MS);
      queues = kill();
    }

    expect(queues.deadLetters()).toBe(1);
    expect(bodies(queues.receive('polls', 1, HIDE_MS))).toEqual(['in work at each kill']);
  });

  describe('for the third time in a row, with others', () => {
    const QUEUES_IN_USE = ['polls', 'articles', 'publications'] as const;

    /** Three messages a queue, all of them in progress at three kills. */
    function killedThreeTimes() {
      let { queues, kill } = aQueueOnDisk();
      for (const queue of QUEUES_IN_USE) queues.send(queue, [`${queue} 1`, `${queue} 2`, `${queue} 3`]);
      for (let round = 0; round < 3; round++) {
        for (const queue of QUEUES_IN_USE) for (let n = 0; n < 3; n++) queues.receive(queue, 10, HIDE_MS);
        queues = kill();
      }
      return { queues, kill };
    }

    it('comes when no other is in progress, over all queues, and all else waits for it', () => {
      const { queues } = killedThreeTimes();
      queues.send('articles', ['new']);

      const order: string[] = [];
      for (let left = 9; left > 0; left--) {
        const [message, ...more] = QUEUES_IN_USE.flatMap((queue) => queues.receive(queue, 10, HIDE_MS));
        expect(more).toEqual([]);
        order.push(message?.body ?? '');
        queues.delete(message?.id ?? 0);
        queues.finished([message!]);
      }
      queues.send('polls', ['newer']);

      expect(order).toHaveLength(9);
      expect(order).not.toContain('new');
      expect(QUEUES_IN_USE.flatMap((queue) => bodies(queues.receive(queue, 10, HIDE_MS)))).toEqual(['newer', 'new']);
    });

    it('is not set aside by as many kills as there are messages', () => {
      let { queues, kill } = killedThreeTimes();
      for (let round = 0; round < 9; round++) {
        for (const queue of QUEUES_IN_USE) queues.receive(queue, 10, HIDE_MS);
        queues = kill();
      }

      expect(queues.deadLetters()).toBe(0);
    });

    it('is set aside when it alone is in progress at each further kill, whatever is finished in between', () => {
      let { queues, kill } = killedThreeTimes();
      for (let kills = 0; kills < 2; kills++) {
        for (;;) {
          const [message] = QUEUES_IN_USE.flatMap((queue) => queues.receive(queue, 10, HIDE_MS));
          if (message === undefined || message.body === 'articles 2') break;
          queues.delete(message.id);
          queues.finished([message]);
        }
        queues = kill();
      }

      expect(queues.listDeadLetters().map(({ body }) => body)).toEqual(['articles 2']);
      expect(QUEUES_IN_USE.map((queue) => queues.depth(queue))).toEqual([0, 0, 0]);
    });
  });

  it('is held against nothing when the end was asked for', () => {
    let { queues, stop } = aQueueOnDisk();
    queues.send('articles', ['slow']);
    for (let round = 0; round < 7; round++) {
      queues.receive('articles', 1, HIDE_MS);
      queues = stop();
    }

    expect(queues.receive('articles', 1, HIDE_MS)).toMatchObject([{ body: 'slow', receives: 1 }]);
  });

  it('leaves alone what waits for a later time, but not what a fast clock has put far ahead', () => {
    const { queues, kill, clock } = aQueueOnDisk();
    queues.send('articles', ['in ten minutes'], 10 * 60_000);
    clock.now += 2 * 86_400_000;
    queues.send('articles', ['by a fast clock'], 10 * 60_000);
    clock.now -= 2 * 86_400_000;

    const after = kill();

    const atOnce = after.receive('articles', 10, HIDE_MS);
    after.delete(...atOnce.map(({ id }) => id));
    clock.now += 10 * 60_000;

    expect(bodies(atOnce)).toEqual(['by a fast clock']);
    expect(bodies(after.receive('articles', 10, HIDE_MS))).toEqual(['in ten minutes']);
  });
});

it('a message that is being worked on is not handed out again when a fast clock is set right', () => {
  const { queues, clock } = aQueue();
  clock.now += 2 * 86_400_000;
  queues.send('articles', ['in progress', 'waiting']);
  queues.receive('articles', 1, HIDE_MS);

  clock.now -= 2 * 86_400_000;

  expect(bodies(queues.receive('articles', 10, HIDE_MS))).toEqual(['waiting']);
});

describe('the queues of a machine', () => {
  it('are kept on disk, and what was being worked on when the process died is there again at the next start', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tocsin-queues-'));
    const file = join(folder, 'queues.sqlite');
    const before = new LocalQueues(file);
    before.send('polls', ['under way', 'waiting']);
    before.receive('polls', 1, HIDE_MS);
    before.setSetting('place', '42');
    before.close();

    const after = new LocalQueues(file);
    after.releaseAll();

    expect(bodies(after.receive('polls', 10, HIDE_MS))).toEqual(['under way', 'waiting']);
    expect(after.getSetting('place')).toBe('42');
    after.close();
    rmSync(folder, { recursive: true });
  });

  it('hide what is sent for later, for 15 minutes at most', () => {
    const { queues, clock } = aQueue();
    queues.send('polls', ['later'], 900_000);
    queues.send('articles', ['too late'], 900_001);

    expect(bodies(queues.receive('articles', 1, HIDE_MS))).toEqual(['too late']);
    expect(queues.receive('polls', 1, HIDE_MS)).toEqual([]);
    clock.now += 900_000;
    expect(bodies(queues.receive('polls', 1, HIDE_MS))).toEqual(['later']);
  });

  it('delete what is named, and nothing where nothing is', () => {
    const { queues } = aQueue();
    const ids = queues.send('polls', ['one', 'two', 'three']);

    queues.delete();
    queues.delete(ids[0]!, ids[2]!);

    expect(bodies(queues.receive('polls', 10, HIDE_MS))).toEqual(['two']);
    expect(queues.nextVisibleAt('articles')).toBeNull();
  });

  it('keep the first 500 characters of a reason', () => {
    const { queues } = aQueue();
    const [id = 0] = queues.send('polls', ['bad']);
    for (let tries = 0; tries < MOST_RECEIVES; tries += 1) {
      queues.receive('polls', 1, HIDE_MS);
      queues.giveBack(id, 0, 'x'.repeat(501));
    }
    queues.receive('polls', 1, HIDE_MS);

    expect(queues.listDeadLetters()).toMatchObject([{ id, queue: 'polls', body: 'bad', reason: 'x'.repeat(500) }]);
  });

  it('list and change the dead letters that are named, the oldest first', () => {
    const { queues, clock } = aQueue();
    const [one = 0, two = 0] = queues.send('polls-dead', ['one', 'two']);
    clock.now += 1;
    const [three = 0] = queues.send('articles-dead', ['three']);
    const [live = 0] = queues.send('articles', ['live']);

    expect(queues.listDeadLetters(2).map(({ id }) => id)).toEqual([one, two]);
    expect(queues.listDeadLetters().map(({ id, queue }) => [id, queue])).toEqual([
      [one, 'polls'],
      [two, 'polls'],
      [three, 'articles'],
    ]);
    expect(queues.redrive([two, live, 99])).toBe(1);
    expect(queues.dropDeadLetters([one, live])).toBe(1);
    expect(queues.dropDeadLetters()).toBe(1);
    expect([queues.deadLetters(), queues.depth('articles'), queues.depth('polls')]).toEqual([0, 1, 1]);
  });

  it('forget the settings that begin with a name, and no others', () => {
    const { queues } = aQueue();
    for (const name of ['place 1', 'place 2', 'other', 'my place']) queues.setSetting(name, 'x');
    queues.setSetting('other', 'y');

    queues.forgetSettings(['place', 'none']);

    expect(['place 1', 'place 2', 'other', 'my place'].map((name) => queues.getSetting(name))).toEqual([
      null,
      null,
      'y',
      'x',
    ]);
  });

  it('tell those who wait that something was redriven, or that a pause is over', async () => {
    const { queues } = aQueue();
    const told: string[] = [];
    for (const queue of ['polls', 'alerts-given-up'] as const) queues.onSend(queue, () => told.push(queue));

    (await queues.pause())();
    queues.redrive();

    expect(told).toEqual(['polls', 'alerts-given-up', 'polls', 'alerts-given-up']);
  });

  it('tell those who wait that something was sent', () => {
    const { queues } = aQueue();
    const told: string[] = [];
    const unlisten = queues.onSend('polls', () => told.push('polls'));

    queues.send('articles', ['elsewhere']);
    queues.send('polls', ['here']);
    unlisten();
    queues.send('polls', ['unheard']);

    expect(told).toEqual(['polls']);
  });
});

describe('a pause', () => {
  it('waits for the work on every message handed out, also on one that is visible again meanwhile', async () => {
    const { queues, clock } = aQueue();
    queues.send('polls', ['slow', 'next']);
    const taken = queues.receive('polls', 1, HIDE_MS);
    clock.now += HIDE_MS + 1;
    let isPaused = false;

    const pausing = queues.pause().then((resume) => {
      isPaused = true;
      return resume;
    });
    await new Promise((resolve) => setImmediate(resolve));
    const before = isPaused;
    queues.finished(taken);
    const resume = await pausing;

    expect(before).toBe(false);
    expect(queues.receive('polls', 10, HIDE_MS)).toEqual([]);
    resume();
    expect(queues.receive('polls', 10, HIDE_MS)).toHaveLength(2);
  });

  it('does not wait for a message that was not handed out, because the file refused the transaction', async () => {
    const { queues, file } = aQueueOnDisk();
    queues.send('polls', ['one']);
    const other = new DatabaseSync(file);
    // Broken only when the transaction is committed, as the last write of one is by a full disk.
    other.exec(`
      CREATE TABLE parent (id INTEGER PRIMARY KEY);
      CREATE TABLE child (parent REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED);
      CREATE TRIGGER refuse AFTER UPDATE ON message BEGIN INSERT INTO child VALUES (1); END`);

    expect(() => queues.receive('polls', 1, HIDE_MS)).toThrow(/constraint/i);
    other.exec('DROP TRIGGER refuse');
    other.close();
    const resume = await queues.pause();

    resume();
    expect(queues.receive('polls', 1, HIDE_MS)).toHaveLength(1);
  });

  it('does not wait for a message whose work has ended without a word to the file', async () => {
    const { queues } = aQueue();
    queues.send('polls', ['one']);
    queues.finished(queues.receive('polls', 1, HIDE_MS));

    const resume = await queues.pause();

    resume();
  });
});
