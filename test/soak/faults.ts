// What goes wrong, one fault at a time. Each begins a fault, and gives what ends it.
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { below, pick } from '../support/seeded.ts';
import { limitFiles } from './product.ts';
import type { SoakFeed } from './publishers.ts';
import type { World } from './world.ts';

export interface Fault {
  /** Seconds that it lasts, at least and at most. */
  readonly lasts: readonly [number, number];
  /** What `tocsin doctor` must say meanwhile. `problem`: not ok. `anything`: any answer. `nothing`: it is not asked. */
  readonly doctor: 'problem' | 'anything' | 'nothing';
  /** Feeds that must still be read while it lasts; without it, none. */
  readonly reads?: (feed: SoakFeed) => boolean;
  /** Pages of articles cannot be read meanwhile: each is tried again later, and later still when it fails again. */
  readonly pagesFail?: true;
  /** Tocsin may give up and end, with exit code 1; its supervisor starts it again. */
  readonly mayEnd?: true;
  /** A disk that can be filled, which takes the right to mount one; or the command `prlimit`. */
  readonly needs?: Means;
  begin(world: World): Promise<() => Promise<void> | void>;
}

/** What not every machine has. */
export type Means = 'disk' | 'prlimit';

export type FaultName = keyof typeof FAULTS;

const DAY_MS = 86_400_000;
/** A start takes two to five seconds: kills fall into it and shortly after it. */
const QUICK_KILL_WITHIN_MS = 6_000;
const PAUSED_KILL_WITHIN_MS = 12_000;
/** Items are published all the time, and each is alerted at once. */
const MAIL_TRIED_WITHIN_MS = 90_000;
const CHUNK = Buffer.alloc(64 * 1024);

const done = (): void => {};

export const FAULTS = {
  kills: {
    lasts: [0, 0],
    doctor: 'nothing',
    begin: (world) => killSeries(world, QUICK_KILL_WITHIN_MS, false),
  },
  'kills-with-pauses': {
    lasts: [0, 0],
    doctor: 'nothing',
    begin: (world) => killSeries(world, PAUSED_KILL_WITHIN_MS, true),
  },
  stops: {
    lasts: [0, 0],
    doctor: 'nothing',
    begin: async (world) => {
      await world.stopInOrder();
      await world.product.start();
      return done;
    },
  },
  'power-cut': {
    lasts: [1, 3],
    doctor: 'problem',
    begin: async ({ product }) => {
      product.signal('SIGKILL', 'database');
      await product.end('SIGKILL');
      return async () => void (await product.start());
    },
  },
  'database-killed': {
    lasts: [4, 10],
    doctor: 'problem',
    mayEnd: true,
    begin: async ({ product }) => {
      product.signal('SIGKILL', 'database');
      return done;
    },
  },
  'database-paused': {
    lasts: [5, 20],
    doctor: 'problem',
    begin: async ({ product }) => {
      product.signal('SIGSTOP', 'database');
      return () => product.signal('SIGCONT', 'database');
    },
  },
  'host-paused': {
    lasts: [10, 60],
    doctor: 'nothing',
    begin: async ({ product }) => {
      product.signal('SIGSTOP', 'tocsin', 'database');
      return () => product.signal('SIGCONT', 'database', 'tocsin');
    },
  },
  clock: {
    lasts: [15, 70],
    doctor: 'anything',
    reads: () => true,
    begin: async (world) => {
      const days = below(world.random, 2) === 0 ? -2 : 2;
      world.product.setClock(days * DAY_MS);
      world.note(`${days} days`);
      return () => {
        world.product.setClock(0);
        // The schedule's mark stays ahead, and doctor is to say so.
        if (days > 0) world.wasAhead = true;
      };
    },
  },
  'disk-full': {
    lasts: [10, 60],
    doctor: 'problem',
    mayEnd: true,
    needs: 'disk',
    begin: async (world) => {
      const filler = join(world.product.data, 'filler');
      fill(filler);
      return async () => {
        await startOnBadDisk(world, done);
        rmSync(filler);
      };
    },
  },
  'disk-errors': {
    lasts: [8, 40],
    doctor: 'problem',
    mayEnd: true,
    needs: 'prlimit',
    begin: async (world) => {
      const { product } = world;
      const limit = (bytes: number | null): void => {
        for (const pid of product.processes()) limitFiles(pid, bytes);
      };
      limit(0);
      return async () => {
        await startOnBadDisk(world, () => limit(0));
        limit(null);
      };
    },
  },
  network: {
    pagesFail: true,
    lasts: [20, 60],
    doctor: 'problem',
    begin: async ({ publishers, names, sink }) => {
      publishers.setMode('reset');
      names.answering = false;
      sink.mode = 'away';
      return () => {
        publishers.setMode('up');
        names.answering = true;
        sink.mode = 'up';
      };
    },
  },
  'silent-publishers': {
    // Ten timeouts in a row, and a host is left alone for a minute, then for longer and longer.
    pagesFail: true,
    lasts: [4, 8],
    doctor: 'anything',
    begin: async ({ publishers }) => {
      publishers.setMode('silent');
      return () => {
        publishers.setMode('up');
      };
    },
  },
  throttling: {
    pagesFail: true,
    lasts: [8, 30],
    doctor: 'anything',
    begin: async ({ publishers }) => {
      publishers.setMode('throttled');
      return () => {
        publishers.setMode('up');
      };
    },
  },
  resolvers: {
    pagesFail: true,
    lasts: [10, 40],
    doctor: 'anything',
    reads: ({ hasName }) => !hasName,
    begin: async ({ names }) => {
      names.answering = false;
      return () => {
        names.answering = true;
      };
    },
  },
  mail: {
    lasts: [20, 60],
    doctor: 'problem',
    reads: () => true,
    begin: async (world) => {
      const { sink } = world;
      sink.mode = pick(world.random, ['greylist', 'away', 'forgetful'] as const);
      world.note(sink.mode);
      // Until a mail has failed, all is well.
      const before = sink.failures;
      if (!(await world.untilWithin(MAIL_TRIED_WITHIN_MS, () => sink.failures > before)))
        world.problem('mail', 'no mail was tried while the server failed');
      return () => {
        sink.mode = 'up';
      };
    },
  },
} satisfies Record<string, Fault>;

/** Killed while it starts, or while it works; each time at another point. */
async function killSeries(world: World, withinMs: number, isReady: boolean): Promise<() => Promise<void>> {
  const { product, random } = world;
  for (let killed = 0; killed < world.kills; killed += 1) {
    await product.end('SIGKILL');
    const started = product.launch();
    if (isReady) await started.untilSaid(/Ctrl-C stops/);
    await world.pass(below(random, withinMs));
  }
  await product.end('SIGKILL');
  return async () => void (await product.start());
}

/** A start that cannot write must end by itself, say why, and leave no process behind. Then it is started again. */
async function startOnBadDisk(world: World, prepare: () => void): Promise<void> {
  const { product } = world;
  await product.end('SIGKILL');
  const before = product.processes();
  const started = product.launch();
  prepare();
  const isOver = await world.untilWithin(60_000, () => started.isOver());
  const said = started.said().trim();
  if (!isOver) world.problem('a start that cannot write to its disk goes on running', said.slice(-300));
  else if (!/space|disk|written|writ/i.test(said))
    world.problem('a start that cannot write to its disk does not name the disk', said.slice(-300));
  await product.end('SIGKILL');
  const left = product.processes().filter((pid) => !before.includes(pid));
  if (isOver && left.length > 0) world.problem('a start that failed left processes behind', left.join(', '));
}

/** Fills the disk of the file to its last byte. */
function fill(file: string): void {
  const handle = openSync(file, 'w');
  try {
    for (let size = CHUNK.length; size >= 1; ) {
      try {
        writeSync(handle, CHUNK, 0, size);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        size = Math.floor(size / 2);
      }
    }
  } finally {
    closeSync(handle);
  }
}
