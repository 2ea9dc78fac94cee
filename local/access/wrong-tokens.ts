// Wrong tokens within the last minute. Whoever tries many has to wait; who is signed in does not.
import { MINUTE_MS } from '../../shared/core/time.ts';

const MOST_A_MINUTE = 10;

export class WrongTokens {
  #times: number[] = [];

  note(nowMs: number): void {
    // More say nothing new.
    this.#times = [...this.#times.slice(1 - MOST_A_MINUTE), nowMs];
  }

  /** Seconds until the next try; 0: now. */
  waitSeconds(nowMs: number): number {
    this.#times = this.#times.filter((at) => nowMs - at < MINUTE_MS && at <= nowMs);
    const first = this.#times.at(-MOST_A_MINUTE);
    return this.#times.length < MOST_A_MINUTE || first === undefined
      ? 0
      : Math.ceil((first + MINUTE_MS - nowMs) / 1_000);
  }
}
