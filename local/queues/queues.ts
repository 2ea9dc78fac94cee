// Durable queues in one SQLite file: what was accepted survives a kill. The semantics are SQS's: a received message is hidden until it is
// deleted or its time is up; after too many receives it moves to the dead-letter queue, from where it can be redriven. Unlike SQS, the queues
// know when their only receiver died: the messages it was working on come back without having used up a try.

import type { DatabaseSync } from 'node:sqlite';
import { ServiceUnavailableError } from '../../shared/core/errors.ts';
import { MOST_RECEIVES } from '../../shared/core/message-retries.ts';
import { DAY_MS, MINUTE_MS } from '../../shared/core/time.ts';
import { storageErrorOf } from '../files/storage-problems.ts';
import { openQueueFile } from './queue-file.ts';

/** `publications`: what the SNS of this machine has accepted and not yet handed to each subscription. */
export const QUEUES = ['polls', 'articles', 'deliveries', 'publications', 'alerts-given-up'] as const;
export type QueueName = (typeof QUEUES)[number] | `${(typeof QUEUES)[number]}-dead`;

export interface ReceivedMessage {
  readonly id: number;
  readonly body: string;
  /** Receives so far, this one included. */
  readonly receives: number;
  /** When it was sent, epoch milliseconds. */
  readonly sentAt: number;
}

/** A message that was set aside. */
export interface DeadLetter {
  readonly id: number;
  /** The queue that it was on. */
  readonly queue: (typeof QUEUES)[number];
  readonly body: string;
  /** When it was set aside, epoch milliseconds. */
  readonly since: number;
  /** Why its last try failed; null where nothing is known. */
  readonly reason: string | null;
}

/**
 * A message that was in progress at this many kills in a row, with no message finished in between, may be what ends the process: it is
 * set aside.
 */
const MAX_DEATHS = 5;
/**
 * From so many on, the messages that were in progress at a kill come one at a time over all queues, and everything else waits: only then is
 * it certain which of them ends the process, and kills from elsewhere do not add up on all of them at once.
 */
const CAREFUL_DEATHS = 3;
const DEATH_REASON = `Tocsin ended ${MAX_DEATHS} times in a row while working on this message`;
/** No message is hidden for longer (the longest delay in SQS): a time further ahead was written by a clock that ran fast. */
const LONGEST_HIDDEN_MS = 15 * MINUTE_MS;
/** As SQS: a dead letter is kept for 14 days, anything else for four. */
const DEAD_DAYS = 14;
const LIVE_DAYS = 4;
const LONGEST_REASON = 500;
const LONGEST_PAUSE_MS = MINUTE_MS;
const LOOK_EVERY_MS = 50;

export class LocalQueues {
  readonly #file: string;
  readonly #db: DatabaseSync;
  readonly #statements: ReturnType<typeof prepareStatements>;
  readonly #now: () => number;
  readonly #waiting = new Map<string, Set<() => void>>();
  /** Whether a message was finished since `releaseAll`; stored in the file too. */
  #hasProgressed = false;
  /** Messages under suspicion come one at a time; see CAREFUL_DEATHS. */
  #isCareful = false;
  #pauses = 0;
  /** Handed out, and the work on them has not ended. Not the rows of the file: those are visible again when their time is up. */
  #inProgress = 0;

  /**
   * `file` `:memory:` for a queue that need not last. Throws InvalidInputError('newer_data') and ('corrupt_data'), and StorageError.
   */
  constructor(file: string, now: () => number = Date.now) {
    this.#now = now;
    this.#file = file;
    this.#db = openQueueFile(file);
    this.#statements = prepareStatements(this.#db);
  }

  /** All or none are accepted; on the disk when this returns. Hidden for `delayMs`. */
  send(queue: QueueName, bodies: readonly string[], delayMs = 0): readonly number[] {
    const now = this.#now();
    const { insert } = this.#statements;
    const ids = this.#onDisk(() =>
      this.#atomically(() => bodies.map((body) => Number(insert.run(queue, body, now, now + delayMs).lastInsertRowid))),
    );
    this.#wake(queue);
    return ids;
  }

  /**
   * Up to `limit` visible messages, those longest visible first, hidden for `visibilityTimeoutMs`. Those received too often move to the dead-letter
   * queue instead. A message that was in progress when the process died comes alone, so that the cause does not affect others.
   */
  receive(queue: QueueName, limit: number, visibilityTimeoutMs: number): readonly ReceivedMessage[] {
    if (this.#pauses > 0 || (this.#isCareful && this.#inProgress > 0)) return [];
    const now = this.#now();
    const { comeBack, setAside, hide } = this.#statements;
    const taken = this.#atomically(() => {
      comeBack.run(now, queue, now + LONGEST_HIDDEN_MS);
      setAside.run(now, now, queue, now);
      const chosen = this.#choose(queue, limit, now);
      for (const { id } of chosen) hide.run(now + visibilityTimeoutMs, id);
      return chosen.map(({ deaths: _, ...message }) => message);
    });
    // Only once it is on the disk: a message that the file did not take is not handed out, so its end would never be reported.
    this.#inProgress += taken.length;
    return taken;
  }

  #choose(queue: QueueName, limit: number, now: number): readonly SuspectedMessage[] {
    const { oldest, leastSuspected, anySuspect } = this.#statements;
    if (this.#isCareful && anySuspect.get() === undefined) {
      this.#isCareful = false;
      this.setSetting(ONE_AT_A_TIME, 'no');
    }
    if (this.#isCareful) return leastSuspected.all(queue, now) as unknown as SuspectedMessage[];
    const rows = oldest.all(queue, now, limit) as unknown as SuspectedMessage[];
    const suspect = rows.findIndex(({ deaths }) => deaths > 0);
    return suspect === -1 ? rows : rows.slice(0, Math.max(1, suspect));
  }

  /**
   * Hands out nothing more, and resolves when the work on everything handed out has `finished`; the returned function ends the pause. Throws
   * ServiceUnavailableError when that takes longer than a minute.
   */
  async pause(): Promise<() => void> {
    this.#pauses += 1;
    const resume = (): void => {
      this.#pauses -= 1;
      for (const queue of QUEUES) this.#wake(queue);
    };
    for (const begunAt = performance.now(); this.#inProgress > 0; ) {
      if (performance.now() - begunAt > LONGEST_PAUSE_MS) {
        resume();
        throw new ServiceUnavailableError('the work in progress did not end within a minute; try again');
      }
      await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
    }
    return resume;
  }

  /** The work on these messages has ended, with whatever result, even when the file could not record it. */
  finished(messages: readonly ReceivedMessage[]): void {
    this.#inProgress -= messages.length;
  }

  /** Together, because a transaction costs more than its statements. */
  delete(...ids: readonly number[]): void {
    if (ids.length === 0) return;
    this.#atomically(() => {
      for (const id of ids) this.#statements.delete.run(id);
      if (!this.#hasProgressed) this.setSetting(PROGRESS, 'yes');
    });
    this.#hasProgressed = true;
  }

  /** Visible again after the pause, if it is being worked on; the reason is shown with the dead letter. */
  giveBack(id: number, afterMs: number, reason: string): void {
    this.#statements.giveBack.run(this.#now() + afterMs, reason.slice(0, LONGEST_REASON), id);
  }

  /** A dead letter like it is on the disk when this returns; the message itself is for its receiver to delete. */
  setAside(id: number, reason: string): void {
    const now = this.#now();
    this.#onDisk(() => this.#statements.copyAside.run(now, now, reason.slice(0, LONGEST_REASON), id));
  }

  /** Messages set aside after too many tries, over all queues; the oldest first. */
  listDeadLetters(limit = -1): readonly DeadLetter[] {
    return this.#statements.listDead.all(limit) as unknown as DeadLetter[];
  }

  deadLetters(): number {
    return (this.#statements.countDead.get() as { n: number }).n;
  }

  /** Moves dead letters back to their queues and returns how many. Without `ids`, all of them. */
  redrive(ids?: readonly number[]): number {
    const changed = this.#changeDead(
      ids,
      `UPDATE message SET queue = substr(queue, 1, length(queue) - length('-dead')), receives = 0, deaths = 0, inWork = 0,
        visibleAt = ${this.#now()}, sentAt = ${this.#now()}`,
    );
    for (const queue of QUEUES) this.#wake(queue);
    return changed;
  }

  /** Deletes dead letters permanently and returns how many. Without `ids`, all of them. */
  dropDeadLetters(ids?: readonly number[]): number {
    return this.#changeDead(ids, 'DELETE FROM message');
  }

  #changeDead(ids: readonly number[] | undefined, change: string): number {
    return this.#atomically(() => {
      if (ids === undefined) return Number(this.#db.prepare(`${change} WHERE ${IS_DEAD}`).run().changes);
      const one = this.#db.prepare(`${change} WHERE ${IS_DEAD} AND id = ?`);
      return ids.reduce((sum, id) => sum + Number(one.run(id).changes), 0);
    });
  }

  /** Messages in the queue, hidden ones included. */
  depth(queue: QueueName): number {
    const row = this.#statements.count.get(queue) as { n: number };
    return row.n;
  }

  /** Instant at which the next message becomes visible; null when the queue is empty. */
  nextVisibleAt(queue: QueueName): number | null {
    return (this.#statements.nextVisible.get(queue) as { at: number | null }).at;
  }

  /** What a restart must know: the place in the stream, the items published. */
  getSetting(name: string): string | null {
    const row = this.#db.prepare('SELECT value FROM setting WHERE name = ?').get(name) as { value: string } | undefined;
    return row?.value ?? null;
  }

  setSetting(name: string, value: string): void {
    this.#db
      .prepare(
        'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      )
      .run(name, value);
  }

  /** All settings whose names begin with one of these. */
  forgetSettings(prefixes: readonly string[]): void {
    const forget = this.#db.prepare('DELETE FROM setting WHERE substr(name, 1, length(?)) = ?');
    this.#atomically(() => {
      for (const prefix of prefixes) forget.run(prefix, prefix);
    });
  }

  /**
   * At a start: messages that were in progress when the last process was killed are visible again, without having used up a try; one that
   * seems to have caused the kills is set aside. Messages that wait for a later time keep waiting.
   */
  releaseAll(): void {
    const now = this.#now();
    this.#atomically(() => {
      // Earlier versions did not clear the deaths of a dead letter, and then waited for it to be handed out.
      this.#db.exec(`UPDATE message SET deaths = 0 WHERE deaths > 0 AND ${IS_DEAD}`);
      // A message finished in between shows that the kills came from elsewhere, unless there was only one that can have been the cause.
      const isCertain = this.getSetting(ONE_AT_A_TIME) === 'yes';
      const before = this.getSetting(PROGRESS) === 'yes' && !isCertain ? '0' : 'deaths';
      this.#db.exec(`UPDATE message SET deaths = ${before} + 1 WHERE inWork = 1`);
      this.#release(now);
      this.#db
        .prepare(
          `UPDATE message SET queue = queue || '-dead', sentAt = ?, reason = ?, deaths = 0
           WHERE deaths >= ${MAX_DEATHS} AND queue NOT LIKE '%-dead'`,
        )
        .run(now, DEATH_REASON);
      this.#db.prepare('UPDATE message SET visibleAt = ? WHERE visibleAt > ?').run(now, now + LONGEST_HIDDEN_MS);
      this.setSetting(PROGRESS, 'no');
      this.#isCareful = this.#statements.anyWorn.get() !== undefined;
      this.setSetting(ONE_AT_A_TIME, this.#isCareful ? 'yes' : 'no');
    });
    this.#hasProgressed = false;
  }

  /** `now`: epoch milliseconds by a clock that is believed; see settled-clock.ts. */
  forgetExpired(now: number): void {
    this.#db
      .prepare(
        `DELETE FROM message WHERE (queue LIKE '%-dead' AND sentAt < ?) OR (queue NOT LIKE '%-dead' AND sentAt < ?)`,
      )
      .run(now - DEAD_DAYS * DAY_MS, now - LIVE_DAYS * DAY_MS);
  }

  /** Calls back when something is sent to the queue; the returned function ends that. */
  onSend(queue: QueueName, listener: () => void): () => void {
    const listeners = this.#waiting.get(queue) ?? new Set();
    this.#waiting.set(queue, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  /** Messages still in progress come back at the next start; a normal stop does not count against them. */
  close(): void {
    try {
      this.#release(this.#now());
    } catch {
      // On a full disk. The next start releases them, and counts this as a kill.
    }
    this.#db.close();
  }

  #release(now: number): void {
    this.#db
      .prepare(
        'UPDATE message SET visibleAt = MIN(sentAt, ?), receives = MAX(0, receives - 1), inWork = 0 WHERE inWork = 1',
      )
      .run(now);
  }

  #wake(queue: QueueName): void {
    for (const listener of this.#waiting.get(queue) ?? []) listener();
  }

  /**
   * What is accepted must outlive a power cut, so it waits for the disk. The rest outlives a kill without waiting; lost with the power,
   * it only brings a message back once more.
   */
  #onDisk<T>(work: () => T): T {
    this.#db.exec('PRAGMA synchronous = FULL');
    try {
      return work();
    } finally {
      this.#db.exec('PRAGMA synchronous = NORMAL');
    }
  }

  #atomically<T>(work: () => T): T {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      // Some errors, a full disk among them, have ended the transaction already.
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw storageErrorOf(error, this.#file) ?? error;
    }
  }
}

/** Setting: whether a message was finished since the last start. */
const PROGRESS = 'progress since start';
/** Setting: whether messages under suspicion came one at a time. */
const ONE_AT_A_TIME = 'one message at a time';

/** `deaths`: kills in a row at which it was in progress. */
type SuspectedMessage = ReceivedMessage & { readonly deaths: number };

/** Names them, so that the backlog of the other queues is not looked through. */
const IS_DEAD = `queue IN (${QUEUES.map((queue) => `'${queue}-dead'`).join(', ')})`;

/** What each message needs, taken apart by the database once; none of it looks through a whole backlog. */
const prepareStatements = (db: DatabaseSync) => ({
  insert: db.prepare('INSERT INTO message (queue, body, sentAt, visibleAt) VALUES (?, ?, ?, ?)'),
  /** Not messages in progress: they come back by themselves. */
  comeBack: db.prepare('UPDATE message SET visibleAt = ? WHERE queue = ? AND visibleAt > ? AND inWork = 0'),
  setAside: db.prepare(
    `UPDATE message SET queue = queue || '-dead', visibleAt = ?, sentAt = ?, inWork = 0, deaths = 0 WHERE queue = ? AND visibleAt <= ? AND receives >= ${MOST_RECEIVES}`,
  ),
  oldest: db.prepare(
    'SELECT id, body, receives + 1 AS receives, sentAt, deaths FROM message WHERE queue = ? AND visibleAt <= ? ORDER BY visibleAt, id LIMIT ?',
  ),
  leastSuspected: db.prepare(
    'SELECT id, body, receives + 1 AS receives, sentAt, deaths FROM message WHERE queue = ? AND visibleAt <= ? AND deaths = (SELECT MIN(deaths) FROM message WHERE deaths > 0) ORDER BY visibleAt, id LIMIT 1',
  ),
  anySuspect: db.prepare('SELECT 1 FROM message WHERE deaths > 0 LIMIT 1'),
  // `deaths > 0` follows from the rest, and lets SQLite use the small index of suspects.
  anyWorn: db.prepare(`SELECT 1 FROM message WHERE deaths > 0 AND deaths >= ${CAREFUL_DEATHS} LIMIT 1`),
  hide: db.prepare('UPDATE message SET receives = receives + 1, visibleAt = ?, inWork = 1 WHERE id = ?'),
  delete: db.prepare('DELETE FROM message WHERE id = ?'),
  giveBack: db.prepare(
    'UPDATE message SET visibleAt = ?, reason = ?, inWork = 0, deaths = 0 WHERE id = ? AND inWork = 1',
  ),
  copyAside: db.prepare(
    "INSERT INTO message (queue, body, sentAt, visibleAt, reason) SELECT queue || '-dead', body, ?, ?, ? FROM message WHERE id = ?",
  ),
  listDead: db.prepare(
    `SELECT id, substr(queue, 1, length(queue) - length('-dead')) AS queue, body, sentAt AS since, reason
     FROM message WHERE ${IS_DEAD} ORDER BY sentAt, id LIMIT ?`,
  ),
  countDead: db.prepare(`SELECT COUNT(*) AS n FROM message WHERE ${IS_DEAD}`),
  count: db.prepare('SELECT COUNT(*) AS n FROM message WHERE queue = ?'),
  nextVisible: db.prepare('SELECT MIN(visibleAt) AS at FROM message WHERE queue = ?'),
});
