// The time by which data is deleted for good. A clock that runs years ahead for an hour must not cost a year of matches, so a clock that
// jumped is believed only after a day of running time. The time believed so far is kept with the queues, since the jump may come while
// nothing runs.
import { DAY_MS } from '../../shared/core/time.ts';
import type { Clock } from '../../shared/ports.ts';
import type { LocalQueues } from '../queues/queues.ts';

/** Setting of the queue file. */
const SETTING = 'settled clock';
/** A smaller step changes hardly anything, and a machine that is off at night is no jump. */
const LARGEST_STEP_MS = DAY_MS;
/** Running time after which a clock that jumped is believed. */
const DOUBT_MS = DAY_MS;

interface Settled {
  /** The time believed in, epoch milliseconds. */
  readonly at: number;
  /** For how long the clock has shown something else, in milliseconds of running time. */
  readonly doubtedMs: number;
}

export class SettledClock implements Clock {
  readonly #settings: Pick<LocalQueues, 'getSetting' | 'setSetting'>;
  readonly #wall: () => number;
  readonly #passed: () => number;
  #lookedAt: number;

  /** `wall`: epoch milliseconds of the clock, which can be set. `passed`: monotonic milliseconds. */
  constructor(
    settings: Pick<LocalQueues, 'getSetting' | 'setSetting'>,
    wall: () => number = Date.now,
    passed: () => number = () => performance.now(),
  ) {
    this.#settings = settings;
    this.#wall = wall;
    this.#passed = passed;
    this.#lookedAt = passed();
  }

  /**
   * The clock's time, or an earlier one while the clock is not believed. To be asked each minute while Tocsin runs, so that running time is
   * counted. Throws StorageError.
   */
  now(): Date {
    const wall = this.#wall();
    const passed = this.#passed();
    const { at } = this.#settle(wall, passed - this.#lookedAt);
    this.#lookedAt = passed;
    return new Date(Math.min(wall, at));
  }

  #settle(wall: number, ranMs: number): Settled {
    const before = this.#read() ?? { at: wall, doubtedMs: 0 };
    const expected = before.at + ranMs;
    const doubtedMs = before.doubtedMs + ranMs;
    const isBelieved = Math.abs(wall - expected) <= LARGEST_STEP_MS || doubtedMs >= DOUBT_MS;
    const settled: Settled = isBelieved ? { at: wall, doubtedMs: 0 } : { at: expected, doubtedMs };
    this.#settings.setSetting(SETTING, JSON.stringify(settled));
    return settled;
  }

  /** Null when nothing readable is kept: the clock is believed then. */
  #read(): Settled | null {
    try {
      const { at, doubtedMs } = JSON.parse(this.#settings.getSetting(SETTING) ?? '{}') as Partial<Settled>;
      return Number.isFinite(at) && Number.isFinite(doubtedMs)
        ? { at: at as number, doubtedMs: doubtedMs as number }
        : null;
    } catch {
      return null;
    }
  }
}
