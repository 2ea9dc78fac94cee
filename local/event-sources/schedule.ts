// Calls a handler at each full interval of the clock.
import type { InstanceClock } from '../system/instance-clock.ts';
import type { EventSource } from './event-source.ts';

/** A timer may fire a moment early, which would be the interval before. */
const AFTER_THE_FULL_MS = 5;

export interface ScheduleOptions {
  readonly clock: InstanceClock;
  readonly everyMs: number;
  readonly handler: (event: { readonly time: string }) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** Calls the handler with `{ time }` at once and then at each full interval of the clock; never twice at the same time. */
export function startSchedule({ clock, everyMs, handler, onError }: ScheduleOptions): EventSource {
  let stopped = false;
  let cancelTimer = (): void => {};
  let running: Promise<void> | null = null;
  const tick = (): void => {
    if (stopped) return;
    running ??= handler({ time: clock.now().toISOString() })
      .catch(onError)
      .finally(() => {
        running = null;
      });
    cancelTimer = clock.after(everyMs - (clock.now().getTime() % everyMs) + AFTER_THE_FULL_MS, tick);
  };
  tick();
  return {
    busy: () => running !== null,
    stop: async () => {
      stopped = true;
      cancelTimer();
      await running;
    },
  };
}
