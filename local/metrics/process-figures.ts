// What the processes of this machine use. Of another process only where there is /proc.

import { readdirSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { SECOND_MS } from '../../shared/core/time.ts';
import { counter, gauge, type MetricFamily } from './text-format.ts';

/** Ticks a second in /proc/PID/stat: USER_HZ, which is 100 on every Linux that Node runs on. */
const TICKS_A_SECOND = 100;

interface Figures {
  readonly residentBytes: number;
  readonly cpuSeconds: number;
}

/** Names as the client libraries of Prometheus use them. */
export function ownProcess(): readonly MetricFamily[] {
  const { rss, heapUsed, heapTotal } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const loop = performance.eventLoopUtilization();
  const files = openFiles('self');
  return [
    gauge('process_resident_memory_bytes', 'Resident memory of Tocsin.', rss),
    counter('process_cpu_seconds_total', 'Processor time of Tocsin.', (user + system) / 1e6),
    gauge('process_start_time_seconds', 'When Tocsin was started.', performance.timeOrigin / SECOND_MS),
    ...(files === null ? [] : [gauge('process_open_fds', 'Open file descriptors of Tocsin.', files)]),
    gauge('nodejs_heap_size_used_bytes', 'Heap in use.', heapUsed),
    gauge('nodejs_heap_size_total_bytes', 'Heap reserved.', heapTotal),
    counter(
      'tocsin_event_loop_active_seconds_total',
      'Time in which the event loop was busy.',
      loop.active / SECOND_MS,
    ),
  ];
}

/** Empty where nothing is known of it. */
export function databaseProcess(processId: number | null): readonly MetricFamily[] {
  const figures = processId === null ? null : figuresOf(processId);
  if (processId === null || figures === null) return [];
  const files = openFiles(String(processId));
  return [
    gauge('tocsin_database_resident_memory_bytes', 'Resident memory of the database process.', figures.residentBytes),
    counter('tocsin_database_cpu_seconds_total', 'Processor time of the database process.', figures.cpuSeconds),
    ...(files === null
      ? []
      : [gauge('tocsin_database_open_fds', 'Open file descriptors of the database process.', files)]),
  ];
}

function figuresOf(processId: number): Figures | null {
  try {
    const [, residentKib = ''] = /^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${processId}/status`, 'utf8')) ?? [];
    // The name, in parentheses, may hold anything; utime and stime are fields 14 and 15, the twelfth and thirteenth after the name.
    const stat = readFileSync(`/proc/${processId}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    return { residentBytes: Number(residentKib) * 1024, cpuSeconds: ticks / TICKS_A_SECOND };
  } catch {
    return null;
  }
}

function openFiles(processId: string): number | null {
  try {
    return readdirSync(`/proc/${processId}/fd`).length;
  } catch {
    return null;
  }
}
