// Which processes run on this machine, and whether a process is still the same one: ids are reused. Read from /proc if it exists
// (containers often have no ps), else from ps.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export interface RunningProcess {
  readonly pid: number;
  /** The command and its arguments, separated by single spaces. */
  readonly commandLine: string;
}

const hasProc = existsSync('/proc/self/stat');

/** Null when no such process runs, or when it may not be inspected. */
export function processOf(pid: number): RunningProcess | null {
  if (!Number.isInteger(pid) || pid <= 1) return null;
  const commandLine = hasProc ? commandLineInProc(pid) : ps('args=', ['-p', String(pid)]);
  return commandLine === null || commandLine === '' ? null : { pid, commandLine };
}

/** Whether a process with this id may be running: false only when the machine is sure that none is. */
export function mayRun(pid: number): boolean {
  if (hasProc || ps('pid=', ['-p', String(process.pid)]) !== null) return processOf(pid) !== null;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** All processes that may be inspected. */
export function allProcesses(): readonly RunningProcess[] {
  const found = hasProc
    ? readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [processOf(Number(name))] : []))
    : (ps('pid=,args=', ['-ax']) ?? '').split('\n').map((line) => {
        const [, pid, commandLine] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
        return pid === undefined || commandLine === undefined ? null : { pid: Number(pid), commandLine };
      });
  return found.filter((each) => each !== null);
}

/** When a process was started, as a text that is equal only for the same process; null when it does not run. */
export function startOf(pid: number): string | null {
  if (!hasProc) return ps('lstart=', ['-p', String(pid)]);
  try {
    // The name, in parentheses, may hold anything; the start is field 22, the twentieth after the name: ticks since the machine was started.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${ticks}`;
  } catch {
    return null;
  }
}

function commandLineInProc(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replace(/\0$/, '').replaceAll('\0', ' ');
  } catch {
    return null;
  }
}

function ps(columns: string, choice: readonly string[]): string | null {
  const { stdout, status } = spawnSync('ps', ['-o', columns, ...choice], {
    encoding: 'utf8',
    // It needs none, and is found without a PATH.
    env: {},
  });
  return status === 0 && typeof stdout === 'string' ? stdout.trim() : null;
}
