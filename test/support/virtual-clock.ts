// The clock of an instance, moved by a test: days pass in seconds.
import type { InstanceClock } from '../../local/system/instance-clock.ts';

export interface VirtualClock extends InstanceClock {
  /** Calls back in their order all that are due by then; what they ask for anew waits for the next move. */
  move(ms: number): void;
  /** How many wait to be called back. */
  waiting(): number;
}

export function virtualClock(start: string): VirtualClock {
  const begun = Date.parse(start);
  const timers = new Map<number, { readonly at: number; readonly action: () => void }>();
  let at = begun;
  let made = 0;
  return {
    now: () => new Date(at),
    passed: () => at - begun,
    after: (ms, action) => {
      made += 1;
      const id = made;
      timers.set(id, { at: at + ms, action });
      return () => void timers.delete(id);
    },
    move: (ms) => {
      at += ms;
      const due = [...timers].filter(([, timer]) => timer.at <= at).sort(([, one], [, other]) => one.at - other.at);
      for (const [id, { action }] of due) if (timers.delete(id)) action();
    },
    waiting: () => timers.size,
  };
}
