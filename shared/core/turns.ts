// Work of one process that would get in each other's way waits its turn.

export type Turns = <T>(keys: readonly string[], work: () => Promise<T>) => Promise<T>;

/**
 * Does `work` as soon as all that was asked for earlier under one of its keys has ended, well or badly. Work without a common key goes on side by
 * side. Only for work that asks for no turn itself: it would wait for itself.
 */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return async (keys, work) => {
    const before = keys.map((key) => last.get(key));
    const done = Promise.allSettled(before).then(work);
    for (const key of keys) last.set(key, done);
    try {
      return await done;
    } finally {
      for (const key of keys) if (last.get(key) === done) last.delete(key);
    }
  };
}
