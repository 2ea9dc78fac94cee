// A process that dies at a chosen call to the world: before the call takes effect, or after it but before its answer is seen.

export class Crash extends Error {}

export interface CrashPlan {
  /** The call, counted from 1 over all ports, at which the process dies. */
  readonly at: number;
  readonly when: 'before' | 'after';
}

/** The same ports, dying as planned; a dead process does nothing more. `calls()` tells how many calls were made. */
export function dying<P extends object>(ports: P, plan: CrashPlan): { readonly ports: P; calls(): number } {
  let calls = 0;
  let isDead = false;
  const wrapped = Object.fromEntries(
    Object.entries(ports).map(([name, port]) => [name, isAsyncPort(name, port) ? wrap(port as object) : port]),
  ) as P;
  return { ports: wrapped, calls: () => calls };

  function wrap(port: object): object {
    return new Proxy(port, {
      get(target, property) {
        const member = Reflect.get(target, property) as unknown;
        if (typeof member !== 'function') return member;
        return async (...args: unknown[]) => {
          if (isDead) throw new Crash();
          calls += 1;
          const isLast = calls === plan.at;
          if (isLast) isDead = true;
          if (isLast && plan.when === 'before') throw new Crash();
          const answer: unknown = await Reflect.apply(member, target, args);
          if (isLast) throw new Crash();
          return answer;
        };
      },
    });
  }
}

/** Clock, log and metrics answer at once and cannot fail. */
const isAsyncPort = (name: string, port: unknown): boolean =>
  typeof port === 'object' && port !== null && !['clock', 'log', 'metrics', 'alertLinks'].includes(name);
