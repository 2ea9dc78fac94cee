// One process after the other works on the same world, each dies as planned, and a last one goes on until nothing waits any more.
import type { CrashPlan } from './crashes.ts';
import { isIdle, type PipelineWorld, type Process, runMinutes, startProcess } from './pipeline-world.ts';

const MOST_RECOVERY_MINUTES = 300;

export interface CrashRun {
  readonly world: PipelineWorld;
  /** Of the last process, while the plans would apply. */
  readonly calls: number;
  readonly deaths: number;
}

/** `runThrough`: what a process does until it dies, or has nothing more to do. */
export async function runWithDeaths(
  world: PipelineWorld,
  plans: readonly CrashPlan[],
  runThrough: (world: PipelineWorld, process: Process) => Promise<void>,
): Promise<CrashRun> {
  let deaths = 0;
  for (const plan of plans) {
    const process = startProcess(world, plan);
    await runThrough(world, process);
    if (process.isDead()) deaths += 1;
    for (const queue of [world.polls, world.articles, world.stream, world.deliveryMessages]) queue.releaseAll();
  }
  const last = startProcess(world);
  await runThrough(world, last);
  const calls = last.calls();
  for (let step = 0; step < MOST_RECOVERY_MINUTES && !(await isIdle(world)); step += 1) {
    await runMinutes(world, last, 1);
  }
  return { world, calls, deaths };
}

/** CRASH_POINTS=all tries each call in both ways, which takes some minutes; otherwise every third is tried, in turns before and after. */
const TRIES_ALL = process.env['CRASH_POINTS'] === 'all';
const CALLS_APART = TRIES_ALL ? 1 : 3;

export function crashPoints(calls: number): readonly CrashPlan[] {
  const tried = Array.from({ length: Math.ceil(calls / CALLS_APART) }, (_, step) => 1 + step * CALLS_APART);
  return tried.flatMap((at, step): CrashPlan[] => {
    if (TRIES_ALL)
      return [
        { at, when: 'before' },
        { at, when: 'after' },
      ];
    return [{ at, when: step % 2 === 0 ? 'before' : 'after' }];
  });
}

/** Runs the check for each plan; what it throws says at which call the process died. */
export async function atEachPoint(
  plans: readonly CrashPlan[],
  check: (plan: CrashPlan) => Promise<void>,
): Promise<void> {
  for (const plan of plans) {
    await check(plan).catch((error: Error) => {
      error.message = `died at call ${plan.at}, ${plan.when} it took effect: ${error.message}`;
      throw error;
    });
  }
}

/** How often the most frequent one is there; 0 for none. */
export function mostRepeats(ids: readonly string[]): number {
  return Math.max(0, ...[...Map.groupBy(ids, (id) => id).values()].map(({ length }) => length));
}
