// So many at once and no more; the others wait for their turn, first come, first served.

export interface Slots {
  /** Runs the work when a slot is free. Null when none was within `waitMs`, and nothing was begun. */
  within<T>(waitMs: number, work: () => Promise<T>): Promise<{ readonly result: T } | null>;
  /** Takes a slot; call what it gives, once, when the slot is no longer needed. Null when none was free within `waitMs`. */
  take(waitMs: number): Promise<(() => void) | null>;
}

export function createSlots(size: number): Slots {
  let free = size;
  const waiting = new Set<() => void>();

  const giveBack = (): void => {
    free += 1;
    waiting.values().next().value?.();
  };

  const take = (waitMs: number): Promise<(() => void) | null> =>
    new Promise((resolve) => {
      const begin = (): void => {
        clearTimeout(timer);
        waiting.delete(begin);
        free -= 1;
        resolve(giveBack);
      };
      const timer = setTimeout(() => {
        waiting.delete(begin);
        resolve(null);
      }, waitMs);
      if (free > 0) begin();
      else waiting.add(begin);
    });

  return {
    within: async (waitMs, work) => {
      const end = await take(waitMs);
      if (end === null) return null;
      try {
        return { result: await work() };
      } finally {
        end();
      }
    },
    take,
  };
}
