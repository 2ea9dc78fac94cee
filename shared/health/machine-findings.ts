// What is well and what is not on one machine, and whether it is ready: the rules behind `doctor` and /readyz.
import { counted } from '../core/counted.ts';
import { MINUTE_SECONDS, SECOND_MS } from '../core/time.ts';
import { timeInWords, UTC } from '../text/zoned-time.ts';
import { duration, type Finding } from './finding.ts';
import type { LastRun, MachineStatus, QueueProgress, Readiness } from './machine-status.ts';

/** Polls are scheduled each minute; three missed ones are a problem. */
const SCHEDULE_LATE_SECONDS = 3 * MINUTE_SECONDS;
/** One machine sweeps each minute, for four minutes at most. */
const SWEEP_LATE_SECONDS = 10 * MINUTE_SECONDS;
/** A message that has waited this long makes its alert late. */
const QUEUE_LATE_SECONDS = 30 * MINUTE_SECONDS;
/** A queue is stuck when a message has been ready for so long while none was finished. */
const STUCK_SECONDS = 15 * MINUTE_SECONDS;
/** A database that has run this long since its last restart is stable. */
const STABLE_SECONDS = 10 * MINUTE_SECONDS;
/** The disk is low when less than both is free. */
const LOW_DISK_BYTES = 256 * 1024 * 1024;
const LOW_DISK_SHARE = 0.1;

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

/** Why no work may be expected of this machine now; empty when it is ready. Holds nothing that only the owner may know. */
export function reasonsNotReady(status: Readiness): readonly string[] {
  const { state, database, queues } = status;
  if (state === 'stopping') return ['it is stopping'];
  if (state === 'offline' || state === 'once') return ['no schedule runs'];
  if (state === 'starting') return ['it is starting: no polls were scheduled yet'];
  return [
    ...(isLate(status.schedule, SCHEDULE_LATE_SECONDS, status)
      ? [`the schedule is late: ${ran(status.schedule)}`]
      : []),
    ...(isLate(status.sweep, SWEEP_LATE_SECONDS, status) ? [`the sweep is late: ${ran(status.sweep)}`] : []),
    ...(database.isRestarting ? ['the database is being restarted'] : []),
    ...queues.filter(isStuck).map(({ name }) => `the queue ${name} is stuck: no message was finished for a while`),
  ];
}

export function machineFindings(status: MachineStatus): readonly Finding[] {
  return [
    processFinding(status),
    ...(status.state === 'running' ? [sweepFinding(status)] : []),
    queueFinding(status),
    setAsideFinding(status),
    databaseFinding(status),
    ...diskFinding(status),
    ...clockFinding(status),
    ...status.problems.map(({ what, says, since }) => ({
      what,
      well: false,
      says: `${says} (since ${timeInWords(since, UTC)})`,
    })),
  ];
}

/** Before the first run, what counts is how long ago the start was. */
const isLate = ({ secondsAgo }: LastRun, allowed: number, { upSeconds }: Readiness): boolean =>
  (secondsAgo ?? upSeconds) >= allowed;

const ran = ({ secondsAgo }: LastRun): string =>
  secondsAgo === null ? 'it has not run since the start' : `it last ran ${duration(secondsAgo)} ago`;

const isStuck = ({ waitingSeconds, idleSeconds }: QueueProgress): boolean =>
  waitingSeconds >= STUCK_SECONDS && idleSeconds >= STUCK_SECONDS;

function processFinding({ state, version, startedAt }: MachineStatus): Finding {
  const what = 'Tocsin';
  if (state === 'offline') {
    return {
      what,
      well: false,
      says: 'is not running: nothing is polled and no alert is sent. To start it: npm start',
    };
  }
  if (state === 'stopping') return { what, well: false, says: 'is stopping' };
  if (state === 'starting') return { what, well: true, says: `${version} is starting` };
  return { what, well: true, says: `${version} has been running since ${timeInWords(startedAt, UTC)}` };
}

function sweepFinding(status: MachineStatus): Finding {
  const { at } = status.sweep;
  const says = at === null ? ran(status.sweep) : `last ran at ${timeInWords(at, UTC)}`;
  return { what: 'sweep', well: !isLate(status.sweep, SWEEP_LATE_SECONDS, status), says };
}

/** While nothing runs, waiting messages are no problem of their own. */
function queueFinding({ queues, state }: MachineStatus): Finding {
  const used = queues.filter(({ depth }) => depth > 0);
  if (used.length === 0) return { what: 'queues', well: true, says: 'empty' };
  const parts = used.map(({ name, depth, waitingSeconds }) => {
    const waits = waitingSeconds < 60 ? '' : `, the oldest for ${duration(waitingSeconds)}`;
    return `${depth} in ${name}${waits}`;
  });
  const isOld = used.some((queue) => queue.waitingSeconds >= QUEUE_LATE_SECONDS || isStuck(queue));
  return { what: 'queues', well: state === 'offline' || !isOld, says: parts.join('; ') };
}

function setAsideFinding({ deadLetters }: MachineStatus): Finding {
  const says =
    deadLetters === 0 ? 'nothing' : `${counted(deadLetters, 'message')} after too many tries: tocsin deadletters list`;
  return { what: 'set aside', well: deadLetters === 0, says };
}

function databaseFinding({ database, time }: MachineStatus): Finding {
  const { isRestarting, restarts, lastRestartAt } = database;
  const what = 'database';
  if (lastRestartAt === null) return { what, well: true, says: 'has not crashed' };
  const times = `crashed ${counted(restarts, 'time')} since the start, the last time at ${timeInWords(lastRestartAt, UTC)}`;
  if (isRestarting) return { what, well: false, says: `is being restarted; it ${times}` };
  const sinceSeconds = (Date.parse(time) - Date.parse(lastRestartAt)) / SECOND_MS;
  return { what, well: Math.abs(sinceSeconds) >= STABLE_SECONDS, says: times };
}

function diskFinding({ disk }: MachineStatus): readonly Finding[] {
  if (disk === null) return [];
  const { freeBytes, totalBytes } = disk;
  const isLow = freeBytes < Math.min(LOW_DISK_BYTES, totalBytes * LOW_DISK_SHARE);
  const advice = isLow ? '; free some, or nothing more can be stored' : '';
  return [{ what: 'disk', well: !isLow, says: `${size(freeBytes)} free${advice}` }];
}

const size = (bytes: number): string =>
  bytes >= 10 * GIB ? `${Math.floor(bytes / GIB)} GiB` : `${Math.floor(bytes / MIB)} MiB`;

function clockFinding({ clockJump }: MachineStatus): readonly Finding[] {
  if (clockJump === null) return [];
  const { at, seconds } = clockJump;
  const moved = `moved ${seconds < 0 ? 'back' : 'forward'} by ${duration(Math.abs(seconds))}`;
  const says = `${moved} at ${timeInWords(at, UTC)}: it was set${seconds < 0 ? '' : ', or the machine slept'}`;
  return [{ what: 'clock', well: true, says }];
}
