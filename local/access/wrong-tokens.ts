// Wrong tokens of the last minute. Whoever tries many has to wait; who is signed in does not.
import { MINUTE_MS } from '../../shared/core/time.ts';

const MOST_A_MINUTE = 10;

/** Each token counts once: a program that goes on with one that was revoked is no guesser. */
export class WrongTokens {
  /** When each was tried last, by its hash, the latest try last. */
  readonly #tried = new Map<string, number>();

  note(hash: string, nowMs: number): void {
    this.#tried.delete(hash);
    this.#tried.set(hash, nowMs);
    // More say nothing new.
    for (const [oldest] of this.#tried) if (this.#tried.size > MOST_A_MINUTE) this.#tried.delete(oldest);
  }

  /** Seconds until the next try; 0: now. */
  waitSeconds(nowMs: number): number {
    for (const [hash, at] of this.#tried) if (nowMs - at >= MINUTE_MS || at > nowMs) this.#tried.delete(hash);
    if (this.#tried.size < MOST_A_MINUTE) return 0;
    return Math.ceil((Math.min(...this.#tried.values()) + MINUTE_MS - nowMs) / 1_000);
  }
}
