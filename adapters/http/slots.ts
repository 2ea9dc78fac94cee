// So many at once and no more; the others wait for their turn, first come, first served.

export interface Slots {
  /** Runs the work when a slot is free. Null when none was within `waitMs`, and nothing was begun. */
  within<T>(waitMs: number, work: () => Promise<T>): Promise<{ readonly result: T } | null>;
}

export function createSlots(size: number): Slots {
  let free = size;
  const waiting = new Set<() => void>();

  const turn = (waitMs: number): Promise<boolean> =>
    new Promise((resolve) => {
      const take = (): void => {
        clearTimeout(timer);
        waiting.delete(take);
        free -= 1;
        resolve(true);
      };
      const timer = setTimeout(() => {
        waiting.delete(take);
        resolve(false);
      }, waitMs);
      if (free > 0) take();
      else waiting.add(take);
    });

  return {
    within: async (waitMs, work) => {
      if (!(await turn(waitMs))) return null;
      try {
        return { result: await work() };
      } finally {
        free += 1;
        waiting.values().next().value?.();
      }
    },
  };
}
