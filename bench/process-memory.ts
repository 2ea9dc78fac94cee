// Resident memory of a process and all that it has started, read from /proc every second.
import { readdirSync, readFileSync } from 'node:fs';

export interface MemoryShares {
  /** Megabytes of 1,000,000 bytes, resident. */
  readonly main: number;
  readonly database: number;
  /** Other processes that it has started. */
  readonly others: number;
}

export interface MemoryReading {
  readonly last: MemoryShares;
  /** At the moment when the sum was largest. */
  readonly peak: MemoryShares;
}

export interface MemoryMeter {
  read(): MemoryReading;
  stop(): void;
}

const EVERY_MS = 1_000;

export const sumOf = ({ main, database, others }: MemoryShares): number => main + database + others;

/** Watches a process that exists. Throws where the system has no /proc. */
export function watchMemory(pid: number): MemoryMeter {
  let last = sharesOf(pid);
  let peak = last;
  const look = (): void => {
    last = sharesOf(pid);
    if (sumOf(last) > sumOf(peak)) peak = last;
  };
  const timer = setInterval(look, EVERY_MS);
  return {
    read: () => {
      look();
      return { last, peak };
    },
    stop: () => clearInterval(timer),
  };
}

function sharesOf(root: number): MemoryShares {
  const children = Map.groupBy(processes(), ({ parent }) => parent);
  const shares = { main: 0, database: 0, others: 0 };
  const add = (pid: number, command: string): void => {
    const kind = pid === root ? 'main' : /dynoxide|java/.test(command) ? 'database' : 'others';
    shares[kind] += residentMegabytes(pid);
    for (const child of children.get(pid) ?? []) add(child.pid, child.command);
  };
  add(root, '');
  return shares;
}

function processes(): readonly { readonly pid: number; readonly parent: number; readonly command: string }[] {
  return readdirSync('/proc').flatMap((name) => {
    const stat = /^\d+$/.test(name) ? textOf(`/proc/${name}/stat`) : '';
    const [, command = '', parent] = /\((.*)\) \S (\d+)/s.exec(stat) ?? [];
    return parent === undefined ? [] : [{ pid: Number(name), parent: Number(parent), command }];
  });
}

const residentMegabytes = (pid: number): number =>
  (Number(/VmRSS:\s+(\d+)/.exec(textOf(`/proc/${pid}/status`))?.[1] ?? 0) * 1_024) / 1e6;

/** Empty when the process has ended meanwhile. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
