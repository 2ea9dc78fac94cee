// What this process knows of its own health: what ran when, how often the database ended, what its parts report. Nothing of it is stored.

import { existsSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MINUTE_MS, SECOND_MS } from '../../shared/core/time.ts';
import { VERSION } from '../../shared/core/version.ts';
import type {
  LastRun,
  MachineProblem,
  MachineStatus,
  QueueProgress,
  Readiness,
} from '../../shared/health/machine-status.ts';
import { DATA_FILES } from '../database/database-engines.ts';
import { QUEUES_FILE } from '../files/file-names.ts';
import type { LocalQueues, QUEUES } from '../queues/queues.ts';
import { LOG_FILE } from '../system/log-file.ts';

/** The queues that handlers work on. */
const WORKED_QUEUES = [
  'polls',
  'articles',
  'deliveries',
  'publications',
] as const satisfies readonly (typeof QUEUES)[number][];
type WorkedQueue = (typeof WORKED_QUEUES)[number];

/** A clock that is this far from where it should be was set, or stood still while the machine slept. */
const CLOCK_JUMP_MS = 2 * MINUTE_MS;
/** Name of the problem that the log cannot be written. */
const LOG = 'log';

export interface HealthParts {
  readonly folder: string;
  readonly queues: LocalQueues;
  /** Null where the database is not ours to run. */
  databaseProcessId(): number | null;
}

/** Milliseconds: what the clock on the wall shows, and what passes whether or not somebody sets that clock. */
export interface HealthClock {
  now(): number;
  passed(): number;
}

const CLOCK: HealthClock = { now: () => Date.now(), passed: () => performance.now() };

interface Moment {
  readonly at: number;
  readonly passed: number;
}

export class Health {
  readonly #parts: HealthParts;
  readonly #clock: HealthClock;
  readonly #started: Moment;
  readonly #ran: { schedule: Moment | null; sweep: Moment | null } = { schedule: null, sweep: null };
  readonly #finished = new Map<WorkedQueue, number>();
  /** The data files as they were opened. */
  readonly #files: ReadonlyMap<string, number | null>;
  readonly #problems = new Map<string, MachineProblem>();
  /** When the log was last changed before it could not be written. */
  #logChangedMs = 0;
  #state: MachineStatus['state'] = 'offline';
  #restarts = 0;
  #crash: { readonly at: number; readonly processId: number | null } | null = null;
  #clockJump: MachineStatus['clockJump'] = null;
  /** The wall-clock time when the monotonic clock was at zero. */
  #origin: number;

  constructor(parts: HealthParts, clock: HealthClock = CLOCK) {
    this.#parts = parts;
    this.#clock = clock;
    this.#started = this.#moment();
    this.#origin = this.#started.at - this.#started.passed;
    const files = [...DATA_FILES, QUEUES_FILE].map((name) => join(parts.folder, name));
    this.#files = new Map(files.filter((file) => existsSync(file)).map((file) => [file, identityOf(file)]));
  }

  /** Handlers are about to be given work. */
  starting(): void {
    this.#state = 'starting';
  }

  /** Work is given to handlers, but no schedule will run. */
  runsOnce(): void {
    this.#state = 'once';
  }

  stopping(): void {
    this.#state = 'stopping';
  }

  /** The same handler; its runs that end without an error are remembered. */
  timed<Event>(name: 'schedule' | 'sweep', handler: (event: Event) => Promise<void>): (event: Event) => Promise<void> {
    return async (event) => {
      this.#lookAtClock();
      await handler(event);
      this.#ran[name] = this.#moment();
      if (name === 'schedule' && this.#state === 'starting') this.#state = 'running';
    };
  }

  /** The same handler; that it finished a message is remembered. */
  worked<
    Event extends { readonly Records: readonly unknown[] },
    Result extends { readonly batchItemFailures: readonly unknown[] },
  >(queue: WorkedQueue, handler: (event: Event) => Promise<Result>): (event: Event) => Promise<Result> {
    return async (event) => {
      const result = await handler(event);
      if (result.batchItemFailures.length < event.Records.length) this.#finished.set(queue, this.#clock.passed());
      return result;
    };
  }

  databaseEnded(): void {
    this.#restarts += 1;
    this.#crash = { at: this.#clock.now(), processId: this.#parts.databaseProcessId() };
  }

  /** `doctor` reports it until it is solved. `what` is a word or two (`mail server`); `says` is a sentence with the remedy, without secrets. */
  report(what: string, says: string): void {
    const since = this.#problems.get(what)?.since ?? new Date(this.#clock.now()).toISOString();
    this.#problems.set(what, { what, says, since });
  }

  solved(what: string): void {
    this.#problems.delete(what);
  }

  /** Solved by itself as soon as the log is written again. */
  logUnwritable(problem: string): void {
    this.#logChangedMs = this.#logChange();
    this.report(LOG, `the log cannot be written, so lines are missing: ${problem}`);
  }

  readiness(): Readiness {
    const { databaseProcessId } = this.#parts;
    const now = this.#moment();
    return {
      state: this.#state,
      upSeconds: secondsBetween(this.#started.passed, now.passed),
      schedule: this.#lastRun('schedule', now),
      sweep: this.#lastRun('sweep', now),
      queues: WORKED_QUEUES.map((name) => this.#progress(name, now)),
      database: {
        // The listener is called for a crash only; the new process shows that the restart is over.
        isRestarting: this.#crash !== null && databaseProcessId() === this.#crash.processId,
        restarts: this.#restarts,
        lastRestartAt: this.#crash === null ? null : new Date(this.#crash.at).toISOString(),
      },
    };
  }

  /** Counts what is queued: with 200,000 messages that takes some 60 ms. */
  machineStatus(): MachineStatus {
    this.#lookAtClock();
    this.#lookAtLog();
    this.#lookAtFiles();
    const { queues, folder } = this.#parts;
    const now = this.#moment();
    return {
      ...this.readiness(),
      time: new Date(now.at).toISOString(),
      version: VERSION,
      startedAt: new Date(this.#started.at).toISOString(),
      queues: WORKED_QUEUES.map((name) => ({ ...this.#progress(name, now), depth: queues.depth(name) })),
      deadLetters: queues.deadLetters(),
      disk: diskOf(folder),
      clockJump: this.#clockJump,
      problems: [...this.#problems.values()],
    };
  }

  #lastRun(name: 'schedule' | 'sweep', now: Moment): LastRun {
    const ran = this.#ran[name];
    if (ran === null) return { at: null, secondsAgo: null };
    return { at: new Date(ran.at).toISOString(), secondsAgo: secondsBetween(ran.passed, now.passed) };
  }

  #progress(name: WorkedQueue, now: Moment): QueueProgress {
    const readyAt = this.#parts.queues.nextVisibleAt(name) ?? now.at;
    return {
      name,
      waitingSeconds: Math.max(0, secondsBetween(readyAt, now.at)),
      idleSeconds: secondsBetween(this.#finished.get(name) ?? this.#started.passed, now.passed),
    };
  }

  #lookAtClock(): void {
    const { at, passed } = this.#moment();
    const moved = at - passed - this.#origin;
    this.#origin += moved;
    if (Math.abs(moved) >= CLOCK_JUMP_MS)
      this.#clockJump = { at: new Date(at).toISOString(), seconds: Math.round(moved / SECOND_MS) };
  }

  #lookAtLog(): void {
    if (this.#problems.has(LOG) && this.#logChange() !== this.#logChangedMs) this.solved(LOG);
  }

  #lookAtFiles(): void {
    for (const [file, identity] of this.#files) {
      if (identityOf(file) === identity) continue;
      const says = `${file} was removed or replaced while Tocsin runs, so what is stored now is lost when it ends: stop it, and go back to a backup: tocsin restore FILE`;
      this.report('data files', says);
    }
  }

  /** 0 when there is no log. */
  #logChange(): number {
    return statSync(join(this.#parts.folder, LOG_FILE), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  }

  #moment(): Moment {
    return { at: this.#clock.now(), passed: this.#clock.passed() };
  }
}

const identityOf = (file: string): number | null => statSync(file, { throwIfNoEntry: false })?.ino ?? null;

const secondsBetween = (fromMs: number, toMs: number): number => Math.floor((toMs - fromMs) / SECOND_MS);

function diskOf(folder: string): MachineStatus['disk'] {
  try {
    const { bavail, blocks, bsize } = statfsSync(folder);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch {
    return null;
  }
}
